package synth

import (
	"fmt"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/store"
)

// recorded makes the journal: every event as somebody recorded it, most on the
// day, some a few days after, and never before what happened earlier. Now and
// then the day was mistyped, and put right later.
func (l *life) recorded(officer string) []store.Entry {
	d := roll(l.a.Seed, "recorded", l.n)
	team := l.a.officers[l.home]
	entries := make([]store.Entry, 0, len(l.events)+1)
	var last calendar.Date
	second := 0
	record := func(e casework.Event, happened calendar.Date, replaces int) {
		on := happened
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
		by := team[happened.Year()%len(team)] // people come and go
		if officer != "" && l.today-happened < 500 {
			by = officer
		}
		entries = append(entries, store.Entry{
			Entry: casework.Entry{Seq: len(entries) + 1, Event: e, Recorded: on, Replaces: replaces},
			At:    fmt.Sprintf("%sT%02d:%02d:%02d.%06dZ", on, 8+second/3600, second/60%60, second%60, len(entries)),
			By:    l.a.nameOf[by],
		})
	}
	mistyped := -1
	if l.story == 0 && d.chance(0.012) && len(l.events) > 3 {
		mistyped = d.from(1, len(l.events)-2)
	}
	for i, e := range l.events {
		if i != mistyped {
			record(e, e.On, 0)
			continue
		}
		wrong := e
		wrong.On -= calendar.Date(d.from(1, 6))
		record(wrong, e.On, 0)
		record(e, max(last, e.On)+calendar.Date(d.below(3)), len(entries))
	}
	return entries
}

// officeHours is how long a working day is, in seconds, from eight o'clock.
const officeHours = 9 * 60 * 60
