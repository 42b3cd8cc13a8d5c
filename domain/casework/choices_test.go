package casework

import (
	"strings"
	"testing"
)

func TestEveryOpenQuestionIsAChoice(t *testing.T) {
	if len(Choices) != 21 {
		t.Fatalf("%d choices; expected 21", len(Choices))
	}
	for i, c := range Choices {
		if c.ID == "" || sentence(c.Reason) != "" || !strings.HasSuffix(c.Issue, "?") || len(c.Options) == 0 {
			t.Errorf("choice %d: %+v", i+1, c)
		}
		for _, o := range c.Options {
			if o.ID == "" || o.Words == "" {
				t.Errorf("%s: option %+v", c.ID, o)
			}
		}
		if c.Fixed() != (len(c.Options) == 1) {
			t.Errorf("%s: fixed", c.ID)
		}
		if got := DefaultPractice().Chosen(i); got != c.Options[0] {
			t.Errorf("%s: the default is %s", c.ID, got.ID)
		}
	}
}

// Every option other than a default changes a due date, a status or a refusal.
func TestEveryOptionMakesADifference(t *testing.T) {
	effects := []struct{ option, text, usual, otherwise string }{
		{"draft-days=working", "2026-12-24 draft-served", "B05 not-before, due 2027-01-08", "B05 not-before, due 2027-01-19"},
		{"draft-days=working", "2026-12-24 amendment-notice-served", "C11 not-before, due 2027-01-08", "C11 not-before, due 2027-01-19"},
		{"draft-target=16", "2026-09-07 request-received", "L01 running, due 2026-12-14", "L01 running, due 2026-12-28"},
		{"transfer-date=by", "2026-09-07 phase-transfer-due kind=school on=2027-09-01", "C20 running, due 2027-02-14", "C20 running, due 2027-02-15"},
		{"transfer-date=by", "2026-09-07 phase-transfer-due kind=post-16 on=2027-09-01", "C21 running, due 2027-03-30", "C21 running, due 2027-03-31"},
		{"notice-days=clear", "2026-10-22 review-papers-circulated\n2026-10-22 review-scheduled meeting=2026-11-05", "C06 met, due 2026-10-22", "C06 late, due 2026-10-21, 1 day late"},
		{"advice-start=sent", "2026-10-19 advice-requested type=b body=School received=2026-10-15", "B02 of=School running, due 2026-11-26", "B02 of=School running, due 2026-11-30"},
		{"advice-start=received", "2026-10-19 advice-requested type=b body=School received=2026-10-22", "B02 of=School running, due 2026-11-30", "B02 of=School running, due 2026-12-03"},
		{"last-reviewed=meeting", "2026-10-14 review-meeting-held\n2026-11-18 review-decision-sent decision=keep", "C02 running, due 2027-11-17", "C02 running, due 2027-10-13"},
		{"last-reviewed=meeting", "2025-09-01 plan-finalised\n2026-08-20 review-meeting-held\n2026-09-17 review-decision-sent decision=keep", "C01 late, due 2026-08-31, 17 days late", "C01 met, due 2026-08-31"},
		{"order-date=made", "2027-05-12 order-made order=assess sent=2027-05-10", "E02 running, due 2027-05-24", "E02 running, due 2027-05-26"},
		{"order-date=sent", "2027-05-12 order-made order=assess sent=2027-05-14", "E02 running, due 2027-05-26", "E02 running, due 2027-05-28"},
		{"mediation-days=working", "2026-11-02 mediation-requested issues=education", "M06 running, due 2026-12-02", "M06 running, due 2026-12-14"},
		{"complaint-start=receipt", "2026-11-02 complaint-received scheme=corporate\n2026-11-05 complaint-acknowledged", "G02 running, due 2026-11-19", "G02 running, due 2026-11-16"},
		{"waiver=refused", "2026-09-07 request-received\n2026-12-01 draft-served\n2026-12-03 draft-period-waived\n2026-12-04 plan-finalised", "B06 met", "B06 running"},
	}
	done := map[string]bool{}
	for _, e := range effects {
		t.Run(e.option, func(t *testing.T) {
			done[e.option] = true
			p := DefaultPractice()
			if err := p.Choose(e.option); err != nil {
				t.Fatal(err)
			}
			for practice, want := range map[*Practice]string{DefaultPractice(): e.usual, p: e.otherwise} {
				x, reading := read(t, practice, e.text+"\n> "+want)
				if why := x.Wants[0].Unmet(reading.Duties); why != "" {
					t.Error(why)
				}
			}
		})
	}
	for _, c := range Choices {
		for _, o := range c.Options[1:] {
			if !done[c.ID+"="+o.ID] {
				t.Errorf("%s=%s: no effect is shown", c.ID, o.ID)
			}
		}
	}
}

func TestBadSettingsAreRefused(t *testing.T) {
	for setting, want := range map[string]string{
		"colour=green":                           `"colour" is not a choice`,
		"draft-days":                             "draft-days=: expected calendar or working",
		"draft-days=":                            "draft-days=: expected calendar or working",
		"draft-days=Working":                     "draft-days=Working: expected calendar or working",
		"waiver=refused,order-date=posted":       "order-date=posted: expected earlier or made or sent",
		"waiver=refused;order-date=made":         "expected allowed or refused",
		"exception-length=28":                    "exception-length is settled and cannot be chosen otherwise",
		"draft-days=calendar,draft-days=working": "draft-days is decided twice",
	} {
		p := DefaultPractice()
		err := p.Choose(setting)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v; expected %s", setting, err, want)
		}
		if p.chosen != DefaultPractice().chosen {
			t.Errorf("%s: part of a bad setting was taken", setting)
		}
	}
	p := DefaultPractice()
	if err := p.Choose(" waiver=refused , draft-days=working,, weekend-dates=stay"); err != nil {
		t.Error(err)
	}
	if !p.takes(waiver, "refused") || !p.takes(draftDays, "working") {
		t.Error("good settings were not taken")
	}
	if err := p.Choose(""); err != nil {
		t.Error(err)
	}
}
