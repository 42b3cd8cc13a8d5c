package access

import (
	"fmt"
	"testing"

	"weald/calendar"
)

func TestUnusualAccess(t *testing.T) {
	on := calendar.On(2026, 11, 24)
	look := func(s Sight) Sight {
		s.Person, s.Name, s.On = "amina", "Amina Yusuf", on
		if s.Role == "" {
			s.Role = Officer
		}
		if s.Hour == 0 {
			s.Hour = 10
		}
		return s
	}
	many := func(n int, s Sight) (all []Sight) {
		for i := range n {
			s.Child = fmt.Sprint("c", i)
			all = append(all, look(s))
		}
		return all
	}
	for name, v := range map[string]struct {
		sights []Sight
		rule   string // "": nothing is out of the way
		times  int
	}{
		"a day's work":              {many(60, Sight{Theirs: true}), "", 0},
		"the same case many times":  {append(many(1, Sight{Theirs: true}), many(1, Sight{Theirs: true})...), "", 0},
		"very many":                 {many(151, Sight{Theirs: true}), "many", 151},
		"others' cases":             {many(41, Sight{}), "others", 41},
		"a manager's rounds":        {many(41, Sight{Role: Manager}), "", 0},
		"at night":                  {many(2, Sight{Theirs: true, Hour: 23}), "night", 2},
		"the same name":             {many(1, Sight{Theirs: true, SameName: true}), "same-name", 1},
		"the same telephone":        {many(1, Sight{Theirs: true, SameName: true, SameContact: true}), "same-contact", 1},
		"two refusals":              {many(2, Sight{Refused: true}), "", 0},
		"knocking at others' doors": {many(3, Sight{Refused: true}), "refused", 3},
		"a refusal opens no record": {many(200, Sight{Refused: true}), "refused", 200},
	} {
		got := DefaultUnusuals.Find(v.sights)
		switch {
		case v.rule == "" && len(got) == 0:
		case len(got) != 1 || got[0].Rule != v.rule || got[0].Times != v.times || got[0].Words == "":
			t.Errorf("%s: %+v", name, got)
		}
	}
}
