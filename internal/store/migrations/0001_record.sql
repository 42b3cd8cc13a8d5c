-- +goose Up

CREATE TABLE teams (
	id   text PRIMARY KEY,
	name text NOT NULL UNIQUE
);

-- A return or other file from which facts came.
CREATE TABLE loads (
	id        text PRIMARY KEY,
	name      text NOT NULL,
	digest    text NOT NULL UNIQUE,
	year      integer NOT NULL,
	authority text NOT NULL,
	people    integer NOT NULL,
	events    integer NOT NULL,
	loaded_at text NOT NULL,
	loaded_by text NOT NULL
);

CREATE TABLE children (
	id       text PRIMARY KEY,
	surname  text NOT NULL,
	forename text NOT NULL,
	born_on  text,
	upn      text NOT NULL DEFAULT '',
	uln      text NOT NULL DEFAULT '',
	team_id  text REFERENCES teams (id),
	load_id  text REFERENCES loads (id)
);
CREATE INDEX children_by_team ON children (team_id);

-- What else is known of a child, with where it came from.
CREATE TABLE facts (
	child_id   text NOT NULL REFERENCES children (id),
	n          integer NOT NULL,
	name       text NOT NULL,
	value      text NOT NULL,
	provenance text NOT NULL,
	PRIMARY KEY (child_id, n)
);

-- Events are appended and never changed. A correction is an event that names
-- the one it replaces.
CREATE TABLE events (
	child_id    text NOT NULL REFERENCES children (id),
	seq         integer NOT NULL,
	kind        text NOT NULL,
	happened_on text NOT NULL,
	detail      text NOT NULL DEFAULT '',
	replaces    integer NOT NULL DEFAULT 0,
	struck      integer NOT NULL DEFAULT 0,
	provenance  text NOT NULL DEFAULT '',
	recorded_at text NOT NULL,
	recorded_by text NOT NULL,
	PRIMARY KEY (child_id, seq)
);

-- Days on which a setting is shut, from the first closed day to the day it
-- re-opens.
CREATE TABLE closures (
	setting    text NOT NULL,
	closed_on  text NOT NULL,
	reopens_on text NOT NULL,
	PRIMARY KEY (setting, closed_on)
);

-- Worked out from events, and so never the truth: the duties still to be done.
-- next marks the one that falls due first for the child. Whether it is overdue
-- is asked of due_on each day.
CREATE TABLE duties (
	child_id text NOT NULL REFERENCES children (id),
	n        integer NOT NULL,
	rule     text NOT NULL,
	of_name  text NOT NULL,
	process  text NOT NULL,
	nature   text NOT NULL,
	binding  integer NOT NULL,
	excused  integer NOT NULL,
	due_on   text NOT NULL,
	next     integer NOT NULL,
	PRIMARY KEY (child_id, n)
);
-- The worklist reads these alone, without the table.
CREATE INDEX duties_next ON duties (child_id, due_on, process, rule, of_name, binding) WHERE next = 1;
CREATE INDEX duties_owed ON duties (child_id, due_on, binding) WHERE excused = 0 AND nature = 'deadline';

-- Who did and saw what. It holds names as they were and refers to nothing, so
-- that it outlives what it describes.
CREATE TABLE audit (
	id      text PRIMARY KEY,
	at      text NOT NULL,
	by_id   text NOT NULL,
	by_name text NOT NULL,
	act     text NOT NULL,
	subject text NOT NULL,
	detail  text NOT NULL
);
CREATE INDEX audit_by_subject ON audit (subject, at);

CREATE TABLE sessions (
	token   text PRIMARY KEY,
	data    text NOT NULL,
	expires text NOT NULL
);
