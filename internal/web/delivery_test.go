package web

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// A mother says with one press, on a phone and without scripts, that help in the
// plan is not happening; an officer sees the gap and says how it was put right; she
// sees that; and the school confirms the rest.
func TestHelpThatDoesNotHappenInTheBrowser(t *testing.T) {
	s := planned(t)
	const id = "issued"
	s.partners(id)
	lakshmi, sue := access.User{ID: "lakshmi"}, access.User{ID: "sue", Org: "elm"}
	as := func(who string) *browser.Tab {
		b := browser.Open(t)
		b.Go(s.url + "/signin")
		b.Click(fmt.Sprintf(`button[value=%q]`, who), ".weald-header__person")
		return b
	}
	looks := func(b *browser.Tab, name, path string) {
		t.Helper()
		for _, width := range []int64{1280, 360} {
			b.Width(width)
			b.Go(s.url + path)
			for _, broken := range b.Axe() {
				t.Errorf("%s at %d: %s", name, width, broken)
			}
			if over := b.Overflow(); over > 0 {
				t.Errorf("%s is %d pixels too wide for %d", name, over, width)
			}
			if shots := os.Getenv("WEALD_SHOTS"); shots != "" {
				b.Screenshot(filepath.Join(shots, fmt.Sprintf("%s-%d.png", name, width)))
			}
		}
	}
	yours := "/your/" + app.Key(lakshmi, id) + "/delivery"
	mum := as("lakshmi")
	looks(mum, "your-delivery", yours)
	mum.JavaScript(false)
	mum.Width(360)
	mum.Go(s.url + yours)
	mum.Click(".govuk-button--warning", ".govuk-notification-banner")
	if said := mum.Text("main"); !strings.Contains(said, "not happening") || !strings.Contains(said, "is lost") {
		t.Errorf("she sees %q", said)
	}
	tom := as("tom")
	looks(tom, "gaps", "/gaps")
	looks(tom, "delivery", "/cases/"+id+"/delivery")
	_, _, list := s.get(s.as("tom"), "/gaps")
	if !strings.Contains(list, "1 gap,") || !strings.Contains(list, "Nobody") {
		t.Errorf("the gap is not on the list: %.1500s", list)
	}
	line := browser.Eval[string](tom, `document.querySelector('form[action$="/act"]').getAttribute("action").split("/").at(-2)`)
	tom.Width(1280)
	tom.Go(s.url + "/cases/" + id + "/delivery")
	act := fmt.Sprintf(`form[action$="/%s/act"]`, line)
	browser.Eval[any](tom, fmt.Sprintf(`document.querySelector('%s').closest("details").open = true; 1`, act))
	tom.Click(act+` input[value="closed"]`, "main")
	tom.Click(act+" button", ".govuk-error-summary") // not without evidence
	tom.Type(act+" textarea", "The therapist came on 20 November and comes each week.")
	tom.Click(act+" button", ".govuk-notification-banner")
	mum.Go(s.url + yours)
	if said := mum.Text("main"); !strings.Contains(said, "The therapist came on 20 November") || !strings.Contains(said, "It was not put right") {
		t.Errorf("she is not told: %q", said)
	}
	school := as("sue")
	ours := "/our/children/" + app.Key(sue, id) + "/delivery"
	looks(school, "our-delivery", ours)
	school.Go(s.url + ours)
	school.Click("main form button", ".govuk-notification-banner")
	_, _, list = s.get(s.as("tom"), "/gaps")
	if !strings.Contains(list, "No gap is open") {
		t.Errorf("after all was confirmed: %.1500s", list)
	}
	for _, p := range []struct{ name, as, path string }{{"gaps-none-open", "tom", "/gaps"}, {"delivery-given", "tom", "/cases/" + id + "/delivery"}, {"delivery-none", "tom", "/cases/none/delivery"}, {"your-delivery-given", "lakshmi", yours}, {"our-delivery", "sue", ours}} {
		_, _, body := s.get(s.as(p.as), p.path)
		testkit.Golden(t, "golden/"+p.name+".html", tidy(t, body))
	}
}

// A clinician gives the advice that was asked for, on a phone; it is an event of
// the case, the wall of advice loses it, and it cannot be given twice.
func TestAdviceIsGivenInTheBrowser(t *testing.T) {
	s := planned(t)
	const id = "none"
	s.partners(id)
	e, err := casework.ParseEvent(`2026-11-02 advice-requested type=c body="Community paediatrics"`)
	if err != nil {
		t.Fatal(err)
	}
	if err := (&app.Casework{Core: s.core}).Record(t.Context(), program, id, app.Recording{Event: e, Seen: app.Unseen}); err != nil {
		t.Fatal(err)
	}
	ravi := access.User{ID: "ravi", Org: "clinic"}
	path := "/our/children/" + app.Key(ravi, id) + "/advice"
	b := browser.Open(t)
	b.Width(360)
	b.Go(s.url + "/signin")
	b.Click(`button[value="ravi"]`, ".weald-header__person")
	b.Go(s.url + "/our/children/" + app.Key(ravi, id))
	b.Click(`a[href$="/advice"]`, "textarea")
	for _, broken := range b.Axe() {
		t.Error(broken)
	}
	if over := b.Overflow(); over > 0 {
		t.Errorf("%d pixels too wide", over)
	}
	if said := b.Text("main"); !strings.Contains(said, "Asked for on 2 November 2026. It is due by Monday 14 December 2026") {
		t.Errorf("asked and due: %q", said)
	}
	_, _, body := s.get(s.as("ravi"), path)
	testkit.Golden(t, "golden/our-advice.html", tidy(t, body))
	b.Click(`main form[method="post"] button`, ".govuk-error-summary")
	b.Type("textarea", "She hears well with her aids. They must be checked each term.")
	b.Click(`main form[method="post"] button`, ".govuk-notification-banner")
	if said := b.Text("main"); !strings.Contains(said, "No advice is awaited") || !strings.Contains(said, "Community paediatrics, 23 November 2026") {
		t.Errorf("after it was given: %q", said)
	}
	_, _, body = s.get(s.as("tom"), "/cases/"+id)
	if !strings.Contains(body, "They must be checked each term.") || !strings.Contains(body, "Ravi Menon") {
		t.Error("whoever has the case does not see it")
	}
	if err := (&app.Own{Core: s.core}).GiveAdvice(t.Context(), access.User{ID: "ravi", Name: "Ravi Menon", Role: access.Clinician, Org: "clinic"}, app.Key(ravi, id), 11, "again", false); err == nil || !strings.Contains(err.Error(), "Nothing is awaited") {
		t.Errorf("given twice: %v", err)
	}
	if err := (&app.Own{Core: s.core}).GiveAdvice(t.Context(), access.User{ID: "sue", Role: access.Senco, Org: "elm"}, app.Key(access.User{ID: "sue", Org: "elm"}, id), 11, "x", false); err == nil {
		t.Error("the SENCO gives the clinic's advice")
	}
}

// A mother reads the draft on a phone and says what should change, of one line; the
// caseworker sees it, and answers; she sees the answer.
func TestFamilyRespondsToADraftInTheBrowser(t *testing.T) {
	s := planned(t)
	const id = "served"
	s.partners(id)
	lakshmi := access.User{ID: "lakshmi", Name: "Lakshmi Thapa", Role: access.Family}
	path := "/your/" + app.Key(lakshmi, id) + "/plan"
	b := browser.Open(t)
	b.JavaScript(false)
	b.Width(360)
	b.Go(s.url + "/signin")
	b.Click(`button[value="lakshmi"]`, ".weald-header__person")
	b.Go(s.url + path)
	if over := b.Overflow(); over > 0 {
		t.Errorf("%d pixels too wide", over)
	}
	if said := b.Text("main"); !strings.Contains(said, "The draft plan") || !strings.Contains(said, "we do not take that as yes") {
		t.Errorf("she reads %q", said)
	}
	b.Click(`main form[method="post"] button`, ".govuk-error-summary")
	b.Click(`input[name="kind"][value="comment"]`, "main")
	b.Type("#words", "She needs it three times a week, as the therapist said.")
	b.Click(`main form[method="post"] button`, ".govuk-notification-banner")
	if said := b.Text("main"); !strings.Contains(said, "three times a week") || !strings.Contains(said, "We have not answered yet") {
		t.Errorf("after she said it: %q", said)
	}
	b.JavaScript(true)
	for _, width := range []int64{1280, 360} {
		b.Width(width)
		b.Go(s.url + path)
		for _, broken := range b.Axe() {
			t.Errorf("at %d: %s", width, broken)
		}
		if shots := os.Getenv("WEALD_SHOTS"); shots != "" {
			b.Screenshot(filepath.Join(shots, fmt.Sprintf("your-draft-%d.png", width)))
		}
	}
	plans := &app.Plans{Core: s.core}
	served, err := plans.Served(t.Context(), program, id)
	if err != nil {
		t.Fatal(err)
	}
	said := served.All[len(served.All)-1]
	if said.Who != "Lakshmi Thapa" || !strings.Contains(said.Words, "three times a week") {
		t.Fatalf("the caseworker sees %+v", said)
	}
	if err := plans.AnswerIt(t.Context(), amina, id, said.N, plan.Accepted, "The therapist agrees."); err != nil {
		t.Fatal(err)
	}
	_, _, body := s.get(s.as("lakshmi"), path)
	if !strings.Contains(body, "We changed the plan as you asked. The therapist agrees.") {
		t.Error("she does not see the answer")
	}
	testkit.Golden(t, "golden/your-draft.html", tidy(t, body))
	if err := plans.Say(t.Context(), access.User{ID: "kwame", Name: "Kwame", Role: access.Family}, app.Key(lakshmi, id), "comment", "", "x"); err == nil {
		t.Error("somebody else says something of her draft")
	}
	s.partnersPlan(t, "issued")
}

// partnersPlan shows a mother the final plan of another child of hers.
func (s *service) partnersPlan(t *testing.T, id app.ChildID) {
	t.Helper()
	err := s.db.Write(t.Context(), program, func(tx *store.Tx) error {
		return errors.Join(tx.AddTie(t.Context(), id, &store.Tie{PersonID: "lakshmi", Basis: "seen", Tie: access.Tie{Kind: access.ParentTie, Limit: access.Whereabouts, From: testkit.Today}}), tx.Audit(t.Context(), "tied", string(id), ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	_, _, body := s.get(s.as("lakshmi"), "/your/"+app.Key(access.User{ID: "lakshmi"}, id)+"/plan")
	if !strings.Contains(body, "This is the final plan.") || strings.Contains(body, "Larkfield") || strings.Contains(body, "Tell us what you think") {
		t.Error("she is told where the child is educated, or may comment on a final plan")
	}
	testkit.Golden(t, "golden/your-plan.html", tidy(t, body))
}
