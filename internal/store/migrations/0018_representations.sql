-- +goose Up

-- What the family says of a version that was served on them, line by line, and
-- the answer to each. That nothing was said is no agreement, and is no row.
CREATE TABLE representations (
	plan_id     text NOT NULL REFERENCES plans (id),
	n           integer NOT NULL,
	kind        text NOT NULL,
	line        text NOT NULL,
	words       text NOT NULL,
	who         text NOT NULL,
	said_on     text NOT NULL,
	at          text NOT NULL,
	by_name     text NOT NULL,
	answer      text NOT NULL DEFAULT '',
	why         text NOT NULL DEFAULT '',
	answered_at text NOT NULL DEFAULT '',
	answered_by text NOT NULL DEFAULT '',
	PRIMARY KEY (plan_id, n)
);
