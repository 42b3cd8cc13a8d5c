package plan

import (
	"fmt"
	"strings"
)

// What is asked of a plan as a whole, and of how its lines join.

func sectionsPresent(r *reading, say func(Finding)) {
	for _, form := range r.Template.Sections {
		if r.Section(form.Letter) == nil {
			say(Finding{Section: form.Letter, What: fmt.Sprintf("Section %s is not there: %s.", form.Letter, form.Title), Better: "Put it in. If there is nothing to say, it says so."})
		}
	}
}

// mayBeEmpty are the roles whose sections may have no line: those that may say
// that there is nothing, the placement (which has questions of its own), and the
// list of advice.
func (f *SectionForm) mayBeEmpty() bool {
	return f.None || f.Role == PlacementNamed || f.Role == AdviceList
}

func sectionsFilled(r *reading, say func(Finding)) {
	for i := range r.Sections {
		s := &r.Sections[i]
		if form := r.Template.Form(s.Letter); form != nil && !form.mayBeEmpty() && !s.filled() {
			say(Finding{Section: s.Letter, What: "Section " + s.Letter + " says nothing.", Better: form.Hint})
		}
	}
}

func (s *Section) filled() bool {
	for i := range s.Lines {
		if !s.Lines[i].Empty() {
			return true
		}
	}
	return false
}

func noneNotSaid(r *reading, say func(Finding)) {
	for i := range r.Sections {
		s := &r.Sections[i]
		if form := r.Template.Form(s.Letter); form != nil && form.None && !s.filled() && strings.TrimSpace(s.None) == "" {
			say(Finding{Section: s.Letter, What: "Section " + s.Letter + " is empty and does not say why.", Better: "Say that there is none, and how that is known."})
		}
	}
}

// inRole calls f for each line of the sections with a role.
func (r *reading) inRole(role Role, f func(*lineRead)) {
	for i := range r.lines {
		if r.lines[i].role == role {
			f(&r.lines[i])
		}
	}
}

func draftNamesNone(r *reading, say func(Finding)) {
	if r.Stage == Draft {
		r.inRole(PlacementNamed, func(l *lineRead) {
			if !l.Empty() {
				say(l.whole("A draft may not name a setting, nor say of what type it should be.", "Leave the section blank until the final plan."))
			}
		})
	}
}

func finalNames(r *reading, say func(Finding)) {
	if r.Stage != Final {
		return
	}
	form := r.Template.With(PlacementNamed)
	if form == nil {
		return
	}
	if s := r.Section(form.Letter); s != nil && !s.filled() {
		say(Finding{Section: form.Letter, What: "The final plan names no setting and no type of setting.", Better: "Name the setting and its type or, if none is named, the type."})
	}
}

// met reports whether a line is answered by provision of one of the roles.
func (r *reading) met(l *lineRead, in ...Role) bool {
	for _, a := range r.answered[l.ID] {
		if a.Kind != Provision || a.Empty() {
			continue
		}
		for _, role := range in {
			if a.role == role {
				return true
			}
		}
	}
	return false
}

func needWithout(r *reading, say func(Finding)) {
	r.inRole(EducationNeeds, func(l *lineRead) {
		if l.Kind == Need && !l.Empty() && !r.met(l, Special) {
			say(l.whole("This need has no special educational provision.", "Add provision that answers it, or mark which provision does."))
		}
	})
}

func (r *reading) saysNone(roles ...Role) bool {
	for _, role := range roles {
		if form := r.Template.With(role); form != nil {
			if s := r.Section(form.Letter); s != nil && strings.TrimSpace(s.None) != "" {
				return true
			}
		}
	}
	return false
}

func healthNeeds(r *reading, say func(Finding)) {
	r.inRole(HealthNeeds, func(l *lineRead) {
		if l.Kind == Need && !l.Empty() && !r.met(l, HealthProvision, Special) && !r.saysNone(HealthProvision) {
			say(l.whole("This health need has no provision.", "Add health provision that answers it, mark which does, or say outright that there is none and why."))
		}
	})
}

func careNeeds(r *reading, say func(Finding)) {
	r.inRole(CareNeeds, func(l *lineRead) {
		if l.Kind == Need && !l.Empty() && !r.met(l, CareUnder18, CareOther, Special) && !r.saysNone(CareUnder18, CareOther) {
			say(l.whole("This social care need has no provision.", "Add provision that answers it, mark which does, or say outright that there is none and why."))
		}
	})
}

func provisionWithoutNeed(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		if l.Kind != Provision || l.Empty() {
			continue
		}
		answers := false
		for _, id := range l.For {
			if n := r.byID[id]; n != nil && n.Kind == Need {
				answers = true
			}
		}
		if !answers {
			say(l.whole("This provision answers no need.", "Mark the need that it is for. If there is none, the need is missing from the plan, or the provision does not belong in it."))
		}
	}
}

func linkBroken(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		for _, id := range l.For {
			if r.byID[id] == nil {
				say(l.whole("It is marked as answering line "+id+", which is no longer there.", "Mark what it answers now."))
			}
		}
		if id := l.From.Advice; id != "" {
			a := r.AdviceBy(id)
			if a == nil {
				say(l.whole("It is said to come from advice "+id+", which is not in the appendices.", "Mark where it comes from."))
			} else if l.From.Statement != "" && a.Statement(l.From.Statement) == nil {
				say(l.whole("It is said to come from statement "+l.From.Statement+" of “"+a.Title+"”, which is not there.", "Mark where it comes from."))
			}
		}
	}
}

func outcomeUnlinked(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		if l.Kind != Outcome || l.Empty() {
			continue
		}
		need, hope := false, false
		for _, id := range l.For {
			if to := r.byID[id]; to != nil {
				need, hope = need || to.Kind == Need, hope || to.Kind == Aspiration
			}
		}
		for _, p := range r.answered[l.ID] { // a need may be reached by way of the provision
			if p.Kind == Provision {
				for _, id := range p.For {
					need = need || r.byID[id] != nil && r.byID[id].Kind == Need
				}
			}
		}
		switch {
		case !need && !hope:
			say(l.whole("This outcome answers no need and leads to no aspiration.", "Mark both."))
		case !need:
			say(l.whole("This outcome answers no need.", "Mark the need that it is about."))
		case !hope:
			say(l.whole("This outcome leads to no aspiration.", "Mark what the child or young person hopes for that it leads to."))
		}
	}
}

func stepsMissing(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		if l.Kind != Outcome || l.Empty() {
			continue
		}
		steps := 0
		for _, a := range r.answered[l.ID] {
			if a.Kind == Step {
				steps++
			}
		}
		if steps == 0 {
			say(l.whole("This outcome has no steps on the way.", "Add shorter targets, and who sets and checks them."))
		}
	}
}

func statementsUndecided(r *reading, say func(Finding)) {
	letter := ""
	if form := r.Template.With(AdviceList); form != nil {
		letter = form.Letter
	}
	for i := range r.Advice {
		a := &r.Advice[i]
		open, unsaid := 0, 0
		for _, s := range a.Statements {
			switch {
			case s.Fate == "":
				open++
			case s.Fate != Kept && strings.TrimSpace(s.Why) == "":
				unsaid++
			}
		}
		if open > 0 {
			say(Finding{Section: letter, What: fmt.Sprintf("“%s” has %d of %d statements that are neither kept, changed nor left out.", a.Title, open, len(a.Statements)), Better: "Decide each, with the reason."})
		}
		if unsaid > 0 {
			say(Finding{Section: letter, What: fmt.Sprintf("“%s” has %d statements changed or left out without a reason.", a.Title, unsaid), Better: "Give the reason: the family and the author may ask."})
		}
	}
}

// required is the advice that must always be sought, by its letter in regulation
// 6(1): f and h depend on the child, and g is asked from year 9.
var required = []string{"a", "b", "c", "d", "e"}

// AdviceWords says what the letters of regulation 6(1) mean.
var AdviceWords = map[string]string{
	"a": "The child’s parent or the young person", "b": "Education: head teacher, principal or early years lead", "c": "Medical: a health professional",
	"d": "An educational psychologist", "e": "Social care", "f": "Another person whom the authority thinks appropriate",
	"g": "Preparing for adulthood", "h": "A person whom the family reasonably asked for",
}

func adviceComplete(r *reading, say func(Finding)) {
	letter := ""
	if form := r.Template.With(AdviceList); form != nil {
		letter = form.Letter
	}
	owed := r.Owed
	if len(owed) == 0 {
		for _, t := range required {
			owed = append(owed, Owed{Type: t})
		}
	}
	used := make([]bool, len(r.Advice))
	for _, o := range owed {
		found := false
		for i := range r.Advice {
			if !used[i] && r.Advice[i].Type == o.Type {
				used[i], found = true, true
				break
			}
		}
		if found {
			continue
		}
		what := "The advice of " + lowerFirst(AdviceWords[o.Type])
		if o.Body != "" {
			what += " (" + o.Body + ")"
		}
		what += " is not in the appendices."
		if o.Late {
			what += " It was asked for and has not been received."
		}
		say(Finding{Section: letter, What: what, Better: "Add it: regulation 6(1)(" + o.Type + ")."})
	}
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func notSigned(r *reading, say func(Finding)) {
	if r.Stage == Final && (r.Signed.Name == "" || r.Signed.On.IsZero()) {
		say(Finding{What: "The final plan is not signed and dated.", Better: "A named officer signs it, with the day."})
	}
}

func budgetUnexplained(r *reading, say func(Finding)) {
	form := r.Template.With(BudgetExplained)
	if form == nil {
		return
	}
	if s := r.Section(form.Letter); s != nil && s.filled() {
		return
	}
	for i := range r.lines {
		if l := &r.lines[i]; l.Kind == Provision && l.Says["direct-payment"] == "yes" {
			say(l.whole("It is paid for by a direct payment, which section "+form.Letter+" does not explain.", "Say there what it buys and which needs and outcomes that meets."))
		}
	}
}

func stale(r *reading, say func(Finding)) {
	if r.on().IsZero() {
		return
	}
	letter := ""
	if form := r.Template.With(AdviceList); form != nil {
		letter = form.Letter
	}
	for i := range r.Advice {
		if a := &r.Advice[i]; !a.On.IsZero() && a.On < r.on().AddMonths(-r.StaleMonths) {
			say(Finding{Section: letter, What: fmt.Sprintf("“%s” is of %s, more than %d months before.", a.Title, a.On.Words(), r.StaleMonths), Better: "Ask whether it still holds; record that its author, the authority and the family are satisfied, or ask for new advice."})
		}
	}
}
