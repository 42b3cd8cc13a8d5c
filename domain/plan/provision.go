package plan

import (
	"strings"

	"weald/calendar"
)

// What is asked of provision.

func unquantified(r *reading, say func(Finding)) {
	for i := range r.lines {
		if l := &r.lines[i]; l.role == Special {
			l.quantified(say)
		}
	}
}

func careUnquantified(r *reading, say func(Finding)) {
	for i := range r.lines {
		if l := &r.lines[i]; l.role == HealthProvision || l.role == CareUnder18 || l.role == CareOther {
			l.quantified(say)
		}
	}
}

func (l *lineRead) quantified(say func(Finding)) {
	if l.Kind != Provision || l.Empty() || l.amount.enough() || l.Says["flexible"] != "" {
		return
	}
	say(l.whole("This provision is not quantified. "+l.amount.missing(), "For example: “30 minutes, twice a week, in a group of at most 4, given by a teaching assistant trained by the therapist, each term”. If a fixed amount would be wrong, say why and on whose advice."))
}

var (
	vagueWords = readPhrases("vague", 2)
	training   = setOf("in by to level qualified using certificate qualification")
)

func vague(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		if !l.provision() {
			continue
		}
		for k := 0; k < len(l.tokens); k++ {
			found, n := vagueWords.at(l.tokens, k)
			if found == nil {
				continue
			}
			from, to := l.tokens[k].from, l.tokens[k+n-1].to
			if l.counts(found.columns[0], k, n) {
				say(l.say(from, to, "“"+l.Text[from:to]+"” leaves it open what must happen.", ended(found.columns[1])))
			}
			k += n - 1
		}
	}
}

// ended puts a full stop after words that end without one.
func ended(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "”") {
		return s
	}
	return s + "."
}

// counts reports whether a vague phrase is one where it stands.
func (l *lineRead) counts(when string, k, n int) bool {
	after := func(i int) string {
		if k+n+i < len(l.tokens) {
			return l.tokens[k+n+i].text
		}
		return ""
	}
	switch when {
	case "bare":
		return !l.amount.enough()
	case "up-to":
		is, _ := number(after(0))
		unit := timeUnits[after(1)] || timeUnits[after(2)]
		_, one := number(after(0))
		return is && (unit || one != "")
	case "trained":
		return !training[after(0)] && !training[after(1)] && !training[after(2)] && l.Says["who"] == ""
	case "such":
		return !l.amount.enough()
	}
	return true
}

var educates = readPhrases("education", 0)

// notEducation are words beside which a word of education is about something
// else: where it happens, and whom the provision tells.
var aboutPlace = setOf("advise advice inform share letter report liaise written contact")

func educationInCare(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		if l.role != HealthProvision && l.role != CareUnder18 && l.role != CareOther {
			continue
		}
		for k := range l.tokens {
			found, n := educates.at(l.tokens, k)
			if found == nil || has(l.tokens, l.tokens[k].sentence, aboutPlace) {
				continue
			}
			from, to := l.tokens[k].from, l.tokens[k+n-1].to
			say(l.say(from, to, "“"+l.Text[from:to]+"” suggests that this educates or trains. Then it is special educational provision.", "If it does, put it among the special educational provision and its need among the special educational needs."))
			break
		}
	}
}

func healthNotAgreed(r *reading, say func(Finding)) {
	r.inRole(HealthProvision, func(l *lineRead) {
		if l.Kind == Provision && !l.Empty() {
			if _, err := calendar.Parse(l.Says["agreed"]); err != nil {
				say(l.whole("It does not say that the commissioner has agreed to it.", "Give the day on which the integrated care board, or NHS England, agreed."))
			}
		}
	})
}

func basisMissing(r *reading, say func(Finding)) {
	r.inRole(CareUnder18, func(l *lineRead) {
		if l.Kind == Provision && !l.Empty() && l.Says["basis"] == "" {
			say(l.whole("It does not say on what basis it is made.", "For example: “Chronically Sick and Disabled Persons Act 1970, section 2”, with the assessment in which it was decided."))
		}
	})
}
