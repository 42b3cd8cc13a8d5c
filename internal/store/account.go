package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// An Account says that a person may sign in.
type Account struct {
	PersonID string
	Name     string
	Role     string
	Team     string
	Email    string // the person's, whether or not a code is sent there
	Handle   string // random: by it a passkey knows the account
	ClosedAt string // "": it is open
}

// Open reports whether the account lets its person in.
func (a *Account) Open() bool { return a.ClosedAt == "" }

// A Means is by what somebody shows that an account is theirs.
type Means struct {
	ID       string
	PersonID string
	Kind     string // [EmailMeans] and its like
	Value    string // what is looked up: no two accounts have the same
	Label    string // what its owner calls it
	Detail   string // a passkey's public half, as JSON
	AddedAt  string
	UsedAt   string // "": never
}

// Kinds of means.
const (
	EmailMeans    = "email"    // Value is the address, in small letters
	ProviderMeans = "provider" // Value is the issuer, a blank and the subject
	PasskeyMeans  = "passkey"  // Value is the credential's ID
)

// OpenAccount lets a person sign in, or lets them in again. What they had as
// means they have still.
func (t *Tx) OpenAccount(ctx context.Context, person string) error {
	const open = `INSERT INTO accounts (person_id, handle, opened_at, opened_by) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person_id) DO UPDATE SET closed_at = '', closed_by = ''`
	if _, err := t.tx.ExecContext(ctx, open, person, rand.Text(), instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("opening an account: %w", err)
	}
	return nil
}

// CloseAccount lets a person in no more.
func (t *Tx) CloseAccount(ctx context.Context, person string) error {
	const end = `UPDATE accounts SET closed_at = $2, closed_by = $3 WHERE person_id = $1 AND closed_at = ''`
	done, err := t.tx.ExecContext(ctx, end, person, instant(t.at), t.by.Name)
	if err != nil {
		return fmt.Errorf("closing an account: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return ErrNotFound
	}
	return nil
}

const accountColumns = `SELECT p.id, p.name, p.role, coalesce(t.name, ''), p.email, a.handle, a.closed_at
	FROM accounts a JOIN people p ON p.id = a.person_id LEFT JOIN teams t ON t.id = p.team_id `

const (
	accountOf       = accountColumns + `WHERE a.person_id = $1`
	accountByHandle = accountColumns + `WHERE a.handle = $1`
	accountByMeans  = accountColumns + `JOIN means m ON m.person_id = a.person_id WHERE m.kind = $1 AND m.value = $2`
)

// Account returns a person's account, or ErrNotFound.
func (t *Tx) Account(ctx context.Context, person string) (*Account, error) {
	return t.account(ctx, accountOf, person)
}

// AccountByHandle returns the account that a passkey names, or ErrNotFound.
func (t *Tx) AccountByHandle(ctx context.Context, handle string) (*Account, error) {
	return t.account(ctx, accountByHandle, handle)
}

// AccountByMeans returns the account to which a means belongs, or ErrNotFound.
func (t *Tx) AccountByMeans(ctx context.Context, kind, value string) (*Account, error) {
	return t.account(ctx, accountByMeans, kind, value)
}

func (t *Tx) account(ctx context.Context, query string, args ...any) (*Account, error) {
	var a Account
	err := t.tx.QueryRowContext(ctx, query, args...).Scan(&a.PersonID, &a.Name, &a.Role, &a.Team, &a.Email, &a.Handle, &a.ClosedAt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("finding an account: %w", err)
	}
	return &a, nil
}

// ErrTaken is returned when a means belongs to an account already.
var ErrTaken = errors.New("store: that belongs to an account already")

// AddMeans gives an account a means. It returns ErrTaken if an account, this or
// another, has it.
func (t *Tx) AddMeans(ctx context.Context, m *Means) error {
	const add = `INSERT INTO means (id, person_id, kind, value, label, detail, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (kind, value) DO NOTHING`
	m.ID = rand.Text()
	done, err := t.tx.ExecContext(ctx, add, m.ID, m.PersonID, m.Kind, m.Value, m.Label, m.Detail, instant(t.at))
	if err != nil {
		return fmt.Errorf("adding a means to sign in: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return ErrTaken
	}
	return nil
}

// UseMeans notes that a means was used, and what has changed of its detail: a
// passkey counts how often it is used.
func (t *Tx) UseMeans(ctx context.Context, id, detail string) error {
	const use = `UPDATE means SET used_at = $2, detail = $3 WHERE id = $1`
	if _, err := t.tx.ExecContext(ctx, use, id, instant(t.at), detail); err != nil {
		return fmt.Errorf("noting a use: %w", err)
	}
	return nil
}

// DropMeans takes a means of one kind from a person, or returns ErrNotFound.
func (t *Tx) DropMeans(ctx context.Context, person, kind, id string) error {
	const drop = `DELETE FROM means WHERE id = $1 AND person_id = $2 AND kind = $3`
	done, err := t.tx.ExecContext(ctx, drop, id, person, kind)
	if err != nil {
		return fmt.Errorf("dropping a means to sign in: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return ErrNotFound
	}
	return nil
}

const meansOf = `SELECT id, person_id, kind, value, label, detail, added_at, used_at FROM means WHERE person_id = $1 ORDER BY kind, added_at, id`

// MeansOf returns every means of a person's account.
func (t *Tx) MeansOf(ctx context.Context, person string) (all []Means, err error) {
	err = t.each(ctx, meansOf, []any{person}, func(rows *sql.Rows) error {
		var m Means
		if err := rows.Scan(&m.ID, &m.PersonID, &m.Kind, &m.Value, &m.Label, &m.Detail, &m.AddedAt, &m.UsedAt); err != nil {
			return err
		}
		all = append(all, m)
		return nil
	})
	return all, err
}

// EmailValue writes an email address as it is looked up. Mail systems treat
// addresses that differ in capitals alone as one.
func EmailValue(address string) string { return strings.ToLower(strings.TrimSpace(address)) }

const allAccounts = `SELECT p.id, p.name, p.role, coalesce(t.name, ''), p.email, a.handle, a.closed_at, coalesce((SELECT max(seen_at) FROM signins s WHERE s.person_id = p.id), '')
	FROM accounts a JOIN people p ON p.id = a.person_id LEFT JOIN teams t ON t.id = p.team_id ORDER BY p.name, p.id`

// A Signer is an account, and when it was last used.
type Signer struct {
	Account
	Seen string // "": never, or so long ago that it is forgotten
}

// Signers returns every account, by its person's name.
func (t *Tx) Signers(ctx context.Context) (all []Signer, err error) {
	err = t.each(ctx, allAccounts, nil, func(rows *sql.Rows) error {
		var s Signer
		err := rows.Scan(&s.PersonID, &s.Name, &s.Role, &s.Team, &s.Email, &s.Handle, &s.ClosedAt, &s.Seen)
		all = append(all, s)
		return err
	})
	return all, err
}
