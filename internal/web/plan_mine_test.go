package web

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// takenIn takes in a final plan of a child with a long name: the example, changed.
func (s *service) takenIn(id string, change func(*plan.Plan)) {
	s.t.Helper()
	s.assessed(id, "Bartholomew", "Featherstonehaugh-Cholmondeley")
	for _, line := range []string{"2026-10-05 draft-sent", "2026-11-16 plan-finalised"} {
		e, err := casework.ParseEvent(line)
		if err != nil {
			s.t.Fatal(err)
		}
		if err := (&app.Casework{Core: s.core}).Record(s.t.Context(), program, app.ChildID(id), app.Recording{Event: e, Seen: app.Unseen}); err != nil {
			s.t.Fatal(err)
		}
	}
	taken, err := (&app.Plans{Core: s.core}).TakeIn(s.t.Context(), program, app.ChildID(id), func(*store.Child, calendar.Date) (*plan.Plan, error) {
		p, err := plan.Read([]byte(strings.ReplaceAll(string(plan.ExampleJSON), "Maya", "Bartholomew")), plan.Templates)
		if err == nil {
			change(p)
		}
		return p, err
	})
	if err != nil || !taken {
		s.t.Fatal(taken, err)
	}
}

// much puts much more into a plan than fits two sides of paper, with lines that
// are too long by themselves.
func much(p *plan.Plan) {
	p.Line("f-1").Text = "30 minutes of therapy each week at Larkfield."
	for i := range p.Sections {
		sec := &p.Sections[i]
		some := sec.Lines
		for n := range 12 {
			for _, l := range some {
				l.ID = fmt.Sprintf("%s-%d", l.ID, n)
				if n%6 == 5 {
					l.Text += strings.Repeat(" And so on, for a very long time indeed, as plans do.", 60)
				}
				sec.Lines = append(sec.Lines, l)
			}
		}
	}
}

// full fills every part of the page with lines of so many letters.
func full(letters int) func(*plan.Plan) {
	return func(p *plan.Plan) {
		text := strings.Repeat("We hope that many more words make some more rows. ", 1+letters/50)[:letters-1] + "."
		for i := range p.Sections {
			form, sec := &p.Template.Sections[i], &p.Sections[i]
			sec.None, sec.Lines = "", nil
			for _, k := range form.Kinds {
				for n := range 120 {
					l := plan.Line{ID: fmt.Sprintf("%s-%s-%d", form.Letter, k, n), Kind: k, Text: text}
					if l.Said.By = p.Child.Forename; n%2 == 0 {
						l.Said.By = "An aunt"
					}
					if n%3 == 0 && k == plan.Provision {
						l.Says = map[string]string{"who": "A teacher", "often": "Each week", "long": "20 minutes"}
					}
					sec.Lines = append(sec.Lines, l)
				}
			}
		}
	}
}

// A mother reads the plan in force as her child does, on a phone, and prints it;
// the council's people see the same page. It says nothing that she may not be
// told.
func TestPlanForTheChildInTheBrowser(t *testing.T) {
	s := planned(t)
	s.partners("issued")
	lakshmi := access.User{ID: "lakshmi", Name: "Lakshmi Thapa", Role: access.Family}
	yours, ours := "/your/"+app.Key(lakshmi, "issued")+"/plan/mine", "/cases/issued/plan/mine"
	b := browser.Open(t)
	shots := os.Getenv("WEALD_SHOTS")
	look := func(name, path string) {
		t.Helper()
		lookAt(t, b, s, []place{{name, path}})
		b.JavaScript(true)
		pdf, sides := b.Print()
		if sides < 1 || sides > 2 {
			t.Errorf("%s prints on %d sides", name, sides)
		}
		if shots != "" {
			if err := os.WriteFile(filepath.Join(shots, name+".pdf"), pdf, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	b.Go(s.url + "/signin")
	b.Click(`button[value="lakshmi"]`, ".weald-header__person")
	look("your-plan-mine", yours)
	b.Go(s.url + yours)
	said := b.Text("main")
	for _, want := range []string{"My plan", "It is from 16 November 2026", "What I like and think\n", "I like swimming and my dog", "Who: A speech and language therapist", "How often: Each week of term", "45 minutes", "Who I can talk to"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in %q", want, said)
		}
	}
	b.Go(s.url + "/your/" + app.Key(lakshmi, "issued") + "/plan")
	b.Click(`a[href$="/plan/mine"]`, ".weald-mine")
	b.Go(s.url + "/signout")

	_, _, body := s.get(s.as("lakshmi"), yours)
	testkit.Golden(t, "golden/your-plan-mine.html", tidy(t, body))
	_, _, body = s.get(s.as("amina"), ours)
	testkit.Golden(t, "golden/plan-mine.html", tidy(t, body))
	_, _, body = s.get(s.as("amina"), "/cases/found/plan/mine")
	testkit.Golden(t, "golden/plan-mine-none.html", tidy(t, body))
	if _, _, body = s.get(s.as("amina"), "/cases/issued/plan"); !strings.Contains(body, `href="`+ours+`"`) {
		t.Error("nothing leads staff to the page")
	}
	if status, _, _ := s.get(s.as("kwame"), yours); status != http.StatusNotFound {
		t.Errorf("another family: %d", status)
	}
	if _, _, body = s.get(s.as("amina"), "/cases/issued/looks"); !strings.Contains(body, "Opened the plan") {
		t.Error("the look was not kept")
	}
}

// Staff see a very long plan's page fit two sides, with the rest counted, and
// nothing that a parent may not be told.
func TestPlanForTheChildToPrint(t *testing.T) {
	s := planned(t)
	s.takenIn("lengthy", much)
	s.partners("lengthy")
	const path = "/cases/lengthy/plan/mine"
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="amina"]`, ".weald-header__person")
	lookAt(t, b, s, []place{{"plan-mine-long", path}})
	b.JavaScript(true)
	b.Go(s.url + path)
	if said := b.Text("main"); !strings.Contains(said, "more things about this") || !strings.Contains(said, "at Larkfield") || strings.Contains(said, "Somebody in the family") {
		t.Errorf("it says %q", said)
	}
	pdf, sides := b.Print()
	if sides != 2 {
		t.Errorf("it prints on %d sides", sides)
	}
	if shots := os.Getenv("WEALD_SHOTS"); shots != "" {
		if err := os.WriteFile(filepath.Join(shots, "plan-mine-long.pdf"), pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	err := s.db.Write(t.Context(), program, func(tx *store.Tx) error {
		return errors.Join(tx.AddTie(t.Context(), "lengthy", &store.Tie{PersonID: "kwame", Basis: "seen", Tie: access.Tie{Kind: access.ParentTie, Limit: access.Whereabouts, From: testkit.Today}}), tx.Audit(t.Context(), "tied", "lengthy", ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	kwame := access.User{ID: "kwame", Role: access.Family}
	for who, at := range map[string]string{"amina": path, "kwame": "/your/" + app.Key(kwame, "lengthy") + "/plan/mine"} {
		status, _, body := s.get(s.as(who), at)
		if status != http.StatusOK || strings.Contains(body, "Larkfield") || strings.Contains(body, "Who I can talk to") == false {
			t.Errorf("%s: %d: the page names the school", who, status)
		}
	}
	if _, _, body := s.get(s.as("amina"), path); !strings.Contains(body, "Somebody in the family may not be told everything") {
		t.Error("staff are not told why lines are left out")
	}
}

// However a plan is filled, the page fits two sides of A4, also when somebody
// stands in for whoever has the case.
func TestPlanForTheChildAlwaysFits(t *testing.T) {
	s := start(t)
	lengths := []int{8, 35, 61, 62, 90, 123, 150, 200, 310}
	for _, n := range lengths {
		id := fmt.Sprintf("full-%d", n)
		s.takenIn(id, full(n))
		err := s.db.Write(t.Context(), program, func(tx *store.Tx) error {
			child, err := tx.Child(t.Context(), store.ChildID(id))
			if err != nil {
				return err
			}
			child.Officer = "amina"
			return errors.Join(
				tx.SetPerson(t.Context(), &store.Person{ID: "tom", Name: "Tom Okafor", Role: string(access.Officer), Email: "thomas.okafor@westmarch.example.gov.uk", Phone: "01632 960 123"}),
				tx.SetPerson(t.Context(), &store.Person{ID: "amina", Name: "Amina Yusuf", Role: string(access.Officer), Email: "amina.yusuf@westmarch.example.gov.uk", Phone: "01632 960 122", AwayFrom: testkit.Today, Cover: "tom"}),
				tx.SetChild(t.Context(), child), tx.Audit(t.Context(), "given", id, ""))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="amina"]`, ".weald-header__person")
	for _, n := range lengths {
		b.Go(fmt.Sprintf("%s/cases/full-%d/plan/mine", s.url, n))
		if said := b.Text(".weald-mine"); !strings.Contains(said, "Tom Okafor is there when they are away.") || !strings.Contains(said, "Help at home and out of school") {
			t.Errorf("with %d letters a line: it says %q", n, said)
		}
		if _, sides := b.Print(); sides > 2 {
			t.Errorf("with %d letters a line it prints on %d sides", n, sides)
		}
	}
}
