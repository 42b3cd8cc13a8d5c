package store

import (
	"context"
	"database/sql"
	"fmt"

	"weald/calendar"
)

// A Duty is a duty still to be done, as it was worked out from a child's events.
type Duty struct {
	Rule    string // its code
	Of      string
	Process string // the group under which it is listed
	Nature  string
	Binding bool // missing it breaks the law
	Excused bool
	Due     calendar.Date
	Next    bool // it falls due first for the child
}

// setDuties replaces a child's duties by those just worked out.
func (t *Tx) setDuties(ctx context.Context, id ChildID, duties []Duty) error {
	const clear = `DELETE FROM duties WHERE child_id = $1`
	const add = `INSERT INTO duties (child_id, n, rule, of_name, process, nature, binding, excused, due_on, next)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	if _, err := t.tx.ExecContext(ctx, clear, id); err != nil {
		return fmt.Errorf("replacing duties: %w", err)
	}
	for i, d := range duties {
		if _, err := t.tx.ExecContext(ctx, add, id, i+1, d.Rule, d.Of, d.Process, d.Nature, bit(d.Binding), bit(d.Excused), d.Due, bit(d.Next)); err != nil {
			return fmt.Errorf("replacing duties: %w", err)
		}
	}
	return nil
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

const dutiesOf = `SELECT rule, of_name, process, nature, binding, excused, due_on, next FROM duties WHERE child_id = $1 ORDER BY n`

// Duties returns a child's duties as they were last worked out.
func (t *Tx) Duties(ctx context.Context, id ChildID) (duties []Duty, err error) {
	err = t.each(ctx, dutiesOf, []any{id}, func(rows *sql.Rows) error {
		var d Duty
		var binding, excused, next int
		if err := rows.Scan(&d.Rule, &d.Of, &d.Process, &d.Nature, &binding, &excused, &d.Due, &next); err != nil {
			return err
		}
		d.Binding, d.Excused, d.Next = binding != 0, excused != 0, next != 0
		duties = append(duties, d)
		return nil
	})
	return duties, err
}

// A DueFilter picks children by their next duty. The zero filter picks all.
type DueFilter struct {
	Process string // a process, or NothingDue
	Team    string // a team's name, or NoTeam
	Band    Band
}

// Words that stand for the absence of a thing in a filter.
const (
	NothingDue = "none"
	NoTeam     = "none"
)

// A Band is how near a child's next duty is.
type Band string

// Bands. Together they hold every child once.
const (
	AnyBand     Band = ""
	OverdueBand Band = "overdue"
	SoonBand    Band = "soon"  // due today or within four weeks
	LaterBand   Band = "later" // due after that
	NoDutyBand  Band = "none"  // nothing is due
)

// A DueRow is a child with the duty that falls due next, if any.
type DueRow struct {
	Child
	Rule    string
	Of      string
	Process string
	Binding bool
	Due     calendar.Date // zero: nothing is due
	Overdue int           // how many of the child's duties are overdue
}

// due joins each child to its next duty and filters. A due day that is missing
// sorts last. $1 is today, $2 the last day that is soon.
const due = ` FROM children c
	LEFT JOIN teams t ON t.id = c.team_id
	LEFT JOIN duties d ON d.child_id = c.id AND d.next = 1
	WHERE ($3 = '' OR coalesce(d.process, 'none') = $3)
	AND ($4 = '' OR coalesce(t.name, 'none') = $4)
	AND ($5 = '' OR $5 = CASE WHEN d.due_on IS NULL THEN 'none' WHEN d.due_on < $1 THEN 'overdue' WHEN d.due_on <= $2 THEN 'soon' ELSE 'later' END)`

const dueRows = `SELECT c.id, c.surname, c.forename, c.born_on, coalesce(t.name, ''), coalesce(d.rule, ''), coalesce(d.of_name, ''), coalesce(d.process, ''), coalesce(d.binding, 0), d.due_on,
	(SELECT count(*) FROM duties o WHERE o.child_id = c.id AND o.excused = 0 AND o.nature = 'deadline' AND o.due_on < $1)` + due + `
	AND (coalesce(d.due_on, '9999'), c.surname, c.id) > ($6, $7, $8)
	ORDER BY coalesce(d.due_on, '9999'), c.surname, c.id LIMIT $9`

// A DueMark is the place in the list after which a page starts.
type DueMark struct{ Due, Surname, ID string }

// DueRows returns a page of children by their next duty, the longest overdue
// first and those with nothing due last.
func (t *Tx) DueRows(ctx context.Context, f DueFilter, today, soon calendar.Date, after DueMark, limit int) (page []DueRow, err error) {
	args := []any{today, soon, f.Process, f.Team, string(f.Band), after.Due, after.Surname, after.ID, limit}
	err = t.each(ctx, dueRows, args, func(rows *sql.Rows) error {
		var r DueRow
		var binding int
		if err := rows.Scan(&r.ID, &r.Surname, &r.Forename, &r.Born, &r.Team, &r.Rule, &r.Of, &r.Process, &binding, &r.Due, &r.Overdue); err != nil {
			return err
		}
		r.Binding = binding != 0
		page = append(page, r)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing what is due: %w", err)
	}
	return page, nil
}

// A DueCount is how many children fall in one cell of process, team and band.
type DueCount struct {
	Process  string
	Team     string
	Band     Band
	Children int
	Overdue  int // duties overdue, among those children
	Breaches int // those of them that are set by law
}

// Holds reports whether the filter picks the children of a cell.
func (f DueFilter) Holds(c DueCount) bool {
	return (f.Process == "" || f.Process == c.Process) && (f.Team == "" || f.Team == c.Team) && (f.Band == "" || f.Band == c.Band)
}

const dueCounts = `SELECT coalesce(d.process, 'none'), coalesce(t.name, 'none'),
	CASE WHEN d.due_on IS NULL THEN 'none' WHEN d.due_on < $1 THEN 'overdue' WHEN d.due_on <= $2 THEN 'soon' ELSE 'later' END,
	count(*), coalesce(sum(o.n), 0), coalesce(sum(o.binding), 0)
	FROM children c
	LEFT JOIN teams t ON t.id = c.team_id
	LEFT JOIN duties d ON d.child_id = c.id AND d.next = 1
	LEFT JOIN (SELECT child_id, count(*) AS n, sum(binding) AS binding FROM duties WHERE excused = 0 AND nature = 'deadline' AND due_on < $1 GROUP BY child_id) o ON o.child_id = c.id
	GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`

// DueCounts counts every child once, by process, team and band.
func (t *Tx) DueCounts(ctx context.Context, today, soon calendar.Date) (cells []DueCount, err error) {
	err = t.each(ctx, dueCounts, []any{today, soon}, func(rows *sql.Rows) error {
		var c DueCount
		if err := rows.Scan(&c.Process, &c.Team, &c.Band, &c.Children, &c.Overdue, &c.Breaches); err != nil {
			return err
		}
		cells = append(cells, c)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("counting what is due: %w", err)
	}
	return cells, nil
}
