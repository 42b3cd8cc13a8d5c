package plan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"weald/calendar"
)

// Format is what a plan's JSON says it is.
const Format = "weald plan 1"

// MostBytes is the largest plan that is read: many times what 200 pages hold.
const MostBytes = 8 << 20

// A Problem is one thing wrong with a plan's JSON.
type Problem struct {
	Where string // "section F, line f-2, often"; "" for the whole
	What  string
}

func (p Problem) String() string {
	if p.Where == "" {
		return p.What
	}
	return p.Where + ": " + p.What
}

// Problems is everything wrong with a plan's JSON. It is an error.
type Problems []Problem

func (p Problems) Error() string {
	said := make([]string, len(p))
	for i := range p {
		said[i] = p[i].String()
	}
	return strings.Join(said, "\n")
}

// Read reads a plan from JSON, strictly: whatever is not known, is there twice or
// holds the wrong thing is refused with its section, line and field, all at once
// as [Problems]. docs/plan.schema.json describes the form.
func Read(text []byte, templates []*Template) (*Plan, error) {
	if len(text) > MostBytes {
		return nil, Problems{{"", fmt.Sprintf("the plan is larger than %d MB", MostBytes>>20)}}
	}
	r := &reader{templates: templates}
	if !json.Valid(text) {
		var v any
		err := json.Unmarshal(text, &v)
		return nil, Problems{{"", notJSON(text, err)}}
	}
	p := r.plan(text)
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return p, nil
}

// notJSON says on which line the text stops being JSON.
func notJSON(text []byte, err error) string {
	if e, ok := err.(*json.SyntaxError); ok {
		at := text[:min(int(e.Offset), len(text))]
		return fmt.Sprintf("this is not JSON: line %d: %s", 1+bytes.Count(at, []byte("\n")), e)
	}
	return "this is not JSON"
}

type reader struct {
	templates []*Template
	template  *Template
	problems  Problems
	lines     map[string]string // where each ID was used
}

func (r *reader) wrong(where, format string, args ...any) {
	r.problems = append(r.problems, Problem{where, fmt.Sprintf(format, args...)})
}

// fields says how each field of an object is read.
type fields map[string]func(raw json.RawMessage, where string)

func at(where, name string) string {
	if where == "" {
		return name
	}
	return where + ", " + name
}

// object reads an object's fields in the order in which they stand.
func (r *reader) object(raw json.RawMessage, where string, known fields) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		r.wrong(where, "expected { … }, found %s", brief(raw))
		return
	}
	seen := map[string]bool{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			r.wrong(where, "%v", err)
			return
		}
		name := token.(string) // a key is always text
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			r.wrong(at(where, name), "%v", err)
			return
		}
		switch read := known[name]; {
		case seen[name]:
			r.wrong(at(where, name), "is there twice")
		case read == nil:
			r.wrong(at(where, name), "is not known here: expected %s", strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		default:
			read(value, at(where, name))
		}
		seen[name] = true
	}
}

// list reads a list, each member by f.
func (r *reader) list(raw json.RawMessage, where string, f func(raw json.RawMessage, n int)) {
	var all []json.RawMessage
	if string(raw) == "null" {
		return
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		r.wrong(where, "expected [ … ], found %s", brief(raw))
		return
	}
	for i, one := range all {
		f(one, i+1)
	}
}

func (r *reader) text(to *string) func(json.RawMessage, string) {
	return func(raw json.RawMessage, where string) {
		if err := json.Unmarshal(raw, to); err != nil || raw[0] != '"' {
			r.wrong(where, "expected text, found %s", brief(raw))
		}
	}
}

// word reads one of the words offered, or "".
func word[T ~string](r *reader, to *T, offered ...T) func(json.RawMessage, string) {
	return func(raw json.RawMessage, where string) {
		var s string
		r.text(&s)(raw, where)
		if *to = T(s); s != "" && !slices.Contains(offered, *to) {
			r.wrong(where, "%q is not one of %v", s, offered)
		}
	}
}

func (r *reader) date(to *calendar.Date) func(json.RawMessage, string) {
	return func(raw json.RawMessage, where string) {
		var s string
		if string(raw) == "null" {
			return
		}
		r.text(&s)(raw, where)
		if s == "" {
			return
		}
		var err error
		if *to, err = calendar.Parse(s); err != nil {
			r.wrong(where, "%v", err)
		}
	}
}

func (r *reader) flag(to *bool) func(json.RawMessage, string) {
	return func(raw json.RawMessage, where string) {
		if err := json.Unmarshal(raw, to); err != nil {
			r.wrong(where, "expected true or false, found %s", brief(raw))
		}
	}
}

func (r *reader) texts(to *[]string) func(json.RawMessage, string) {
	return func(raw json.RawMessage, where string) {
		r.list(raw, where, func(one json.RawMessage, n int) {
			var s string
			r.text(&s)(one, fmt.Sprintf("%s %d", where, n))
			*to = append(*to, s)
		})
	}
}

func brief(raw json.RawMessage) string {
	s := string(raw)
	if len(s) > 30 {
		s = s[:30] + "…"
	}
	return strings.ToValidUTF8(s, "")
}

func (r *reader) plan(raw json.RawMessage) *Plan {
	p := &Plan{}
	var format, template string
	// The template comes first: it says what may stand in the rest.
	_ = json.Unmarshal(raw, &struct {
		Template *string `json:"template"`
	}{&template})
	if r.template = TemplateNamed(r.templates, template); r.template == nil {
		var names []string
		for _, t := range r.templates {
			names = append(names, t.String())
		}
		r.wrong("template", "%q is not known: expected %s", template, strings.Join(names, " or "))
		return nil
	}
	p.Template, r.lines = r.template, map[string]string{}
	r.object(raw, "", fields{
		"format": r.text(&format), "template": r.text(&template),
		"stage":  word(r, &p.Stage, Draft, Amendment, Final),
		"on":     r.date(&p.On),
		"people": r.texts(&p.People),
		"child": func(raw json.RawMessage, where string) {
			r.object(raw, where, fields{"forename": r.text(&p.Child.Forename), "surname": r.text(&p.Child.Surname), "known_as": r.text(&p.Child.KnownAs),
				"born": r.date(&p.Child.Born), "pronouns": word(r, &p.Child.Pronouns, She, He, They)})
		},
		"signed": func(raw json.RawMessage, where string) {
			r.object(raw, where, fields{"name": r.text(&p.Signed.Name), "role": r.text(&p.Signed.Role), "on": r.date(&p.Signed.On)})
		},
		"sections": func(raw json.RawMessage, where string) {
			r.list(raw, where, func(one json.RawMessage, n int) { p.Sections = append(p.Sections, r.section(one, n)) })
		},
		"advice": func(raw json.RawMessage, where string) {
			r.list(raw, where, func(one json.RawMessage, n int) { p.Advice = append(p.Advice, r.advice(one, n)) })
		},
		"owed": func(raw json.RawMessage, where string) {
			r.list(raw, where, func(one json.RawMessage, n int) {
				var o Owed
				r.object(one, fmt.Sprintf("owed %d", n), fields{"type": word(r, &o.Type, adviceTypes...), "body": r.text(&o.Body), "late": r.flag(&o.Late)})
				p.Owed = append(p.Owed, o)
			})
		},
	})
	if format != Format {
		r.wrong("format", "expected %q, found %q", Format, format)
	}
	if p.Stage == "" {
		p.Stage = Draft
	}
	r.whole(p)
	return p
}

// adviceTypes are the letters of regulation 6(1).
var adviceTypes = []string{"a", "b", "c", "d", "e", "f", "g", "h"}

// whole asks what can only be asked of the whole plan: its sections once each,
// and sources that exist. (Links to lines that are gone are findings: a draft may
// be half finished.)
func (r *reader) whole(p *Plan) {
	seen := map[string]bool{}
	for i := range p.Sections {
		if l := p.Sections[i].Letter; seen[l] {
			r.wrong("section "+l, "is there twice")
		} else {
			seen[l] = true
		}
	}
}

func (r *reader) section(raw json.RawMessage, n int) (s Section) {
	where := fmt.Sprintf("section %d", n)
	var letter struct {
		Letter string `json:"letter"`
	}
	if json.Unmarshal(raw, &letter) == nil && letter.Letter != "" {
		where = "section " + letter.Letter
	}
	form := r.template.Form(letter.Letter)
	r.object(raw, where, fields{
		"letter": func(raw json.RawMessage, w string) {
			if r.text(&s.Letter)(raw, w); form == nil {
				r.wrong(w, "%q is no section of template %s", s.Letter, r.template)
			}
		},
		"none": r.text(&s.None),
		"lines": func(raw json.RawMessage, w string) {
			r.list(raw, w, func(one json.RawMessage, n int) { s.Lines = append(s.Lines, r.line(one, where, n, form)) })
		},
	})
	return s
}

// ReadSection reads one section of a plan from JSON, as strictly as [Read].
func ReadSection(text []byte, t *Template) (Section, error) {
	r := &reader{template: t, lines: map[string]string{}}
	s := r.section(text, 1)
	if len(r.problems) > 0 {
		return s, r.problems
	}
	return s, nil
}

// once refuses an ID that something else has.
func (r *reader) once(id, where string) {
	if id == "" {
		r.wrong(where, "has no id")
	} else if other, ok := r.lines[id]; ok {
		r.wrong(where, "has the id of %s", other)
	} else {
		r.lines[id] = where
	}
}

func (r *reader) line(raw json.RawMessage, section string, n int, form *SectionForm) (l Line) {
	where := fmt.Sprintf("%s, line %d", section, n)
	var named struct {
		ID   string `json:"id"`
		Kind Kind   `json:"kind"`
	}
	if json.Unmarshal(raw, &named) == nil && named.ID != "" {
		where = section + ", line " + named.ID
	}
	kind := r.template.Kind(named.Kind)
	r.object(raw, where, fields{
		"id": r.text(&l.ID), "text": r.text(&l.Text), "for": r.texts(&l.For),
		"kind": func(raw json.RawMessage, w string) {
			var s string
			r.text(&s)(raw, w)
			l.Kind = Kind(s)
		},
		"says": func(raw json.RawMessage, w string) { l.Says = r.says(raw, w, kind, form) },
		"from": func(raw json.RawMessage, w string) {
			r.object(raw, w, fields{"advice": r.text(&l.From.Advice), "statement": r.text(&l.From.Statement), "page": r.text(&l.From.Page)})
		},
		"said": func(raw json.RawMessage, w string) {
			r.object(raw, w, fields{"by": r.text(&l.Said.By), "on": r.date(&l.Said.On), "how": r.text(&l.Said.How)})
		},
	})
	if form != nil && !slices.Contains(form.Kinds, l.Kind) {
		r.wrong(at(where, "kind"), "%q is not one of %v", l.Kind, form.Kinds)
	}
	r.once(l.ID, where)
	return l
}

// says reads what a line says besides its text, as its kind asks.
func (r *reader) says(raw json.RawMessage, where string, kind *KindForm, form *SectionForm) map[string]string {
	says, known := map[string]string{}, fields{}
	var asked []FieldForm
	if kind != nil && form != nil {
		asked = kind.FieldsIn(form.Role)
	}
	for _, f := range asked {
		known[f.Name] = func(raw json.RawMessage, w string) {
			var s string
			r.text(&s)(raw, w)
			if s == "" {
				return
			}
			if f.Holds == "date" {
				if _, err := calendar.Parse(s); err != nil {
					r.wrong(w, "%v", err)
				}
			}
			if len(f.Choices) > 0 && !slices.Contains(f.Choices, s) {
				r.wrong(w, "%q is not one of %v", s, f.Choices)
			}
			says[f.Name] = s
		}
	}
	r.object(raw, where, known)
	return says
}

func (r *reader) advice(raw json.RawMessage, n int) (a Advice) {
	where := fmt.Sprintf("advice %d", n)
	r.object(raw, where, fields{
		"id": r.text(&a.ID), "type": word(r, &a.Type, adviceTypes...), "title": r.text(&a.Title), "by": r.text(&a.By), "on": r.date(&a.On),
		"statements": func(raw json.RawMessage, w string) {
			r.list(raw, w, func(one json.RawMessage, n int) {
				var s Statement
				r.object(one, fmt.Sprintf("%s, statement %d", where, n), fields{"id": r.text(&s.ID), "text": r.text(&s.Text), "page": r.text(&s.Page),
					"fate": word(r, &s.Fate, Kept, Changed, LeftOut), "why": r.text(&s.Why), "by": r.text(&s.By), "on": r.date(&s.On)})
				r.once(a.ID+"/"+s.ID, fmt.Sprintf("%s, statement %d", where, n))
				a.Statements = append(a.Statements, s)
			})
		},
	})
	r.once(a.ID, where)
	return a
}
