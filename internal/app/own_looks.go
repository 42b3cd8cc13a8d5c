package app

import (
	"context"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/internal/store"
)

// An OwnLook is one thing that somebody did or saw in a case, as the family is
// told it.
type OwnLook struct {
	At   string // the instant
	Who  string // by name, with what they are
	What string // in a sentence's words: "opened the case"
	Why  string // for what purpose they may, as the policy says
}

// ownLooksShown is how many of the latest looks a family is shown at a time.
const ownLooksShown = 50

// notTold is what a family is not told of, because it would tell of others: who
// is kept out of a case and why, and how a request of theirs was prepared.
var notTold = []string{"restricted the case", "lifted the restriction", "named somebody", "kept somebody out", "ended somebody’s special", "was refused", "marked", "looked at who may see"}

// plainActs says in plain words what the audit says in the service's own.
var plainActs = map[string]string{
	"opened the case":                      "read the case",
	"opened the case as their own":         "read this page",
	"opened the plan":                      "read the plan",
	"took the plan out":                    "made a copy of the plan, to be filed or sent",
	"opened a document":                    "read a document",
	"looked at who had looked":             "looked at this list",
	"saw the child in a list of their own": "saw the name in a list",
	"recorded an event":                    "wrote down that something happened",
	"added a note":                         "wrote a note",
}

// Looks returns who did or saw what in a case of the reader's own, the latest
// first, and whether there are more. What others of the family or their supporters
// did is left out: it is theirs.
func (a *Own) Looks(ctx context.Context, by access.User, key string, page int) (f *OwnFile, looks []OwnLook, more bool, err error) {
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, access.OwnSee, key)
		if err != nil {
			return err
		}
		s, err := a.standingIn(ctx, tx, by, access.OwnSee, id)
		if err != nil {
			return err
		}
		if f, err = a.own(ctx, tx, by, id, s); err != nil {
			return err
		}
		skip := (max(page, 1) - 1) * ownLooksShown
		entries, err := tx.AuditOf(ctx, string(id), ownLooksShown+1, skip)
		if err != nil {
			return err
		}
		if more = len(entries) > ownLooksShown; more {
			entries = entries[:ownLooksShown]
		}
		for i := range entries {
			e := &entries[i]
			others := (e.Role == access.Family || e.Role == access.Supporter) && e.ByID != by.ID
			if others || slices.ContainsFunc(notTold, func(start string) bool { return strings.HasPrefix(e.Act, start) }) {
				continue
			}
			looks = append(looks, OwnLook{e.At, lookedBy(e, by), lookedAt(e.Act), lookedFor(e)})
		}
		return tx.Audit(ctx, "looked at who had looked", string(id), "")
	})
	return f, looks, more, err
}

func lookedBy(e *store.AuditEntry, by access.User) string {
	switch {
	case e.ByID == by.ID:
		return "You"
	case e.Role == access.Program:
		return "The service itself"
	case e.Role == "":
		return e.By
	}
	return e.By + ", " + e.Role.Label()
}

func lookedAt(act string) string {
	if plain, ok := plainActs[act]; ok {
		return plain
	}
	return act
}

// lookedFor says for what the policy lets somebody of a role see cases.
func lookedFor(e *store.AuditEntry) string {
	u := access.User{ID: e.ByID, Role: e.Role, Org: e.Org}
	s := &access.Standing{On: calendar.On(2000, 1, 1), OnRoll: true, Helping: true, Consulted: true}
	for _, p := range []access.Permission{access.CaseSee, access.OurSee} {
		if d := access.Decide(u, p, s); d.May {
			return d.Purpose.Words()
		}
	}
	return ""
}
