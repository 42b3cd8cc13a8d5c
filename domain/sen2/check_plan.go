package sen2

import "weald/calendar"

var planChecks = []*Check{
	{Code: "S-014", Level: OfPlan, Severity: Query, Fields: []string{"PlanDetail"}, Source: "The guide of 2023, page 26: one or two", Confidence: quoted,
		Words: "The plan names no setting, or more than two.",
		find: func(x *at) {
			if n := len(x.plan.Details); n == 0 || n > 2 {
				x.inside(namedPlanPart, 0, "PlanDetail", "The plan has %d PlanDetail; the guide allows one or two.", n)
			}
		}},
	{Code: "S-070", Level: OfPlan, Severity: Fault, Fields: []string{"StartDate"}, Source: "The guide: the day of the current plan", Confidence: quoted,
		Words: "The plan's start is missing, after the reference date, or before birth.",
		find: func(x *at) {
			switch on := x.plan.Start; {
			case on.IsZero():
				x.lacks("StartDate", "The plan's start is not given.")
			case on > x.census:
				x.finds("StartDate", "The plan started on %s, after the reference date, %s.", on.Words(), x.census.Words())
			case on < x.person.Born:
				x.finds("StartDate", "The plan started on %s, before the person was born, on %s.", on.Words(), x.person.Born.Words())
			}
		}},
	{Code: "S-071", Level: OfPlan, Severity: Query, Fields: []string{"StartDate", "AssessmentOutcomeDate"}, Source: "Both are the day on which the plan was issued", Confidence: deduced,
		Words: "The assessment's outcome is Y, and the plan started on another day than that of the outcome.",
		find: func(x *at) {
			if a := x.assessment; a.Outcome == "Y" && !a.OutcomeOn.IsZero() && !x.plan.Start.IsZero() && a.OutcomeOn != x.plan.Start {
				x.finds("StartDate", "The plan started on %s; the assessment says that it was issued on %s.", x.plan.Start.Words(), a.OutcomeOn.Words())
			}
		}},
	{Code: "S-072", Level: OfPlan, Severity: Fault, Fields: []string{"CeaseDate", "CeaseReason"}, Source: "The items' use", Confidence: deduced,
		Words: "Of the day on which the plan ceased and the reason, only one is given.",
		find: func(x *at) {
			switch n := x.plan; {
			case n.CeasedOn.IsZero() && n.Reason != "":
				x.lacks("CeaseDate", "There is a reason for which the plan ceased, %s, and no day.", short(n.Reason))
			case !n.CeasedOn.IsZero() && n.Reason == "":
				x.finds("CeaseReason", "The plan ceased on %s, and there is no reason.", n.CeasedOn.Words())
			}
		}},
	{Code: "S-073", Level: OfPlan, Severity: Fault, Fields: []string{"CeaseReason", "CeaseDate", "StartDate"}, Source: "The guide, item 4.6", Confidence: quoted,
		Words: "The reason for which the plan ceased is not 1 to 9, or it ceased before it started.",
		find: func(x *at) {
			n := x.plan
			if n.Reason != "" && !x.codes.reason.has(n.Reason) {
				x.finds("CeaseReason", "%s is not a reason for which a plan ceases: expected %s.", shown(n.Reason), CeaseReasons.list())
			}
			if !n.CeasedOn.IsZero() && n.CeasedOn < n.Start {
				x.finds("CeaseDate", "The plan ceased on %s, before it started, on %s.", n.CeasedOn.Words(), n.Start.Words())
			}
		}},
	{Code: "S-074", Level: OfPlan, Severity: Query, Fields: []string{"CeaseReason", "CeaseDate", "PersonBirthDate", "LeavingDate"}, Source: "The guide's wording of the reasons", Confidence: deduced,
		Words: "The plan ceased at the maximum age, and the person turned neither 25 nor 19 in that academic year; or the person died, and a placement has no end. (That a transfer has a destination is for the record to say: no item holds it.)",
		find: func(x *at) {
			n := x.plan
			switch {
			case n.CeasedOn.IsZero():
			case n.Reason == "1" && !x.person.Born.IsZero():
				year := calendar.AcademicYear(n.CeasedOn)
				if !year.Contains(calendar.Birthday(x.person.Born, 25)) && !year.Contains(calendar.Birthday(x.person.Born, 19)) {
					x.finds("CeaseReason", "The plan ceased on %s at the maximum age; the person was then %d.", n.CeasedOn.Words(), calendar.Age(x.person.Born, n.CeasedOn))
				}
			case n.Reason == "8" && x.active != nil:
				for i := range x.active.Placements {
					if x.active.Placements[i].Leaving.IsZero() {
						x.inside(placementPart, i+1, "LeavingDate", "The person died, and this placement has no end.")
					}
				}
			}
		}},
	{Code: "S-076", Level: OfPlan, Severity: Query, Fields: []string{"PersonBirthDate", "CeaseDate"}, Source: "The guide, item 4.6: the end of the academic year in which the young person turned 25", Confidence: quoted,
		Words: "The plan is in force after the end of the academic year in which the person turned 25.",
		find: func(x *at) {
			if born := x.person.Born; !born.IsZero() && x.inForce() {
				if end := calendar.AcademicYear(calendar.Birthday(born, 25)).Last; x.census > end {
					x.finds("StartDate", "The plan is in force on census day; the academic year in which the person turned 25 ended on %s.", end.Words())
				}
			}
		}},
	{Code: "S-077", Level: OfPlan, Severity: Fault, Fields: []string{"PlanRes", "PB", "OA", "DP"}, Source: "The guide's codes; that a part needs the whole is a deduction", Confidence: deduced,
		Words: "PlanRes is not A or B, PB or OA is not 0 or 1, or a part of a personal budget is given and PB is 0.",
		find: func(x *at) {
			n := x.plan
			if n.Res != "" && !x.codes.res.has(n.Res) {
				x.finds("PlanRes", "%s is not A or B.", shown(n.Res))
			}
			if n.PB != "" && !yesNo(n.PB) {
				x.finds("PB", "%s is not 0 or 1.", shown(n.PB))
			}
			if n.OA != "" && !yesNo(n.OA) {
				x.finds("OA", "%s is not 0 or 1.", shown(n.OA))
			}
			if n.PB == "0" && (n.OA == "1" || n.DP != "") {
				x.finds("PB", "PB is 0, and organised arrangements or direct payments are given.")
			}
		}},
	{Code: "S-078", Level: OfPlan, Severity: Query, Fields: []string{"CeaseDate", "ActivePlans"}, Source: "The headings of the specification of 2023, and a supplier's notes", Confidence: deduced,
		Words: "The plan ceased in the calendar year and has no ActivePlans, or it ceased before that year.",
		find: func(x *at) {
			switch on := x.plan.CeasedOn; {
			case on.IsZero():
			case on < x.period.First:
				x.finds("CeaseDate", "The plan ceased on %s, before the year of this return: should it be here?", on.Words())
			case on <= x.period.Last && x.active == nil:
				x.finds("CeaseDate", "The plan ceased on %s, in the year, and there is no ActivePlans with its placements.", on.Words())
			}
		}},
}
