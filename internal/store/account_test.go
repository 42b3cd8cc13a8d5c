package store

import (
	"context"
	"errors"
	"testing"
	"time"
)

// An account is found by its person, its handle and each of its means, no two
// accounts have the same means, and it is open until it is closed.
func TestAccounts(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		var handle string
		write(t, db, func(ctx context.Context, tx *Tx) error {
			for _, p := range []Person{{ID: "amina", Name: "Amina Yusuf", Role: "officer", Email: "Amina@weald.example"}, {ID: "tom", Name: "Tom", Role: "manager"}} {
				if err := errors.Join(tx.SetPerson(ctx, &p), tx.OpenAccount(ctx, p.ID)); err != nil {
					return err
				}
			}
			if err := tx.AddMeans(ctx, &Means{PersonID: "amina", Kind: EmailMeans, Value: EmailValue(" Amina@Weald.example")}); err != nil {
				return err
			}
			if err := tx.AddMeans(ctx, &Means{PersonID: "tom", Kind: EmailMeans, Value: "amina@weald.example"}); !errors.Is(err, ErrTaken) {
				t.Errorf("two accounts have one address: %v", err)
			}
			return tx.Audit(ctx, "made accounts", "", "")
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			a, err := tx.AccountByMeans(ctx, EmailMeans, "amina@weald.example")
			if err != nil || a.PersonID != "amina" || a.Name != "Amina Yusuf" || !a.Open() {
				t.Errorf("%+v %v", a, err)
			}
			handle = a.Handle
			if b, err := tx.AccountByHandle(ctx, handle); err != nil || b.PersonID != "amina" {
				t.Errorf("%+v %v", b, err)
			}
			if _, err := tx.AccountByMeans(ctx, PasskeyMeans, "amina@weald.example"); !errors.Is(err, ErrNotFound) {
				t.Errorf("a means of another kind was found: %v", err)
			}
			return nil
		})
		write(t, db, func(ctx context.Context, tx *Tx) error {
			all, err := tx.MeansOf(ctx, "amina")
			if err != nil || len(all) != 1 {
				t.Fatalf("%+v %v", all, err)
			}
			if err := tx.DropMeans(ctx, "tom", EmailMeans, all[0].ID); !errors.Is(err, ErrNotFound) {
				t.Errorf("tom dropped amina's: %v", err)
			}
			if err := errors.Join(tx.UseMeans(ctx, all[0].ID, "{}"), tx.CloseAccount(ctx, "amina")); err != nil {
				return err
			}
			if err := tx.CloseAccount(ctx, "amina"); !errors.Is(err, ErrNotFound) {
				t.Errorf("closed twice: %v", err)
			}
			return tx.Audit(ctx, "closed", "", "")
		})
		write(t, db, func(ctx context.Context, tx *Tx) error {
			a, err := tx.Account(ctx, "amina")
			if err != nil || a.Open() {
				t.Errorf("%+v %v", a, err)
			}
			if err := tx.OpenAccount(ctx, "amina"); err != nil {
				return err
			}
			if a, err = tx.Account(ctx, "amina"); err != nil || !a.Open() || a.Handle != handle {
				t.Errorf("%+v %v", a, err)
			}
			return tx.Audit(ctx, "opened again", "", "")
		})
	})
}

// A sign-in is ended by itself, or with all of its person's but one, and an old
// one is forgotten.
func TestSignIns(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		db.SetClock(func() time.Time { return at })
		add := func(id, person string) {
			write(t, db, func(ctx context.Context, tx *Tx) error {
				if err := tx.AddSignIn(ctx, &SignIn{ID: id, PersonID: person, Way: "email", Device: "Firefox"}, at.Add(-24*time.Hour)); err != nil {
					return err
				}
				return tx.Audit(ctx, "signed in", "", "")
			})
		}
		end := func(person, id, but string) (n int64) {
			write(t, db, func(ctx context.Context, tx *Tx) (err error) {
				if n, err = tx.EndSignIn(ctx, person, id, but); err != nil {
					return err
				}
				return tx.Audit(ctx, "signed out", "", "")
			})
			return n
		}
		for _, id := range []string{"a", "b", "c"} {
			add(id, "amina")
			at = at.Add(time.Minute)
		}
		add("t", "tom")
		if n := end("amina", "t", ""); n != 0 {
			t.Error("amina ended tom's")
		}
		if end("amina", "a", "") != 1 || end("amina", "a", "") != 0 || end("amina", "", "c") != 1 {
			t.Error("not one ended")
		}
		at = at.Add(23*time.Hour + 58*time.Minute)
		if err := db.SeeSignIn(context.Background(), "c"); err != nil {
			t.Fatal(err)
		}
		add("d", "amina")
		read(t, db, func(ctx context.Context, tx *Tx) error {
			all, err := tx.SignInsOf(ctx, "amina")
			if err != nil {
				return err
			}
			if len(all) != 3 || all[0].ID != "d" || all[1].ID != "c" || !all[1].Seen.Equal(at) || !all[1].Ended.IsZero() || all[2].ID != "b" || all[2].Ended.IsZero() {
				t.Errorf("%+v", all)
			}
			if _, err := tx.SignIn(ctx, "a"); !errors.Is(err, ErrNotFound) {
				t.Errorf("an old sign-in is not forgotten: %v", err)
			}
			return nil
		})
	})
}
