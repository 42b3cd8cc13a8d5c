package quality

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"weald/calendar"
	"weald/domain/plan"
)

// Known is what the record knows of a child that must not stand in a copy of the
// plan for people who may not know whom it is about.
type Known struct {
	Child    plan.Child
	Others   []string // names of family and of people who work with them
	Settings []string // names of schools and other settings
	Places   []string // districts, addresses, postcodes
	More     []string // whatever else somebody said must go
}

// A Replacement is what was taken out of a plan, and what stands there now.
type Replacement struct {
	Kind  string // "name of the child"
	Was   string
	Now   string
	Times int
}

// A term is words that are looked for as they stand.
type term struct{ kind, was, now string }

// patterns are what names somebody or some place by its form.
var patterns = []struct {
	kind, now string
	find      *regexp.Regexp
}{
	{"email address", "[email address]", regexp.MustCompile(`[\w.+-]+@[\w-]+(\.[\w-]+)+`)},
	{"postcode", "[postcode]", regexp.MustCompile(`\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b`)},
	{"number", "[number]", regexp.MustCompile(`\b(?:[A-Z]\d{11}[A-Z\d]|\d{3}[ -]?\d{3}[ -]?\d{4}|0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}|\d{8,})\b`)},
	{"person with a title", "a person", regexp.MustCompile(`\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame)\.? \p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]+)?`)},
	{"setting", "a setting", regexp.MustCompile(`(?:\p{Lu}[\p{L}'’.-]+ )+(?:School|College|Academy|Nursery|Preschool|Hospital|Clinic|Infirmary|Surgery|University)\b`)},
	{"place", "a place", regexp.MustCompile(`(?:\d+[A-Za-z]? )?(?:\p{Lu}[\p{L}'’-]+ )+(?:Road|Street|Avenue|Lane|Close|Drive|Crescent|Gardens|Terrace)\b`)},
}

// ordinary words may begin what looks like the name of a setting and is none:
// “The School”.
var ordinary = []string{"the", "a", "an", "this", "that", "her", "his", "their", "our", "each", "every", "any", "at", "in", "special", "primary", "secondary", "mainstream", "maintained", "infant", "junior"}

// Anonymise returns a copy of a plan without what says whom it is about: names,
// dates of birth, settings, places and numbers become neutral words. It returns
// what was replaced, and the words with a capital letter that were left, at which
// a person must look: a program cannot find every name, so nothing goes out until
// somebody has confirmed it. The plan itself is not changed.
func Anonymise(p *plan.Plan, k Known) (*plan.Plan, []Replacement, []string) {
	a := &anonymiser{terms: k.terms(), done: map[Replacement]int{}}
	c := *p
	c.Child = plan.Child{Forename: "The child", Pronouns: p.Child.Pronouns}
	c.People = nil
	c.Signed = plan.Signature{Role: a.text(p.Signed.Role)}
	c.Sections = slices.Clone(p.Sections)
	for i := range c.Sections {
		s := &c.Sections[i]
		s.None, s.Lines = a.text(s.None), slices.Clone(s.Lines)
		for j := range s.Lines {
			l := &s.Lines[j]
			l.Says = maps.Clone(l.Says)
			for _, name := range slices.Sorted(maps.Keys(l.Says)) {
				l.Says[name] = a.text(l.Says[name])
			}
			l.Text, l.Said.By, l.Said.How = a.text(l.Text), a.text(l.Said.By), a.text(l.Said.How)
		}
	}
	c.Advice = slices.Clone(p.Advice)
	for i := range c.Advice {
		d := &c.Advice[i]
		d.Title, d.By, d.Statements = a.text(d.Title), a.text(d.By), nil // statements are no part of the document
	}
	c.Owed = nil
	var replaced []Replacement
	for r, n := range a.done {
		r.Times = n
		replaced = append(replaced, r)
	}
	slices.SortFunc(replaced, func(x, y Replacement) int { return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Was, y.Was)) })
	slices.Sort(a.left)
	return &c, replaced, slices.Compact(a.left)
}

// terms lists the words to look for, the longest first, so that a whole name goes
// before its parts.
func (k *Known) terms() (all []term) {
	add := func(kind, now string, words ...string) {
		for _, w := range words {
			if w = strings.TrimSpace(w); utf8.RuneCountInString(w) > 1 {
				all = append(all, term{kind, w, now})
				if up := strings.ToUpper(w); up != w {
					all = append(all, term{kind, up, now})
				}
			}
		}
	}
	add("name of the child", "the child", strings.TrimSpace(k.Child.Forename+" "+k.Child.Surname), strings.TrimSpace(k.Child.KnownAs+" "+k.Child.Surname))
	add("name of the child", "the child", k.Child.Names()...)
	for _, n := range k.Others {
		add("name of somebody else", "a person", n)
		for _, part := range strings.Fields(n) {
			if !slices.Contains(k.Child.Names(), part) && unicode.IsUpper([]rune(part)[0]) {
				add("name of somebody else", "a person", part)
			}
		}
	}
	add("setting", "a setting", k.Settings...)
	add("place", "a place", k.Places...)
	add("other words that were to go", "[taken out]", k.More...)
	if !k.Child.Born.IsZero() {
		for _, form := range born(k.Child.Born) {
			add("date of birth", "[date of birth]", form)
		}
	}
	slices.SortStableFunc(all, func(a, b term) int { return cmp.Compare(len(b.was), len(a.was)) })
	return all
}

// born writes a date of birth in the ways in which people do.
func born(d calendar.Date) []string {
	_, month, day := d.Parts()
	m := month.String()
	two := func(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }
	one := strings.TrimPrefix
	y, dd, mm := d.String()[:4], two(day), two(int(month))
	forms := []string{d.Words(), d.String(), one(dd, "0") + " " + m[:3] + " " + y, dd + " " + m + " " + y, m + " " + one(dd, "0") + ", " + y, m + " " + y}
	for _, sep := range []string{"/", ".", "-"} {
		forms = append(forms, dd+sep+mm+sep+y, one(dd, "0")+sep+one(mm, "0")+sep+y, dd+sep+mm+sep+y[2:], one(dd, "0")+sep+one(mm, "0")+sep+y[2:])
	}
	return forms
}

type anonymiser struct {
	terms []term
	done  map[Replacement]int
	left  []string
}

func (a *anonymiser) text(s string) string {
	if s == "" {
		return s
	}
	for i := range a.terms {
		s = a.replace(s, &a.terms[i])
	}
	for _, p := range patterns {
		s = p.find.ReplaceAllStringFunc(s, func(was string) string {
			if p.kind == "setting" || p.kind == "place" {
				// The words before the name of a setting are often ordinary ones.
				kept := ""
				words := strings.Fields(was)
				for len(words) > 1 && slices.Contains(ordinary, strings.ToLower(words[0])) {
					kept, words = kept+words[0]+" ", words[1:]
				}
				if len(words) == 1 {
					return was
				}
				a.done[Replacement{Kind: p.kind, Was: strings.Join(words, " "), Now: p.now}]++
				return kept + p.now
			}
			a.done[Replacement{Kind: p.kind, Was: was, Now: p.now}]++
			return p.now
		})
	}
	for _, twice := range []string{"the child the child", "The child the child", "a person a person", "A person a person"} {
		for strings.Contains(s, twice) {
			s = strings.ReplaceAll(s, twice, twice[:len(twice)/2])
		}
	}
	a.look(s)
	return s
}

// replace puts neutral words wherever a term stands as a word of its own.
func (a *anonymiser) replace(s string, t *term) string {
	var b strings.Builder
	for at := 0; at < len(s); {
		i := strings.Index(s[at:], t.was)
		if i < 0 {
			b.WriteString(s[at:])
			break
		}
		from, to := at+i, at+i+len(t.was)
		before, _ := utf8.DecodeLastRuneInString(s[:from])
		after, _ := utf8.DecodeRuneInString(s[to:])
		if from > 0 && wordy(before) || to < len(s) && wordy(after) {
			_, size := utf8.DecodeRuneInString(s[from:])
			b.WriteString(s[at : from+size])
			at = from + size
			continue
		}
		b.WriteString(s[at:from])
		now := t.now
		if begins(s[:from]) {
			now = strings.ToUpper(now[:1]) + now[1:]
		}
		b.WriteString(now)
		a.done[Replacement{Kind: t.kind, Was: t.was, Now: t.now}]++
		at = to
	}
	return b.String()
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// begins reports whether what follows some text begins a sentence.
func begins(before string) bool {
	before = strings.TrimRight(before, " \n\t“\"‘'(")
	return before == "" || strings.ContainsAny(before[len(before)-1:], ".!?:")
}

// look notes the words with a capital letter that do not begin a sentence.
func (a *anonymiser) look(s string) {
	for _, at := range capitals.FindAllStringIndex(s, -1) {
		if word := s[at[0]:at[1]]; !begins(s[:at[0]]) && strings.ToUpper(word) != word && !slices.Contains(days, word) {
			a.left = append(a.left, word)
		}
	}
}

// days are words with a capital letter that name nobody.
var days = strings.Fields("January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Easter Christmas")

var capitals = regexp.MustCompile(`\p{Lu}[\p{L}'’-]*`)
