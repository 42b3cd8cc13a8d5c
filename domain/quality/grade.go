package quality

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Grade is what the answers make of a plan. The texts are stored.
type Grade string

// Grades.
const (
	NoGrade     Grade = ""
	Outstanding Grade = "outstanding"
	Good        Grade = "good"
	Improve     Grade = "requires-improvement"
	Inadequate  Grade = "inadequate"
)

// Grades is every grade from the best, with its words.
var Grades = []struct {
	Grade Grade
	Words string
}{
	{Outstanding, "Outstanding"}, {Good, "Good"}, {Improve, "Requires improvement"}, {Inadequate, "Inadequate"},
}

// Words returns what a grade is called.
func (g Grade) Words() string {
	for _, row := range Grades {
		if row.Grade == g {
			return row.Words
		}
	}
	return "No grade yet"
}

// Rank orders grades: 0 is the best.
func (g Grade) Rank() int {
	for i, row := range Grades {
		if row.Grade == g {
			return i
		}
	}
	return len(Grades)
}

// Sound reports whether a grade is good or better.
func (g Grade) Sound() bool { return g == Good || g == Outstanding }

// Weights is how the local area weighs the parts, and where it draws the lines.
// None of it is law.
type Weights struct {
	Parts       map[Part]int `json:"parts"`       // from 0: what does not count, to MostWeight
	Outstanding int          `json:"outstanding"` // the least mean, in hundredths of a mark
	Good        int          `json:"good"`
}

// MostWeight is the most that a part can weigh.
const MostWeight = 5

// DefaultWeights is Weald's own choice: every question weighs the same, 2.50 of 3
// marks are outstanding and 1.80 good.
func DefaultWeights() Weights {
	w := Weights{Parts: map[Part]int{}, Outstanding: 250, Good: 180}
	for _, p := range Parts {
		w.Parts[p.Part] = 1
	}
	return w
}

// Wrong returns what is wrong with weights, by the name of the part or line; none
// when they can be used.
func (w Weights) Wrong() map[string]string {
	wrong := map[string]string{}
	any := false
	for _, p := range Parts {
		n, ok := w.Parts[p.Part]
		if !ok || n < 0 || n > MostWeight {
			wrong[string(p.Part)] = fmt.Sprintf("The weight of %s must be a whole number from 0 to %d", strings.ToLower(p.Words), MostWeight)
		}
		any = any || n > 0
	}
	if !any {
		wrong[string(Compliance)] = "At least one part must have a weight"
	}
	if w.Good <= 0 || w.Good > 300 {
		wrong["good"] = "The least mean for good must be more than 0 and at most 3"
	}
	if w.Outstanding < w.Good || w.Outstanding > 300 {
		wrong["outstanding"] = "The least mean for outstanding must be at least that for good, and at most 3"
	}
	return wrong
}

// A Score is what a part or a whole audit has, before any cap.
type Score struct {
	Sum, Of int // marks times weight, and the weight that was asked; Of 0: nothing was
}

// Mean returns the mean mark in hundredths, rounded down so that no plan has a
// grade that its marks do not reach.
func (s Score) Mean() int {
	if s.Of == 0 {
		return 0
	}
	return 100 * s.Sum / s.Of
}

// Words writes the mean as marks: 2.35.
func (s Score) Words() string { return Hundredths(s.Mean()) }

// Hundredths writes a number of hundredths with its point.
func Hundredths(n int) string {
	return strconv.Itoa(n/100) + "." + fmt.Sprintf("%02d", n%100)
}

// A Judgement is the grade with everything that it follows from.
type Judgement struct {
	Grade   Grade
	Whole   Score
	ByPart  map[Part]Score // unweighted
	Failed  []*Question    // gates that are not met
	Answers int            // questions answered, those that do not apply among them
	Reasons []string       // why it is this grade, in order
}

// Judge grades the answers of an audit. An answer that says less never makes the
// grade better. The grade of a sheet with gaps is what it would be without the
// questions that have no answer.
func Judge(s Sheet, w Weights) *Judgement {
	j := &Judgement{ByPart: map[Part]Score{}}
	statutory, quantity := 0, true
	for i := range Questions {
		q := &Questions[i]
		a := s[q.Number]
		if a != Unanswered {
			j.Answers++
		}
		mark, ok := a.Mark()
		if !ok {
			continue
		}
		part := j.ByPart[q.Part]
		j.ByPart[q.Part] = Score{part.Sum + mark, part.Of + 1}
		j.Whole.Sum += mark * w.Parts[q.Part]
		j.Whole.Of += w.Parts[q.Part]
		if q.Gate != NoGate && a.Short() {
			j.Failed = append(j.Failed, q)
			if q.Gate == Statutory {
				statutory++
			}
			quantity = quantity && !(q.Number == quantified && a == Absent)
		}
	}
	if j.Whole.Of == 0 {
		return j
	}
	mean := j.Whole.Mean()
	j.say("The mean of the answers, weighed, is %s of 3.00.", j.Whole.Words())
	switch {
	case mean >= w.Outstanding:
		j.Grade = Outstanding
		j.say("A mean of %s or more is outstanding.", Hundredths(w.Outstanding))
	case mean >= w.Good:
		j.Grade = Good
		j.say("A mean of %s or more, and less than %s, is good.", Hundredths(w.Good), Hundredths(w.Outstanding))
	default:
		j.Grade = Improve
		j.say("A mean of less than %s requires improvement.", Hundredths(w.Good))
	}
	if len(j.Failed) > 0 {
		j.Grade = Improve
		j.say("A gate is not met (%s), so it cannot be better than requires improvement.", numbers(j.Failed))
	}
	switch {
	case !quantity:
		j.Grade = Inadequate
		j.say("Section F is not quantified (question %d), so it is inadequate.", quantified)
	case statutory >= 2:
		j.Grade = Inadequate
		j.say("%d gates that the law sets are not met, and two or more make it inadequate.", statutory)
	}
	return j
}

// quantified is the number of the question whether section F is quantified.
const quantified = 6

func (j *Judgement) say(format string, args ...any) {
	j.Reasons = append(j.Reasons, fmt.Sprintf(format, args...))
}

func numbers(all []*Question) string {
	var words []string
	for _, q := range all {
		words = append(words, strconv.Itoa(q.Number))
	}
	if len(words) == 1 {
		return "question " + words[0]
	}
	return "questions " + strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// Shortfalls returns the questions answered in part or not at all, the gates
// first, then in order.
func (s Sheet) Shortfalls() (all []*Question) {
	for i := range Questions {
		if s[Questions[i].Number].Short() {
			all = append(all, &Questions[i])
		}
	}
	slices.SortStableFunc(all, func(a, b *Question) int {
		switch ag, bg := a.Gate != NoGate, b.Gate != NoGate; {
		case ag == bg:
			return 0
		case ag:
			return -1
		}
		return 1
	})
	return all
}
