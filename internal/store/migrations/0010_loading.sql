-- +goose Up

-- What a load added to a child who was in the record already: the entries of the
-- journal from first_seq to last_seq (0: none), and what was there before, so
-- that the load can be undone.
CREATE TABLE load_children (
	load_id   text NOT NULL REFERENCES loads (id),
	child_id  text NOT NULL REFERENCES children (id),
	first_seq integer NOT NULL,
	last_seq  integer NOT NULL,
	before    text NOT NULL,
	PRIMARY KEY (load_id, child_id)
);
CREATE INDEX load_children_by_child ON load_children (child_id);

-- People of a return who may be a child of the record, and wait for somebody to
-- say so. candidates are their IDs, the likeliest first, apart by spaces.
CREATE TABLE load_waiting (
	load_id    text NOT NULL REFERENCES loads (id),
	n          integer NOT NULL,
	person     text NOT NULL,
	candidates text NOT NULL,
	because    text NOT NULL,
	decision   text NOT NULL DEFAULT '',
	PRIMARY KEY (load_id, n)
);

ALTER TABLE loads ADD COLUMN undone_at text NOT NULL DEFAULT '';
ALTER TABLE loads ADD COLUMN undone_by text NOT NULL DEFAULT '';
ALTER TABLE loads ADD COLUMN reason text NOT NULL DEFAULT '';
CREATE INDEX children_by_load ON children (load_id);
