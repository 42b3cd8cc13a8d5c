package web

import (
	"context"
	"encoding/csv"
	"fmt"
	"html"
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

// The pipeline, the list that each of its figures leads to, and that list taken
// out as a file, say the same number.
func TestPipelineListAndFileAgree(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	cells, children := 0, 0
	for _, query := range []string{"", "?team=East", "?officer=none"} {
		_, _, body := s.get(c, "/pipeline"+query)
		for _, m := range regexp.MustCompile(`href="(/cases\?[^"]*age=[^"]*)">([0-9,]+)</a>`).FindAllStringSubmatch(body, -1) {
			want := m[2]
			link := html.UnescapeString(m[1])
			if !strings.Contains(link, "stage=") {
				continue // a total
			}
			_, _, list := s.get(c, link)
			if got := regexp.MustCompile(`([0-9,]+) child(ren)?\.`).FindStringSubmatch(list); got == nil || got[1] != want {
				t.Errorf("the pipeline says %s and %s says %v", want, link, got)
			}
			_, _, file := s.get(c, strings.Replace(link, "/cases?", "/cases.csv?", 1))
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff"))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(len(rows) - 1); got != strings.ReplaceAll(want, ",", "") {
				t.Errorf("the pipeline says %s and the file of %s holds %s", want, link, got)
			}
			cells++
			children += len(rows) - 1
		}
	}
	if cells < 10 || children < 500 {
		t.Errorf("only %d figures, of %d children, were followed", cells, children)
	}
}
