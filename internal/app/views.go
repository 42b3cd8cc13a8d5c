package app

import (
	"context"
	"crypto/rand"

	"weald/domain/access"
	"weald/internal/store"
)

// casesPage names the page whose views are kept.
const casesPage = "cases"

// Views returns the lists of cases that a person keeps, by name.
func (a *Casework) Views(ctx context.Context, by access.User) (all []store.View, err error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		all, err = tx.Views(ctx, by.ID, casesPage)
		return err
	})
	return all, err
}

// KeepView keeps a list of cases under a name, in place of one of that name.
func (a *Casework) KeepView(ctx context.Context, by access.User, name, query string) error {
	if err := may(by, access.CaseSee); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.SetView(ctx, casesPage, store.View{ID: rand.Text(), Name: name, Query: query}); err != nil {
			return err
		}
		return tx.Audit(ctx, "kept a list", "", name)
	})
}

// DropView forgets a list that a person kept.
func (a *Casework) DropView(ctx context.Context, by access.User, id string) error {
	if err := may(by, access.CaseSee); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.DropView(ctx, id); err != nil {
			return err
		}
		return tx.Audit(ctx, "forgot a list", "", "")
	})
}
