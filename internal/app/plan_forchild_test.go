package app

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"weald/domain/access"
	"weald/domain/plan"
	"weald/internal/store"
)

// tied lets two parents of Ffion in, of whom the second may not be told where she
// is.
func (w *writer) tied() (mother, father access.User) {
	w.t.Helper()
	from := w.plans.today() - 10
	err := w.plans.db.Write(ctx, program, func(tx *store.Tx) error {
		return errors.Join(
			tx.SetPerson(ctx, &store.Person{ID: "nia", Name: "Nia Hughes"}), tx.SetPerson(ctx, &store.Person{ID: "rhys", Name: "Rhys Hughes"}),
			tx.AddTie(ctx, w.id, &store.Tie{ID: "t-nia", PersonID: "nia", Basis: "seen", Tie: access.Tie{Kind: access.ParentTie, From: from}}),
			tx.AddTie(ctx, w.id, &store.Tie{ID: "t-rhys", PersonID: "rhys", Basis: "seen", Tie: access.Tie{Kind: access.ParentTie, Limit: access.Whereabouts, From: from}}),
			tx.Audit(ctx, "tied", string(w.id), ""))
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return access.User{ID: "nia", Name: "Nia Hughes", Role: access.Family}, access.User{ID: "rhys", Name: "Rhys Hughes", Role: access.Family}
}

// The page for the child is of the plan in force, and never of a draft or of
// amendments; each reads what they may, and that they did is kept.
func TestPlanForTheChild(t *testing.T) {
	w := drafted(t)
	w.fill()
	mother, _ := w.tied()
	for name, read := range map[string]func() (*ChildPlan, error){
		"staff":  func() (*ChildPlan, error) { return w.plans.ForChild(ctx, officer, w.id) },
		"family": func() (*ChildPlan, error) { return w.plans.OwnForChild(ctx, mother, Key(mother, w.id)) },
	} {
		if c, err := read(); err != nil || c.Page != nil || c.Name != "Ffion Hughes" {
			t.Errorf("%s, of a draft: %+v, %v", name, c, err)
		}
	}
	w = drafted(t)
	mother, father := w.tied()
	w.final()
	if _, err := w.plans.Begin(ctx, officer, w.id); err != nil {
		t.Fatal(err)
	}
	w.save(w.open(Latest), "F", func(p *plan.Plan) { p.Line("f-1").Text = "Therapy at Larkfield, as amended, for 30 minutes a week." })
	first := func(c *ChildPlan, err error) string {
		t.Helper()
		if err != nil || c.Page == nil || c.On != w.day("2026-12-10") {
			t.Fatalf("%+v, %v", c, err)
		}
		return c.Page.Help[0].Lines[0].Text
	}
	if got := first(w.plans.OwnForChild(ctx, mother, Key(mother, w.id))); !strings.HasPrefix(got, "30 minutes of speech") {
		t.Errorf("the amendment being written is shown: %q", got)
	}
	// Once it is in force, only who may be told reads it.
	for _, v := range w.open(Latest).Versions {
		if v.Version == 3 && v.Issued() {
			t.Fatal("it is issued already")
		}
	}
	c, err := w.plans.OwnForChild(ctx, father, Key(father, w.id))
	if err != nil || !c.Hides {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err = w.plans.OwnForChild(ctx, mother, Key(mother, w.id)); err != nil || c.Hides {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err = w.plans.ForChild(ctx, officer, w.id); err != nil || !c.Hides {
		t.Errorf("a page to be handed over does not heed what a parent may not be told: %+v, %v", c, err)
	}
	kept := w.looks("opened the plan")
	for _, want := range []string{"version 2, as the child’s page", "Parent, carer or young person, as the child’s page"} {
		if !slices.Contains(kept, want) {
			t.Errorf("%q is not kept: %q", want, kept)
		}
	}
	stranger := access.User{ID: "x", Name: "X", Role: access.Family}
	if _, err := w.plans.OwnForChild(ctx, stranger, Key(mother, w.id)); !errors.Is(err, ErrNotFound) {
		t.Errorf("a stranger: %v", err)
	}
	if _, err := w.plans.ForChild(ctx, data, w.id); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("a data officer: %v", err)
	}
}
