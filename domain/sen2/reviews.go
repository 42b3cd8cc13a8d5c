package sen2

import (
	"fmt"
	"time"

	"weald/calendar"
	"weald/domain/casework"
)

// draftDateAsked is the first return in which the day of the amendment notice
// had to be given: before it, none given does not mean none sent.
const draftDateAsked = 2026

var reviewDecisions = map[string]string{"A": "amend", "C": "cease", "M": "keep"}

func (t *teller) active(r *Request) {
	a := r.Active
	if a.TransferLA != "" {
		t.fact("Plan came from local authority", a.TransferLA+"; the day of transfer is not in the return", a.Line, "TransferLA")
	}
	t.review(r, a)
	t.activeFacts(a)
}

func (t *teller) review(r *Request, a *ActivePlan) {
	made := day{t.p.Born, "PersonBirthDate", "the person was born"}
	if r.Assessment != nil {
		if is := issued(r.Assessment); !is.on.IsZero() {
			made = is
		}
	}
	keep := func(d day, earlier ...day) day {
		if !t.follows(a.Line, d, earlier...) {
			d.on = 0
		}
		return d
	}
	meeting := keep(day{a.ReviewMeeting, "ReviewMeeting", "the review meeting"}, made)
	last := keep(day{a.LastReview, "LastReview", "the decision after the review"}, made)
	draft := keep(day{a.ReviewDraft, "ReviewDraft", "the amendment notice"}, made)
	final := keep(day{a.TransferFinal, "PhaseTransferFinalDate", "the amended plan"}, made)
	t.begin(a.Line, meeting.on, last.on)

	t.tell(meeting.on, a.Line, meeting.item, casework.ReviewMeetingHeld)
	t.notRecorded(meeting.on, a.Line, meeting.item, "C08") // a return holds no reports
	decision := reviewDecisions[a.ReviewOutcome]
	switch {
	case last.on.IsZero() && decision == "":
	case last.on.IsZero():
		t.find(Query, a.Line, "LastReview", "The review was decided, but the day is not given.")
		t.notRecorded(meeting.on, a.Line, "LastReview", "C01", "C02", "C09")
	case last.on < meeting.on:
		t.find(Query, a.Line, "LastReview", "LastReview is %s, which is before the review meeting, on %s, so it is of an earlier review. It was left out.", last.on.Words(), meeting.on.Words())
		if decision != "" {
			t.notRecorded(meeting.on, a.Line, "LastReview", "C01", "C02", "C09")
		}
	case decision == "":
		t.find(Query, a.Line, "ReviewOutcome", "The review was decided on %s, but the decision is not given.", last.on.Words())
		t.notRecorded(last.on, a.Line, "ReviewOutcome", "C01", "C02", "C09")
	default:
		t.tell(last.on, a.Line, "LastReview", casework.ReviewDecisionSent, "decision", decision)
		if decision == "amend" && draft.on.IsZero() && t.h.Year < draftDateAsked {
			t.notRecorded(last.on, a.Line, "ReviewDraft", "C10")
		}
	}
	if a.TransferLA != "" {
		t.reviewAfterMove(a.Line, made.on, last.on)
	}
	t.tell(draft.on, a.Line, draft.item, casework.AmendmentNoticeSent)
	t.amended(a.Line, meeting.on, draft.on, final.on, last.on, decision)
	if !a.TransferDue.IsZero() {
		t.transfer(a, final.on)
	}
	t.tell(final.on, a.Line, final.item, casework.AmendedPlanFinalised)
}

// reviewAfterMove notes the yearly reviews of a plan that came from another
// authority in the year before the return, where they fall due before a review
// after the move might: that is three months from a day not given, and so 31
// March at the latest, or later (regulation 15(5)).
func (t *teller) reviewAfterMove(line int, made, last calendar.Date) {
	latest := calendar.On(t.h.Year, time.March, 31)
	if !made.IsZero() && made.AddMonths(12) <= latest {
		t.notRecorded(made, line, "TransferLA", "C01")
	}
	if !last.IsZero() && last.AddMonths(12) <= latest {
		t.notRecorded(last, line, "TransferLA", "C02")
	}
}

// amended notes the limits on issuing an amended plan that ended before census
// day: whether they were kept is not in the return.
func (t *teller) amended(line int, meeting, draft, final, last calendar.Date, decision string) {
	census := t.h.Census()
	past := func(from calendar.Date, weeks int) bool {
		return !from.IsZero() && (census.IsZero() || from.AddDays(7*weeks) < census)
	}
	if past(draft, 8) && final < draft {
		t.notRecorded(draft, line, "ReviewDraft", "C12", "C13")
	}
	if certain := max(draft, last); (decision == "amend" && last >= meeting || draft >= meeting && draft != 0) && past(meeting, 12) && final < meeting {
		t.notRecorded(certain, line, "ReviewMeeting", "C14")
	}
}

// begin says that the record begins with the return: it holds only the latest
// review, so reviews before the year that it covers may have been held and not
// be here. A plan that has had no review is not touched.
func (t *teller) begin(line int, meeting, last calendar.Date) {
	first := meeting
	if first.IsZero() || !last.IsZero() && last < first {
		first = last
	}
	if first.IsZero() || t.h.Year == 0 {
		return
	}
	t.tell(min(first, calendar.On(t.h.Year-1, time.January, 1)), line, "ReviewMeeting", casework.RecordBegins)
}

// transfer reads a due day that is one of regulation 18's as the transfer of
// that September. Another day cannot be turned into the day of a transfer.
func (t *teller) transfer(a *ActivePlan, final calendar.Date) {
	year, month, dayOf := a.TransferDue.Parts()
	kind := ""
	switch {
	case month == time.February && (dayOf == 14 || dayOf == 15):
		kind = "school"
	case month == time.March && (dayOf == 30 || dayOf == 31):
		kind = "post-16"
	default:
		t.find(Query, a.Line, "PhaseTransferDueDate", "The plan was due on %s for a phase transfer, which is none of regulation 18's days; the day of the transfer is not in the return.", a.TransferDue.Words())
		return
	}
	known := a.TransferDue // it was known by the day of the return at the latest
	for _, by := range []calendar.Date{t.h.Census(), a.ReviewMeeting, final} {
		if !by.IsZero() {
			known = min(known, by)
		}
	}
	t.tell(known, a.Line, "PhaseTransferDueDate", casework.PhaseTransferDue, "kind", kind, "on", fmt.Sprintf("%d-09-01", year))
}
