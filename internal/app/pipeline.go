package app

import (
	"context"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
)

// A Pipeline is how many children stand at each stage, by how long they have
// waited.
type Pipeline struct {
	Today  calendar.Date
	Filter CaseFilter
	Stages []PipelineStage
	Ages   []Tally // each age over all stages, in the order of [Ages]
	Total  Tally
	Oldest []CaseRow // the ten that have waited longest, of the stages that end

	Officers, Teams, Districts, Needs []Option
}

// A PipelineStage is one stage of the pipeline.
type PipelineStage struct {
	Stage casework.Stage
	Ages  []Tally // in the order of [Ages]
	Total Tally
}

// oldestShown is how many of the longest waits the pipeline names.
const oldestShown = 10

// Passing reports whether a stage is one that a case is meant to leave: how old
// a case in it is says how long somebody has waited. A plan in force or a closed
// case waits for nothing.
func Passing(s casework.Stage) bool {
	return s != casework.PlanStage && s != casework.ClosedStage && s != casework.NoStage
}

// Pipeline counts the children that a filter picks by stage and age. It is the
// same count as [Casework.Cases] gives with the stage and age added.
func (a *Casework) Pipeline(ctx context.Context, by access.User, f CaseFilter) (*Pipeline, error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	p := &Pipeline{Filter: f, Ages: make([]Tally, len(Ages))}
	err := a.read(ctx, func(l *caseload) error {
		p.Today = l.today
		f := l.seenBy(by, f)
		found, _ := l.search(f.Search)
		counts := l.counts(f, found)
		p.Total, p.Officers, p.Teams, p.Districts, p.Needs = counts.total, counts.officers, counts.teams, counts.districts, counts.needs
		t := l.test(&f, found)
		cells := make([][]Tally, len(l.words[wordStage].words))
		for slot := range l.cells {
			c := &l.cells[slot]
			if n, _ := t.misses(int32(slot), c); n > 0 {
				continue
			}
			row := cells[c.words[wordStage]]
			if row == nil {
				row = make([]Tally, len(Ages))
				cells[c.words[wordStage]] = row
			}
			row[c.age].add(c)
			p.Ages[c.age].add(c)
		}
		for _, stage := range append([]casework.Stage{casework.NoStage}, casework.Stages...) {
			s := PipelineStage{Stage: stage}
			if n, ok := l.words[wordStage].numbers[string(stage)]; ok {
				s.Ages = cells[n]
			}
			if s.Ages == nil {
				if stage == casework.NoStage {
					continue
				}
				s.Ages = make([]Tally, len(Ages))
			}
			for _, one := range s.Ages {
				s.Total.Children += one.Children
				s.Total.Overdue += one.Overdue
				s.Total.Breaches += one.Breaches
			}
			if stage == casework.NoStage && s.Total.Children == 0 {
				continue
			}
			p.Stages = append(p.Stages, s)
		}
		for _, slot := range l.orders[bySince].slots {
			c := &l.cells[slot]
			if n, _ := t.misses(slot, c); n > 0 || !Passing(l.lines[slot].Stage) || c.since.IsZero() {
				continue
			}
			if p.Oldest = append(p.Oldest, l.row(slot)); len(p.Oldest) == oldestShown {
				break
			}
		}
		return nil
	})
	return p, err
}
