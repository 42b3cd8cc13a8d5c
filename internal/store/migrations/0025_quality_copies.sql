-- +goose Up

-- Copies of plans for the parent carer forum, from which a program took what says
-- whom they are about. A person confirms each before anybody else sees it.
CREATE TABLE quality_copies (
	id           text PRIMARY KEY,
	child_id     text NOT NULL REFERENCES children (id),
	plan_id      text NOT NULL REFERENCES plans (id),
	n            integer NOT NULL UNIQUE,
	body         text NOT NULL,
	replaced     text NOT NULL,
	more         text NOT NULL,
	at           text NOT NULL,
	by_name      text NOT NULL,
	released_at  text NOT NULL DEFAULT '',
	released_by  text NOT NULL DEFAULT '',
	withdrawn_at text NOT NULL DEFAULT '',
	withdrawn_by text NOT NULL DEFAULT ''
);
CREATE INDEX quality_copies_by_child ON quality_copies (child_id);

-- What a family says of how good their plan is. It is never part of a grade.
CREATE TABLE quality_views (
	id       text PRIMARY KEY,
	child_id text NOT NULL REFERENCES children (id),
	plan_id  text NOT NULL REFERENCES plans (id),
	who      text NOT NULL,
	said_on  text NOT NULL,
	answers  text NOT NULL,
	words    text NOT NULL,
	at       text NOT NULL,
	by_name  text NOT NULL
);
CREATE INDEX quality_views_by_child ON quality_views (child_id);
