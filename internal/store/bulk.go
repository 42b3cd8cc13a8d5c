package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"

	"weald/domain/casework"
)

// A Newcomer is a child new to the record, with everything that is kept of them.
type Newcomer struct {
	Child    Child
	Facts    []Fact
	Contacts []Contact
	Entries  []Entry // without an instant or a name, they are the transaction's
	Standing casework.Standing
	Duties   []Duty
	Returned Returned // without a person: nothing was said
}

// A Bulk is children new to the record, made ready to be written: one goroutine
// may make a bulk ready while another writes the one before it.
type Bulk struct {
	Children int
	Events   int

	children, facts, contacts, events, returned, cases, duties table
}

// A table is rows to be written, column beside column. Whole numbers are in the
// columns whose names the table's statement marks with a #.
type table struct {
	rows  int
	cells []any // row after row; nil is NULL
}

func (t *table) add(cells ...any) {
	t.rows++
	t.cells = append(t.cells, cells...)
}

// A sealing is a contact's field that is sealed as it is written.
type sealing struct {
	child         ChildID
	column, plain string
}

// What the transaction fills in as it writes: its instant, its person and its
// stamp.
type filled uint8

const (
	atInstant filled = iota
	byPerson
	withStamp
)

// team names a team where its ID is to stand.
type team string

// The tables of a bulk and their columns, in the order in which rows refer to
// one another.
var bulkTables = []struct {
	name, columns string
	of            func(*Bulk) *table
}{
	{"children", "id surname forename born_on upn uln team_id load_id nhs reference sex postcode district need setting_id officer_id", func(b *Bulk) *table { return &b.children }},
	{"facts", "child_id #n name value provenance", func(b *Bulk) *table { return &b.facts }},
	{"contacts", "child_id #n name relation #responsibility email phone address postcode language needs", func(b *Bulk) *table { return &b.contacts }},
	{"events", "child_id #seq kind happened_on detail #replaces #struck provenance form recorded_at recorded_by", func(b *Bulk) *table { return &b.events }},
	{"returned", "child_id #year #events person", func(b *Bulk) *table { return &b.returned }},
	{"cases", "child_id stage stage_on asked_on issued_on last_kind last_on #events route marks #stamp", func(b *Bulk) *table { return &b.cases }},
	{"duties", "child_id #n rule of_name process nature #binding #excused due_on #next", func(b *Bulk) *table { return &b.duties }},
}

// NewBulk makes children ready to be written.
func NewBulk(newcomers []Newcomer) *Bulk {
	b := &Bulk{Children: len(newcomers)}
	for i := range newcomers {
		b.add(&newcomers[i])
	}
	return b
}

func (b *Bulk) add(n *Newcomer) {
	c := &n.Child
	id := string(c.ID)
	b.children.add(id, c.Surname, c.Forename, dayOrNull(c.Born), c.UPN, c.ULN, team(c.Team), textOrNull(c.LoadID),
		c.NHS, c.Reference, c.Sex, c.Postcode, c.District, c.Need, textOrNull(c.Setting), textOrNull(c.Officer))
	for i, f := range n.Facts {
		b.facts.add(id, i+1, f.Name, f.Value, f.Provenance)
	}
	for i, p := range n.Contacts {
		b.contacts.add(id, i+1, p.Name, p.Relation, bit(p.Responsibility), p.Email, p.Phone,
			sealing{c.ID, "address", p.Address}, sealing{c.ID, "postcode", p.Postcode}, p.Language, sealing{c.ID, "needs", p.Needs})
	}
	for i := range n.Entries {
		e := &n.Entries[i]
		var at, by any = e.At, e.By
		if e.At == "" {
			at = atInstant
		}
		if e.By == "" {
			by = byPerson
		}
		b.events.add(id, i+1, e.Event.Kind.String(), e.Event.On.String(), e.Event.Detail(), e.Replaces, bit(e.Struck), e.Provenance, e.Form, at, by)
	}
	b.Events += len(n.Entries)
	if r := &n.Returned; r.Person != "" {
		b.returned.add(id, r.Year, len(n.Entries), r.Person)
	}
	s := &n.Standing
	last := ""
	if s.Last != casework.NoKind {
		last = s.Last.String()
	}
	b.cases.add(id, string(s.Stage), dayOrNull(s.On), dayOrNull(s.Asked), dayOrNull(s.Issued), last, dayOrNull(s.LastOn), s.Events, s.Route.String(), s.Marks, withStamp)
	for i := range n.Duties {
		d := &n.Duties[i]
		b.duties.add(id, i+1, d.Rule, d.Of, d.Process, d.Nature, bit(d.Binding), bit(d.Excused), d.Due.String(), bit(d.Next))
	}
}

func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func dayOrNull(d interface {
	IsZero() bool
	String() string
}) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}

// AddBulk writes children new to the record. It is told apart by engine for
// speed alone: SQLite is quickest with a row at a time and PostgreSQL with whole
// columns.
func (t *Tx) AddBulk(ctx context.Context, b *Bulk) error {
	if err := t.fillIn(ctx, b); err != nil {
		return err
	}
	for _, table := range bulkTables {
		rows := table.of(b)
		if rows.rows == 0 {
			continue
		}
		columns := strings.Fields(table.columns)
		var err error
		if t.dialect == goose.DialectPostgres {
			err = t.addColumns(ctx, table.name, columns, rows)
		} else {
			err = t.addRows(ctx, table.name, columns, rows)
		}
		if err != nil {
			return fmt.Errorf("adding children: %s: %w", table.name, err)
		}
	}
	return nil
}

// fillIn puts in what only the transaction knows.
func (t *Tx) fillIn(ctx context.Context, b *Bulk) error {
	stamp, err := t.stamp(ctx)
	if err != nil {
		return err
	}
	teams, err := t.teamIDs(ctx)
	if err != nil {
		return err
	}
	at := instant(t.at)
	for _, table := range bulkTables {
		cells := table.of(b).cells
		for i, cell := range cells {
			switch cell := cell.(type) {
			case sealing:
				cells[i] = t.keys.seal("contacts", cell.column, cell.child, cell.plain)
			case team:
				cells[i] = textOrNull(teams[string(cell)])
			case filled:
				cells[i] = [...]any{atInstant: at, byPerson: t.by.Name, withStamp: stamp}[cell]
			}
		}
	}
	return nil
}

// teamIDs returns the teams' IDs by their names.
func (t *Tx) teamIDs(ctx context.Context) (map[string]string, error) {
	rows, err := t.tx.QueryContext(ctx, `SELECT name, id FROM teams`)
	if err != nil {
		return nil, fmt.Errorf("reading the teams: %w", err)
	}
	defer rows.Close()
	ids := map[string]string{}
	for rows.Next() {
		var name, id string
		if err := rows.Scan(&name, &id); err != nil {
			return nil, err
		}
		ids[name] = id
	}
	return ids, rows.Err()
}

// addRows writes a row at a time with one statement that stays prepared.
func (t *Tx) addRows(ctx context.Context, name string, columns []string, rows *table) error {
	marks := make([]string, len(columns))
	for i := range columns {
		marks[i] = "$" + strconv.Itoa(i+1)
	}
	add := "INSERT INTO " + name + " (" + strings.ReplaceAll(strings.Join(columns, ", "), "#", "") + ") VALUES (" + strings.Join(marks, ", ") + ")"
	for at := 0; at < len(rows.cells); at += len(columns) {
		if _, err := t.tx.ExecContext(ctx, add, rows.cells[at:at+len(columns)]...); err != nil {
			return err
		}
	}
	return nil
}

// addColumns writes all rows in one statement that is given an array for each
// column.
func (t *Tx) addColumns(ctx context.Context, name string, columns []string, rows *table) error {
	arrays, names, chosen := make([]string, len(columns)), make([]string, len(columns)), make([]string, len(columns))
	args := make([]any, len(columns))
	for c, column := range columns {
		number := strings.HasPrefix(column, "#")
		names[c] = strings.TrimPrefix(column, "#")
		arrays[c], chosen[c] = "$"+strconv.Itoa(c+1)+"::text[]", "u."+names[c]
		if number {
			arrays[c] = "$" + strconv.Itoa(c+1) + "::bigint[]"
			args[c] = numbers(rows, c, len(columns))
		} else {
			args[c] = texts(rows, c, len(columns))
		}
	}
	list := strings.Join(names, ", ")
	add := "INSERT INTO " + name + " (" + list + ") SELECT " + strings.Join(chosen, ", ") + " FROM unnest(" + strings.Join(arrays, ", ") + ") AS u (" + list + ")"
	_, err := t.tx.ExecContext(ctx, add, args...)
	return err
}

func numbers(rows *table, column, width int) []int64 {
	list := make([]int64, 0, rows.rows)
	for at := column; at < len(rows.cells); at += width {
		switch n := rows.cells[at].(type) {
		case int:
			list = append(list, int64(n))
		case int64:
			list = append(list, n)
		}
	}
	return list
}

func texts(rows *table, column, width int) []*string {
	list := make([]*string, 0, rows.rows)
	for at := column; at < len(rows.cells); at += width {
		if s, ok := rows.cells[at].(string); ok {
			list = append(list, &s)
		} else {
			list = append(list, nil)
		}
	}
	return list
}
