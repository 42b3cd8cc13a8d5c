-- +goose Up

-- A code to sign in that was sent to somebody by email, by a digest that is slow
-- to work out. ask_id is who asked first: what others typed wrong does not spoil
-- it for them.
CREATE TABLE codes (
	id         text PRIMARY KEY,
	person_id  text NOT NULL REFERENCES accounts (person_id),
	digest     text NOT NULL,
	sent_at    text NOT NULL,
	expires_at text NOT NULL,
	wrong      integer NOT NULL DEFAULT 0,
	ask_id     text NOT NULL
);
CREATE INDEX codes_by_person ON codes (person_id);

-- That a browser asked for a code, by the digest of what only that browser holds.
-- person_id is '' when nobody has the address that was typed, which is not kept.
CREATE TABLE code_asks (
	id         text PRIMARY KEY,
	person_id  text NOT NULL,
	expires_at text NOT NULL,
	tries      integer NOT NULL DEFAULT 0
);
CREATE INDEX code_asks_by_end ON code_asks (expires_at);
