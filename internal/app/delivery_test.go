package app

import (
	"errors"
	"testing"

	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/delivery"
	"weald/domain/plan"
	"weald/internal/store"
	"weald/internal/testkit"
)

// From a final plan to a gap that is put right, disputed and put right again: what
// the family says, what staff do, and what each sees.
func TestPromiseIsFollowedToDelivery(t *testing.T) {
	w := drafted(t)
	d := &Deliveries{w.plans.Core}
	if f, err := d.Of(ctx, officer, w.id); err != nil || len(f.States) != 0 {
		t.Fatalf("a draft promises: %+v %v", f, err)
	}
	w.fill()
	if err := w.plans.Issue(ctx, officer, w.id, Issue{Version: 1, Kind: casework.DraftSent, On: testkit.Today, Served: true}); err != nil {
		t.Fatal(err)
	}
	w.day("2026-12-10")
	if _, err := w.plans.Begin(ctx, officer, w.id); err != nil {
		t.Fatal(err)
	}
	w.save(w.open(Latest), "I", func(p *plan.Plan) {
		p.Section("I").Lines = []plan.Line{{ID: "i-1", Kind: plan.Placement, Text: "Larkfield Primary School"}}
	})
	issued := w.day("2026-12-11")
	if err := w.plans.Issue(ctx, officer, w.id, Issue{Version: 2, Kind: casework.PlanFinalised, On: issued}); err != nil {
		t.Fatal(err)
	}
	today := w.day("2027-01-11")
	mother := access.User{ID: "mum", Name: "Ann Hughes", Role: access.Family}
	senco := access.User{ID: "sue", Name: "Sue Fielding", Role: access.Senco, Org: "elm"}
	err := w.plans.db.Write(ctx, program, func(tx *store.Tx) error {
		child, err := tx.Child(ctx, w.id)
		if err != nil {
			return err
		}
		child.Setting, child.Officer = "school", "ada"
		return errors.Join(tx.SetPerson(ctx, &store.Person{ID: "ada", Name: "Ada Officer", Role: string(access.Officer)}), tx.SetPerson(ctx, &store.Person{ID: "mum", Name: "Ann Hughes"}), tx.SetPerson(ctx, &store.Person{ID: "sue", Name: "Sue Fielding"}),
			tx.SetSetting(ctx, &store.Setting{ID: "school", Name: "Elm"}), tx.SetChild(ctx, child), tx.SetOrganisation(ctx, &store.Organisation{ID: "elm", Name: "Elm", Kind: access.Setting, Setting: "school"}),
			tx.AddTie(ctx, w.id, &store.Tie{PersonID: "mum", Basis: "seen", Tie: access.Tie{Kind: access.ParentTie, From: issued}}), tx.Audit(ctx, "partners", string(w.id), ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	own, err := d.Own(ctx, mother, access.OwnSee, Key(mother, w.id))
	if err != nil || len(own.States) == 0 {
		t.Fatalf("%+v %v", own, err)
	}
	line := own.States[0].Line
	if s := own.States[0]; s.Said != "" || s.Open() != nil || s.From != issued {
		t.Errorf("nobody has said anything, and yet %+v", s)
	}
	for range 2 { // pressed twice, it is kept once
		if err := d.Tell(ctx, mother, Key(mother, w.id), []Said{{Line: line, Outcome: delivery.NotGiven, From: today, Until: today}}); err != nil {
			t.Fatal(err)
		}
	}
	f, err := d.Of(ctx, officer, w.id)
	if err != nil || f.State(line).Open() == nil || len(f.Reports) != 1 || f.Owner(line) != "Ada Officer" || f.State(line).By != "family" {
		t.Fatalf("%+v %v", f, err)
	}
	gaps, err := d.Gaps(ctx, officer, GapFilter{})
	if err != nil || len(gaps.Rows) != 1 || gaps.Rows[0].Owner != "Ada Officer" || gaps.Rate.Not != 1 || gaps.Rate.Unknown != gaps.Rate.Of()-1 {
		t.Errorf("%+v %v", gaps, err)
	}
	today = w.day("2027-01-21")
	refused(t, d.Act(ctx, officer, w.id, line, delivery.Closed, "", " ", today), "how you know")
	refused(t, d.Act(ctx, officer, w.id, line, delivery.Closed, "", "The therapist came on 20 January.", today+1), "from the day")
	if err := d.Act(ctx, officer, w.id, line, delivery.Closed, "", "The therapist came on 20 January.", today); err != nil {
		t.Fatal(err)
	}
	refused(t, d.Act(ctx, officer, w.id, line, delivery.Closed, "", "again", today), "closed since")
	if err := d.Dispute(ctx, mother, Key(mother, w.id), line, "She came once"); err != nil {
		t.Fatal(err)
	}
	refused(t, d.Dispute(ctx, mother, Key(mother, w.id), line, ""), "open already")
	if f, err = d.Of(ctx, officer, w.id); err != nil || f.State(line).Open() == nil || !f.State(line).Open().Again || f.State(line).Lost != 11 {
		t.Errorf("%+v %v", f.State(line), err)
	}
	if again, err := d.Gaps(ctx, officer, GapFilter{Again: true}); err != nil || len(again.Rows) != 1 {
		t.Errorf("%+v %v", again, err)
	}
	// The setting confirms for its own pupils, and nobody says anything of others'.
	if err := d.Tell(ctx, senco, Key(senco, w.id), []Said{{Line: own.States[1].Line, Outcome: delivery.Given, From: issued, Until: today}}); err != nil {
		t.Fatal(err)
	}
	other := senco
	other.Org = "oak"
	if err := d.Tell(ctx, other, Key(other, w.id), []Said{{Line: line, Outcome: delivery.Given, From: issued, Until: today}}); !errors.Is(err, ErrNotFound) {
		t.Errorf("another school says something: %v", err)
	}
	refused(t, d.Tell(ctx, senco, Key(senco, w.id), nil), "at least one line")
	refused(t, d.Tell(ctx, senco, Key(senco, w.id), []Said{{Line: "f-99", Outcome: delivery.Given, From: issued, Until: today}}), "not in the plan")
	refused(t, d.Tell(ctx, senco, Key(senco, w.id), []Said{{Line: line, Outcome: delivery.Given, From: today, Until: today + 1}}), "must have come")
	if err := d.Report(ctx, inspector, w.id, []Said{{Line: line, Outcome: delivery.Given, From: issued, Until: today}}, false); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an inspector says something: %v", err)
	}
}
