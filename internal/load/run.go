package load

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"syscall"
	"time"
)

// A Workload is one thing that many people do.
type Workload struct {
	Name  string // as --mix names it
	Words string // what it is, for the table
	// Ready prepares one person: signs in and finds what there is to visit. The
	// step that it returns is what is measured, once for each call.
	Ready func(*Visitor) (step func() error, err error)
	// Parts are the workloads of which it is a mixture, if it is one.
	Parts []*Workload
}

// A Visitor is one person on one connection.
type Visitor struct {
	*Client
	*rand.Rand
	N  int // this is the nth of them, from 0
	Of int // how many there are

	part int // in a mixture, which of its parts the last step was
}

// A Result is how a service answered one workload.
type Result struct {
	Workload *Workload
	Asked    float64         // requests a second that were asked for; 0: as many as possible
	Time     time.Duration   // how long was measured
	Took     []time.Duration // each answer's time, the shortest first
	Errors   int
	Err      error // one of the errors
	Bytes    int64
	Own      time.Duration // processor time that the client itself used
	Server   time.Duration // processor time that the server used, if it is known
	Memory   int64         // what the server held in memory at the end, in bytes, if it is known
	Parts    []*Result     // of a mixture: how each part was answered meanwhile
}

// Rate returns the good answers in a second.
func (r *Result) Rate() float64 { return float64(len(r.Took)) / r.Time.Seconds() }

// Quantile returns the time within which a share q of the answers came.
func (r *Result) Quantile(q float64) time.Duration {
	if len(r.Took) == 0 {
		return 0
	}
	return r.Took[min(int(q*float64(len(r.Took))), len(r.Took)-1)]
}

// Each returns a total shared out over the answers.
func (r *Result) Each(total int64) int64 {
	if len(r.Took) == 0 {
		return 0
	}
	return total / int64(len(r.Took))
}

// A Plan says how a workload is run.
type Plan struct {
	Address     string // of the service
	Connections int
	Warm, For   time.Duration // how long is not measured, and then how long is
	Rate        float64       // requests a second to ask for, on all connections together; 0: as many as are answered
	Server      *Server       // whose processor time and memory are measured, or nil
	Measuring   func()        // called when measuring begins, or nil
}

// Run runs a workload. When a rate is asked for, answers are timed from when they
// were due to be asked for: a service that stalls is not spared the requests that
// it held up.
func Run(ctx context.Context, p Plan, w *Workload) (*Result, error) {
	type person struct {
		v      *Visitor
		step   func() error
		took   [][]time.Duration // by part
		errors int
		err    error
	}
	people := make([]*person, p.Connections)
	defer func() {
		for _, q := range people {
			if q != nil {
				q.v.Close()
			}
		}
	}()
	var ready sync.WaitGroup
	for i := range people {
		c, err := NewClient(p.Address)
		if err != nil {
			return nil, err
		}
		q := &person{v: &Visitor{c, rand.New(rand.NewPCG(uint64(i), 1)), i, p.Connections, 0}, took: make([][]time.Duration, max(1, len(w.Parts)))}
		people[i] = q
		ready.Go(func() { q.step, q.err = w.Ready(q.v) })
	}
	ready.Wait()
	for _, q := range people {
		if q.err != nil {
			return nil, fmt.Errorf("getting ready for %s: %w", w.Words, q.err)
		}
	}
	var gap time.Duration // between two requests of one person
	if p.Rate > 0 {
		gap = time.Duration(float64(p.Connections) / p.Rate * float64(time.Second))
	}
	start := time.Now()
	from, to := start.Add(p.Warm), start.Add(p.Warm+p.For)
	work := func(q *person) {
		due := start.Add(gap * time.Duration(q.v.N) / time.Duration(p.Connections))
		before, counting := int64(0), false
		for ctx.Err() == nil {
			if gap == 0 {
				due = time.Now()
			}
			if !due.Before(to) || time.Since(to) > p.For {
				break // a service that cannot keep up is not waited for without end
			}
			time.Sleep(time.Until(due))
			if !counting && !due.Before(from) {
				counting, before = true, q.v.Bytes
			}
			err := q.step()
			took := time.Since(due)
			switch {
			case err != nil:
				q.errors++
				q.err = err
			case counting:
				q.took[q.v.part] = append(q.took[q.v.part], took)
			}
			due = due.Add(gap)
		}
		q.v.Bytes -= before
	}
	var working sync.WaitGroup
	for _, q := range people {
		working.Go(func() { work(q) })
	}
	time.Sleep(time.Until(from))
	own, server := processorTime(), p.Server.ProcessorTime()
	if p.Measuring != nil {
		p.Measuring()
	}
	working.Wait()
	r := &Result{Workload: w, Asked: p.Rate, Time: max(time.Since(from), p.For), Own: processorTime() - own, Server: p.Server.ProcessorTime() - server, Memory: p.Server.Memory()}
	for _, part := range w.Parts {
		r.Parts = append(r.Parts, &Result{Workload: part, Time: r.Time})
	}
	for _, q := range people {
		for i, took := range q.took {
			r.Took = append(r.Took, took...)
			if r.Parts != nil {
				r.Parts[i].Took = append(r.Parts[i].Took, took...)
			}
		}
		r.Errors += q.errors
		r.Bytes += q.v.Bytes
		if q.err != nil {
			r.Err = q.err
		}
	}
	slices.Sort(r.Took)
	for _, part := range r.Parts {
		slices.Sort(part.Took)
	}
	return r, ctx.Err()
}

// Mix returns a mixture of workloads, each as often as its weight says.
func Mix(words string, parts []*Workload, weights []int) *Workload {
	total := 0
	for _, n := range weights {
		total += n
	}
	return &Workload{Name: "mix", Words: words, Parts: parts, Ready: func(v *Visitor) (func() error, error) {
		steps := make([]func() error, len(parts))
		for i, w := range parts {
			var err error
			if steps[i], err = w.Ready(v); err != nil {
				return nil, err
			}
		}
		return func() error {
			n := v.IntN(total)
			for v.part = 0; n >= weights[v.part]; v.part++ {
				n -= weights[v.part]
			}
			return steps[v.part]()
		}, nil
	}}
}

// Climb runs a workload at ever more requests a second, from 50 and twice as
// many each time, until the service no longer keeps up.
func Climb(ctx context.Context, p Plan, w *Workload, each func(*Result)) error {
	for p.Rate = 50; ; p.Rate *= 2 {
		r, err := Run(ctx, p, w)
		if err != nil {
			return err
		}
		each(r)
		if r.Rate() < 0.95*p.Rate {
			return nil
		}
	}
}

// processorTime is what this program has used.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
