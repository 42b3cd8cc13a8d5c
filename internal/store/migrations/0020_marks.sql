-- +goose Up
-- What is worked out from a child's events for the measures: who made the latest
-- request, and what each measure counts of the case. Both are filled by the next
-- rebuild.
ALTER TABLE cases ADD COLUMN route text NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN marks text NOT NULL DEFAULT '';
