-- +goose Up

-- What the virus scanner said of a document: clean; waiting, so that nobody may
-- open it yet; found, and it was removed. Empty: there was no scanner.
ALTER TABLE documents ADD COLUMN scan text NOT NULL DEFAULT '';
CREATE INDEX documents_waiting ON documents (at) WHERE scan = 'waiting' AND removed_at = '';
