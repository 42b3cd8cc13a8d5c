-- +goose Up

-- What a statutory return said of a child, or was entered for one, in the
-- return's own items: what no event can hold. year is the return's, 0 for none;
-- events is how many entries the child's journal had then, so that what came
-- afterwards is known to go before it.
CREATE TABLE returned (
	child_id text PRIMARY KEY REFERENCES children (id),
	year     integer NOT NULL,
	events   integer NOT NULL,
	person   text NOT NULL
);
