-- +goose Up

-- On what day, by which program and with what choices everything that is worked
-- out was last worked out, in one row.
CREATE TABLE worked_out (
	one  integer PRIMARY KEY CHECK (one = 1),
	mark text NOT NULL
);
