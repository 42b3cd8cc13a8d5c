-- +goose Up

-- What somebody asked of the council about a child. Since when it waits and by when
-- an answer is owed are worked out from its steps, with each step.
CREATE TABLE correspondence (
	id          text PRIMARY KEY,
	child_id    text NOT NULL REFERENCES children (id),
	n           integer NOT NULL,
	topic       text NOT NULL,
	sender      text NOT NULL,
	person_id   text NOT NULL DEFAULT '',
	org_id      text NOT NULL DEFAULT '',
	person      text NOT NULL,
	owner_id    text NOT NULL DEFAULT '',
	waits_since text NOT NULL DEFAULT '',
	reply_by    text NOT NULL DEFAULT '',
	again       integer NOT NULL DEFAULT 0
);
CREATE INDEX correspondence_by_child ON correspondence (child_id);
CREATE INDEX correspondence_waiting ON correspondence (reply_by, id) WHERE reply_by <> '';

-- What happened to it: asked, answered, tried, noted, given to somebody, settled.
CREATE TABLE correspondence_steps (
	id       text PRIMARY KEY,
	child_id text NOT NULL REFERENCES children (id),
	item_id  text NOT NULL REFERENCES correspondence (id),
	n        integer NOT NULL,
	step     text NOT NULL,
	step_on  text NOT NULL,
	channel  text NOT NULL DEFAULT '',
	owner_id text NOT NULL DEFAULT '',
	words    text NOT NULL DEFAULT '',
	at       text NOT NULL,
	by_id    text NOT NULL,
	by_name  text NOT NULL
);
CREATE INDEX correspondence_steps_by_child ON correspondence_steps (child_id);
