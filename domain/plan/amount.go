package plan

import "strings"

// An amount is what a line says of how much there is of something.
type amount struct {
	much  bool // how long or how many: "30 minutes", "two sessions"
	often bool // how often: "weekly", "every lesson", "twice a term"
	whole bool // all the time: "throughout the school day"
	once  bool // once, on or by a day: "before September 2027"
	ratio bool // so many adults or pupils: "1:1", "a class of eight pupils"
	thing bool // something that is handed over: "a laptop"
	check bool // an act of planning or review, which takes the time that it takes
}

// enough reports whether nobody need be in doubt how much must happen.
func (a amount) enough() bool {
	switch {
	case a.whole, a.much && (a.often || a.once), a.check && (a.often || a.once), a.thing, a.ratio && a.often:
		return true
	}
	return false
}

// missing says what would make it enough.
func (a amount) missing() string {
	switch {
	case a.much:
		return "It does not say how often."
	case a.often:
		return "It does not say how long each time."
	}
	return "It says neither how often nor how long."
}

var (
	periods   = setOf("day week fortnight month term half-term year lesson lessons session sessions morning afternoon evening mealtime playtime break breaktime lunchtime hour weekend holiday visit transition meal activity transitions holidays night assembly days weeks test tests exam exams topic unit task text book story weekday saturday sunday")
	oftenIs   = setOf("daily weekly fortnightly monthly termly half-termly quarterly annually yearly twice-weekly nightly hourly mondays tuesdays wednesdays thursdays fridays monday tuesday wednesday thursday friday six-monthly half-yearly weekdays saturdays sundays")
	timeUnits = setOf("minute minutes min mins hour hours hrs hr day days session sessions week weeks month months visit visits night nights half-day half-days lesson lessons times place places block blocks term terms meeting meetings overnight overnights")
	peopleAre = setOf("pupils pupil children child adults adult peers students student staff young learners learner")
	months    = setOf("january february march april may june july august september october november december")
	things    = readSet("things")
	checking  = setOf("met review reviews reviewed monitor monitors monitored meet meets meeting report reports reported record recorded plan planned plans update updated updates share shared shares check checked checks audit audited assess assessed reassess measure measured evaluate evaluated")
	services  = setOf("therapy therapist teaching taught session sessions support supported programme intervention tuition tutor coaching counselling mentoring mentor help supervision training trained assistant group")
	handing   = setOf("provided given give gives supplied issued have has equipped fitted installed adapted loaned provide supply")
)

var numberWords = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90, "half": 1, "hundred": 100}

// number reports whether a word is a number, and splits "30-minute" and "3-hour".
func number(word string) (ok bool, unit string) {
	head, tail, _ := strings.Cut(word, "-")
	if tail != "" && timeUnits[tail] && word != "half-term" {
		if isNumber(head) || numberWords[head] > 0 {
			return true, tail
		}
	}
	return isNumber(word) || numberWords[word] > 0, ""
}

func isNumber(s string) bool {
	if s == "" {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c != '.' && c != '-' || i == 0) {
			return false
		}
	}
	return true
}

// amountOf reads what a line, with what it says besides, has of amounts.
func amountOf(l *lineRead) amount {
	if l.Kind != Provision {
		return amount{}
	}
	a := amountIn(l.tokens)
	if l.Says == nil {
		return a
	}
	for _, name := range []string{"often", "long", "group", "start"} {
		text := l.Says[name]
		if text == "" {
			continue
		}
		more := amountIn(tokens(text))
		a.much, a.often, a.whole, a.once, a.ratio = a.much || more.much, a.often || more.often, a.whole || more.whole, a.once || more.once, a.ratio || more.ratio
	}
	return a
}

func amountIn(all []token) (a amount) {
	service, thing, handed := false, false, false
	word := func(i int) string {
		if i < 0 || i >= len(all) {
			return ""
		}
		return all[i].text
	}
	for i, t := range all {
		if is, unit := number(t.text); is && (word(i-1) == "every" || word(i-1) == "each") && timeUnits[word(i+1)] {
			a.often = true // "every six weeks" is no length of time
		} else if is && t.text == "half" && word(i+1) == "term" {
			continue
		} else if is {
			if unit != "" || t.text == "half" && word(i+1) == "an" && word(i+2) == "hour" {
				a.much = true
			}
			for k := 1; k <= 3; k++ {
				w := word(i + k)
				if timeUnits[w] {
					a.much = true
				}
				if peopleAre[w] {
					a.ratio = true
				}
			}
			if word(i+1) == "times" {
				a.often = true
			}
		}
		switch w := t.text; {
		case w == "an" && word(i+1) == "hour" && word(i-1) != "once" && word(i-1) != "twice" && word(i-1) != "times":
			a.much = true
		case (w == "every" || w == "each") && (oftenIs[word(i+1)]):
			a.often = true
		case oftenIs[w], w == "once" && (word(i+1) == "a" || word(i+1) == "every" || word(i+1) == "each" || word(i+1) == "per"), w == "twice":
			a.often = true
		case (w == "each" || w == "every" || w == "per" || w == "all") && (periods[word(i+1)] || periods[word(i+2)] || periods[word(i+3)]):
			a.often = true
			if w == "all" || word(i+1) == "lesson" || word(i+1) == "lessons" {
				a.whole = true
			}
		case w == "a" && (periods[word(i+1)]) && i > 0 && word(i+1) != "session" && word(i+1) != "lesson" && word(i+1) != "visit" && word(i+1) != "holiday" && word(i+1) != "break" && word(i+1) != "meal" && word(i+1) != "day" || w == "a" && word(i+1) == "day" && (timeUnits[word(i-1)] || word(i-1) == "times" || word(i-1) == "once" || word(i-1) == "twice"):
			a.often = true
		case w == "throughout" || w == "full-time" || w == "full" && word(i+1) == "time" || w == "at" && word(i+1) == "all" && word(i+2) == "times" || w == "whenever" || w == "always" || w == "24-hour" || w == "every" && word(i+1) == "time" || w == "all" && word(i+1) == "day":
			a.whole = true
		case w == "1:1" || w == "2:1" || strings.Contains(w, ":"):
			a.ratio = a.ratio || strings.IndexByte(w, ':') > 0
		case months[w] && w != "may" || len(w) == 4 && w > "2014" && w < "2060" && isNumber(w) || w == "once" || w == "one-off" || w == "start" || w == "admission" || w == "transition":
			a.once = true
		}
		service = service || services[t.text]
		thing = thing || things[t.text]
		handed = handed || handing[t.text]
		a.check = a.check || checking[t.text]
	}
	a.thing = thing && handed && !service
	return a
}
