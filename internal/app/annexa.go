package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/annexa"
	"weald/domain/casework"
	"weald/domain/sen2"
	"weald/internal/sheet"
	"weald/internal/store"
)

// Inspections is what is done for those who inspect the local area.
type Inspections struct {
	*Core

	lock sync.Mutex
	kept map[calendar.Date]*lately[*Lists] // by reference date: the last few
}

// Lists are the two lists of Annex A on a day, and what checking them found.
type Lists struct {
	annexa.Book
	Found []annexa.Finding
	Names map[string]string // of the children, by ID; none in lists that were read
	Ago   time.Duration     // how long ago they were built, if the record has changed since
}

// AnnexA builds both lists as they were at the end of a day from what the record
// knows now, and checks them. The day must not be after today. What was built is
// shown again for ten minutes although the record changes, unless it is to be
// built again.
//
// On List 2 are children with no plan for whom a request or an assessment is
// under way or was refused: the record knows of no others with special
// educational needs, whom schools know.
func (a *Inspections) AnnexA(ctx context.Context, by access.User, on calendar.Date, again bool) (*Lists, error) {
	if err := may(by, access.InspectionPrepare); err != nil {
		return nil, err
	}
	var state uint64
	if err := a.read(ctx, func(l *caseload) error { state = l.changes; return nil }); err != nil {
		return nil, err
	}
	a.lock.Lock()
	last := a.kept[on]
	if last == nil {
		if len(a.kept) >= 2 || a.kept == nil { // people look at one day, or two
			a.kept = map[calendar.Date]*lately[*Lists]{}
		}
		last = &lately[*Lists]{}
		a.kept[on] = last
	}
	a.lock.Unlock()
	l, ago, err := last.get(state, again, func() (*Lists, error) { return a.annexA(ctx, on) })
	if err != nil {
		return nil, err
	}
	lists := *l
	lists.Ago = ago
	return &lists, nil
}

func (a *Inspections) annexA(ctx context.Context, on calendar.Date) (*Lists, error) {
	lists := &Lists{Book: annexa.Book{On: on, Rows: map[annexa.List][]annexa.Row{}}, Names: map[string]string{}}
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		plans := map[store.ChildID]annexa.Plan{}
		err := tx.Journals(ctx, func(id store.ChildID, j casework.Journal) error {
			if p := annexa.PlanOn(j.Events(0), on); p.InForce || p.Asked {
				plans[id] = p
			}
			return nil
		})
		if err != nil {
			return err
		}
		ethnicities, places, attended := map[store.ChildID]string{}, map[store.ChildID]string{}, map[store.ChildID]string{}
		if err := errors.Join(tx.FactsNamed(ctx, "Ethnicity", ethnicities), tx.FactsNamed(ctx, "Place", places), tx.FactsNamed(ctx, "Attends", attended)); err != nil {
			return err
		}
		all, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		settings := make(map[string]*store.Setting, len(all))
		for i := range all {
			settings[all[i].ID] = &all[i]
		}
		return tx.Children(ctx, func(c *store.Child) error {
			plan, ok := plans[c.ID]
			if !ok {
				return nil
			}
			k := annexa.Known{
				Child: string(c.ID), UniqueID: cmp.Or(c.Reference, string(c.ID)), UPN: c.UPN, ULN: c.ULN, Born: c.Born, Sex: c.Sex,
				Ethnicity: annexa.EthnicityCode(ethnicities[c.ID]), Need: c.Need, Issued: plan.Issued, Updated: plan.Updated, Reviewed: plan.Reviewed,
			}
			switch s := settings[c.Setting]; {
			case s != nil:
				k.URN, k.Type, k.Phase, k.Home = s.URN, s.Kind, s.Phase, "No"
			default:
				k.URN, k.Home = whereabouts(cmp.Or(places[c.ID], attended[c.ID]))
			}
			list := annexa.Two
			if plan.InForce {
				list = annexa.One
			}
			row := k.Row(list)
			row.Line = len(lists.Rows[list]) + 2
			lists.Names[k.Child] = c.Name()
			lists.Rows[list] = append(lists.Rows[list], row)
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	lists.Found = annexa.Check(&lists.Book)
	return lists, nil
}

// whereabouts reads the fact that says where a child without a setting in the
// record is: the number of a school attended still, and whether the child is
// educated at home; "" is not known.
func whereabouts(fact string) (urn, home string) {
	place, rest, _ := strings.Cut(fact, ", ")
	if place == "" || strings.Contains(rest, "to ") {
		return "", ""
	}
	if place == sen2.SettingTypes.Meaning("EHE") {
		return "", "Yes"
	}
	urn, _ = strings.CutPrefix(place, "URN ")
	if urn == place {
		urn = ""
	}
	return urn, "No"
}

// AnnexAOut writes the workbook of both lists as they are now, and keeps that it
// was taken out.
func (a *Inspections) AnnexAOut(ctx context.Context, by access.User, on calendar.Date, to io.Writer) error {
	lists, err := a.AnnexA(ctx, by, on, true)
	if err != nil {
		return err
	}
	if err := WriteAnnexA(to, &lists.Book); err != nil {
		return err
	}
	return a.TookOut(ctx, by, lists)
}

// TookOut keeps that lists were taken out of the service.
func (a *Inspections) TookOut(ctx context.Context, by access.User, lists *Lists) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		return tx.Audit(ctx, "took a list for an inspection out", "", fmt.Sprintf("%d and %d children on %s", len(lists.Rows[annexa.One]), len(lists.Rows[annexa.Two]), lists.On))
	})
}

// FillAnnexA fills blank cells of lists in from files that other systems gave
// out, workbooks or CSV, and checks the lists again. See [annexa.Fill].
func FillAnnexA(lists *Lists, files []FormFile) (filled int, notes []annexa.Note, err error) {
	for _, f := range files {
		tables, err := sheet.Read(f.Name, f.In, f.Size)
		if err != nil {
			return filled, notes, fmt.Errorf("%s: %w", f.Name, err)
		}
		for _, t := range tables {
			table := annexa.Table(t)
			n, more, err := annexa.Fill(&lists.Book, &table)
			filled, notes = filled+n, append(notes, more...)
			if err != nil {
				return filled, notes, fmt.Errorf("%s: %w", f.Name, err)
			}
		}
	}
	lists.Found = annexa.Check(&lists.Book)
	return filled, notes, nil
}

// WriteAnnexA writes both lists as the workbook that is asked for.
func WriteAnnexA(to io.Writer, book *annexa.Book) error {
	w := sheet.NewWorkbook(to)
	for _, l := range []annexa.List{annexa.One, annexa.Two} {
		var columns []sheet.Column
		for _, i := range l.Of() {
			columns = append(columns, sheet.Column{Title: annexa.Columns[i].Title})
		}
		s, err := w.Table(l.Sheet(), columns...)
		if err != nil {
			return err
		}
		for i := range book.Rows[l] {
			if err := s.Row(l.Cells(&book.Rows[l][i])...); err != nil {
				return err
			}
		}
	}
	return w.Close()
}

// ReadAnnexA reads a workbook of the lists, or one list as CSV whose name is the
// list's, and checks them as on a day. Notes say what of its shape was odd.
func ReadAnnexA(name string, in io.ReaderAt, size int64, on calendar.Date) (*Lists, []annexa.Note, error) {
	tables, err := sheet.Read(name, in, size)
	if err != nil {
		return nil, nil, err
	}
	sheets := make([]annexa.Table, len(tables))
	for i, t := range tables {
		sheets[i] = annexa.Table(t)
	}
	rows, notes, err := annexa.Read(sheets)
	if err != nil {
		return nil, notes, err
	}
	lists := &Lists{Book: annexa.Book{On: on, Rows: rows}}
	lists.Found = annexa.Check(&lists.Book)
	return lists, notes, nil
}
