package plan

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A ChildPage is what a plan says, as its child reads it on one or two sides of
// paper: every word about the child is the plan's own, whole and unchanged. Lines
// for which there is no room are counted.
type ChildPage struct {
	Parts []ChildPart // what the child says, is good at, finds hard and wants
	Help  []ChildPart // who helps, by what with
}

// A ChildPart is one part of the page; one that has nothing is not there.
type ChildPart struct {
	Title string
	Lines []ChildLine
	More  int // lines of the plan that are not shown
}

// A ChildLine is one line of the plan.
type ChildLine struct {
	ID   string
	Text string
	By   string // who said it, if it was somebody else than the child; "" if that does not matter
	// Of help:
	Who, Often, Long string
}

// How much room there is, in fifths of a row of print, so that the page fits two
// sides of A4 in big letters whatever the plan holds: web tests print it. Each part
// has some of it; what a part leaves is for the others.
const (
	rowRoom = 5
	gapRoom = 1  // after each line
	rowOf   = 62 // letters, in print

	firstRows = 6 // of the first line of a part, at most
)

// A childForm is what a part of the page takes from a plan.
type childForm struct {
	title string
	room  int // in rows
	kind  Kind
	whose whose
	roles []Role
}

type whose int

const (
	ofAnybody whose = iota
	ofChild         // the child's own
	ofOthers
)

var childParts = []childForm{
	{"What I like and think", 6, View, ofChild, []Role{Views}},
	{"What other people say", 2, View, ofOthers, []Role{Views}},
	{"What I am good at", 3, Strength, ofAnybody, []Role{EducationNeeds}},
	{"How to talk with me", 3, Communication, ofAnybody, []Role{Views}},
	{"What is hard for me", 6, Need, ofAnybody, []Role{EducationNeeds, HealthNeeds, CareNeeds}},
	{"What I want", 4, Aspiration, ofAnybody, []Role{Views}},
	{"Help with learning", 8, Provision, ofAnybody, []Role{Special}},
	{"Help with my health", 3, Provision, ofAnybody, []Role{HealthProvision}},
	{"Help at home and out of school", 3, Provision, ofAnybody, []Role{CareUnder18, CareOther}},
}

// turns is in which order parts are given what others leave: help first.
var turns = []int{6, 7, 8, 0, 4, 5, 2, 3, 1}

// ForChild returns the page. With hide, lines that may say where the child is
// educated are not shown: it is for somebody who may not be told.
func ForChild(p *Plan, hide bool) *ChildPage {
	c := &childReader{plan: p}
	if hide {
		c.secret = placeNames(p)
	}
	lines, shown := make([][]ChildLine, len(childParts)), make([][]bool, len(childParts))
	left := 0
	// take shows lines of a part that each cost no more than each, while room lasts,
	// so many at most, and returns what they cost.
	take := func(i, room, each, most int) (used int) {
		for j := range lines[i] {
			if cost := lines[i][j].cost(); most > 0 && !shown[i][j] && cost <= min(each, room-used) && !c.tells(&lines[i][j]) {
				shown[i][j], used, most = true, used+cost, most-1
			}
		}
		return used
	}
	for i := range childParts {
		lines[i] = c.lines(&childParts[i])
		shown[i] = make([]bool, len(lines[i]))
		left += childParts[i].room * rowRoom
	}
	used := make([]int, len(childParts))
	for _, i := range turns { // something of each part
		used[i] = take(i, left, firstRows*rowRoom+gapRoom, 1)
		left -= used[i]
	}
	for i := range childParts { // as much as the part has room for
		left -= take(i, min(left, childParts[i].room*rowRoom-used[i]), left, len(lines[i]))
	}
	for _, i := range turns { // what is left
		left -= take(i, left, left, len(lines[i]))
	}
	page := &ChildPage{}
	for i := range childParts {
		part := ChildPart{Title: childParts[i].title}
		for j := range lines[i] {
			if shown[i][j] {
				part.Lines = append(part.Lines, lines[i][j])
			} else {
				part.More++
			}
		}
		switch {
		case len(lines[i]) == 0:
		case childParts[i].kind == Provision:
			page.Help = append(page.Help, part)
		default:
			page.Parts = append(page.Parts, part)
		}
	}
	return page
}

type childReader struct {
	plan   *Plan
	secret []string
}

// lines returns the lines of the plan that a part is made of.
func (c *childReader) lines(form *childForm) (all []ChildLine) {
	for i := range c.plan.Template.Sections {
		section := &c.plan.Template.Sections[i]
		s := c.plan.Section(section.Letter)
		if s == nil || !slices.Contains(form.roles, section.Role) {
			continue
		}
		for j := range s.Lines {
			l := &s.Lines[j]
			if l.Empty() || l.Kind != form.kind || form.whose != ofAnybody && c.own(l) != (form.whose == ofChild) {
				continue
			}
			line := ChildLine{ID: l.ID, Text: strings.TrimSpace(l.Text)}
			if form.whose == ofOthers {
				line.By = l.Said.By
			}
			if l.Kind == Provision {
				line.Who, line.Often, line.Long = l.Says["who"], l.Says["often"], l.Says["long"]
			}
			all = append(all, line)
		}
	}
	return all
}

// own reports whether the child said a line.
func (c *childReader) own(l *Line) bool {
	by := strings.TrimSpace(l.Said.By)
	if by == "" {
		return false
	}
	child := &c.plan.Child
	for _, name := range []string{child.Forename, child.KnownAs, child.Forename + " " + child.Surname, child.KnownAs + " " + child.Surname} {
		if strings.EqualFold(by, strings.TrimSpace(name)) {
			return true
		}
	}
	return false
}

// cost is how much room a line takes.
func (l *ChildLine) cost() int {
	n := 0
	for part := range strings.SplitSeq(l.Text, "\n") {
		n += 1 + utf8.RuneCountInString(part)/rowOf
	}
	for _, more := range []string{l.By, l.Who, l.Often, l.Long} {
		if more != "" {
			n += 1 + (utf8.RuneCountInString(more)+14)/rowOf // with its heading
		}
	}
	return n*rowRoom + gapRoom
}

// everyPlace are words of the names of settings that tell nobody which it is.
var everyPlace = setOf("the and for with school schools primary infant infants junior juniors secondary academy college nursery centre special community church england catholic roman voluntary aided controlled high grammar upper lower middle first free studio technical sixth form saint hospital house unit base trust foundation resource provision mainstream independent specialist education learning support pre-school preschool pupil referral university street road lane not named")

// placeNames are the words by which the setting that a plan names is known.
func placeNames(p *Plan) (words []string) {
	for i := range p.Sections {
		for _, l := range p.Sections[i].Lines {
			if l.Kind != Placement {
				continue
			}
			for _, w := range wordsOf(l.Text) {
				if small := strings.ToLower(w); utf8.RuneCountInString(w) > 2 && !everyPlace[small] && !slices.Contains(words, small) {
					words = append(words, small)
				}
			}
		}
	}
	return words
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })
}

// tells reports whether a line may say where the child is educated: it has a word
// of the setting's name, written as a name. It errs on the side of silence.
func (c *childReader) tells(l *ChildLine) bool {
	for _, text := range []string{l.Text, l.By, l.Who, l.Often, l.Long} {
		for _, w := range wordsOf(text) {
			first, _ := utf8.DecodeRuneInString(w)
			if !unicode.IsLower(first) && slices.Contains(c.secret, strings.ToLower(w)) {
				return true
			}
		}
	}
	return false
}
