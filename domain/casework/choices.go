package casework

import (
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
)

// A Choice is a point on which the law is silent or sources differ. It is
// decided once, written down, and shown to everybody. Some a local area may
// decide otherwise; the rest have one option, with the reason.
type Choice struct {
	ID      string
	Issue   string // what is unsettled
	Reason  string // why the default
	Options []Option
}

// An Option is one way to decide a choice. The first is the default.
type Option struct{ ID, Words string }

// Fixed reports whether a local area cannot decide otherwise.
func (c *Choice) Fixed() bool { return len(c.Options) == 1 }

// A choiceID indexes Choices. The order is kept, because pages number them.
type choiceID int

const (
	draftDays choiceID = iota
	draftTarget
	transferDate
	noticeDays
	adviceStart
	lastReviewed
	orderDate
	assessAfterOrder
	planAfterOrder
	mediationDays
	responseStart
	tribunalDaysElsewhere
	complaintStart
	newAct
	weekendDates
	waiver
	exceptionLength
	ageSwitch
	changeOfMind
	secondRequest
	noStanding
	nChoices
)

// Choices is every choice, in order.
var Choices = [nChoices]Choice{
	draftDays: {"draft-days", "The 15 days to comment on a draft or an amendment notice: days of the calendar, or working days?",
		"The Regulations say days and the Code (9.41) says calendar days. One advice service says working days.",
		[]Option{{"calendar", "15 days of the calendar"}, {"working", "15 working days: kinder to families, and it uses up more of the 20 weeks"}}},
	draftTarget: {"draft-target", "When should the draft plan be ready?",
		"The law sets no day for the draft. Advice services put it at week 14, many councils at week 16. It is a local target and never shown as law.",
		[]Option{{"14", "14 weeks from the request, as a local target"}, {"16", "16 weeks from the request, as a local target"}}},
	transferDate: {"transfer-date", "Phase transfer: before 15 February and 31 March, or by those days?",
		"The Regulations say before, so the last day is the day before. The Code and most websites say by.",
		[]Option{{"before", "The last day is 14 February or 30 March"}, {"by", "The last day is 15 February or 31 March"}}},
	noticeDays: {"notice-days", "Two weeks' notice of a review: are both end days left out (clear days)?",
		"Weald warns on the strict day and counts a breach only after the literal one.",
		[]Option{{"literal", "A breach after the literal day; a warning from the strict one"}, {"clear", "A breach after the strict day"}}},
	adviceStart: {"advice-start", "Do the six weeks for advice run from the request being sent or received?",
		"The Code counts from the request and the Regulations are believed to count from receipt. Both are kept and the earlier is used.",
		[]Option{{"earlier", "The earlier of the two"}, {"sent", "The day it was sent"}, {"received", "The day it was received, where that is recorded"}}},
	lastReviewed: {"last-reviewed", "When is a plan last reviewed: at the meeting or with the decision?",
		"Sources differ. Weald warns twelve months from the meeting and counts a breach twelve months from the decision.",
		[]Option{{"decision", "A breach twelve months from the decision; a warning from the meeting"}, {"meeting", "A breach twelve months from the meeting"}}},
	orderDate: {"order-date", "Does time run from the day the Tribunal made its order or the day it sent it?",
		"The Regulations say made; the Tribunal's guide says sent.",
		[]Option{{"earlier", "The earlier of the two"}, {"made", "The day it was made"}, {"sent", "The day it was sent, where that is recorded"}}},
	assessAfterOrder: {"assess-after-order", "After an order to assess: two weeks or four to tell the family?",
		"Four weeks is wording from before April 2015.", []Option{{"two-weeks", "Two weeks"}}},
	planAfterOrder: {"plan-after-order", "An order to make a plan: what is due in five weeks?",
		"The Tribunal's guide says the plan; regulation 44 says the draft in 5 weeks and the final plan in 11.", []Option{{"regulation-44", "The draft in 5 weeks and the final plan in 11"}}},
	mediationDays: {"mediation-days", "The 30 days to arrange mediation: days of the calendar, or working days?",
		"The Regulations say days. One charity says working days for health.",
		[]Option{{"calendar", "30 days of the calendar"}, {"working", "30 working days"}}},
	responseStart: {"response-start", "The authority's 30 working days to respond to an appeal: from sending or receipt?",
		"The date in the Tribunal's directions governs. Until there is one, Weald counts from the day the appeal was sent.", []Option{{"sent", "From the day sent, until a direction sets the day"}}},
	tribunalDaysElsewhere: {"tribunal-days-elsewhere", "Do August and Christmas stop other limits, such as complying with an order?",
		"Only limits in the Tribunal's own rules leave them out.", []Option{{"no", "They count everywhere but in the Tribunal's rules"}}},
	complaintStart: {"complaint-start", "Stage 1 of a corporate complaint: from receipt or acknowledgement?",
		"Summaries of the Ombudsman's code count from acknowledgement; some councils count from receipt.",
		[]Option{{"acknowledgement", "From the acknowledgement"}, {"receipt", "From receipt"}}},
	newAct: {"new-act", "Has the Children's Wellbeing and Schools Act 2026 changed any time limit?",
		"Sources conflict. Nothing changes until a commencement instrument has been read.", []Option{{"no", "No change until commencement"}}},
	weekendDates: {"weekend-dates", "Does a last day on a weekend or bank holiday move to the next working day?",
		"Nothing in the SEND Regulations moves it, so it stays; Weald warns that the working day before is the practical last day.", []Option{{"stay", "It stays, with a warning"}}},
	waiver: {"waiver", "May a family give up the rest of the 15 days?",
		"The law is silent. A written request from the family is allowed and kept.",
		[]Option{{"allowed", "Allowed when the family asks in writing"}, {"refused", "Never"}}},
	exceptionLength: {"exception-length", "How much longer does an exception give?",
		"It takes the limit away and puts no other day in its place.", []Option{{"no-date", "No new date; as soon as practicable"}}},
	ageSwitch: {"age-switch", "A young person comes of age in the middle of a process: whose rights are they?",
		"Decisions already made stay with the person they were made to; new notices go to the young person.", []Option{{"new-notices", "New notices go to the young person"}}},
	changeOfMind: {"change-of-mind", "The authority refuses and then changes its mind without mediation or appeal: which limits apply?",
		"The original 6, 16 and 20 weeks keep running from the request. An agreement, concession or order has limits of its own.", []Option{{"original", "The original limits keep running"}}},
	secondRequest: {"second-request", "A second request while one is open?",
		"It joins the open case, which keeps the earlier day of receipt.", []Option{{"joins", "It joins the open case"}}},
	noStanding: {"no-standing", "A request from somebody the Act does not name, such as a GP?",
		"The child has been brought to the authority's attention (section 24), which starts the same clock. The family's view is asked at once.", []Option{{"same-clock", "The same clock runs from that day"}}},
}

// A Practice is how a local area applies the law: its bank holidays and its
// choices. The zero Practice is not usable: start from [DefaultPractice].
type Practice struct {
	Holidays   *calendar.Holidays // England and Wales
	UKHolidays *calendar.Holidays // every part of the United Kingdom
	chosen     [nChoices]uint8
}

// DefaultPractice decides every choice by its default.
func DefaultPractice() *Practice {
	return &Practice{Holidays: calendar.EnglandAndWales, UKHolidays: calendar.UnitedKingdom}
}

// Choose decides choices as a local area does: "draft-days=working,waiver=refused".
// A setting that is wrong anywhere changes nothing.
func (p *Practice) Choose(text string) error {
	chosen := p.chosen
	seen := map[int]bool{}
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		id, option, _ := strings.Cut(part, "=")
		i := slices.IndexFunc(Choices[:], func(c Choice) bool { return c.ID == id })
		if i < 0 {
			return fmt.Errorf("%q is not a choice: see `weald rules choices`", id)
		}
		if seen[i] {
			return fmt.Errorf("%s is decided twice", id)
		}
		seen[i] = true
		j := slices.IndexFunc(Choices[i].Options, func(o Option) bool { return o.ID == option })
		switch {
		case j < 0 && Choices[i].Fixed():
			return fmt.Errorf("%s is settled and cannot be chosen otherwise: %s", id, Choices[i].Options[0].ID)
		case j < 0:
			var ids []string
			for _, o := range Choices[i].Options {
				ids = append(ids, o.ID)
			}
			return fmt.Errorf("%s=%s: expected %s", id, option, strings.Join(ids, " or "))
		}
		chosen[i] = uint8(j)
	}
	p.chosen = chosen
	return nil
}

// AddHolidays adds one-off bank holidays that a proclamation has made and the
// official file does not yet hold: "2027-07-15 National day, 2028-05-08". They
// are added for England and Wales and so for the United Kingdom too.
func (p *Practice) AddHolidays(text string) error {
	var extra []calendar.Holiday
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		day, name, _ := strings.Cut(part, " ")
		on, err := calendar.Parse(day)
		if err != nil {
			return fmt.Errorf("a bank holiday: %w", err)
		}
		if name == "" {
			name = "One-off bank holiday"
		}
		extra = append(extra, calendar.Holiday{On: on, Name: name})
	}
	p.Holidays, p.UKHolidays = p.Holidays.With(extra...), p.UKHolidays.With(extra...)
	return nil
}

// Chosen returns the option that the practice takes for the choice at an index
// of [Choices].
func (p *Practice) Chosen(i int) Option { return Choices[i].Options[p.chosen[i]] }

// takes reports whether an option other than the default was chosen.
func (p *Practice) takes(c choiceID, option string) bool {
	return Choices[c].Options[p.chosen[c]].ID == option
}
