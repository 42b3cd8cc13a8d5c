package plan

import "slices"

// A Thread is the golden thread of one need: what the person hopes for, the need
// that stands in the way, what is provided for it, what that is to achieve and
// the steps there.
type Thread struct {
	Need        *Line
	Section     string // where the need stands
	Aspirations []*Line
	Provision   []*Line
	Outcomes    []*Line
	Steps       []*Line
}

// Threads follows the golden thread from every need, in order.
func (p *Plan) Threads() (all []Thread) {
	lines := map[string]*Line{}
	answers := map[string][]*Line{} // the lines that answer a line
	for i := range p.Sections {
		for j := range p.Sections[i].Lines {
			l := &p.Sections[i].Lines[j]
			lines[l.ID] = l
			for _, id := range l.For {
				answers[id] = append(answers[id], l)
			}
		}
	}
	for i := range p.Sections {
		for j := range p.Sections[i].Lines {
			l := &p.Sections[i].Lines[j]
			if l.Kind != Need {
				continue
			}
			t := Thread{Need: l, Section: p.Sections[i].Letter}
			t.hope(l, lines)
			for _, a := range answers[l.ID] {
				switch a.Kind {
				case Provision:
					t.Provision = put(t.Provision, a)
					for _, id := range a.For {
						if o := lines[id]; o != nil && o.Kind == Outcome {
							t.outcome(o, lines, answers)
						}
					}
				case Outcome:
					t.outcome(a, lines, answers)
				}
			}
			all = append(all, t)
		}
	}
	return all
}

// outcome adds an outcome with what it hopes for, its steps and the provision
// that serves it.
func (t *Thread) outcome(o *Line, lines map[string]*Line, answers map[string][]*Line) {
	t.Outcomes = put(t.Outcomes, o)
	t.hope(o, lines)
	for _, s := range answers[o.ID] {
		if s.Kind == Step {
			t.Steps = put(t.Steps, s)
		}
	}
}

// hope adds the aspirations that a line answers.
func (t *Thread) hope(l *Line, lines map[string]*Line) {
	for _, id := range l.For {
		if a := lines[id]; a != nil && a.Kind == Aspiration {
			t.Aspirations = put(t.Aspirations, a)
		}
	}
}

func put(to []*Line, l *Line) []*Line {
	if slices.Contains(to, l) {
		return to
	}
	return append(to, l)
}
