-- +goose Up

-- Returns that were sent and wait to be loaded. Their bytes are with the
-- documents' bytes, under their digest; those nobody loads go after a day.
CREATE TABLE held_returns (
	digest text PRIMARY KEY,
	name   text NOT NULL,
	at     text NOT NULL
);
