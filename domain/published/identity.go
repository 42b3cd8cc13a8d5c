package published

import "fmt"

// An Identity is what should add up in the department's figures, and what to say
// when it does not.
type Identity struct {
	Title string
	Whole string   // a column
	Parts []string // columns that should make up the whole
	More  bool     // the whole may be more than its parts by nature: say why, too
	why   func(gap int) string
}

// A Sum is an identity worked out on figures.
type Sum struct {
	*Identity
	Whole, Parts int
	Gap          int    // the whole less its parts
	Why          string // "" when they agree
}

// Identities are the sums that the published figures were checked by.
var Identities = []Identity{
	{Title: "Requests by outcome", Whole: "requests.requests_received_in_year",
		Parts: prefixed("requests.", "requests_decided_to_assess", "requests_decided_not_to_assess", "requests_decision_not_made", "requests_withdrawn"),
		why: func(gap int) string {
			return either(gap, "requests have no outcome that the four columns hold: the outcome is blank or not a code", "requests are in two outcomes")
		}},
	{Title: "Requests decided, by six weeks", Whole: "requests.request_outcome_six_weeks+over",
		Parts: prefixed("requests.", "requests_decided_to_assess", "requests_decided_not_to_assess"),
		why: func(gap int) string {
			return either(gap, "more are in the two six-week columns than were decided: the department counts others there, and which is not known; the two cannot be joined",
				"decided requests are in neither six-week column: the day of the request or of the decision is missing, or the second is before the first")
		}},
	{Title: "Assessments by outcome", Whole: "assessments.assess_in_year",
		Parts: prefixed("assessments.", "assess_issued", "assess_not_issued", "assess_not_made", "assess_withdrawn"),
		why: func(gap int) string {
			return either(gap, "assessments have no outcome that the columns hold", "assessments are in two outcomes")
		}},
	{Title: "Plans issued, by how long they took", Whole: "timeliness_20_week.plans_issued_den",
		Parts: prefixed("timeliness_20_week.", "plans_issued_within_20_weeks", "plans_issued_gt20weeks_ltYear", "plans_issued_gt_1_year"), why: untimed},
	{Title: "Plans issued without an exception, by how long they took", Whole: "timeliness_20_week.plans_issued_den_ex",
		Parts: prefixed("timeliness_20_week.", "plans_issued_20_weeks_ex", "plans_issued_gt20weeks_ltYear_ex", "plans_issued_gt_1_year_ex"), why: untimed},
	{Title: "Plans issued after assessment, and those timed", Whole: "assessments.assess_issued", Parts: []string{"timeliness_20_week.plans_issued_den"}, More: true,
		why: func(gap int) string {
			return either(gap, "plans issued are not in the denominator of the 20 weeks. The department does not say why. Leaving out cases that went to mediation or the Tribunal would explain it; that is a hypothesis",
				"more plans are timed than were issued after assessment, which the published figures of no authority show")
		}},
	{Title: "Plans and annual reviews expected", Whole: "annual_reviews.total_ehc_plans", Parts: prefixed("annual_reviews.", "review_expected", "review_not_expected"), why: plainly},
	{Title: "Reviews expected, by whether a meeting was held", Whole: "annual_reviews.review_expected", Parts: prefixed("annual_reviews.", "total_review_meeting", "no_review_meeting"), why: plainly},
	{Title: "Review meetings by when they were", Whole: "annual_reviews.total_review_meeting", Parts: prefixed("annual_reviews.", "review_meeting_25", "review_meeting_24", "review_meeting_prior_24"), why: plainly},
	{Title: "Review meetings by decision", Whole: "annual_reviews.total_review_meeting",
		Parts: prefixed("annual_reviews.", "review_decision25", "review_decision24", "review_decision_prior24", "review_decision_not_due", "review_decision_outstanding"), why: plainly},
	{Title: "Review meetings by outcome", Whole: "annual_reviews.total_review_meeting", Parts: prefixed("annual_reviews.", "outcome_amend", "outcome_cease", "outcome_maintan", "no_outcome"), why: plainly},
	{Title: "Review decisions by four weeks", Whole: "annual_reviews.number_decsion_4weeks+over",
		Parts: prefixed("annual_reviews.", "review_decision25", "review_decision24", "review_decision_prior24"),
		why: func(gap int) string {
			return either(gap, "more are in the two four-week columns than have the day of a decision", "decisions are in neither four-week column") + ": the department does not say why"
		}},
	{Title: "Plans that ceased, by reason", Whole: "ceased_plans.total_ceased",
		Parts: prefixed("ceased_plans.", "max_age", "needs_met", "he", "employ", "transfer", "no_engage", "moved_outside_eng", "deceased", "not_rec", "other"), why: plainly},
	{Title: "Plans by primary need", Whole: "caseload.ehcplans", Parts: needNames("sen_needs_all_plans"), why: plainly},
	{Title: "New plans by primary need", Whole: "newplans.new_ehc_plans", Parts: needNames("sen_need_newplans"),
		why: func(gap int) string {
			return either(gap, "new plans are not in the file of needs, which counts fewer new plans; the department does not say why", "more new plans are in the file of needs than there are new plans; the department does not say why")
		}},
	{Title: "Plans by placement", Whole: "caseload.ehcplans", Parts: placementNames(),
		why: func(gap int) string {
			return either(gap, "plans are at schools whose type is not known here: give the register of schools (GIAS)", "plans are in two placements")
		}},
}

func untimed(gap int) string {
	return either(gap, "plans were issued with no day of request that could be used: they stay in the denominator and are in no band. In the published figures they are the plans whose age at the request is unknown",
		"plans are in two bands")
}

func plainly(gap int) string {
	return either(gap, "in the whole and in none of its parts, and why is not known", "in more than one part, and why is not known")
}

func either(gap int, over, under string) string {
	if gap > 0 {
		return fmt.Sprintf("%d %s", gap, over)
	}
	return fmt.Sprintf("%d %s", -gap, under)
}

func prefixed(file string, names ...string) []string {
	for i := range names {
		names[i] = file + names[i]
	}
	return names
}

func needNames(file string) (names []string) {
	for _, c := range needColumns(file) {
		names = append(names, c.Name)
	}
	return names
}

func placementNames() (names []string) {
	for _, p := range placements {
		names = append(names, "caseload."+p.name)
	}
	return names
}

// pairs are wholes that the department publishes as two columns.
var pairs = map[string][2]string{
	"requests.request_outcome_six_weeks+over":   {"requests.request_outcome_six_weeks", "requests.request_outcome_over_6_weeks"},
	"annual_reviews.number_decsion_4weeks+over": {"annual_reviews.number_decsion_4weeks", "annual_reviews.number_decision_gt_4weeks"},
}

// Sums works out the identities whose columns are all known, by a function that
// returns the figure under one of the department's names. A gap is put in words.
func Sums(figure func(name string) (int, bool)) []Sum {
	var all []Sum
	for i := range Identities {
		id := &Identities[i]
		s := Sum{Identity: id}
		known := true
		count := func(name string) int {
			n, ok := figure(name)
			known = known && ok
			return n
		}
		if pair, ok := pairs[id.Whole]; ok {
			s.Whole = count(pair[0]) + count(pair[1])
		} else {
			s.Whole = count(id.Whole)
		}
		for _, part := range id.Parts {
			s.Parts += count(part)
		}
		if !known {
			continue
		}
		if s.Gap = s.Whole - s.Parts; s.Gap != 0 {
			s.Why = id.why(s.Gap) + "."
		}
		all = append(all, s)
	}
	return all
}
