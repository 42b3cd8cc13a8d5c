-- +goose Up

-- Who may sign in. An account is one person's; a closed one lets nobody in.
-- handle is random: by it a passkey knows the account.
CREATE TABLE accounts (
	person_id text PRIMARY KEY REFERENCES people (id),
	handle    text NOT NULL UNIQUE,
	opened_at text NOT NULL,
	opened_by text NOT NULL,
	closed_at text NOT NULL DEFAULT '',
	closed_by text NOT NULL DEFAULT ''
);

-- By what somebody may show that an account is theirs: an email address, to
-- which a code is sent; a provider and what it calls the person; a passkey,
-- whose public half is in detail.
CREATE TABLE means (
	id        text PRIMARY KEY,
	person_id text NOT NULL REFERENCES accounts (person_id),
	kind      text NOT NULL,
	value     text NOT NULL,
	label     text NOT NULL DEFAULT '',
	detail    text NOT NULL DEFAULT '',
	added_at  text NOT NULL,
	used_at   text NOT NULL DEFAULT '',
	UNIQUE (kind, value)
);
CREATE INDEX means_by_person ON means (person_id, kind);

-- Who has signed in, and where they are signed in now. A form names the sign-in
-- in which it was made, so rows outlive the session for a while.
CREATE TABLE signins (
	id        text PRIMARY KEY,
	person_id text NOT NULL,
	way       text NOT NULL,
	device    text NOT NULL DEFAULT '',
	began_at  text NOT NULL,
	seen_at   text NOT NULL,
	ended_at  text NOT NULL DEFAULT '',
	ended_by  text NOT NULL DEFAULT ''
);
CREATE INDEX signins_by_person ON signins (person_id, began_at);
CREATE INDEX signins_by_seen ON signins (seen_at);
