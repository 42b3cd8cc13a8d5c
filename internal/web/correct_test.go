package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit"
)

// What was recorded as the wrong kind of event is put right to be of another: a
// new entry in the place of the old one, judged by the law as any other.
func TestGoldenCorrectionOfTheKind(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	id := s.first(app.CaseFilter{Stage: casework.RequestStage})
	path := "/cases/" + id + "/events"
	day := []string{"day-day", "20", "day-month", "11", "day-year", "2026"}
	if status, body := s.send(c, path, with(s.form(c, path+"/new?kind=draft-served"), day...)); status != http.StatusSeeOther {
		t.Fatalf("%d %.300s", status, body)
	}
	if status, body := s.send(c, path, with(s.form(c, path+"/new?kind=advice-requested"), append(day, "says-body", "Clinic")...)); status != http.StatusSeeOther {
		t.Fatalf("%d %.300s", status, body)
	}
	entries := s.entries(id)
	correct := fmt.Sprintf("/cases/%s/events/%d/correct", id, entries)
	if _, _, body := s.get(c, correct); !strings.Contains(body, "It was something else") {
		t.Error("the correction does not lead to another kind")
	}
	_, _, body := s.get(c, correct+"?kind=advice-received")
	testkit.Golden(t, "golden/event-correct-kind.html", tidy(t, body))
	if strings.Contains(body, `name="wrong"`) || !strings.Contains(body, `value="Clinic"`) {
		t.Error("asks whether it happened, or lost what both kinds say")
	}

	// Refused: nothing is changed, and what was typed stays.
	no := with(s.form(c, correct+"?kind=plan-finalised"), "day-day", "22", "day-month", "11", "day-year", "2026", "reason", "It was the plan")
	if status, body := s.send(c, correct, no); status != http.StatusUnprocessableEntity || !strings.Contains(body, "It was the plan") || !strings.Contains(body, `name="kind" value="plan-finalised"`) || s.entries(id) != entries {
		t.Errorf("refused: %d, %d entries more", status, s.entries(id)-entries)
	}

	yes := with(s.form(c, correct+"?kind=advice-received"), append(day, "reason", "It came in")...)
	for range 2 { // sent twice, put right once
		if status, body := s.send(c, correct, yes); status != http.StatusSeeOther {
			t.Fatalf("%d %.2000s", status, body)
		}
	}
	if n := s.entries(id); n != entries+1 {
		t.Errorf("%d entries more", n-entries)
	}
	_, _, body = s.get(c, "/cases/"+id)
	for _, want := range []string{"not advice", "Advice received", "corrected entry"} {
		if !strings.Contains(body, want) {
			t.Errorf("the case does not say %q", want)
		}
	}
	err := s.db.Read(t.Context(), func(tx *store.Tx) error {
		looks, err := tx.AuditOf(t.Context(), id, 50, 0)
		if !strings.Contains(fmt.Sprint(looks), "instead of advice-requested: It came in") {
			t.Errorf("who did what does not say what it was before: %v", looks)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
