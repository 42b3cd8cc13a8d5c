package casework

import (
	"slices"
	"strings"

	"weald/law"
)

// Workings is what moves a rule's clock, each as case files write it:
// "decision-to-assess-sent decision=no".
type Workings struct{ Starts, Meets, Ends []string }

// WorkingsOf returns what starts a rule's clock, what meets it and what makes it
// fall away. What touches many clocks at once, such as a death, is not listed.
func WorkingsOf(r *law.Rule) Workings {
	i := slices.IndexFunc(rows, func(x row) bool { return x.rule.ID == r.ID })
	if i < 0 {
		return Workings{}
	}
	return Workings{rows[i].start.written(), rows[i].met.written(), rows[i].void.written()}
}

func (t triggers) written() (all []string) {
	for _, one := range t {
		all = append(all, one.written())
	}
	return all
}

func (t trigger) written() string {
	if t.value == NoValue {
		return t.kind.String()
	}
	for _, a := range t.kind.Attributes() {
		if a.slot == inValue {
			return t.kind.String() + " " + a.Name + "=" + t.value.String()
		}
	}
	return t.kind.String()
}

// Diagram draws a process as a Mermaid state diagram.
func (p *Process) Diagram() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	drawn := map[State]bool{}
	draw := func(s State) string {
		id := "NONE"
		if s != NotStarted {
			id = s.String()
		}
		if !drawn[s] {
			drawn[s] = true
			b.WriteString("    state \"" + s.Label() + "\" as " + id + "\n")
		}
		return id
	}
	type arrow struct{ from, to State }
	const anyState = nStates
	var order []arrow
	labels := map[arrow][]string{}
	for _, m := range p.Moves {
		if m.To == Same {
			continue
		}
		var words []string
		for _, t := range m.On {
			words = append(words, t.written())
		}
		if len(words) > 5 {
			words = []string{"any decision that can be appealed"}
		}
		if m.Guard != nil {
			words = append(words, "(if the law allows it)")
		}
		for s := NotStarted; s <= nStates; s++ {
			if at := (arrow{s, m.To}); s != m.To && (s == anyState && m.From == 0 || s < nStates && m.From&(1<<s) != 0) {
				if labels[at] == nil {
					order = append(order, at)
				}
				labels[at] = append(labels[at], words...)
			}
		}
	}
	for _, at := range order {
		from := "ANY"
		if at.from != anyState {
			from = draw(at.from)
		} else if !drawn[anyState] {
			drawn[anyState] = true
			b.WriteString("    state \"Any state\" as ANY\n")
		}
		to := draw(at.to)
		b.WriteString("    " + from + " --> " + to + " : " + strings.Join(labels[at], "<br>") + "\n")
	}
	return b.String()
}
