package synth

import (
	"context"
	"fmt"

	"weald/domain/access"
	"weald/domain/correspondence"
	"weald/internal/app"
)

// questions is what families and others asked in the written stories, by the child's
// name: how many days ago, by whom and how, and what was answered, if anything was.
var questions = map[string][]struct {
	Ago     int
	Topic   correspondence.Topic
	Sender  correspondence.Sender
	Channel correspondence.Channel
	Words   string
	Answer  string
}{
	"Leo Marchant":  {{16, "when", correspondence.Parent, correspondence.Phone, "When will the advice from community paediatrics come? This is the third time that I ask.", ""}},
	"Ruby Adeyemi":  {{3, "place", correspondence.Parent, correspondence.Email, "Which schools have you asked, and what did they say?", ""}},
	"Harvey Nowak":  {{12, "review", correspondence.Setting, correspondence.Email, "Who sends out the papers for the review, you or we?", "The school sends them, two weeks before the meeting. I have put the list of who is invited on the case."}},
	"Kwame Boateng": {{5, "travel", correspondence.YoungPerson, correspondence.Phone, "Can I go to college by train instead of the taxi?", ""}},
	"Mia Thapa":     {{9, "help", correspondence.Member, correspondence.Letter, "My constituent tells me that speech and language therapy has stopped. What is being done?", ""}},
}

// WriteCorrespondence writes down what was asked in the written stories, as the EHC
// coordinator of their team, and returns how many items wait for an answer.
func WriteCorrespondence(ctx context.Context, box *app.Correspondence) (waiting int, err error) {
	amina := access.User{ID: "amina", Name: "Amina Yusuf", Role: access.Officer, Team: "East"}
	for _, s := range stories() {
		for _, q := range questions[s.Name] {
			person := map[correspondence.Sender]string{correspondence.Setting: "The SENCO", correspondence.Member: "A member of Parliament", correspondence.YoungPerson: s.Name}[q.Sender]
			if person == "" {
				person = "Parent of " + s.Name
			}
			if err := box.Record(ctx, amina, s.ID, app.Question{Topic: q.Topic, Sender: q.Sender, Person: person, Channel: q.Channel, On: box.Today().AddDays(-q.Ago), Words: q.Words}); err != nil {
				return waiting, fmt.Errorf("writing down what was asked of %s: %w", s.Name, err)
			}
			if q.Answer == "" {
				waiting++
				continue
			}
			f, err := box.Of(ctx, amina, s.ID)
			if err != nil {
				return waiting, err
			}
			if err := box.Act(ctx, amina, s.ID, f.Items[0].No, app.Reply{Step: correspondence.Answered, Channel: q.Channel, Words: q.Answer, Seen: len(f.Items[0].Steps)}); err != nil {
				return waiting, fmt.Errorf("answering what was asked of %s: %w", s.Name, err)
			}
		}
	}
	return waiting, nil
}
