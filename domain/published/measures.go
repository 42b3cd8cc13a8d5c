package published

import (
	"strconv"
	"strings"

	"weald/domain/sen2"
)

// The measures, by their place in [Measures].
const (
	mPlans = iota
	mAge
	mSex
	mEthnicity
	mYears
	mStarted
	mNeed
	mPlacement
	mBudget
	mResidential
	mWork
	mNew
	mNewNeed
	mRequests
	mSixWeeks
	mRequestAge
	mRequestSource
	mAssessments
	mSixteenWeeks
	mTwenty
	mTwentyExcept
	mTwentyOwn
	mTwentyOwnExcept
	mWeeks
	mReviews
	mReviewWhen
	mReviewDecided
	mReviewOutcome
	mFourWeeks
	mCeased
	mCeasedAge
	mPhase
	mTribunal
	nMeasures
)

const (
	guide   = "DfE, SEN2 guide 2025, as quoted"
	release = "DfE, Education, health and care plans, reporting year 2025"
	appeals = "DfE and Ministry of Justice, SEND Tribunal appeal rates"

	setCaseload    = "Plans in force"
	setNew         = "New plans"
	setRequests    = "Requests"
	setAssessments = "Assessments"
	setTwenty      = "Twenty weeks"
	setReviews     = "Annual reviews"
	setCeased      = "Plans that ceased"
	setPhase       = "Phase transfers"
	setTribunal    = "Tribunal appeal rate"
)

const inForce = "A person counts once if on census day a plan of theirs is in force: it had started by then and had not ceased before."

// Measures is every measure, in the order in which they are shown.
var Measures = [nMeasures]Measure{
	mPlans: {Key: "plans", Set: setCaseload, Title: "Plans in force on census day", Columns: columns("", "Plans", "caseload.ehcplans"),
		Definition: inForce + " A plan whose start is not given counts.", Confidence: Medium, Source: release + ", caseload"},
	mAge: {Key: "plans-by-age", Set: setCaseload, Title: "Plans by age", Columns: agesNow, Of: "plans in force", whole: of(mPlans),
		Definition: "Age in whole years on 31 August before census day. The published ages fit that day (25 holds whoever is older too, and few are, as plans end with the academic year in which a person turns 25) and not census day; no source says so.", Confidence: Low, Source: release + ", caseload"},
	mSex: {Key: "plans-by-sex", Set: setCaseload, Title: "Plans by sex", Of: "plans in force", whole: of(mPlans),
		Columns:    []Column{{Label: "Female"}, {Label: "Male"}, {Label: "Unknown"}},
		Definition: "As the return gives it. A blank, and any code that is neither, is unknown, as in the published rows.", Confidence: High, Source: release + ", caseload"},
	mEthnicity: {Key: "plans-by-ethnicity", Set: setCaseload, Title: "Plans by ethnicity", Columns: labelled(ethnicLabels()...), Of: "plans in force", whole: of(mPlans),
		Definition: "The department’s 19 labels, each joined to the code of the same meaning. Refused, not obtained, blank and any code not in the main list are unclassified.", Confidence: Medium, Source: release + ", caseload"},
	mYears: {Key: "plans-by-years", Set: setCaseload, Title: "Plans by years in place", Of: "plans in force", whole: of(mPlans),
		Columns:    labelled("Less than a year", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12 or more", "Unknown"),
		Definition: "The census year less the year in which the plan started. The published rows fit that count (England’s “less than a year” of January 2025 holds 3,451 plans, about two weeks’ worth) and not whole years; no source says so.", Confidence: Low, Source: release + ", caseload"},
	mStarted: {Key: "plans-by-age-started", Set: setCaseload, Title: "Plans by age when the plan started", Columns: agesThen, Of: "plans in force", whole: of(mPlans),
		Definition: "Age in whole years on the day the plan started.", Confidence: High, Source: release + ", caseload"},
	mNeed: {Key: "plans-by-need", Set: setCaseload, Title: "Plans by primary need", Columns: needColumns("sen_needs_all_plans"), Of: "plans in force", whole: ofSum,
		Definition: "The need ranked 1 with the plan. Down syndrome is counted in other difficulty, as the department published it in 2025.", Confidence: High, Source: release + ", SEN needs of all plans"},
	mPlacement: {Key: "plans-by-placement", Set: setCaseload, Title: "Plans by placement", Columns: placementColumns(), Of: "plans in force", whole: of(mPlans),
		Definition: "The placement open on census day, of the lowest rank if there are two. A school’s group follows the type that the register of schools (GIAS) gives its number (URN); a SEN unit or resourced provision, the indicators. A provider with a UKPRN and no URN is in “provider known by UKPRN only”.", Confidence: Low, Source: release + ", caseload"},
	mBudget: {Key: "personal-budgets", Set: setCaseload, Title: "Personal budgets", Of: "plans in force", whole: of(mPlans),
		Columns:    []Column{{"Personal budget taken up", "personal_budgets.personal_budget"}, {"Organised arrangements", "personal_budgets.org_arrangments"}, {"Direct payments", ""}},
		Definition: "Plans in force with PB, or OA, at 1, or with any code of DP. What the codes of DP mean was not found, so direct payments are not parted into health, education, social care and integrated.", Confidence: Medium, Source: release + ", personal budgets"},
	mResidential: {Key: "residential", Set: setCaseload, Title: "Residential placements", Of: "plans in force", whole: of(mPlans),
		Columns:    []Column{{"Code A: the shorter band of weeks", "residential_settings.Res_3851"}, {"Code B: the longer band of weeks", "residential_settings.Res_52"}},
		Definition: "The code of the placement counted, or the plan’s if the placement has none. For 2025, A is 38 to 51 weeks and B is 52; for 2026 one supplier has A up to 38 and B 39 to 52.", Confidence: Medium, Source: release + ", residential settings"},
	mWork: {Key: "work-based", Set: setCaseload, Title: "Work-based learning", Of: "plans in force", whole: of(mPlans),
		Columns:    []Column{{"Any code", "work_based_placements.open_wbp"}},
		Definition: "Plans in force whose placement gives a work-based learning code. Which code is an apprenticeship, a traineeship or a supported internship was not found, so they are not parted.", Confidence: Medium, Source: release + ", work-based placements"},

	mNew: {Key: "new-plans", Set: setNew, Title: "New plans", Columns: columns("", "New plans", "newplans.new_ehc_plans"),
		Definition: "Plans that started in the calendar year, unless the return says that the plan came from another authority in the year. The department counts fewer than the plans issued after assessment, and gives no reason.", Confidence: Low, Source: release + ", new plans"},
	mNewNeed: {Key: "new-plans-by-need", Set: setNew, Title: "New plans by primary need", Columns: needColumns("sen_need_newplans"), Of: "new plans", whole: ofSum,
		Definition: "The need ranked 1, of the plans counted as new.", Confidence: Medium, Source: release + ", SEN needs of new plans"},

	mRequests: {Key: "requests", Set: setRequests, Title: "Requests received in the calendar year", Of: "requests received", whole: ofFirst,
		Columns: columns("requests.", "Received", "requests_received_in_year", "To assess", "requests_decided_to_assess", "Not to assess", "requests_decided_not_to_assess",
			"Not yet decided", "requests_decision_not_made", "Withdrawn", "requests_withdrawn", "Outcome not given", "", "From youth accommodation", "requests_rya",
			"Mediation", "mediation_related_request", "Tribunal", "tribunal_related_request", "Tribunal after mediation", "tribunal_after_mediation_request"),
		Definition: "Requests received from 1 January to 31 December, by outcome. A request marked historical (H) is not counted: the four published outcomes add up to the requests without it.", Confidence: High, Source: release + ", requests"},
	mSixWeeks: {Key: "six-weeks", Set: setRequests, Title: "Decided within six weeks", Of: "decisions with both days", whole: ofSum,
		Columns:    columns("requests.", "Within six weeks", "request_outcome_six_weeks", "Over six weeks", "request_outcome_over_6_weeks"),
		Definition: "Of requests received in the year and decided Y or N with both days given: decided at most 42 days after. The published pair adds up to more than the published decisions, so the department counts other requests too; which is not known.", Confidence: Low, Source: release + ", requests"},
	mRequestAge: {Key: "requests-by-age", Set: setRequests, Title: "Requests by age when received", Columns: agesThen, Of: "requests received", whole: of(mRequests),
		Definition: "Age in whole years on the day the request was received.", Confidence: High, Source: release + ", requests"},
	mRequestSource: {Key: "requests-by-source", Set: setRequests, Title: "Requests by who asked", Of: "requests received", whole: of(mRequests),
		Columns:    labelled("Young person or parent", "School or other education setting", "Health care professionals", "Social care professionals", "Other", "Not given"),
		Definition: "The source that the return gives. It is asked from the 2025 return, and was not published for it.", Confidence: Medium, Source: guide},

	mAssessments: {Key: "assessments", Set: setAssessments, Title: "Assessments concluded in the calendar year", Of: "assessments", whole: ofFirst,
		Columns: columns("assessments.", "Assessments", "assess_in_year", "Plan issued", "assess_issued", "No plan", "assess_not_issued", "Withdrawn", "assess_withdrawn",
			"Mediation", "number_assess_mediation", "Tribunal", "number_assess_tribunal", "Tribunal after mediation", "number_asssess_mediation_tribunal",
			"Other mediation", "number_other_mediation", "Other tribunal", "number_other_tribunal", "Other, both", "number_other_mediation_tribunal"),
		Definition: "Outcome Y with the plan issued, or N notified, in the calendar year, and every W, which has no day. Assessments under way are left out: the department’s “decision not made” is 62 for all England, and whom it counts is not known.", Confidence: Low, Source: release + ", assessments"},
	mSixteenWeeks: {Key: "sixteen-weeks", Set: setAssessments, Title: "Decisions not to issue a plan, within sixteen weeks", Of: "decisions with both days", whole: ofSum,
		Columns:    columns("assessments.", "Within sixteen weeks", "outcome_decision_within_time", "Over sixteen weeks", "outcome_decision_over_time"),
		Definition: "Of decisions not to issue notified in the year, with both days given: notified at most 112 days after the request. The department counts only these decisions here.", Confidence: High, Source: release + ", assessments"},

	mTwenty: twenty("twenty-weeks", "Plans issued: how long they took", false,
		"All plans issued in the calendar year after the authority’s own assessment (outcome Y with the day it was issued), counted from the request to the issue. Within is at most 140 days; over a year is more than 364. A plan with no day of request stays in the denominator and in no band."),
	mTwentyExcept: twenty("twenty-weeks-without-exceptions", "Plans issued without an exception: how long they took", true,
		"The same, without plans to which an exception to the 20 weeks applies (Week20 is 1): they leave the numerator and the denominator."),
	mTwentyOwn: twenty("twenty-weeks-undisputed", "Plans issued, leaving out mediation and Tribunal: how long they took", false,
		"As all plans issued, without those whose request or assessment has any of the six mediation and Tribunal indicators at 1. One analysts’ tool counts so. It would explain why the department’s denominator is smaller than the plans issued; the department does not say."),
	mTwentyOwnExcept: twenty("twenty-weeks-undisputed-without-exceptions", "Plans issued without an exception, leaving out mediation and Tribunal: how long they took", true,
		"As the last, without plans to which an exception to the 20 weeks applies."),
	mWeeks: {Key: "average-weeks", Set: setTwenty, Title: "Average weeks from request to plan", Columns: labelled("All plans issued", "Without an exception"), Average: true,
		Definition: "The sum of days from request to issue, over seven, divided by the plans with both days. Published from the 2026 release.", Confidence: Medium, Source: release + ", timeliness; the columns of the 2026 release"},

	mReviews: {Key: "reviews", Set: setReviews, Title: "Annual reviews expected and held", Of: "plans in force", whole: ofFirst,
		Columns: columns("annual_reviews.", "Plans in force", "total_ehc_plans", "Review expected", "review_expected", "Review not expected", "review_not_expected",
			"Meeting held", "total_review_meeting", "No meeting", "no_review_meeting"),
		Definition: "A review is not expected of a plan that has been in place less than a year or one year, as years in place are counted above. Meetings are those of plans of which one is expected.", Confidence: High, Source: release + ", annual reviews: checked in all 153 authorities"},
	mReviewWhen: {Key: "reviews-when-held", Set: setReviews, Title: "When the last review meeting was", Of: "meetings", whole: ofSum,
		Columns: columns("annual_reviews.", "In the census year", "review_meeting_25", "In the calendar year", "review_meeting_24",
			"Before", "review_meeting_prior_24"),
		Definition: "The day of the last meeting that the return gives.", Confidence: High, Source: release + ", annual reviews"},
	mReviewDecided: {Key: "reviews-decided", Set: setReviews, Title: "When the decision after the meeting was written", Of: "meetings", whole: ofSum,
		Columns: columns("annual_reviews.", "In the census year", "review_decision25", "In the calendar year", "review_decision24",
			"Before", "review_decision_prior24", "Not yet due", "review_decision_not_due", "Outstanding", "review_decision_outstanding"),
		Definition: "The day on which the authority wrote its decision. With none, it is not yet due until four weeks (28 days) after the meeting, and outstanding after. How the department parts the last two is not stated.", Confidence: Medium, Source: release + ", annual reviews"},
	mReviewOutcome: {Key: "reviews-outcome", Set: setReviews, Title: "What was decided after the meeting", Of: "meetings", whole: ofSum,
		Columns: columns("annual_reviews.", "Amend", "outcome_amend", "Cease", "outcome_cease",
			"Maintain", "outcome_maintan", "No outcome", "no_outcome"),
		Definition: "The decision that the return gives with the last meeting.", Confidence: High, Source: release + ", annual reviews"},
	mFourWeeks: {Key: "four-weeks", Set: setReviews, Title: "Decided within four weeks of the meeting", Of: "decisions", whole: ofSum,
		Columns:    columns("annual_reviews.", "Within four weeks", "number_decsion_4weeks", "Over four weeks", "number_decision_gt_4weeks"),
		Definition: "Of meetings with a decision: written at most 28 days after the meeting.", Confidence: High, Source: release + ", annual reviews"},

	mCeased: {Key: "ceased", Set: setCeased, Title: "Plans that ceased in the calendar year, by reason", Of: "plans that ceased", whole: ofFirst,
		Columns: columns("ceased_plans.", "All", "total_ceased", "Maximum age", "max_age", "Needs met without a plan", "needs_met", "Higher education", "he", "Paid employment", "employ",
			"Transferred to another authority", "transfer", "No longer wishes to engage", "no_engage", "Moved outside England", "moved_outside_eng", "Deceased", "deceased", "Other", "other", "Not recorded", "not_rec"),
		Definition: "Plans whose day of ceasing is in the calendar year, by the code of the reason. The department’s guidance to its file describes “other” and “not recorded” the wrong way round: they are as its columns are named.", Confidence: High, Source: release + ", ceased plans; " + guide},
	mCeasedAge: {Key: "ceased-by-age", Set: setCeased, Title: "Plans that ceased, by age", Columns: agesThen, Of: "plans that ceased", whole: of(mCeased),
		Definition: "Age in whole years on the day the plan ceased.", Confidence: High, Source: release + ", ceased plans"},
	mPhase: {Key: "phase-transfers", Set: setPhase, Title: "Phase transfers", Of: "plans in force", whole: ofFirst,
		Columns:    labelled("Plans in force", "Due in the calendar year", "Due in the census year", "Final plan in the calendar year", "Final plan in the census year"),
		Definition: "Plans in force with a due day for a phase transfer, and those with the day of the final plan, by year. First published in 2026.", Confidence: Medium, Source: "column names of the 2026 release"},
	mTribunal: {Key: "tribunal-decisions", Set: setTribunal, Title: "Decisions that could be appealed", Columns: labelled("Requests refused", "Assessed, and no plan", "Plans in force", "Ceased: needs met without a plan", "All"),
		Definition: "What the appeal rate is divided by: requests refused, assessments that ended in no plan, plans in force in January, and plans that ceased because needs are met without one. The appeals come from the Tribunal and are not in the return.", Confidence: High, Source: appeals},
}

// twenty is one of the four ways in which the 20 weeks are counted. The
// department publishes two.
func twenty(key, title string, except bool, definition string) Measure {
	m := Measure{Key: key, Set: setTwenty, Title: title, Of: "plans issued", whole: ofFirst, Definition: definition, Confidence: Medium, Source: release + ", timeliness"}
	names := []string{"plans_issued_den", "plans_issued_within_20_weeks", "plans_issued_gt20weeks_ltYear", "plans_issued_gt_1_year"}
	if except {
		names = []string{"plans_issued_den_ex", "plans_issued_20_weeks_ex", "plans_issued_gt20weeks_ltYear_ex", "plans_issued_gt_1_year_ex"}
	}
	if strings.Contains(key, "undisputed") {
		m.Confidence = Low
	}
	m.Columns = columns("timeliness_20_week.", "Plans issued", names[0], "Within 20 weeks", names[1], "Over 20 weeks, within a year", names[2], "Over a year", names[3], "No day of request", "")
	return m
}

// columns pairs labels with the department's names.
func columns(file string, pairs ...string) []Column {
	var list []Column
	for i := 0; i < len(pairs); i += 2 {
		c := Column{Label: pairs[i]}
		if pairs[i+1] != "" {
			c.Name = file + pairs[i+1]
		}
		list = append(list, c)
	}
	return list
}

func labelled(labels ...string) []Column {
	list := make([]Column, len(labels))
	for i, l := range labels {
		list[i].Label = l
	}
	return list
}

var agesNow, agesThen = ages(3, 25, "Under 3", "Unknown"), ages(3, 19, "2 and under", "20 and over", "Unknown")

func ages(from, to int, first string, last ...string) []Column {
	labels := []string{first}
	for age := from; age <= to; age++ {
		labels = append(labels, strconv.Itoa(age))
	}
	return labelled(append(labels, last...)...)
}

// needs are the department's columns of needs, by code, and the last for none.
var needs = []string{"ASD", "HI", "MLD", "MSI", "OTH", "PD", "PMLD", "SEMH", "SLCN", "SLD", "SPLD", "VI", ""}

func needColumns(file string) []Column {
	var list []Column
	for _, code := range needs {
		c := Column{Label: "Not known", Name: file + ".number_need_unknown"}
		if code != "" {
			c.Label, c.Name = sen2.NeedTypes.Meaning(code), file+".number_"+strings.ToLower(code)
		}
		list = append(list, c)
	}
	return list
}

// ethnicities are the codes in the order of the department's labels.
var ethnicities = []struct{ code, label string }{
	{"WBRI", "White - White British"}, {"WIRI", "White - Irish"}, {"WIRT", "White - Traveller of Irish heritage"}, {"WROM", "White - Gypsy/Roma"}, {"WOTH", "White - Any other White background"},
	{"MWBC", "Mixed - White and Black Caribbean"}, {"MWBA", "Mixed - White and Black African"}, {"MWAS", "Mixed - White and Asian"}, {"MOTH", "Mixed - Any other Mixed background"},
	{"AIND", "Asian - Indian"}, {"APKN", "Asian - Pakistani"}, {"ABAN", "Asian - Bangladeshi"}, {"CHNE", "Asian - Chinese"}, {"AOTH", "Asian - Any other Asian background"},
	{"BCRB", "Black - Black Caribbean"}, {"BAFR", "Black - Black African"}, {"BOTH", "Black - Any other Black background"}, {"OOTH", "Any other ethnic group"}, {"", "Unclassified"},
}

func ethnicLabels() []string {
	labels := make([]string, len(ethnicities))
	for i, e := range ethnicities {
		labels[i] = e.label
	}
	return labels
}
