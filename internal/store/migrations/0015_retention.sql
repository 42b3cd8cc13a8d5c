-- +goose Up

-- What stops a child's record from being erased, with the reason, until somebody
-- lifts it.
CREATE TABLE retention_holds (
	id         text PRIMARY KEY,
	child_id   text NOT NULL REFERENCES children (id),
	reason     text NOT NULL,
	at         text NOT NULL,
	by_name    text NOT NULL,
	lifted_at  text NOT NULL DEFAULT '',
	lifted_by  text NOT NULL DEFAULT ''
);
CREATE INDEX retention_holds_by_child ON retention_holds (child_id, at);

-- That a record was erased: when, by whom, on what rule, and how much. It says
-- nothing of whom. The audit knows the record by the same name.
CREATE TABLE erasures (
	record  text PRIMARY KEY,
	at      text NOT NULL,
	by_name text NOT NULL,
	rule    text NOT NULL,
	reason  text NOT NULL,
	rows    integer NOT NULL,
	files   integer NOT NULL
);
