package synth

import (
	"context"
	"fmt"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/quality"
	"weald/internal/app"
	"weald/internal/store"
)

// shortcomings is what auditors of the pretend area write of a question that a
// plan does not meet.
var shortcomings = map[int]string{
	15: "Long sentences: the family asked what two of them mean.",
	17: "No day stands with what they can do now.",
	24: "The starting point is missing, so nobody could tell whether it was reached.",
	29: "One step, and nobody named who sees to it.",
	33: "It does not say who delivers it, or with what training.",
	36: "It does not say in what group.",
	39: "Nobody is named who watches whether it is delivered.",
	44: "Training for the staff is not there.",
	48: "The words of the outcomes are not those of the form for the review.",
}

// AuditPlans has a dozen plans of the written stories audited, as their manager
// would: a sample is drawn by lot, some are audited twice without sight of each
// other, one difference is settled, and what was found becomes actions. It returns
// how many audits are signed.
func AuditPlans(ctx context.Context, q *app.Quality, people []store.Person, seed uint64) (signed int, err error) {
	users := map[string]access.User{}
	var auditors []string
	var manager access.User
	for _, p := range people {
		u := access.User{ID: p.ID, Name: p.Name, Role: access.Role(p.Role), Team: p.Team}
		users[p.ID] = u
		switch {
		case p.ID == "tom":
			manager = u
		case u.Role == access.Manager && len(auditors) < 4:
			auditors = append(auditors, p.ID)
		}
	}
	today := q.Today()
	id, err := q.DrawSample(ctx, manager, app.Drawing{Way: quality.AtRandom, Strata: "need", From: calendar.Earliest, Until: today, Size: 13, Second: 3, Seed: "westmarch", Auditors: auditors})
	if err != nil {
		return 0, fmt.Errorf("drawing the sample: %w", err)
	}
	sample, err := q.Sample(ctx, manager, id)
	if err != nil {
		return 0, err
	}
	r := roll(seed, "audits", 0)
	for i, a := range sample.Audits {
		by, ok := users[a.AuditorID]
		if !ok || i == len(sample.Audits)-1 {
			continue // one is left to be done
		}
		if err := answer(ctx, q, by, a.ID, &r); err != nil {
			return signed, err
		}
		signed++
		if a.Kind == app.SecondAudit {
			continue
		}
		// Somebody else looks again, as they would once its actions are done.
		for n := range auditors {
			other := auditors[(i+n)%len(auditors)]
			if other == by.ID {
				continue
			}
			again, err := q.Ask(ctx, users[other], app.Asking{Child: a.Child, Auditor: other, Kind: app.AgainAudit, Of: a.ID, Why: "To see whether what was found is put right."})
			if err != nil {
				return signed, fmt.Errorf("asking for a re-audit: %w", err)
			}
			if err := answer(ctx, q, users[other], again, &r); err != nil {
				return signed, err
			}
			signed++
			break
		}
	}
	return signed, follow(ctx, q, manager, users, sample)
}

// answer answers an audit with the dice, and signs it.
func answer(ctx context.Context, q *app.Quality, by access.User, id string, r *dice) error {
	var all []app.QualityAnswer
	for i := range quality.Questions {
		one := app.QualityAnswer{Question: quality.Questions[i].Number, Answer: string(quality.Sound)}
		words, short := shortcomings[one.Question]
		switch {
		case short && r.chance(0.35):
			one.Answer, one.Words, one.Line = string(quality.Weak), words, "F"
			if r.chance(0.3) {
				one.Answer = string(quality.Absent)
			}
		case one.Question == 6 && r.chance(0.4):
			one.Answer, one.Words, one.Line = string(quality.Weak), "One line of provision has no length.", "F"
		case r.chance(0.15):
			one.Answer = string(quality.Strong)
		}
		all = append(all, one)
	}
	if err := q.Answer(ctx, by, id, all); err != nil {
		return fmt.Errorf("answering an audit: %w", err)
	}
	return q.Sign(ctx, by, id)
}

// follow settles a difference and gives actions.
func follow(ctx context.Context, q *app.Quality, manager access.User, users map[string]access.User, sample *app.SampleFile) error {
	given, settled := 0, false
	for _, a := range sample.Audits {
		f, err := q.Audit(ctx, manager, a.ID)
		if err != nil {
			return err
		}
		if !f.Signed() || f.Kind != app.FirstAudit {
			continue
		}
		if second := f.Second(); !settled && second != nil && second.Signed() {
			agreed, err := q.Agreement(ctx, manager, f.ID)
			if err != nil {
				return err
			}
			if len(agreed.Differ) > 0 {
				n := agreed.Differ[0]
				if err := q.Settle(ctx, manager, f.ID, n, f.Sheet[n], "Read again together with both auditors: the first has it."); err != nil {
					return err
				}
				settled = true
			}
		}
		if found := f.Sheet.Shortfalls(); given < 3 && len(found) > 0 {
			err := q.Act(ctx, users[f.AuditorID], app.QualityAction{Audit: f.ID, Question: found[0].Number, What: "Put right in the next version: " + f.Answers[found[0].Number].Words, OwnerID: "amina", Due: q.ActionDue()})
			if err != nil {
				return err
			}
			given++
		}
	}
	return nil
}
