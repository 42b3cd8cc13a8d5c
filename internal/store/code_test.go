package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"weald/domain/casework"
)

// A code is used once and not after its time, wrong tries are counted against
// live codes alone, and what has expired is forgotten.
func TestCodesAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		db.SetClock(func() time.Time { return at })
		in := func(f func(context.Context, *Tx) error) {
			t.Helper()
			write(t, db, func(ctx context.Context, tx *Tx) error {
				return errors.Join(f(ctx, tx), tx.Audit(ctx, "codes", "", ""))
			})
		}
		add := func(id string) {
			in(func(ctx context.Context, tx *Tx) error {
				return tx.AddCode(ctx, &Code{ID: id, PersonID: "sam", Digest: "d" + id, AskID: "ask"}, at.Add(10*time.Minute), at.Add(-time.Hour))
			})
		}
		codes := func() (ids string) {
			read(t, db, func(ctx context.Context, tx *Tx) error {
				all, err := tx.CodesOf(ctx, "sam")
				for _, c := range all {
					ids += c.ID
				}
				return err
			})
			return ids
		}
		in(func(ctx context.Context, tx *Tx) error {
			return errors.Join(tx.SetPerson(ctx, &Person{ID: "sam", Name: "Sam", Role: "officer"}), tx.OpenAccount(ctx, "sam"))
		})
		add("a")
		at = at.Add(6 * time.Minute)
		add("b")
		if got := codes(); got != "ba" {
			t.Errorf("codes %q, want the newest first", got)
		}
		in(func(ctx context.Context, tx *Tx) error { return tx.WrongCode(ctx, "sam") })
		at = at.Add(5 * time.Minute)
		if got := codes(); got != "b" {
			t.Errorf("codes %q, want the one that is live", got)
		}
		in(func(ctx context.Context, tx *Tx) error { return tx.WrongCode(ctx, "sam") })
		in(func(ctx context.Context, tx *Tx) error {
			for wrong, want := range map[int]int{1: 2, 2: 1, 3: 0} {
				if n, err := tx.SpoiltCodes(ctx, "sam", wrong); err != nil || n != want {
					t.Errorf("%d codes had %d wrong tries, want %d: %v", n, wrong, want, err)
				}
			}
			if err := tx.UseCode(ctx, "a", "sam"); !errors.Is(err, ErrNotFound) {
				t.Errorf("a code that has expired: %v", err)
			}
			if err := tx.UseCode(ctx, "b", "tom"); !errors.Is(err, ErrNotFound) {
				t.Errorf("another's code: %v", err)
			}
			if err := tx.UseCode(ctx, "b", "sam"); err != nil {
				t.Error(err)
			}
			if err := tx.UseCode(ctx, "b", "sam"); !errors.Is(err, ErrNotFound) {
				t.Errorf("a code twice: %v", err)
			}
			return nil
		})
		in(func(ctx context.Context, tx *Tx) error {
			return tx.AddCodeAsk(ctx, &CodeAsk{ID: "x", PersonID: "sam"}, at.Add(10*time.Minute))
		})
		for want := range 2 {
			in(func(ctx context.Context, tx *Tx) error {
				if a, err := tx.TryCode(ctx, "x"); err != nil || a.Tries != want || a.PersonID != "sam" {
					t.Errorf("try %d: %+v %v", want, a, err)
				}
				return nil
			})
		}
		at = at.Add(10 * time.Minute)
		in(func(ctx context.Context, tx *Tx) error {
			for _, id := range []string{"x", "nobody's"} {
				if _, err := tx.TryCode(ctx, id); !errors.Is(err, ErrNotFound) {
					t.Errorf("%s: %v", id, err)
				}
			}
			return nil
		})
	})
}

// A link is found by its digest, used or revoked once, and by nobody else's
// child.
func TestLinksAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		write(t, db, func(ctx context.Context, tx *Tx) error {
			for _, id := range []ChildID{"c1", "c2"} {
				if err := errors.Join(tx.AddChild(ctx, &Child{ID: id, Surname: "S", Forename: "F"}), tx.AddEvents(ctx, id, []Entry{{Entry: casework.Entry{Event: event(t, "2026-11-20 advice-requested body=Clinic")}}})); err != nil {
					return err
				}
			}
			for _, id := range []string{"a", "b"} {
				if err := tx.AddLink(ctx, &Link{ID: id, Child: "c1", Event: 1, Body: "Clinic", Email: "x@example.org", Until: day(t, "2027-01-11")}, "digest of "+id); err != nil {
					return err
				}
			}
			return tx.Audit(ctx, "sent links", "", "")
		})
		write(t, db, func(ctx context.Context, tx *Tx) error {
			l, err := tx.LinkWithDigest(ctx, "digest of a")
			if err != nil || l.ID != "a" || l.Body != "Clinic" || !l.Live(day(t, "2027-01-11")) || l.Live(day(t, "2027-01-12")) {
				t.Errorf("%+v %v", l, err)
			}
			if err := tx.RevokeLink(ctx, "c2", "a"); !errors.Is(err, ErrNotFound) {
				t.Errorf("revoked by way of another child: %v", err)
			}
			if err := errors.Join(tx.UseLink(ctx, "a", "Dr Lee"), tx.RevokeLink(ctx, "c1", "b")); err != nil {
				t.Error(err)
			}
			for name, err := range map[string]error{"used twice": tx.UseLink(ctx, "a", "Dr Lee"), "used though revoked": tx.UseLink(ctx, "b", "Dr Lee"), "revoked though used": tx.RevokeLink(ctx, "c1", "a")} {
				if !errors.Is(err, ErrNotFound) {
					t.Errorf("%s: %v", name, err)
				}
			}
			all, err := tx.LinksOf(ctx, "c1")
			if err != nil || len(all) != 2 || all[0].Live(day(t, "2026-12-01")) || all[1].Live(day(t, "2026-12-01")) {
				t.Errorf("%+v %v", all, err)
			}
			return tx.Audit(ctx, "used links", "", "")
		})
	})
}
