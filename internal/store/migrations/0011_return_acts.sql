-- +goose Up

-- What people did about a statutory return: explained a query, took that back,
-- signed the return off or took the signature back. Each is a row, and none is
-- ever changed. subject is what was explained, or the digest of what was signed;
-- of is the row that is taken back.
CREATE TABLE return_acts (
	id       text PRIMARY KEY,
	year     integer NOT NULL,
	act      text NOT NULL,
	subject  text NOT NULL,
	of       text REFERENCES return_acts (id),
	child_id text REFERENCES children (id),
	note     text NOT NULL,
	at       text NOT NULL,
	by_id    text NOT NULL,
	by_name  text NOT NULL
);
CREATE INDEX return_acts_by_year ON return_acts (year, at);
