package plan

import "strings"

// Names and pronouns: the marks of words copied from another child's plan.

var (
	forenames  = readSet("forenames")
	ambiguous  = readSet("ambiguous")
	relations  = readSet("relations")
	capitals   = readSet("capitals")
	ordinary   = readSet("ordinary")
	titles     = setOf("mr mrs ms miss dr professor prof sir mx")
	honours    = setOf("st saint king queen lady lord our sir")
	places     = setOf("school academy college hospital centre center road street trust ward nursery primary infant infants junior high grammar house lodge park avenue lane hall clinic unit programme syndrome church project")
	personDoes = setOf("is has can will needs finds enjoys likes loves wants requires struggles responds uses understands shows makes gets does was had would could should may must cannot can't doesn't isn't becomes works attends communicates prefers hopes benefits feels knows says said told")
	onlyPerson = setOf("enjoys likes loves hopes wants struggles dislikes prefers")
)

func anotherName(r *reading, say func(Finding)) {
	if r.Child.Forename == "" {
		return // whose plan it is has not been said
	}
	own := r.Child.Forename
	for i := range r.lines {
		l := &r.lines[i]
		if l.role == PlacementNamed {
			continue // the names of settings stand here
		}
		said := map[string]bool{}
		for k := range l.tokens {
			name, from, to := l.nameAt(r, k)
			if name == "" || said[name] {
				continue
			}
			said[name] = true
			say(l.say(from, to, "“"+l.Text[from:to]+"” is a name, and this is "+own+"’s plan.", "If the words were copied from another child’s plan, write them again for "+own+". If the plan rightly names this person, list them among its people."))
		}
	}
}

// nameAt returns the name that token k is, if it is one that should not be there.
func (l *lineRead) nameAt(r *reading, k int) (name string, from, to int) {
	t := &l.tokens[k]
	if !t.capital {
		return "", 0, 0
	}
	word, owns := strings.CutSuffix(t.text, "'s")
	end := t.to
	if owns {
		end -= len(l.Text[t.from:t.to]) - len(strings.TrimSuffix(strings.TrimSuffix(l.Text[t.from:t.to], "'s"), "’s"))
	}
	if r.names[word] || r.names[t.text] {
		return "", 0, 0
	}
	next := func(n int) *token {
		if k+n < len(l.tokens) && l.tokens[k+n].sentence == t.sentence {
			return &l.tokens[k+n]
		}
		return &token{}
	}
	before := &token{}
	if k > 0 && l.tokens[k-1].sentence == t.sentence {
		before = &l.tokens[k-1]
	}
	if titles[before.text] || honours[before.text] || relations[before.text] || k > 1 && titles[l.tokens[k-2].text] {
		return "", 0, 0 // a practitioner, a place, or somebody whom the plan may speak of
	}
	for n := 1; n <= 3; n++ {
		if places[next(n).text] && next(n).capital {
			return "", 0, 0
		}
	}
	does := personDoes[next(1).text] && !next(1).capital
	upper := t.to-t.from > 1 && l.Text[t.from:t.to] == strings.ToUpper(l.Text[t.from:t.to])
	switch {
	case upper || capitals[word] || capitals[t.text]:
		return "", 0, 0
	case forenames[word] && !ambiguous[word]:
		if r.names[next(1).text] { // a parent with the child's surname
			return "", 0, 0
		}
		return word, t.from, end
	case ambiguous[word] && (does || owns) && !(t.first && next(1).text == "will" && word == "will"):
		return word, t.from, end
	case !t.first && (does || owns) && !before.capital && !next(1).capital && len(word) > 2:
		return word, t.from, end
	case t.first && onlyPerson[next(1).text] && !ordinary[word] && !strings.HasSuffix(word, "ing") && !strings.HasSuffix(word, "s"):
		return word, t.from, end
	}
	return "", 0, 0
}

// How a pronoun goes with those of the child.
var (
	sheWords = setOf("she her hers herself she's she'll she'd")
	heWords  = setOf("he him his himself he's he'll he'd")
	// others are people of whom a pronoun may speak.
	others = setOf("mother mum mummy father dad daddy parent parents grandmother grandfather gran nan grandad sister brother aunt uncle teacher therapist psychologist assistant doctor paediatrician nurse adult worker friend peer stepmother stepfather carer mam senco head officer cousin twin tutor mentor physiotherapist")
)

func wrongPronoun(r *reading, say func(Finding)) {
	var wrong map[string]bool
	own := ""
	switch r.Child.Pronouns {
	case She:
		wrong, own = heWords, "she and her"
	case He:
		wrong, own = sheWords, "he and him"
	default:
		return // nobody has asked, or they are called they, which anybody may be
	}
	for i := range r.lines {
		l := &r.lines[i]
		for k := range l.tokens {
			t := &l.tokens[k]
			if !wrong[t.text] || spokenOf(l.tokens[:k], t.sentence) {
				continue
			}
			say(l.say(t.from, t.to, "“"+l.Text[t.from:t.to]+"” stands where "+r.Child.Forename+" is called "+own+".", "If the words were copied from another child’s plan, write them again. If somebody else is meant, say who."))
			break
		}
	}
}

// spokenOf reports whether somebody else was spoken of before, in this sentence or
// the last.
func spokenOf(before []token, sentence int) bool {
	for _, t := range before {
		if t.sentence >= sentence-1 && others[strings.TrimSuffix(t.text, "'s")] {
			return true
		}
	}
	return false
}

func practitionerNamed(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		if l.role == Views || l.role == PlacementNamed || l.role == "" {
			continue
		}
		for k, t := range l.tokens {
			if !titles[t.text] || !t.capital || k+1 >= len(l.tokens) || !l.tokens[k+1].capital {
				continue
			}
			to := l.tokens[k+1].to
			if len(l.tokens[k+1].text) <= 2 && k+2 < len(l.tokens) && l.tokens[k+2].capital {
				to = l.tokens[k+2].to
			}
			say(l.say(t.from, to, "“"+l.Text[t.from:to]+"” is the name of a person.", "Give the role: people leave, and the provision stays."))
			break
		}
	}
}
