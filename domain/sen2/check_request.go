package sen2

const (
	sixWeeks     = 42 // days
	sixteenWeeks = 112
	twentyWeeks  = 140
	fourWeeks    = 28
)

var requestChecks = []*Check{
	{Code: "S-011", Level: OfRequest, Severity: Query, Fields: []string{"Assessment"}, Needs: needsReading, Source: "The guide of 2023, page 21: none or one", Confidence: quoted,
		Words: "A request holds more than one Assessment; the first was read."},
	{Code: "S-012", Level: OfAssessment, Severity: Query, Fields: []string{"NamedPlan"}, Needs: needsReading, Source: "The guide of 2023, pages 21 and 24: none or one", Confidence: quoted,
		Words: "An assessment holds more than one NamedPlan; the first was read."},
	{Code: "S-013", Level: OfRequest, Severity: Query, Fields: []string{"ActivePlans"}, Needs: needsReading, Source: "The guide of 2023, page 28: none or one", Confidence: quoted,
		Words: "A request holds more than one ActivePlans; the first was read."},
	{Code: "S-030", Level: OfRequest, Severity: Fault, Milder: "the outcome is H", Fields: []string{"ReceivedDate"}, Source: "The guide: the day starts the 20 weeks", Confidence: deduced,
		Words: "The day on which the request was received is missing.",
		find: func(x *at) {
			r := x.request
			if !r.Received.IsZero() {
				return
			}
			if r.Outcome == "H" {
				if m, ok := x.marks.find(x.element, x.nth, 0, "ReceivedDate"); !ok || !m.wrong {
					x.queries("ReceivedDate", "The day on which the request was received is not given. The outcome is H, so it may not be known.")
				}
				return
			}
			x.lacks("ReceivedDate", "The day on which the request was received is not given.")
		}},
	{Code: "S-031", Level: OfRequest, Severity: Fault, Fields: []string{"ReceivedDate"}, Source: "The item's use", Confidence: deduced,
		Words: "The request was received after the reference date or before birth.",
		find: func(x *at) {
			switch on := x.request.Received; {
			case on.IsZero():
			case on > x.census:
				x.finds("ReceivedDate", "The request was received on %s, after the reference date, %s.", on.Words(), x.census.Words())
			case on < x.person.Born:
				x.finds("ReceivedDate", "The request was received on %s, before the person was born, on %s.", on.Words(), x.person.Born.Words())
			}
		}},
	{Code: "S-032", Level: OfRequest, Severity: Fault, Fields: []string{"RequestOutcome"}, Source: "The guide's list of outcomes", Confidence: quoted,
		Words: "The request's outcome is missing or not Y, N, A, W or H.",
		find: func(x *at) {
			switch o := x.request.Outcome; {
			case o == "":
				x.finds("RequestOutcome", "The request's outcome is not given.")
			case !x.codes.requested.has(o):
				x.finds("RequestOutcome", "%s is not an outcome of a request: expected %s.", shown(o), RequestOutcomes.list())
			}
		}},
	{Code: "S-033", Level: OfRequest, Severity: Fault, Fields: []string{"RequestOutcome", "RequestOutcomeDate"}, Source: "The guide: the day on which the requester was told; not asked for W, A and H", Confidence: quoted,
		Words: "The outcome is Y or N, and its day is missing.",
		find: func(x *at) {
			if r := x.request; (r.Outcome == "Y" || r.Outcome == "N") && r.OutcomeOn.IsZero() {
				x.lacks("RequestOutcomeDate", "The outcome is %s, and RequestOutcomeDate is not given.", r.Outcome)
			}
		}},
	{Code: "S-034", Level: OfRequest, Severity: Query, Fields: []string{"RequestOutcome", "RequestOutcomeDate", "RequestMediation", "RequestTribunal", "Exported"}, Source: "The guide: when it is A, W or H, no further information is required in the module", Confidence: quoted,
		Words: "The outcome is A, W or H, and a day, mediation, a tribunal or a move is given.",
		find: func(x *at) {
			r := x.request
			if r.Outcome != "A" && r.Outcome != "W" && r.Outcome != "H" {
				return
			}
			const words = "The outcome is %s, for which %s is not asked."
			if !r.OutcomeOn.IsZero() {
				x.finds("RequestOutcomeDate", words, r.Outcome, "a day")
			}
			if r.Mediation == "1" {
				x.finds("RequestMediation", words, r.Outcome, "mediation")
			}
			if r.Tribunal == "1" {
				x.finds("RequestTribunal", words, r.Outcome, "a tribunal")
			}
			if r.Exported != "" {
				x.finds("Exported", words, r.Outcome, "a move")
			}
		}},
	{Code: "S-035", Level: OfRequest, Severity: Fault, Fields: []string{"RequestOutcomeDate", "ReceivedDate"}, Source: "The items' use", Confidence: deduced,
		Words: "The request was decided before it was received.",
		find: func(x *at) {
			if r := x.request; !r.OutcomeOn.IsZero() && r.OutcomeOn < r.Received {
				x.finds("RequestOutcomeDate", "The request was decided on %s, before it was received, on %s.", r.OutcomeOn.Words(), r.Received.Words())
			}
		}},
	{Code: "S-036", Level: OfRequest, Severity: Fault, Fields: []string{"RequestOutcome", "Assessment", "ActivePlans"}, Source: "The guide, for the module; that it holds for what follows is a deduction", Confidence: deduced,
		Words: "The outcome is A or W, and there is an assessment or an active plan.",
		find: func(x *at) {
			if r := x.request; (r.Outcome == "A" || r.Outcome == "W") && (r.Assessment != nil || r.Active != nil) {
				x.finds("RequestOutcome", "The outcome is %s, and an assessment or an active plan follows.", r.Outcome)
			}
		}},
	{Code: "S-037", Level: OfRequest, Severity: Query, Fields: []string{"RequestOutcome", "RequestMediation", "RequestTribunal", "Assessment"}, Source: "The guide: a decision overturned keeps N, and the indicator says why", Confidence: quoted,
		Words: "The outcome is N, an assessment follows, and neither mediation nor a tribunal is indicated.",
		find: func(x *at) {
			if r := x.request; r.Outcome == "N" && r.Assessment != nil && r.Mediation != "1" && r.Tribunal != "1" {
				x.finds("RequestOutcome", "The outcome is N and an assessment follows: was it mediation or the tribunal that changed it?")
			}
		}},
	{Code: "S-038", Level: OfRequest, Severity: Query, Fields: []string{"RequestOutcome", "Assessment"}, Source: "The modules' sense", Confidence: deduced,
		Words: "The outcome is Y, and there is no assessment.",
		find: func(x *at) {
			if r := x.request; r.Outcome == "Y" && r.Assessment == nil {
				x.finds("RequestOutcome", "The outcome is Y, and no assessment follows.")
			}
		}},
	{Code: "S-039", Level: OfRequest, Severity: Fault, Milder: "it is missing from the 2025 return, in which it was voluntary", From: 2025, Fields: []string{"RequestSource", "ReceivedDate"}, Source: "A supplier's notes and a third party's page", Confidence: oneWord,
		Words: "The source of a request received in the calendar year is missing, or is not 1 to 5.",
		find: func(x *at) {
			switch r := x.request; {
			case r.Source == "":
				if !r.Received.IsZero() && x.period.Contains(r.Received) {
					x.finds("RequestSource", "The request was received in the year, and its source is not given.")
				}
			case !x.codes.source.has(r.Source):
				x.tell(Fault, x.element, 0, "RequestSource", "%s is not a source of a request: expected %s.", shown(r.Source), RequestSources.list())
			}
		}},
	{Code: "S-041", Level: OfRequest, Severity: Query, Fields: []string{"RequestOutcome", "RequestOutcomeDate", "AssessmentOutcome", "AssessmentOutcomeDate"}, Source: "The guide: H is decided before the latest collection period", Confidence: quoted,
		Words: "An outcome of H is dated in the calendar year (for an assessment, unless the plan was transferred in), or one of Y or N before it.",
		find: func(x *at) {
			r := x.request
			const late, early = "The outcome is H, decided before the year, and its day is %s.", "The outcome is %s on %s, before the year; one from before it is H."
			switch {
			case r.OutcomeOn.IsZero():
			case r.Outcome == "H" && x.period.Contains(r.OutcomeOn):
				x.finds("RequestOutcomeDate", late, r.OutcomeOn.Words())
			case (r.Outcome == "Y" || r.Outcome == "N") && r.OutcomeOn < x.period.First:
				x.finds("RequestOutcomeDate", early, r.Outcome, r.OutcomeOn.Words())
			}
			a := r.Assessment
			switch {
			case a == nil || a.OutcomeOn.IsZero():
			case a.Outcome == "H" && x.period.Contains(a.OutcomeOn) && (r.Active == nil || r.Active.TransferLA == ""):
				x.inside(assessmentPart, 0, "AssessmentOutcomeDate", late, a.OutcomeOn.Words())
			case (a.Outcome == "Y" || a.Outcome == "N") && a.OutcomeOn < x.period.First:
				x.inside(assessmentPart, 0, "AssessmentOutcomeDate", early, a.Outcome, a.OutcomeOn.Words())
			}
		}},
	{Code: "S-042", Level: OfRequest, Severity: Query, Fields: []string{"RequestTribunal", "RequestOutcome"}, Source: "No appeal lies against agreeing to assess", Confidence: deduced,
		Words: "A tribunal about the request is indicated, and the outcome is Y.",
		find: func(x *at) {
			if r := x.request; r.Tribunal == "1" && r.Outcome == "Y" {
				x.finds("RequestTribunal", "RequestTribunal is 1 and the outcome Y: no appeal lies against agreeing to assess. A decision that was overturned stays N.")
			}
		}},
	{Code: "S-043", Level: OfRequest, Severity: Query, Fields: []string{"RequestOutcomeDate", "ReceivedDate"}, Source: "SEND Regulations 2014, regulation 5(1)", Confidence: quoted,
		Words: "The request was decided more than six weeks after it was received.",
		find: func(x *at) {
			if r := x.request; !r.Received.IsZero() && !r.OutcomeOn.IsZero() && r.OutcomeOn > r.Received+sixWeeks {
				x.finds("RequestOutcomeDate", "The request was decided %d days after it was received; the limit is %d.", r.Received.DaysUntil(r.OutcomeOn), sixWeeks)
			}
		}},
	{Code: "S-044", Level: OfRequest, Severity: Fault, Fields: []string{"Exported"}, Source: "A reader of councils' files takes it for a local authority's number", Confidence: oneWord,
		Words: "Exported is not three digits, or is the council's own number.",
		find: func(x *at) {
			switch to := x.request.Exported; {
			case to == "":
			case !threeDigits(to):
				x.finds("Exported", "%s is not the three-digit number of a local authority.", shown(to))
			case to == x.own:
				x.finds("Exported", "%s is this council's own number; the item says where the person moved to.", to)
			}
		}},
}
