package app

import (
	"context"
	"crypto/rand"
	"errors"
	"net/mail"
	"time"

	"weald/domain/access"
	"weald/internal/store"
	"weald/law"
)

// Accounts is who may sign in, by what means, and where they are signed in.
//
// Nobody has an account because they can show who they are: somebody who may
// opens it for them first. What a person may do is in [access], by their role as
// it is now, and not as it was when they signed in.
type Accounts struct{ *Core }

// doorkeeper is the program when it notes what happens at its door.
var doorkeeper = access.User{ID: "weald", Name: "Weald", Role: access.Program}

// Persons' sign-ins are audited under this, so that no person is taken for a
// child.
func personSubject(id string) string { return "person/" + id }

// forgetSignIns is how long a sign-in is listed, and its forms still known for
// their maker's, after it was last used.
const forgetSignIns = 90 * 24 * time.Hour

// Ways of signing in.
const (
	PersonaWay  = "persona" // to a demonstration, by saying who one is
	EmailWay    = store.EmailMeans
	ProviderWay = store.ProviderMeans
	PasskeyWay  = store.PasskeyMeans
)

// A SignIn is one time that somebody signed in, in one browser.
type SignIn = store.SignIn

// A Person is somebody to whom the council gave a role.
type Person = store.Person

// An Account says that a person may sign in.
type Account = store.Account

// User returns the person as their account has them.
func userOf(a *store.Account) access.User {
	return access.User{ID: a.PersonID, Name: a.Name, Role: access.Role(a.Role), Team: a.Team}
}

// Add lets somebody in who works in the local area and is not yet known, and to
// whose email address a code may be sent.
func (a *Accounts) Add(ctx context.Context, by access.User, p *store.Person) error {
	if err := may(by, access.AccountManage); err != nil {
		return err
	}
	address, err := mail.ParseAddress(p.Email)
	if err != nil || address.Address != p.Email {
		return &law.Refusal{Because: "“" + p.Email + "” is not an email address like name@example.com."}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.SetPerson(ctx, p); err != nil {
			return err
		}
		return a.open(ctx, tx, p.ID, p.Email)
	})
}

// open opens an account to which codes are sent by email.
func (a *Accounts) open(ctx context.Context, tx *store.Tx, person, email string) error {
	if err := tx.OpenAccount(ctx, person); err != nil {
		return err
	}
	err := tx.AddMeans(ctx, &store.Means{PersonID: person, Kind: store.EmailMeans, Value: store.EmailValue(email)})
	if errors.Is(err, store.ErrTaken) {
		owner, err := tx.AccountByMeans(ctx, store.EmailMeans, store.EmailValue(email))
		if err != nil {
			return err
		}
		if owner.PersonID != person {
			return &law.Refusal{Because: "Somebody else signs in with that email address."}
		}
	} else if err != nil {
		return err
	}
	return tx.Audit(ctx, "let somebody sign in", personSubject(person), "")
}

// Find returns an account by its person's number or email address.
func (a *Accounts) Find(ctx context.Context, by access.User, who string) (account *store.Account, err error) {
	if err := may(by, access.AccountManage); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		account, err = tx.Account(ctx, who)
		if errors.Is(err, store.ErrNotFound) {
			account, err = tx.AccountByMeans(ctx, store.EmailMeans, store.EmailValue(who))
		}
		return err
	})
	return account, err
}

// Close lets a person in no more, and ends every sign-in of theirs.
func (a *Accounts) Close(ctx context.Context, by access.User, person string) error {
	if err := may(by, access.AccountManage); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.CloseAccount(ctx, person); err != nil {
			return err
		}
		if _, err := tx.EndSignIn(ctx, person, "", ""); err != nil {
			return err
		}
		return tx.Audit(ctx, "closed an account", personSubject(person), "")
	})
}

// Begin keeps that somebody has signed in, and returns the sign-in's ID. Device
// says in words what they signed in with.
func (a *Accounts) Begin(ctx context.Context, u access.User, way, device string) (id string, err error) {
	s := store.SignIn{ID: rand.Text(), PersonID: u.ID, Way: way, Device: device}
	return s.ID, a.db.Write(ctx, u, func(tx *store.Tx) error {
		if err := tx.AddSignIn(ctx, &s, tx.At().Add(-forgetSignIns)); err != nil {
			return err
		}
		return tx.Audit(ctx, "signed in", personSubject(u.ID), way)
	})
}

// Current returns a sign-in and the person whose it is, as their account has them
// now, in the capacity in which they act. It returns ErrNotFound when the sign-in
// has been ended, was too long ago or the account is closed. A persona has no
// account: their name and role are empty.
func (a *Accounts) Current(ctx context.Context, id string, longest time.Duration) (s *store.SignIn, u access.User, now time.Time, err error) {
	// Each is one look by itself: nothing hangs on both being of one moment.
	err = a.db.Glance(ctx, func(tx *store.Tx) error {
		now = tx.At()
		s, err = tx.SignIn(ctx, id)
		return err
	})
	switch {
	case err != nil:
		return s, u, now, err
	case !s.Ended.IsZero() || now.Sub(s.Began) > longest:
		return s, u, now, ErrNotFound
	}
	if u.ID = s.PersonID; s.Way == PersonaWay {
		return s, u, now, nil
	}
	var account *store.Account
	err = a.db.Glance(ctx, func(tx *store.Tx) error {
		account, err = tx.Account(ctx, s.PersonID)
		return err
	})
	switch {
	case err != nil:
		return s, u, now, err
	case !account.Open():
		return s, u, now, ErrNotFound
	}
	u, err = a.Acting(ctx, userOf(account), s.Capacity)
	return s, u, now, err
}

// See notes that a sign-in was used just now.
func (a *Accounts) See(ctx context.Context, id string) error { return a.db.SeeSignIn(ctx, id) }

// Maker returns whose a sign-in is or was, or "" when it is not known, and how
// long ago it was last seen to be used.
func (a *Accounts) Maker(ctx context.Context, id string) (person string, ago time.Duration, err error) {
	if id == "" {
		return "", 0, nil
	}
	err = a.db.Glance(ctx, func(tx *store.Tx) error {
		s, err := tx.SignIn(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		} else if err != nil {
			return err
		}
		person, ago = s.PersonID, tx.At().Sub(s.Seen)
		return nil
	})
	return person, ago, err
}

// SignIns returns where a person is signed in, and was lately, the latest first.
// Others see it only if they may say who signs in.
func (a *Accounts) SignIns(ctx context.Context, by access.User, person string) (all []store.SignIn, now time.Time, err error) {
	if by.ID != person && !by.May(access.AccountManage) {
		return nil, now, ErrNotAllowed
	}
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) {
		now = tx.At()
		all, err = tx.SignInsOf(ctx, person)
		return err
	})
	return all, now, err
}

// End ends one of a person's sign-ins, or all but one when id is "". Others end
// them only if they may say who signs in. It returns how many it ended, and
// ErrNotFound when there was none: another's is as if it were not there.
func (a *Accounts) End(ctx context.Context, by access.User, person, id, but string) (n int64, err error) {
	if by.ID != person && !by.May(access.AccountManage) {
		return 0, ErrNotAllowed
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if n, err = tx.EndSignIn(ctx, person, id, but); err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound
		}
		act := "signed out"
		if by.ID != person {
			act = "signed somebody out"
		}
		return tx.Audit(ctx, act, personSubject(person), "")
	})
	return n, err
}

// NoteBarred keeps that somebody asked for a child of whom they may not know.
func (a *Accounts) NoteBarred(ctx context.Context, by access.User, b *Barred) error {
	if by.ID == "" {
		by = doorkeeper
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		why := "they are nothing to the child"
		for _, bar := range access.Bars {
			if bar.Bar == b.Bar {
				why = bar.Words
			}
		}
		return tx.Audit(ctx, "was refused the case", string(b.Child), why)
	})
}

// Note keeps in the audit what happened at the door that nobody's own act says:
// a sign-in refused, a form sent in somebody else's sign-in. It holds nothing of
// what was typed.
func (a *Accounts) Note(ctx context.Context, act, person, detail string) error {
	return a.db.Write(ctx, doorkeeper, func(tx *store.Tx) error {
		subject := ""
		if person != "" {
			subject = personSubject(person)
		}
		return tx.Audit(ctx, act, subject, detail)
	})
}

// A Signer is an account, when it was last used, and as what its person may act.
type Signer struct {
	store.Signer
	Capacities []Capacity // beside the role that the council gave
}

// All returns every account, by its person's name.
func (a *Accounts) All(ctx context.Context, by access.User) (all []Signer, err error) {
	if err := may(by, access.AccountManage); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		signers, err := tx.Signers(ctx)
		if err != nil {
			return err
		}
		for _, s := range signers {
			one := Signer{Signer: s}
			if one.Capacities, err = tx.Capacities(ctx, s.PersonID, a.today()); err != nil {
				return err
			}
			all = append(all, one)
		}
		return nil
	})
	return all, err
}

// Reopen lets somebody in again whose account was closed.
func (a *Accounts) Reopen(ctx context.Context, by access.User, person string) error {
	if err := may(by, access.AccountManage); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if _, err := tx.Account(ctx, person); err != nil {
			return err
		}
		return errors.Join(tx.OpenAccount(ctx, person), tx.Audit(ctx, "opened an account again", personSubject(person), ""))
	})
}
