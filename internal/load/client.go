// Package load visits a running service as many people at once would, and
// measures how it answers: signed in, on connections kept open, every answer
// read to its end and looked at. It shares the machine with what it measures,
// so it speaks HTTP by hand and costs little; what it costs is measured too.
//
// Start reading at [Run]; what is visited is in visits.go.
package load

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Client is one person's connection to a service. It keeps the cookie that it
// is given and opens the connection again if it breaks.
type Client struct {
	addr   string // host and port
	conn   net.Conn
	in     *bufio.Reader
	out    []byte
	body   []byte
	cookie string
	Header string // further lines of every request, each ended by CR LF
	Bytes  int64  // read so far, heads and bodies
}

// NewClient returns a client of the service at an address such as
// http://127.0.0.1:8080. Only plain HTTP is spoken.
func NewClient(address string) (*Client, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" || u.Host == "" {
		return nil, fmt.Errorf("load: %q is not an address such as http://127.0.0.1:8080", address)
	}
	if u.Port() == "" {
		u.Host += ":80"
	}
	return &Client{addr: u.Host}, nil
}

// An Answer is what a service answered. Body is good until the next request.
type Answer struct {
	Status   int
	Location string
	Body     []byte
}

// Get asks for a page.
func (c *Client) Get(path string) (Answer, error) { return c.do("GET", path, "", nil) }

// PostForm sends a form.
func (c *Client) PostForm(path string, form url.Values) (Answer, error) {
	return c.do("POST", path, "application/x-www-form-urlencoded", []byte(form.Encode()))
}

// PostJSON sends JSON.
func (c *Client) PostJSON(path string, text []byte) (Answer, error) {
	return c.do("POST", path, "application/json", text)
}

// Close closes the connection.
func (c *Client) Close() {
	if c.conn != nil {
		_ = c.conn.Close() // nothing more is said on it
		c.conn = nil
	}
}

// patience is how long an answer may take before it is counted as an error: as
// long as the service itself gives one, since the first reads the whole caseload.
const patience = 2 * time.Minute

func (c *Client) do(method, path, kind string, body []byte) (Answer, error) {
	if c.conn == nil {
		conn, err := net.DialTimeout("tcp", c.addr, patience)
		if err != nil {
			return Answer{}, err
		}
		c.conn = conn
		if c.in == nil {
			c.in = bufio.NewReaderSize(conn, 64<<10)
		} else {
			c.in.Reset(conn)
		}
	}
	c.out = append(c.out[:0], method...)
	c.out = append(append(append(c.out, ' '), path...), " HTTP/1.1\r\nHost: "...)
	c.out = append(append(c.out, c.addr...), "\r\n"...)
	if c.cookie != "" {
		c.out = append(append(append(c.out, "Cookie: "...), c.cookie...), "\r\n"...)
	}
	c.out = append(c.out, c.Header...)
	if kind != "" {
		c.out = append(append(append(c.out, "Content-Type: "...), kind...), "\r\nContent-Length: "...)
		c.out = append(strconv.AppendInt(c.out, int64(len(body)), 10), "\r\n"...)
	}
	c.out = append(append(c.out, "\r\n"...), body...)
	err := c.conn.SetDeadline(time.Now().Add(patience))
	if err == nil {
		_, err = c.conn.Write(c.out)
	}
	if err != nil {
		c.Close()
		return Answer{}, err
	}
	a, keep, err := c.read()
	if err != nil || !keep {
		c.Close()
	}
	return a, err
}

// read reads one answer, and says whether the connection stays open.
func (c *Client) read() (a Answer, keep bool, err error) {
	keep = true
	line, err := c.line()
	if err != nil {
		return a, false, err
	}
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return a, false, fmt.Errorf("load: answered %.40q", line)
	}
	if a.Status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return a, false, fmt.Errorf("load: answered %.40q", line)
	}
	length, chunked := 0, false
	for {
		if line, err = c.line(); err != nil {
			return a, false, err
		}
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimSpace(value)
		switch {
		case is(name, "content-length"):
			if length, err = strconv.Atoi(string(value)); err != nil || length < 0 {
				return a, false, fmt.Errorf("load: a length of %.20q", value)
			}
		case is(name, "transfer-encoding"):
			chunked = is(value, "chunked")
		case is(name, "connection"):
			keep = !is(value, "close")
		case is(name, "location"):
			a.Location = string(value)
		case is(name, "set-cookie"):
			if cookie, _, _ := bytes.Cut(value, []byte(";")); string(cookie) != c.cookie {
				c.cookie = string(cookie)
			}
		}
	}
	c.body = c.body[:0]
	if !chunked {
		err = c.take(length)
	}
	for chunked && err == nil {
		if line, err = c.line(); err != nil {
			break
		}
		size, _, _ := strings.Cut(string(line), ";")
		var n uint64
		if n, err = strconv.ParseUint(size, 16, 31); err != nil {
			break
		}
		if err = c.take(int(n)); err != nil {
			break
		}
		if line, err = c.line(); err == nil && len(line) != 0 {
			err = errors.New("load: a chunk is longer than it says")
		}
		if n == 0 {
			break
		}
	}
	c.Bytes += int64(len(c.body))
	a.Body = c.body
	return a, keep, err
}

// maxBody is the longest answer that is read.
const maxBody = 256 << 20

// take adds n bytes to the body.
func (c *Client) take(n int) error {
	had := len(c.body)
	if n > maxBody-had {
		return errors.New("load: the answer is too long")
	}
	c.body = slices.Grow(c.body, n)[:had+n]
	_, err := io.ReadFull(c.in, c.body[had:])
	return err
}

// line reads a line of an answer's head, without its end.
func (c *Client) line() ([]byte, error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return nil, err
	}
	c.Bytes += int64(len(line))
	return bytes.TrimRight(line, "\r\n"), nil
}

// is compares a header's name or word with one in small letters.
func is(b []byte, small string) bool {
	return len(b) == len(small) && strings.EqualFold(string(b), small)
}
