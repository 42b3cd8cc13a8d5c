package measure

import "weald/calendar"

// A Mark is one thing that a measure counts: a plan issued, a decision sent, a
// child who waits. What happened on a day has that day as First and Last; a state
// has the days on which it held, and no Last while it goes on.
type Mark struct {
	Of          *Definition
	First, Last calendar.Date
	Num, Den    bool // counted in the numerator; in the denominator
}

// Happened marks what happened on a day: one more in the denominator and, if it
// counts, in the numerator.
func Happened(d *Definition, on calendar.Date, counts bool) Mark {
	return Mark{Of: d, First: on, Last: on, Num: counts, Den: true}
}

// Held marks a state that held from one day to another, both counted; a zero
// last day is none yet.
func Held(d *Definition, first, last calendar.Date) Mark {
	return Mark{Of: d, First: first, Last: last, Num: true}
}

// How a measure's marks become a number.
type how uint8

const (
	adding  how = iota // marks that fall in the period
	holding            // states that hold on its last day
	longest            // weeks that the oldest of those has held
	growing            // how many more hold on its last day than a year before
)

// Measures that are counted from the record. Whoever counts them says so of the
// days and cases that their definitions name.
var (
	PlansInTime        = must("I001")
	PlansInTimeAll     = must("I002")
	PlansOverAYear     = must("I003")
	RequestsDecided    = must("I004")
	RequestsRefused    = must("I005")
	RefusalsOverturned = must("I006")
	NoPlanTold         = must("I007")
	PlansAfter         = must("I008")
	AssessmentsLate    = must("I009")
	OldestAssessment   = must("I010")
	HealthAdvice       = must("I011")
	CareAdvice         = must("I012")
	PsychologyAdvice   = must("I013")
	AppealRate         = must("I018")
	AppealsConceded    = must("I019")
	ReviewsHeld        = must("I020")
	ReviewsDecided     = must("I021")
	PlansAmended       = must("I022")
	ReviewsLate        = must("I023")
	TransfersNamed     = must("I024")
	ComplaintsAnswered = must("I032")
	PlanGrowth         = must("I120")
)

func must(code string) *Definition {
	d := Coded(code)
	if d == nil || !d.Counted() {
		panic("measure: " + code + " is counted from the record, and measures.txt says otherwise")
	}
	return d
}
