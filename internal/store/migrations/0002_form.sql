-- +goose Up

-- The form on which an entry was typed. A form that is sent twice is recorded
-- once.
ALTER TABLE events ADD COLUMN form text NOT NULL DEFAULT '';
CREATE UNIQUE INDEX events_by_form ON events (child_id, form) WHERE form <> '';
