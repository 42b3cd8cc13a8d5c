package sen2

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
)

//go:embed examples
var exampleFiles embed.FS

// An Example is a return that a check passes, or in which it finds something: a
// sound one, with changes.
type Example struct {
	Passes  bool
	Mild    bool   // what it finds is only a query
	On      string // the item in which it finds something
	Words   string
	Changes []string // to the sound return, and what is known besides it
}

// Examples returns a check's worked examples. Tests run them and pages show them.
func (c *Check) Examples() ([]*Example, error) {
	file, err := exampleFiles.ReadFile("examples/" + c.Code + ".txt")
	if err != nil {
		return nil, fmt.Errorf("no worked examples of %s", c.Code)
	}
	var all []*Example
	for i, line := range strings.Split(string(file), "\n") {
		text := strings.TrimSpace(line)
		verdict, words, ok := strings.Cut(text, ": ")
		on, fails := strings.CutPrefix(verdict, "fails on ")
		mild, queries := strings.CutPrefix(verdict, "queries on ")
		switch {
		case text == "":
		case strings.HasPrefix(line, "  ") && len(all) > 0:
			x := all[len(all)-1]
			x.Changes = append(x.Changes, text)
		case ok && verdict == "passes":
			all = append(all, &Example{Passes: true, Words: words})
		case ok && fails:
			all = append(all, &Example{On: on, Words: words})
		case ok && queries:
			all = append(all, &Example{On: mild, Mild: true, Words: words})
		default:
			return nil, fmt.Errorf("%s.txt:%d: expected “passes:”, “fails on …:” or “queries on …:”", c.Code, i+1)
		}
	}
	return all, nil
}

// SoundReturn is the return that examples change. Nothing is found in it.
func SoundReturn() string {
	text, err := exampleFiles.ReadFile("examples/sound.xml")
	if err != nil {
		panic("sen2: " + err.Error())
	}
	return string(text)
}

// Return returns the example as a file, and what is known besides it.
func (x *Example) Return() (file string, o Options, err error) {
	root, err := tree(SoundReturn())
	if err != nil {
		return "", o, err
	}
	var swaps []string
	for _, c := range x.Changes {
		word, rest, _ := strings.Cut(c, " ")
		switch word {
		case "option":
			err = o.read(rest)
		case "setting":
			err = o.setting(rest)
		case "replace":
			old, with, ok := strings.Cut(rest, " -> ")
			if !ok {
				err = errors.New("expected A -> B")
			}
			swaps = append(swaps, old, with)
		default:
			err = root.change(c)
		}
		if err != nil {
			return "", o, fmt.Errorf("%q: %w", c, err)
		}
	}
	var b strings.Builder
	root.write(&b, "")
	return strings.NewReplacer(swaps...).Replace(b.String()), o, nil
}

// read reads an option of an example: “year 2026”.
func (o *Options) read(text string) (err error) {
	words := strings.Fields(text)
	numbers := make([]int, len(words))
	for i, w := range words {
		numbers[i], _ = strconv.Atoi(w)
	}
	switch {
	case words[0] == "year" && len(words) == 2:
		o.Year = numbers[1]
	case words[0] == "la" && len(words) == 2:
		o.LA = words[1]
	case words[0] == "allow-s":
		o.AllowS = true
	case words[0] == "tolerance" && len(words) == 3:
		o.Tolerances = map[string]float64{words[1]: float64(numbers[2])}
	case words[0] == "last-year" && len(words) == 5:
		o.LastYear = &Counts{numbers[1], numbers[2], numbers[3], numbers[4]}
	default:
		err = errors.New("no such option")
	}
	return err
}

// setting reads one of the register: “100001 | Community school | closed
// 2025-08-31 | unit | resourced”.
func (o *Options) setting(text string) (err error) {
	var s Setting
	parts := strings.Split(text, " | ")
	for i, p := range parts {
		day, closed := strings.CutPrefix(p, "closed ")
		switch {
		case i == 0:
		case i == 1:
			s.Kind = p
		case closed:
			s.Closed, err = calendar.Parse(day)
		case p == "unit":
			s.Unit = true
		case p == "resourced":
			s.Resourced = true
		}
	}
	before := o.Settings
	o.Settings = func(urn string) (*Setting, bool) {
		if urn == parts[0] {
			return &s, true
		}
		if before == nil {
			return nil, false
		}
		return before(urn)
	}
	return err
}

// A node is an element of an example.
type node struct {
	name, text string
	held       []*node
}

// tree reads a sound file.
func tree(file string) (*node, error) {
	s := newScanner(strings.NewReader(file))
	open := []*node{{}}
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return open[0].held[0], nil
		} else if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch t {
		case startToken:
			n := &node{name: s.name}
			top.held = append(top.held, n)
			open = append(open, n)
		case textToken:
			top.text += strings.TrimSpace(string(s.text))
		case endToken:
			open = open[:len(open)-1]
		}
	}
}

func (n *node) write(b *strings.Builder, indent string) {
	if len(n.held) == 0 {
		fmt.Fprintf(b, "%s<%s>%s</%s>\n", indent, n.name, n.text, n.name)
		return
	}
	fmt.Fprintf(b, "%s<%s>\n", indent, n.name)
	for _, h := range n.held {
		h.write(b, indent+" ")
	}
	fmt.Fprintf(b, "%s</%s>\n", indent, n.name)
}

// change makes one change: “Requests/RYA = 1” sets an item of the first person,
// “2/Requests/RYA =” takes that of the second away, and “Requests +” gives the
// first person the last of their requests again.
func (n *node) change(text string) error {
	where, what, _ := strings.Cut(text, " ")
	steps := strings.Split(where, "/")
	if steps[0] != "Header" {
		person := "1"
		if steps[0] == "2" {
			person, steps = "2", steps[1:]
		}
		steps = append([]string{"Persons", "Person[" + person + "]"}, steps...)
	}
	for len(steps) > 1 {
		if n = n.child(steps[0]); n == nil {
			return fmt.Errorf("no %s", steps[0])
		}
		steps = steps[1:]
	}
	last := n.child(steps[0])
	value, set := strings.CutPrefix(what, "= ")
	switch {
	case what == "+" && last != nil:
		n.held = slices.Insert(n.held, slices.Index(n.held, last)+1, last.copy())
	case what == "=" && last != nil:
		name := last.name
		n.held = slices.DeleteFunc(n.held, func(h *node) bool { return h.name == name })
	case set && last != nil:
		last.text = value
	case set:
		n.held = slices.Insert(n.held, n.placeFor(), &node{name: steps[0], text: value})
	default:
		return errors.New("expected = or + after what there is")
	}
	return nil
}

// child returns an element by its name, or by its name and place, “SENneed[2]”;
// of several it is the first.
func (n *node) child(step string) *node {
	name, place, _ := strings.Cut(step, "[")
	nth, _ := strconv.Atoi(strings.TrimSuffix(place, "]"))
	for _, h := range n.held {
		if h.name == name {
			if nth--; nth <= 0 {
				return h
			}
		}
	}
	return nil
}

// placeFor is where a new item goes: before the first element that holds others,
// as in the specification.
func (n *node) placeFor() int {
	if i := slices.IndexFunc(n.held, func(h *node) bool { return len(h.held) > 0 }); i >= 0 {
		return i
	}
	return len(n.held)
}

func (n *node) copy() *node {
	c := &node{name: n.name, text: n.text}
	for _, h := range n.held {
		c.held = append(c.held, h.copy())
	}
	return c
}

// Told says the changes in words.
func (x *Example) Told() (all []string) {
	for _, c := range x.Changes {
		word, rest, _ := strings.Cut(c, " ")
		words := strings.Fields(rest)
		switch {
		case word == "option" && words[0] == "year":
			all = append(all, "The return of "+words[1]+" is being prepared")
		case word == "option" && words[0] == "la":
			all = append(all, "The council's own number is "+words[1])
		case word == "option" && words[0] == "allow-s":
			all = append(all, "The area allows outcome S")
		case word == "option" && words[0] == "tolerance":
			all = append(all, words[2]+" per cent is let pass")
		case word == "option" && words[0] == "last-year":
			all = append(all, fmt.Sprintf("Last year's return had %s plans in force, %s requests, %s plans issued and %s ceased", words[1], words[2], words[3], words[4]))
		case word == "setting":
			all = append(all, "The register has "+strings.ReplaceAll(rest, " | ", ", "))
		case word == "replace":
			all = append(all, strings.Replace(rest, " -> ", " becomes ", 1))
		default:
			of, who := word, ""
			if second, is := strings.CutPrefix(word, "2/"); is {
				of, who = second, ", of the second person,"
			}
			switch value, set := strings.CutPrefix(rest, "= "); {
			case set:
				all = append(all, of+who+" is "+value)
			case rest == "+":
				all = append(all, of+who+" is there once more")
			default:
				all = append(all, of+who+" is left out")
			}
		}
	}
	return all
}
