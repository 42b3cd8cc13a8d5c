package app

import (
	"errors"
	"testing"

	"weald/calendar"
	"weald/domain/casework"
	"weald/domain/plan"
	"weald/internal/testkit"
)

// What the family says of a draft is answered before the final plan is issued, and
// that they said nothing is no agreement: the time that they must be given runs.
func TestRepresentationsAreAnswered(t *testing.T) {
	w := drafted(t)
	if _, err := w.plans.Served(ctx, officer, w.id); !errors.Is(err, ErrNotFound) {
		t.Errorf("nothing has been served, and yet: %v", err)
	}
	w.fill()
	on := testkit.Today
	if err := w.plans.Issue(ctx, officer, w.id, Issue{Version: 1, Kind: casework.DraftSent, On: on, Served: true}); err != nil {
		t.Fatal(err)
	}
	s, err := w.plans.Served(ctx, inspector, w.id)
	if err != nil || s.LastDay != calendar.On(2026, 12, 7) || !s.Open() || len(s.All) != 0 {
		t.Fatalf("%+v, %v", s, err)
	}
	w.day("2026-11-30")
	said := Representation{Kind: string(plan.Comment), Line: "f-1", Words: "She needs it twice a week", Who: "Her mother", On: calendar.On(2026, 11, 29)}
	for range 2 { // sent twice, it is kept once
		if err := w.plans.Represent(ctx, officer, w.id, said); err != nil {
			t.Fatal(err)
		}
	}
	early := said
	early.On = calendar.On(2026, 11, 1)
	refused(t, w.plans.Represent(ctx, officer, w.id, early), "from 23 November 2026")
	events := Journal(w.journal()).Events(0)
	if last := events[len(events)-1]; last.Kind != casework.RepresentationsReceived || last.On != said.On {
		t.Errorf("the case says %s", last.String())
	}
	if _, err := w.plans.Begin(ctx, officer, w.id); err != nil {
		t.Fatal(err)
	}
	f := w.open(Latest)
	w.save(f, "I", func(p *plan.Plan) {
		p.Section("I").Lines = []plan.Line{{ID: "i-1", Kind: plan.Placement, Text: "Larkfield Primary School"}}
	})
	on = w.day("2026-12-10")
	final := Issue{Version: 2, Kind: casework.PlanFinalised, On: on}
	refused(t, w.plans.Issue(ctx, officer, w.id, final), "1 have no answer", "not law")
	refused(t, w.plans.AnswerIt(ctx, officer, w.id, 1, plan.NotAccepted, " "), "Say why")
	if err := w.plans.AnswerIt(ctx, officer, w.id, 1, plan.NotAccepted, "The therapist advises once a week"); err != nil {
		t.Fatal(err)
	}
	if err := w.plans.Issue(ctx, officer, w.id, final); err != nil {
		t.Fatal(err)
	}
	refused(t, w.plans.AnswerIt(ctx, officer, w.id, 1, plan.Accepted, "After all"), "A final plan has been issued since")
	if s, err = w.plans.Served(ctx, inspector, w.id); err != nil || s.Open() || s.Unanswered() != 0 || s.All[0].AnsweredBy != officer.Name {
		t.Errorf("%+v, %v", s, err)
	}
	if err := w.plans.Represent(ctx, inspector, w.id, said); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an inspector recorded: %v", err)
	}
}
