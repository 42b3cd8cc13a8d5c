package casework

import (
	"slices"
	"testing"
	"time"

	"weald/calendar"
	"weald/law"

	"pgregory.net/rapid"
)

// What is offered is accepted by Record, given the right particulars; what is
// refused is refused whatever its particulars.
func TestOffersAreWhatRecordAccepts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := anyCase.Draw(t, "case")
		today := dayAround(t, k)
		on := today - calendar.Date(rapid.SampledFrom([]int{0, 0, 1, 14, 200, -1}).Draw(t, "ago"))
		c, again := NewClock(DefaultPractice()), NewClock(DefaultPractice())
		before := k.Text()
		offers := c.Allowed(k, on, today)
		if len(offers) != len(Kinds()) {
			t.Fatalf("%d offers for %d kinds", len(offers), len(Kinds()))
		}
		for _, o := range offers {
			if o.Refusal == nil {
				e, err := ParseEvent(o.least.String()) // so that nothing it needs is missing
				if err != nil {
					t.Fatal(err)
				}
				if e.Kind != o.Kind || e.On != on {
					t.Fatalf("%s on %s proved by %s", o.Kind, on, e.String())
				}
				if no := again.Record(k, e, today); no != nil {
					t.Errorf("%s is offered and refused: %s\n%s", e.String(), no, before)
				}
				continue
			}
			if o.Refusal.Because == "" {
				t.Errorf("%s is refused without a reason", o.Kind)
			}
			if e := eventOf(on, o.Kind).Draw(t, "event"); again.Record(k, e, today) == nil {
				t.Errorf("%s is refused (%s) and accepted\n%s", e.String(), o.Refusal, before)
			}
		}
		if k.Text() != before {
			t.Errorf("the case was changed:\n%s\n%s", before, k.Text())
		}
	})
}

func TestEveryRuleWithExceptionsHasOneThatNeedsNoDays(t *testing.T) {
	for _, n := range excepted {
		if _, ok := Catalogue[n-1].Excuses(PersonalCircumstances.String()); !ok {
			t.Errorf("%s has exceptions, and none for personal circumstances: teach particulars what it needs", Catalogue[n-1].Code)
		}
	}
}

// Lily Carter is six. A request has been received and nothing decided.
func TestWhatIsOffered(t *testing.T) {
	k := &Case{Born: calendar.On(2020, time.March, 2)}
	k.Add(Happened(RequestReceived, calendar.On(2026, time.September, 7)))
	today := calendar.On(2026, time.October, 5)
	allowed, meets := map[Kind]bool{}, map[Kind][]*law.Rule{}
	for _, o := range NewClock(DefaultPractice()).Allowed(k, today, today) {
		allowed[o.Kind], meets[o.Kind] = o.Refusal == nil, o.Meets
	}
	for kind, want := range map[Kind]bool{
		DecisionToAssessSent: true, RequestWithdrawn: true, ExceptionRecorded: true, ComplaintReceived: true, Deceased: true,
		DraftReissued: false,
	} {
		if allowed[kind] != want {
			t.Errorf("%s: offered %v, want %v", kind, allowed[kind], want)
		}
	}
	if got := meets[DecisionToAssessSent]; !slices.Contains(got, TellWhetherToAssess) {
		t.Errorf("the decision to assess would meet %v", got)
	}
	if got := meets[ComplaintReceived]; got != nil {
		t.Errorf("a complaint would meet %v", got)
	}
	for _, o := range NewClock(DefaultPractice()).Allowed(k, today+1, today) {
		if o.Refusal == nil {
			t.Errorf("%s is offered on a day that has not come", o.Kind)
		}
	}
}
