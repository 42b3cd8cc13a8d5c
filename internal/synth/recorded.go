package synth

import (
	"fmt"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/store"
)

// recorded makes the journal: every event as somebody recorded it, most on the
// day, some a few days after, and never before what happened earlier.
func (l *life) recorded(officer string) []store.Entry {
	d := roll(l.a.Seed, "recorded "+string(rune(l.home)), int(l.born))
	team := l.a.officers[l.home]
	entries := make([]store.Entry, len(l.events))
	var last calendar.Date
	second := 0
	for i, e := range l.events {
		on := e.On
		switch x := d.unit(); {
		case x < 0.68:
		case x < 0.88:
			on++
		default:
			on += calendar.Date(2 + d.wait(4))
		}
		on = min(max(l.a.Practice.Holidays.Roll(on), last), l.today)
		if on == last {
			second += 40 + d.below(20*60)
			if second >= officeHours {
				second = officeHours - 1 // the last of a long day
			}
		} else {
			second = d.below(officeHours / 2)
		}
		last = on
		by := team[int(e.On.Year())%len(team)] // people come and go
		if officer != "" && l.today-e.On < 500 {
			by = officer
		}
		entries[i] = store.Entry{
			Entry: casework.Entry{Seq: i + 1, Event: e, Recorded: on},
			At:    fmt.Sprintf("%sT%02d:%02d:%02d.%06dZ", on, 8+second/3600, second/60%60, second%60, i),
			By:    l.a.nameOf[by],
		}
	}
	return entries
}

// officeHours is how long a working day is, in seconds, from eight o'clock.
const officeHours = 9 * 60 * 60
