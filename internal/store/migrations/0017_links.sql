-- +goose Up

-- A link by which somebody without an account does one task, once: to answer an
-- entry of a child's journal. digest is of the link's secret part, which is in
-- the letter alone. Opening it uses nothing up; sending does.
CREATE TABLE links (
	id         text PRIMARY KEY,
	digest     text NOT NULL UNIQUE,
	child_id   text NOT NULL REFERENCES children (id),
	event_seq  integer NOT NULL,
	body       text NOT NULL,
	email      text NOT NULL,
	made_at    text NOT NULL,
	made_by    text NOT NULL,
	until_on   text NOT NULL,
	used_at    text NOT NULL DEFAULT '',
	used_by    text NOT NULL DEFAULT '',
	revoked_at text NOT NULL DEFAULT '',
	revoked_by text NOT NULL DEFAULT '',
	FOREIGN KEY (child_id, event_seq) REFERENCES events (child_id, seq)
);
CREATE INDEX links_by_child ON links (child_id, made_at);
