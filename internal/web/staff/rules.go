package staff

import (
	"net/http"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/law"
)

// Rules lists every rule that Weald applies. It is public: a family can see
// what the service believes the law to be.
func (p *Pages) Rules(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, http.StatusOK, rulesPage(p.framed(r, "Rules", "rules"), ruleGroups()))
}

// A ruleGroup is the rules that start with one group of events.
type ruleGroup struct {
	Name  casework.Group
	Rules []*law.Rule
}

func ruleGroups() (groups []ruleGroup) {
	at := map[casework.Group]int{}
	for _, r := range casework.Catalogue {
		g := casework.GroupOf(r)
		if _, ok := at[g]; !ok {
			at[g] = len(groups)
			groups = append(groups, ruleGroup{Name: g})
		}
		groups[at[g]].Rules = append(groups[at[g]].Rules, r)
	}
	return groups
}

// A workedExample is an example with what the clock says of it.
type workedExample struct {
	*casework.Example
	Lines   []string // every duty of the rule, as the clock prints it
	Whys    []string
	Refused []string
}

// Rule shows one rule, its versions and its worked examples.
func (p *Pages) Rule(w http.ResponseWriter, r *http.Request) error {
	versions := casework.RulesNamed(r.PathValue("id"))
	if versions == nil {
		return app.ErrNotFound
	}
	rule := versions[0]
	examples, err := casework.Examples(rule)
	if err != nil {
		examples = nil // none is filed, and the page says so
	}
	clock := casework.NewClock(casework.DefaultPractice())
	var worked []workedExample
	for _, x := range examples {
		reading := clock.Read(&x.Case, x.Today)
		we := workedExample{Example: x}
		for i := range reading.Duties {
			if d := &reading.Duties[i]; d.Rule.ID == rule.ID {
				we.Lines = append(we.Lines, d.Line())
				we.Whys = append(we.Whys, d.Why(clock.Practice))
			}
		}
		for _, no := range reading.Refused {
			we.Refused = append(we.Refused, no.Why.Error())
		}
		worked = append(worked, we)
	}
	return show(w, r, http.StatusOK, rulePage(p.framed(r, rule.Code+" "+rule.Duty, "rules"), rule, versions[1:], worked))
}

// Choices shows how this local area decides what the law leaves unsettled.
func (p *Pages) Choices(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, http.StatusOK, choicesPage(p.framed(r, "Choices", "choices"), p.Casework.Practice()))
}
