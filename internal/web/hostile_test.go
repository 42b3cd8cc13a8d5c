package web

import (
	"bufio"
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// hostileRequests is how many are sent. WEALD_HOSTILE sends another number, and
// WEALD_HOSTILE_SEED others than these.
const hostileRequests = 10_000

// looks begin the only acts that a hostile request may leave in the audit: it
// was sent by somebody who may look, and what it asked for was there; or it was
// refused at the door.
var looks = []string{"opened ", "looked at ", "took a list ", "took out ", "took measures out", "took audit entries out", "took trends of audits out", "searched the audit", "saw ", "refused ", "was refused "}

// secret marks what is known of a child whom no hostile request may reach.
const secret = "Zq7-seen-by-nobody"

// Hostile requests over every address, as every persona: nothing is changed,
// nothing of another child and nothing of the machinery is told, and nothing
// breaks.
func TestHostileRequests(t *testing.T) {
	n, seed := fromEnvironment(t, "WEALD_HOSTILE", hostileRequests), fromEnvironment(t, "WEALD_HOSTILE_SEED", 1)
	a := besiege(t, uint64(seed))
	before, files := a.tables(), a.bytes()
	sent, answered := map[string]int{}, map[int]int{}
	total := 0
	for round := 0; total < n; round++ {
		for _, d := range a.doors {
			for _, persona := range slices.Sorted(maps.Keys(d.opens)) {
				kind := attacks[a.dice.IntN(len(attacks))]
				raw := kind.send(a, d, persona)
				if raw == nil || total == n {
					continue
				}
				total++
				sent[kind.name]++
				answered[a.try(kind.name, persona, raw, total%25 == 0)]++
				if a.failed > 20 {
					t.Fatal("and no more was tried")
				}
			}
		}
	}
	after := a.tables()
	for _, table := range slices.Sorted(maps.Keys(after)) {
		if before[table] != after[table] {
			t.Errorf("the table %s has changed", table)
		}
	}
	if files != a.bytes() {
		t.Error("the documents' bytes have changed")
	}
	for _, kind := range attacks {
		if sent[kind.name] == 0 {
			t.Errorf("%s was never tried", kind.name)
		}
	}
	for line := range strings.Lines(a.s.log.String()) {
		if strings.Contains(line, "failed") || strings.Contains(line, secret) || strings.Contains(line, a.other) {
			t.Errorf("the log says %.300s", line)
		}
	}
	t.Logf("%d hostile requests to %d addresses as %d personas (seed %d): by kind %v; answers %v (0: refused unread)", total, len(a.doors), len(a.cookies), seed, sent, answered)
}

// Whatever words somebody types where words are asked for are kept as they are
// and shown as words; fields that the form does not have change nothing.
func TestHostileWordsAreOnlyWords(t *testing.T) {
	a := besiege(t, 2)
	id := a.ours["id"][0]
	over := ""
	for _, name := range extras {
		over += "&" + url.QueryEscape(name) + "=" + url.QueryEscape("tom "+markup)
	}
	for _, v := range []struct{ path, fields, changes, shown string }{
		{"/cases/" + id + "/notes", "note=", "notes", "/cases/" + id},
		{"/views", "query=when%3Dsoon&name=", "views", "/cases"},
		{"/cases/" + id + "/documents/" + a.ours["doc"][0] + "/remove", "reason=", "documents", "/cases/" + id + "/documents"},
	} {
		before := a.tables()
		for _, words := range payloads {
			if len(words) < 60 {
				a.serve(t, wire("POST", v.path, []string{"Cookie: " + a.cookies["amina"]}, v.fields+url.QueryEscape(words)+over))
			}
		}
		after := a.tables()
		for table, was := range before {
			if changed := after[table] != was; changed != (table == v.changes) {
				t.Errorf("%s: the table %s has changed: %t", v.path, table, changed)
			}
		}
		a.audit()
		if status := a.try("shown", "amina", wire("GET", v.shown, []string{"Cookie: " + a.cookies["amina"]}, ""), false); status != http.StatusOK {
			t.Errorf("%s: %d", v.shown, status)
		}
	}
	var others int
	if err := a.record.QueryRow(`SELECT count(*) FROM notes WHERE child_id = $1 AND (by_name <> 'Amina Yusuf' OR at < '2026-11-23' OR at > '2026-11-24')`, id).Scan(&others); err != nil || others > 0 {
		t.Errorf("%d notes say that somebody else wrote them, or when: %v", others, err)
	}
}

func fromEnvironment(t *testing.T, name string, unset int) int {
	t.Helper()
	if os.Getenv(name) == "" {
		return unset
	}
	n, err := strconv.Atoi(os.Getenv(name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// A door is an address with what doors.txt says of it.
type door struct {
	method, path string
	opens        map[string]string // by persona: see, refused, and so on
}

// An attacker sends hostile requests to a service.
type attacker struct {
	t       *testing.T
	s       *service
	dice    *rand.Rand
	doors   []door
	cookies map[string]string   // by persona, "" is nobody
	names   []string            // of fields and of parts of addresses' queries
	ours    map[string][]string // what stands in an address in place of a name in braces
	other   string              // the child whom no request may reach
	theirs  string              // that child's document
	closed  map[string]bool     // the personas who may not see that child
	record  *sql.DB
	acts    int64 // the last entry of the audit that was read
	failed  int
}

// at fills an address with what is there.
func (a *attacker) at(path string) string {
	return a.filled(path, func(name string) string {
		if strings.HasPrefix(path, "/rules/") {
			return "issue-final-plan"
		}
		if all := a.ours[name]; len(all) > 0 {
			return all[0]
		}
		return "1"
	})
}

// filled puts something in place of each name in braces.
func (a *attacker) filled(path string, with func(name string) string) string {
	return braces.ReplaceAllStringFunc(path, func(name string) string { return with(strings.Trim(name, "{}")) })
}

var braces = regexp.MustCompile(`\{[a-z]+\}`)

// try sends a request, read as the server reads it, and judges the answer. Some
// go over the network.
func (a *attacker) try(kind, persona string, raw []byte, network bool) (status int) {
	var body string
	var header http.Header
	if network {
		status, header, body = a.overNetwork(raw)
	} else {
		w := a.serve(a.t, raw)
		if w == nil {
			return 0
		}
		status, header, body = w.Code, w.Header(), w.Body.String()
	}
	wrong := func(format string, args ...any) {
		a.t.Helper()
		a.failed++
		a.t.Errorf("%s as %q: %s\n%.700q", kind, persona, fmt.Sprintf(format, args...), raw)
	}
	if status >= 500 && status != http.StatusNotImplemented { // which net/http says of bodies that it cannot read
		wrong("answered %d: %.300s", status, body)
	}
	for _, told := range disclosures {
		if strings.Contains(body, told) {
			wrong("the answer holds %q", told)
		}
	}
	if strings.Contains(header.Get("Content-Type"), "html") && strings.Contains(body, markup) {
		wrong("what was sent is markup in the answer")
	}
	for name, values := range header {
		for _, v := range values {
			if strings.ContainsAny(v, "\r\n") || strings.Contains(name, injected) || name != "Location" && strings.Contains(v, injected) {
				wrong("what was sent is in the header %s", name)
			}
		}
	}
	if to := header.Get("Location"); to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`)) {
		wrong("led to %q", to)
	}
	for _, act := range a.audit() {
		if !slices.ContainsFunc(looks, func(look string) bool { return strings.HasPrefix(act, look) }) {
			wrong("it did something: %s", act)
		}
	}
	return status
}

// serve answers a request; nil: the server refuses it before we see it.
func (a *attacker) serve(t *testing.T, raw []byte) *httptest.ResponseRecorder {
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
	if err != nil {
		return nil
	}
	r.RemoteAddr = "192.0.2.1:4321"
	w := httptest.NewRecorder()
	defer func() {
		if broke := recover(); broke != nil && broke != http.ErrAbortHandler {
			a.failed++
			t.Errorf("panic: %v\n%.300q", broke, raw)
		}
	}()
	a.s.handler.ServeHTTP(w, r)
	return w
}

func (a *attacker) overNetwork(raw []byte) (status int, header http.Header, body string) {
	c, err := net.Dial("tcp", strings.TrimPrefix(a.s.url, "http://"))
	if err != nil {
		a.t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	half := a.dice.IntN(5) == 0 // it says no more, as when a reader has gone
	go func() {
		_, _ = c.Write(raw)
		if half {
			_ = c.(*net.TCPConn).CloseWrite()
		}
	}()
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0, nil, "" // it hung up
	}
	defer r.Body.Close()
	all, _ := io.ReadAll(r.Body)
	return r.StatusCode, r.Header, string(all)
}
