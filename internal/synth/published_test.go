package synth_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"

	"weald/internal/synth"
)

// The figures kept are those that were published, wherever the files of the
// release are at hand.
func TestFiguresAreThosePublished(t *testing.T) {
	const folder = "../../../shared/data/ehcp_2025_kent/" // beside the checkout
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the department's files are not here")
	}
	type at struct{ file, topic, value, of string }
	const all = "All EHC plans"
	where := map[string]at{
		"requests": {"requests", "All requests for EHC needs assessments", "requests_received_in_year", ""}, "refused": {"requests", "All requests for EHC needs assessments", "requests_decided_not_to_assess", "requests_received_in_year"},
		"agreed": {"requests", "All requests for EHC needs assessments", "requests_decided_to_assess", "requests_received_in_year"}, "withdrawn": {"requests", "All requests for EHC needs assessments", "requests_withdrawn", "requests_received_in_year"},
		"told-in-six-weeks": {"requests", "All requests for EHC needs assessments", "request_outcome_six_weeks", ""}, "request-appealed": {"requests", "All requests for EHC needs assessments", "tribunal_related_request", "requests_decided_not_to_assess"},
		"assessments": {"assessments", "All EHC needs assessments", "assess_in_year", ""}, "issued": {"assessments", "All EHC needs assessments", "assess_issued", "assess_in_year"},
		"no-plan-in-sixteen-weeks": {"assessments", "All EHC needs assessments", "outcome_decision_within_time", "assess_not_issued"}, "no-plan-appealed": {"assessments", "All EHC needs assessments", "number_assess_tribunal", "assess_not_issued"},
		"new-plans": {"newplans", "New EHC plans", "new_ehc_plans", ""}, "in-twenty-weeks": {"timeliness_20_week", "All EHC plans issued", "plans_issued_within_20_weeks", "plans_issued_den"},
		"in-twenty-weeks-no-exception": {"timeliness_20_week", "All EHC plans issued", "plans_issued_20_weeks_ex", "plans_issued_den_ex"}, "over-a-year": {"timeliness_20_week", "All EHC plans issued", "plans_issued_gt_1_year", "plans_issued_den"},
		"review-expected": {"annual_reviews", "All annual reviews", "review_expected", "total_ehc_plans"}, "review-recorded": {"annual_reviews", "All annual reviews", "total_review_meeting", "review_expected"},
		"review-before-the-year": {"annual_reviews", "All annual reviews", "review_meeting_prior_24", "total_review_meeting"}, "review-decision-outstanding": {"annual_reviews", "All annual reviews", "review_decision_outstanding", "total_review_meeting"},
		"review-decision-in-four-weeks": {"annual_reviews", "All annual reviews", "number_decsion_4weeks", ""}, "review-amend": {"annual_reviews", "All annual reviews", "outcome_amend", ""}, "review-cease": {"annual_reviews", "All annual reviews", "outcome_cease", ""},
		"ceased": {"ceased_plans", "All ceased EHC plans", "total_ceased", ""}, "placed-mainstream": {"caseload", all, "mainstream_total", "ehcplans"}, "placed-special": {"caseload", all, "special_total", "ehcplans"},
		"placed-further": {"caseload", all, "fe_total", "ehcplans"}, "placed-elsewhere": {"caseload", all, "ed_elsewhere", "ehcplans"},
	}
	for i, reason := range []string{"max_age", "needs_met", "he", "employ", "transfer", "no_engage", "moved_outside_eng", "deceased", "other"} {
		where["ceased-"+strconv.Itoa(i+1)] = at{"ceased_plans", "All ceased EHC plans", reason, "total_ceased"}
	}
	for _, need := range []string{"ASD", "SEMH", "SLCN", "MLD", "SLD", "PD", "SPLD", "PMLD", "HI", "VI", "MSI", "OTH"} {
		where["need-"+need] = at{"sen_needs_all_plans", all, "number_" + strings.ToLower(need), "ehc_plans"}
		where["new-need-"+need] = at{"sen_need_newplans", all, "number_" + strings.ToLower(need), "ehc_plans"}
	}
	years := map[int]string{0: "2024", -1: "2023", -2: "2022", -3: "2021", -4: "2020", -5: "2019"}
	checked := 0
	for _, p := range synth.Figures() {
		w, ok := where[p.Measure]
		if !ok {
			continue
		}
		row := kent(t, folder+w.file+".csv", w.topic, years[p.Year])
		if row[w.value] != strconv.Itoa(int(p.Value)) || w.of != "" && row[w.of] != strconv.Itoa(int(p.Of)) {
			t.Errorf("%s of %s: kept as %.0f of %.0f, published as %s of %s", p.Measure, years[p.Year], p.Value, p.Of, row[w.value], row[w.of])
		}
		checked++
	}
	if checked < 60 {
		t.Errorf("only %d figures were checked", checked)
	}
}

// kent reads the county's row of a year from one of the department's files. The
// stock of January 2025 is in the school year 2024 to 2025.
func kent(t *testing.T, file, topic, year string) map[string]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, r := range rows[1:] {
		row := map[string]string{}
		for i, name := range rows[0] {
			row[strings.TrimPrefix(name, "\ufeff")] = r[i]
		}
		period := row["time_period"]
		if row["la_name"] == "Kent" && row["breakdown_topic"] == topic && (period == year || period == year+"25" && year == "2024") {
			found = row
		}
	}
	return found
}
