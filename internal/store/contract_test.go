package store

import (
	"context"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/testkit/postgres"

	"github.com/google/go-cmp/cmp"
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
			entries, err := tx.AuditOf(ctx, "c1", 10)
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

// Every child is in one cell of the counts and, page by page, once in the list.
func TestWhatIsDueAddsUp(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		today, soon := day(t, "2026-11-23"), day(t, "2026-12-21")
		due := []string{"2026-10-01", "2026-11-22", "2026-11-23", "2026-12-21", "2026-12-22", ""}
		write(t, db, func(ctx context.Context, tx *Tx) error {
			err := errors.Join(tx.AddTeam(ctx, "t1", "East"), tx.AddTeam(ctx, "t2", "West"))
			for i := range 24 {
				id := ChildID("c" + string(rune('a'+i)))
				c := Child{ID: id, Surname: "S" + string(rune('a'+i%5)), Forename: "F"}
				c.Team = []string{"East", "West", ""}[i%3]
				err = errors.Join(err, tx.AddChild(ctx, &c))
				if d := due[i%len(due)]; d != "" {
					err = errors.Join(err, tx.SetCase(ctx, id, &casework.Standing{}, []Duty{
						{Rule: "B06", Process: []string{"Request", "Review"}[i%2], Nature: "deadline", Binding: true, Due: day(t, d), Next: true},
						{Rule: "C02", Process: "Review", Nature: "deadline", Due: day(t, "2026-11-01")},
						{Rule: "C09", Process: "Review", Nature: "deadline", Excused: true, Due: day(t, "2026-11-01")},
					}))
				}
			}
			return err
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			cells, err := tx.DueCounts(ctx, today, soon)
			if err != nil {
				return err
			}
			total, overdue := 0, 0
			for _, c := range cells {
				total += c.Children
				overdue += c.Overdue
				// The list with the cell's own filter holds the same children.
				page, err := tx.DueRows(ctx, DueFilter{c.Process, c.Team, c.Band}, today, soon, DueMark{}, 100)
				if err != nil {
					return err
				}
				if len(page) != c.Children {
					t.Errorf("%+v, but the list holds %d", c, len(page))
				}
			}
			if total != 24 || overdue != 8+20 {
				t.Errorf("%d children and %d overdue duties, want 24 and 28", total, overdue)
			}
			var seen []ChildID
			var after DueMark
			last := ""
			for {
				page, err := tx.DueRows(ctx, DueFilter{}, today, soon, after, 7)
				if err != nil {
					return err
				}
				if len(page) == 0 {
					break
				}
				for _, r := range page {
					key := r.Due.String()
					if key == "" {
						key = "9999"
					}
					if key < last {
						t.Errorf("%s comes after %s", key, last)
					}
					last = key
					seen = append(seen, r.ID)
					after = DueMark{key, r.Surname, string(r.ID)}
				}
			}
			if len(seen) != 24 {
				t.Errorf("%d children over the pages, want 24", len(seen))
			}
			return nil
		})
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
			"childByID": childByID, "allChildren": allChildren, "factsOf": factsOf, "allTeams": allTeams, "journalOf": journalOf, "allJournals": allJournals,
			"nextSeq": nextSeq, "allClosures": allClosures, "dutiesOf": dutiesOf, "dueRows": dueRows, "dueCounts": dueCounts, "loadByDigest": loadByDigest, "allLoads": allLoads,
		} {
			args := make([]any, len(regexp.MustCompile(`\$\d`).FindAllString(query, -1)))
			n := 0
			for i := 1; i < 10; i++ {
				if strings.Contains(query, "$"+string(rune('0'+i))) {
					n = i
				}
			}
			args = args[:0]
			for i := range n {
				args = append(args, map[bool]any{true: 1, false: "x"}[query == dueRows && i == 8])
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
