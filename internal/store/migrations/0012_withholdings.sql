-- +goose Up

-- What is held back when somebody is given what is kept about a child: all of a
-- row or field, or words in it. place and row_key are the table and the row's
-- key, both empty where the words are held back everywhere. A second person
-- agrees before anything is given.
CREATE TABLE withholdings (
	id          text PRIMARY KEY,
	child_id    text NOT NULL REFERENCES children (id),
	place       text NOT NULL,
	row_key     text NOT NULL,
	field       text NOT NULL,
	words       text NOT NULL,
	ground      text NOT NULL,
	why         text NOT NULL,
	at          text NOT NULL,
	by_id       text NOT NULL,
	by_name     text NOT NULL,
	second_at   text NOT NULL DEFAULT '',
	second_id   text NOT NULL DEFAULT '',
	second_name text NOT NULL DEFAULT ''
);
CREATE INDEX withholdings_by_child ON withholdings (child_id, at);
