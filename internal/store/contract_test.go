package store

import (
	"context"
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/testkit/postgres"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"
)

var officer = access.User{ID: "u1", Name: "Amina Yusuf", Role: access.Officer}

// onBoth runs a test against a fresh record in each engine.
func onBoth(t *testing.T, test func(*testing.T, *DB)) {
	for engine, where := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "record.db") },
		"postgres": func(t *testing.T) string { return postgres.Fresh(t) },
	} {
		t.Run(engine, func(t *testing.T) {
			db, err := Open(context.Background(), where(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			})
			test(t, db)
		})
	}
}

func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func event(t testing.TB, line string) casework.Event {
	t.Helper()
	e, err := casework.ParseEvent(line)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func write(t testing.TB, db *DB, f func(context.Context, *Tx) error) {
	t.Helper()
	ctx := context.Background()
	err := db.Write(ctx, officer, func(tx *Tx) error {
		if err := f(ctx, tx); err != nil {
			return err
		}
		return tx.Audit(ctx, "tested", "", "")
	})
	if err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, db *DB, f func(context.Context, *Tx) error) {
	t.Helper()
	ctx := context.Background()
	if err := db.Read(ctx, func(tx *Tx) error { return f(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
}

func TestCaseComesBackAsItWasSaved(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		child := Child{ID: "c1", Surname: "O’Neill-Þorsson", Forename: "Zoë", Born: day(t, "2016-02-29"), UPN: "A123", ULN: "1234567890", Team: "East"}
		lines := []string{
			"2026-09-07 request-received source=parent",
			"2026-10-19 decision-to-assess-sent decision=yes",
			`2026-10-19 advice-requested type=d body="Educational Psychology, \"East\"" received=2026-10-21`,
			`2026-12-01 exception-recorded rule=B06 ground=absent from=2026-10-01 to=2026-11-02`,
		}
		var entries []Entry
		for _, l := range lines {
			entries = append(entries, Entry{Entry: casework.Entry{Event: event(t, l)}, Provenance: "SEN2 2026, line 12"})
		}
		write(t, db, func(ctx context.Context, tx *Tx) error {
			return errors.Join(
				tx.AddTeam(ctx, "t1", "East"),
				tx.AddTeam(ctx, "t2", "East"),
				tx.AddChild(ctx, &child),
				tx.AddFacts(ctx, child.ID, []Fact{{"Primary need", "ASD", "line 9"}}),
				tx.AddEvents(ctx, child.ID, entries[:2]),
				tx.AddEvents(ctx, child.ID, entries[2:]),
				tx.AddClosure(ctx, casework.SettingClosure{Setting: "Oak", Closure: calendar.Closure{Closed: day(t, "2026-07-23"), Reopens: day(t, "2026-09-01")}}),
				tx.AddClosure(ctx, casework.SettingClosure{Setting: "Oak", Closure: calendar.Closure{Closed: day(t, "2026-07-23"), Reopens: day(t, "2026-09-02")}}),
			)
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			got, err := tx.Child(ctx, "c1")
			if err != nil {
				return err
			}
			if *got != child {
				t.Errorf("\n got %+v\nwant %+v", *got, child)
			}
			journal, err := tx.Journal(ctx, "c1")
			if err != nil {
				return err
			}
			for i, e := range journal {
				if e.Seq != i+1 || e.Event.String() != lines[i] || e.By != officer.Name || e.Provenance != "SEN2 2026, line 12" || e.Recorded.IsZero() {
					t.Errorf("entry %d: %+v %s", i, e, e.Event.String())
				}
			}
			if len(journal) != len(lines) {
				t.Errorf("%d entries came back, want %d", len(journal), len(lines))
			}
			facts, err := tx.Facts(ctx, "c1")
			if err != nil || len(facts) != 1 || facts[0] != (Fact{"Primary need", "ASD", "line 9"}) {
				t.Errorf("facts: %v %v", facts, err)
			}
			closures, err := tx.Closures(ctx)
			if err != nil || len(closures) != 1 || closures[0].Reopens != day(t, "2026-09-02") {
				t.Errorf("closures: %v %v", closures, err)
			}
			if _, err := tx.Child(ctx, "nobody"); !errors.Is(err, ErrNotFound) {
				t.Errorf("an unknown child: %v", err)
			}
			n := 0
			err = tx.Journals(ctx, func(id ChildID, j casework.Journal) error {
				n++
				if id != "c1" || len(j) != len(lines) {
					t.Errorf("journal of %s with %d entries", id, len(j))
				}
				return nil
			})
			if n != 1 {
				t.Errorf("%d journals", n)
			}
			return err
		})
	})
}

// A change that leaves no audit entry, has no author or fails is not made.
func TestNoChangeWithoutAudit(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		add := func(tx *Tx) error { return tx.AddChild(ctx, &Child{ID: "c1", Surname: "A", Forename: "B"}) }
		if err := db.Write(ctx, officer, add); err == nil || !strings.Contains(err.Error(), "audit") {
			t.Errorf("a change without audit: %v", err)
		}
		if err := db.Write(ctx, access.User{}, add); err == nil {
			t.Error("a change in nobody's name was made")
		}
		failed := errors.New("no")
		err := db.Write(ctx, officer, func(tx *Tx) error {
			return errors.Join(add(tx), tx.Audit(ctx, "added", "c1", ""), failed)
		})
		if !errors.Is(err, failed) {
			t.Errorf("got %v", err)
		}
		read(t, db, func(ctx context.Context, tx *Tx) error {
			if _, err := tx.Child(ctx, "c1"); !errors.Is(err, ErrNotFound) {
				t.Errorf("the child was kept: %v", err)
			}
			return nil
		})
		write(t, db, func(ctx context.Context, tx *Tx) error {
			return errors.Join(add(tx), tx.Audit(ctx, "added", "c1", "by hand"))
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			entries, err := tx.AuditOf(ctx, "c1", 10, 0)
			if len(entries) != 1 || entries[0].By != officer.Name || entries[0].Act != "added" {
				t.Errorf("audit: %v", entries)
			}
			return err
		})
	})
}

// Reading cannot write.
func TestReadingCannotWrite(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		err := db.Read(ctx, func(tx *Tx) error { return tx.AddChild(ctx, &Child{ID: "c1", Surname: "A", Forename: "B"}) })
		if err == nil {
			t.Error("a reader wrote")
		}
	})
}

// Whoever reads the caseload from mark to mark has every line as it now stands,
// even when changes are committed in another order than they were begun.
func TestCaseloadIsReadFromMarkToMark(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		held := map[ChildID]Line{}
		var mark Mark
		catchUp := func() (changed []string, places bool) {
			read(t, db, func(ctx context.Context, tx *Tx) (err error) {
				mark, places, err = tx.Since(ctx, mark, func(l *Line) error {
					if was, ok := held[l.ID]; !ok || cmp.Diff(was, *l) != "" { // a line may be given again
						changed = append(changed, string(l.ID))
					}
					held[l.ID] = *l
					return nil
				})
				return err
			})
			return changed, places
		}
		add := func(ctx context.Context, tx *Tx, id ChildID, stage casework.Stage) error {
			return tx.SetCase(ctx, id, &casework.Standing{Stage: stage, On: day(t, "2026-09-07"), Last: casework.RequestReceived, Events: 1},
				[]Duty{{Rule: "A02", Process: "Request", Nature: "deadline", Binding: true, Due: day(t, "2026-10-19"), Next: true}})
		}
		if _, places := catchUp(); !places {
			t.Error("the first reading reads the places")
		}
		write(t, db, func(ctx context.Context, tx *Tx) error {
			return errors.Join(
				tx.AddChild(ctx, &Child{ID: "c1", Surname: "A", Forename: "B"}), add(ctx, tx, "c1", casework.RequestStage),
				tx.AddChild(ctx, &Child{ID: "c2", Surname: "A", Forename: "B"}), add(ctx, tx, "c2", casework.RequestStage))
		})
		if got, places := catchUp(); !slices.Equal(got, []string{"c1", "c2"}) || places {
			t.Errorf("changed: %v, places %v", got, places)
		}
		if got, _ := catchUp(); len(got) != 0 {
			t.Errorf("changed again: %v", got)
		}
		write(t, db, func(ctx context.Context, tx *Tx) error {
			return errors.Join(tx.SetSetting(ctx, &Setting{ID: "s1", Name: "Oak"}), tx.SetPerson(ctx, &Person{ID: "p1", Name: "P", Role: "officer"}),
				tx.SetChild(ctx, &Child{ID: "c2", Surname: "New", Forename: "B", Setting: "s1", Officer: "p1"}))
		})
		if got, places := catchUp(); !slices.Equal(got, []string{"c2"}) || !places || held["c2"].Surname != "New" || held["c2"].Setting != "s1" {
			t.Errorf("changed: %v, places %v", got, places)
		}
		if db.dialect != goose.DialectPostgres {
			return // it makes one change at a time
		}
		begun, finish, ended := make(chan bool), make(chan bool), make(chan error)
		go func() {
			ended <- db.Write(context.Background(), officer, func(tx *Tx) error {
				ctx := context.Background()
				err := errors.Join(add(ctx, tx, "c1", casework.PlanStage), tx.Audit(ctx, "slow", "c1", ""))
				close(begun)
				<-finish
				return err
			})
		}()
		<-begun
		write(t, db, func(ctx context.Context, tx *Tx) error { return add(ctx, tx, "c2", casework.DraftStage) })
		if got, _ := catchUp(); !slices.Equal(got, []string{"c2"}) {
			t.Errorf("changed: %v", got)
		}
		close(finish)
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		if got, _ := catchUp(); !slices.Equal(got, []string{"c1"}) {
			t.Errorf("the change begun first and committed last was lost: %v", got)
		}
	})
}

func TestDutiesAreReplaced(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		want := []Duty{{Rule: "B06", Of: "Oak", Process: "Request", Nature: "deadline", Binding: true, Due: day(t, "2026-11-23"), Next: true}}
		write(t, db, func(ctx context.Context, tx *Tx) error {
			return errors.Join(tx.AddChild(ctx, &Child{ID: "c1", Surname: "A", Forename: "B"}),
				tx.SetCase(ctx, "c1", &casework.Standing{}, []Duty{{Rule: "A02", Due: day(t, "2026-01-01")}, {Rule: "B04", Due: day(t, "2026-01-01")}}),
				tx.SetCase(ctx, "c1", &casework.Standing{}, want))
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			got, err := tx.Duties(ctx, "c1")
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
			return err
		})
	})
}

func TestLoads(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		l := Load{ID: "l1", Name: "return.xml", Digest: "abc", Year: 2026, Authority: "999"}
		write(t, db, func(ctx context.Context, tx *Tx) error {
			l2 := l
			l2.People, l2.Events = 5, 9
			return errors.Join(tx.AddLoad(ctx, &l), tx.CountLoad(ctx, &l2))
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			got, err := tx.LoadWithDigest(ctx, "abc")
			if err != nil || got.People != 5 || got.Events != 9 || got.Name != "return.xml" {
				t.Errorf("%+v %v", got, err)
			}
			if _, err := tx.LoadWithDigest(ctx, "xyz"); !errors.Is(err, ErrNotFound) {
				t.Errorf("%v", err)
			}
			all, err := tx.Loads(ctx)
			if len(all) != 1 {
				t.Errorf("%d loads", len(all))
			}
			return err
		})
	})
}

func TestSessions(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		s := db.Sessions()
		ctx := context.Background()
		later := time.Now().Add(time.Hour)
		if err := s.CommitCtx(ctx, "a", []byte{0, 1, 255}, later); err != nil {
			t.Fatal(err)
		}
		if err := s.CommitCtx(ctx, "a", []byte{2}, later); err != nil {
			t.Fatal(err)
		}
		if err := s.CommitCtx(ctx, "old", []byte{3}, time.Now().Add(-time.Minute)); err != nil {
			t.Fatal(err)
		}
		if b, found, err := s.FindCtx(ctx, "a"); err != nil || !found || !cmp.Equal(b, []byte{2}) {
			t.Errorf("%v %v %v", b, found, err)
		}
		if _, found, err := s.FindCtx(ctx, "old"); err != nil || found {
			t.Errorf("an expired session was found: %v", err)
		}
		if err := s.DeleteCtx(ctx, "a"); err != nil {
			t.Fatal(err)
		}
		if _, found, _ := s.FindCtx(ctx, "a"); found {
			t.Error("a deleted session was found")
		}
	})
}

// Opening a record again changes nothing, and two programs may start at once.
func TestOpeningTwice(t *testing.T) {
	for engine, where := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "record.db"), "postgres": postgres.Fresh(t)} {
		t.Run(engine, func(t *testing.T) {
			failed := make(chan error, 3)
			for range cap(failed) {
				go func() {
					db, err := Open(context.Background(), where)
					if err == nil {
						err = db.Close()
					}
					failed <- err
				}()
			}
			for range cap(failed) {
				if err := <-failed; err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// Every query that is a constant is understood by both engines.
func TestQueriesAreUnderstood(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		for name, query := range map[string]string{
			"childByID": childByID, "openingOf": openingOf, "allChildren": allChildren, "factsOf": factsOf, "factsNamed": factsNamed, "allTeams": allTeams, "journalOf": journalOf, "allJournals": allJournals,
			"nextSeq": nextSeq, "allClosures": allClosures, "dutiesOf": dutiesOf, "linesSince": linesSince, "namesSince": namesSince, "dutiesSince": dutiesSince, "contactsOf": contactsOf, "notesOf": notesOf, "allPeople": allPeople, "allSettings": allSettings, "findSession": findSession, "viewsOf": viewsOf, "workedOut": workedOut, "loadByDigest": loadByDigest, "likeChild": likeChild, "lastReference": lastReference, "withContact": withContact, "allLoads": allLoads, "plansOf": plansOf, "planWritten": planWritten, "planPartsOf": planPartsOf, "typedOf": typedOf,
			"accountOf": accountOf, "accountByHandle": accountByHandle, "accountByMeans": accountByMeans, "meansOf": meansOf, "signInByID": signInByID, "signInsOf": signInsOf, "codesOf": codesOf, "linkByDigest": linkByDigest, "linkByID": linkByID, "linksOf": linksOf, "codeAskByID": codeAskByID,
			"wholeAudit": wholeAudit, "consentsOf": consentsOf, "deliveryReportsOf": deliveryReportsOf, "deliveryStepsOf": deliveryStepsOf, "planned": planned, "itemsOf": itemsOf, "itemStepsOf": itemStepsOf, "allAccounts": allAccounts, "sightsSince": sightsSince, "organisationByID": organisationByID, "allOrganisations": allOrganisations, "membershipsOf": membershipsOf, "capacitiesOf": capacitiesOf, "allocationsIn": allocationsIn, "tiesOf": tiesOf, "involvementsOf": involvementsOf, "standingsOf": standingsOf, "standingOf": standingOf, "tiesBetween": tiesBetween, "allSeals": allSeals, "allStandings": allStandings,
		} {
			args := make([]any, len(regexp.MustCompile(`\$\d`).FindAllString(query, -1)))
			n := 0
			for i := 1; i < 10; i++ {
				if strings.Contains(query, "$"+string(rune('0'+i))) {
					n = i
				}
			}
			args = args[:0]
			for range n {
				args = append(args, map[bool]any{true: 1, false: "x"}[strings.Contains(query, "stamp")])
			}
			rows, err := db.read.Query("EXPLAIN "+query, args...)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			_ = rows.Close()
		}
	})
}

// A view is its owner's: nobody else sees it or drops it.
func TestViews(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		write(t, db, func(ctx context.Context, tx *Tx) error {
			return errors.Join(tx.SetView(ctx, "cases", View{"v1", "Late", "when=overdue"}), tx.SetView(ctx, "cases", View{"v2", "Late", "when=overdue&team=East"}),
				tx.SetView(ctx, "cases", View{"v3", "All", ""}), tx.SetView(ctx, "team", View{"v4", "Late", ""}))
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			got, err := tx.Views(ctx, officer.ID, "cases")
			if d := cmp.Diff([]View{{"v3", "All", ""}, {"v1", "Late", "when=overdue&team=East"}}, got); d != "" {
				t.Error(d)
			}
			if got, _ := tx.Views(ctx, "somebody", "cases"); len(got) != 0 {
				t.Errorf("another sees %v", got)
			}
			return err
		})
		ctx := context.Background()
		drop := func(tx *Tx) error { return errors.Join(tx.DropView(ctx, "v1"), tx.Audit(ctx, "dropped", "", "")) }
		if err := db.Write(ctx, access.User{ID: "somebody"}, drop); !errors.Is(err, ErrNotFound) {
			t.Errorf("another dropped it: %v", err)
		}
		if err := db.Write(ctx, officer, drop); err != nil {
			t.Error(err)
		}
	})
}
