package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"weald/calendar"
	"weald/domain/casework"
)

// A Fault is a line of a log that is no event.
type Fault struct{ Line string }

// Error quotes the line.
func (f *Fault) Error() string { return fmt.Sprintf("ledger: %q is no line of a case file", f.Line) }

// blockSize is how much of a log is read at a time.
const blockSize = 4 << 20

// Read builds a ledger from a log: a case file, as `weald export cases` writes
// it, each child's events in the order of their days. Blocks are read on every
// core. Teams, if given, says whose a child is by the title of their case.
func Read(in io.Reader, teams func(title []byte) uint8) (*Ledger, error) {
	type block struct {
		n    int
		text []byte
	}
	blocks := make(chan block, 2)
	free := make(chan []byte, 2*runtime.GOMAXPROCS(0)+2)
	var parts []*part
	var children []int
	var lock sync.Mutex
	var failed error
	var workers sync.WaitGroup
	for range max(1, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for b := range blocks {
				p, n, err := readPart(b.text, teams)
				lock.Lock()
				for len(parts) <= b.n {
					parts, children = append(parts, nil), append(children, 0)
				}
				parts[b.n], children[b.n] = p, n
				failed = errors.Join(failed, err)
				lock.Unlock()
				select {
				case free <- b.text[:0]:
				default:
				}
			}
		})
	}
	err := cut(in, free, func(n int, text []byte) { blocks <- block{n, text} })
	close(blocks)
	workers.Wait()
	if err = errors.Join(err, failed); err != nil {
		return nil, err
	}
	l := &Ledger{}
	for i, p := range parts {
		for j := range p.child {
			p.child[j] += place(l.Children)
		}
		l.parts = append(l.parts, p)
		l.Children += children[i]
		l.Events += len(p.on)
	}
	return l, nil
}

// cut parts a log into blocks that begin with a child.
func cut(in io.Reader, free chan []byte, f func(n int, text []byte)) error {
	fresh := func() []byte {
		select {
		case b := <-free:
			return b
		default:
			return make([]byte, 0, blockSize+blockSize/4)
		}
	}
	text := fresh()
	for n := 0; ; n++ {
		for {
			had := len(text)
			if cap(text)-had < blockSize {
				text = append(make([]byte, 0, 2*cap(text)+blockSize), text...)
			}
			k, err := io.ReadFull(in, text[had:had+blockSize])
			text = text[:had+k]
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				f(n, text)
				return nil
			} else if err != nil {
				return fmt.Errorf("reading the log: %w", err)
			}
			at := bytes.LastIndex(text, []byte("\n= "))
			if at <= 0 {
				continue // one child so long that it fills the block
			}
			rest := append(fresh(), text[at+1:]...)
			f(n, text[:at+1])
			text = rest
			break
		}
	}
}

// readPart reads one block. Children are counted from 0 in it.
func readPart(text []byte, teams func([]byte) uint8) (p *part, children int, err error) {
	p = &part{}
	p.grow(len(text) / 32)
	var f follower
	team := uint8(0)
	for len(text) > 0 {
		line := text
		if end := bytes.IndexByte(text, '\n'); end >= 0 {
			line, text = text[:end], text[end+1:]
		} else {
			text = nil
		}
		switch {
		case len(line) == 0 || line[0] == '>' || line[0] == '#':
		case line[0] == '=':
			children++
			f, team = follower{}, 0
			if teams != nil {
				team = teams(bytes.TrimSpace(line[1:]))
			}
		case line[0] >= '0' && line[0] <= '9':
			on, ok := day(line)
			if !ok || children == 0 {
				return p, children, &Fault{string(line)}
			}
			name := line[11:]
			if space := bytes.IndexByte(name, ' '); space >= 0 {
				name = name[:space]
			}
			kind, ok := casework.KindNamed(string(name))
			if !ok {
				return p, children, &Fault{string(line)}
			}
			p.put(&f, place(children-1), team, kind, on)
		case bytes.HasPrefix(line, []byte("born ")), bytes.HasPrefix(line, []byte("closed ")), bytes.HasPrefix(line, []byte("today ")):
		default:
			return p, children, &Fault{string(line)}
		}
	}
	return p, children, nil
}

// day reads the day at the start of a line: 2006-01-02 and a blank.
func day(line []byte) (calendar.Date, bool) {
	if len(line) < 12 || line[4] != '-' || line[7] != '-' || line[10] != ' ' {
		return 0, false
	}
	n := func(from, to int) (v int) {
		for _, c := range line[from:to] {
			if c < '0' || c > '9' {
				return -1 << 30
			}
			v = 10*v + int(c-'0')
		}
		return v
	}
	y, m, d := n(0, 4), n(5, 7), n(8, 10)
	if y < 0 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	return dateOf(y, m, d), true
}

// months is the first day of every month from 1900 to 2100, so that a day is one
// addition.
var months = func() (first [201 * 12]calendar.Date) {
	for i := range first {
		first[i] = calendar.On(1900+i/12, 1, 1)
		for m := range i % 12 {
			first[i] = first[i].AddDays(daysIn(1900+i/12, m+1))
		}
	}
	return first
}()

func daysIn(y, m int) int {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func dateOf(y, m, d int) calendar.Date {
	at := (y-1900)*12 + m - 1
	return months[max(0, min(at, len(months)-1))].AddDays(d - 1)
}
