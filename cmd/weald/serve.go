package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/assets"
	"weald/internal/jobs"
	"weald/internal/printer"
	"weald/internal/store"
	"weald/internal/web"
)

// recordFlags say where the record is and how the local area applies the law.
type recordFlags struct {
	Record string `help:"The record: a SQLite file, or the address of a PostgreSQL database." default:"var/weald.db" env:"DATABASE_URL" placeholder:"FILE"`
	practiceFlags
}

// practiceFlags say how the local area applies the law.
type practiceFlags struct {
	Choices  string `help:"Choices of the local area, as in draft-days=working: see weald rules choices." env:"WEALD_CHOICES"`
	Holidays string `help:"One-off bank holidays that GOV.UK's list does not yet hold, as in 2027-07-15 National day." env:"WEALD_HOLIDAYS" placeholder:"DAY NAME,..."`
}

// practice returns how the local area applies the law.
func (f *practiceFlags) practice() (*casework.Practice, error) {
	p := casework.DefaultPractice()
	if err := p.Choose(f.Choices); err != nil {
		return nil, err
	}
	if err := p.AddHolidays(f.Holidays); err != nil {
		return nil, err
	}
	return p, nil
}

// program acts for what nobody asked for by hand: commands run by whoever has
// the machine.
var program = access.User{ID: "weald", Name: "Weald", Role: access.Program}

// open opens the record and says how the local area applies the law.
func (f *recordFlags) open(ctx context.Context) (*store.DB, *app.Core, error) {
	practice, err := f.practice()
	if err != nil {
		return nil, nil, err
	}
	if dir := filepath.Dir(f.Record); !isURL(f.Record) {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, nil, fmt.Errorf("making the record's folder: %w", err)
		}
	}
	db, err := store.Open(ctx, f.Record)
	if err != nil {
		return nil, nil, err
	}
	keys, err := keysGiven()
	if err == nil {
		err = db.Unlock(ctx, keys)
	}
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	core := app.New(db, practice, nil)
	core.Program = build()
	return db, core, nil
}

// build tells this build of the program from any other, by what the file holds;
// "" when it cannot be read.
func build() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	file, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil)[:12])
}

func isURL(s string) bool {
	for i := range len(s) - 2 {
		if s[i:i+3] == "://" {
			return true
		}
	}
	return false
}

// serveCommand serves the pages until it is told to stop.
type serveCommand struct {
	recordFlags
	documentFlags
	doorFlags
	privacyFlags
	Listen   string `help:"Address to listen on." default:"127.0.0.1:8080" env:"WEALD_LISTEN"`
	Area     string `help:"The local area's name." default:"Weald" env:"WEALD_AREA"`
	LA       string `name:"la" help:"The local authority’s three-digit number, as returns have it." default:"999" env:"WEALD_LA"`
	Demo     bool   `help:"Everybody is invented: anybody may sign in as a persona." env:"WEALD_DEMO"`
	Secure   bool   `help:"The service is reached by https, so cookies are sent only there." env:"WEALD_SECURE"`
	Metrics  string `help:"Serve counts and times, for Prometheus or OpenTelemetry, at /metrics on this address. Anybody who reaches it may read them." env:"WEALD_METRICS" placeholder:"HOST:PORT"`
	Chromium string `help:"The Chromium that prints plans to PDF; otherwise the one that is installed, if one is." env:"WEALD_CHROMIUM" placeholder:"FILE"`

	Idle     time.Duration `help:"For how long somebody stays signed in without opening a page." default:"1h" env:"WEALD_IDLE" placeholder:"TIME"`
	SignedIn time.Duration `help:"For how long somebody stays signed in at most." default:"12h" env:"WEALD_SIGNED_IN" placeholder:"TIME"`
	Forms    int           `help:"How many forms a second one person may send for long; less than 1: any number." default:"5" env:"WEALD_FORMS" placeholder:"N"`

	Profiles string `help:"Answer with profiles of the program on this socket." placeholder:"FILE" hidden:""`
}

// Run implements the command.
func (c *serveCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	provider, err := c.provider()
	if err != nil {
		return err
	}
	if reasons := c.insecure(provider); len(reasons) > 0 {
		return refuse(reasons)
	}
	codes, err := c.codes(provider)
	if err != nil {
		return err
	}
	proxies, err := c.proxies()
	if err != nil {
		return err
	}
	set, err := assets.Open()
	if err != nil {
		return err
	}
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	// A day that came while the program was not running may have changed what is
	// due, and so may a new version of the rules.
	rebuild := func(ctx context.Context) error {
		_, err := (&app.Casework{Core: core}).Rebuild(ctx, program)
		return err
	}
	if _, err := (&app.Casework{Core: core}).RebuildIfOld(ctx, program); err != nil {
		return err
	}
	// What is live is small beside what pages leave behind, so it is swept less
	// often than Go does by itself; GOGC says otherwise.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(120)
	}
	// Asking once has the caseload in memory before the first person asks.
	if _, err := (&app.Casework{Core: core}).Pipeline(ctx, program, app.CaseFilter{}); err != nil {
		return err
	}
	debug.FreeOSMemory() // what the rebuild and the reading needed
	documents, err := c.documents(c.Record, core)
	if err != nil {
		return err
	}
	go func() {
		if err := documents.Reach(ctx); err != nil && ctx.Err() == nil {
			log.Error("documents cannot be added or opened: the place where they are kept does not answer", "error", err)
		}
	}()
	letGo := func(ctx context.Context) error {
		_, err := documents.LetGo(ctx, program)
		return err
	}
	forget := func(ctx context.Context) error {
		return (&app.Returns{Core: core, Files: documents.Files}).ForgetHeld(ctx, program)
	}
	if !db.Sealed() {
		log.Warn("no field of the record is encrypted: WEALD_KEYS holds no key")
	}
	if documents.Scanner == nil {
		log.Warn("documents are not scanned for viruses: WEALD_SCANNER names no scanner")
	} else {
		go judge(ctx, log, documents)
	}
	go jobs.Nightly(ctx, log, []jobs.Job{{Name: "rebuild", At: 10 * time.Minute, Do: rebuild}, {Name: "let go of removed documents", At: 40 * time.Minute, Do: letGo}, {Name: "forget returns that were sent and not loaded", At: 50 * time.Minute, Do: forget}, {Name: "check the audit", At: 70 * time.Minute, Do: checkAudit(core, log)}}, time.Now, jobs.Wait)
	if c.Forms < 1 {
		c.Forms = -1
	}
	retention, sharings, err := c.privacy()
	if err != nil {
		return err
	}
	options := web.Options{Sealed: db.Sealed(), Retention: retention, Sharings: sharings, Forms: c.Forms, Area: c.Area, LA: c.LA, Demo: c.Demo, Secure: c.Secure || strings.HasPrefix(c.URL, "https://"), Address: c.address(), Provider: provider, Codes: codes, Proxies: proxies, Documents: documents, Limits: web.Limits{Idle: c.Idle, Whole: c.SignedIn}}
	if c.Demo {
		options.Personas = web.Personas
	}
	options.Links = c.links(codes)
	if browser := cmp.Or(c.Chromium, printer.Installed()); browser != "" {
		prints := printer.New(browser)
		defer prints.Close()
		options.Print = prints.PDF
	} else {
		log.Info("there is no Chromium here, so plans are not made into PDF: people print the page")
	}
	if c.Metrics != "" {
		options.Metrics = web.NewMetrics(func() web.RecordWork { return web.RecordWork(db.Work()) })
		if err := serveMetrics(ctx, log, c.Metrics, options.Metrics); err != nil {
			return err
		}
	}
	server := &http.Server{
		Handler:           web.New(core, db.Sessions(), func(r *http.Request) error { return db.Ready(r.Context()) }, set, log, options).Handler(),
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10,
	}
	if c.Profiles != "" {
		if err := serveProfiles(ctx, c.Profiles); err != nil {
			return err
		}
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listening on %s: %w", c.Listen, err)
	}
	go func() {
		<-ctx.Done()
		log.Info("stopping: finishing what is under way")
		end, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := server.Shutdown(end); err != nil {
			log.Error("stopped before everything was finished", "error", err)
		}
	}()
	fmt.Fprintf(os.Stderr, "Weald is at http://%s\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// judge asks the virus scanner again, every minute, about the documents that wait
// for it.
func judge(ctx context.Context, log *slog.Logger, documents *app.Documents) {
	for jobs.Wait(ctx, time.Minute) == nil {
		if _, err := documents.Judge(ctx, program); err != nil && ctx.Err() == nil {
			log.Error("scanning waiting documents failed", "error", err)
		}
	}
}

// serveMetrics serves metrics on an address of their own until the program is
// told to stop.
func serveMetrics(ctx context.Context, log *slog.Logger, address string, m *web.Metrics) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("listening for metrics on %s: %w", address, err)
	}
	server := &http.Server{Handler: m.Handler(), ReadHeaderTimeout: 10 * time.Second, WriteTimeout: time.Minute}
	context.AfterFunc(ctx, func() { _ = server.Close() }) // they are asked for again later, or not at all
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics are no longer served", "error", err)
		}
	}()
	log.Info("metrics are served", "address", listener.Addr().String())
	return nil
}

// migrateCommand brings the record's schema up to date.
type migrateCommand struct{ recordFlags }

// Run implements the command. Opening a record migrates it.
func (c *migrateCommand) Run() error {
	db, _, err := c.open(context.Background())
	if err != nil {
		return err
	}
	fmt.Println("The record is up to date.")
	return db.Close()
}

// rebuildCommand works out every child's duties again.
type rebuildCommand struct{ recordFlags }

// Run implements the command.
func (c *rebuildCommand) Run() error {
	ctx := context.Background()
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	n, err := (&app.Casework{Core: core}).Rebuild(ctx, program)
	if err != nil {
		return err
	}
	fmt.Printf("The duties of %d %s were worked out again.\n", n, plural(n, "child", "children"))
	return nil
}

// exportCasesCommand writes every child's events for `weald clock`.
type exportCasesCommand struct{ recordFlags }

// Run implements the command.
func (c *exportCasesCommand) Run() error {
	ctx := context.Background()
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	text, err := (&app.Casework{Core: core}).CaseFile(ctx, program)
	if err != nil {
		return err
	}
	_, err = os.Stdout.WriteString(text)
	return err
}
