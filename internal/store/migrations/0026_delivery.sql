-- +goose Up

-- What somebody said of provision that a plan promises: over which days, and
-- whether it was given.
CREATE TABLE delivery_reports (
	id       text PRIMARY KEY,
	child_id text NOT NULL REFERENCES children (id),
	n        integer NOT NULL,
	line     text NOT NULL,
	outcome  text NOT NULL,
	family   integer NOT NULL,
	from_on  text NOT NULL,
	until_on text NOT NULL,
	words    text NOT NULL DEFAULT '',
	at       text NOT NULL,
	by_id    text NOT NULL,
	by_name  text NOT NULL
);
CREATE INDEX delivery_reports_by_child ON delivery_reports (child_id);

-- What happened to provision that is promised and not given: opened, noted, closed
-- with evidence, disputed by the family.
CREATE TABLE delivery_steps (
	id       text PRIMARY KEY,
	child_id text NOT NULL REFERENCES children (id),
	n        integer NOT NULL,
	line     text NOT NULL,
	step     text NOT NULL,
	step_on  text NOT NULL,
	owner_id text NOT NULL DEFAULT '',
	words    text NOT NULL DEFAULT '',
	at       text NOT NULL,
	by_id    text NOT NULL,
	by_name  text NOT NULL
);
CREATE INDEX delivery_steps_by_child ON delivery_steps (child_id);
