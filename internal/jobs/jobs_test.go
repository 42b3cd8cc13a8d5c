package jobs

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"weald/internal/app"
)

// Jobs run at their time each day, through the nights when the clocks change and
// after a failure.
func TestNightly(t *testing.T) {
	var ran []string
	clock := time.Date(2026, time.March, 28, 12, 0, 0, 0, app.London) // the clocks go forward the next night
	now := func() time.Time { return clock }
	wait := func(ctx context.Context, d time.Duration) error {
		if len(ran) >= 6 {
			return errors.New("enough")
		}
		if d <= 0 || d > 25*time.Hour {
			t.Errorf("waiting %s from %s", d, clock)
		}
		clock = clock.Add(d)
		return nil
	}
	job := func(name string, at time.Duration, err error) Job {
		return Job{name, at, func(context.Context) error {
			ran = append(ran, name+clock.In(app.London).Format(" 2 15:04"))
			return err
		}}
	}
	Nightly(context.Background(), slog.New(slog.NewTextHandler(io.Discard, nil)), []Job{
		job("rebuild", 10*time.Minute, errors.New("disk full")),
		job("count", 10*time.Minute, nil),
		job("tidy", 4*time.Hour+30*time.Minute, nil),
	}, now, wait)
	want := "rebuild 29 00:10, count 29 00:10, tidy 29 04:30, rebuild 30 00:10, count 30 00:10, tidy 30 04:30"
	if got := strings.Join(ran, ", "); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestNightlyEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan bool)
	go func() {
		Nightly(ctx, slog.New(slog.NewTextHandler(io.Discard, nil)), []Job{{"never", time.Hour, func(context.Context) error { return nil }}}, time.Now, Wait)
		close(ended)
	}()
	stop()
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Error("it goes on")
	}
}
