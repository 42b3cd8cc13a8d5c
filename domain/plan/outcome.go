package plan

import "strings"

// What is asked of outcomes.

var (
	serviceVerbs  = readPhrases("service-verbs", 0)
	serviceActors = readPhrases("service-actors", 0)
	serviceNouns  = readSet("services")
	improving     = readPhrases("improve", 0)
	// ofService are words after which a noun of service is no object of the verb.
	ofService  = setOf("without to so that with from when if after during before unless because despite for while until than rather")
	measuring  = setOf("every each all unaided independently himself herself themselves themself daily weekly grade pass passed gcse whole most alone never always fewer twice once half none both percent unprompted")
	endPoints  = setOf("phase stage term birthday leaves leaving leave transfer school-year summer autumn spring christmas easter")
	lifePoints = setOf("school college nursery primary secondary reception")
)

func outcomeIsService(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		if l.Kind != Outcome || l.Empty() {
			continue
		}
		if found, n := serviceActors.at(l.tokens, 0); found != nil {
			say(l.say(l.tokens[0].from, l.tokens[n-1].to, "This says what others will do. An outcome is what the person will be able to do or have.", "By when, what will be different for the person? Put the service among the provision."))
			continue
		}
		for k := range l.tokens {
			found, n := serviceVerbs.at(l.tokens, k)
			if found == nil || (found.words[0] == "to" || found.words[0] == "provide" || found.words[0] == "provision" || found.words[0] == "provided") && !l.tokens[k].first {
				continue
			}
			end := serviceAfter(l.tokens, k+n)
			if end == 0 && n > 2 && found.words[2] == "supported" {
				end = k + n - 1 // whoever it is by
			}
			if end > 0 {
				say(l.say(l.tokens[k].from, l.tokens[end].to, "This is a service and not an outcome.", "By when, what will be different for the person? Put the service among the provision."))
				break
			}
		}
	}
}

// serviceAfter returns the place of a noun of service that is the object of a
// verb ending before i, or 0.
func serviceAfter(all []token, i int) int {
	for k := i; k < len(all) && k < i+8 && all[k].sentence == all[i-1].sentence; k++ {
		if ofService[all[k].text] {
			return 0
		}
		if serviceNouns[all[k].text] || all[k].text == "help" {
			return k
		}
	}
	return 0
}

func unmeasurable(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		if l.Kind != Outcome || l.Empty() || strings.TrimSpace(l.Says["measure"]) != "" {
			continue
		}
		hard, soft := l.measured()
		if hard {
			continue
		}
		for k := range l.tokens {
			if found, n := improving.at(l.tokens, k); found != nil {
				from, to := l.tokens[k].from, l.tokens[k+n-1].to
				say(l.say(from, to, "“"+l.Text[from:to]+"” cannot be measured by itself: nobody could say whether it was reached.", "Say what somebody would see: how much, how many times out of how many, with or without what help."))
				soft = true
				break
			}
		}
		if !soft {
			say(l.whole("Nobody could say whether this was reached.", "Say how it is now, and what somebody would see: how much, how many times out of how many, with or without what help."))
		}
	}
}

// measured reports whether an outcome has a figure of its own, and whether it has
// at least a word that somebody could check.
func (l *lineRead) measured() (hard, soft bool) {
	for k, t := range l.tokens {
		if is, _ := number(t.text); is && !l.dateAt(k) {
			hard = true
		}
		if strings.HasSuffix(t.text, "-year-old") {
			hard = true
		}
		if strings.HasSuffix(t.text, "th") && len(t.text) > 2 && t.text[0] >= '0' && t.text[0] <= '9' && !l.dateAt(k) {
			hard = true
		}
		before := ""
		if k > 0 {
			before = l.tokens[k-1].text
		}
		soft = soft || measuring[t.text] && before != "at" && before != "after" || t.text == "without" || t.text == "own" && before == "his" || t.text == "own" && (before == "her" || before == "their")
	}
	return hard, soft || hard
}

// dateAt reports whether a number is part of when, and not of how much: a year, a
// day of a month, year 6, key stage 2, aged 11.
func (l *lineRead) dateAt(k int) bool {
	word := func(i int) string {
		if i < 0 || i >= len(l.tokens) {
			return ""
		}
		return l.tokens[i].text
	}
	t := l.tokens[k].text
	switch before := word(k - 1); before {
	case "for":
		return false // "for three months" is how much
	case "year", "stage", "age", "aged", "section", "phase", "turns", "is", "ks", "level":
		return before != "is" || word(k+1) == "years" || word(k+1) == ""
	}
	if months[word(k+1)] || months[word(k-1)] && word(k-1) != "may" || word(k+1) == "months" || word(k+1) == "years" || word(k+1) == "year" || word(k+1) == "month" || word(k+1) == "school" {
		return true
	}
	return len(t) == 4 && t > "2014" && t < "2060" && isNumber(t) || len(t) == 7 && t[4] == '-' && isNumber(t)
}

func undated(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		if l.Kind != Outcome && l.Kind != Step || l.Empty() || strings.TrimSpace(l.Says["by"]) != "" || l.dated() {
			continue
		}
		say(l.whole("It does not say by when.", "Give a date, or the end of a key stage or phase: “By the end of year 6, …”."))
	}
}

// dated reports whether the words say by when.
func (l *lineRead) dated() bool {
	for k, t := range l.tokens {
		next, then := "", ""
		if k+1 < len(l.tokens) {
			next = l.tokens[k+1].text
		}
		if k+2 < len(l.tokens) {
			then = l.tokens[k+2].text
		}
		switch {
		case len(t.text) == 4 && t.text > "2014" && t.text < "2060" && isNumber(t.text):
			return true
		case t.text == "key" && next == "stage", t.text == "year" && next != "" && next[0] >= '0' && next[0] <= '9', t.text == "end" && (next == "of"):
			return true
		case (t.text == "within" || t.text == "in") && (timeUnits[then] || then == "years" || then == "months" || then == "year"):
			return true
		case (t.text == "by" || t.text == "before" || t.text == "when") && (endPoints[next] || endPoints[then] || months[next] || lifePoints[then] && t.text != "by" || next == "age" || then == "age" || then == "turns" || then == "leaves" || then == "starts" || then == "finishes" || then == "transfers" || then == "moves"):
			return true
		case (t.text == "annual" || t.text == "next") && (next == "review" || then == "review"):
			return true
		}
	}
	return false
}
