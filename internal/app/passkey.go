package app

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"weald/domain/access"
	"weald/internal/store"
	"weald/law"
)

// A Passkey is by what somebody signs in with their phone's or computer's own
// lock. Only its public half is here.
type Passkey = store.Means

const (
	passkeyName  = 60 // characters
	mostPasskeys = 20 // of one person
)

// Passkeys returns a person's account and their passkeys. Somebody without an
// account, like a persona, has none: ErrNotFound.
func (a *Accounts) Passkeys(ctx context.Context, person string) (account *store.Account, keys []Passkey, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		if account, err = tx.Account(ctx, person); err != nil {
			return err
		}
		keys, err = passkeysOf(ctx, tx, person)
		return err
	})
	return account, keys, err
}

func passkeysOf(ctx context.Context, tx *store.Tx, person string) (keys []Passkey, err error) {
	all, err := tx.MeansOf(ctx, person)
	for i := range all {
		if all[i].Kind == store.PasskeyMeans {
			keys = append(keys, all[i])
		}
	}
	return keys, err
}

// AddPasskey gives a person a passkey under a name of their own.
func (a *Accounts) AddPasskey(ctx context.Context, by access.User, name, credential, detail string) error {
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > passkeyName {
		return &law.Refusal{Because: "Give the passkey a name of at most 60 characters."}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		keys, err := passkeysOf(ctx, tx, by.ID)
		if err != nil {
			return err
		}
		if len(keys) >= mostPasskeys {
			return &law.Refusal{Because: "You have 20 passkeys. Remove one first."}
		}
		err = tx.AddMeans(ctx, &store.Means{PersonID: by.ID, Kind: store.PasskeyMeans, Value: credential, Label: name, Detail: detail})
		if errors.Is(err, store.ErrTaken) {
			return &law.Refusal{Because: "That passkey has been added already."}
		} else if err != nil {
			return err
		}
		return tx.Audit(ctx, "added a passkey", personSubject(by.ID), "")
	})
}

// DropPasskey takes a passkey from the person whose it is.
func (a *Accounts) DropPasskey(ctx context.Context, by access.User, id string) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.DropMeans(ctx, by.ID, store.PasskeyMeans, id); err != nil {
			return err
		}
		return tx.Audit(ctx, "removed a passkey", personSubject(by.ID), "")
	})
}

// PasskeyAccount returns the account that a passkey names, with its passkeys.
func (a *Accounts) PasskeyAccount(ctx context.Context, handle string) (account *store.Account, keys []Passkey, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		if account, err = tx.AccountByHandle(ctx, handle); err != nil {
			return err
		}
		keys, err = passkeysOf(ctx, tx, account.PersonID)
		return err
	})
	return account, keys, err
}

// UsePasskey lets in whom a passkey has shown, if the account is open, and keeps
// what has changed of it.
func (a *Accounts) UsePasskey(ctx context.Context, person, id, detail string) (u access.User, err error) {
	closed := false
	err = a.db.Write(ctx, doorkeeper, func(tx *store.Tx) error {
		account, err := tx.Account(ctx, person)
		if err != nil {
			return err
		}
		if closed = !account.Open(); closed {
			return tx.Audit(ctx, "refused sign-in", personSubject(person), "with a passkey: the account is closed")
		}
		u = userOf(account)
		return errors.Join(tx.UseMeans(ctx, id, detail), tx.Audit(ctx, "used a passkey", personSubject(person), ""))
	})
	if err == nil && closed {
		err = ErrNotFound
	}
	return u, err
}
