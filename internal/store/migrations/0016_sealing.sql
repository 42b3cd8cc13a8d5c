-- +goose Up

-- The keys by which fields of the record are sealed, each with something sealed
-- to try it on. Never a key itself.
CREATE TABLE sealing (
	key_id text PRIMARY KEY,
	proof  text NOT NULL,
	at     text NOT NULL
);
