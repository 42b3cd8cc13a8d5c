package app

import (
	"errors"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/plan"
	"weald/domain/quality"
	"weald/internal/store"
	"weald/internal/testkit"
)

var (
	ann   = access.User{ID: "ann", Name: "Ann Bell", Role: access.Officer}
	bob   = access.User{ID: "bob", Name: "Bob Day", Role: access.Officer}
	lena  = access.User{ID: "lena", Name: "Lena Fox", Role: access.Manager}
	nurse = access.User{ID: "nurse", Name: "Nia Hart", Role: access.Designated, Org: "trust"}
)

// audits is Ffion's plan, issued by an officer, and the people who look at it.
func audits(t testing.TB) (*Quality, *writer) {
	t.Helper()
	w := drafted(t)
	w.fill()
	if err := w.plans.Issue(ctx, officer, w.id, Issue{Version: 1, Kind: casework.DraftSent, On: testkit.Today, Served: true}); err != nil {
		t.Fatal(err)
	}
	err := w.plans.db.Write(ctx, officer, func(tx *store.Tx) error {
		for _, u := range []access.User{officer, ann, bob, lena, nurse} {
			if err := tx.SetPerson(ctx, &store.Person{ID: u.ID, Name: u.Name, Role: string(u.Role)}); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "added people", "", "")
	})
	if err != nil {
		t.Fatal(err)
	}
	return &Quality{w.plans.Core}, w
}

func asked(t testing.TB, q *Quality, by access.User, a Asking) string {
	t.Helper()
	id, err := q.Ask(ctx, by, a)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// answerAll answers every question alike, but for some.
func answerAll(t testing.TB, q *Quality, by access.User, id string, a quality.Answer, but quality.Sheet) {
	t.Helper()
	var all []QualityAnswer
	for i := range quality.Questions {
		n := quality.Questions[i].Number
		one := QualityAnswer{Question: n, Answer: string(a)}
		if other, ok := but[n]; ok {
			one.Answer = string(other)
		}
		if quality.Answer(one.Answer).Short() {
			one.Words, one.Line = "It does not say who.", "f-1"
		}
		all = append(all, one)
	}
	if err := q.Answer(ctx, by, id, all); err != nil {
		t.Fatal(err)
	}
}

func audit(t testing.TB, q *Quality, by access.User, id string) *QualityFile {
	t.Helper()
	f, err := q.Audit(ctx, by, id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// An audit is answered bit by bit, signed when it is whole, and locked; its
// correction is a new audit that begins with its answers.
func TestAuditFromAskedToCorrected(t *testing.T) {
	q, w := audits(t)
	if _, err := q.Ask(ctx, officer, Asking{Child: w.id, Auditor: officer.ID, Kind: FirstAudit}); err == nil {
		t.Fatal("somebody audits a plan that they wrote")
	} else {
		refused(t, err, "Nobody audits a plan that they wrote")
	}
	if _, err := q.Ask(ctx, ann, Asking{Child: w.id, Auditor: bob.ID, Kind: FirstAudit}); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an officer gives another an audit: %v", err)
	}
	id := asked(t, q, ann, Asking{Child: w.id, Auditor: ann.ID, Kind: FirstAudit})
	if again := asked(t, q, ann, Asking{Child: w.id, Auditor: ann.ID, Kind: FirstAudit}); again != id {
		t.Error("asked for twice, it is made twice")
	}
	if err := q.Answer(ctx, ann, id, []QualityAnswer{{Question: 1, Answer: "sound"}, {Question: 6, Answer: "weak"}}); err != nil {
		t.Fatal(err)
	}
	refused(t, q.Sign(ctx, ann, id), "58 questions are not finished", "Question 2 has no answer")
	if f := audit(t, q, bob, id); f.Shows() || f.Mine {
		t.Error("the answers of an audit that is not signed are shown to another")
	}
	if err := q.Answer(ctx, bob, id, []QualityAnswer{{Question: 1, Answer: "absent"}}); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("another answers: %v", err)
	}
	answerAll(t, q, ann, id, quality.Strong, quality.Sheet{6: quality.Weak})
	refused(t, q.Sign(ctx, bob, id), "Only Ann Bell")
	if err := q.Sign(ctx, ann, id); err != nil {
		t.Fatal(err)
	}
	f := audit(t, q, bob, id)
	if !f.Shows() || f.Grade != string(quality.Improve) || f.Mean != 296 || f.SignedOn != testkit.Today {
		t.Errorf("%s, %d, %s", f.Grade, f.Mean, f.SignedOn)
	}
	refused(t, q.Answer(ctx, ann, id, []QualityAnswer{{Question: 6, Answer: "strong"}}), "signed or withdrawn")
	refused(t, q.Withdraw(ctx, lena, id, "no"), "signed or withdrawn")
	// New weights change nothing that is signed.
	heavy := quality.DefaultWeights()
	heavy.Parts[quality.Compliance] = 5
	if err := q.Weigh(ctx, ann, heavy, "try"); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an officer weighs: %v", err)
	}
	if err := q.Weigh(ctx, lena, heavy, "Gates matter most"); err != nil {
		t.Fatal(err)
	}
	if f := audit(t, q, bob, id); f.Judged.Whole.Mean() != 296 {
		t.Errorf("its mean became %d", f.Judged.Whole.Mean())
	}
	correction := asked(t, q, ann, Asking{Child: w.id, Auditor: ann.ID, Kind: Correction, Of: id, Why: "The quantity is in an appendix"})
	if f := audit(t, q, ann, correction); f.Answered != 59 || f.Sheet[6] != quality.Weak {
		t.Errorf("the correction begins with %d answers", f.Answered)
	}
	if err := q.Answer(ctx, ann, correction, []QualityAnswer{{Question: 6, Answer: "sound"}}); err != nil {
		t.Fatal(err)
	}
	if err := q.Sign(ctx, ann, correction); err != nil {
		t.Fatal(err)
	}
	if r := audit(t, q, bob, id).Replaced(); r == nil || r.ID != correction || r.Grade != string(quality.Outstanding) {
		t.Errorf("%+v has its place", r)
	}
}

// Whoever makes the second audit sees nothing of the first until both are signed;
// then somebody else settles what they differ on.
func TestBlindSecondAudit(t *testing.T) {
	q, w := audits(t)
	first := asked(t, q, lena, Asking{Child: w.id, Auditor: ann.ID, Kind: FirstAudit})
	if _, err := q.Ask(ctx, lena, Asking{Child: w.id, Auditor: ann.ID, Kind: SecondAudit, Of: first}); err == nil {
		t.Fatal("the same auditor makes both")
	}
	second := asked(t, q, lena, Asking{Child: w.id, Auditor: bob.ID, Kind: SecondAudit, Of: first})
	answerAll(t, q, ann, first, quality.Sound, quality.Sheet{24: quality.Weak})
	if err := q.Sign(ctx, ann, first); err != nil {
		t.Fatal(err)
	}
	if err := q.Act(ctx, ann, QualityAction{Audit: first, Question: 24, What: "Say the starting point", OwnerID: officer.ID, Due: q.ActionDue()}); err != nil {
		t.Fatal(err)
	}
	if f := audit(t, q, bob, first); f.Shows() || !f.Blind {
		t.Error("the second auditor sees what the first found")
	}
	if l, err := q.Audits(ctx, bob, QualityFilter{Grade: string(quality.Good)}); err != nil || l.Total != 0 || len(l.Grades) != 0 {
		t.Errorf("a list tells the second auditor the first's grade: %+v, %v", l, err)
	}
	if l, err := q.Actions(ctx, bob, ActionFilter{State: "all"}); err != nil || l.Any {
		t.Errorf("actions tell the second auditor what the first found: %v", err)
	}
	if _, err := q.Agreement(ctx, bob, first); err == nil {
		t.Error("they are compared before the second is signed")
	}
	answerAll(t, q, bob, second, quality.Sound, quality.Sheet{24: quality.Absent, 30: quality.Strong})
	if err := q.Sign(ctx, bob, second); err != nil {
		t.Fatal(err)
	}
	f, err := q.Agreement(ctx, bob, first)
	if err != nil || f.Both != 59 || f.Alike != 57 || len(f.Differ) != 2 || f.Settles {
		t.Fatalf("%+v, %v", f.Agreement, err)
	}
	if err := q.Settle(ctx, ann, first, 24, quality.Weak, "x"); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an officer settles: %v", err)
	}
	refused(t, q.Settle(ctx, lena, first, 25, quality.Weak, "x"), "alike")
	refused(t, q.Settle(ctx, lena, first, 24, quality.Absent, " "), "Say why")
	if err := q.Settle(ctx, lena, first, 24, quality.Absent, "There is no starting point at all"); err != nil {
		t.Fatal(err)
	}
	if f, err = q.Agreement(ctx, ann, first); err != nil || len(f.Open()) != 1 || f.Settled[24].By != lena.Name || f.After.Whole.Mean() >= f.First.Mean {
		t.Errorf("%v, %d", f.Open(), f.After.Whole.Mean())
	}
}

// What an audit found becomes an action with somebody and a day, is done, and
// leads to a re-audit.
func TestActions(t *testing.T) {
	q, w := audits(t)
	id := asked(t, q, ann, Asking{Child: w.id, Auditor: ann.ID, Kind: FirstAudit})
	refused(t, q.Act(ctx, ann, QualityAction{Audit: id, What: "x", OwnerID: ann.ID, Due: testkit.Today}), "once it is signed")
	answerAll(t, q, ann, id, quality.Sound, quality.Sheet{24: quality.Weak})
	if err := q.Sign(ctx, ann, id); err != nil {
		t.Fatal(err)
	}
	// 20 working days from Monday 23 November 2026: bank holidays do not count.
	if q.ActionDue() != calendar.On(2026, 12, 21) {
		t.Errorf("due %s", q.ActionDue())
	}
	one := QualityAction{Audit: id, Question: 24, What: "Say the starting point", OwnerID: officer.ID, Due: q.ActionDue()}
	for range 2 {
		if err := q.Act(ctx, ann, one); err != nil {
			t.Fatal(err)
		}
	}
	l, err := q.Actions(ctx, inspector, ActionFilter{})
	if err != nil || l.Total != 1 || l.Rows[0].Line != "f-1" || l.Rows[0].Owner != officer.Name {
		t.Fatalf("%+v, %v", l, err)
	}
	action := l.Rows[0].ID
	refused(t, q.ActionDone(ctx, bob, action, testkit.Today, "Done"), "can say that it is done")
	refused(t, q.ActionDone(ctx, officer, action, testkit.Today+1, "Done"), "between")
	if err := q.ActionDone(ctx, officer, action, testkit.Today, "Added the baseline"); err != nil {
		t.Fatal(err)
	}
	refused(t, q.ActionDone(ctx, officer, action, testkit.Today, "Otherwise"), "done before")
	again := asked(t, q, ann, Asking{Child: w.id, Auditor: ann.ID, Kind: AgainAudit, Of: id, Why: "Its action is done"})
	if got, err := q.ActionsOpen(ctx, ann, action); err != nil || got.Follows != again {
		t.Errorf("the action leads to %q, want %q: %v", got.Follows, again, err)
	}
}

// Somebody of health sees the plan and answers health's questions while they are
// asked to, and nothing else, before or after.
func TestHealthAnswersItsPart(t *testing.T) {
	q, w := audits(t)
	id := asked(t, q, ann, Asking{Child: w.id, Auditor: ann.ID, Kind: FirstAudit})
	var barred *Barred
	if _, err := q.Audit(ctx, nurse, id); !errors.As(err, &barred) {
		t.Errorf("they open it unasked: %v", err)
	}
	refused(t, q.Share(ctx, ann, id, quality.Health, bob.ID), "cannot answer for Health")
	if err := q.Share(ctx, ann, id, quality.Health, nurse.ID); err != nil {
		t.Fatal(err)
	}
	if f := audit(t, q, nurse, id); f.Agency != quality.Health || f.Shows() || !f.MayAnswer(quality.Numbered(4)) || f.MayAnswer(quality.Numbered(5)) {
		t.Errorf("%+v", f.Agency)
	}
	if err := q.Answer(ctx, nurse, id, []QualityAnswer{{Question: 1, Answer: "absent"}}); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("they answer education's: %v", err)
	}
	refused(t, q.Finish(ctx, nurse, id), "has no answer")
	if err := q.Answer(ctx, nurse, id, []QualityAnswer{{Question: 4, Answer: "sound"}, {Question: 41, Answer: "strong"}}); err != nil {
		t.Fatal(err)
	}
	if err := q.Finish(ctx, nurse, id); err != nil {
		t.Fatal(err)
	}
	if _, err := q.Audit(ctx, nurse, id); !errors.As(err, &barred) {
		t.Errorf("they open it when they have finished: %v", err)
	}
	if f := audit(t, q, ann, id); f.Answers[41].By != nurse.Name || !strings.HasPrefix(f.Answers[41].Answer, "strong") {
		t.Errorf("%+v", f.Answers[41])
	}
}

// A sample is kept with its seed and day, is drawn again the same, and gives nobody
// a plan that they wrote. Trends give no rate of few audits.
func TestSamplesAndTrends(t *testing.T) {
	q, w := audits(t)
	d := Drawing{Way: quality.AtRandom, Strata: "team", From: testkit.Today, Until: testkit.Today + 60, Second: 1, Seed: "oak", Auditors: []string{officer.ID, ann.ID, bob.ID}}
	_, err := q.DrawSample(ctx, lena, d)
	refused(t, err, "No final plan was issued")
	if _, err := q.DrawSample(ctx, ann, d); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an officer draws: %v", err)
	}
	w.day("2026-12-10")
	if _, err := w.plans.Begin(ctx, officer, w.id); err != nil {
		t.Fatal(err)
	}
	w.save(w.open(Latest), "I", func(p *plan.Plan) {
		p.Section("I").Lines = []plan.Line{{ID: "i-1", Kind: plan.Placement, Text: "Larkfield Primary School"}}
	})
	if err := w.plans.Issue(ctx, officer, w.id, Issue{Version: 2, Kind: casework.PlanFinalised, On: w.plans.today(), Served: true}); err != nil {
		t.Fatal(err)
	}
	id, err := q.DrawSample(ctx, lena, d)
	if err != nil {
		t.Fatal(err)
	}
	f, err := q.Sample(ctx, inspector, id)
	if err != nil || !f.Same || f.Of != 1 || f.Seed != "oak" || f.DrawnOn != w.plans.today() || len(f.Audits) != 2 {
		t.Fatalf("%+v, %v", f, err)
	}
	who := map[string]bool{}
	for _, one := range f.Audits {
		who[one.AuditorID] = true
		if one.Kind == FirstAudit {
			id = one.ID
		}
	}
	if !who[ann.ID] || !who[bob.ID] || who[officer.ID] {
		t.Errorf("given to %v", who)
	}
	first := audit(t, q, inspector, id)
	auditor := ann
	if first.AuditorID == bob.ID {
		auditor = bob
	}
	answerAll(t, q, auditor, id, quality.Sound, nil)
	if err := q.Sign(ctx, auditor, id); err != nil {
		t.Fatal(err)
	}
	trends, err := q.Trends(ctx, inspector, TrendFilter{By: "writer", Random: true})
	if err != nil || trends.Whole.Audits != 1 || len(trends.Months) != 12 || trends.Months[11].Audits != 1 {
		t.Fatalf("%+v, %v", trends, err)
	}
	if _, ok := trends.Whole.Rate(); ok {
		t.Error("a rate of one audit is given")
	}
}
