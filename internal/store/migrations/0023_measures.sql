-- +goose Up
-- Figures of measures that another system counts. A later one for the same
-- measure and period takes the place of an earlier; nothing is changed.
CREATE TABLE measure_figures (
	id       text PRIMARY KEY,
	code     text NOT NULL,
	first_on text NOT NULL,
	last_on  text NOT NULL,
	num      integer NOT NULL,
	den      integer NOT NULL,
	missing  text NOT NULL DEFAULT '',
	gone     integer NOT NULL DEFAULT 0,
	source   text NOT NULL,
	n        integer NOT NULL,
	made_at  text NOT NULL,
	made_by  text NOT NULL
);
CREATE INDEX measure_figures_by_code ON measure_figures (code);

-- From when the limits of a measure's chart are counted anew, and why.
CREATE TABLE measure_limits (
	id       text PRIMARY KEY,
	code     text NOT NULL,
	from_on  text NOT NULL,
	reason   text NOT NULL,
	made_at  text NOT NULL,
	made_by  text NOT NULL,
	ended_at text NOT NULL DEFAULT '',
	ended_by text NOT NULL DEFAULT ''
);
