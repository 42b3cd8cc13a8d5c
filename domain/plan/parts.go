package plan

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A plan is written part by part, so that two people can write in it at once: each
// section is a part under its letter, each piece of advice is one, and so is the
// head. Parts are named so that they sort, and their names are stored.

// HeadPart is what stands before the sections: names, pronouns, who signed.
const HeadPart = "head"

// AdvicePart names the part that a piece of advice is.
func AdvicePart(id string) string { return "advice/" + id }

type headJSON struct {
	KnownAs  string   `json:"known_as,omitempty"`
	Pronouns Pronouns `json:"pronouns,omitempty"`
	People   []string `json:"people,omitempty"`
	Signed   struct {
		Name string `json:"name,omitempty"`
		Role string `json:"role,omitempty"`
	} `json:"signed,omitzero"`
}

// Parts returns the names of a plan's parts, in order.
func (p *Plan) Parts() []string {
	names := []string{HeadPart}
	for i := range p.Sections {
		names = append(names, p.Sections[i].Letter)
	}
	for i := range p.Advice {
		names = append(names, AdvicePart(p.Advice[i].ID))
	}
	return names
}

// Part writes one part of a plan, as [Plan.SetPart] reads it, or "" if there is
// no such part.
func (p *Plan) Part(name string) string {
	if name == HeadPart {
		h := headJSON{KnownAs: p.Child.KnownAs, Pronouns: p.Child.Pronouns, People: p.People}
		h.Signed.Name, h.Signed.Role = p.Signed.Name, p.Signed.Role
		return string(encode(h, ""))
	}
	if id, ok := strings.CutPrefix(name, AdvicePart("")); ok {
		if a := p.AdviceBy(id); a != nil {
			return string(encode(advicesJSON([]Advice{*a})[0], ""))
		}
		return ""
	}
	if s := p.Section(name); s != nil {
		return string(encode(s.json(), ""))
	}
	return ""
}

// SetPart puts one part of a plan in, as [Plan.Part] wrote it. Advice that was
// taken away is "".
func (p *Plan) SetPart(name, body string) error {
	if name == HeadPart {
		var h headJSON
		if err := json.Unmarshal([]byte(body), &h); err != nil {
			return fmt.Errorf("reading a plan's head: %w", err)
		}
		p.Child.KnownAs, p.Child.Pronouns, p.People = h.KnownAs, h.Pronouns, h.People
		p.Signed.Name, p.Signed.Role = h.Signed.Name, h.Signed.Role
		return nil
	}
	if id, ok := strings.CutPrefix(name, AdvicePart("")); ok {
		p.Advice = slices.DeleteFunc(p.Advice, func(a Advice) bool { return a.ID == id })
		if body == "" {
			return nil
		}
		r := &reader{lines: map[string]string{}}
		a := r.advice(json.RawMessage(body), 1)
		if len(r.problems) > 0 {
			return r.problems
		}
		p.Advice = append(p.Advice, a)
		slices.SortFunc(p.Advice, func(a, b Advice) int { return cmp.Or(cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID)) })
		return nil
	}
	s, err := ReadSection([]byte(body), p.Template)
	if err != nil {
		return err
	}
	if to := p.Section(name); to != nil {
		*to = s
		return nil
	}
	return fmt.Errorf("template %s has no section %q", p.Template, name)
}

// NewAdvice returns an ID for advice that none in the plan has.
func (p *Plan) NewAdvice() string {
	for n := len(p.Advice) + 1; ; n++ {
		if id := fmt.Sprintf("k-%d", n); p.AdviceBy(id) == nil {
			return id
		}
	}
}
