package sen2

import "testing"

// Every value that an event gave leads back to it.
func TestValuesLeadBackToTheirEvents(t *testing.T) {
	k := known(t, "2025-01-06 request-received source=school; 2025-02-10 decision-to-assess-sent decision=yes; 2025-05-20 plan-finalised; 2025-11-10 review-meeting-held; 2025-12-01 review-decision-sent decision=amend; 2025-12-02 amendment-notice-sent")
	p, _ := build(t, 2026, k)
	want := map[string]string{
		"ReceivedDate": "request-received", "RequestSource": "request-received", "RequestOutcomeDate": "decision-to-assess-sent", "RequestOutcome": "decision-to-assess-sent",
		"AssessmentOutcomeDate": "plan-finalised", "AssessmentOutcome": "plan-finalised", "StartDate": "plan-finalised",
		"ReviewMeeting": "review-meeting-held", "ReviewOutcome": "review-decision-sent", "LastReview": "review-decision-sent", "ReviewDraft": "amendment-notice-sent",
	}
	for _, l := range p.Lines() {
		if l.Request == 0 {
			continue
		}
		e := Behind(&p.Requests[l.Request-1], &l, k.Case.Events)
		switch kind := want[l.Item.Name]; {
		case kind == "" && e != nil:
			t.Errorf("%s comes from %s", l.Item.Name, e)
		case kind != "" && (e == nil || e.Kind.String() != kind):
			t.Errorf("%s comes from %v, want %s", l.Item.Name, e, kind)
		}
		delete(want, l.Item.Name)
	}
	for item := range want {
		t.Errorf("%s is not in the return", item)
	}
}
