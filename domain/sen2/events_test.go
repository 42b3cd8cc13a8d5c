package sen2

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"weald/domain/casework"

	"github.com/google/go-cmp/cmp"
)

// Each row is one request of a person born on 2 May 2015, and what is made of
// it. A return of 2026 unless said.
var stories = []struct {
	name    string
	year    string
	request string
	events  string // as case files write them
	facts   []string
	says    []string // findings: item, then part of the words
}{
	{
		name:    "assessed, and a plan issued",
		request: "<ReceivedDate>2025-01-06</ReceivedDate><RequestSource>2</RequestSource><RequestOutcomeDate>2025-02-14</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>Y</AssessmentOutcome><AssessmentOutcomeDate>2025-05-20</AssessmentOutcomeDate><Week20>0</Week20><NamedPlan><StartDate>2025-05-20</StartDate><PlanDetail><URN>100000</URN><PlacementRank>1</PlacementRank></PlanDetail></NamedPlan></Assessment><ActivePlans><PlacementDetail><SENsetting>EHE</SENsetting><EntryDate>2025-09-01</EntryDate></PlacementDetail><SENneed><SENtype>ASD</SENtype><SENtypeRank>1</SENtypeRank></SENneed><SENneed><SENtype>HI</SENtype><SENtypeRank>2</SENtypeRank></SENneed></ActivePlans>",
		events: `
			2025-01-06 request-received source=school
			2025-02-14 decision-to-assess-sent decision=yes
			2025-05-20 plan-finalised`,
		facts: []string{"Named in the plan: URN 100000", "Attends: Elective home education, from 1 September 2025", "Primary need: Autistic spectrum disorder", "Secondary need: Hearing impairment"},
	},
	{
		name:    "refused; a request by parent or young person has no source",
		request: "<ReceivedDate>2025-01-06</ReceivedDate><RequestSource>1</RequestSource><RequestOutcomeDate>2025-02-14</RequestOutcomeDate><RequestOutcome>N</RequestOutcome><RequestMediation>1</RequestMediation><RequestTribunal>1</RequestTribunal>",
		events: `
			2025-01-06 request-received
			2025-02-14 decision-to-assess-sent decision=no`,
		facts: []string{"Request made by: the young person or a parent; the return does not say which", "About the request: mediation; its days are not in the return", "About the request: appeal to the Tribunal; its days are not in the return"},
	},
	{
		name:    "refused, overturned, and a plan issued",
		request: "<ReceivedDate>2025-01-06</ReceivedDate><RequestOutcomeDate>2025-02-14</RequestOutcomeDate><RequestOutcome>N</RequestOutcome><RequestTribunal>1</RequestTribunal><Assessment><AssessmentOutcome>Y</AssessmentOutcome><AssessmentOutcomeDate>2025-11-20</AssessmentOutcomeDate><NamedPlan><StartDate>2025-11-20</StartDate></NamedPlan></Assessment><ActivePlans/>",
		events: `
			2025-01-06 request-received
			2025-02-14 decision-to-assess-sent decision=no
			2025-11-20 plan-finalised`,
	},
	{
		name:    "refused on a day not given",
		request: "<ReceivedDate>2025-01-06</ReceivedDate><RequestOutcome>N</RequestOutcome>",
		says:    []string{"RequestOutcomeDate", "received on 6 January 2025, was left out"},
	},
	{
		name:    "open",
		request: "<ReceivedDate>2025-12-06</ReceivedDate><RequestSource>4</RequestSource><RequestOutcome>A</RequestOutcome>",
		events:  "2025-12-06 request-received source=social-care",
	},
	{
		name:    "open, with a plan",
		request: "<ReceivedDate>2025-12-06</ReceivedDate><RequestOutcome>A</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome></Assessment>",
		says:    []string{"RequestOutcome", "not yet decided, and yet an assessment or a plan stands under it"},
	},
	{
		name:    "withdrawn",
		request: "<ReceivedDate>2025-03-06</ReceivedDate><RequestOutcome>W</RequestOutcome>",
		facts:   []string{"Request withdrawn: received 6 March 2025; the day of withdrawal is not in the return"},
	},
	{
		name:    "historical: only the plan and its review",
		request: "<ReceivedDate>2017-03-06</ReceivedDate><RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2017-09-01</StartDate></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2025-06-16</ReviewMeeting><ReviewOutcome>M</ReviewOutcome><LastReview>2025-07-10</LastReview></ActivePlans>",
		events: `
			2017-09-01 plan-finalised
			2025-01-01 record-begins
			2025-06-16 review-meeting-held
			2025-06-16 not-recorded rule=C08
			2025-07-10 review-decision-sent decision=keep`,
		facts: []string{"Earlier request: received 6 March 2017; decided before the period of the return"},
	},
	{
		name:    "historical request, assessment open",
		request: "<ReceivedDate>2024-12-06</ReceivedDate><RequestSource>3</RequestSource><RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>A</AssessmentOutcome></Assessment>",
		events: `
			2024-12-06 request-received source=health
			2024-12-06 not-recorded rule=A02`,
	},
	{
		name:    "historical request, plan issued in the year",
		request: "<ReceivedDate>2024-10-07</ReceivedDate><RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>Y</AssessmentOutcome><AssessmentOutcomeDate>2025-03-03</AssessmentOutcomeDate><Week20>1</Week20><NamedPlan><StartDate>2025-03-03</StartDate></NamedPlan></Assessment><ActivePlans/>",
		events: `
			2024-10-07 request-received
			2024-10-07 not-recorded rule=A02
			2025-03-03 plan-finalised`,
		facts: []string{"Exception to the 20 weeks: stated in the return, without its ground"},
	},
	{
		name:    "assessed, and no plan",
		request: "<ReceivedDate>2025-01-06</ReceivedDate><RequestSource>5</RequestSource><RequestOutcomeDate>2025-02-14</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>N</AssessmentOutcome><AssessmentOutcomeDate>2025-04-20</AssessmentOutcomeDate><AssessmentTribunal>1</AssessmentTribunal><OtherMediation>1</OtherMediation></Assessment>",
		events: `
			2025-01-06 request-received source=other
			2025-02-14 decision-to-assess-sent decision=yes
			2025-04-20 no-plan-notice-sent`,
		facts: []string{"About the decision to make a plan: appeal to the Tribunal; its days are not in the return", "About the assessment, other: mediation; its days are not in the return"},
	},
	{
		name:    "no plan, on a day not given",
		request: "<ReceivedDate>2025-01-06</ReceivedDate><RequestOutcomeDate>2025-02-14</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>N</AssessmentOutcome></Assessment>",
		says:    []string{"AssessmentOutcomeDate", "decided not to make a plan, on a day that is not given"},
	},
	{
		name:    "assessment under way, decision's day not given",
		request: "<ReceivedDate>2025-11-06</ReceivedDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>A</AssessmentOutcome></Assessment>",
		events: `
			2025-11-06 request-received
			2025-11-06 not-recorded rule=A02`,
		says: []string{"RequestOutcomeDate", "decided to assess, but the day is not given"},
	},
	{
		name:    "assessment withdrawn",
		request: "<ReceivedDate>2025-01-06</ReceivedDate><RequestOutcomeDate>2025-02-14</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>W</AssessmentOutcome></Assessment>",
		facts:   []string{"Assessment withdrawn: before a decision; the day is not in the return"},
	},
	{
		name:    "a plan will be issued and has not been",
		request: "<ReceivedDate>2025-09-08</ReceivedDate><RequestOutcomeDate>2025-10-14</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>Y</AssessmentOutcome></Assessment>",
		events: `
			2025-09-08 request-received
			2025-10-14 decision-to-assess-sent decision=yes`,
	},
	{
		name:    "a plan was issued and is not in the return",
		request: "<ReceivedDate>2025-01-06</ReceivedDate><RequestOutcomeDate>2025-02-14</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>Y</AssessmentOutcome><AssessmentOutcomeDate>2025-05-20</AssessmentOutcomeDate></Assessment>",
		events: `
			2025-01-06 request-received
			2025-02-14 decision-to-assess-sent decision=yes
			2025-05-20 plan-finalised`,
		says: []string{"NamedPlan", "issued on 20 May 2025, but is not in the return"},
	},
	{
		name:    "moved away before the assessment was completed",
		request: "<ReceivedDate>2025-01-06</ReceivedDate><RequestOutcomeDate>2025-02-14</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><Exported>301</Exported><Assessment><AssessmentOutcome>A</AssessmentOutcome></Assessment>",
		facts:   []string{"Moved to local authority: 301; the day of the move is not in the return"},
	},
	{
		name:    "asked for in detention",
		request: "<ReceivedDate>2025-12-06</ReceivedDate><RYA>1</RYA><RequestOutcome>A</RequestOutcome>",
		events:  "2025-12-06 request-received",
		facts:   []string{"Request in detention: made while in relevant youth accommodation; the days of detention are not in the return, so the ordinary time limits are shown"},
	},
	{
		name:    "no outcome",
		request: "<ReceivedDate>2025-12-06</ReceivedDate>",
		says:    []string{"RequestOutcome", "its outcome is not given"},
	},
	{
		name:    "an outcome that is none",
		request: "<ReceivedDate>2025-12-06</ReceivedDate><RequestOutcome>X</RequestOutcome>",
		says:    []string{"RequestOutcome", "“X”, is none that is known"},
	},
	{
		name:    "another authority's assessment",
		request: "<ReceivedDate>2025-01-06</ReceivedDate><RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>S</AssessmentOutcome><NamedPlan><StartDate>2025-06-02</StartDate></NamedPlan></Assessment><ActivePlans/>",
		events:  "2025-06-02 plan-finalised",
	},
	{
		name:    "plan transferred in: when its first review is due is not known",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2024-06-02</StartDate></NamedPlan></Assessment><ActivePlans><TransferLA>301</TransferLA></ActivePlans>",
		events: `
			2024-06-02 plan-finalised
			2024-06-02 not-recorded rule=C01`,
		facts: []string{"Plan came from local authority: 301; the day of transfer is not in the return"},
	},
	{
		name:    "plan transferred in, reviewed late in the year: the next is due after any day of the move",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2025-05-02</StartDate></NamedPlan></Assessment><ActivePlans><TransferLA>301</TransferLA><ReviewMeeting>2025-10-01</ReviewMeeting><ReviewOutcome>M</ReviewOutcome><LastReview>2025-10-20</LastReview></ActivePlans>",
		events: `
			2025-01-01 record-begins
			2025-05-02 plan-finalised
			2025-10-01 review-meeting-held
			2025-10-01 not-recorded rule=C08
			2025-10-20 review-decision-sent decision=keep`,
	},
	{
		name:    "amended, in time to see whether the plan followed",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2020-06-02</StartDate></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2025-11-24</ReviewMeeting><ReviewOutcome>A</ReviewOutcome><ReviewDraft>2025-12-15</ReviewDraft><LastReview>2025-12-15</LastReview></ActivePlans>",
		events: `
			2020-06-02 plan-finalised
			2025-01-01 record-begins
			2025-11-24 review-meeting-held
			2025-11-24 not-recorded rule=C08
			2025-12-15 review-decision-sent decision=amend
			2025-12-15 amendment-notice-sent`,
	},
	{
		name:    "amended, and whether the plan followed is not in the return",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2020-06-02</StartDate></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2025-06-16</ReviewMeeting><ReviewOutcome>A</ReviewOutcome><ReviewDraft>2025-07-14</ReviewDraft><LastReview>2025-07-10</LastReview></ActivePlans>",
		events: `
			2020-06-02 plan-finalised
			2025-01-01 record-begins
			2025-06-16 review-meeting-held
			2025-06-16 not-recorded rule=C08
			2025-07-10 review-decision-sent decision=amend
			2025-07-14 amendment-notice-sent
			2025-07-14 not-recorded rule=C12
			2025-07-14 not-recorded rule=C13
			2025-07-14 not-recorded rule=C14`,
	},
	{
		name: "amended, before the notice's day had to be given", year: "2024",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2020-06-02</StartDate></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2023-06-16</ReviewMeeting><ReviewOutcome>A</ReviewOutcome><LastReview>2023-07-10</LastReview></ActivePlans>",
		events: `
			2020-06-02 plan-finalised
			2023-01-01 record-begins
			2023-06-16 review-meeting-held
			2023-06-16 not-recorded rule=C08
			2023-07-10 review-decision-sent decision=amend
			2023-07-10 not-recorded rule=C10
			2023-07-10 not-recorded rule=C14`,
	},
	{
		name:    "decided after a review to cease",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2020-06-02</StartDate></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2024-11-24</ReviewMeeting><ReviewOutcome>C</ReviewOutcome><LastReview>2024-12-15</LastReview></ActivePlans>",
		events: `
			2020-06-02 plan-finalised
			2024-11-24 record-begins
			2024-11-24 review-meeting-held
			2024-11-24 not-recorded rule=C08
			2024-12-15 review-decision-sent decision=cease`,
	},
	{
		name:    "a review decided, and the decision not given",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2020-06-02</StartDate></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2025-06-16</ReviewMeeting><LastReview>2025-07-10</LastReview></ActivePlans>",
		events: `
			2020-06-02 plan-finalised
			2025-01-01 record-begins
			2025-06-16 review-meeting-held
			2025-06-16 not-recorded rule=C08
			2025-07-10 not-recorded rule=C01
			2025-07-10 not-recorded rule=C02
			2025-07-10 not-recorded rule=C09`,
		says: []string{"ReviewOutcome", "decided on 10 July 2025, but the decision is not given"},
	},
	{
		name:    "a review decided on a day not given",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2020-06-02</StartDate></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2025-06-16</ReviewMeeting><ReviewOutcome>M</ReviewOutcome></ActivePlans>",
		events: `
			2020-06-02 plan-finalised
			2025-01-01 record-begins
			2025-06-16 review-meeting-held
			2025-06-16 not-recorded rule=C08
			2025-06-16 not-recorded rule=C01
			2025-06-16 not-recorded rule=C02
			2025-06-16 not-recorded rule=C09`,
		says: []string{"LastReview", "decided, but the day is not given"},
	},
	{
		name:    "the decision is of an earlier review; this one is undecided",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2020-06-02</StartDate></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2025-12-16</ReviewMeeting><LastReview>2025-01-10</LastReview></ActivePlans>",
		events: `
			2020-06-02 plan-finalised
			2025-01-01 record-begins
			2025-12-16 review-meeting-held
			2025-12-16 not-recorded rule=C08`,
		says: []string{"LastReview", "LastReview is 10 January 2025, which is before the review meeting, on 16 December 2025"},
	},
	{
		name:    "a meeting and no decision yet",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2020-06-02</StartDate></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2026-01-06</ReviewMeeting></ActivePlans>",
		events: `
			2020-06-02 plan-finalised
			2025-01-01 record-begins
			2026-01-06 review-meeting-held
			2026-01-06 not-recorded rule=C08`,
	},
	{
		name:    "phase transfer to school, done",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2025-01-02</StartDate></NamedPlan></Assessment><ActivePlans><PhaseTransferDueDate>2025-02-15</PhaseTransferDueDate><PhaseTransferFinalDate>2025-02-10</PhaseTransferFinalDate></ActivePlans>",
		events: `
			2025-01-02 plan-finalised
			2025-02-10 phase-transfer-due kind=school on=2025-09-01
			2025-02-10 amended-plan-finalised`,
	},
	{
		name:    "phase transfer to post-16, to come",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2025-06-02</StartDate></NamedPlan></Assessment><ActivePlans><PhaseTransferDueDate>2026-03-31</PhaseTransferDueDate></ActivePlans>",
		events: `
			2025-06-02 plan-finalised
			2026-01-15 phase-transfer-due kind=post-16 on=2026-09-01`,
	},
	{
		name:    "phase transfer on another day",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2025-06-02</StartDate></NamedPlan></Assessment><ActivePlans><PhaseTransferDueDate>2026-05-31</PhaseTransferDueDate></ActivePlans>",
		events:  "2025-06-02 plan-finalised",
		says:    []string{"PhaseTransferDueDate", "31 May 2026 for a phase transfer, which is none of regulation 18's days"},
	},
	{
		name:    "a plan with no start date",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan/></Assessment><ActivePlans/>",
		says:    []string{"StartDate", "no start date"},
	},
	{
		name:    "a plan's two days differ",
		request: "<ReceivedDate>2025-01-06</ReceivedDate><RequestOutcomeDate>2025-02-14</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>Y</AssessmentOutcome><AssessmentOutcomeDate>2025-05-20</AssessmentOutcomeDate><NamedPlan><StartDate>2025-05-27</StartDate></NamedPlan></Assessment><ActivePlans/>",
		events: `
			2025-01-06 request-received
			2025-02-14 decision-to-assess-sent decision=yes
			2025-05-27 plan-finalised`,
		says: []string{"StartDate", "starts on 27 May 2025 and AssessmentOutcomeDate is 20 May 2025"},
	},
	{
		name:    "neither ceased nor active",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2020-06-02</StartDate></NamedPlan></Assessment>",
		events: `
			2020-06-02 plan-finalised
			2020-06-02 not-recorded rule=C01`,
		says: []string{"ActivePlans", "its reviews are not known"},
	},
	{
		name:    "what a plan and a placement say besides",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2025-06-02</StartDate><PlanRes>A</PlanRes><PlanWBP>2</PlanWBP><PB>1</PB><OA>1</OA><DP>E</DP><PlanDetail><UKPRN>10000001</UKPRN><PlacementRank>2</PlacementRank><SENunitIndicator>1</SENunitIndicator><ResourcedProvisionIndicator>1</ResourcedProvisionIndicator></PlanDetail></NamedPlan></Assessment><ActivePlans><PlacementDetail><SENsetting>OTH</SENsetting><SENSettingOther>Tutor</SENSettingOther><EntryDate>2025-06-02</EntryDate><LeavingDate>2025-06-01</LeavingDate><Res>B</Res><WBP>3</WBP></PlacementDetail></ActivePlans>",
		events:  "2025-06-02 plan-finalised",
		facts: []string{
			"Named in the plan (second): UKPRN 10000001, SEN unit, resourced provision", "Residential setting named: code A of PlanRes", "Work-based learning named: code 2 of PlanWBP",
			"Personal budget: taken up", "Personal budget: organised arrangements", "Personal budget: direct payments, code E of DP",
			"Attends: Other, or a type of setting with none named (Tutor), from 2 June 2025, to 1 June 2025", "Residential setting: code B of Res", "Work-based learning: code 3 of WBP",
		},
		says: []string{"LeavingDate", "1 June 2025, which is before EntryDate, 2 June 2025"},
	},
	{
		name:    "decided before it was asked for",
		request: "<ReceivedDate>2025-03-06</ReceivedDate><RequestOutcomeDate>2025-02-14</RequestOutcomeDate><RequestOutcome>N</RequestOutcome>",
		says:    []string{"RequestOutcomeDate", "RequestOutcomeDate is 14 February 2025, which is before the request was received, on 6 March 2025"},
	},
	{
		name:    "received on a day not given",
		request: "<RequestOutcomeDate>2025-02-14</RequestOutcomeDate><RequestOutcome>N</RequestOutcome>",
		events:  "2025-02-14 decision-to-assess-sent decision=no",
		says:    []string{"ReceivedDate", "the request was received is not given"},
	},
	{
		name:    "asked for before birth",
		request: "<ReceivedDate>2014-03-06</ReceivedDate><RequestOutcome>A</RequestOutcome>",
		says:    []string{"ReceivedDate", "6 March 2014, which is before the person was born, on 2 May 2015"},
	},
	{
		name:    "refused a plan before the request",
		request: "<ReceivedDate>2025-03-06</ReceivedDate><RequestOutcomeDate>2025-04-14</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>N</AssessmentOutcome><AssessmentOutcomeDate>2024-06-01</AssessmentOutcomeDate></Assessment>",
		facts:   []string{"Request: received 6 March 2025; left out, because the days that follow contradict it"},
		says:    []string{"AssessmentOutcomeDate", "1 June 2024, which is before the request was received, on 6 March 2025"},
	},
	{
		name:    "plan made before it was decided to assess",
		request: "<ReceivedDate>2025-03-06</ReceivedDate><RequestOutcomeDate>2025-04-14</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>Y</AssessmentOutcome><AssessmentOutcomeDate>2025-04-01</AssessmentOutcomeDate><NamedPlan><StartDate>2025-04-01</StartDate></NamedPlan></Assessment><ActivePlans/>",
		says:    []string{"StartDate", "1 April 2025, which is before the request was decided, on 14 April 2025"},
	},
	{
		name:    "reviewed before the plan was made",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2025-06-02</StartDate></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2025-05-06</ReviewMeeting></ActivePlans>",
		events:  "2025-06-02 plan-finalised",
		says:    []string{"ReviewMeeting", "6 May 2025, which is before the plan was made, on 2 June 2025"},
	},
	{
		name:    "ceased before it was made",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2025-06-02</StartDate><CeaseDate>2025-05-01</CeaseDate><CeaseReason>2</CeaseReason></NamedPlan></Assessment>",
		events:  "2025-06-02 plan-finalised",
		says:    []string{"CeaseDate", "1 May 2025, which is before the plan was made, on 2 June 2025"},
	},
	{
		name:    "ceased on a day not given",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2020-06-02</StartDate><CeaseReason>3</CeaseReason></NamedPlan></Assessment>",
		events: `
			2020-06-02 plan-finalised
			2020-06-02 not-recorded rule=C01`,
		says: []string{"CeaseDate", "ceased (Moved to higher education), but the day is not given"},
	},
	{
		name:    "reviewed after death",
		request: "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2020-06-02</StartDate><CeaseDate>2025-03-01</CeaseDate><CeaseReason>8</CeaseReason></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2025-03-06</ReviewMeeting></ActivePlans>",
		events: `
			2020-06-02 plan-finalised
			2025-01-01 record-begins
			2025-03-01 deceased`,
		says: []string{"ReviewMeeting", "had died. It was left out."},
	},
}

func ceased(reason string) string {
	return "<RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>2020-06-02</StartDate><CeaseDate>2025-05-01</CeaseDate>" + reason + "</NamedPlan></Assessment>"
}

func tell(t *testing.T, year, request string) (*Person, Story) {
	t.Helper()
	file := strings.Replace(wrap(fmt.Sprintf(inner, request)), "<Year>2026", "<Year>"+year, 1)
	file = strings.Replace(file, "<ReferenceDate>2026-01-15", "<ReferenceDate>"+year+"-01-15", 1)
	h, people, _ := readAll(t, file)
	return people[0], Events(people[0], h)
}

func lines(s Story) (list []string) {
	for _, d := range s.Events {
		list = append(list, d.Event.String())
	}
	return list
}

func wanted(events string) (list []string) {
	for line := range strings.Lines(events) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

func TestStories(t *testing.T) {
	for _, c := range stories {
		year := c.year
		if year == "" {
			year = "2026"
		}
		p, s := tell(t, year, c.request)
		if d := cmp.Diff(wanted(c.events), lines(s)); d != "" {
			t.Errorf("%s: want -, got +\n%s", c.name, d)
		}
		for _, f := range c.facts {
			if !slices.ContainsFunc(s.Facts, func(got Fact) bool { return got.Name+": "+got.Value == f }) {
				t.Errorf("%s: no fact %q in %+v", c.name, f, s.Facts)
			}
		}
		said := func(f Finding) bool {
			return f.Person == 1 && f.Line > 0 && f.Item == c.says[0] && strings.Contains(f.What, c.says[1])
		}
		if len(c.says) == 0 && len(s.Findings) > 0 || len(c.says) > 0 && !slices.ContainsFunc(s.Findings, said) {
			t.Errorf("%s: findings %+v; want %q", c.name, s.Findings, c.says)
		}
		lawfulStory(t, p, s)
	}
}

func TestReasonsForCeasing(t *testing.T) {
	for reason, want := range map[string]string{
		"1": "plan-ceased reason=1", "2": "plan-ceased reason=2", "3": "plan-ceased reason=3", "4": "plan-ceased reason=4",
		"5": "plan-transferred-out", "6": "plan-ceased reason=6", "7": "left-england", "8": "deceased", "9": "plan-ceased reason=9",
	} {
		_, s := tell(t, "2026", ceased("<CeaseReason>"+reason+"</CeaseReason>"))
		if d := cmp.Diff([]string{"2020-06-02 plan-finalised", "2025-05-01 " + want}, lines(s)); d != "" || len(s.Findings) > 0 {
			t.Errorf("reason %s: %v\n%s", reason, s.Findings, d)
		}
	}
	_, s := tell(t, "2026", ceased(""))
	if got := lines(s); got[1] != "2025-05-01 plan-ceased" || len(s.Findings) != 1 || s.Findings[0].Item != "CeaseReason" {
		t.Errorf("no reason: %v, %v", got, s.Findings)
	}
}

// Every code of an outcome has a story of its own.
func TestEveryOutcomeHasAStory(t *testing.T) {
	all := ""
	for _, c := range stories {
		all += c.request
	}
	for item, codes := range map[string]Codes{"RequestOutcome": RequestOutcomes, "AssessmentOutcome": AssessmentOutcomes, "RequestSource": RequestSources, "ReviewOutcome": ReviewOutcomes} {
		for _, c := range codes {
			if !strings.Contains(all, "<"+item+">"+c.Code+"<") {
				t.Errorf("%s %s has no story", item, c.Code)
			}
		}
	}
}

// Events say where they come from.
func TestProvenance(t *testing.T) {
	_, s := tell(t, "2026", "<ReceivedDate>2025-12-06</ReceivedDate><RequestOutcome>A</RequestOutcome>")
	if d := s.Events[0]; d.Provenance != "the 2026 SEN2 return of 999, person 1, line 4, ReceivedDate" || d.Line != 4 || d.Item != "ReceivedDate" {
		t.Errorf("%+v", d)
	}
}

func TestAboutThePerson(t *testing.T) {
	h, people, _ := readAll(t, wrap("<Person><Sex>F</Sex><Ethnicity>MWAS</Ethnicity><PostCode>ZZ99 3VZ</PostCode><UPNunknown>UN2</UPNunknown><Requests/></Person>"))
	s := Events(people[0], h)
	var got []string
	for _, f := range slices.Concat(s.About, s.Facts) {
		got = append(got, f.Name+": "+f.Value)
	}
	want := []string{"Sex: Female", "Ethnicity: White and Asian", "Postcode: ZZ99 3VZ", "No UPN or ULN: Never attended a state-funded school in England and not assigned a UPN"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// lawfulStory holds for every story: its events are in order, each says where it
// is from, and casework takes them all.
func lawfulStory(t *testing.T, p *Person, s Story) {
	t.Helper()
	k := casework.Case{Born: p.Born}
	for i, d := range s.Events {
		if i > 0 && d.Event.On < s.Events[i-1].Event.On {
			t.Errorf("person %d: %s comes after %s", p.Number, d.Event.String(), s.Events[i-1].Event.String())
		}
		if d.Line < 1 || d.Item == "" || d.Provenance == "" {
			t.Errorf("person %d: from nowhere: %+v", p.Number, d)
		}
		k.Events = append(k.Events, d.Event)
	}
	if len(k.Events) == 0 {
		return
	}
	clock := casework.NewClock(casework.DefaultPractice())
	for _, no := range clock.Read(&k, k.Events[len(k.Events)-1].On).Refused {
		t.Errorf("person %d: %s is refused: %s", p.Number, no.Event.String(), no.Why.Because)
	}
}

func checkStory(t *testing.T, p *Person, h Header) { lawfulStory(t, p, Events(p, h)) }

// The sample's 500 people make stories without a finding.
func TestSampleStories(t *testing.T) {
	file := sample(t)
	h, err := ReadHeader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	want, got := map[string]int{}, map[string]int{}
	_, _, err = Read(bytes.NewReader(file), func(p *Person) error {
		s := Events(p, h)
		for _, f := range s.Findings {
			t.Errorf("%+v", f)
		}
		lawfulStory(t, p, s)
		for _, d := range s.Events {
			got[d.Event.Kind.String()]++
		}
		for _, r := range p.Requests {
			if r.Outcome == "N" {
				want["decision-to-assess-sent"]++
			}
			if r.Outcome == "Y" && (r.Assessment == nil || r.Assessment.Outcome != "W") && r.Exported == "" {
				want["decision-to-assess-sent"]++
			}
			if r.Assessment != nil && r.Assessment.Plan != nil {
				want["plan-finalised"]++
			}
			if r.Active != nil && !r.Active.ReviewMeeting.IsZero() {
				want["review-meeting-held"]++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for kind, n := range want {
		if got[kind] != n {
			t.Errorf("%d of %s, want %d", got[kind], kind, n)
		}
	}
}
