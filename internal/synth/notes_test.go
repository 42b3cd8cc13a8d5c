package synth

import "testing"

// Every note is of a story that there is.
func TestNotesAreOfStories(t *testing.T) {
	known := map[string]bool{}
	for _, s := range Stories() {
		known[s.Name] = true
	}
	for name := range notes {
		if !known[name] {
			t.Errorf("there is no story of %s", name)
		}
	}
}
