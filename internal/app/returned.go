package app

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/sen2"
	"weald/internal/store"
)

// A Wanted is which return to build.
type Wanted struct {
	Year   int
	Census calendar.Date // zero: the year's census day
	Header sen2.Header   // what a record does not hold: the authority's number, the software, when written
}

// A Built is what building a return found.
type Built struct {
	Header  sen2.Header
	People  []Returnee // in the order of the return
	Left    int        // children who are not in it
	Reasons map[string]int
}

// A Returnee is a child as a return has them.
type Returnee struct {
	ID     store.ChildID
	Person *sen2.Person
}

// NoYear is returned for a return of a year of which nothing is known.
type NoYear struct{ Year int }

func (e *NoYear) Error() string {
	return fmt.Sprintf("the return of %d is not known: see weald sen2 not-covered", e.Year)
}

// Build builds the return of a year from the record. The record is read once,
// as it stands.
func (a *Returns) Build(ctx context.Context, by access.User, w Wanted) (*Built, error) {
	if err := may(by, access.ReturnBuild); err != nil {
		return nil, err
	}
	return a.build(ctx, w)
}

func (a *Returns) build(ctx context.Context, w Wanted) (*Built, error) {
	year := sen2.InYear(w.Year)
	if year == nil || !year.Known {
		return nil, &NoYear{w.Year}
	}
	if w.Census.IsZero() {
		w.Census = year.Census
	}
	built := &Built{Header: w.Header, Reasons: map[string]int{}}
	built.Header.Year, built.Header.ReferenceDate = w.Year, w.Census
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		return a.known(ctx, tx, func(batches <-chan []known) error {
			var lock sync.Mutex
			var workers sync.WaitGroup
			for range max(1, runtime.GOMAXPROCS(0)) {
				workers.Go(func() {
					b := sen2.NewBuilder(year, w.Census, a.practice)
					for batch := range batches {
						in := make([]Returnee, 0, len(batch))
						reasons := map[string]int{}
						for i := range batch {
							p, why := b.Build(&batch[i].Known)
							for _, r := range why {
								reasons[r.Words]++
							}
							if p != nil {
								in = append(in, Returnee{batch[i].id, p})
							}
						}
						lock.Lock()
						built.People = append(built.People, in...)
						built.Left += len(batch) - len(in)
						for words, n := range reasons {
							built.Reasons[words] += n
						}
						lock.Unlock()
					}
				})
			}
			workers.Wait()
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(built.People, func(a, b Returnee) int { return sen2.Order(a.Person, b.Person) })
	for i, p := range built.People {
		p.Person.Number = i + 1
	}
	return built, nil
}

// Each hands on everybody in the return, in order.
func (b *Built) Each(each func(*sen2.Person) error) error {
	for _, p := range b.People {
		if err := each(p.Person); err != nil {
			return err
		}
	}
	return nil
}

// Write writes the return.
func (b *Built) Write(out io.Writer) error {
	w := sen2.NewWriter(out, &b.Header)
	if err := b.Each(w.Person); err != nil {
		return err
	}
	return w.Close()
}

// why says of one child why they are in the return of a year, or are not, and
// what it says of them.
func (a *Returns) why(ctx context.Context, by access.User, id store.ChildID, year int) (v *ReturnWhy, err error) {
	y := sen2.InYear(year)
	if y == nil || !y.Known {
		return nil, &NoYear{year}
	}
	v = &ReturnWhy{}
	// Whoever opens a child's page is kept, so this reads in a writing transaction.
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		child, err := tx.Child(ctx, id)
		if err != nil {
			return err
		}
		urns, err := urnsOf(ctx, tx)
		if err != nil {
			return err
		}
		entries, err := tx.Journal(ctx, id)
		if err != nil {
			return err
		}
		closures, err := tx.Closures(ctx)
		if err != nil {
			return err
		}
		said, err := tx.ReturnedOf(ctx, id)
		if err != nil {
			return err
		}
		k := knownOf(child, urns)
		k.Case.Closures, k.Case.Events = closures, store.Events(entries).Events(0)
		if said != nil {
			k.Said = &sen2.Said{Year: said.Year, Since: len(entries) - said.Events}
			err := sen2.ReadFragments(one(said.Person), func(p *sen2.Person) error { k.Said.Person = p.Clone(); return nil })
			if err != nil {
				return err
			}
		}
		v.Name, v.Events = child.Name(), k.Case.Events
		v.Person, v.Reasons = sen2.NewBuilder(y, 0, a.practice).Build(&k.Known)
		return tx.Audit(ctx, fmt.Sprintf("looked at the return of %d", year), string(id), "")
	})
	return v, err
}

// A ReturnWhy is what a return says of a child, why they are in it or not, and
// the events that it is made from.
type ReturnWhy struct {
	Name    string
	Person  *sen2.Person // nil: they are not in it
	Reasons []sen2.Reason
	Events  []casework.Event
}

func one(text string) func() string {
	return func() string {
		now := text
		text = ""
		return now
	}
}

// known is what the record holds of one child.
type known struct {
	sen2.Known
	id store.ChildID
}

func knownOf(c *store.Child, urns map[string]string) known {
	return known{id: c.ID, Known: sen2.Known{
		Surname: c.Surname, Forename: c.Forename, Born: c.Born, Sex: c.Sex, PostCode: c.Postcode, UPN: c.UPN, ULN: c.ULN,
		Need: c.Need, URN: urns[c.Setting], Case: casework.Case{Born: c.Born},
	}}
}

// urnsOf returns the settings' unique reference numbers, by setting.
func urnsOf(ctx context.Context, tx *store.Tx) (map[string]string, error) {
	settings, err := tx.Settings(ctx)
	if err != nil {
		return nil, err
	}
	urns := make(map[string]string, len(settings))
	for i := range settings {
		urns[settings[i].ID] = settings[i].URN
	}
	return urns, nil
}

// known hands on everything that the record holds of every child, in batches,
// while it reads the next.
func (a *Returns) known(ctx context.Context, tx *store.Tx, take func(<-chan []known) error) error {
	urns, err := urnsOf(ctx, tx)
	if err != nil {
		return err
	}
	closures, err := tx.Closures(ctx)
	if err != nil {
		return err
	}
	var all []known
	at := map[store.ChildID]int{}
	if err := tx.Children(ctx, func(c *store.Child) error {
		at[c.ID] = len(all)
		all = append(all, knownOf(c, urns))
		return nil
	}); err != nil {
		return err
	}
	if err := said(ctx, tx, all, at); err != nil {
		return err
	}
	batches := make(chan []known, 4)
	taken := make(chan error, 1)
	go func() { taken <- take(batches) }()
	var batch []known
	err = tx.Journals(ctx, func(id store.ChildID, j casework.Journal) error {
		i, is := at[id]
		if !is {
			return nil
		}
		k := all[i]
		k.Case.Closures, k.Case.Events = closures, slices.Clone(j.Events(0))
		if k.Said != nil {
			k.Said.Since += len(j)
		}
		all[i].id = ""
		if batch = append(batch, k); len(batch) == together {
			batches <- batch
			batch = nil
		}
		return nil
	})
	for _, k := range all { // those of whom nothing is recorded but what was said
		if k.id != "" {
			k.Case.Closures = closures
			batch = append(batch, k)
		}
	}
	batches <- batch
	close(batches)
	if took := <-taken; err == nil {
		err = took
	}
	return err
}

// said adds what returns have said. Since is left short by the entries that each
// journal turns out to have.
func said(ctx context.Context, tx *store.Tx, all []known, at map[store.ChildID]int) error {
	var whose []int
	var texts []string
	if err := tx.Returned(ctx, func(id store.ChildID, r store.Returned) error {
		i := at[id]
		all[i].Said = &sen2.Said{Year: r.Year, Since: -r.Events}
		whose, texts = append(whose, i), append(texts, r.Person)
		return nil
	}); err != nil {
		return err
	}
	n, read := 0, 0
	return sen2.ReadFragments(func() string {
		if n == len(texts) {
			return ""
		}
		n++
		return texts[n-1]
	}, func(p *sen2.Person) error {
		all[whose[read]].Said.Person = p.Clone()
		read++
		return nil
	})
}
