package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/measure"
	"weald/domain/published"
	"weald/internal/store"
)

// A Behind is what stands behind a figure, one thing counted after another.
type Behind struct {
	measure.Shown
	Today calendar.Date
	Cut   measure.Cut
	Group string // its words; "" everybody
	Only  Only
	Rows  []BehindRow // one page
	Found int         // on all pages
	Shut  int         // not listed, because whoever asks may not see the child
	Page  int         // from 1
	Pages int
}

// An Only picks some of what stands behind a figure.
type Only string

// What may be picked.
const (
	Everything  Only = ""
	OnlyCounted Only = "counted"
	OnlyMissed  Only = "missed"
)

// A BehindRow is one thing that a measure counts, of a child.
type BehindRow struct {
	CaseRow
	First, Last calendar.Date // of what is counted; no last day while it goes on
	Num, Den    bool
}

// A BehindAsked says what is wanted of what stands behind a figure.
type BehindAsked struct {
	measure.Asked
	Code  string
	Group string // the key of a group of the cut; "" everybody
	Only  Only
	Page  int // from 1; 0: all of it, for a file
}

// behindShown is how many rows are on a page.
const behindShown = 50

// Behind lists what stands behind a figure: as many rows as the figure counts, so
// a child of whom two things were counted stands there twice.
func (a *Measures) Behind(ctx context.Context, by access.User, asked BehindAsked) (*Behind, error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	if err := may(by, access.BoardSee); err != nil {
		return nil, err
	}
	d := measure.Coded(asked.Code)
	if d == nil || !d.Counted() {
		return nil, ErrNotFound
	}
	b := &Behind{Today: a.today(), Cut: asked.Cut, Only: asked.Only, Page: max(1, asked.Page)}
	err := a.look(ctx, asked.Known, func(l *caseload, book *measure.Book) error {
		b.Shown = *a.shown(book, d, asked.Asked)
		p := a.cutOff(b.Period, asked.Asked)
		in := func(int) bool { return true }
		if asked.Group != "" {
			cut := l.cut(asked.Cut, p.Last)
			g := cut.group(asked.Group)
			if g < 0 {
				return ErrNotFound
			}
			b.Group = cut.labels[g]
			in = func(place int) bool { return cut.of(place) == g }
		}
		b.Value = book.Among(d, p, in)
		marks := slices.DeleteFunc(book.Counted(d, p, in), func(m measure.Placed) bool {
			return asked.Only == OnlyCounted && !m.Num || asked.Only == OnlyMissed && m.Num
		})
		all, hidden := len(marks), l.hidden(l.viewer(by))
		marks = slices.DeleteFunc(marks, func(m measure.Placed) bool { return hidden[int32(m.Place)] })
		b.Shut = all - len(marks)
		slices.SortFunc(marks, func(x, y measure.Placed) int {
			return cmp.Or(cmp.Compare(x.First, y.First), byNameThenID(l.lines[x.Place], l.lines[y.Place]))
		})
		b.Found = len(marks)
		b.Pages = max(1, (len(marks)+behindShown-1)/behindShown)
		if asked.Page > 0 {
			b.Page = min(b.Page, b.Pages)
			from := (b.Page - 1) * behindShown
			marks = marks[from:min(len(marks), from+behindShown)]
		}
		for _, m := range marks {
			b.Rows = append(b.Rows, BehindRow{l.row(int32(m.Place)), m.First, m.Last, m.Num, m.Den})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// BehindOut lists all that stands behind a figure, to be taken out of the
// service, and keeps that it was.
func (a *Measures) BehindOut(ctx context.Context, by access.User, asked BehindAsked, as string) (*Behind, error) {
	asked.Page = 0
	b, err := a.Behind(ctx, by, asked)
	if err != nil {
		return nil, err
	}
	return b, a.db.Write(ctx, by, func(tx *store.Tx) error {
		return tx.Audit(ctx, "took the children behind a measure out", "", fmt.Sprintf("%s, %d rows as %s", b.Code, len(b.Rows), as))
	})
}

// Out keeps that measures were taken out of the service.
func (a *Measures) Out(ctx context.Context, by access.User, what, as string) error {
	if err := may(by, access.BoardSee); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		return tx.Audit(ctx, "took measures out", "", what+" as "+as)
	})
}

// authority is the area's own number: as the service was told or, if nothing was
// published of that, whose return was last loaded.
func (a *Measures) authority(ctx context.Context) (own string, err error) {
	if own = a.LA; published.Held.Name(own) != "" {
		return own, nil
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		loads, err := tx.Loads(ctx)
		if len(loads) > 0 {
			own = loads[len(loads)-1].Authority
		}
		return err
	})
	return own, err
}
