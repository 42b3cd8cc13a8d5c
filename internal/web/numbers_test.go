package web

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/law"
)

// The number overdue on Cases is the number that the clock finds in the
// same events.
func TestNumberOverdueIsTheClocks(t *testing.T) {
	s := sample(t)
	text, err := (&app.Casework{Core: s.core}).CaseFile(context.Background(), program)
	if err != nil {
		t.Fatal(err)
	}
	examples, err := casework.ReadCaseFile("export", text)
	if err != nil {
		t.Fatal(err)
	}
	clock := casework.NewClock(casework.DefaultPractice())
	owed, breaches := 0, 0
	for _, x := range examples {
		reading := clock.Read(&x.Case, x.Today)
		for i := range reading.Duties {
			d := &reading.Duties[i]
			if d.Status == casework.Overdue && d.Rule.Nature != law.Right {
				owed++
				if d.Binding() {
					breaches++
				}
			}
		}
		if len(reading.Refused) > 0 {
			t.Errorf("%s: refused %v", x.Title, reading.Refused)
		}
	}
	_, _, body := s.get(s.as("amina"), "/cases")
	want := fmt.Sprintf("500 children. %d duties are overdue between them: %d set by law", owed, breaches)
	if !strings.Contains(body, want) {
		t.Errorf("the page does not say %q but %q", want, regexp.MustCompile(`500 children[^<]*`).FindString(body))
	}
	if owed == 0 {
		t.Error("nothing is overdue in the sample, so the test tests nothing")
	}
}

// What a case's own page calls next is what the worklist shows for the child.
func TestWorklistAndCaseAgree(t *testing.T) {
	s := sample(t)
	c := s.as("tom")
	acts := &app.Casework{Core: s.core}
	after := ""
	for n := 0; ; {
		page, err := acts.Cases(context.Background(), program, app.CaseFilter{}, app.SortDue, after)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range page.Rows {
			n++
			if i%10 != 0 { // one in ten: each costs a page
				continue
			}
			_, _, body := s.get(c, "/cases/"+string(r.ID))
			want := "Nothing is due."
			if r.Next != nil {
				want = "<strong>" + r.Next.Due.WordsWithDay() + "</strong>"
			}
			if !strings.Contains(body, want) {
				t.Errorf("%s: the case does not say %q", r.ID, want)
			}
		}
		if after = page.Next; after == "" {
			if n != 500 {
				t.Errorf("%d children on the pages, want 500", n)
			}
			return
		}
	}
}
