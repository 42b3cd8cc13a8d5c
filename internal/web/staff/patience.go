package staff

import (
	"io"
	"net/http"
	"time"
)

// A patience lets a request that carries much take longer than others, for as
// long as it gets on: so long between one piece and the next, and so long
// altogether.
type patience struct {
	w       http.ResponseWriter
	control *http.ResponseController
	between time.Duration
	end     time.Time
	from    io.ReadCloser
}

func newPatience(w http.ResponseWriter, between, whole time.Duration) *patience {
	return &patience{w: w, control: http.NewResponseController(w), between: between, end: time.Now().Add(whole)}
}

// next is until when the next piece is waited for.
func (p *patience) next() time.Time {
	if at := time.Now().Add(p.between); at.Before(p.end) {
		return at
	}
	return p.end
}

// body reads a request's body patiently. Where deadlines cannot be set, the
// server's own hold.
func (p *patience) body(from io.ReadCloser) io.ReadCloser {
	p.from = from
	return p
}

// Read implements [io.Reader].
func (p *patience) Read(b []byte) (int, error) {
	_ = p.control.SetReadDeadline(p.next())
	return p.from.Read(b)
}

// Close implements [io.Closer].
func (p *patience) Close() error { return p.from.Close() }

// Write implements [io.Writer]: it sends an answer patiently.
func (p *patience) Write(b []byte) (int, error) {
	_ = p.control.SetWriteDeadline(p.next())
	return p.w.Write(b)
}

// over gives the answer to a long request the time that any answer has.
func (p *patience) over() { _ = p.control.SetWriteDeadline(time.Now().Add(p.between)) }
