-- +goose Up

-- How the local area weighs an audit's answers: each choice is a row, and an audit
-- says under which it was graded.
CREATE TABLE quality_weights (
	id      text PRIMARY KEY,
	weights text NOT NULL,
	why     text NOT NULL,
	at      text NOT NULL,
	by_name text NOT NULL
);

-- Samples of plans to be audited, with all that is needed to draw each again.
CREATE TABLE quality_samples (
	id       text PRIMARY KEY,
	way      text NOT NULL,
	strata   text NOT NULL,
	from_on  text NOT NULL,
	until_on text NOT NULL,
	size     integer NOT NULL,
	second   integer NOT NULL,
	seed     text NOT NULL,
	of_plans integer NOT NULL,
	auditors text NOT NULL,
	drawn_on text NOT NULL,
	at       text NOT NULL,
	by_name  text NOT NULL
);

-- One person's audit of one version of a plan: open until it is signed, and then
-- nothing of it changes. What was true of the case is kept as it was then.
CREATE TABLE quality_audits (
	id           text PRIMARY KEY,
	child_id     text NOT NULL REFERENCES children (id),
	plan_id      text NOT NULL REFERENCES plans (id),
	sample_id    text REFERENCES quality_samples (id),
	kind         text NOT NULL,
	of_audit     text,
	why          text NOT NULL,
	auditor_id   text NOT NULL,
	auditor      text NOT NULL,
	questions    text NOT NULL,
	asked_on     text NOT NULL,
	asked_by     text NOT NULL,
	asked_at     text NOT NULL,
	team         text NOT NULL,
	need         text NOT NULL,
	setting      text NOT NULL,
	writer       text NOT NULL,
	signed_on    text,
	signed_at    text NOT NULL DEFAULT '',
	grade        text NOT NULL DEFAULT '',
	mean         integer NOT NULL DEFAULT 0,
	weights_id   text NOT NULL DEFAULT '',
	withdrawn_at text NOT NULL DEFAULT '',
	withdrawn_by text NOT NULL DEFAULT '',
	withdrawn    text NOT NULL DEFAULT ''
);
CREATE INDEX quality_audits_by_child ON quality_audits (child_id);
CREATE INDEX quality_audits_by_plan ON quality_audits (plan_id);

CREATE TABLE quality_answers (
	audit_id text NOT NULL REFERENCES quality_audits (id),
	question integer NOT NULL,
	answer   text NOT NULL,
	words    text NOT NULL,
	line     text NOT NULL,
	at       text NOT NULL,
	by_id    text NOT NULL,
	by_name  text NOT NULL,
	PRIMARY KEY (audit_id, question)
);

-- Who of another agency answers that agency's questions of an audit.
CREATE TABLE quality_shares (
	audit_id  text NOT NULL REFERENCES quality_audits (id),
	agency    text NOT NULL,
	person_id text NOT NULL,
	person    text NOT NULL,
	at        text NOT NULL,
	by_name   text NOT NULL,
	done_at   text NOT NULL DEFAULT '',
	PRIMARY KEY (audit_id, agency)
);
CREATE INDEX quality_shares_by_person ON quality_shares (person_id);

-- How a difference between two audits of a plan was settled. The last row of a
-- question counts.
CREATE TABLE quality_settlements (
	audit_id text NOT NULL REFERENCES quality_audits (id),
	question integer NOT NULL,
	n        integer NOT NULL,
	answer   text NOT NULL,
	why      text NOT NULL,
	at       text NOT NULL,
	by_id    text NOT NULL,
	by_name  text NOT NULL,
	PRIMARY KEY (audit_id, question, n)
);

-- What is to be done about what an audit found.
CREATE TABLE quality_actions (
	id       text PRIMARY KEY,
	audit_id text NOT NULL REFERENCES quality_audits (id),
	child_id text NOT NULL REFERENCES children (id),
	question integer NOT NULL,
	line     text NOT NULL,
	what     text NOT NULL,
	owner_id text NOT NULL,
	owner    text NOT NULL,
	due_on   text NOT NULL,
	at       text NOT NULL,
	by_name  text NOT NULL,
	done_on  text,
	done     text NOT NULL DEFAULT '',
	done_at  text NOT NULL DEFAULT '',
	done_by  text NOT NULL DEFAULT ''
);
CREATE INDEX quality_actions_by_audit ON quality_actions (audit_id);
CREATE INDEX quality_actions_by_child ON quality_actions (child_id);
