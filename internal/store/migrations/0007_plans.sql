-- +goose Up

-- A child's plan, one row a version. It is being written until an event of the
-- case issues it, and then nothing of it changes. The day of issue is the event's,
-- which may be corrected, and so is not kept here.
CREATE TABLE plans (
	id        text PRIMARY KEY,
	child_id  text NOT NULL REFERENCES children (id),
	version   integer NOT NULL,
	template  text NOT NULL,
	stage     text NOT NULL,
	begun_at  text NOT NULL,
	begun_by  text NOT NULL,
	event_seq integer,
	issued_at text NOT NULL DEFAULT '',
	issued_by text NOT NULL DEFAULT '',
	UNIQUE (child_id, version),
	FOREIGN KEY (child_id, event_seq) REFERENCES events (child_id, seq)
);
-- One version at a time is being written.
CREATE UNIQUE INDEX plans_written ON plans (child_id) WHERE event_seq IS NULL;

-- What a version says, part by part: a section by its letter, the advice, or the
-- head. Each saving is a row, and none is ever changed.
CREATE TABLE plan_parts (
	plan_id  text NOT NULL REFERENCES plans (id),
	part     text NOT NULL,
	revision integer NOT NULL,
	latest   integer NOT NULL,
	body     text NOT NULL,
	at       text NOT NULL,
	by_id    text NOT NULL,
	by_name  text NOT NULL,
	PRIMARY KEY (plan_id, part, revision)
);
CREATE INDEX plan_parts_latest ON plan_parts (plan_id, part) WHERE latest = 1;

-- What somebody has typed on the form of a part and not yet saved.
CREATE TABLE plan_typed (
	plan_id text NOT NULL REFERENCES plans (id),
	part    text NOT NULL,
	by_id   text NOT NULL,
	form    text NOT NULL,
	at      text NOT NULL,
	PRIMARY KEY (plan_id, part, by_id)
);
