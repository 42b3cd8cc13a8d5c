// Package jobs is what runs by itself, and when. What each job does is an act of
// internal/app; this package only calls it at the right time.
//
// Start reading at [Nightly].
package jobs

import (
	"context"
	"log/slog"
	"time"

	"weald/internal/app"
)

// A Job is done once a day.
type Job struct {
	Name string
	At   time.Duration // after midnight in England
	Do   func(context.Context) error
}

// Nightly does each job every day at its time, until the context ends. A job
// that fails is logged and tried again the next day; none keeps another from
// running. now and wait are the machine's clock and sleep, or a test's.
func Nightly(ctx context.Context, log *slog.Logger, jobs []Job, now func() time.Time, wait func(context.Context, time.Duration) error) {
	for {
		at, due := next(jobs, now().In(app.London))
		if len(due) == 0 || wait(ctx, at.Sub(now())) != nil {
			return
		}
		for _, j := range due {
			start := now()
			if err := j.Do(ctx); err != nil {
				log.Error("nightly job failed", "job", j.Name, "error", err)
				continue
			}
			log.Info("nightly job done", "job", j.Name, "ms", now().Sub(start).Milliseconds())
		}
	}
}

// next returns the jobs that come next and when: all those of one moment. The
// clock going forward or back moves no job to another day.
func next(jobs []Job, now time.Time) (at time.Time, due []Job) {
	for _, j := range jobs {
		t := on(now, j.At)
		if !t.After(now) {
			t = on(now.AddDate(0, 0, 1), j.At)
		}
		switch {
		case at.IsZero() || t.Before(at):
			at, due = t, []Job{j}
		case t.Equal(at):
			due = append(due, j)
		}
	}
	return at, due
}

// on is a time by the clock on the wall on the day of d.
func on(d time.Time, at time.Duration) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), int(at.Hours()), int(at.Minutes())%60, 0, 0, d.Location())
}

// Wait sleeps, or returns the context's error if that ends first.
func Wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
