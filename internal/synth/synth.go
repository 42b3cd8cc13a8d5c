// Package synth makes a believable local area out of a seed: its teams, people,
// settings and children, and what happened to each of them, told in events that
// the law allows. The same seed makes the same area on any machine. Nobody in
// it is anybody: names, places and numbers are invented, and the numbers are in
// ranges that are never given to real people.
//
// Its shape is that of a county's published figures, which are in the folder
// data with their sources. It does not write the record: see
// [weald/internal/app.Beginnings].
//
// Start reading at [New].
package synth

import (
	"fmt"
	"slices"
	"time"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/store"
)

// Options say which area to make.
type Options struct {
	Seed     uint64
	Plans    int           // how many EHC plans are in force; 0 is as many as the county had
	Today    calendar.Date // the day on which the area is looked at; nothing happens after it
	Practice *casework.Practice
}

// The scales at which an area can be made, in EHC plans in force.
const (
	LeastPlans = 200
	MostPlans  = 640_000
	CountyPlan = 19_194 // as reported to the county's committee on 29 November 2022
)

// earliest is the first day on which an area can be looked at: enough years after
// Part 3 of the Act came into force for its plans to have a past.
var earliest = calendar.On(2021, time.January, 1)

// An Area is a pretend local area.
type Area struct {
	Options
	shape    *shape
	slots    []slot
	places   []district
	shares   float64 // the districts' shares, together
	people   []store.Person
	settings []store.Setting
	byKind   map[kindOfSetting][][]int32 // settings of a kind, by district
	groups   map[string]string           // the sort of place that each setting is, by ID
	officers [][]string                  // the officers of each district’s team, by ID
	nameOf   map[string]string           // the names of people, by ID
	nhs      []int64
	ids      []store.ChildID
}

// New plans an area. Its children are made one by one by [Area.Child].
func New(o Options) (*Area, error) {
	if o.Plans == 0 {
		o.Plans = CountyPlan
	}
	if o.Plans < LeastPlans || o.Plans > MostPlans {
		return nil, fmt.Errorf("an area has from %d to %d plans in force, not %d", LeastPlans, MostPlans, o.Plans)
	}
	if o.Practice == nil {
		o.Practice = casework.DefaultPractice()
	}
	if covers := o.Practice.Holidays.Covers(); o.Today < earliest || !covers.Contains(o.Today) {
		return nil, fmt.Errorf("an area can be made as it stands on a day from %s to the last for which bank holidays are known, not on %s", earliest.Words(), o.Today.Words())
	}
	a := &Area{Options: o, shape: published}
	a.places = readPlaces()
	for _, p := range a.places {
		a.shares += p.share
	}
	a.makeSettings()
	a.planChildren()
	a.makePeople()
	a.nameChildren()
	return a, nil
}

// Children returns how many children there are.
func (a *Area) Children() int { return len(a.slots) }

// People returns who works in the area.
func (a *Area) People() []store.Person { return slices.Clone(a.people) }

// Settings returns the schools, colleges and other settings.
func (a *Area) Settings() []store.Setting { return slices.Clone(a.settings) }

// Beginning returns the area as a record is begun with it.
func (a *Area) Beginning() app.Beginning {
	b := app.Beginning{
		What:   fmt.Sprintf("a pretend area, seed %d, %d plans in force, %s", a.Seed, a.Plans, a.Today),
		People: a.People(), Settings: a.Settings(), Children: a.Children(), Child: a.Child, Partners: a.partnersOf(),
	}
	for _, p := range a.places {
		b.Teams = append(b.Teams, app.Team{ID: "team-" + slug(p.team), Name: p.team})
	}
	return b
}
