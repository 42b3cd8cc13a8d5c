package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"weald/internal/load"
)

// benchWebCommand measures how fast a service answers many people at once.
type benchWebCommand struct {
	Record      string        `help:"The record: a SQLite file, of which a copy is served and thrown away afterwards, or the address of a PostgreSQL database, in which events are recorded." default:"var/weald.db" placeholder:"FILE"`
	URL         string        `help:"Measure the demonstration service at this address instead. Events are recorded in it." placeholder:"http://HOST:PORT"`
	For         time.Duration `help:"How long each thing is measured." default:"10s"`
	Warm        time.Duration `help:"How long each thing is done before it is measured." default:"1s"`
	Connections int           `help:"How many people ask at once." default:"16"`
	Mix         []string      `help:"Measure these alone, and a mixture of them: asset, rules, mine, cases, list, pipeline, advice, reviews, transfers, team, case, record, work." placeholder:"NAME"`
	As          []string      `help:"The personas who sign in, one after another." default:"amina,tom" placeholder:"PERSONA"`
	Steps       bool          `help:"Ask the mixture at 50 requests a second, then at twice as many each time, until the service does not keep up."`
	Profile     string        `help:"Write a processor profile of the service during each thing measured, and one of its memory at the end, into this folder." placeholder:"FOLDER" hidden:""`
}

// Run implements the command.
func (c *benchWebCommand) Run() (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if c.Connections < 1 || c.For <= 0 || c.Warm < 0 {
		return errors.New("at least one connection and some time are needed")
	}
	folder, err := os.MkdirTemp(benchFolder(c.Record), "weald-bench-")
	if err != nil {
		return fmt.Errorf("making a folder for the measurements: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	program, err := os.Executable()
	if err != nil {
		return err
	}
	plan := load.Plan{Address: c.URL, Connections: c.Connections, Warm: c.Warm, For: c.For}
	profiles := filepath.Join(folder, "profiles")
	if c.URL == "" {
		record := c.Record
		if !isURL(record) {
			record = filepath.Join(folder, "record.db")
			if err := copyRecord(ctx, c.Record, record); err != nil {
				return err
			}
		}
		args := []string{"serve", "--demo", "--record", record, "--forms", "0", "--listen", "127.0.0.1:0"}
		if c.Profile != "" {
			args = append(args, "--profiles", profiles)
		}
		start := time.Now()
		if plan.Server, err = load.Start(ctx, filepath.Join(folder, "log"), program, args...); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, plan.Server.Stop()) }()
		plan.Address = plan.Server.Address
		fmt.Printf("Weald answered %.1f s after it was started.\n", time.Since(start).Seconds())
	}
	weald, err := load.Look(plan.Address, c.As)
	if err != nil {
		return err
	}
	fmt.Printf("%s, %d processors shared with the load, %d connections, %s of each after %s to warm up, signed in as %s.\n\n",
		runtime.Version(), runtime.NumCPU(), c.Connections, c.For, c.Warm, strings.Join(c.As, " and "))
	work, err := weald.Workloads(c.Mix...)
	if err != nil {
		return err
	}
	load.Head(os.Stdout, "What")
	if c.Steps {
		return load.Climb(ctx, plan, work[len(work)-1], func(r *load.Result) { r.Line(os.Stdout) })
	}
	var wrong []error
	for _, w := range work {
		taken := make(chan error, 1)
		plan.Measuring = func() { c.takeProfile(plan, w, profiles, taken) }
		r, err := load.Run(ctx, plan, w)
		if err != nil {
			return err
		}
		if err := <-taken; err != nil {
			return err
		}
		r.Line(os.Stdout)
		if r.Errors > 0 {
			wrong = append(wrong, fmt.Errorf("%s: %d errors, such as: %w", w.Name, r.Errors, r.Err))
		}
	}
	if c.Profile != "" && plan.Server != nil {
		if err := fetchProfile(profiles, filepath.Join(c.Profile, "memory.pprof"), "heap?gc=1"); err != nil {
			return err
		}
	}
	if err := c.limits(ctx, program, folder, plan); err != nil {
		return err
	}
	if plan.Server != nil {
		fmt.Printf("\nThe service held at most %d MB, and now holds %d MB, of which %d MB are its own and the rest are pages of files.\n",
			plan.Server.MostMemory()>>20, plan.Server.Memory()>>20, plan.Server.OwnMemory()>>20)
	}
	return errors.Join(wrong...)
}

// limits measures what the machine would allow: HTTP without a page, and the
// disk.
func (c *benchWebCommand) limits(ctx context.Context, program, folder string, plan load.Plan) (err error) {
	if len(c.Mix) == 0 {
		fixed, err := load.Start(ctx, filepath.Join(folder, "fixed"), program, "bench", "fixed")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, fixed.Stop()) }()
		plan.Address, plan.Server = fixed.Address, fixed
		r, err := load.Run(ctx, plan, load.Fixed())
		if err != nil {
			return err
		}
		r.Line(os.Stdout)
	}
	n, err := load.Flushes(folder, min(c.For, 2*time.Second))
	if err != nil {
		return err
	}
	fmt.Printf("\nThe disk takes 512 bytes and has them safe %.0f times a second.\n", n)
	return nil
}

// takeProfile begins a profile of the service over the time that a workload is
// measured. What went wrong, or nil, comes through the channel when it is done.
func (c *benchWebCommand) takeProfile(plan load.Plan, w *load.Workload, socket string, done chan<- error) {
	if c.Profile == "" || plan.Server == nil {
		done <- nil
		return
	}
	go func() {
		done <- fetchProfile(socket, filepath.Join(c.Profile, w.Name+".pprof"), fmt.Sprintf("profile?seconds=%d", max(1, int(plan.For.Seconds()))))
	}()
}

// fetchProfile writes a profile of the service to a file.
func fetchProfile(socket, file, which string) (err error) {
	client := http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}
	answer, err := client.Get("http://weald/debug/pprof/" + which)
	if err != nil {
		return fmt.Errorf("taking a profile: %w", err)
	}
	defer answer.Body.Close()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	_, err = io.Copy(out, answer.Body)
	return err
}

// serveProfiles answers with profiles of the program on a socket that only those
// on the machine who may open the file reach.
func serveProfiles(ctx context.Context, socket string) error {
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return fmt.Errorf("listening for profiles: %w", err)
	}
	context.AfterFunc(ctx, func() { _ = listener.Close() }) // takes the socket away too
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	server := http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }() // it ends when the program does
	return nil
}

// benchFolder is where measurements are made: beside the record, so that the
// disk is the record's own.
func benchFolder(record string) string {
	dir := filepath.Dir(record)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return ""
	}
	return dir
}

// copyRecord copies a SQLite record as it stands, while others may be writing
// to it.
func copyRecord(ctx context.Context, from, to string) error {
	if _, err := os.Stat(from); err != nil {
		return fmt.Errorf("copying the record: %w", err)
	}
	db, err := sql.Open("sqlite", from)
	if err != nil {
		return fmt.Errorf("copying the record: %w", err)
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return fmt.Errorf("copying the record: %w", err)
	}
	return nil
}

// benchFixedCommand serves an answer that never changes.
type benchFixedCommand struct{}

// Run implements the command.
func (c *benchFixedCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return load.ServeFixed(ctx, func(address string) { fmt.Println(address) })
}
