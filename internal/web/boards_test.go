package web

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// boards starts a service with children whose advice, reviews and moves are at
// every step.
func boards(t testing.TB) *service {
	t.Helper()
	s := start(t)
	ctx := context.Background()
	err := s.db.Write(ctx, program, func(tx *store.Tx) error {
		return errors.Join(
			tx.AddTeam(ctx, "east", "East"), tx.AddTeam(ctx, "west", "West"),
			tx.SetPerson(ctx, &store.Person{ID: "amina", Name: "Amina Yusuf", Role: "officer", Team: "East"}),
			tx.SetSetting(ctx, &store.Setting{ID: "oak", Name: "Oak Primary School", Phase: "Primary"}),
			tx.SetSetting(ctx, &store.Setting{ID: "elm", Name: "Elm School and Specialist College for Communication and Interaction, Upper Westmarch", Phase: "Secondary"}),
			tx.Audit(ctx, "made", "", ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	add := func(n int, forename, surname string, age int, setting string, lines ...string) {
		t.Helper()
		id := app.ChildID(fmt.Sprintf("child-%02d", n))
		child := store.Child{ID: id, Forename: forename, Surname: surname, Reference: fmt.Sprintf("WM-%06d", n), Born: calendar.On(2027-age, 3, 2), Setting: setting, Team: "East", Officer: "amina", District: "Aldermere"}
		if n%3 == 0 {
			child.Team, child.Officer, child.District = "West", "", "Tolbrook"
		}
		err := s.db.Write(ctx, program, func(tx *store.Tx) error {
			return errors.Join(tx.AddChild(ctx, &child), tx.Audit(ctx, "added", string(id), ""))
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			s.record(id, line)
		}
	}
	asked := func(day string, bodies ...string) (lines []string) {
		lines = []string{"2026-06-01 request-received source=parent", "2026-07-06 decision-to-assess-sent decision=yes"}
		for _, b := range bodies {
			lines = append(lines, fmt.Sprintf("%s advice-requested type=b body=%q", day, b))
		}
		return lines
	}
	add(1, "Ffion", "Hughes", 6, "oak", asked("2026-07-08", "Educational psychology", "Community paediatrics", "Oak Primary School")...)
	add(2, "Noah", "Ali", 9, "elm", asked("2026-09-30", "Educational psychology", "Elm School and Specialist College for Communication and Interaction, Upper Westmarch")...)
	add(3, "Isla", "O’Brien-Featherstonehaugh", 13, "", asked("2026-10-15", "Educational psychology", "Social care")...)
	add(4, "Leo", "Marsh", 14, "elm", append(asked("2026-11-09", "Social care"), `2026-10-20 advice-requested body="Occupational therapy"`,
		`2026-11-23 exception-recorded rule=B02 ground=absent from=2026-10-21 to=2026-11-20 setting="Occupational therapy"`)...)
	const plan = "2024-01-08 plan-transferred-in made=2023-01-09 reviewed=2024-01-05"
	add(5, "Ava", "Khan", 11, "oak", plan, "2026-09-07 phase-transfer-due kind=school on=2027-09-01", "2026-11-16 review-scheduled meeting=2026-12-03")
	add(6, "George", "Wren", 11, "oak", plan, "2026-09-07 phase-transfer-due kind=school on=2027-09-01", "2026-10-29 review-meeting-held")
	add(7, "Mia", "Lowe", 4, "", plan, "2026-09-07 phase-transfer-due kind=school on=2027-09-01", "2026-10-05 review-meeting-held", `2026-11-02 school-consulted setting="Oak Primary School"`)
	add(8, "Zara", "Finch", 16, "elm", plan, "2026-09-07 phase-transfer-due kind=post-16 on=2027-09-01", "2026-10-12 review-meeting-held", "2026-11-09 review-decision-sent decision=keep")
	add(9, "Finn", "Dale", 12, "elm", plan, "2025-09-08 phase-transfer-due kind=school on=2026-09-01", "2026-01-12 review-meeting-held", "2026-02-09 review-decision-sent decision=amend", "2026-02-09 amendment-notice-sent")
	add(10, "Erin", "Shaw", 11, "oak", plan, "2025-12-01 review-meeting-held", "2025-12-08 review-decision-sent decision=keep")
	return s
}

// record adds a line of a case file to a child's case.
func (s *service) record(id app.ChildID, line string) {
	s.t.Helper()
	e, err := casework.ParseEvent(line)
	if err != nil {
		s.t.Fatal(err)
	}
	by := access.User{ID: "amina", Name: "Amina Yusuf", Role: access.Officer}
	if err := (&app.Casework{Core: s.core}).Record(context.Background(), by, id, app.Recording{Event: e, Seen: app.Unseen}); err != nil {
		s.t.Fatalf("%s: %v", line, err)
	}
}

// boardPlaces are the boards in the states that people see.
var boardPlaces = []place{
	{"advice", "/advice"},
	{"advice-listed", "/advice?band=all"},
	{"advice-one", "/advice?body=Community+paediatrics&band=over-4"},
	{"advice-settings", "/advice?settings=yes&team=East"},
	{"reviews-full", "/reviews?month=2026-12"},
	{"reviews-meeting", "/reviews?month=2026-12&day=2026-12-03&what=meeting"},
	{"reviews-backlog", "/reviews?late=all&what=review"},
	{"transfers-full", "/transfers"},
	{"transfers-listed", "/transfers?step=all"},
	{"transfers-unrecorded", "/transfers?step=unrecorded&kind=secondary"},
	{"transfers-last-year", "/transfers?year=2026&step=late"},
}

func TestGoldenBoards(t *testing.T) {
	s := boards(t)
	for _, p := range boardPlaces {
		_, _, body := s.get(s.as("amina"), p.path)
		testkit.Golden(t, "golden/"+p.name+".html", tidy(t, body))
	}
}

// The boards hold for everybody, on a phone and without scripts.
func TestBoardsInTheBrowser(t *testing.T) {
	s := boards(t)
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="amina"]`, ".weald-header__person")
	shots := os.Getenv("WEALD_SHOTS")
	for _, p := range boardPlaces {
		texts := map[bool]string{}
		for _, scripts := range []bool{true, false} {
			b.JavaScript(scripts)
			for _, width := range []int64{1280, 360} {
				b.Width(width)
				b.Go(s.url + p.path)
				if over := b.Overflow(); over > 0 {
					t.Errorf("%s is %d pixels too wide for %d", p.name, over, width)
				}
				if width == 1280 {
					texts[scripts] = b.Text("main")
				}
				if !scripts {
					continue
				}
				for _, broken := range b.Axe() {
					t.Errorf("%s at %d: %s", p.name, width, broken)
				}
				if shots != "" {
					b.Screenshot(filepath.Join(shots, fmt.Sprintf("%s-%d.png", p.name, width)))
				}
			}
		}
		if texts[true] != texts[false] {
			t.Errorf("%s differs without scripts:\n with %q\n without %q", p.name, texts[true], texts[false])
		}
	}
}

var (
	boardLink   = regexp.MustCompile(`<a class="govuk-link" href="(/(?:advice|reviews|transfers)\?[^"]*)">([^<]*)</a>`)
	boardListed = regexp.MustCompile(`id="list">[^<]* <span[^>]*>([\d,]+) `)
	figures     = regexp.MustCompile(`^(?:\d+ \()?([\d,]+)`) // 3, 3 reviews due, 2026 (3)
)

// Every figure on a board is the number of the list that it leads to.
func TestFiguresOfBoardsLeadToTheirLists(t *testing.T) {
	s := boards(t)
	c := s.as("amina")
	followed := 0
	for _, path := range []string{"/advice", "/advice?settings=yes", "/reviews", "/reviews?month=2026-12", "/reviews?month=2027-01", "/transfers", "/transfers?year=2026"} {
		_, _, body := s.get(c, path)
		for _, m := range boardLink.FindAllStringSubmatch(body, -1) {
			said := figures.FindStringSubmatch(m[2])
			if said == nil || !strings.Contains(m[1], "#list") {
				continue
			}
			figure := said[1]
			to, _, _ := strings.Cut(html.UnescapeString(m[1]), "#")
			_, _, list := s.get(c, to)
			found := boardListed.FindStringSubmatch(list)
			if found == nil || found[1] != figure {
				t.Errorf("%s: %q leads to %s, which lists %v", path, m[2], to, found)
			}
			n, _ := strconv.Atoi(figure)
			if rows := strings.Count(list, `href="/cases/`); rows != n {
				t.Errorf("%s lists %d and has %d rows", to, n, rows)
			}
			followed++
		}
	}
	if followed < 60 {
		t.Errorf("only %d figures were followed", followed)
	}
}

// What is taken out is what was listed, and that it was taken is kept.
func TestBoardsTakenOut(t *testing.T) {
	s := boards(t)
	c := s.as("tom")
	for path, want := range map[string]int{
		"/advice.csv": 9, "/advice.csv?band=over-4": 3, "/advice.csv?body=Social+care": 2, "/reviews.csv?month=2026-12&day=2026-12-03": 1,
		"/reviews.csv?late=all&what=review": 3, "/transfers.csv": 4, "/transfers.csv?year=2026&step=late": 1, "/transfers.csv?step=unrecorded": 1,
	} {
		status, _, body := s.get(c, path)
		lines := strings.Split(strings.TrimRight(body, "\r\n"), "\r\n")
		if status != http.StatusOK || len(lines) != want+1 || !strings.HasPrefix(lines[0], "\uFEFFReference,Surname") {
			t.Errorf("%s: %d, %d lines, want %d and a head:\n%s", path, status, len(lines), want, body)
		}
	}
	if _, _, body := s.get(c, "/transfers.xlsx"); !strings.HasPrefix(body, "PK") {
		t.Errorf("/transfers.xlsx begins with %q", body[:min(8, len(body))])
	}
	_, _, page := s.get(c, "/advice?band=over-4")
	if !strings.Contains(page, `href="/advice.xlsx?band=over-4"`) {
		t.Error("the list does not offer itself as a file")
	}
	kept := map[string]int{}
	err := s.db.Read(context.Background(), func(tx *store.Tx) error {
		entries, err := tx.AuditOf(context.Background(), "", 500, 0)
		for _, e := range entries {
			kept[e.Act+": "+e.Detail]++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"took a list of advice out: 3 pieces of advice as csv", "took a list of reviews out: 3 reviews, meetings and decisions as csv", "took a list of phase transfers out: 4 moves as xlsx"} {
		if kept[want] != 1 {
			t.Errorf("%q is kept %d times", want, kept[want])
		}
	}
}
