package child

import (
	"fmt"
	"slices"
	"strings"
)

// reason says in words how what was typed fits a child.
func (x *Index) reason(f *found, terms []term) string {
	e := &x.entries[f.slot].Entry
	var parts []string
	say := func(s string) {
		if s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	for i := range terms {
		t := &terms[i]
		switch how := f.way[i]; {
		case how == dayTurned:
			say("birth date with day and month the other way round")
		case how == dayNear:
			say("birth date with one digit different")
		case how == inYear:
			say("born in " + t.text)
		case t.kind == dateTerm && how == same:
			say("same birth date")
		case t.kind != nameTerm && how == same:
			say("same " + e.whichCode(t.text))
		case how == codeNear:
			say(e.whichNear(t.text) + " with one slip")
		}
	}
	say(nameReason(e, f, terms))
	for i := range terms {
		if f.weight[i] == 0 {
			say(fmt.Sprintf("nothing like “%s”", terms[i].text))
		}
	}
	return strings.Join(parts, ", ")
}

// nameReason says how the names that were typed fit.
func nameReason(e *Entry, f *found, terms []term) string {
	var typed, exact, surname, forename int
	var said []string
	say := func(s string) {
		if !slices.Contains(said, s) {
			said = append(said, s)
		}
	}
	for i := range terms {
		t := &terms[i]
		if t.kind != nameTerm || f.weight[i] == 0 {
			continue
		}
		typed++
		in := [...]string{inSurname: "surname", inForename: "forename", inContact: "contact"}[f.name[i]]
		switch f.way[i] {
		case same, partOf:
			exact++
			if f.name[i] == inSurname {
				surname++
			} else {
				forename++
			}
			if f.way[i] == partOf {
				say("part of the " + in + " is the same")
			} else {
				say("same " + in)
			}
		case formOf:
			say(fmt.Sprintf("“%s” may be short for, or a form of, “%s”", t.text, e.Forename))
		case slip:
			say(in + " nearly the same")
		case begins:
			say(in + " begins so")
		case within:
			say(in + " has it within")
		case soundsLike:
			say(in + " sounds alike")
		case ofContact:
			say("name of a contact")
		}
	}
	switch {
	case typed == 0:
		return ""
	case exact == typed && surname > 0 && forename > 0:
		return "same name"
	}
	return strings.Join(said, ", ")
}

// whichCode says which of a child's numbers was typed.
func (e *Entry) whichCode(code string) string {
	for _, c := range e.codeNames() {
		if c.text != "" && (c.text == code || shortest(c.text) == shortest(code)) {
			return c.name
		}
	}
	return "reference"
}

func (e *Entry) whichNear(code string) string {
	for _, c := range e.codeNames() {
		if c.text != "" && slips(c.text, code, 1) <= 1 {
			return c.name
		}
	}
	return "reference"
}

type codeName struct{ text, name string }

func (e *Entry) codeNames() [4]codeName {
	return [4]codeName{{squeeze(e.UPN), "UPN"}, {squeeze(e.NHS), "NHS number"}, {squeeze(e.ULN), "ULN"}, {squeeze(e.Postcode), "postcode"}}
}
