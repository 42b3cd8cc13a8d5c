package web

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/message"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
	"weald/internal/testkit/mailbox"
)

// ownPlaces is the pages of families, settings and services, and those on which
// it is said who may see what, each with whose it is.
func ownPlaces(s *service) (all []struct{ name, as, path string }) {
	id := app.ChildID(s.first(app.CaseFilter{}))
	s.partners(id)
	lakshmi, kwame := access.User{ID: "lakshmi"}, access.User{ID: "kwame"}
	sue := access.User{ID: "sue", Org: "elm"}
	at := func(name, as, path string) { all = append(all, struct{ name, as, path string }{name, as, path}) }
	at("access", "", "/access")
	at("your-child", "lakshmi", "/your/"+app.Key(lakshmi, id))
	at("your-looks", "lakshmi", "/your/"+app.Key(lakshmi, id)+"/looks")
	at("your-young-person", "kwame", "/your/"+app.Key(kwame, app.ChildID(s.firstBut(id))))
	at("our-children", "sue", "/our/children")
	at("our-children-none", "sue", "/our/children?find=zzz")
	at("our-child", "sue", "/our/children/"+app.Key(sue, id))
	at("our-child-who", "sue", "/our/children/"+app.Key(sue, id)+"/who")
	at("our-people", "sue", "/our/people")
	at("our-people-new", "sue", "/our/people/new")
	at("our-people-one", "sue", "/our/people/m-dev")
	at("our-people-leave", "sue", "/our/people/m-dev/leave")
	at("capacity", "sue", "/you/capacity")
	at("our-clinic", "ravi", "/our/children")
	at("organisations", "tom", "/organisations")
	at("organisations-none", "tom", "/organisations?find=zzz")
	at("organisation", "tom", "/organisations/elm")
	at("organisation-new", "tom", "/organisations/new")
	at("accounts", "tom", "/accounts")
	at("accounts-none", "tom", "/accounts?find=zzz")
	at("audit", "tom", "/audit?who=weald&words=partners")
	at("audit-none", "tom", "/audit?who=zzz")
	at("audit-bad-day", "tom", "/audit?from-day=31&from-month=2&from-year=2026")
	at("unusual", "tom", "/audit/unusual")
	at("family", "tom", "/cases/"+string(id)+"/family")
	at("family-new", "amina", "/cases/"+string(id)+"/family/new")
	at("family-edit", "amina", "/cases/"+string(id)+"/family/t-lakshmi")
	return all
}

func TestGoldenOwnPages(t *testing.T) {
	s := sample(t)
	for _, p := range ownPlaces(s) {
		status, _, body := s.get(s.as(p.as), p.path)
		if want := map[bool]int{false: 200, true: 422}[p.name == "audit-bad-day"]; status != want {
			t.Errorf("%s: %d", p.name, status)
		}
		testkit.Golden(t, "golden/"+p.name+".html", tidy(t, body))
	}
	_, _, body := s.get(s.as("kwame"), "/our/children")
	testkit.Golden(t, "golden/own-refused.html", tidy(t, body))
}

// Each is sound for those who use a keyboard or a screen reader, fits a small
// phone and says the same without scripts.
func TestOwnPagesInTheBrowser(t *testing.T) {
	s := sample(t)
	shots := os.Getenv("WEALD_SHOTS")
	tabs := map[string]*browser.Tab{}
	for _, p := range ownPlaces(s) {
		b := tabs[p.as]
		if b == nil {
			b = browser.Open(t)
			tabs[p.as] = b
			if p.as != "" {
				b.Go(s.url + "/signin")
				b.Click(fmt.Sprintf(`button[value=%q]`, p.as), ".weald-header__person")
			}
		}
		with := ""
		for _, width := range []int64{1280, 360} {
			b.Width(width)
			b.Go(s.url + p.path)
			for _, broken := range b.Axe() {
				t.Errorf("%s at %d: %s", p.name, width, broken)
			}
			if over := b.Overflow(); over > 0 {
				t.Errorf("%s is %d pixels too wide for %d", p.name, over, width)
			}
			with = b.Text("main")
			if shots != "" {
				b.Screenshot(filepath.Join(shots, fmt.Sprintf("%s-%d.png", p.name, width)))
			}
		}
		b.JavaScript(false)
		b.Go(s.url + p.path)
		if without := b.Text("main"); without != with && p.name != "your-looks" { // each look at which adds one
			t.Errorf("%s differs without scripts:\n with %q\n without %q", p.name, with, without)
		}
		b.JavaScript(true)
	}
}

// A school's administrator lets a cover teacher in and takes a leaver off the
// list, in the browser and without the council: the leaver is out at once, the
// cover comes in by a code sent by email, and no child is left with nobody.
func TestSchoolRunsItselfInTheBrowser(t *testing.T) {
	box := mailbox.Open(t)
	s := sample(t)
	id := app.ChildID(s.first(app.CaseFilter{}))
	s.partners(id)
	s = s.also(Options{Forms: -1, Demo: true, Personas: append(Personas, Persona{User: access.User{ID: "dev", Name: "Dev Anand"}}), Codes: &app.Codes{
		Send: &message.SMTP{Server: box.Server, From: "Westmarch <weald@westmarch.example>", Plain: true}, Area: "Westmarch", Life: app.CodeLife,
	}})
	leaver := s.as("dev")
	if status, _, _ := s.get(leaver, "/our/children"); status != 200 {
		t.Fatalf("the leaver sees %d before", status)
	}
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="sue"]`, ".weald-header__person")
	b.Go(s.url + "/our/people")
	b.Click(`a[href="/our/people/new"]`, "#name")
	b.Type("#name", "Kit Osei")
	b.Type("#email", "kit.osei@elm.example.org")
	b.Click(`input[name="role"][value="senco"]`, "#name")
	browser.Eval[any](b, `document.querySelector("#cover").value = "m-dev"; 1`)
	b.Click(`main form[method="post"] button`, ".govuk-error-summary") // cover has an end
	if said := b.Text(".govuk-error-summary"); !strings.Contains(said, "until which day") {
		t.Errorf("cover without an end: %q", said)
	}
	last := testkit.Today + 30
	b.Type("#until-day", fmt.Sprint(last.Day()))
	b.Type("#until-month", fmt.Sprint(int(last.Month())))
	b.Type("#until-year", fmt.Sprint(last.Year()))
	b.Click(`main form[method="post"] button`, ".govuk-notification-banner")
	if l := box.Await("kit.osei@elm.example.org", 1); !strings.Contains(l.Text, "SENCO at Elm Primary School") || strings.Contains(l.Text, "Surname") {
		t.Errorf("Kit was written %q", l.Text)
	}
	b.Go(s.url + "/our/people/m-dev/leave")
	if said := b.Text("main"); !strings.Contains(said, "1 child") {
		t.Errorf("it is not said how many children he looks after: %q", said)
	}
	kit := browser.Eval[string](b, `[...document.querySelectorAll("input[name=to]")].find(e => e.nextElementSibling.textContent.includes("Kit")).value`)
	b.Click(fmt.Sprintf(`input[name="to"][value=%q]`, kit), "main")
	b.Click(`main form[method="post"] button`, ".govuk-notification-banner")
	if said := b.Text(".govuk-notification-banner"); !strings.Contains(said, "1 child was handed over") {
		t.Errorf("%q", said)
	}
	if status, to, _ := s.get(leaver, "/our/children"); to != "/signin" {
		t.Errorf("the leaver is still in: %d %s", status, to)
	}
	cover := s.as("")
	s.ask(cover, "kit.osei@elm.example.org")
	s.send(cover, "/signin/code", url.Values{"code": {codeIn(t, box.Await("kit.osei@elm.example.org", 2))}})
	status, _, body := s.get(cover, "/our/children")
	if status != 200 || !strings.Contains(body, "Kit Osei") || !strings.Contains(body, "0 cases are on the") {
		t.Errorf("the cover sees %d: %.600s", status, body)
	}
	if status, _, _ := s.get(cover, "/our/people"); status != 403 {
		t.Errorf("the cover may say who may do what: %d", status)
	}
	b.Go(s.url + "/our/people/m-sue/leave")
	b.Click(`input[name="to"][value="nobody"]`, "main")
	b.Click(`main form[method="post"] button`, ".govuk-error-summary")
	if said := b.Text(".govuk-error-summary"); !strings.Contains(said, "somebody else an administrator first") {
		t.Errorf("the last administrator: %q", said)
	}
}

// Asking for another's child, or for a restricted case, is answered as for a
// child who does not exist, and is kept.
func TestAnothersChildIsAsIfThereWereNone(t *testing.T) {
	s := sample(t)
	id := app.ChildID(s.first(app.CaseFilter{}))
	other := app.ChildID(s.firstBut(id))
	s.partners(id)
	families := &app.Families{Core: s.core, Accounts: &app.Accounts{Core: s.core}}
	tom := access.User{ID: "tom", Name: "Tom Okafor", Role: access.Manager}
	if err := families.Seal(context.Background(), tom, other, "adoption"); err != nil {
		t.Fatal(err)
	}
	same := func(as, theirs, none string) {
		t.Helper()
		c := s.as(as)
		status, _, body := s.get(c, theirs)
		want, _, nobody := s.get(c, none)
		if status != want || status == 200 || tidy(t, body) != tidy(t, nobody) {
			t.Errorf("as %s, %s is %d and %s is %d, or they differ", as, theirs, status, none, want)
		}
	}
	same("lakshmi", "/your/"+app.Key(access.User{ID: "kwame"}, other), "/your/aaaaaaaaaaaaaaaa")
	same("lakshmi", "/cases/"+string(other), "/cases/nobody")
	same("sue", "/our/children/"+app.Key(access.User{ID: "sue", Org: "elm"}, other), "/our/children/aaaaaaaaaaaaaaaa")
	for _, page := range []string{"", "/history", "/looks", "/documents", "/plan", "/family", "/links", "/events/new"} {
		same("amina", "/cases/"+string(other)+page, "/cases/nobody"+page)
	}
	if status, _, _ := s.get(s.as("tom"), "/cases/"+string(other)); status != 200 {
		t.Errorf("he who is named gets %d", status)
	}
	for _, path := range []string{"/cases", "/cases.csv", "/work"} {
		_, _, body := s.get(s.as("amina"), path)
		child := s.childOf(other)
		if strings.Contains(body, string(other)) || strings.Contains(body, child.Name()) {
			t.Errorf("%s tells of a restricted case", path)
		}
	}
	var refusals int
	err := s.db.Read(context.Background(), func(tx *store.Tx) error {
		all, err := tx.AuditOf(context.Background(), string(other), 100, 0)
		for _, e := range all {
			if e.Act == "was refused the case" && e.By == "Amina Yusuf" {
				refusals++
			}
		}
		return err
	})
	if err != nil || refusals < 8 {
		t.Errorf("%d refusals are kept: %v", refusals, err)
	}
}

// childOf reads a child.
func (s *service) childOf(id app.ChildID) (c *store.Child) {
	s.t.Helper()
	err := s.db.Read(context.Background(), func(tx *store.Tx) (err error) { c, err = tx.Child(context.Background(), id); return err })
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// Who is a parent and works for the council sees their child as a parent only.
func TestOneCapacityAtATime(t *testing.T) {
	s := sample(t)
	id := app.ChildID(s.first(app.CaseFilter{}))
	err := s.db.Write(context.Background(), program, func(tx *store.Tx) error {
		return errors.Join(tx.AddTie(context.Background(), id, &store.Tie{PersonID: "sam", Basis: "seen", Tie: access.Tie{Kind: access.CarerTie, Say: access.Agreed, From: testkit.Today}}), tx.Audit(context.Background(), "tied", "", ""))
	})
	if err == nil {
		t.Fatal("somebody who is not known has a tie")
	}
	s, box := withCodes(t)
	id = app.ChildID(s.first(app.CaseFilter{}))
	err = s.db.Write(context.Background(), program, func(tx *store.Tx) error {
		return errors.Join(tx.AddTie(context.Background(), id, &store.Tie{PersonID: "sam", Basis: "seen", Tie: access.Tie{Kind: access.CarerTie, Say: access.Agreed, From: testkit.Today}}), tx.Audit(context.Background(), "tied", "", ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	c := s.as("")
	s.ask(c, samsMail)
	if !s.try(c, codeIn(t, box.Await(samsMail, 1))) {
		t.Fatal("Sam is not let in")
	}
	if status, _, _ := s.get(c, "/cases/"+string(id)); status != 404 {
		t.Errorf("as an officer Sam sees their own child: %d", status)
	}
	own := "/your/" + app.Key(access.User{ID: "sam"}, id)
	if status, _, _ := s.get(c, own); status != 403 {
		t.Errorf("an officer has a family's page: %d", status)
	}
	if status, to := s.send(c, "/you/capacity", url.Values{"capacity": {"family"}}); status != 303 || to != "/" {
		t.Fatalf("choosing a capacity: %d %s", status, to)
	}
	if status, _, _ := s.get(c, own); status != 200 {
		t.Errorf("as a carer Sam gets %d", status)
	}
	if status, _, _ := s.get(c, "/work"); status != 403 {
		t.Errorf("as a carer Sam has an officer's work: %d", status)
	}
}

// Access that looks out of the way is raised to a manager, who says what it was;
// nobody settles their own.
func TestUnusualAccessIsSettled(t *testing.T) {
	s := sample(t)
	id := s.first(app.CaseFilter{})
	tom, amina := s.as("tom"), s.as("amina")
	err := s.db.Write(context.Background(), program, func(tx *store.Tx) error {
		c, err := tx.Child(context.Background(), app.ChildID(id))
		if err != nil {
			return err
		}
		c.Surname = "Yusuf"
		return errors.Join(tx.SetChild(context.Background(), c), tx.Audit(context.Background(), "renamed", id, ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	s.get(amina, "/cases/"+id)
	_, _, body := s.get(tom, "/audit/unusual")
	if !strings.Contains(body, "Has the same surname as the child") || !strings.Contains(body, "1 is to be looked at") {
		t.Fatalf("it is not raised: %.2000s", body)
	}
	form := url.Values{"rule": {"same-name"}, "person": {"amina"}, "matter": {id}}
	if status, body := s.send(tom, "/audit/unusual", form); status != 422 || !strings.Contains(body, "Choose what it was") {
		t.Errorf("an empty form: %d", status)
	}
	form.Set("outcome-same-name-amina-"+id, app.Outcomes[0])
	form.Set("why-same-name-amina-"+id, "No relation: she said so.")
	if status, to := s.send(tom, "/audit/unusual", form); status != 303 || to != "/audit/unusual" {
		t.Errorf("settling: %d %s", status, to)
	}
	if _, _, body := s.get(tom, "/audit/unusual"); !strings.Contains(body, "0 are to be looked at") || !strings.Contains(body, "No relation: she said so.") {
		t.Error("it is not settled")
	}
	if err := (&app.Audits{Core: s.core, Unusual: access.DefaultUnusuals}).Settle(context.Background(), access.User{ID: "amina", Role: access.Manager}, "same-name", "amina", id, app.Outcomes[0], "why"); err == nil || !strings.Contains(err.Error(), "yourself") {
		t.Errorf("Amina settles her own: %v", err)
	}
}
