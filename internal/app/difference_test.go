package app

import (
	"errors"
	"strings"
	"testing"

	"weald/domain/access"
)

// The return of a year stands beside that of the year before: who is new, who is
// gone, and what is said otherwise of the others.
func TestDifferencesFromTheReturnBefore(t *testing.T) {
	c := fresh(t)
	file := two(
		`<Person><Surname>Oak</Surname><Forename>Ash</Forename><PersonBirthDate>2015-03-04</PersonBirthDate><Sex>F</Sex><UPN>H801200001001</UPN><Requests><RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2023-05-22</StartDate></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2025-05-06</ReviewMeeting><ReviewOutcome>M</ReviewOutcome><LastReview>2025-05-20</LastReview></ActivePlans></Requests></Person>`,
		person("Elm", "Rowan", "2014-03-04", "A801200001002", "2025-01-06", "2025-05-20"))
	if _, err := (&Returns{Core: c}).Load(ctx, data, "both.xml", strings.NewReader(file), nil); err != nil {
		t.Fatal(err)
	}
	differences := &Differences{Core: c}
	d, err := differences.Of(ctx, data, 2026, false)
	if err != nil {
		t.Fatal(err)
	}
	if d.New != 1 || d.Changed != 1 || d.Gone != 0 || d.Same != 0 || d.Before.People != 1 || d.After.People != 2 || d.Before.Caseload != 1 || d.After.Caseload != 2 {
		t.Errorf("%+v, %+v, new %d, gone %d, changed %d, same %d", d.Before, d.After, d.New, d.Gone, d.Changed, d.Same)
	}
	said := map[string]string{}
	for _, row := range d.Rows {
		said[row.Sort+" "+row.Name+" "+row.Item] = row.Before + " > " + row.After
	}
	if _, is := said["new Rowan Elm "]; !is {
		t.Errorf("%v", said)
	}
	if got := said["changed Ash Oak ReviewMeeting"]; got != " > 6 May 2025" {
		t.Errorf("the review: %q", got)
	}
	for key := range said {
		if !strings.HasPrefix(key, "new Rowan Elm") && !strings.HasPrefix(key, "changed Ash Oak ") {
			t.Errorf("%s: %s", key, said[key])
		}
	}
	if _, err := differences.Of(ctx, data, 2023, false); !errors.Is(err, ErrNotFound) {
		t.Errorf("the return before that of 2023 is not known: %v", err)
	}
	if _, err := differences.Of(ctx, officer, 2026, false); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an officer compares returns: %v", err)
	}
	if err := differences.Out(ctx, access.User{ID: "x", Name: "X"}, 2026, 1, "csv"); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("nobody took a list: %v", err)
	}
}
