package casework

import (
	"strings"
	"testing"

	"weald/calendar"
)

// Where a whole case stands, as lists say it, and since when.
func TestStages(t *testing.T) {
	const today = "2026-11-23"
	for _, v := range []struct {
		events string
		want   Stage
		since  string
	}{
		{"", NoStage, ""},
		{"2026-11-02 request-received source=parent", RequestStage, "2026-11-02"},
		{"2026-09-07 request-received source=parent; 2026-10-12 decision-to-assess-sent decision=yes", AssessmentStage, "2026-10-12"},
		{"2026-09-07 request-received source=parent; 2026-10-12 decision-to-assess-sent decision=no", RefusedStage, "2026-10-12"},
		{"2025-09-01 request-received source=parent; 2025-10-06 decision-to-assess-sent decision=no", ClosedStage, "2025-10-06"},
		{"2025-09-01 request-received source=parent; 2025-10-06 decision-to-assess-sent decision=yes; 2025-12-15 no-plan-notice-sent", ClosedStage, "2025-12-15"},
		{"2026-05-04 request-received source=parent; 2026-06-08 decision-to-assess-sent decision=yes; 2026-11-09 draft-served", DraftStage, "2026-11-09"},
		{"2026-03-02 plan-finalised", PlanStage, "2026-03-02"},
		{"2025-10-06 plan-finalised; 2026-09-21 review-scheduled meeting=2026-10-12; 2026-10-12 review-meeting-held", DecisionStage, "2026-10-12"},
		{"2025-10-06 plan-finalised; 2026-09-14 review-meeting-held; 2026-10-05 review-decision-sent decision=amend; 2026-10-05 amendment-notice-sent", AmendmentStage, "2026-10-05"},
		{"2025-10-06 plan-finalised; 2026-09-14 review-meeting-held; 2026-10-05 review-decision-sent decision=keep", PlanStage, "2025-10-06"},
		{"2025-10-06 plan-finalised; 2026-11-02 cease-considered", CeasingStage, "2026-11-02"},
		{"2025-10-06 plan-finalised; 2026-11-02 reassessment-requested", ReassessmentStage, "2026-11-02"},
		{"2025-10-06 plan-finalised; 2026-11-02 deceased", ClosedStage, "2026-11-02"},
	} {
		var k Case
		for _, line := range strings.Split(v.events, "; ") {
			if line == "" {
				continue
			}
			e, err := ParseEvent(line)
			if err != nil {
				t.Fatal(err)
			}
			k.Add(e)
		}
		day, _ := calendar.Parse(today)
		r := NewClock(DefaultPractice()).Read(&k, day)
		for _, no := range r.Refused {
			t.Errorf("%s: %v", v.events, no.Why)
		}
		if s := r.Standing(&k); s.Stage != v.want || s.On.String() != v.since {
			t.Errorf("%s\n%q since %s, want %q since %s", v.events, s.Stage, s.On, v.want, v.since)
		}
	}
}

// The number of a complaint's stage is not read as a reason for ceasing.
func TestStageOfAComplaintIsANumber(t *testing.T) {
	e, err := ParseEvent("2026-11-02 stage-response-sent stage=1")
	if err != nil {
		t.Fatal(err)
	}
	if got := e.Words(); got != "Stage: 1" {
		t.Error(got)
	}
}
