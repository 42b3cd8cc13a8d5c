package app

import (
	"fmt"
	"slices"

	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/measure"
	"weald/internal/store"
	"weald/law"
)

// unanswered is what waits for an answer, by the duty to give it.
var unanswered = []struct {
	key, title string
	rules      []*law.Rule
}{
	{"requests", "Requests for an assessment", []*law.Rule{casework.TellWhetherToAssess, casework.DecideForDetained}},
	{"advice", "Advice asked for", []*law.Rule{casework.GiveAdvice}},
	{"plans", "Final plans", []*law.Rule{casework.IssueFinalPlan, casework.PlanForDetained}},
	{"decisions", "Decisions after a review", []*law.Rule{casework.DecideAfterReview}},
	{"complaints", "Complaints", []*law.Rule{casework.AnswerComplaint, casework.AnswerStage2, casework.ChildrenActStage1, casework.ChildrenActStage2}},
}

// stuckSteps are the steps of a review, in their order. A child stands at the
// first of them whose day has passed.
var stuckSteps = []struct {
	key, title, how string
	rules           []*law.Rule
}{
	{"meeting", "No meeting held", "The review’s twelve months have passed.", []*law.Rule{casework.ReviewFirst, casework.ReviewAgain, casework.ReviewTransferredPlan}},
	{"report", "No report sent", "The meeting was held, and two weeks have passed.", []*law.Rule{casework.SendReport}},
	{"decision", "No decision sent", "The meeting was held, and four weeks have passed.", []*law.Rule{casework.DecideAfterReview}},
	{"notice", "No amendment notice sent", "The plan is to be amended, and the notice was due with the decision.", []*law.Rule{casework.SendAmendmentNotice}},
	{"plan", "No amended plan sent", "The notice was sent, and eight weeks, or twelve since the meeting, have passed.", []*law.Rule{casework.IssueAmendedPlan, casework.FinishInTwelveWeeks, casework.TellNoAmendment}},
}

// placeless is children without a place.
var placeless = []struct{ key, title, how string }{
	{"no-setting", "A plan in force, and no setting recorded", "Whether they are educated elsewhere or otherwise is in the case, not in this list."},
	{"no-setting-school-age", "Of them, of compulsory school age", "From the term after the fifth birthday to the end of the school year of the sixteenth: here, aged 5 to 15 today."},
	{"draft-no-setting", "A draft plan sent, and no setting recorded", "Nobody has answered a consultation with a place, or it is not recorded."},
}

// A sorting puts children on piles.
type sorting struct{ rows map[string][]MondayRow }

func (s *sorting) pile(key, title, how string) Pile {
	return Pile{key, title, how, len(s.rows[key])}
}

func (s *sorting) add(key string, line *store.Line, d *store.Duty, risk measure.Value) {
	r := MondayRow{CaseRow: CaseRow{Line: line}, Risk: risk}
	if d != nil {
		r.Rule, r.Due = casework.RuleNamed(d.Rule), d.Due
	}
	s.rows[key] = append(s.rows[key], r)
}

// pileNamed says what the children of a pile have in common.
func pileNamed(key string) (title, how string, ok bool) {
	if key == "soon" {
		return "Children who will miss a limit of law in the next four weeks", "Half or more of the duties alike were missed: see the page for how often that was right.", true
	}
	for _, u := range unanswered {
		if key == u.key {
			return u.title, "They wait for an answer.", true
		}
		for i, band := range AnswerBands {
			if key == fmt.Sprintf("%s-%d", u.key, i) {
				return u.title + ": " + lowerFirstLetter(band), "They wait for an answer.", true
			}
		}
	}
	for _, u := range stuckSteps {
		if key == "stuck-"+u.key {
			return "Reviews: " + lowerFirstLetter(u.title), u.how, true
		}
	}
	for _, u := range placeless {
		if key == u.key {
			return u.title, u.how, true
		}
	}
	return "", "", false
}

func lowerFirstLetter(s string) string {
	if s == "" || s[0] < 'A' || s[0] > 'Z' {
		return s
	}
	return string(s[0]+'a'-'A') + s[1:]
}

func codes(rules []*law.Rule) (list []string) {
	for _, r := range rules {
		list = append(list, r.Code)
	}
	return list
}

// sort puts every child whom a person may see on the piles that they belong to,
// each child once on a pile: with the duty that falls due first.
func (a *Measures) sort(l *caseload, by access.User, f *forecasts) *sorting {
	s := &sorting{rows: map[string][]MondayRow{}}
	hidden := l.hidden(l.viewer(by))
	answers, steps := make([][]string, len(unanswered)), make([][]string, len(stuckSteps))
	for i := range unanswered {
		answers[i] = codes(unanswered[i].rules)
	}
	for i := range stuckSteps {
		steps[i] = codes(stuckSteps[i].rules)
	}
	for slot, line := range l.lines {
		if hidden[int32(slot)] {
			continue
		}
		var soon *store.Duty
		var risk measure.Value
		first := make([]*store.Duty, len(unanswered))
		at, stuck := len(stuckSteps), (*store.Duty)(nil)
		for i := range line.Duties {
			d := &line.Duties[i]
			if d.Excused {
				continue
			}
			if left := l.today.DaysUntil(d.Due); d.Binding && d.Nature == string(law.Deadline) && left >= 0 && left < foreseen && (soon == nil || d.Due < soon.Due) {
				t := measure.Trial{Rule: d.Rule, Step: assessedStep(line), Weeks: 1 + left/7}
				if f.learned.Named(t) {
					soon = d
					risk.Num, risk.Den = f.learned.Risk(t)
				}
			}
			for u := range answers {
				if slices.Contains(answers[u], d.Rule) && (first[u] == nil || d.Due < first[u].Due) {
					first[u] = d
				}
			}
			if d.Due < l.today {
				for step := range at {
					if slices.Contains(steps[step], d.Rule) {
						at, stuck = step, d
						break
					}
				}
			}
		}
		if soon != nil {
			s.add("soon", line, soon, risk)
		}
		for u, d := range first {
			if d != nil {
				s.add(unanswered[u].key, line, d, measure.Value{})
				s.add(fmt.Sprintf("%s-%d", unanswered[u].key, answerBand(d.Due, l.today)), line, d, measure.Value{})
			}
		}
		if stuck != nil {
			s.add("stuck-"+stuckSteps[at].key, line, stuck, measure.Value{})
		}
		if line.Setting != "" {
			continue
		}
		switch line.Stage {
		case casework.RequestStage, casework.AssessmentStage, casework.ClosedStage, casework.NoStage:
		case casework.DraftStage:
			s.add("draft-no-setting", line, nil, measure.Value{})
		default:
			s.add("no-setting", line, nil, measure.Value{})
			if age := ageGroup(line.Born, l.today); !line.Born.IsZero() && (age == 1 || age == 2) {
				s.add("no-setting-school-age", line, nil, measure.Value{})
			}
		}
	}
	return s
}

// assessedStep is the step of a line on the way to a plan, as a forecast knows it.
func assessedStep(line *store.Line) string {
	switch line.Stage {
	case casework.RequestStage, casework.AssessmentStage, casework.DraftStage:
		return string(line.Stage)
	}
	return string(casework.NoStage)
}
