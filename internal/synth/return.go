package synth

import (
	"fmt"
	"io"
	"math/rand/v2"

	"weald/calendar"
	"weald/domain/sen2"
)

// WriteReturn writes an invented return of so many people for 2026, of some 1,300
// bytes each. Most have a plan of some years' standing and a review; some were
// asked for, issued or refused in the year, and some are under way. A few in a
// hundred hold what a check finds. It is for measuring: its shape is no county's.
// The same seed writes the same bytes.
func WriteReturn(out io.Writer, people int, seed uint64) error {
	h := sen2.Header{Collection: "SEN2", Year: 2026, ReferenceDate: sen2.CensusDays[2026], SourceLevel: "L", LEA: "999", Software: "Weald",
		Release: "synthetic", Serial: "001", Written: "2026-01-20T10:00:00", DMO: "Yes", DCO: "Yes", DSCO: "Yes"}
	w := sen2.NewWriter(out, &h)
	d := returnDice{rand.New(rand.NewPCG(seed, 2026))}
	for n := range people {
		if err := w.Person(d.person(n + 1)); err != nil {
			return err
		}
	}
	return w.Close()
}

type returnDice struct{ *rand.Rand }

// one in n.
func (d returnDice) one(n int) bool { return d.IntN(n) == 0 }

func (d returnDice) between(first, last calendar.Date) calendar.Date {
	return first + calendar.Date(d.IntN(int(last-first)+1))
}

func (d returnDice) code(list sen2.Codes) string { return list[d.IntN(len(list))].Code }

func (d returnDice) person(n int) *sen2.Person {
	p := &sen2.Person{Number: n, Surname: fmt.Sprintf("Surname%d", n), Forename: fmt.Sprintf("Forename%d", d.IntN(2000)),
		Born: d.between(calendar.On(2004, 9, 1), calendar.On(2021, 8, 31)), Sex: d.code(sen2.Sexes), Ethnicity: d.code(sen2.Ethnicities),
		PostCode: fmt.Sprintf("ZZ%d %d%c%c", 1+d.IntN(98), d.IntN(10), 'A'+d.IntN(8), 'A'+d.IntN(8))}
	p.UPN = upn(n, p.Born.Year())
	switch {
	case d.one(200):
		p.UPN, p.UPNUnknown = "", "UN8"
	case d.one(500):
		p.UPN = "X" + p.UPN[1:]
	}
	r := sen2.Request{Source: d.code(sen2.RequestSources[:4]), RYA: "0"}
	urn := fmt.Sprint(100000 + d.IntN(700))
	switch kind := d.IntN(100); {
	case kind < 80: // a plan of some standing
		start := max(d.between(calendar.On(2016, 1, 4), calendar.On(2024, 12, 20)), p.Born+800)
		r.Received, r.Outcome = start-140, "H"
		r.Assessment = &sen2.Assessment{Outcome: "H", Plan: plan(start, urn)}
		r.Active = d.active(max(start, d.between(calendar.On(2022, 9, 1), calendar.On(2025, 9, 1))), urn)
		meeting := d.between(calendar.On(2025, 1, 6), calendar.On(2025, 12, 5))
		r.Active.ReviewMeeting, r.Active.ReviewOutcome, r.Active.LastReview = meeting, "M", meeting+calendar.Date(10+d.IntN(18))
		if d.one(40) {
			r.Active.LastReview = meeting + 40
		}
	default: // asked for in the year
		r.Received = d.between(calendar.On(2025, 1, 6), calendar.On(2025, 8, 1))
		r.OutcomeOn, r.Outcome, r.Mediation, r.Tribunal = r.Received+calendar.Date(20+d.IntN(22)), "Y", "0", "0"
		switch {
		case kind < 86:
			r.Outcome = "N"
		case kind < 90:
			r.Assessment = &sen2.Assessment{Outcome: "A"}
		default:
			issued := r.Received + calendar.Date(100+d.IntN(44))
			r.Assessment = &sen2.Assessment{Outcome: "Y", OutcomeOn: issued, Mediation: "0", Tribunal: "0", OtherMediation: "0", OtherTribunal: "0", Week20: "0", Plan: plan(issued, urn)}
			r.Active = d.active(issued, urn)
		}
	}
	p.Requests = []sen2.Request{r}
	return p
}

func plan(start calendar.Date, urn string) *sen2.NamedPlan {
	return &sen2.NamedPlan{Start: start, PB: "0", OA: "0", Details: []sen2.PlanDetail{{Place: place(urn)}}}
}

func place(urn string) sen2.Place {
	return sen2.Place{URN: urn, Rank: "1", Unit: "0", Resourced: "0"}
}

func (d returnDice) active(entry calendar.Date, urn string) *sen2.ActivePlan {
	a := &sen2.ActivePlan{Placements: []sen2.Placement{{Place: place(urn), Entry: entry}}, Needs: []sen2.Need{{Type: d.code(sen2.NeedTypes[:6]), Rank: "1"}}}
	if d.one(3) {
		a.Needs = append(a.Needs, sen2.Need{Type: d.code(sen2.NeedTypes[6:]), Rank: "2"})
	}
	return a
}
