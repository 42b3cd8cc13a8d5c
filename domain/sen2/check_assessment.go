package sen2

var assessmentChecks = []*Check{
	{Code: "S-050", Level: OfAssessment, Severity: Fault, Fields: []string{"AssessmentOutcome"}, Source: "The guide's list of outcomes; S is one supplier's, allowed by a setting", Confidence: quoted,
		Words: "The assessment's outcome is missing or not Y, N, A, W or H.",
		find: func(x *at) {
			switch o := x.assessment.Outcome; {
			case o == "":
				x.finds("AssessmentOutcome", "The assessment's outcome is not given.")
			case o == "S" && !x.options.AllowS:
				x.finds("AssessmentOutcome", "“S” is one supplier's outcome, which the guide does not have: expected Y, N, A, W or H.")
			case !x.codes.assessed.has(o):
				x.finds("AssessmentOutcome", "%s is not an outcome of an assessment: expected Y, N, A, W or H.", shown(o))
			}
		}},
	{Code: "S-051", Level: OfAssessment, Severity: Fault, Fields: []string{"AssessmentOutcome", "AssessmentOutcomeDate"}, Source: "The guide: the day is required for N", Confidence: quoted,
		Words: "The outcome is N, and its day is missing.",
		find: func(x *at) {
			if a := x.assessment; a.Outcome == "N" && a.OutcomeOn.IsZero() {
				x.lacks("AssessmentOutcomeDate", "The outcome is N, and AssessmentOutcomeDate is not given.")
			}
		}},
	{Code: "S-052", Level: OfAssessment, Severity: Query, Fields: []string{"AssessmentOutcome", "AssessmentOutcomeDate", "NamedPlan", "StartDate"}, Source: "The guide: the day is that on which the plan was issued", Confidence: quoted,
		Words: "The outcome is Y with a day and no plan, or with a plan that has started and no day.",
		find: func(x *at) {
			a := x.assessment
			switch {
			case a.Outcome != "Y":
			case !a.OutcomeOn.IsZero() && a.Plan == nil:
				x.finds("AssessmentOutcomeDate", "A plan was issued on %s, and there is no NamedPlan.", a.OutcomeOn.Words())
			case a.OutcomeOn.IsZero() && a.Plan != nil && !a.Plan.Start.IsZero():
				x.lacks("AssessmentOutcomeDate", "The plan started on %s, and AssessmentOutcomeDate is not given.", a.Plan.Start.Words())
			}
		}},
	{Code: "S-053", Level: OfAssessment, Severity: Fault, Fields: []string{"AssessmentOutcome", "NamedPlan", "ActivePlans"}, Source: "The guide: for A and W no further information is required in this or subsequent modules", Confidence: quoted,
		Words: "The outcome is A or W, and there is a plan.",
		find: func(x *at) {
			if a := x.assessment; (a.Outcome == "A" || a.Outcome == "W") && (a.Plan != nil || x.active != nil) {
				x.finds("AssessmentOutcome", "The outcome is %s, and a plan follows.", a.Outcome)
			}
		}},
	{Code: "S-054", Level: OfAssessment, Severity: Query, Fields: []string{"AssessmentOutcome", "NamedPlan"}, Source: "The guide: on an active plan with H, plan information is still required", Confidence: quoted,
		Words: "The outcome is H, and there is no plan.",
		find: func(x *at) {
			if a := x.assessment; a.Outcome == "H" && a.Plan == nil {
				x.finds("AssessmentOutcome", "The outcome is H, and there is no NamedPlan.")
			}
		}},
	{Code: "S-055", Level: OfAssessment, Severity: Fault, Milder: "the assessment and the request were decided on one day", Fields: []string{"AssessmentOutcomeDate", "ReceivedDate", "RequestOutcomeDate"}, Source: "The items' use", Confidence: deduced,
		Words: "The assessment was decided before the request was received or decided, or on the day it was decided.",
		find: func(x *at) {
			a, r := x.assessment, x.request
			switch on := a.OutcomeOn; {
			case on.IsZero():
			case on < r.Received:
				x.finds("AssessmentOutcomeDate", "The assessment was decided on %s, before the request was received, on %s.", on.Words(), r.Received.Words())
			case on < r.OutcomeOn:
				x.finds("AssessmentOutcomeDate", "The assessment was decided on %s, before the request was, on %s.", on.Words(), r.OutcomeOn.Words())
			case on == r.OutcomeOn:
				x.queries("AssessmentOutcomeDate", "The assessment and the request were both decided on %s.", on.Words())
			}
		}},
	{Code: "S-056", Level: OfAssessment, Severity: Query, Fields: []string{"AssessmentOutcome", "TransferLA"}, Source: "The guide: an authority that takes over a plan records the assessment as H", Confidence: quoted,
		Words: "The plan was transferred in, and the assessment's outcome is not H.",
		find: func(x *at) {
			if x.active != nil && x.active.TransferLA != "" && x.assessment.Outcome != "H" {
				x.finds("AssessmentOutcome", "The plan was transferred in from %s, and the assessment's outcome is %s; it should be H.", short(x.active.TransferLA), shown(x.assessment.Outcome))
			}
		}},
	{Code: "S-057", Level: OfAssessment, Severity: Query, Fields: []string{"AssessmentOutcome", "AssessmentMediation", "AssessmentTribunal", "OtherMediation", "OtherTribunal", "NamedPlan"}, Source: "The guide: a decision overturned keeps N, and an indicator says why", Confidence: quoted,
		Words: "The outcome is N, there is a plan, and neither mediation nor a tribunal is indicated.",
		find: func(x *at) {
			if a := x.assessment; a.Outcome == "N" && a.Plan != nil && a.Mediation != "1" && a.Tribunal != "1" && a.OtherMediation != "1" && a.OtherTribunal != "1" {
				x.finds("AssessmentOutcome", "The outcome is N and there is a plan: was it mediation or the tribunal that changed it?")
			}
		}},
	{Code: "S-058", Level: OfAssessment, Severity: Fault, Milder: "it is missing", Fields: []string{"Week20", "AssessmentOutcome", "AssessmentOutcomeDate"}, Source: "The guide's values, 1 and 0", Confidence: quoted,
		Words: "The assessment ended, and whether an exception to the 20 weeks applies is missing, or not 0 or 1.",
		find: func(x *at) {
			switch a := x.assessment; {
			case a.Week20 != "" && !yesNo(a.Week20):
				x.finds("Week20", "%s is not 0 or 1.", shown(a.Week20))
			case a.Week20 == "" && (a.Outcome == "N" || a.Outcome == "Y" && !a.OutcomeOn.IsZero()):
				x.queries("Week20", "Week20 does not say whether an exception to the 20 weeks applies.")
			}
		}},
	{Code: "S-059", Level: OfAssessment, Severity: Query, Fields: []string{"Week20", "ReceivedDate", "AssessmentOutcomeDate"}, Source: "The items' use", Confidence: deduced,
		Words: "The plan was issued within 20 weeks, and an exception to the 20 weeks is recorded.",
		find: func(x *at) {
			a, r := x.assessment, x.request
			if a.Outcome == "Y" && a.Week20 == "1" && !a.OutcomeOn.IsZero() && !r.Received.IsZero() && a.OutcomeOn <= r.Received+twentyWeeks {
				x.finds("Week20", "An exception is recorded, and the plan was issued within 20 weeks, after %d days.", r.Received.DaysUntil(a.OutcomeOn))
			}
		}},
	{Code: "S-060", Level: OfAssessment, Severity: Query, Fields: []string{"AssessmentOutcomeDate", "ReceivedDate", "Week20"}, Source: "SEND Regulations 2014, regulations 10(1) and 13(2)", Confidence: quoted,
		Words: "The family was told later than 16 weeks that there will be no plan, or the plan was issued later than 20 weeks without an exception.",
		find: func(x *at) {
			a, r := x.assessment, x.request
			if a.OutcomeOn.IsZero() || r.Received.IsZero() {
				return
			}
			switch days := r.Received.DaysUntil(a.OutcomeOn); {
			case a.Outcome == "N" && days > sixteenWeeks:
				x.finds("AssessmentOutcomeDate", "The family was told after %d days that there will be no plan; the limit is %d.", days, sixteenWeeks)
			case a.Outcome == "Y" && days > twentyWeeks && a.Week20 == "0":
				x.finds("AssessmentOutcomeDate", "The plan was issued after %d days, and no exception is recorded; the limit is %d.", days, twentyWeeks)
			}
		}},
}
