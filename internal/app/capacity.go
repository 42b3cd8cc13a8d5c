package app

import (
	"context"
	"errors"
	"slices"

	"weald/domain/access"
	"weald/internal/store"
)

// A Capacity is one thing as which somebody may act.
type Capacity = store.Capacity

// councilCapacity names, among somebody's capacities, the role that the council
// gave them.
const councilCapacity = "council"

// Acting returns a person in the capacity that they chose, or the first that they
// have: the role that the council gave them comes before others.
func (a *Accounts) Acting(ctx context.Context, u access.User, chosen string) (access.User, error) {
	if u.Role != "" && (chosen == "" || chosen == councilCapacity) {
		return u, nil
	}
	var all []Capacity
	err := a.db.Glance(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.Capacities(ctx, u.ID, a.today())
		return err
	})
	if err != nil || len(all) == 0 {
		return u, err
	}
	at := slices.IndexFunc(all, func(c Capacity) bool { return c.ID == chosen })
	if at < 0 { // what they chose has ended
		if u.Role != "" {
			return u, nil
		}
		at = 0
	}
	c := all[at]
	return access.User{ID: u.ID, Name: u.Name, Role: c.Role, Org: c.Org, Admin: c.Admin}, nil
}

// Capacities returns as what a person may act, first what they act as unless they
// choose, and which of them that is now.
func (a *Accounts) Capacities(ctx context.Context, by access.User, signIn string) (all []Capacity, now string, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		s, err := tx.SignIn(ctx, signIn)
		if err != nil {
			return err
		}
		if s.PersonID != by.ID {
			return ErrNotFound
		}
		_, role, err := tx.PersonNamed(ctx, by.ID)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if role != "" {
			all = append(all, Capacity{ID: councilCapacity, Role: access.Role(role)})
		}
		more, err := tx.Capacities(ctx, by.ID, a.today())
		all = append(all, more...)
		for _, c := range all {
			if c.Role == by.Role && c.Org == by.Org && (now == "" || c.ID == s.Capacity) {
				now = c.ID
			}
		}
		return err
	})
	return all, now, err
}

// ActAs says in which capacity somebody acts in a sign-in of theirs.
func (a *Accounts) ActAs(ctx context.Context, by access.User, signIn, capacity string) error {
	all, _, err := a.Capacities(ctx, by, signIn)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(c Capacity) bool { return c.ID == capacity })
	if at < 0 {
		return ErrNotFound
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.SetCapacity(ctx, by.ID, signIn, capacity); err != nil {
			return err
		}
		words := all[at].Role.Label()
		if all[at].OrgName != "" {
			words += ", " + all[at].OrgName
		}
		return tx.Audit(ctx, "chose in which capacity to act", personSubject(by.ID), words)
	})
}
