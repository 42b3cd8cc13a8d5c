package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"weald/calendar"
)

// A QualityAudit is one person's audit of one version of a child's plan. Its kind
// and grade are domain/quality's and the service's words.
type QualityAudit struct {
	ID                  string
	Child               ChildID
	Forename, Surname   string // the child's
	Plan                string // the version's ID
	Version             int
	Sample              string // "": it was asked for by itself
	Kind                string
	Of                  string // the audit that it repeats, corrects or follows; "": none
	Why                 string // why it is made
	AuditorID, Auditor  string
	Questions           string // the set
	AskedOn             calendar.Date
	AskedBy             string
	Team, Need, Setting string // as they were when it was asked for
	Writer              string // who signed the plan
	SignedOn            calendar.Date
	SignedAt            string
	Grade               string
	Mean                int    // in hundredths of a mark
	Weights             string // the row of weights under which it was graded; "": Weald's own
	WithdrawnAt         string
	WithdrawnBy         string
	Withdrawn           string // why
	Answered            int    // how many questions have an answer
}

// Signed reports whether the audit is signed, which locks it.
func (a *QualityAudit) Signed() bool { return !a.SignedOn.IsZero() }

// Open reports whether the audit is still to be done.
func (a *QualityAudit) Open() bool { return !a.Signed() && a.WithdrawnAt == "" }

const qualityColumns = `SELECT a.id, a.child_id, c.forename, c.surname, a.plan_id, p.version, coalesce(a.sample_id, ''), a.kind, coalesce(a.of_audit, ''), a.why, a.auditor_id, a.auditor,
	a.questions, a.asked_on, a.asked_by, a.team, a.need, a.setting, a.writer, a.signed_on, a.signed_at, a.grade, a.mean, a.weights_id, a.withdrawn_at, a.withdrawn_by, a.withdrawn,
	(SELECT count(*) FROM quality_answers q WHERE q.audit_id = a.id AND q.answer <> '')
	FROM quality_audits a JOIN children c ON c.id = a.child_id JOIN plans p ON p.id = a.plan_id`

func scanQuality(scan func(...any) error) (a QualityAudit, err error) {
	err = scan(&a.ID, &a.Child, &a.Forename, &a.Surname, &a.Plan, &a.Version, &a.Sample, &a.Kind, &a.Of, &a.Why, &a.AuditorID, &a.Auditor,
		&a.Questions, &a.AskedOn, &a.AskedBy, &a.Team, &a.Need, &a.Setting, &a.Writer, &a.SignedOn, &a.SignedAt, &a.Grade, &a.Mean, &a.Weights, &a.WithdrawnAt, &a.WithdrawnBy, &a.Withdrawn, &a.Answered)
	return a, err
}

// AddQualityAudit asks for an audit.
func (t *Tx) AddQualityAudit(ctx context.Context, a *QualityAudit) error {
	const add = `INSERT INTO quality_audits (id, child_id, plan_id, sample_id, kind, of_audit, why, auditor_id, auditor, questions, asked_on, asked_by, team, need, setting, writer, asked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`
	_, err := t.tx.ExecContext(ctx, add, a.ID, a.Child, a.Plan, orNull(a.Sample), a.Kind, orNull(a.Of), a.Why, a.AuditorID, a.Auditor, a.Questions, a.AskedOn, t.by.Name, a.Team, a.Need, a.Setting, a.Writer, instant(t.at))
	if err != nil {
		return fmt.Errorf("asking for an audit: %w", err)
	}
	return nil
}

const auditByID = qualityColumns + ` WHERE a.id = $1`

// QualityAudit returns an audit, or ErrNotFound.
func (t *Tx) QualityAudit(ctx context.Context, id string) (*QualityAudit, error) {
	a, err := scanQuality(t.tx.QueryRowContext(ctx, auditByID, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("reading an audit: %w", err)
	}
	return &a, nil
}

const (
	allAudits   = qualityColumns + ` ORDER BY a.asked_at DESC, a.child_id, a.kind, a.id`
	auditsOf    = qualityColumns + ` WHERE a.child_id = $1 ORDER BY a.asked_at DESC, a.child_id, a.kind, a.id`
	auditsDrawn = qualityColumns + ` WHERE a.sample_id = $1 ORDER BY a.asked_at DESC, a.child_id, a.kind, a.id`
)

func (t *Tx) audits(ctx context.Context, query string, args ...any) (all []QualityAudit, err error) {
	err = t.each(ctx, query, args, func(rows *sql.Rows) error {
		a, err := scanQuality(rows.Scan)
		all = append(all, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading audits: %w", err)
	}
	return all, nil
}

// QualityAudits returns every audit, the latest asked for first.
func (t *Tx) QualityAudits(ctx context.Context) ([]QualityAudit, error) {
	return t.audits(ctx, allAudits)
}

// QualityAuditsOf returns the audits of a child's plans, the latest first.
func (t *Tx) QualityAuditsOf(ctx context.Context, id ChildID) ([]QualityAudit, error) {
	return t.audits(ctx, auditsOf, id)
}

// QualityAuditsDrawn returns the audits of a sample.
func (t *Tx) QualityAuditsDrawn(ctx context.Context, sample string) ([]QualityAudit, error) {
	return t.audits(ctx, auditsDrawn, sample)
}

// openAudit runs a change of an audit that is still open, or returns ErrLocked.
func (t *Tx) openAudit(ctx context.Context, query string, args ...any) error {
	done, err := t.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("changing an audit: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(ErrLocked, err)
	}
	return nil
}

// SignQualityAudit locks an audit with its grade, or returns ErrLocked.
func (t *Tx) SignQualityAudit(ctx context.Context, id string, on calendar.Date, grade string, mean int, weights string) error {
	const sign = `UPDATE quality_audits SET signed_on = $1, signed_at = $2, grade = $3, mean = $4, weights_id = $5 WHERE id = $6 AND signed_on IS NULL AND withdrawn_at = ''`
	return t.openAudit(ctx, sign, on, instant(t.at), grade, mean, weights, id)
}

// WithdrawQualityAudit says that an audit is not to be made, or returns ErrLocked.
func (t *Tx) WithdrawQualityAudit(ctx context.Context, id, why string) error {
	const withdraw = `UPDATE quality_audits SET withdrawn_at = $1, withdrawn_by = $2, withdrawn = $3 WHERE id = $4 AND signed_on IS NULL AND withdrawn_at = ''`
	return t.openAudit(ctx, withdraw, instant(t.at), t.by.Name, why, id)
}

// GiveQualityAudit gives an audit to somebody, or returns ErrLocked.
func (t *Tx) GiveQualityAudit(ctx context.Context, id, person, name string) error {
	const give = `UPDATE quality_audits SET auditor_id = $1, auditor = $2 WHERE id = $3 AND signed_on IS NULL AND withdrawn_at = ''`
	return t.openAudit(ctx, give, person, name, id)
}

// A QualityAnswer is how somebody answered a question of an audit.
type QualityAnswer struct {
	Question int
	Answer   string
	Words    string
	Line     string // the ID of the line of the plan that it is about; "" for none
	At       string
	ByID, By string
}

// SetQualityAnswer keeps an answer, as the transaction's person gave it. The
// caller has seen that the audit is open.
func (t *Tx) SetQualityAnswer(ctx context.Context, audit string, a *QualityAnswer) error {
	const set = `INSERT INTO quality_answers (audit_id, question, answer, words, line, at, by_id, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (audit_id, question) DO UPDATE SET answer = excluded.answer, words = excluded.words, line = excluded.line, at = excluded.at, by_id = excluded.by_id, by_name = excluded.by_name`
	if _, err := t.tx.ExecContext(ctx, set, audit, a.Question, a.Answer, a.Words, a.Line, instant(t.at), t.by.ID, t.by.Name); err != nil {
		return fmt.Errorf("keeping an answer: %w", err)
	}
	return nil
}

const answersOf = `SELECT question, answer, words, line, at, by_id, by_name FROM quality_answers WHERE audit_id = $1 ORDER BY question`

// QualityAnswers returns the answers of an audit.
func (t *Tx) QualityAnswers(ctx context.Context, audit string) (all []QualityAnswer, err error) {
	err = t.each(ctx, answersOf, []any{audit}, func(rows *sql.Rows) error {
		var a QualityAnswer
		if err := rows.Scan(&a.Question, &a.Answer, &a.Words, &a.Line, &a.At, &a.ByID, &a.By); err != nil {
			return err
		}
		all = append(all, a)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading answers: %w", err)
	}
	return all, nil
}

const answersSigned = `SELECT a.id, q.question, q.answer FROM quality_audits a JOIN quality_answers q ON q.audit_id = a.id WHERE a.signed_on IS NOT NULL ORDER BY a.id, q.question`

// SignedAnswers calls f for every answer of every signed audit.
func (t *Tx) SignedAnswers(ctx context.Context, f func(audit string, question int, answer string)) error {
	return t.each(ctx, answersSigned, nil, func(rows *sql.Rows) error {
		var audit, answer string
		var question int
		if err := rows.Scan(&audit, &question, &answer); err != nil {
			return err
		}
		f(audit, question, answer)
		return nil
	})
}

// A QualityShare is who of another agency answers that agency's questions.
type QualityShare struct {
	Audit            string
	Agency           string
	PersonID, Person string
	At, By           string
	DoneAt           string // "": they have not finished
}

// ShareQualityAudit asks somebody to answer an agency's questions.
func (t *Tx) ShareQualityAudit(ctx context.Context, s *QualityShare) error {
	const set = `INSERT INTO quality_shares (audit_id, agency, person_id, person, at, by_name, done_at) VALUES ($1, $2, $3, $4, $5, $6, '')
		ON CONFLICT (audit_id, agency) DO UPDATE SET person_id = excluded.person_id, person = excluded.person, at = excluded.at, by_name = excluded.by_name, done_at = ''`
	if _, err := t.tx.ExecContext(ctx, set, s.Audit, s.Agency, s.PersonID, s.Person, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("sharing an audit: %w", err)
	}
	return nil
}

// FinishQualityShare says that an agency's part of an audit is done.
func (t *Tx) FinishQualityShare(ctx context.Context, audit, agency string) error {
	_, err := t.tx.ExecContext(ctx, `UPDATE quality_shares SET done_at = $1 WHERE audit_id = $2 AND agency = $3`, instant(t.at), audit, agency)
	return err
}

const (
	sharesOf = `SELECT audit_id, agency, person_id, person, at, by_name, done_at FROM quality_shares WHERE audit_id = $1 ORDER BY agency`
	sharesTo = `SELECT audit_id, agency, person_id, person, at, by_name, done_at FROM quality_shares WHERE person_id = $1 ORDER BY at, audit_id, agency`
)

func (t *Tx) shares(ctx context.Context, query, arg string) (all []QualityShare, err error) {
	err = t.each(ctx, query, []any{arg}, func(rows *sql.Rows) error {
		var s QualityShare
		err := rows.Scan(&s.Audit, &s.Agency, &s.PersonID, &s.Person, &s.At, &s.By, &s.DoneAt)
		all = append(all, s)
		return err
	})
	return all, err
}

// QualityShares returns who of other agencies was asked to help with an audit.
func (t *Tx) QualityShares(ctx context.Context, audit string) ([]QualityShare, error) {
	return t.shares(ctx, sharesOf, audit)
}

// QualitySharesTo returns what somebody was asked to help with.
func (t *Tx) QualitySharesTo(ctx context.Context, person string) ([]QualityShare, error) {
	return t.shares(ctx, sharesTo, person)
}
