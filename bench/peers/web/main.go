// Web measures Weald's pages beside PocketBase's answers to the same questions,
// with the same client, in one run, on records of the same size: a list of 50
// cases filtered and sorted, one case with its events, and recording an event.
// Both sign people in, check what they may see, and log.
//
// PocketBase answers with JSON and works nothing out. Weald answers with the
// page that is read, worked out from the law. So PocketBase does less for each
// answer, and the ratios are Weald's at the least.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"weald/internal/load"
)

func main() {
	var o options
	flag.StringVar(&o.weald, "weald", "bin/weald", "the program")
	flag.StringVar(&o.record, "record", "", "a record of Weald's in a SQLite file that nobody is serving; a copy of it is served")
	flag.StringVar(&o.pocketbase, "pocketbase", "", "PocketBase, as bench/peers/pocketbase builds it")
	flag.DurationVar(&o.plan.For, "for", 5*time.Second, "how long each thing is measured")
	flag.DurationVar(&o.plan.Warm, "warm", time.Second, "how long each thing is done before it is measured")
	flag.IntVar(&o.plan.Connections, "connections", 16, "how many people ask at once")
	flag.Parse()
	if err := run(context.Background(), o); err != nil {
		log.Fatal(err)
	}
}

type options struct {
	weald, record, pocketbase string
	plan                      load.Plan
}

func run(ctx context.Context, o options) (err error) {
	folder, err := os.MkdirTemp(filepath.Dir(o.record), "weald-peers-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	ours := filepath.Join(folder, "record.db")
	if err := copyFile(o.record, ours); err != nil {
		return err
	}
	weald, err := load.Start(ctx, filepath.Join(folder, "weald.log"), o.weald, "serve", "--demo", "--record", ours, "--forms", "0", "--listen", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, weald.Stop()) }()
	seen, err := load.Look(weald.Address, []string{"amina", "tom"})
	if err != nil {
		return err
	}
	work, err := seen.Workloads("list", "case", "record")
	if err != nil {
		return err
	}
	data := filepath.Join(folder, "pocketbase")
	peer, err := startPeer(ctx, filepath.Join(folder, "pocketbase.log"), o.pocketbase, "-dir", data)
	if err != nil {
		return err
	}
	stopped := false
	defer func() {
		if !stopped {
			err = errors.Join(err, peer.Stop())
		}
	}()
	fmt.Printf("%d connections, %s of each after %s to warm up\n\n", o.plan.Connections, o.plan.For, o.plan.Warm)
	load.Head(os.Stdout, "What")
	measure := func(s *load.Server, w *load.Workload) (*load.Result, error) {
		p := o.plan
		p.Address, p.Server = s.Address, s
		r, err := load.Run(ctx, p, w)
		if err != nil {
			return nil, err
		}
		r.Line(os.Stdout)
		if r.Errors > 0 {
			return nil, fmt.Errorf("%s: %d errors, such as: %w", w.Words, r.Errors, r.Err)
		}
		return r, nil
	}
	var ratios []string
	compare := func(w *load.Workload, s *load.Server, theirs *load.Workload) error {
		a, err := measure(weald, w)
		if err != nil {
			return err
		}
		b, err := measure(s, theirs)
		if err != nil {
			return err
		}
		ratios = append(ratios, fmt.Sprintf("%s: %.1f times as many as %s, each with %.2f of its processor time", w.Words, a.Rate()/b.Rate(), theirs.Words,
			float64(a.Each(int64(a.Server)))/float64(b.Each(int64(b.Server)))))
		return nil
	}
	for i, theirs := range []*load.Workload{peer.list(), peer.detail(), peer.create("PocketBase: create an event, not waiting for the disk")} {
		if err := compare(work[i], peer.Server, theirs); err != nil {
			return err
		}
	}
	stopped = true
	if err := peer.Stop(); err != nil {
		return err
	}
	durable, err := startPeer(ctx, filepath.Join(folder, "durable.log"), o.pocketbase, "-dir", data, "-durable")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, durable.Stop()) }()
	if err := compare(work[2], durable.Server, durable.create("PocketBase: create an event, safe on the disk")); err != nil {
		return err
	}
	fmt.Println()
	for _, line := range ratios {
		fmt.Println(line)
	}
	return nil
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// A peer is PocketBase running, and how its user is signed in.
type peer struct {
	*load.Server
	token string
}

var saysToken = regexp.MustCompile(`token (\S+)`)

func startPeer(ctx context.Context, file, name string, args ...string) (*peer, error) {
	s, err := load.Start(ctx, file, name, args...)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	m := saysToken.FindSubmatch(text)
	if m == nil {
		return nil, errors.Join(errors.New("PocketBase did not say its token"), s.Stop())
	}
	return &peer{s, string(m[1])}, nil
}

// signedIn is a workload of somebody signed in.
func (p *peer) signedIn(name, words string, step func(*load.Visitor) (load.Answer, error)) *load.Workload {
	return &load.Workload{Name: name, Words: words, Ready: func(v *load.Visitor) (func() error, error) {
		v.Header = "Authorization: " + p.token + "\r\n"
		return func() error {
			a, err := step(v)
			if err == nil && (a.Status != 200 || len(a.Body) == 0) {
				err = fmt.Errorf("answered %d: %.200s", a.Status, a.Body)
			}
			return err
		}, nil
	}}
}

// The collection that bench/peers/pocketbase makes: 20,000 cases in 5 teams and
// 6 stages, so that every pair of them lists more than 50.
const peerCases, peerTeams, peerStages = 20_000, 5, 6

func (p *peer) list() *load.Workload {
	return p.signedIn("list", "PocketBase: 50 cases, filtered and sorted", func(v *load.Visitor) (load.Answer, error) {
		filter := fmt.Sprintf("(team='team%d' && status='stage%d')", v.IntN(peerTeams), v.IntN(peerStages))
		return v.Get("/api/collections/cases/records?" + url.Values{"filter": {filter}, "sort": {"due"}, "perPage": {"50"}}.Encode())
	})
}

func (p *peer) detail() *load.Workload {
	return p.signedIn("case", "PocketBase: a case with its 30 events", func(v *load.Visitor) (load.Answer, error) {
		return v.Get(fmt.Sprintf("/api/collections/cases/records/case%011d?expand=events_via_case", v.IntN(peerCases)))
	})
}

func (p *peer) create(words string) *load.Workload {
	return p.signedIn("record", words, func(v *load.Visitor) (load.Answer, error) {
		text, err := json.Marshal(map[string]string{"case": fmt.Sprintf("case%011d", v.IntN(peerCases)), "kind": "school-consulted", "day": "2026-11-20", "by": "amina"})
		if err != nil {
			return load.Answer{}, err
		}
		return v.PostJSON("/api/collections/events/records", text)
	})
}
