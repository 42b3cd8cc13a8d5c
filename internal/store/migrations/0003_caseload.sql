-- +goose Up

-- Schools, colleges and other places of education.
CREATE TABLE settings (
	id       text PRIMARY KEY,
	urn      text NOT NULL DEFAULT '',
	name     text NOT NULL,
	kind     text NOT NULL DEFAULT '',
	phase    text NOT NULL DEFAULT '',
	district text NOT NULL DEFAULT '',
	postcode text NOT NULL DEFAULT ''
);

-- Who works in the local area. Somebody away has a cover, who is shown their
-- work from the first day away to the last.
CREATE TABLE people (
	id        text PRIMARY KEY,
	name      text NOT NULL,
	role      text NOT NULL,
	email     text NOT NULL DEFAULT '',
	phone     text NOT NULL DEFAULT '',
	team_id   text REFERENCES teams (id),
	away_from text,
	away_to   text,
	cover_id  text
);

ALTER TABLE children ADD COLUMN nhs text NOT NULL DEFAULT '';
ALTER TABLE children ADD COLUMN reference text NOT NULL DEFAULT '';
ALTER TABLE children ADD COLUMN sex text NOT NULL DEFAULT '';
ALTER TABLE children ADD COLUMN postcode text NOT NULL DEFAULT '';
ALTER TABLE children ADD COLUMN district text NOT NULL DEFAULT '';
ALTER TABLE children ADD COLUMN need text NOT NULL DEFAULT '';
ALTER TABLE children ADD COLUMN setting_id text REFERENCES settings (id);
ALTER TABLE children ADD COLUMN officer_id text REFERENCES people (id);
CREATE UNIQUE INDEX children_by_reference ON children (reference) WHERE reference <> '';

-- The people around a child.
CREATE TABLE contacts (
	child_id       text NOT NULL REFERENCES children (id),
	n              integer NOT NULL,
	name           text NOT NULL,
	relation       text NOT NULL,
	responsibility integer NOT NULL,
	email          text NOT NULL DEFAULT '',
	phone          text NOT NULL DEFAULT '',
	address        text NOT NULL DEFAULT '',
	postcode       text NOT NULL DEFAULT '',
	language       text NOT NULL DEFAULT '',
	needs          text NOT NULL DEFAULT '',
	PRIMARY KEY (child_id, n)
);

-- What staff write down beside what happened.
CREATE TABLE notes (
	child_id text NOT NULL REFERENCES children (id),
	n        integer NOT NULL,
	at       text NOT NULL,
	by_name  text NOT NULL,
	body     text NOT NULL,
	PRIMARY KEY (child_id, n)
);

-- Worked out from events with the duties, and so never the truth: where each
-- case stands. stamp grows with every change, so that what is held in memory
-- knows what to read again.
CREATE TABLE cases (
	child_id  text PRIMARY KEY REFERENCES children (id),
	stage     text NOT NULL,
	stage_on  text,
	asked_on  text,
	issued_on text,
	last_kind text NOT NULL DEFAULT '',
	last_on   text,
	events    integer NOT NULL DEFAULT 0,
	stamp     bigint NOT NULL
);
CREATE INDEX cases_by_stamp ON cases (stamp);

-- A list that somebody keeps under a name.
CREATE TABLE views (
	id       text PRIMARY KEY,
	owner_id text NOT NULL,
	name     text NOT NULL,
	page     text NOT NULL,
	query    text NOT NULL,
	UNIQUE (owner_id, page, name)
);

-- When the people, teams and settings were last changed: their stamp, as in
-- cases.
CREATE TABLE changes (
	what  text PRIMARY KEY,
	stamp bigint NOT NULL
);

-- Lists are made in memory from whole lines, and look nothing up here.
DROP INDEX duties_next;
DROP INDEX duties_owed;
