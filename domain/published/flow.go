package published

import (
	"weald/calendar"
	"weald/domain/sen2"
)

// request counts a request received in the calendar year.
func (t *Tally) request(p *sen2.Person, r *sen2.Request) {
	if !t.inYear(r.Received) || r.Outcome == "H" {
		return
	}
	n := t.n[mRequests]
	n[0]++
	switch r.Outcome {
	case "Y":
		n[1]++
	case "N":
		n[2]++
	case "A":
		n[3]++
	case "W":
		n[4]++
	default:
		n[5]++
	}
	t.add(mRequests, 6, r.RYA == "1")
	t.disputed(mRequests, 7, r.Mediation, r.Tribunal)
	if (r.Outcome == "Y" || r.Outcome == "N") && !r.OutcomeOn.IsZero() && !r.OutcomeOn.Before(r.Received) {
		if r.Received.DaysUntil(r.OutcomeOn) <= 42 {
			t.n[mSixWeeks][0]++
		} else {
			t.n[mSixWeeks][1]++
		}
	}
	t.n[mRequestAge][ageOpen(p.Born, r.Received)]++
	source := 5 // not given
	if len(r.Source) == 1 && r.Source[0] >= '1' && r.Source[0] <= '5' {
		source = int(r.Source[0] - '1')
	}
	t.n[mRequestSource][source]++
}

// disputed counts a mediation, an appeal, and both.
func (t *Tally) disputed(m, column int, mediation, tribunal string) {
	t.add(m, column, mediation == "1")
	t.add(m, column+1, tribunal == "1")
	t.add(m, column+2, mediation == "1" && tribunal == "1")
}

// assessment counts an assessment concluded in the calendar year, and the plan
// that it led to.
func (t *Tally) assessment(r *sen2.Request) {
	a := r.Assessment
	if a == nil {
		return
	}
	t.newPlan(r)
	issued := Issued(a)
	counted := true
	switch {
	case a.Outcome == "Y" && t.inYear(issued):
		t.n[mAssessments][1]++
		t.issued(r, issued)
	case a.Outcome == "N" && t.inYear(a.OutcomeOn):
		t.n[mAssessments][2]++
		if !r.Received.IsZero() && !a.OutcomeOn.Before(r.Received) {
			if r.Received.DaysUntil(a.OutcomeOn) <= 112 {
				t.n[mSixteenWeeks][0]++
			} else {
				t.n[mSixteenWeeks][1]++
			}
		}
	case a.Outcome == "W":
		t.n[mAssessments][3]++
	default:
		counted = false
	}
	if counted {
		t.n[mAssessments][0]++
		t.disputed(mAssessments, 4, a.Mediation, a.Tribunal)
		t.disputed(mAssessments, 7, a.OtherMediation, a.OtherTribunal)
	}
}

// Issued returns the day on which the plan of an assessment was issued: the day
// of the outcome or, if it is not given, the plan's start, which may move when a
// plan is amended. It is zero when no plan was issued.
func Issued(a *sen2.Assessment) calendar.Date {
	switch {
	case a.Outcome != "Y":
		return 0
	case !a.OutcomeOn.IsZero() || a.Plan == nil:
		return a.OutcomeOn
	}
	return a.Plan.Start
}

// newPlan counts a plan that started in the calendar year.
func (t *Tally) newPlan(r *sen2.Request) {
	if r.Assessment.Plan == nil || !t.inYear(r.Assessment.Plan.Start) || r.Active != nil && r.Active.TransferLA != "" {
		return
	}
	t.n[mNew][0]++
	t.n[mNewNeed][needColumn(r.Active)]++
}

// Disputed reports whether a request or its assessment went to mediation or the
// Tribunal, for any of the six reasons that the return knows.
func Disputed(r *sen2.Request) bool {
	a := r.Assessment
	return r.Mediation == "1" || r.Tribunal == "1" || a != nil && (a.Mediation == "1" || a.Tribunal == "1" || a.OtherMediation == "1" || a.OtherTribunal == "1")
}

// issued counts how long a plan took, in each of the four ways.
func (t *Tally) issued(r *sen2.Request, on calendar.Date) {
	band := 4 // no day of request
	days := -1
	if !r.Received.IsZero() && !on.Before(r.Received) {
		switch days = r.Received.DaysUntil(on); {
		case days <= 140:
			band = 1
		case days <= 364:
			band = 2
		default:
			band = 3
		}
	}
	excepted, disputed := r.Assessment.Week20 == "1", Disputed(r)
	for _, way := range [...]struct {
		m       int
		counted bool
	}{{mTwenty, true}, {mTwentyExcept, !excepted}, {mTwentyOwn, !disputed}, {mTwentyOwnExcept, !disputed && !excepted}} {
		if way.counted {
			t.n[way.m][0]++
			t.n[way.m][band]++
		}
	}
	if days >= 0 {
		t.days[0], t.timed[0] = t.days[0]+days, t.timed[0]+1
		if !excepted {
			t.days[1], t.timed[1] = t.days[1]+days, t.timed[1]+1
		}
	}
}

// ageAt returns the column of an age among those from one to another, with one
// below and, after them, one for unknown.
func ageAt(born, on calendar.Date, from, to int) int {
	if born.IsZero() || on.IsZero() || on.Before(born) {
		return to - from + 2
	}
	return min(max(calendar.Age(born, on)-from+1, 0), to-from+1)
}

// ageOpen is ageAt for the ages from 3 to 19, of which the last are together.
func ageOpen(born, on calendar.Date) int { return ageAt(born, on, 3, 20) }

func sexColumn(p *sen2.Person) int {
	switch {
	case p.Sex == "F" || p.Gender == "2":
		return 0
	case p.Sex == "M" || p.Gender == "1":
		return 1
	}
	return 2
}

func ethnicColumn(code string) int {
	for i := range ethnicities {
		if ethnicities[i].code == code {
			return i
		}
	}
	return len(ethnicities) - 1
}

// needColumn returns the column of the need that is ranked first.
func needColumn(a *sen2.ActivePlan) int {
	code := ""
	if a != nil {
		for i := range a.Needs {
			if a.Needs[i].Rank == "1" {
				code = a.Needs[i].Type
				break
			}
		}
	}
	if code == "DS" {
		code = "OTH"
	}
	for i, known := range needs {
		if known == code {
			return i
		}
	}
	return len(needs) - 1
}
