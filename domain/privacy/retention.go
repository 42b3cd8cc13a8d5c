package privacy

import (
	"fmt"
	"strconv"
	"strings"

	"weald/calendar"
)

// A Trigger is the day from which a record is kept for so many years.
type Trigger string

// Triggers.
const (
	FromBirth Trigger = "birth"      // the day the person was born
	FromLast  Trigger = "last event" // the day of the last thing that happened in the case
)

// A Retention is for how long a child's whole record is kept before somebody
// reviews it. No law names a period, so there is none unless the local area
// chooses one.
type Retention struct {
	Years int
	From  Trigger
	Of    string // on whose authority: the local area's own words
}

// A Practice is a period that others are reported to keep.
type Practice struct {
	Words  string
	Source string
	Known  string // how surely it is known
}

// Practices are told to whoever chooses. None is law and none is the default.
var Practices = []Practice{
	{"31 years from birth: 25 years, and 6 more", "the Information and Records Management Society’s practice", "Reported, not read in the source"},
	{"45 years for education, health and care records, and 75 for children looked after", "one county council’s schedule", "Reported, not read in the source"},
}

// ParseRetention reads a local area's choice: "31 from birth: records schedule
// 2026". "" is no choice.
func ParseRetention(text string) (*Retention, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	bad := fmt.Errorf("retention must be written “31 from birth: who decided it” or “25 from last event: who decided it”, not %q", text)
	period, of, _ := strings.Cut(text, ":")
	years, from, ok := strings.Cut(strings.TrimSpace(period), " from ")
	n, err := strconv.Atoi(strings.TrimSpace(years))
	r := &Retention{n, Trigger(strings.TrimSpace(from)), strings.TrimSpace(of)}
	if !ok || err != nil || n < 1 || n > 150 || r.From != FromBirth && r.From != FromLast || r.Of == "" {
		return nil, bad
	}
	return r, nil
}

// Due returns the day on which a record is to be reviewed, and the sum in words;
// zero, and why, where it cannot be known.
func (r *Retention) Due(born, last calendar.Date) (calendar.Date, string) {
	switch {
	case r == nil:
		return 0, "Nobody has chosen how long records are kept."
	case r.From == FromBirth && born.IsZero():
		return 0, "No date of birth is recorded."
	case r.From == FromLast && last.IsZero():
		return 0, "Nothing that happened is recorded."
	}
	from, what := born, "Born"
	if r.From == FromLast {
		from, what = last, "The last thing happened"
	}
	due := from.AddMonths(12 * r.Years)
	return due, fmt.Sprintf("%s %s + %d years = %s.", what, from.Words(), r.Years, due.Words())
}

// Words says the rule.
func (r *Retention) Words() string {
	if r == nil {
		return "Nobody has chosen how long records are kept, so none is due for review. No law names a period: it is for the local area to choose."
	}
	from := map[Trigger]string{FromBirth: "the day somebody was born", FromLast: "the last thing that happened in a case"}[r.From]
	return fmt.Sprintf("A record is reviewed %d years after %s. That is this area’s own choice (%s) and no rule of law.", r.Years, from, r.Of)
}
