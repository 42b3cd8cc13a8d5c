package app

import (
	"errors"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/plan"
	"weald/internal/testkit"
	"weald/law"
)

var tom = access.User{ID: "u4", Name: "Tom Okafor", Role: access.Officer}

// A writer writes the example plan for a child of another name.
type writer struct {
	t     testing.TB
	plans *Plans
	id    ChildID
}

// drafted is Ffion, whose area has decided to assess her and whose plan is begun.
func drafted(t testing.TB) *writer {
	t.Helper()
	c := fresh(t)
	id := ffion(t, c)
	for _, line := range []string{"2026-09-21 decision-to-assess-sent decision=yes", "2026-09-21 advice-requested type=b body=School", "2026-09-21 advice-requested type=d body=EPS", "2026-10-12 advice-received body=School", "2026-10-20 advice-received body=EPS"} {
		record(t, c, id, line)
	}
	w := &writer{t, &Plans{c}, id}
	if n, err := w.plans.Begin(ctx, officer, id); err != nil || n != 1 {
		t.Fatalf("began version %d: %v", n, err)
	}
	return w
}

func (w *writer) open(version int) *PlanFile {
	w.t.Helper()
	f, err := w.plans.Open(ctx, officer, w.id, version)
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

// fill writes the sound example into the version being written, without its
// placement.
func (w *writer) fill() {
	w.t.Helper()
	text := strings.NewReplacer("Maya", "Ffion").Replace(string(plan.ExampleJSON))
	from, err := plan.Read([]byte(text), plan.Templates)
	if err != nil {
		w.t.Fatal(err)
	}
	f := w.open(Latest)
	for _, part := range from.Parts() {
		if part != "I" {
			w.save(f, part, func(p *plan.Plan) {
				if err := p.SetPart(part, from.Part(part)); err != nil {
					w.t.Fatal(err)
				}
			})
		}
	}
}

func (w *writer) save(f *PlanFile, part string, change func(*plan.Plan)) {
	w.t.Helper()
	change(f.Plan)
	if err := w.plans.Save(ctx, officer, w.id, f.Version.Version, part, f.Revisions[part].Revision, f.Plan); err != nil {
		w.t.Fatal(err)
	}
}

// day sets what day it is for the area and its people.
func (w *writer) day(s string) calendar.Date {
	w.t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		w.t.Fatal(err)
	}
	w.plans.today = func() calendar.Date { return d }
	return d
}

func refused(t testing.TB, err error, words ...string) {
	t.Helper()
	var no *law.Refusal
	if !errors.As(err, &no) {
		t.Fatalf("not refused: %v", err)
	}
	for _, w := range words {
		if !strings.Contains(no.Error(), w) {
			t.Errorf("%q is not in %q", w, no.Error())
		}
	}
}

// A plan goes from an empty draft to amendments: nothing is issued while a gate
// finds anything, or before the law allows it, and what is issued is locked.
func TestPlanFromDraftToAmended(t *testing.T) {
	w := drafted(t)
	on := testkit.Today
	err := w.plans.Issue(ctx, officer, w.id, Issue{Version: 1, Kind: casework.PlanFinalised, On: on})
	refused(t, err, "The final plan cannot be issued", "Section A", "Section B", "(SEND Regulations 2014, reg 12(1))")
	w.fill()
	f := w.open(Latest)
	w.save(f, "F", func(p *plan.Plan) { p.Line("f-1").Text = "Oliver will have access to therapy." })
	err = w.plans.Issue(ctx, officer, w.id, Issue{Version: 1, Kind: casework.DraftSent, On: on})
	refused(t, err, "The draft cannot be issued. Section F, line f-1: “Oliver” is a name", "Good practice, not law")
	f = w.open(Latest)
	w.save(f, "F", func(p *plan.Plan) { p.Line("f-1").Text = "Access to therapy."; p.Line("f-1").Says = nil })
	if err := w.plans.Issue(ctx, officer, w.id, Issue{Version: 1, Kind: casework.DraftSent, On: on, Served: true}); err != nil {
		t.Fatal(err) // a draft may still be vague: its family will say so
	}
	if err := w.plans.Issue(ctx, officer, w.id, Issue{Version: 1, Kind: casework.DraftSent, On: on}); err != nil {
		t.Errorf("sent twice: %v", err)
	}
	f = w.open(1)
	if !f.Version.Issued() || f.Version.Kind != casework.DraftSent || f.Version.On != on || f.InForce != nil {
		t.Errorf("%+v", f.Version)
	}
	refused(t, w.plans.Save(ctx, officer, w.id, 1, "F", f.Revisions["F"].Revision, f.Plan), "has been issued")

	if n, err := w.plans.Begin(ctx, officer, w.id); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	f = w.open(Latest)
	if f.Plan.Stage != plan.Final || f.Plan.Line("f-1").Text != "Access to therapy." {
		t.Errorf("version 2 is a %s, and says %q", f.Plan.Stage, f.Plan.Line("f-1").Text)
	}
	on = w.day("2026-12-10")
	refused(t, w.plans.Issue(ctx, officer, w.id, Issue{Version: 2, Kind: casework.PlanFinalised, On: on}), "not quantified", "9.69: statutory guidance, not law", "Section I", "names no setting")
	w.save(f, "F", func(p *plan.Plan) { p.Line("f-1").Text = "Therapy for 30 minutes each week." })
	w.save(f, "I", func(p *plan.Plan) {
		p.Section("I").Lines = []plan.Line{{ID: "i-1", Kind: plan.Placement, Text: "Larkfield Primary School"}}
	})
	refused(t, w.plans.Issue(ctx, officer, w.id, Issue{Version: 2, Kind: casework.PlanFinalised, On: calendar.On(2026, 12, 7)}), "the family has until 7 December 2026", "regulation 13(1)")
	refused(t, (&Casework{w.plans.Core}).Record(ctx, officer, w.id, Recording{Event: event(t, "2026-12-10 plan-finalised"), Seen: Unseen}), "Issue it from the plan’s own page")
	ways, err := w.plans.Issues(ctx, officer, w.open(2), on)
	if err != nil || ways[0].Refusal != nil || len(ways[0].Gates) > 0 && ways[0].As == plan.Final {
		t.Errorf("%+v, %v", ways[0], err)
	}
	if err := w.plans.Issue(ctx, officer, w.id, Issue{Version: 2, Kind: casework.PlanFinalised, On: on}); err != nil {
		t.Fatal(err)
	}
	if f = w.open(2); f.InForce == nil || f.InForce.Version != 2 {
		t.Errorf("in force: %+v", f.InForce)
	}
	// While amendments are proposed, the plan before them stays in force.
	if n, err := w.plans.Begin(ctx, officer, w.id); err != nil || n != 3 || w.open(3).Plan.Stage != plan.Amendment {
		t.Fatal(n, err)
	}
	for day, want := range map[string]int{"2026-12-09": 0, "2026-12-10": 2, "2027-06-01": 2} {
		d, _ := calendar.Parse(day)
		if got, err := w.plans.On(ctx, inspector, w.id, d); got != want || (want == 0) != errors.Is(err, ErrNotFound) {
			t.Errorf("in force on %s: version %d, %v; want %d", day, got, err, want)
		}
	}
	// The day of issue is the event's: corrected, the plan's is too.
	entries := w.journal()
	for _, e := range entries {
		if e.Event.Kind == casework.PlanFinalised {
			if err := (&Casework{w.plans.Core}).Record(ctx, officer, w.id, Recording{Event: event(t, "2026-12-09 plan-finalised"), Replaces: e.Entry.Seq, Reason: "typing mistake", Seen: Unseen}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got, err := w.plans.On(ctx, inspector, w.id, calendar.On(2026, 12, 9)); got != 2 || err != nil {
		t.Errorf("after the correction: %d, %v", got, err)
	}
	was, is, err := w.plans.Compare(ctx, inspector, w.id, 1, 2)
	if err != nil || !plan.Differs(plan.Compare(was.Plan, is.Plan)) {
		t.Errorf("nothing differs: %v", err)
	}
}

func (w *writer) journal() []Entry {
	w.t.Helper()
	file, err := (&Casework{w.plans.Core}).Case(ctx, officer, w.id, 0)
	if err != nil {
		w.t.Fatal(err)
	}
	return file.Entries
}

// Two people who write at once never overwrite each other, and each sees the
// other's words.
func TestTwoPeopleWriteAtOnce(t *testing.T) {
	w := drafted(t)
	mine, theirs := w.open(Latest), w.open(Latest)
	add := func(p *plan.Plan, text string) {
		s := p.Section("B")
		s.Lines = append(s.Lines, plan.Line{ID: p.NewLine("B"), Kind: plan.Need, Text: text})
	}
	add(theirs.Plan, "Theirs")
	if err := w.plans.Save(ctx, tom, w.id, 1, "B", theirs.Revisions["B"].Revision, theirs.Plan); err != nil {
		t.Fatal(err)
	}
	add(mine.Plan, "Mine")
	err := w.plans.Save(ctx, officer, w.id, 1, "B", mine.Revisions["B"].Revision, mine.Plan)
	var over *PlanOvertaken
	if !errors.As(err, &over) || over.By != "Tom Okafor" || !strings.Contains(over.Theirs, "Theirs") || over.Revision != 2 {
		t.Fatalf("%+v, %v", over, err)
	}
	if got := w.open(Latest).Plan.Section("B").Lines; len(got) != 1 || got[0].Text != "Theirs" {
		t.Errorf("section B: %+v", got)
	}
	// Another section is nobody's business, and the same words twice are no clash.
	mine.Plan.Section("C").None = "None."
	for range 2 {
		if err := w.plans.Save(ctx, officer, w.id, 1, "C", mine.Revisions["C"].Revision, mine.Plan); err != nil {
			t.Error(err)
		}
	}
}

// What is typed and not saved is kept for who typed it, until it is saved.
func TestTypingIsKept(t *testing.T) {
	w := drafted(t)
	if err := w.plans.KeepTyped(ctx, officer, w.id, 1, "B", "text-1=half+a+sen"); err != nil {
		t.Fatal(err)
	}
	f := w.open(Latest)
	if typed, err := w.plans.Typed(ctx, officer, f, "B"); err != nil || typed == nil || typed.Form != "text-1=half+a+sen" {
		t.Errorf("%+v, %v", typed, err)
	}
	if typed, err := w.plans.Typed(ctx, tom, f, "B"); err != nil || typed != nil {
		t.Errorf("another’s: %+v, %v", typed, err)
	}
	w.save(f, "B", func(*plan.Plan) {})
	if typed, err := w.plans.Typed(ctx, officer, f, "B"); err != nil || typed != nil {
		t.Errorf("once saved: %+v, %v", typed, err)
	}
}

// The advice owed is what the case says was asked for.
func TestAdviceOwedComesFromTheCase(t *testing.T) {
	w := drafted(t)
	f := w.open(Latest)
	var letters string
	for _, o := range f.Plan.Owed {
		letters += o.Type
		if o.Late {
			t.Errorf("%+v has been received", o)
		}
	}
	if letters != "abd" {
		t.Errorf("owed %q", letters)
	}
}

// Who may not see, write or issue is refused before anything is read.
func TestPlansAreGuarded(t *testing.T) {
	w := drafted(t)
	f := w.open(Latest)
	_, open := w.plans.Open(ctx, data, w.id, Latest)
	_, begin := w.plans.Begin(ctx, inspector, w.id)
	for what, err := range map[string]error{
		"open": open, "begin": begin,
		"save":  w.plans.Save(ctx, inspector, w.id, 1, "B", 1, f.Plan),
		"type":  w.plans.KeepTyped(ctx, inspector, w.id, 1, "B", ""),
		"issue": w.plans.Issue(ctx, inspector, w.id, Issue{Version: 1, Kind: casework.DraftSent, On: testkit.Today}),
	} {
		if !errors.Is(err, ErrNotAllowed) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
