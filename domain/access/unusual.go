package access

import (
	"cmp"
	"fmt"
	"slices"

	"weald/calendar"
)

// A Sight is one time that somebody opened a child's record, or asked for one
// that is not theirs, with what is needed to say whether it is out of the way.
type Sight struct {
	Person, Name string // who, by ID and name
	Role         Role
	Child        string // by ID
	On           calendar.Date
	Hour         int  // of the day in England
	Refused      bool // they asked, and were not let
	Theirs       bool // they have the case, cover for who has, or their team has it
	SameName     bool // they have the child's surname
	SameContact  bool // their email address or telephone number is that of somebody around the child
}

// Unusuals is what counts as access out of the way. All of it is the local
// area's choice: the law sets no such numbers.
type Unusuals struct {
	Records  int // more children's records than this in a day, by one person
	Others   int // more records than this in a day that are neither theirs nor their team's, by an EHC coordinator
	Refusals int // as many refusals as this in a day
	Night    [2]int
}

// DefaultUnusuals are Weald's own choice, and no rule of law.
var DefaultUnusuals = Unusuals{Records: 150, Others: 40, Refusals: 3, Night: [2]int{22, 5}}

// An Oddity is access that somebody should look at. It is no proof of anything.
type Oddity struct {
	Rule   string
	Person string
	Name   string
	Child  string        // "": it is of no one child
	On     calendar.Date // the last day of it
	Times  int
	Words  string
}

// Matter tells one oddity of a person from another under the same rule: what has
// been settled of it is not raised again.
func (o *Oddity) Matter() string {
	if o.Child != "" {
		return o.Child
	}
	return o.On.String()
}

// OddityWords says what each rule looks for.
func (u Unusuals) OddityWords() [][2]string {
	return [][2]string{
		{"same-name", "Somebody opened the record of a child who has their surname"},
		{"same-contact", "Somebody’s email address or telephone number is that of somebody around the child whose record they opened"},
		{"many", fmt.Sprintf("Somebody opened the records of more than %d children in a day", u.Records)},
		{"others", fmt.Sprintf("An EHC coordinator opened more than %d records in a day that are neither theirs nor their team’s", u.Others)},
		{"refused", fmt.Sprintf("Somebody asked for children who are not theirs %d times in a day or more", u.Refusals)},
		{"night", fmt.Sprintf("Somebody opened records between %d:00 and %d:00", u.Night[0], u.Night[1])},
	}
}

// Find returns what is out of the way in some sights, the latest first.
func (u Unusuals) Find(sights []Sight) (all []Oddity) {
	type day struct {
		person string
		on     calendar.Date
	}
	type days struct {
		name            string
		records, others map[string]bool
		refused, night  int
	}
	by := map[day]*days{}
	near := map[[3]string]*Oddity{}
	close := func(rule string, s *Sight, words string) {
		key := [3]string{rule, s.Person, s.Child}
		if near[key] == nil {
			near[key] = &Oddity{Rule: rule, Person: s.Person, Name: s.Name, Child: s.Child, Words: words}
		}
		o := near[key]
		o.Times++
		o.On = max(o.On, s.On)
	}
	for i := range sights {
		s := &sights[i]
		d := by[day{s.Person, s.On}]
		if d == nil {
			d = &days{name: s.Name, records: map[string]bool{}, others: map[string]bool{}}
			by[day{s.Person, s.On}] = d
		}
		if s.Refused {
			d.refused++
			continue
		}
		d.records[s.Child] = true
		if !s.Theirs && s.Role == Officer {
			d.others[s.Child] = true
		}
		if s.Hour >= u.Night[0] || s.Hour < u.Night[1] {
			d.night++
		}
		switch {
		case s.SameContact:
			close("same-contact", s, "may know the family: an email address or telephone number is the same")
		case s.SameName:
			close("same-name", s, "has the same surname as the child")
		}
	}
	for at, d := range by {
		add := func(rule string, times int, words string) {
			all = append(all, Oddity{Rule: rule, Person: at.person, Name: d.name, On: at.on, Times: times, Words: words})
		}
		if n := len(d.records); n > u.Records {
			add("many", n, fmt.Sprintf("opened the records of %d children in a day", n))
		}
		if n := len(d.others); n > u.Others {
			add("others", n, fmt.Sprintf("opened %d records that are neither theirs nor their team’s", n))
		}
		if d.refused >= u.Refusals {
			add("refused", d.refused, fmt.Sprintf("asked %d times for children who are not theirs", d.refused))
		}
		if d.night > 0 {
			add("night", d.night, fmt.Sprintf("opened records %d times between %d:00 and %d:00", d.night, u.Night[0], u.Night[1]))
		}
	}
	for _, o := range near {
		all = append(all, *o)
	}
	slices.SortFunc(all, func(a, b Oddity) int {
		return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Child, b.Child))
	})
	return all
}
