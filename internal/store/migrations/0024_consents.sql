-- +goose Up

-- Consent to a sharing, given or withdrawn on a day. What stands is the latest.
CREATE TABLE consents (
	id       text PRIMARY KEY,
	child_id text NOT NULL REFERENCES children (id),
	sharing  text NOT NULL,
	given    integer NOT NULL,
	who      text NOT NULL,
	given_on text NOT NULL,
	how      text NOT NULL,
	made_at  text NOT NULL,
	made_by  text NOT NULL
);
CREATE INDEX consents_by_child ON consents (child_id);
