-- +goose Up

-- What is kept about a child besides what happened, but for the bytes, which
-- are in the documents' folder or bucket under their SHA-256, the digest. A
-- removed document keeps its row. bytes says what has become of them: kept;
-- going, to be deleted unless another row has the same; gone.
CREATE TABLE documents (
	id         text PRIMARY KEY,
	child_id   text NOT NULL REFERENCES children (id),
	event_seq  integer,
	name       text NOT NULL,
	type       text NOT NULL,
	label      text NOT NULL,
	size       bigint NOT NULL,
	digest     text NOT NULL,
	at         text NOT NULL,
	by_name    text NOT NULL,
	removed_at text NOT NULL DEFAULT '',
	removed_by text NOT NULL DEFAULT '',
	reason     text NOT NULL DEFAULT '',
	bytes      text NOT NULL DEFAULT 'kept',
	FOREIGN KEY (child_id, event_seq) REFERENCES events (child_id, seq)
);
CREATE INDEX documents_by_child ON documents (child_id, at);
CREATE INDEX documents_by_digest ON documents (digest);
CREATE INDEX documents_going ON documents (removed_at) WHERE removed_at <> '' AND bytes <> 'gone';
-- A child has a document once.
CREATE UNIQUE INDEX documents_once ON documents (child_id, digest) WHERE removed_at = '';
