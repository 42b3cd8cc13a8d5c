package synth

import (
	"testing"

	"weald/calendar"
	ehc "weald/domain/plan"
	"weald/internal/store"
)

// The plans of the stories are such as might be issued: nothing stands at a gate,
// whatever the need.
func TestWrittenPlansPassTheirGates(t *testing.T) {
	for _, s := range Stories() {
		if len(blocks()[s.need]) == 0 {
			if s.fate == inForce {
				t.Errorf("%s has a plan in force and need %s, about which no plan says anything", s.Name, s.need)
			}
			continue
		}
		on := calendar.On(2026, 11, 23)
		child := store.Child{Forename: "Maya", Surname: "Okoro", Born: calendar.On(2016, 3, 4), Sex: s.sex}
		p := s.document(&child, on)
		p.Stage, p.On, p.Signed.On = ehc.Final, on, on
		for _, f := range ehc.Check(p, ehc.DefaultMeasure) {
			if f.Question.Gate || f.Question.ID == "provision-vague" || f.Question.ID == "wrong-pronoun" || f.Question.ID == "outcome-unmeasurable" {
				t.Errorf("%s: %s: %s: %s %s", s.Name, f.Question.ID, f.Where(), f.What, f.Words)
			}
		}
	}
}
