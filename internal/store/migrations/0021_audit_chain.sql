-- +goose Up

-- Audit entries are linked: each says which line of entries it belongs to, its
-- number there, and a digest of itself and of the one before. salt hides short
-- words from guessing once they are erased; digest then stands in their place.
-- role, org and place are as what somebody acted and from where.
ALTER TABLE audit ADD COLUMN line text NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN n integer NOT NULL DEFAULT 0;
ALTER TABLE audit ADD COLUMN link text NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN salt text NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN digest text NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN role text NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN org text NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN place text NOT NULL DEFAULT '';
CREATE INDEX audit_by_time ON audit (at);

-- What somebody has said of access that looked unusual, so that it is not raised
-- again.
CREATE TABLE settlements (
	id        text PRIMARY KEY,
	rule      text NOT NULL,
	person_id text NOT NULL,
	matter    text NOT NULL,
	outcome   text NOT NULL,
	why       text NOT NULL,
	at        text NOT NULL,
	by_id     text NOT NULL,
	by_name   text NOT NULL
);
CREATE UNIQUE INDEX settlements_by_matter ON settlements (rule, person_id, matter);
