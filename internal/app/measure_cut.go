package app

import (
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/casework"
	"weald/domain/measure"
	"weald/domain/sen2"
)

// A cutting puts the places of a book into groups.
type cutting struct {
	keys, labels []string
	of           func(place int) int
}

// ageGroups are the department's, by the first age of each.
var ageGroups = []struct {
	from  int
	label string
}{{0, "Under 5"}, {5, "5 to 10"}, {11, "11 to 15"}, {16, "16 to 19"}, {20, "20 to 25"}, {26, "26 and over"}}

// notRecorded is the group of those of whom the record does not say.
const notRecorded = "Not recorded"

// cut puts every child of the caseload into groups. Where a child lives, who has
// the case and where they are placed is as it is now; age is on a day.
func (l *caseload) cut(c measure.Cut, on calendar.Date) cutting {
	switch c {
	case measure.ByTeam:
		return l.byWord(wordTeam, func(s string) string { return s })
	case measure.ByNeed:
		return l.byWord(wordNeed, sen2.NeedTypes.Meaning)
	case measure.BySetting:
		return l.byWord(wordSetting, func(id string) string {
			if s := l.settings[id]; s != nil {
				return s.Name
			}
			return id
		})
	case measure.ByKind:
		return l.byKind()
	case measure.ByAge:
		cut := cutting{of: func(place int) int { return ageGroup(l.cells[place].born, on) }}
		for _, g := range ageGroups {
			cut.keys, cut.labels = append(cut.keys, g.label), append(cut.labels, g.label)
		}
		cut.keys, cut.labels = append(cut.keys, Absent), append(cut.labels, notRecorded)
		return cut
	case measure.ByRoute:
		return l.byRoute()
	default:
		return l.byWord(wordDistrict, func(s string) string { return s })
	}
}

func (l *caseload) byWord(w int, label func(string) string) cutting {
	c := cutting{of: func(place int) int { return int(l.cells[place].words[w]) }}
	for n, word := range l.words[w].words {
		if n == 0 {
			c.keys, c.labels = append(c.keys, Absent), append(c.labels, notRecorded)
			continue
		}
		c.keys, c.labels = append(c.keys, word), append(c.labels, label(word))
	}
	return c
}

func (l *caseload) byKind() cutting {
	c := cutting{keys: []string{Absent}, labels: []string{notRecorded}}
	of := make([]int, len(l.words[wordSetting].words))
	for n, id := range l.words[wordSetting].words {
		s := l.settings[id]
		if s == nil || s.Kind == "" {
			continue
		}
		at := slices.Index(c.keys, s.Kind)
		if at < 0 {
			at = len(c.keys)
			c.keys, c.labels = append(c.keys, s.Kind), append(c.labels, s.Kind)
		}
		of[n] = at
	}
	c.of = func(place int) int { return of[l.cells[place].words[wordSetting]] }
	return c
}

func (l *caseload) byRoute() cutting {
	routes := []casework.Value{casework.NoValue, casework.FromParent, casework.FromYoungPerson, casework.ToSchool, casework.ToPost16, casework.FromHealth, casework.FromSocialCare, casework.FromOther}
	c := cutting{of: func(place int) int { return max(0, slices.Index(routes, l.lines[place].Route)) }}
	for _, r := range routes {
		if r == casework.NoValue {
			c.keys, c.labels = append(c.keys, Absent), append(c.labels, notRecorded)
			continue
		}
		words := r.Words()
		c.keys, c.labels = append(c.keys, r.String()), append(c.labels, strings.ToUpper(words[:1])+words[1:])
	}
	return c
}

// ageGroup returns the group of somebody born on a day.
func ageGroup(born, on calendar.Date) int {
	if born.IsZero() {
		return len(ageGroups)
	}
	age := on.Year() - born.Year()
	if on < born.AddMonths(12*age) {
		age--
	}
	for g := len(ageGroups) - 1; g > 0; g-- {
		if age >= ageGroups[g].from {
			return g
		}
	}
	return 0
}

// group finds the group with a key; -1 if there is none.
func (c *cutting) group(key string) int { return slices.Index(c.keys, key) }
