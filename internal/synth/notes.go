package synth

import (
	"context"
	"fmt"

	"weald/domain/access"
	"weald/internal/app"
)

// notes is what the EHC coordinator wrote down in the written stories, by the
// child's name, the oldest first.
var notes = map[string][]string{
	"Leo Marchant":  {"Mrs Marchant rang. The advice from community paediatrics has still not come. I said that I would chase it today and ring her on Friday.", "Chased community paediatrics. Their secretary says that the report is typed and waits to be signed."},
	"Ruby Adeyemi":  {"Ms Adeyemi would rather be rung after 4pm, when she is home from work."},
	"Harvey Nowak":  {"Interpreter booked for the meeting. Mr Nowak will come, Mrs Nowak joins by telephone."},
	"Kwame Boateng": {"Kwame came to the college meeting himself. He wants letters to go to him and a copy to his mother."},
	"Mia Thapa":     {"Mrs Thapa asks that both girls’ meetings are on the same day."},
	"Noah Pilcher":  {"Ms Quested, the family’s advocate, asked for the notes of the last meeting. Sent, with Mrs Pilcher’s agreement."},
}

// WriteNotes writes the notes of the written stories, as the EHC coordinator of
// their team, and returns how many.
func WriteNotes(ctx context.Context, casework *app.Casework) (n int, err error) {
	amina := access.User{ID: "amina", Name: "Amina Yusuf", Role: access.Officer, Team: "East"}
	for _, s := range stories() {
		for i, body := range notes[s.Name] {
			if err := casework.AddNote(ctx, amina, s.ID, body, fmt.Sprintf("note %d of %s", i+1, s.ID)); err != nil {
				return n, fmt.Errorf("writing a note for %s: %w", s.Name, err)
			}
			n++
		}
	}
	return n, nil
}
