package sen2

import (
	"cmp"

	"weald/calendar"
	"weald/domain/casework"
)

// issued returns the day on which a plan was first issued, as far as the return
// gives it.
func issued(a *Assessment) day {
	switch {
	case a.Plan != nil && !a.Plan.Start.IsZero():
		return day{a.Plan.Start, "StartDate", "the plan was made"}
	case a.Outcome == "Y":
		return day{a.OutcomeOn, "AssessmentOutcomeDate", "the plan was issued"}
	}
	return day{}
}

func (t *teller) assessment(r *Request, received, decided day) {
	a := r.Assessment
	if a.Week20 == "1" {
		t.fact("Exception to the 20 weeks", "stated in the return, without its ground", a.Line, "Week20")
	}
	t.dispute("About the decision to make a plan", a.Mediation, a.Tribunal, a.Line, "AssessmentMediation", "AssessmentTribunal")
	t.dispute("About the assessment, other", a.OtherMediation, a.OtherTribunal, a.Line, "OtherMediation", "OtherTribunal")
	refused := day{}
	switch a.Outcome {
	case "W":
		t.fact("Assessment withdrawn", "before a decision; the day is not in the return", a.Line, "AssessmentOutcome")
	case "N":
		refused = day{a.OutcomeOn, "AssessmentOutcomeDate", "the family was told that no plan would be made"}
		if t.follows(a.Line, refused, received, decided) {
			t.tell(refused.on, a.Line, "AssessmentOutcome", casework.NoPlanNoticeSent)
		} else {
			refused.on = 0
		}
	case "Y":
		if a.Plan == nil && !a.OutcomeOn.IsZero() {
			t.find(Query, a.Line, "NamedPlan", "A plan was issued on %s, but is not in the return.", a.OutcomeOn.Words())
		}
	}
	made := issued(a)
	if p := a.Plan; p != nil && p.Start.IsZero() {
		t.find(Query, p.Line, "StartDate", "The plan has no start date.")
	} else if p != nil && a.Outcome == "Y" && !a.OutcomeOn.IsZero() && a.OutcomeOn != p.Start {
		t.find(Query, p.Line, "StartDate", "The plan starts on %s and AssessmentOutcomeDate is %s; the start date was used.", p.Start.Words(), a.OutcomeOn.Words())
	}
	born := day{t.p.Born, "PersonBirthDate", "the person was born"}
	earlier := []day{born, received, decided, refused}
	if a.Outcome == "H" || a.Outcome == "S" {
		earlier = earlier[:1] // a plan that came from elsewhere may be older than the request
	}
	line := a.Line
	if a.Plan != nil {
		line = a.Plan.Line
	}
	if t.follows(line, made, earlier...) {
		t.tell(made.on, line, made.item, casework.PlanFinalised)
	} else {
		made.on = 0
	}
	if p := a.Plan; p != nil {
		t.planFacts(p)
		if ceased := (day{p.CeasedOn, "CeaseDate", "the plan ceased"}); t.follows(p.Line, ceased, born, day{p.Start, "StartDate", "the plan was made"}) {
			t.ceased(p)
		}
		if p.CeasedOn.IsZero() && r.Active == nil && !made.on.IsZero() {
			if p.Reason == "" {
				t.find(Query, p.Line, "ActivePlans", "The plan has not ceased, and yet the return does not have it among active plans, so its reviews are not known.")
			}
			t.notRecorded(made.on, p.Line, "ActivePlans", "C01")
		}
	}
}

func (t *teller) planFacts(p *NamedPlan) {
	for i := range p.Details {
		t.place("Named in the plan", &p.Details[i].Place, 0, 0)
	}
	t.fact("Residential setting named", asGiven("PlanRes", p.Res), p.Line, "PlanRes")
	t.fact("Work-based learning named", asGiven("PlanWBP", p.WBP), p.Line, "PlanWBP")
	if p.PB == "1" {
		t.fact("Personal budget", "taken up", p.Line, "PB")
	}
	if p.OA == "1" {
		t.fact("Personal budget", "organised arrangements", p.Line, "OA")
	}
	if p.DP != "" {
		t.fact("Personal budget", "direct payments, "+asGiven("DP", p.DP), p.Line, "DP")
	}
}

// asGiven shows a code whose meaning is not known, or differs from year to year.
func asGiven(item, code string) string {
	if code == "" {
		return ""
	}
	return "code " + code + " of " + item
}

func (t *teller) ceased(p *NamedPlan) {
	if p.CeasedOn.IsZero() {
		if p.Reason != "" {
			t.find(Query, p.Line, "CeaseDate", "The plan ceased (%s), but the day is not given.", cmp.Or(CeaseReasons.Meaning(p.Reason), p.Reason))
		}
		return
	}
	switch p.Reason {
	case "5":
		t.tell(p.CeasedOn, p.Line, "CeaseDate", casework.PlanTransferredOut)
	case "7":
		t.tell(p.CeasedOn, p.Line, "CeaseDate", casework.LeftEngland)
	case "8":
		t.tell(p.CeasedOn, p.Line, "CeaseDate", casework.Deceased)
	case "1", "2", "3", "4", "6", "9":
		t.tell(p.CeasedOn, p.Line, "CeaseDate", casework.PlanCeased, "reason", p.Reason)
	default:
		t.find(Query, p.Line, "CeaseReason", "The plan ceased on %s, but no reason that is known is given.", p.CeasedOn.Words())
		t.tell(p.CeasedOn, p.Line, "CeaseDate", casework.PlanCeased)
	}
}

func (t *teller) place(what string, p *Place, entry, leaving calendar.Date) {
	value, item := "", ""
	switch {
	case p.URN != "":
		value, item = "URN "+p.URN, "URN"
	case p.UKPRN != "":
		value, item = "UKPRN "+p.UKPRN, "UKPRN"
	case p.Setting != "":
		value, item = cmp.Or(SettingTypes.Meaning(p.Setting), p.Setting), "SENsetting"
	default:
		return
	}
	if p.Other != "" {
		value += " (" + p.Other + ")"
	}
	if p.Rank == "2" {
		what += " (second)"
	}
	if !entry.IsZero() {
		value += ", from " + entry.Words()
	}
	if !leaving.IsZero() {
		value += ", to " + leaving.Words()
	}
	if p.Unit == "1" {
		value += ", SEN unit"
	}
	if p.Resourced == "1" {
		value += ", resourced provision"
	}
	t.fact(what, value, p.Line, item)
}

func (t *teller) activeFacts(a *ActivePlan) {
	for i := range a.Placements {
		p := &a.Placements[i]
		if !p.Leaving.IsZero() && p.Leaving < p.Entry {
			t.find(Fault, p.Line, "LeavingDate", "LeavingDate is %s, which is before EntryDate, %s.", p.Leaving.Words(), p.Entry.Words())
		}
		t.place("Attends", &p.Place, p.Entry, p.Leaving)
		t.fact("Residential setting", asGiven("Res", p.Res), p.Line, "Res")
		t.fact("Work-based learning", asGiven("WBP", p.WBP), p.Line, "WBP")
		t.fact("Attendance pattern", asGiven("AttendancePattern", p.Pattern), p.Line, "AttendancePattern")
	}
	t.fact("Residential setting", asGiven("Res", a.Res), a.Line, "Res")
	t.fact("Work-based learning", asGiven("WBP", a.WBP), a.Line, "WBP")
	for _, n := range a.Needs {
		name := "Need"
		switch n.Rank {
		case "1":
			name = "Primary need"
		case "2":
			name = "Secondary need"
		}
		t.coded(name, NeedTypes, n.Type, n.Line, "SENtype")
	}
}
