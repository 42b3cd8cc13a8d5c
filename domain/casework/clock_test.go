package casework

import (
	"strings"
	"testing"
)

// read reads one case and returns what the clock makes of it on its day.
func read(t *testing.T, p *Practice, text string) (*Example, Reading) {
	t.Helper()
	all, err := ReadCaseFile("case", text)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 1 {
		t.Fatalf("%d cases; expected one", len(all))
	}
	return all[0], NewClock(p).Read(&all[0].Case, all[0].Today)
}

// check reads one case and reports every expectation in it that does not hold,
// every refusal and every state that is not as given ("assessment ASSESSING").
func check(t *testing.T, text, refused string, states ...string) {
	t.Helper()
	x, reading := read(t, DefaultPractice(), text)
	for i := range x.Wants {
		if why := x.Wants[i].Unmet(reading.Duties); why != "" {
			t.Error(why)
		}
	}
	var said []string
	for _, r := range reading.Refused {
		said = append(said, r.Why.Error())
	}
	got := strings.Join(said, "; ")
	if refused == "" && got != "" || !strings.Contains(got, refused) {
		t.Errorf("refused %q; expected %q", got, refused)
	}
	for _, want := range states {
		process, state, _ := strings.Cut(want, " ")
		if got := reading.State(process).String(); got != state {
			t.Errorf("%s is %s; expected %s", process, got, state)
		}
	}
}

func TestClock(t *testing.T) {
	for _, test := range []struct {
		name, text, refused string
		states              []string
	}{
		{"a child dies before there is a plan", `
2026-01-05 request-received
2026-02-01 deceased
> A02 void
> B06 void`, "", []string{"assessment ENDED_DEATH", "plan NONE"}},
		{"a child leaves England during the assessment", `
2026-01-05 request-received
2026-02-01 left-england
> B04 void`, "", []string{"assessment CLOSED_EXPORTED"}},
		{"a request while detained, with no plan before", `
2026-01-01 detained
2026-01-05 request-received
> C61 running, due 2026-02-16
> C63 running, due 2026-05-25`, "", []string{"plan NONE"}},
		{"a plan made in detention", `
2026-01-01 detained
2026-01-05 request-received
2026-05-01 plan-finalised
> B10 superseded
> C63 met`, "", []string{"plan KEPT_IN_DETENTION"}},
		{"and then released", `
2026-01-01 detained
2026-01-05 request-received
2026-05-01 plan-finalised
2026-06-01 released
> B10 running`, "", []string{"plan IN_FORCE"}},
		{"an appeal uses only the latest right", `
2024-01-05 plan-finalised
2026-01-05 cease-notice-sent
2026-02-01 appeal-lodged
> D01 overdue, due 2024-03-05
> D01 met, due 2026-03-05
> C52 not-before`, "", []string{"ceasing NOTICE_STAYED"}},
		{"a copy of an amended plan does not touch the first plan's limit", `
2024-01-05 request-received
2024-05-01 plan-finalised
2024-05-02 plan-sent to=family
2024-05-02 plan-sent to=setting
2024-05-03 plan-sent to=icb
2026-01-01 amended-plan-finalised
2026-01-01 plan-sent to=family
> B06 met, due 2024-05-24`, "", nil},
		{"an amended plan sent only to the family", `
2026-01-01 amendment-notice-sent
2026-02-01 amended-plan-finalised
2026-02-02 plan-sent to=family
> C12 running, due 2026-02-26`, "", nil},
		{"and later to the others", `
2026-01-01 amendment-notice-sent
2026-02-01 amended-plan-finalised
2026-02-02 plan-sent to=family
2026-02-27 plan-sent to=setting
2026-02-27 plan-sent to=icb
> C12 late, due 2026-02-26, 1 day late`, "", nil},
		{"an ordered plan is sent to all three", `
2026-01-05 order-made order=make-plan
2026-02-02 draft-served
2026-03-01 plan-finalised
2026-03-24 plan-sent to=family
2026-03-24 plan-sent to=setting
2026-03-24 plan-sent to=icb
> E05b late, due 2026-03-23, 1 day late`, "", nil},

		{"an order to assess puts the assessment back on its way", `
2026-01-05 request-received
2026-02-10 decision-to-assess-sent decision=no
2026-06-01 order-made order=assess
> A02 met
> B06 superseded, due 2026-05-25
> E02 running, due 2026-06-15`, "", []string{"assessment ASSESSING", "dispute ORDERED"}},
		{"and the family is told", `
2026-01-05 request-received
2026-02-10 decision-to-assess-sent decision=no
2026-06-01 order-made order=assess
2026-06-10 decision-to-assess-sent decision=yes
> B06 superseded
> E02 met
> E04 running, due 2026-09-07`, "", []string{"assessment ASSESSING"}},
		{"an agreement to make a plan after all", `
2026-01-05 request-received
2026-04-20 no-plan-notice-sent
2026-05-20 mediation-agreement-signed appealable=yes
> B04 met
> B06 superseded
> M09d running, due 2026-06-24`, "", []string{"assessment DRAFTING"}},
		{"a case sent back may be refused again", `
2026-01-05 request-received
2026-04-20 no-plan-notice-sent
2026-07-20 order-made order=refer-back
2026-07-30 no-plan-notice-sent
> E06 met`, "", []string{"assessment REFUSED_PLAN"}},
		{"an order to re-assess has limits of its own", `
2026-01-05 plan-finalised
2026-03-02 reassessment-requested
2026-03-10 reassessment-decision-sent decision=no
2026-07-01 order-made order=assess
2026-07-10 reassessment-decision-sent decision=yes
> E02 met
> E04 running, due 2026-10-07`, "", []string{"reassessment REASSESSING", "assessment ISSUED"}},
		{"no second 14 weeks beside an order's", `
2026-03-02 reassessment-requested
2026-03-10 reassessment-decision-sent decision=no
2026-07-01 la-not-opposing about=assess
2026-07-10 reassessment-decision-sent decision=yes
2026-09-01 no-amend-notice-sent
> U01a met
> U01b met
> U01c void`, "", []string{"reassessment DONE_UNCHANGED"}},
		{"a draft by order, then the plan", `
2026-01-05 order-made order=make-plan
2026-03-02 plan-finalised
> E05a void
> E05b met`, "", nil},
		{"a decision to assess cannot be turned into a refusal", `
2026-01-05 request-received
2026-02-01 decision-to-assess-sent decision=yes
2026-03-01 decision-to-assess-sent decision=no
> B06 running`, "“Decision whether to assess sent” cannot be recorded on 1 March 2026", []string{"assessment ASSESSING"}},
		{"the time to appeal a refusal runs out", `
2026-01-05 request-received
2026-02-10 decision-to-assess-sent decision=no
today 2026-04-11
> D01 overdue, due 2026-04-10, 1 day late`, "", []string{"assessment CLOSED_REFUSED", "dispute OUT_OF_TIME"}},
		{"and a new request may follow", `
2026-01-05 request-received
2026-02-10 decision-to-assess-sent decision=no
2026-05-01 request-received
> A02 met
> A02 running, due 2026-06-12`, "", []string{"assessment REQUESTED"}},
		{"the authority changes its mind by itself", `
2026-01-05 request-received
2026-02-10 decision-to-assess-sent decision=no
2026-03-01 decision-to-assess-sent decision=yes
> B04 running, due 2026-04-27
> B06 running, due 2026-05-25`, "", nil},
		{"a void limit of an old, withdrawn request is not superseded", `
2020-01-06 request-received
2020-02-03 request-withdrawn
2026-01-05 order-made order=make-plan
> B06 void, due 2020-05-25`, "", nil},
		{"a request to re-assess is withdrawn", `
2025-01-06 plan-finalised
2025-06-02 reassessment-requested
2025-06-09 request-withdrawn
> C30 void`, "", []string{"reassessment CLOSED_WITHDRAWN"}},
		{"a withdrawn request ends an order's limits", `
2026-01-05 order-made order=assess
2026-01-12 decision-to-assess-sent decision=yes
2026-02-01 request-withdrawn
> E04 void`, "", nil},

		{"the next review starts although this one decided to cease", `
2026-01-05 review-meeting-held
2026-01-26 review-decision-sent decision=cease
> C02 running, due 2027-01-25`, "", nil},
		{"and falls away when the plan ends", `
2026-01-05 review-meeting-held
2026-01-26 review-decision-sent decision=cease
2026-01-26 cease-notice-sent
2026-03-27 plan-ceased reason=2
> C02 void`, "", []string{"plan CEASED"}},
		{"the notice is sent before the decision letter", `
2026-01-05 review-meeting-held
2026-01-20 amendment-notice-sent
2026-01-21 review-decision-sent decision=amend
> C09 met
> C10 met, due 2026-02-02
> C12 running, due 2026-03-17
> C14 running, due 2026-03-30`, "", []string{"review AMENDING"}},
		{"the notice is sent and the decision not recorded", `
2026-01-05 review-meeting-held
2026-01-20 amendment-notice-sent
> C09 void
> C10 met
> C14 running, due 2026-03-30`, "", nil},
		{"a late notice without a decision", `
2026-01-05 review-meeting-held
2026-02-09 amendment-notice-sent
> C10 late, due 2026-02-02, 7 days late`, "", nil},
		{"a notice outside a review", `
2026-01-20 amendment-notice-sent
2026-01-21 amendment-notice-served
> C12 running, due 2026-03-17
> C11 not-before, due 2026-02-05`, "", nil},
		{"a meeting held in two parts is one review", `
2026-01-05 review-meeting-held
2026-01-19 review-meeting-held
2026-02-09 review-decision-sent decision=amend
> C09 late, due 2026-02-02, 7 days late
> C14 running, due 2026-03-30`, "", nil},
		{"a review left undecided does not swallow the next", `
2025-01-06 review-meeting-held
2026-01-05 review-meeting-held
2026-01-26 review-decision-sent decision=keep
> C09 late, due 2025-02-03
> C09 met, due 2026-02-02`, "", nil},
		{"papers missed for one meeting stay missed when the next is arranged", `
2025-01-06 review-scheduled meeting=2025-02-10
2025-02-10 review-meeting-held
2026-01-05 review-scheduled meeting=2026-02-09
2026-01-20 review-papers-circulated
> C06 overdue, due 2025-01-27
> C06 met, due 2026-01-26`, "", nil},
		{"a meeting moved to another day has a new limit", `
2025-01-06 review-scheduled meeting=2025-02-10
2025-02-03 review-scheduled meeting=2025-03-10
> C06 running, due 2025-02-24`, "", nil},
		{"an order sets a floor for amendments aside", `
2026-03-02 review-meeting-held
2026-03-23 review-decision-sent decision=amend
2026-03-23 amendment-notice-sent
2026-03-24 amendment-notice-served
2026-03-30 order-made order=amend
2026-04-01 amended-plan-finalised
> C11 superseded
> C12 superseded, due 2026-05-18
> E07 met`, "", nil},
		{"an order about one review leaves the next alone", `
2025-03-03 review-meeting-held
2025-03-24 review-decision-sent decision=keep
2025-05-01 appeal-lodged
2026-02-02 review-meeting-held
2026-02-16 order-made order=amend
2026-02-23 amended-plan-finalised
> C09 running, due 2026-03-02
> E07 met`, "", []string{"review MET"}},

		{"a family that was refused moves: there is no plan to transfer", `
2026-01-05 request-received
2026-02-10 decision-to-assess-sent decision=no
2026-03-01 moved
> B06 void`, "", nil},
		{"knowing of a move twice does not give more time", `
2026-01-05 plan-finalised
2027-01-04 move-known
2027-01-18 move-known
2027-02-15 moved
> C40 running, due 2027-02-15`, "", nil},
		{"an earlier move has nothing to do with a later one", `
2020-01-06 request-received
2020-02-03 move-known
2020-03-02 moved
2022-01-10 request-received
2022-05-02 plan-finalised
2027-02-01 moved
2027-02-08 move-known
> C40 running, due 2027-02-26`, "", nil},
		{"becoming responsible for a child with a plan starts no assessment", `
2026-01-05 plan-transferred-in made=2025-09-01
2026-01-05 responsibility-began
> C42 running`, "", []string{"assessment NONE", "plan IN_FORCE"}},
		{"nor when it is recorded first", `
2026-01-05 responsibility-began
2026-01-07 plan-transferred-in made=2025-09-01
> A02 void
> C42 running, due 2026-02-18`, "", []string{"assessment ISSUED", "plan IN_FORCE"}},
		{"a plan that moves in must be secured from the transfer", `
2026-01-05 plan-transferred-in made=2025-09-01
> B10 running, due 2026-01-05
> C43 running, due 2026-08-31`, "", []string{"plan IN_FORCE", "review DUE"}},
		{"a second change of board does not hide the first", `
2026-01-05 icb-changed
2026-03-02 icb-changed
> C47 overdue, due 2026-01-23
> C47 running, due 2026-03-20`, "", nil},
		{"an earlier phase transfer that was missed stays missed", `
2022-09-01 phase-transfer-due kind=school on=2023-09-01
2026-09-01 phase-transfer-due kind=school on=2027-09-01
> C20 overdue, due 2023-02-14
> C20 running, due 2027-02-14`, "", nil},
		{"a phase transfer whose day was corrected by a later event", `
2026-09-01 phase-transfer-due kind=school on=2027-09-01
2026-10-01 phase-transfer-due kind=school on=2028-09-01
> C20 running, due 2028-02-14`, "", nil},

		{"an order in another appeal does not end a plan early", `
2026-01-05 cease-notice-sent
2026-01-12 plan-finalised
2026-02-01 order-made order=amend
2026-02-02 plan-ceased reason=2
> C52 not-before`, "The plan cannot be ceased on 2 February 2026", nil},
		{"a plan kept after a notice needs a new one", `
2026-01-05 cease-notice-sent
2026-02-01 appeal-lodged
2026-05-01 order-made order=maintain
2026-05-02 plan-ceased reason=2
> E09 running`, "needs a new notice", []string{"ceasing IN_FORCE"}},
		{"an agreement not to cease", `
2026-01-05 cease-notice-sent
2026-02-01 mediation-agreement-signed appealable=yes
> M09h running
> C52 void`, "", []string{"ceasing IN_FORCE", "plan IN_FORCE"}},
		{"a plan that ends by age", `
2026-01-05 plan-ceased reason=1
today 2026-01-06`, "", []string{"plan ENDED_AGE"}},

		{"a certificate proves that the adviser was contacted", `
2026-01-05 plan-finalised
2026-02-02 certificate-issued
> M02 void
> D01 running, due 2026-03-05`, "", nil},
		{"asking for mediation is telling the adviser", `
2026-01-05 plan-finalised
2026-02-02 mediation-requested issues=education
> M02 met`, "", nil},
		{"mediation ended without its day recorded", `
2026-01-05 mediation-requested issues=education
2026-02-02 mediation-ended
> M06 void
> M08 running, due 2026-02-05`, "", nil},
		{"a certificate is due even after an agreement", `
2026-02-02 mediation-ended
2026-02-02 mediation-agreement-signed appealable=yes about=placement
> M08 running
> M09g running, due 2026-02-16`, "", nil},
		{"a later direction changes the day", `
2026-01-05 direction-made act=bundle due=2026-02-02
2026-01-20 direction-made act=bundle due=2026-03-02
> D04 of=bundle running, due 2026-03-02`, "", nil},
		{"issues of an old mediation do not colour a new agreement", `
2020-01-06 plan-finalised
2020-02-03 mediation-requested issues=health
2026-01-05 amended-plan-finalised
2026-02-02 mediation-agreement-signed appealable=no
> M10 running, due 2026-02-16`, "", nil},
		{"a decision is challenged in time from the day it was issued", `
2026-09-07 order-made order=assess sent=2026-09-10
> D08 running, due 2026-10-08
> E02 running, due 2026-09-21`, "", nil},

		{"help that starts seven weeks after the plan is late", `
2026-11-16 plan-finalised
2027-01-04 provision-started
> B10 late, due 2026-11-16, 49 days late`, "", nil},
		{"the family is asked for its views and owes nothing", `
2026-11-16 advice-requested type=a body=Parents
2026-11-16 advice-requested type=c body=Health
2027-01-04 advice-received body=Health
> B02 of=Health late`, "", nil},
		{"a plan kept in detention is to be reviewed on release", `
2026-01-05 plan-finalised
2026-02-02 detained
2026-09-01 released
> B10 running`, "", []string{"plan IN_FORCE", "review DUE"}},
		{"a draft after re-assessment needs its 15 days", `
2027-03-01 reassessment-self-initiated
2027-05-03 draft-served
2027-05-10 amended-plan-finalised
> C33 running, due 2027-06-07`, "the family has until 17 May 2027", []string{"reassessment REASSESSING"}},

		{"the time to appeal ends on a Saturday just before August", `
2027-05-31 no-plan-notice-sent
> D01 running, due 2027-08-02`, "", nil},
		{"and in August", `
2027-06-01 no-plan-notice-sent
> D01 running, due 2027-09-01`, "", nil},
		{"the time to appeal ends on a Sunday just before Christmas", `
2028-10-24 cease-notice-sent
> D01 running, due 2028-12-27
> C52 not-before, due 2028-12-28`, "", nil},
		{"no transfer is overdue before the move", `
2026-10-01 move-known
today 2026-10-30
> C40 running, due 2026-10-21`, "", nil},
		{"a decision two years before the transfer does not name the next school", `
2025-09-01 phase-transfer-due kind=school on=2027-09-01
2025-12-01 review-decision-sent decision=keep
2026-12-01 review-decision-sent decision=keep
today 2026-11-30
> C20 running, due 2027-02-14`, "", nil},
		{"and one within the year does", `
2025-09-01 phase-transfer-due kind=school on=2027-09-01
2025-12-01 review-decision-sent decision=keep
2026-12-01 review-decision-sent decision=keep
> C20 met, due 2027-02-14`, "", nil},
		{"two directions that do not name their act", `
2027-02-01 direction-made due=2027-03-08
2027-02-01 direction-made due=2027-04-12
today 2027-03-09
> D04 overdue, due 2027-03-08, 1 day late
> D04 running, due 2027-04-12`, "", nil},
		{"two requests for advice that do not name the body", `
2027-02-01 advice-requested type=c
2027-02-08 advice-requested type=d
> B02 running, due 2027-03-15
> B02 running, due 2027-03-22`, "", nil},
		{"an acknowledgement is of the latest complaint", `
2026-10-01 complaint-received scheme=corporate
2026-10-05 complaint-received scheme=nhs
2026-10-06 complaint-acknowledged
> G01 running, due 2026-10-08
> G20 met`, "", nil},
		{"unless it says of which", `
2026-10-01 complaint-received scheme=corporate
2026-10-05 complaint-received scheme=nhs
2026-10-06 complaint-acknowledged scheme=corporate
2026-10-20 stage-response-sent stage=1 scheme=corporate
> G01 met
> G02 met, due 2026-10-20
> G20 overdue, due 2026-10-08`, "", nil},
		{"two complaints answered one by one", `
2026-10-01 complaint-received scheme=children-act
2026-10-02 complaint-received scheme=corporate
2026-10-06 complaint-acknowledged
2026-10-12 stage-response-sent
> G02 met
> G10a running, due 2026-10-15`, "", nil},

		{"advice asked in another summer is no exception", `
closed "Oak School" 2024-07-23 2024-09-02
2026-06-08 request-received
2026-10-01 exception-recorded rule=B06 ground=school-closed setting="Oak School" asked=2024-07-20
today 2026-10-27
> B06 overdue`, "outside the time allowed", nil},
		{"an absence that ends before it starts", `
2027-01-04 request-received
2027-03-01 exception-recorded rule=B06 ground=absent from=2027-02-28 to=2027-02-01
> B06 running`, "its last day, 1 February 2027, is before its first, 28 February 2027", nil},
		{"any of two requests for advice may fall in the window", `
closed "Oak School" 2026-07-23 2026-09-02
2026-06-08 request-received
2026-07-17 advice-requested type=b body="Oak School"
2026-09-14 advice-requested type=b body="Oak School"
2026-10-01 exception-recorded rule=B06 ground=school-closed setting="Oak School"
> B06 excused, due 2026-10-26`, "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			check(t, strings.TrimSpace(test.text), test.refused, test.states...)
		})
	}
}
