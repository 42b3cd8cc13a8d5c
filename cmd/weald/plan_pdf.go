package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	neturl "net/url"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"time"

	"weald/calendar"
	"weald/internal/app"
	"weald/internal/printer"
	"weald/internal/sheet"
)

// planPDFCommand prints many final plans, each to a file of its own.
type planPDFCommand struct {
	recordFlags
	Out      string `required:"" help:"The folder to write to. It is made if it is not there; it must hold nothing else. It holds children's data: keep it as safe as the record." placeholder:"FOLDER"`
	Year     int    `help:"The final plans issued in this calendar year, also those replaced since; otherwise every plan in force today." placeholder:"YEAR"`
	Area     string `help:"The local area's name." default:"Weald" env:"WEALD_AREA"`
	Chromium string `help:"The Chromium that prints; otherwise the one that is installed, if one is." env:"WEALD_CHROMIUM" placeholder:"FILE"`
}

// Help says what a run makes and how long it takes.
func (c *planPDFCommand) Help() string {
	return `Each plan becomes CHILD-vVERSION.pdf, tagged for screen readers, and plans.csv lists them all. A file appears only
when it is whole. A run that was stopped goes on when it is given again: a plan whose file is there already is not
printed again, and plans.csv is written when the last is done. Take files away to have them made anew.

Each plan that is taken out is kept in the audit, before its file is written.

Restricted cases are among them, as in a backup.

Two plans are printed at once. ` + planPDFMeasured
}

// planPDFMeasured is how fast it was, and on what.
const planPDFMeasured = `On the machine where this was last measured (2 processors, 24 November 2026), 2,440 plans of some 95 lines
each took 222 seconds: 660 a minute, so a year's 2,500 take about four minutes, and 530 MB.`

// planIndex is the table beside the plans.
const planIndex = "plans.csv"

// stuck is how many plans in a row may fail before the rest are not tried.
const stuck = 5

// planPart is what is left of a file that was being written when a run was killed.
var planPart = regexp.MustCompile(`^(plans\.csv|.*-v\d+\.pdf)\.part-\d+$`)

// Run implements the command. Exit status 1: some plans could not be printed, or
// it was stopped; 2: nothing was begun, because of what was asked.
func (c *planPDFCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	refuse := func(err error) error {
		fmt.Fprintf(os.Stderr, "weald: %v\n", err)
		return exit(2)
	}
	browser := cmp.Or(c.Chromium, printer.Installed())
	if browser == "" {
		return refuse(errors.New("there is no Chromium here to print with: install one, or name it in WEALD_CHROMIUM"))
	}
	if !isURL(c.Record) { // a mistyped name must not make an empty record
		if _, err := os.Stat(c.Record); err != nil {
			return refuse(fmt.Errorf("there is no record: %w", err))
		}
	}
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	plans := &app.Plans{Core: core}
	all, which, err := c.find(ctx, plans)
	if err != nil {
		return refuse(err)
	}
	if len(all) == 0 {
		return refuse(fmt.Errorf("there is no final plan in words %s, so nothing was written", which))
	}
	folder, err := holdFolder(c.Out)
	if err != nil {
		return refuse(err)
	}
	defer folder.Close()
	todo, err := remaining(c.Out, all)
	if err != nil {
		return refuse(err)
	}
	prints := printer.New(browser)
	defer prints.Close()
	run := &planRun{out: c.Out, area: c.Area, plans: plans, print: prints.PDF, todo: todo, whole: len(all), begun: time.Now(), progress: os.Stderr, terminal: isTerminal(os.Stderr)}
	fmt.Fprintf(os.Stderr, "%d %s %s; %d of them %s already.\n", len(all), plural(len(all), "plan", "plans"), which, len(all)-len(todo), plural(len(all)-len(todo), "is there", "are there"))
	run.do(ctx)
	took := time.Since(run.begun)
	if ctx.Err() != nil {
		fmt.Fprintf(os.Stderr, "Stopped: %d of %d plans are there. Give the same command to go on.\n", len(all)-len(todo)+run.made, len(all))
		return exit(1)
	}
	if left := len(todo) - run.made; left > 0 {
		fmt.Fprintf(os.Stderr, "%d of %d plans could not be printed, so %s was not written. Give the same command to try those again.\n", left, len(all), planIndex)
		return exit(1)
	}
	if err := writePlanIndex(filepath.Join(c.Out, planIndex), c.Out, all); err != nil {
		return fmt.Errorf("writing the table of plans: %w", err)
	}
	fmt.Printf("%d %s %s in %s, %d of them printed now in %.1f s", len(all), plural(len(all), "plan", "plans"), which, c.Out, run.made, took.Seconds())
	if run.made > 0 {
		fmt.Printf(" (%.0f a minute)", float64(run.made)/took.Minutes())
	}
	fmt.Printf(". %s lists them.\n", planIndex)
	return nil
}

// find lists the plans that are asked for, and says which they are.
func (c *planPDFCommand) find(ctx context.Context, plans *app.Plans) (all []app.FinalPlan, which string, err error) {
	today := plans.Today()
	switch {
	case c.Year == 0:
		all, err = plans.FinalsInForce(ctx, program)
		return all, "in force on " + today.Words(), err
	case c.Year < 2014 || c.Year > today.Year():
		return nil, "", fmt.Errorf("--year is a calendar year from 2014, when plans began, to %d", today.Year())
	}
	all, err = plans.Finals(ctx, program, calendar.On(c.Year, time.January, 1), calendar.On(c.Year, time.December, 31))
	return all, fmt.Sprintf("issued in %d", c.Year), err
}

// planFile is the name of a plan's file. It does not name the child, so that a
// list of files tells little.
func planFile(f *app.FinalPlan) string {
	return fmt.Sprintf("%s-v%d.pdf", neturl.PathEscape(string(f.Child.ID)), f.Version)
}

// holdFolder makes the folder if it is not there, and holds it until what it
// returns is closed, so that two runs do not write to it at once.
func holdFolder(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is a file: name a folder for the plans", path)
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("the folder for the plans cannot be made: %w", err)
	}
	folder, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the folder for the plans cannot be opened: %w", err)
	}
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("another run is writing to %s: wait for it, or name another folder", path), folder.Close())
	}
	try, err := os.CreateTemp(path, planIndex+".part-")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("nothing can be written to %s: %w", path, err), folder.Close())
	}
	if err := errors.Join(try.Close(), os.Remove(try.Name())); err != nil {
		return nil, errors.Join(err, folder.Close())
	}
	return folder, nil
}

// remaining returns the plans whose files are not there yet. What a killed run
// left half written is removed; a folder that holds anything else is refused, so
// that nobody takes an old plan, or another's file, for one of this run.
func remaining(out string, all []app.FinalPlan) (todo []app.FinalPlan, err error) {
	wanted := make(map[string]bool, len(all))
	for i := range all {
		wanted[planFile(&all[i])] = true
	}
	entries, err := os.ReadDir(out)
	if err != nil {
		return nil, err
	}
	var parts []string
	there := map[string]bool{}
	for _, e := range entries {
		switch name := e.Name(); {
		case !e.Type().IsRegular(), name != planIndex && !wanted[name] && !planPart.MatchString(name):
			return nil, fmt.Errorf("%s holds %s, which is no plan of this run: name an empty folder, or take it away", out, name)
		case planPart.MatchString(name):
			parts = append(parts, name)
		default:
			there[name] = true
		}
	}
	for _, name := range append(parts, planIndex) { // the table is of a run that is done
		if err := os.Remove(filepath.Join(out, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	for i := range all {
		if !there[planFile(&all[i])] {
			todo = append(todo, all[i])
		}
	}
	return todo, nil
}

// A planRun prints the plans that are still to be printed.
type planRun struct {
	out, area string
	plans     *app.Plans
	print     func(ctx context.Context, html string) ([]byte, error)
	todo      []app.FinalPlan
	whole     int // how many plans there are, with those that are there already
	begun     time.Time
	progress  io.Writer
	terminal  bool

	lock   sync.Mutex
	next   int
	made   int
	failed int // in a row
	said   time.Time
}

// atOnce is how many plans are made at once: as many as are printed at once.
const atOnce = 2

func (r *planRun) do(ctx context.Context) {
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for f := r.take(ctx); f != nil; f = r.take(ctx) {
				r.tell(ctx, f, r.one(ctx, f))
			}
		})
	}
	all.Wait()
	if r.terminal {
		fmt.Fprint(r.progress, "\r\033[K")
	}
}

// take returns the next plan to print; nil: there is none, or it is time to stop.
func (r *planRun) take(ctx context.Context) *app.FinalPlan {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.next == len(r.todo) || r.failed >= stuck || ctx.Err() != nil {
		return nil
	}
	r.next++
	return &r.todo[r.next-1]
}

// one takes a plan out of the record and prints it.
func (r *planRun) one(ctx context.Context, f *app.FinalPlan) error {
	file, err := r.plans.TakeOut(ctx, program, f.Child.ID, f.Version, "PDF")
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := file.Paper(r.area).HTML(&page); err != nil {
		return err
	}
	text, err := r.print(ctx, page.String())
	if err != nil {
		return err
	}
	return whole(filepath.Join(r.out, planFile(f)), func(part *os.File) error {
		_, err := part.Write(text)
		return err
	})
}

// tell says how far it is: all the time to somebody who watches, and now and then
// to a log.
func (r *planRun) tell(ctx context.Context, f *app.FinalPlan, err error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if err != nil {
		if ctx.Err() != nil {
			return // it was stopped
		}
		r.failed++
		start := ""
		if r.terminal {
			start = "\r\033[K"
		}
		fmt.Fprintf(r.progress, "%s%s could not be printed: %v\n", start, planFile(f), err)
		if r.failed == stuck {
			fmt.Fprintf(r.progress, "%d in a row could not be printed, so the rest are not tried.\n", stuck)
		}
		return
	}
	r.made, r.failed = r.made+1, 0
	now, often, end := time.Now(), 10*time.Second, "\n"
	if r.terminal {
		often, end = 200*time.Millisecond, " "
	}
	if now.Sub(r.said) < often {
		return
	}
	r.said = now
	left := len(r.todo) - r.made
	rate := now.Sub(r.begun) / time.Duration(r.made)
	if r.terminal {
		fmt.Fprint(r.progress, "\r\033[K")
	}
	fmt.Fprintf(r.progress, "%d of %d plans, about %s to go%s", r.whole-left, r.whole, (rate * time.Duration(left)).Round(time.Second), end)
}

// writePlanIndex writes the table that says which file is whose.
func writePlanIndex(to, out string, all []app.FinalPlan) error {
	return whole(to, func(part *os.File) error {
		s, err := sheet.New(part, sheet.CSV, "Plans", sheet.Column{Title: "File"}, sheet.Column{Title: "Case"}, sheet.Column{Title: "Reference"}, sheet.Column{Title: "Surname"}, sheet.Column{Title: "Forename"}, sheet.Column{Title: "Born"},
			sheet.Column{Title: "Version"}, sheet.Column{Title: "Issued as"}, sheet.Column{Title: "Issued"}, sheet.Column{Title: "In force"}, sheet.Column{Title: "Bytes"})
		if err != nil {
			return err
		}
		for i := range all {
			f := &all[i]
			info, err := os.Stat(filepath.Join(out, planFile(f)))
			if err != nil {
				return err
			}
			if err := s.Row(planFile(f), string(f.Child.ID), f.Child.Reference, f.Child.Surname, f.Child.Forename, f.Child.Born, f.Version, f.IssuedAs, f.On, f.InForce, info.Size()); err != nil {
				return err
			}
		}
		return s.Close()
	})
}
