package sen2

import (
	"time"

	"weald/calendar"
)

// age is the person's on census day.
func (x *at) age() int { return calendar.Age(x.person.Born, x.census) }

var activeChecks = []*Check{
	{Code: "S-015", Level: OfActive, Severity: Query, Fields: []string{"PlacementDetail"}, Source: "The guide of 2023, page 29: one or more", Confidence: quoted,
		Words: "The active plan has no placement.",
		find: func(x *at) {
			if len(x.active.Placements) == 0 {
				x.finds("PlacementDetail", "The active plan has no PlacementDetail.")
			}
		}},
	{Code: "S-016", Level: OfActive, Severity: Query, Fields: []string{"SENneed"}, Source: "The guide of 2023, page 31: one or two", Confidence: quoted,
		Words: "The active plan has no need, or more than two.",
		find: func(x *at) {
			if n := len(x.active.Needs); n == 0 || n > 2 {
				x.finds("SENneed", "The active plan has %d SENneed; the guide allows one or two.", n)
			}
		}},
	{Code: "S-086", Level: OfRequest, Severity: Fault, Fields: []string{"PlacementRank"}, Source: "The guide's codes; the rest is a deduction", Confidence: deduced,
		Words: "A rank is not 1 or 2, two settings of the same rank are in force together, or there is a rank 2 and no rank 1. (A placement that ends on the day on which the next begins is not taken to overlap it.)",
		find:  ranks},
	{Code: "S-091", Level: OfActive, Severity: Query, Fields: []string{"EntryDate", "LeavingDate"}, Source: "Mastodon C's checks 412 to 416", Confidence: oneWord,
		Words: "The plan is in force on census day, and none of its placements is.",
		find: func(x *at) {
			if len(x.active.Placements) == 0 || x.plan != nil && !x.inForce() {
				return // S-015 says that there is none
			}
			for i := range x.active.Placements {
				if p := &x.active.Placements[i]; p.Entry <= x.census && (p.Leaving.IsZero() || p.Leaving >= x.census) {
					return
				}
			}
			x.finds("PlacementDetail", "The plan is in force on census day, and none of its %d placements is.", len(x.active.Placements))
		}},
	{Code: "S-093", Level: OfActive, Severity: Fault, Fields: []string{"ReviewOutcome", "ReviewMeeting"}, Source: "A supplier's notes", Confidence: oneWord,
		Words: "The review's outcome is not A, C or M, or there is an outcome and no meeting.",
		find: func(x *at) {
			v := x.active
			if v.ReviewOutcome == "" {
				return
			}
			if !x.codes.review.has(v.ReviewOutcome) {
				x.finds("ReviewOutcome", "%s is not the outcome of a review: expected %s.", shown(v.ReviewOutcome), ReviewOutcomes.list())
			}
			if v.ReviewMeeting.IsZero() {
				x.lacks("ReviewMeeting", "There is an outcome of a review, and no meeting.")
			}
		}},
	{Code: "S-094", Level: OfActive, Severity: Query, Fields: []string{"ReviewMeeting", "LastReview", "ReviewOutcome"}, Source: "A supplier's notes, and the items' use", Confidence: deduced,
		Words: "The review meeting is after census day, its decision is before it, or the decision has a day and (from 2024) no outcome.",
		find: func(x *at) {
			v := x.active
			if v.ReviewMeeting > x.census {
				x.finds("ReviewMeeting", "The review meeting was on %s, after census day.", v.ReviewMeeting.Words())
			}
			if v.LastReview.IsZero() {
				return
			}
			if v.LastReview < v.ReviewMeeting {
				x.finds("LastReview", "The decision after the review was on %s, before the meeting, on %s.", v.LastReview.Words(), v.ReviewMeeting.Words())
			}
			if v.ReviewOutcome == "" && x.codes.reviewAsked {
				x.finds("ReviewOutcome", "The decision after the review was on %s, and what was decided is not given.", v.LastReview.Words())
			}
		}},
	{Code: "S-095", Level: OfActive, Severity: Query, Fields: []string{"LastReview", "ReviewMeeting"}, Source: "SEND Regulations 2014, regulations 20(10) and 21(9)", Confidence: quoted,
		Words: "The family was told of the decision more than four weeks after the review meeting.",
		find: func(x *at) {
			if v := x.active; !v.ReviewMeeting.IsZero() && v.LastReview > v.ReviewMeeting+fourWeeks {
				x.finds("LastReview", "The family was told %d days after the review meeting; the limit is %d.", v.ReviewMeeting.DaysUntil(v.LastReview), fourWeeks)
			}
		}},
	{Code: "S-096", Level: OfActive, Severity: Query, From: 2025, Fields: []string{"ReviewDraft", "ReviewOutcome", "ReviewMeeting"}, Source: "The items' use", Confidence: deduced,
		Words: "A draft amended plan was issued and the review did not decide to amend, or it decided so and four weeks after the meeting there is no draft.",
		find: func(x *at) {
			switch v := x.active; {
			case !v.ReviewDraft.IsZero() && v.ReviewOutcome != "A":
				x.finds("ReviewDraft", "A draft amended plan was issued on %s, and the review did not decide to amend.", v.ReviewDraft.Words())
			case v.ReviewDraft.IsZero() && v.ReviewOutcome == "A" && x.codes.draftAsked && !v.ReviewMeeting.IsZero() && v.ReviewMeeting+fourWeeks < x.census:
				x.lacks("ReviewDraft", "The review of %s decided to amend, and four weeks later no draft had been issued.", v.ReviewMeeting.Words())
			}
		}},
	{Code: "S-097", Level: OfActive, Severity: Query, From: 2024, Fields: []string{"ReviewMeeting", "StartDate"}, Source: "Children and Families Act 2014, section 44(1); the department's data of 2025", Confidence: quoted,
		Words: "The plan has been in place for more than 12 months on 31 December, and no review meeting was held in the calendar year.",
		find: func(x *at) {
			n, v := x.plan, x.active
			if n == nil || n.Start.IsZero() || n.Start.AddMonths(12) > x.period.Last || !n.CeasedOn.IsZero() && n.CeasedOn <= x.period.Last || x.period.Contains(v.ReviewMeeting) {
				return
			}
			x.lacks("ReviewMeeting", "The plan has been in place since %s, and no review meeting was held in %d.", n.Start.Words(), x.period.First.Year())
		}},
	{Code: "S-098", Level: OfActive, Severity: Query, From: 2025, Fields: []string{"PhaseTransferDueDate", "PhaseTransferFinalDate"}, Source: "SEND Regulations 2014, regulation 18, for the days, which it sets before 15 February and 31 March", Confidence: deduced,
		Words: "The final plan for a phase transfer has no due day, or the due day is not 15 February or 31 March or the day before it.",
		find: func(x *at) {
			v := x.active
			if v.TransferDue.IsZero() {
				if !v.TransferFinal.IsZero() {
					x.lacks("PhaseTransferDueDate", "A final plan for a phase transfer was issued on %s, and its due day is not given.", v.TransferFinal.Words())
				}
				return
			}
			switch _, month, day := v.TransferDue.Parts(); {
			case month == time.February && (day == 14 || day == 15), month == time.March && (day == 30 || day == 31):
			default:
				x.finds("PhaseTransferDueDate", "%s is neither 15 February nor 31 March, nor the day before.", v.TransferDue.Words())
			}
		}},
	{Code: "S-099", Level: OfActive, Severity: Fault, Fields: []string{"TransferLA"}, Source: "A reader of councils' files takes it for a local authority's number", Confidence: oneWord,
		Words: "TransferLA is not three digits, or is the council's own number.",
		find: func(x *at) {
			switch from := x.active.TransferLA; {
			case from == "":
			case !threeDigits(from):
				x.finds("TransferLA", "%s is not the three-digit number of a local authority.", shown(from))
			case from == x.own:
				x.finds("TransferLA", "%s is this council's own number; the item says where the plan came from.", from)
			}
		}},
	{Code: "S-100", Level: OfActive, Severity: Fault, Fields: []string{"SENtype"}, Source: "The guide, item 5.8a; DS from 2025", Confidence: quoted,
		Words: "The type of need is missing or not one of the list, or not one of the year.",
		find: func(x *at) {
			for i := range x.active.Needs {
				switch n := &x.active.Needs[i]; {
				case n.Type == "":
					x.inside(needPart, i+1, "SENtype", "The type of need is not given.")
				case x.codes.need.has(n.Type):
				case NeedTypes.Meaning(n.Type) != "":
					x.inside(needPart, i+1, "SENtype", "%s is not a type of need in the %d return.", n.Type, x.year.Year)
				default:
					x.inside(needPart, i+1, "SENtype", "%s is not a type of need: expected %s.", shown(n.Type), NeedTypes.list())
				}
			}
		}},
	{Code: "S-101", Level: OfActive, Severity: Fault, Fields: []string{"SENtypeRank", "SENtype"}, Source: "The guide: a single need has rank 1; two at most", Confidence: quoted,
		Words: "No need has rank 1, two have the same rank or type, or a rank is not 1 or 2. (That there are more than two is S-016.)",
		find: func(x *at) {
			first := false
			for i := range x.active.Needs {
				n := &x.active.Needs[i]
				switch n.Rank {
				case "1":
					first = true
				case "2":
				default:
					x.inside(needPart, i+1, "SENtypeRank", "The rank of the need is %s: expected 1 or 2.", shown(n.Rank))
				}
				for j := range i {
					if m := &x.active.Needs[j]; n.Rank != "" && m.Rank == n.Rank && len(x.active.Needs) <= 2 {
						x.inside(needPart, i+1, "SENtypeRank", "Two needs have rank %s.", short(n.Rank))
					} else if n.Type != "" && m.Type == n.Type {
						x.inside(needPart, i+1, "SENtype", "The need %s is given twice.", short(n.Type))
					}
				}
			}
			if !first && len(x.active.Needs) > 0 {
				x.finds("SENneed", "No need has rank 1.")
			}
		}},
}

// ranks looks at the ranks of the settings that a plan names and of its
// placements.
func ranks(x *at) {
	if x.plan != nil {
		var has [3]bool
		for i := range x.plan.Details {
			rank := x.rank(planDetailPart, i, x.plan.Details[i].Rank)
			if rank > 0 && has[rank] {
				x.inside(planDetailPart, i+1, "PlacementRank", "Two settings that the plan names have rank %d.", rank)
			}
			has[rank] = true
		}
		if has[2] && !has[1] {
			x.inside(namedPlanPart, 0, "PlanDetail", "A setting that the plan names has rank 2, and none has rank 1.")
		}
	}
	if x.active == nil {
		return
	}
	var has [3]bool
	places := x.active.Placements
	for i := range places {
		p := &places[i]
		rank := x.rank(placementPart, i, p.Rank)
		has[rank] = true
		for j := range i {
			if q := &places[j]; rank > 0 && q.Rank == p.Rank && (q.Leaving.IsZero() || q.Leaving > p.Entry) && (p.Leaving.IsZero() || p.Leaving > q.Entry) {
				x.inside(placementPart, i+1, "PlacementRank", "Two placements of rank %d are in force together, from %s and from %s.", rank, q.Entry.Words(), p.Entry.Words())
				break
			}
		}
	}
	if has[2] && !has[1] {
		x.inside(activePlanPart, 0, "PlacementDetail", "A placement has rank 2, and none has rank 1.")
	}
}

// rank returns 1 or 2, or tells of a rank that is neither and returns 0.
func (x *at) rank(e element, i int, rank string) int {
	switch rank {
	case "1":
		return 1
	case "2":
		return 2
	}
	x.inside(e, i+1, "PlacementRank", "The rank is %s: expected 1 or 2.", shown(rank))
	return 0
}
