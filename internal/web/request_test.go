package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// nursery puts children who are hard to tell apart into the record.
func (s *service) nursery() {
	s.t.Helper()
	ctx := context.Background()
	err := s.db.Write(ctx, program, func(tx *store.Tx) error {
		if err := tx.SetSetting(ctx, &store.Setting{ID: "hill", Name: "Hill Top Primary School", District: "Eastbourne"}); err != nil {
			return err
		}
		for i, c := range []store.Child{
			{Surname: "O'Brien", Forename: "Niamh", Born: calendar.On(2018, 4, 3), Postcode: "ZZ99 3VZ", NHS: "9990000018", Setting: "hill"},
			{Surname: "O'Brien", Forename: "Oisín", Born: calendar.On(2018, 4, 3), Postcode: "ZZ99 3VZ"},
			{Surname: "Obrien", Forename: "Neve", Born: calendar.On(2018, 3, 4), Postcode: "ZZ99 4AA"},
			{Surname: "O'Brien", Forename: "Conor", Born: calendar.On(2014, 1, 20), Postcode: "ZZ99 3VZ"},
			{Surname: "O'Brian", Forename: "Niamh", Born: calendar.On(2018, 5, 3), Postcode: "ZZ99 5AA"},
		} {
			c.ID, c.Reference, c.District, c.Team, c.Officer = store.ChildID(fmt.Sprintf("nursery-%d", i)), fmt.Sprintf("WM-%06d", 40_001+i), "Eastbourne", "East", "amina"
			if err := tx.AddChild(ctx, &c); err != nil {
				return err
			}
			if err := tx.SetCase(ctx, c.ID, &casework.Standing{Stage: casework.RequestStage}, nil); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "put children in", "", "")
	})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, happened := range []struct {
		id    app.ChildID
		event string
	}{
		{"nursery-0", "2026-11-13 request-received"}, {"nursery-2", "2026-05-01 request-received"}, {"nursery-2", "2026-06-12 decision-to-assess-sent decision=no"}, {"nursery-4", "2026-10-01 deceased"},
	} {
		e, err := casework.ParseEvent(happened.event)
		if err != nil {
			s.t.Fatal(err)
		}
		if err := (&app.Casework{Core: s.core}).Record(ctx, program, happened.id, app.Recording{Event: e, Seen: app.Unseen}); err != nil {
			s.t.Fatal(err)
		}
	}
}

// asking is a request as somebody types it, for a child who is not in the record.
func asking(pairs ...string) url.Values {
	return with(url.Values{"form": {"a form"}, "step": {"details"}}, append([]string{
		"received-day", "20", "received-month", "11", "received-year", "2026", "channel", "email", "source", "parent",
		"forename", "Zuleika", "surname", "Dobson-Hartley", "born-day", "9", "born-month", "6", "born-year", "2019",
		"contact-1-name", "Maud Dobson", "contact-1-relation", "mother", "contact-1-responsible", "yes", "contact-1-email", "maud@example.com"}, pairs...)...)
}

func niamh(pairs ...string) url.Values {
	return asking(append([]string{"forename", "Neve", "surname", "Obrian", "born-day", "3", "born-month", "4", "born-year", "2018", "postcode", "zz993vz"}, pairs...)...)
}

// onward is what the next page's form holds.
func (s *service) onward(body string, pairs ...string) url.Values {
	s.t.Helper()
	v := url.Values{}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		v.Add(m[1], strings.NewReplacer("&#39;", "'", "&amp;", "&", "&#34;", `"`).Replace(m[2]))
	}
	if len(v) < 5 {
		s.t.Fatalf("the form carries %v", v)
	}
	return with(v, pairs...)
}

// children counts the children in the record.
func (s *service) children() int {
	s.t.Helper()
	list, err := (&app.Casework{Core: s.core}).Cases(context.Background(), program, app.CaseFilter{}, app.SortDue, "")
	if err != nil {
		s.t.Fatal(err)
	}
	return list.Everybody
}

// A request for a child who is new goes from the form to a case with a
// reference, a person and an acknowledgement; sent again, it makes no other.
func TestANewRequestMakesOneCase(t *testing.T) {
	s := sample(t)
	s.nursery()
	c := s.as("amina")
	before := s.children()
	status, body := s.send(c, "/requests/new", asking())
	if status != http.StatusOK || !strings.Contains(body, "Check the request") || !strings.Contains(body, "Amina Yusuf") || strings.Contains(body, `value="ben" selected`) {
		t.Fatalf("%d: %s", status, body)
	}
	made := s.onward(body, "step", "make", "officer", "amina")
	var to string
	for range 3 {
		status, next := s.send(c, "/requests/new", made)
		if status != http.StatusSeeOther || to != "" && next != to {
			t.Fatalf("%d: %s, was %s", status, next, to)
		}
		to = next
	}
	if n := s.children(); n != before+1 {
		t.Fatalf("%d children more", n-before)
	}
	_, _, letter := s.get(c, to)
	for _, want := range []string{"Dear Maud Dobson", "WM-040006", "Friday 20 November 2026", "Friday 1 January 2027", "regulation 5(1)", "Friday 9 April 2027", "Amina Yusuf looks after this request"} {
		if !strings.Contains(letter, want) {
			t.Errorf("the acknowledgement does not hold %q", want)
		}
	}
	id := strings.TrimSuffix(strings.TrimPrefix(to, "/cases/"), "/acknowledgement")
	file, err := (&app.Casework{Core: s.core}).Case(context.Background(), program, app.ChildID(id), 0)
	if err != nil {
		t.Fatal(err)
	}
	if f := file.Child; f.Officer != "amina" || f.Team != "East" || f.Reference != "WM-040006" || len(file.Entries) != 1 || file.Entries[0].Provenance != "an email" || file.Entries[0].Event.Get("source") != "parent" {
		t.Errorf("%+v %+v", f, file.Entries)
	}
}

// Everything that is wrong is said at once, each beside its question, and what
// was typed stays.
func TestAWrongRequestLosesNothing(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	before := s.children()
	status, body := s.send(c, "/requests/new", asking("received-year", "2027", "channel", "", "source", "pigeon", "forename", " ", "nhs", "943 476 5918", "upn", "B123", "uln", "12", "postcode", "nowhere",
		"born-day", "31", "born-month", "2", "contact-1-name", "", "contact-1-email", "maud at home", "contact-1-address", "1 Żółta Street", "surname", strings.Repeat("x", 201)))
	if status != http.StatusUnprocessableEntity {
		t.Fatalf("%d", status)
	}
	summary := body[strings.Index(body, "There is a problem"):]
	for _, want := range []string{"must be today or in the past", "Choose how the request came", "Choose who asked", "forename", "Surname must be 200 characters", "real date", "a digit is wrong", "13 characters", "10 digits", "full postcode", "name, or leave all", "email address",
		`href="#nhs"`, `href="#contact-1-email"`, `value="943 476 5918"`, "1 Żółta Street", `value="maud at home"`} {
		if !strings.Contains(summary, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	if n := s.children(); n != before {
		t.Errorf("%d children more", n-before)
	}
}

// A child who may be in the record already is shown with the reason, a twin is
// never taken for the child, and the request goes where it is told to: into the
// case, if the law allows it, or into a new one.
func TestARequestForAChildWhoMayBeKnown(t *testing.T) {
	s := sample(t)
	s.nursery()
	c := s.as("amina")
	before := s.children()
	status, body := s.send(c, "/requests/new", niamh("forename", "Niamh"))
	if status != http.StatusOK || !strings.Contains(body, "Is it one of these") || !strings.Contains(body, "Same birth date, name nearly the same, same postcode") ||
		!strings.Contains(body, "Reference WM-040001") || !strings.Contains(body, "may be a twin") || strings.Index(body, `value="nursery-1"`) < strings.Index(body, `value="nursery-0"`) || strings.Contains(body, `value="nursery-3"`) {
		t.Fatalf("%d: %s", status, body)
	}
	if strings.Contains(body, "ZZ99 3VZ") || strings.Contains(body, "999 000") {
		t.Error("more is shown of a child than tells them apart")
	}
	if status, again := s.send(c, "/requests/new", s.onward(body, "step", "which")); status != http.StatusUnprocessableEntity || !strings.Contains(again, "Choose the child") {
		t.Errorf("nothing chosen: %d", status)
	}
	if !strings.Contains(body, "joins it and starts no time limit") {
		t.Error("it is not said what the request would mean in a case with one under way")
	}
	status, refused := s.send(c, "/requests/new", s.onward(body, "step", "which", "child", "nursery-4"))
	if status != http.StatusUnprocessableEntity || !strings.Contains(refused, "It cannot be recorded in the case of Niamh O&#39;Brian") || !strings.Contains(refused, "had died") {
		t.Errorf("refused: %d", status)
	}
	status, check := s.send(c, "/requests/new", s.onward(body, "step", "which", "child", "none"))
	if status != http.StatusOK || !strings.Contains(check, "make the case") {
		t.Fatalf("another child: %d", status)
	}
	if status, to := s.send(c, "/requests/new", s.onward(check, "step", "make")); status != http.StatusSeeOther || s.children() != before+1 {
		t.Errorf("%d %s", status, to)
	}
	// The one with her names, and day and month the other way round, was refused an assessment.
	status, body = s.send(c, "/requests/new", niamh("form", "other", "born-day", "4", "born-month", "3", "postcode", ""))
	if status != http.StatusOK || !strings.Contains(body, `value="nursery-2"`) || !strings.Contains(body, "12 June 2026, within the last six months") {
		t.Fatalf("%d: %s", status, body)
	}
	status, check = s.send(c, "/requests/new", s.onward(body, "step", "which", "child", "nursery-2"))
	if status != http.StatusOK || !strings.Contains(check, "recorded in the case of") {
		t.Fatalf("%d", status)
	}
	for range 2 {
		if status, to := s.send(c, "/requests/new", s.onward(check, "step", "make")); status != http.StatusSeeOther || to != "/cases/nursery-2/acknowledgement" {
			t.Errorf("%d %s", status, to)
		}
	}
	if n := s.entries("nursery-2"); n != 3 {
		t.Errorf("%d entries", n)
	}
	file, err := (&app.Casework{Core: s.core}).Case(context.Background(), program, "nursery-0", 0)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(fmt.Sprint(file.Seen), "looked at whether a new request is for this child") {
		t.Errorf("that the child's details were looked at is not kept: %v", file.Seen)
	}
}

// Of two people who make a case of one child at once, one makes it and the other
// is shown it.
func TestTwoPeopleMakeOneChild(t *testing.T) {
	s := sample(t)
	s.nursery()
	before := s.children()
	forms := map[string]url.Values{}
	clients := map[string]*http.Client{}
	for _, who := range []string{"amina", "tom"} {
		clients[who] = s.as(who)
		_, body := s.send(clients[who], "/requests/new", asking("form", "the form of "+who))
		forms[who] = s.onward(body, "step", "make")
	}
	var wait sync.WaitGroup
	var lock sync.Mutex
	got := map[int]string{}
	var late *http.Client
	for who := range forms {
		wait.Go(func() {
			status, body := s.send(clients[who], "/requests/new", forms[who])
			lock.Lock()
			defer lock.Unlock()
			got[status] = body
			if status == http.StatusConflict {
				late = clients[who]
			}
		})
	}
	wait.Wait()
	if len(got) != 2 || got[http.StatusSeeOther] == "" || !strings.Contains(got[http.StatusConflict], "Zuleika Dobson-Hartley, born 9 June 2019") || s.children() != before+1 {
		t.Fatalf("%d children more; %v", s.children()-before, got)
	}
	// Whoever has seen it and says that it is another child may make another.
	status, check := s.send(late, "/requests/new", s.onward(got[http.StatusConflict], "step", "which", "child", "none"))
	if status != http.StatusOK {
		t.Fatalf("%d", status)
	}
	if status, _ := s.send(late, "/requests/new", s.onward(check, "step", "make")); status != http.StatusSeeOther || s.children() != before+2 {
		t.Errorf("%d, %d children more", status, s.children()-before)
	}
}

// The pages of a request as people meet them: what is typed at one comes along to
// the next, with and without scripts, on a phone and beside a screen reader.
func TestARequestInTheBrowser(t *testing.T) {
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) {
			s := sample(t)
			s.nursery()
			b := browser.Open(t)
			look := func(name string) {
				t.Helper()
				if !scripts {
					return
				}
				for _, width := range []int64{1280, 360} {
					b.Width(width)
					for _, broken := range b.Axe() {
						t.Errorf("%s at %d: %s", name, width, broken)
					}
					if over := b.Overflow(); over > 0 {
						t.Errorf("%s is %d pixels too wide at %d", name, over, width)
					}
					if shots := os.Getenv("WEALD_SHOTS"); shots != "" {
						b.Screenshot(filepath.Join(shots, fmt.Sprintf("request-%s-%d.png", name, width)))
					}
				}
				b.Width(1280)
			}
			b.JavaScript(scripts)
			b.Go(s.url + "/signin")
			b.Click(`button[value="amina"]`, ".weald-numbers")
			b.Go(s.url + "/requests/new")
			look("form")
			b.Click(`button[value="details"]`, ".govuk-error-summary")
			look("wrong")
			for id, text := range map[string]string{"received-day": "20", "received-month": "11", "received-year": "2026", "forename": "Neve", "surname": "O’Brian", "born-day": "3", "born-month": "4", "born-year": "2018",
				"postcode": "zz99 3vz", "contact-1-name": "Aoife O’Brian", "contact-1-phone": "01632 960 001"} {
				b.Type("#"+id, text)
			}
			b.Click(`input[name="channel"][value="phone"]`, "")
			b.Click(`input[name="source"][value="parent"]`, "")
			b.Click(`button[value="details"]`, `input[name="child"]`)
			look("which")
			b.Click(`button[value="change"]`, `#contact-1-name[value="Aoife O’Brian"]`)
			b.Click(`button[value="details"]`, `input[name="child"]`)
			b.Click(`input[name="child"][value="none"]`, "")
			b.Click(`button[value="which"]`, `#officer`)
			look("check")
			b.Click(`button[value="make"]`, ".weald-letter")
			look("done")
			if text := b.Text("main"); !strings.Contains(text, "Dear Aoife O’Brian") || !strings.Contains(text, "WM-040006") || !strings.Contains(text, "with Amina Yusuf") {
				t.Errorf("%.400q", text)
			}
			if !scripts {
				return
			}
			b.Go(s.url + "/requests/new")
			long := strings.Repeat("Wolfeschlegelsteinhausenbergerdorff", 5)
			for id, text := range map[string]string{"received-day": "20", "received-month": "11", "received-year": "2026", "forename": long, "surname": long, "born-day": "3", "born-month": "4", "born-year": "2012",
				"contact-1-name": long, "contact-1-relation": long, "contact-1-address": long, "contact-1-needs": long, "contact-1-email": long + "@example.com"} {
				b.Type("#"+id, text)
			}
			b.Click(`input[name="channel"][value="letter"]`, "")
			b.Click(`input[name="source"][value="young-person"]`, "")
			b.Click(`button[value="details"]`, `#officer`)
			look("check-longest")
			b.Click(`button[value="make"]`, ".weald-letter")
			look("done-longest")
		})
	}
}

// The pages of a request in the states that people see.
func TestGoldenRequests(t *testing.T) {
	s := sample(t)
	s.nursery()
	c := s.as("amina")
	page := func(name, body string) { testkit.Golden(t, "golden/"+name+".html", tidy(t, body)) }
	_, _, body := s.get(c, "/requests/new")
	page("request", body)
	_, body = s.send(c, "/requests/new", url.Values{"form": {"a form"}, "nhs": {"1"}})
	page("request-refused", body)
	_, body = s.send(c, "/requests/new", asking())
	page("request-check-nobody-like", body)
	_, body = s.send(c, "/requests/new", niamh("forename", "Niamh"))
	page("request-which-many", body)
	_, refused := s.send(c, "/requests/new", s.onward(body, "step", "which", "child", "nursery-4"))
	page("request-which-refused", refused)
	_, body = s.send(c, "/requests/new", niamh("born-day", "4", "born-month", "3", "postcode", ""))
	page("request-which-one", body)
	_, body = s.send(c, "/requests/new", s.onward(body, "step", "which", "child", "nursery-2"))
	page("request-check-known", body)
	long := strings.TrimSpace(strings.Repeat("Wolfeschlegelsteinhausenbergerdorff ", 5))
	_, body = s.send(c, "/requests/new", asking("forename", long, "surname", long, "contact-1-name", long, "contact-1-relation", long, "contact-1-address", long, "contact-2-name", long, "contact-2-needs", long, "setting", "hill", "need", "ASD"))
	page("request-check-longest", body)
	_, to := s.send(c, "/requests/new", s.onward(body, "step", "make"))
	_, _, body = s.get(c, to)
	page("acknowledgement-longest", body)
	_, body = s.send(c, "/requests/new", asking("form", "another", "forename", "Yusuf", "surname", "Quill", "born-year", "2008", "source", "young-person", "contact-1-name", "", "contact-1-relation", "", "contact-1-responsible", "", "contact-1-email", ""))
	_, to = s.send(c, "/requests/new", s.onward(body, "step", "make"))
	_, _, body = s.get(c, to)
	page("acknowledgement-young-person", body)
	_, _, body = s.get(c, "/cases/nursery-0/acknowledgement")
	page("acknowledgement", body)
}
