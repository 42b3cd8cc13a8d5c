package load

import (
	"bytes"
	crypto "crypto/rand"
	"errors"
	"fmt"
	"html"
	"math/rand/v2"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Weald is a demonstration service of Weald's, looked over before it is
// visited: which pages it has, which filters they offer, and which children.
type Weald struct {
	Address    string
	personas   []string // who signs in, one after another
	pages      []page
	children   []string // IDs
	stylesheet string
}

// A page is a part of the service, with the addresses under which it is asked
// for: with no filter, with one or two, and further on.
type page struct {
	name, words string
	addresses   []string
	full        []string // those that are filtered, sorted or searched and list a whole screen of children
}

// parts are the pages that are visited, by what the navigation calls them, and
// how often each is asked for in the mixture, for 40 requests.
var parts = []struct {
	name, words string
	share       int
}{
	{"mine", "My work", 8},
	{"cases", "Cases", 14},
	{"pipeline", "Pipeline", 1},
	{"advice", "Advice", 1},
	{"reviews", "Reviews", 1},
	{"transfers", "Transfers", 1},
	{"team", "Team", 1},
}

// Shares of the mixture that are no part of the navigation.
const (
	caseShare   = 15
	recordShare = 2
)

// mostAddresses is how many addresses of a page are tried, and mostChildren how
// many children are visited.
const (
	mostAddresses = 160
	mostChildren  = 4096
)

// screen is how many children a whole screen of a list holds, and searches how
// many of them are looked for by name.
const (
	screen   = 50
	searches = 8
)

var (
	navigationLink = regexp.MustCompile(`<a class="govuk-service-navigation__link" href="([^"]+)"[^>]*>(?:<[^>]+>)*([^<]+)<`)
	caseAddress    = regexp.MustCompile(`href="/cases/([a-z0-9]+)"[^>]*>([^<]*)<`)
	anyLink        = regexp.MustCompile(`<a [^>]*href="([^"#]+)"`)
	styleLink      = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)"`)
	searchForm     = regexp.MustCompile(`(?s)<form method="get" action="([^"]*)".*?</form>`)
	choiceField    = regexp.MustCompile(`(?s)<select [^>]*name="([^"]+)".*?</select>`)
	optionValue    = regexp.MustCompile(`<option value="([^"]+)"`)
	tickField      = regexp.MustCompile(`<input [^>]*name="([^"]+)" type="(?:checkbox|radio)" value="([^"]+)"`)
)

// Look signs in to the service at an address as each persona and looks over
// what there is.
func Look(address string, personas []string) (*Weald, error) {
	w := &Weald{Address: address, personas: personas}
	c, err := NewClient(address)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if err := signIn(c, personas[0]); err != nil {
		return nil, err
	}
	home, err := see(c, "/rules")
	if err != nil {
		return nil, err
	}
	if m := styleLink.FindSubmatch(home); m != nil {
		w.stylesheet = string(m[1])
	}
	seen := map[string]bool{}
	for _, m := range navigationLink.FindAllSubmatch(slices.Clone(home), -1) {
		for _, part := range parts {
			if strings.TrimSpace(string(m[2])) != part.words {
				continue
			}
			p, err := lookOver(c, part.name, part.words, html.UnescapeString(string(m[1])), func(id string) {
				if !seen[id] && len(w.children) < mostChildren {
					seen[id] = true
					w.children = append(w.children, id)
				}
			})
			if err != nil {
				return nil, err
			}
			w.pages = append(w.pages, p)
		}
	}
	if len(w.children) == 0 {
		return nil, errors.New("load: the service lists no child: load a return, or make a pretend area, first")
	}
	return w, nil
}

// lookOver collects a page's addresses: the filters that it offers, singly and
// in pairs, and the pages that follow.
func lookOver(c *Client, name, words, path string, child func(id string)) (page, error) {
	p := page{name: name, words: words, addresses: []string{path}}
	random := rand.New(rand.NewPCG(1, 1))
	known := map[string]bool{path: true}
	add := func(address string) {
		if !known[address] && len(p.addresses) < mostAddresses {
			known[address] = true
			p.addresses = append(p.addresses, address)
		}
	}
	for i := 0; i < len(p.addresses); i++ {
		text, err := see(c, p.addresses[i])
		if err != nil {
			return p, err
		}
		rows := caseAddress.FindAllSubmatch(text, -1)
		for _, m := range rows {
			child(string(m[1]))
		}
		if i > 0 && len(rows) >= screen {
			p.full = append(p.full, p.addresses[i])
		}
		if i == 0 {
			filters := filters(text, path)
			if bytes.Contains(text, []byte(`name="q"`)) {
				for _, m := range rows[:min(len(rows), searches)] {
					filters = append(filters, url.Values{"q": {html.UnescapeString(string(m[2]))}})
				}
			}
			random.Shuffle(len(filters), func(i, j int) { filters[i], filters[j] = filters[j], filters[i] })
			for n, f := range filters[:min(len(filters), mostAddresses/4)] {
				add(path + "?" + f.Encode())
				if n > 0 {
					both := url.Values{}
					for _, one := range []url.Values{f, filters[n-1]} {
						for k, v := range one {
							both[k] = v
						}
					}
					add(path + "?" + both.Encode())
				}
			}
		}
		for _, m := range anyLink.FindAllSubmatch(text, -1) {
			if link := html.UnescapeString(string(m[1])); strings.HasPrefix(link, path+"?") {
				add(link)
			}
		}
	}
	return p, nil
}

// filters lists the single choices that a page's search form offers.
func filters(text []byte, path string) (all []url.Values) {
	for _, f := range searchForm.FindAllSubmatch(text, -1) {
		if action := html.UnescapeString(string(f[1])); action != path {
			continue
		}
		for _, m := range choiceField.FindAllSubmatch(f[0], -1) {
			for _, o := range optionValue.FindAllSubmatch(m[0], -1) {
				all = append(all, url.Values{string(m[1]): {html.UnescapeString(string(o[1]))}})
			}
		}
		for _, m := range tickField.FindAllSubmatch(f[0], -1) {
			all = append(all, url.Values{string(m[1]): {html.UnescapeString(string(m[2]))}})
		}
	}
	return all
}

// signIn signs in as a persona, in a session of its own.
func signIn(c *Client, persona string) error {
	c.cookie = ""
	a, err := c.PostForm("/signin", url.Values{"as": {persona}})
	if err == nil && (a.Status != 303 || a.Location == "/signin" || c.cookie == "") {
		err = fmt.Errorf("load: signing in as %q: answered %d %s: is it a demonstration?", persona, a.Status, a.Location)
	}
	return err
}

// see asks for a page and checks that it came, whole.
func see(c *Client, path string) ([]byte, error) {
	a, err := c.Get(path)
	if err != nil {
		return nil, err
	}
	if a.Status != 200 || !bytes.HasSuffix(a.Body, []byte("</html>")) {
		return nil, fmt.Errorf("load: GET %s: answered %d, %d bytes", path, a.Status, len(a.Body))
	}
	return a.Body, nil
}

// Workloads returns what can be measured of the service, or those of it that are
// named, and last the mixture of them if there is more than one page or record
// among them.
func (w *Weald) Workloads(only ...string) (chosen []*Workload, err error) {
	var names []string
	var mixed []*Workload
	var shares []int
	add := func(one *Workload, share int) {
		names = append(names, one.Name)
		if len(only) > 0 && !slices.Contains(only, one.Name) {
			return
		}
		chosen = append(chosen, one)
		if share > 0 {
			mixed = append(mixed, one)
			shares = append(shares, share)
		}
	}
	if w.stylesheet != "" {
		add(w.reading("asset", "The stylesheet: bytes in memory", []string{w.stylesheet}, false), 0)
	}
	add(w.reading("rules", "Rules: a page without the record", []string{"/rules"}, true), 0)
	for _, p := range w.pages {
		for _, part := range parts {
			if part.name == p.name {
				add(w.reading(p.name, p.words, p.addresses, true), part.share)
			}
		}
		if p.name == "cases" && len(p.full) > 0 {
			add(w.reading("list", "Cases: 50 rows, filtered and sorted", p.full, true), 0)
		}
	}
	var cases []string
	for _, id := range w.children {
		cases = append(cases, "/cases/"+id)
	}
	add(w.reading("case", "Case", cases, true), caseShare)
	add(&Workload{Name: "record", Words: "Record an event", Ready: func(v *Visitor) (func() error, error) { return w.recording(v, false) }}, recordShare)
	add(&Workload{Name: "work", Words: "Record an event, then read the case", Ready: func(v *Visitor) (func() error, error) { return w.recording(v, true) }}, 0)
	for _, name := range only {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("load: there is no %q to measure: there are %s", name, strings.Join(names, ", "))
		}
	}
	if len(mixed) > 1 {
		chosen = append(chosen, Mix("All of these together", mixed, shares))
	}
	return chosen, nil
}

// enter signs a visitor in, once.
func (w *Weald) enter(v *Visitor) error {
	if v.cookie != "" {
		return nil
	}
	return signIn(v.Client, w.personas[v.N%len(w.personas)])
}

// reading asks for pages at random.
func (w *Weald) reading(name, words string, addresses []string, pages bool) *Workload {
	return &Workload{Name: name, Words: words, Ready: func(v *Visitor) (func() error, error) {
		if err := w.enter(v); err != nil {
			return nil, err
		}
		return func() error {
			path := addresses[v.IntN(len(addresses))]
			if pages {
				_, err := see(v.Client, path)
				return err
			}
			a, err := v.Get(path)
			if err == nil && a.Status != 200 {
				err = fmt.Errorf("load: GET %s: answered %d", path, a.Status)
			}
			return err
		}, nil
	}}
}

// recorded is the kind of event that is recorded: one that the law lets happen
// again and again while there is a request or a plan.
const recorded = "school-consulted"

// childrenEach is how many children one visitor records for. No child is
// another's too, so nobody overtakes anybody.
const childrenEach = 96

// A sheet is a form as one visitor holds it.
type sheet struct {
	id   string
	form form
	seen int
}

// recording fills in and sends the form that records an event. The forms are
// fetched beforehand, and each child's is sent once, unmeasured: it may be one
// for whom the law does not allow the event. Sent again, it is as it would be if
// it had been fetched again: with another name, and one more entry seen.
func (w *Weald) recording(v *Visitor, reads bool) (func() error, error) {
	if err := w.enter(v); err != nil {
		return nil, err
	}
	var sheets []*sheet
	day := time.Now().AddDate(0, 0, -2)
	for i := v.N; i < len(w.children) && len(sheets) < childrenEach; i += v.Of {
		text, err := see(v.Client, "/cases/"+w.children[i]+"/events/new?kind="+recorded)
		if err != nil {
			return nil, err
		}
		f, err := mainForm(text)
		if err != nil {
			return nil, err
		}
		s := &sheet{id: w.children[i], form: f}
		if s.seen, err = strconv.Atoi(f.fields.Get("seen")); err != nil {
			return nil, fmt.Errorf("load: the form says that %q entries were seen", f.fields.Get("seen"))
		}
		status, err := s.send(v, day)
		if err != nil {
			return nil, err
		}
		if status == 303 {
			sheets = append(sheets, s)
		}
	}
	if len(sheets) == 0 {
		return nil, fmt.Errorf("load: there is no child for whom %s may be recorded", recorded)
	}
	n := 0
	return func() error {
		s := sheets[n%len(sheets)]
		n++
		// The day differs from one to the next, and so does what the next page says
		// was recorded: that is kept in the session, as in use.
		status, err := s.send(v, day.AddDate(0, 0, n%2))
		if err == nil && status != 303 {
			err = fmt.Errorf("load: recording an event: answered %d", status)
		}
		if err == nil && reads {
			_, err = see(v.Client, "/cases/"+s.id)
		}
		return err
	}, nil
}

// send fills in the form and sends it.
func (s *sheet) send(v *Visitor, day time.Time) (status int, err error) {
	f := s.form.fields
	f.Set("form", crypto.Text())
	f.Set("seen", strconv.Itoa(s.seen))
	f.Set("day-day", strconv.Itoa(day.Day()))
	f.Set("day-month", strconv.Itoa(int(day.Month())))
	f.Set("day-year", strconv.Itoa(day.Year()))
	a, err := v.PostForm(s.form.action, f)
	if a.Status == 303 {
		s.seen++
	}
	return a.Status, err
}
