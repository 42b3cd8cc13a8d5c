package staff

import (
	"net/http"
	"slices"
	"strings"

	"weald/domain/casework"
	"weald/internal/web/govuk"
)

// An exception is recorded in two steps: first the time limit and the ground,
// then what that ground rests on and nothing else.

// chooseGround takes the time limit and the ground from a form or an address. It
// reports whether both are there and the law allows the one for the other.
func (v *eventForm) chooseGround(f govuk.Form) bool {
	rule := casework.RuleNamed(f.Text("says-rule"))
	if rule == nil {
		return false
	}
	ground, ok := groundNamed(f.Text("says-ground"))
	if !ok {
		return false
	}
	if _, allowed := rule.Excuses(ground.String()); !allowed {
		return false
	}
	v.rule, v.ground = rule, ground
	return true
}

func groundNamed(name string) (casework.Value, bool) {
	for _, a := range casework.ExceptionRecorded.Attributes() {
		if a.Name == "ground" {
			for _, g := range a.Values {
				if g.String() == name {
					return g, true
				}
			}
		}
	}
	return 0, false
}

// showGround asks for the time limit and the ground.
func (p *Pages) showGround(w http.ResponseWriter, r *http.Request, v *eventForm, asked govuk.Form) error {
	f := p.frame(UserOf(r.Context()), v.kind.Label()+": "+v.file.Child.Name(), "")
	f.Breadcrumbs = caseCrumbs(v.file, v.kind.Label())
	status := http.StatusOK
	if q := r.URL.Query(); q.Has("says-rule") || q.Has("says-ground") {
		v.Form = asked
		status = http.StatusUnprocessableEntity
		rule := casework.RuleNamed(v.Text("says-rule"))
		ground, chosen := groundNamed(v.Text("says-ground"))
		if rule == nil {
			v.Errors.Add("says-rule", "Choose the time limit")
		}
		switch {
		case !chosen:
			v.Errors.Add("says-ground", "Choose the reason the law allows")
		case rule != nil:
			var may []string
			for _, x := range rule.Exceptions {
				if g, ok := groundNamed(x.Ground); ok {
					may = append(may, g.Words())
				}
			}
			no := "“" + capital(ground.Words()) + "” is not a ground on which " + rule.Code + " need not be met"
			if len(may) > 0 {
				no += ". Choose one of: " + strings.Join(may, "; ")
			}
			v.Errors.Add("says-ground", no)
		}
	}
	f.Errors = v.Errors
	return show(w, r, status, groundPage(f, v))
}

// attributes is what the form asks for: of an exception, what its ground rests
// on, once that has been chosen.
func (v *eventForm) attributes() []casework.Attribute {
	all := v.kind.Attributes()
	if v.rule == nil {
		return all
	}
	asks := casework.ExceptionAsks(v.rule, v.ground)
	return slices.DeleteFunc(slices.Clone(all), func(a casework.Attribute) bool {
		return a.Name != "rule" && a.Name != "ground" && !slices.Contains(asks, a.Name)
	})
}

// hidden reports whether an attribute was chosen on the step before.
func (v *eventForm) hidden(a casework.Attribute) bool {
	return v.rule != nil && (a.Name == "rule" || a.Name == "ground")
}

func (v *eventForm) chosenValue(a casework.Attribute) string {
	if a.Name == "rule" {
		return v.rule.Code
	}
	return v.ground.String()
}

// label asks for an attribute in the words of the ground.
func (v *eventForm) label(a casework.Attribute) string {
	closed := v.ground == casework.SchoolClosed || v.ground == casework.EarlyYearsClosed
	switch {
	case v.rule == nil:
	case a.Name == "from" && closed:
		return "Day it closed"
	case a.Name == "to" && closed:
		return "Day it opened again"
	case a.Name == "from" && v.ground == casework.MissedAppointment:
		return "Day of the appointment"
	case a.Name == "from" && v.ground == casework.Absent:
		return "First day away"
	case a.Name == "to" && v.ground == casework.Absent:
		return "Last day away"
	case a.Name == "setting" && !closed:
		return "Whose advice it is about"
	}
	return a.Label
}

// chosen says what was chosen on the step before, with a way back.
func (v *eventForm) chosen() []govuk.SummaryRow {
	back := newEventLink(v.file.Child.ID, v.kind, v.day)
	change := func(about string) []govuk.Action { return []govuk.Action{{Text: "Change", Href: back, About: about}} }
	return []govuk.SummaryRow{
		{Key: "Time limit", Value: v.rule.Code + " " + v.rule.Duty, Actions: change("the time limit")},
		{Key: "Reason the law allows", Value: v.words(), Actions: change("the reason")},
	}
}

// words quotes the ground with its source, as the law has it.
func (v *eventForm) words() string {
	words := capital(v.ground.Words())
	if x, ok := v.rule.Excuses(v.ground.String()); ok && !x.Source.IsZero() {
		words += " (" + x.Source.String() + ")"
	}
	return words
}

// grounds offers the rules that have exceptions and the grounds of any of them.
func (v *eventForm) grounds() (rule, ground casework.Attribute) {
	for _, a := range v.kind.Attributes() {
		switch a.Name {
		case "rule":
			rule = a
		case "ground":
			ground = a
		}
	}
	return rule, ground
}

// finds reports whether a kind has every word that is looked for in its name or
// its group's.
func (v *eventChoice) finds(k casework.Kind) bool {
	text := strings.ToLower(k.Label() + " " + string(k.Group()))
	for _, word := range strings.Fields(strings.ToLower(v.Find)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
