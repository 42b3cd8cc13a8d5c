package plan

// What is asked about views, needs and what they rest on.

func viewsSaid(r *reading, say func(Finding)) {
	r.inRole(Views, func(l *lineRead) {
		if l.Empty() {
			return
		}
		switch {
		case l.Said.By == "":
			say(l.whole("It does not say whose view this is.", "Say who said it, when, and how it was gathered."))
		case l.Said.On.IsZero() || l.Said.How == "":
			say(l.whole("It does not say when the view was given and how it was gathered.", "For example: “on 3 March, with picture cards, with her teacher”."))
		}
	})
}

func (r *reading) lacks(role Role, kinds ...Kind) (section string, lacks bool) {
	form := r.Template.With(role)
	if form == nil {
		return "", false
	}
	s := r.Section(form.Letter)
	if s == nil || !s.filled() {
		return "", false // said already
	}
	for _, l := range s.Lines {
		for _, k := range kinds {
			if l.Kind == k && !l.Empty() {
				return "", false
			}
		}
	}
	return form.Letter, true
}

func aspirationsMissing(r *reading, say func(Finding)) {
	if letter, no := r.lacks(Views, Aspiration); no {
		say(Finding{Section: letter, What: "There are no aspirations.", Better: "Ask what they hope for, soon and later in life."})
		return
	}
	soon, later, said := false, false, false
	section := ""
	r.inRole(Views, func(l *lineRead) {
		if l.Kind == Aspiration {
			section = l.section
			soon, later, said = soon || l.Says["when"] == "soon", later || l.Says["when"] == "later", true
		}
	})
	if said && !later {
		say(Finding{Section: section, What: "No aspiration is for later in life.", Better: "Ask what they hope for when they are grown up, or as an adult."})
	} else if said && !soon {
		say(Finding{Section: section, What: "No aspiration is for soon.", Better: "Ask what they hope for in the next year or two."})
	}
}

func communicationMissing(r *reading, say func(Finding)) {
	if letter, no := r.lacks(Views, Communication); no {
		say(Finding{Section: letter, What: "It does not say how the child or young person communicates.", Better: "Say how they make themselves understood, and how others should."})
	}
}

func strengthsMissing(r *reading, say func(Finding)) {
	letter, no := r.lacks(EducationNeeds, Strength)
	if no {
		say(Finding{Section: letter, What: "There are no strengths.", Better: "Begin with what they are good at."})
		return
	}
	need := false
	r.inRole(EducationNeeds, func(l *lineRead) {
		if l.Kind == Strength && need && letter == "" {
			letter = l.section
			say(l.whole("This strength comes after needs.", "Strengths first."))
		}
		need = need || l.Kind == Need
	})
}

// sourced are the sections whose lines come from advice.
func (l *lineRead) sourced() bool {
	switch l.role {
	case EducationNeeds, HealthNeeds, CareNeeds, Outcomes, Special, HealthProvision, CareUnder18, CareOther:
		return l.Kind != Step
	}
	return false
}

func noSource(r *reading, say func(Finding)) {
	if len(r.Advice) == 0 {
		return // then no line can have one, and that the advice is missing is said
	}
	for i := range r.lines {
		if l := &r.lines[i]; l.sourced() && !l.Empty() && l.From.Advice == "" && l.Said.By == "" {
			say(l.whole("It does not say where this comes from.", "Mark the advice, or who said it and when."))
		}
	}
}

var hidden = readPhrases("provision-in-need", 0)

func provisionInNeed(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		if l.role != EducationNeeds && l.role != HealthNeeds && l.role != CareNeeds || l.Kind == Strength {
			continue
		}
		last := -1
		for k := range l.tokens {
			if l.tokens[k].sentence == last {
				continue
			}
			if found, n := hidden.at(l.tokens, k); found != nil {
				last = l.tokens[k].sentence
				say(l.say(l.tokens[k].from, l.tokens[k+n-1].to, "This is provision, hidden in a need.", "Move it to where provision stands: there it must be made. Leave here what the child finds hard, and how it shows."))
			}
		}
	}
}

// From year 9 the plan prepares for adulthood.
const adulthoodYear = 9

var adulthood = setOf("adulthood employment job jobs work career careers apprenticeship independent independently independence living travel money budget budgeting cook cooking shop shopping college university community voting relationships")

func adulthoodMissing(r *reading, say func(Finding)) {
	if r.Child.Born.IsZero() || r.on().IsZero() || SchoolYear(r.Child.Born, r.on()) < adulthoodYear {
		return
	}
	for _, of := range []struct {
		role Role
		what string
	}{{Outcomes, "No outcome prepares for adulthood."}, {Special, "No special educational provision prepares for adulthood and independent living."}} {
		found, section := false, ""
		r.inRole(of.role, func(l *lineRead) {
			section = l.section
			found = found || l.Says["adulthood"] != ""
			for _, id := range l.For {
				found = found || r.byID[id] != nil && r.byID[id].Says["adulthood"] != ""
			}
			for _, t := range l.tokens {
				found = found || adulthood[t.text]
			}
		})
		if section != "" && !found {
			say(Finding{Section: section, What: of.what, Better: "From year 9 the plan says how it prepares for employment, independent living, taking part in the community and being healthy as an adult."})
		}
	}
}
