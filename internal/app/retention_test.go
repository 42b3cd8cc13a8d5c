package app

import (
	"errors"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/privacy"
	"weald/internal/store"
	"weald/law"
)

var manager = access.User{ID: "u9", Name: "Tom Okafor", Role: access.Manager}

// A record is erased only when it is due, nothing holds it and somebody has said
// why; then nothing of the person is left but that it was.
func TestErase(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	docs := documents(t, c)
	doc := add(t, docs, id, "Ffion’s letter.txt", "Dear Zoë")
	acts := &Casework{c}
	if err := acts.AddNote(ctx, officer, id, "A note on Ffion Hughes", "f1"); err != nil {
		t.Fatal(err)
	}
	if _, err := acts.Cases(ctx, officer, CaseFilter{}, SortDue, ""); err != nil { // it is in memory
		t.Fatal(err)
	}
	a := &Retentions{Core: c, Documents: docs}
	refused := func(want string) {
		t.Helper()
		var no *law.Refusal
		if err := a.Erase(ctx, manager, id, "Reviewed"); !errors.As(err, &no) || !strings.Contains(no.Because, want) {
			t.Fatalf("%v, want %q", err, want)
		}
	}
	refused("Nobody has chosen")
	a.Rule = &privacy.Retention{Years: 31, From: privacy.FromBirth, Of: "test"}
	refused("cannot be erased yet")
	a.Rule = &privacy.Retention{Years: 1, From: privacy.FromBirth, Of: "test"}
	if err := a.Hold(ctx, manager, id, "The inquiry asked for it"); err != nil {
		t.Fatal(err)
	}
	refused("while a hold stands")
	k, err := a.Of(ctx, manager, id)
	if err != nil || k.May() || len(k.Holds) != 1 || k.Due != calendar.On(2021, 3, 2) {
		t.Fatalf("%+v %v", k, err)
	}
	if err := a.Lift(ctx, manager, id, k.Holds[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := a.Lift(ctx, manager, id, k.Holds[0].ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("lifted twice: %v", err)
	}
	due, of, _, err := a.Due(ctx, manager, 10)
	if err != nil || of != 1 || due[0].Child != id || !due[0].May() {
		t.Fatalf("%+v %v", due, err)
	}
	for _, by := range []access.User{officer, inspector, data} {
		if err := a.Erase(ctx, by, id, "x"); !errors.Is(err, ErrNotAllowed) {
			t.Errorf("%s: %v", by.Role, err)
		}
	}
	if err := a.Erase(ctx, manager, id, "  "); err == nil {
		t.Error("erased without a reason")
	}
	if err := a.Erase(ctx, manager, id, "Reviewed with the school"); err != nil {
		t.Fatal(err)
	}
	if _, err := acts.Case(ctx, officer, id, 0); !errors.Is(err, ErrNotFound) {
		t.Errorf("the case: %v", err)
	}
	if work, err := acts.Cases(ctx, officer, CaseFilter{}, SortDue, ""); err != nil || len(work.Rows) != 0 {
		t.Errorf("the list still has %d: %v", len(work.Rows), err)
	}
	if there, err := docs.Files.Exists(ctx, doc.Digest); there || err != nil {
		t.Errorf("the document's bytes are kept: %v", err)
	}
	err = c.db.Read(ctx, func(tx *store.Tx) error {
		looks, err := tx.AuditOf(ctx, string(id), 100, 0)
		if err != nil {
			return err
		}
		for _, l := range looks {
			if strings.Contains(l.Detail, "Ffion") || strings.Contains(l.Detail, "parent") {
				t.Errorf("the audit still tells %q", l.Detail)
			}
		}
		if len(looks) < 5 || looks[0].Act != "erased the record" && looks[len(looks)-1].Act == "" {
			t.Errorf("%+v", looks)
		}
		all, err := tx.Erasures(ctx, 10)
		if err != nil || len(all) != 1 || all[0].Record != string(id) || all[0].Files != 1 || all[0].Rows < 5 || all[0].By != manager.Name {
			t.Errorf("%+v %v", all, err)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Erase(ctx, manager, id, "again"); !errors.Is(err, ErrNotFound) {
		t.Errorf("erased twice: %v", err)
	}
}
