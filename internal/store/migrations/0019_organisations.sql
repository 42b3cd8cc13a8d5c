-- +goose Up

-- Organisations whose people use the service, who belongs to them for how long,
-- and who of them looks after which child. Work is the organisation's: whoever
-- leaves, it stays.
CREATE TABLE organisations (
	id         text PRIMARY KEY,
	name       text NOT NULL,
	kind       text NOT NULL,
	setting_id text REFERENCES settings (id),
	mailbox    text NOT NULL DEFAULT '',
	body       text NOT NULL DEFAULT '',
	made_at    text NOT NULL,
	made_by    text NOT NULL,
	closed_at  text NOT NULL DEFAULT '',
	closed_by  text NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX organisations_by_setting ON organisations (setting_id) WHERE setting_id IS NOT NULL;

CREATE TABLE memberships (
	id         text PRIMARY KEY,
	org_id     text NOT NULL REFERENCES organisations (id),
	person_id  text NOT NULL REFERENCES people (id),
	role       text NOT NULL,
	admin      integer NOT NULL DEFAULT 0,
	from_on    text NOT NULL,
	until_on   text,
	cover_of   text,
	made_at    text NOT NULL,
	made_by    text NOT NULL,
	ended_at   text NOT NULL DEFAULT '',
	ended_by   text NOT NULL DEFAULT ''
);
CREATE INDEX memberships_by_org ON memberships (org_id);
CREATE INDEX memberships_by_person ON memberships (person_id);

CREATE TABLE allocations (
	org_id    text NOT NULL REFERENCES organisations (id),
	child_id  text NOT NULL REFERENCES children (id),
	person_id text NOT NULL REFERENCES people (id),
	PRIMARY KEY (org_id, child_id)
);
CREATE INDEX allocations_by_child ON allocations (child_id);

-- What people are to a child: family and supporters; organisations that are
-- consulted or help; a case restricted to named people; an interest that keeps
-- somebody out.
CREATE TABLE ties (
	id        text PRIMARY KEY,
	child_id  text NOT NULL REFERENCES children (id),
	person_id text NOT NULL REFERENCES people (id),
	kind      text NOT NULL,
	limits    text NOT NULL DEFAULT '',
	say       text NOT NULL DEFAULT '',
	basis     text NOT NULL DEFAULT '',
	from_on   text NOT NULL,
	until_on  text,
	made_at   text NOT NULL,
	made_by   text NOT NULL,
	ended_at  text NOT NULL DEFAULT '',
	ended_by  text NOT NULL DEFAULT ''
);
CREATE INDEX ties_by_child ON ties (child_id);
CREATE INDEX ties_by_person ON ties (person_id);

CREATE TABLE involvements (
	id        text PRIMARY KEY,
	child_id  text NOT NULL REFERENCES children (id),
	org_id    text NOT NULL REFERENCES organisations (id),
	kind      text NOT NULL,
	why       text NOT NULL DEFAULT '',
	from_on   text NOT NULL,
	until_on  text,
	made_at   text NOT NULL,
	made_by   text NOT NULL,
	ended_at  text NOT NULL DEFAULT '',
	ended_by  text NOT NULL DEFAULT ''
);
CREATE INDEX involvements_by_child ON involvements (child_id);
CREATE INDEX involvements_by_org ON involvements (org_id);

CREATE TABLE seals (
	id        text PRIMARY KEY,
	child_id  text NOT NULL REFERENCES children (id),
	why       text NOT NULL,
	made_at   text NOT NULL,
	made_by   text NOT NULL,
	lifted_at text NOT NULL DEFAULT '',
	lifted_by text NOT NULL DEFAULT ''
);
CREATE INDEX seals_by_child ON seals (child_id);

CREATE TABLE standings (
	id        text PRIMARY KEY,
	child_id  text NOT NULL REFERENCES children (id),
	person_id text NOT NULL REFERENCES people (id),
	kind      text NOT NULL,
	why       text NOT NULL,
	made_at   text NOT NULL,
	made_by   text NOT NULL,
	ended_at  text NOT NULL DEFAULT '',
	ended_by  text NOT NULL DEFAULT ''
);
CREATE INDEX standings_by_child ON standings (child_id);
CREATE INDEX standings_by_person ON standings (person_id);

-- An address that the rest of the family may not be told.
ALTER TABLE contacts ADD COLUMN restricted integer NOT NULL DEFAULT 0;

-- In which capacity somebody acts in a sign-in; '' is the first that they have.
ALTER TABLE signins ADD COLUMN capacity text NOT NULL DEFAULT '';
