// Package face is what the pages of every audience have in common: who asks, in
// which sign-in a form was made, and that a page is sent whole or not at all.
//
// Start reading at [Show].
package face

import (
	"bytes"
	"context"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"weald/domain/access"

	"github.com/a-h/templ"
)

// A Handler is a page: what it returns as an error is turned into a page in one
// place.
type Handler func(http.ResponseWriter, *http.Request) error

// Sessions keep what a person is told on the next page that they see.
type Sessions interface {
	Tell(r *http.Request, words string)
	Told(r *http.Request) string // once; "" when there is nothing
}

type userKey struct{}

// WithUser puts the person signed in into a request's context.
func WithUser(ctx context.Context, u access.User) context.Context {
	return context.WithValue(ctx, userKey{}, u)
}

// UserOf returns the person signed in, or nobody.
func UserOf(ctx context.Context) access.User {
	u, _ := ctx.Value(userKey{}).(access.User)
	return u
}

// pages holds the pages being made, until they are sent whole.
var pages = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxKeptPage is the longest page, in bytes, whose memory is kept for the next.
const maxKeptPage = 1 << 20

// turns are for those who make a page now: one for each processor but one, which
// is left to whoever reads the record.
var turns = make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1))

// patience is how long anybody waits for a turn: one very long page holds nobody
// up for more.
const patience = 100 * time.Millisecond

// inTurn calls f when those who asked before have had their turn. Without it,
// under load, whoever comes last is often served first, and some wait for very
// long (ADR 0048).
func inTurn(ctx context.Context, f func() error) error {
	enough := time.NewTimer(patience)
	defer enough.Stop()
	select {
	case turns <- struct{}{}:
		defer func() { <-turns }()
	case <-enough.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	return f()
}

// Show writes a page: whole, or not at all when making it fails.
func Show(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	made := pages.Get().(*bytes.Buffer)
	defer func() {
		if made.Cap() <= maxKeptPage {
			made.Reset()
			pages.Put(made)
		}
	}()
	if err := inTurn(r.Context(), func() error { return page.Render(r.Context(), made) }); err != nil {
		return err
	}
	bound, put := bindForms(made, SignInOf(r.Context()))
	defer put()
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(bound.Len()))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(bound.Bytes()) // the reader has gone away: nothing to do
	return nil
}

// SeeOther leads a reader on to another page of the service itself. An address of
// anywhere else leads to the first page.
func SeeOther(w http.ResponseWriter, to string) {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) {
		to = "/"
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}
