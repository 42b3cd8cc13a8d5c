package app

import (
	"context"

	"weald/domain/access"
	"weald/internal/store"
)

// A Barred is returned to somebody who asked for a child of whom they may not
// know. It is ErrNotFound, so that nobody learns whether there is such a child;
// that they asked is kept.
type Barred struct {
	Child ChildID
	Bar   access.Bar // "": they are nothing to the child
}

// Error says nothing of the child.
func (b *Barred) Error() string { return "app: not theirs to see" }

// Unwrap says that it is as if there were no such child.
func (b *Barred) Unwrap() error { return ErrNotFound }

// with returns nil if a person may do something with a child, and otherwise
// ErrNotAllowed, when they could do it with no child at all, or a *Barred.
func (c *Core) with(ctx context.Context, by access.User, p access.Permission, id ChildID) error {
	_, err := c.standing(ctx, by, p, id)
	return err
}

// standing is with, and says what the person is to the child.
func (c *Core) standing(ctx context.Context, by access.User, p access.Permission, id ChildID) (s *access.Standing, err error) {
	if err := may(by, p); err != nil {
		return nil, err
	}
	err = c.db.Read(ctx, func(tx *store.Tx) error {
		s, err = c.standingIn(ctx, tx, by, p, id)
		return err
	})
	return s, err
}

// standingIn is standing, inside a reading or a change.
func (c *Core) standingIn(ctx context.Context, tx *store.Tx, by access.User, p access.Permission, id ChildID) (*access.Standing, error) {
	s, err := tx.Standing(ctx, by, id, c.today())
	if err != nil {
		return nil, err
	}
	if d := access.Decide(by, p, s); !d.May {
		return nil, &Barred{id, d.Bar}
	}
	return s, nil
}

// within returns the children with whom a person may do something, by surname.
func (c *Core) within(ctx context.Context, tx *store.Tx, by access.User, p access.Permission) ([]ChildID, error) {
	if err := may(by, p); err != nil {
		return nil, err
	}
	return tx.Reach(ctx, by, p, c.today())
}

// viewer returns whose list it is, when there are children whom they may not see
// though others of the council may; "" when there are none.
func (l *caseload) viewer(by access.User) string {
	if by.Role == access.Program || l.restrictions == nil || len(l.restrictions.Sealed) == 0 && len(l.restrictions.Interest[by.ID]) == 0 {
		return ""
	}
	return by.ID
}

// seenBy returns a filter that passes over whom a person may not see.
func (l *caseload) seenBy(by access.User, f CaseFilter) CaseFilter {
	f.Viewer = l.viewer(by)
	return f
}

// hidden returns the children whom a viewer may not see; nil: none.
func (l *caseload) hidden(viewer string) map[int32]bool {
	if viewer == "" {
		return nil
	}
	all := map[int32]bool{}
	for _, id := range l.restrictions.Hidden(viewer) {
		if slot, ok := l.slots[id]; ok {
			all[slot] = true
		}
	}
	return all
}
