package privacy

import (
	"fmt"
	"slices"
	"strings"
)

// A Sharing is one way in which what is kept about a child is given to somebody
// outside the service.
type Sharing struct {
	Code    string
	To      string // who is given it
	What    string
	Why     string
	Relied  string // the duty or power that the law gives, as far as it was read; "" if none was
	Basis   string // the lawful basis, as the local area configured it; "" if it has not
	Consent bool   // the basis is consent: it is asked for, dated, and can be withdrawn
}

// sharings is every sharing that Weald has a way to make or record. The basis of
// each is the local area's to state: Weald knows none.
var sharings = []Sharing{
	{Code: "advice", To: "Whoever is asked for advice: the school, health, social care, educational psychologists and others", What: "That an assessment has begun, and what is needed to advise on it", Why: "To get the advice that an assessment must have", Relied: "Special Educational Needs and Disability Regulations 2014, regulation 6"},
	{Code: "return", To: "The Department for Education", What: "The SEN2 return: requests, assessments and plans, with who each child is", Why: "The yearly statutory return"},
	{Code: "inspection", To: "Ofsted and the Care Quality Commission", What: "The lists of children that an Area SEND inspection asks for", Why: "To be inspected"},
	{Code: "subject", To: "The person it is about, or who may ask for them", What: "Everything kept about one child, with what must be held back taken out", Why: "To answer a subject access request", Relied: "UK GDPR, Article 15"},
	{Code: "documents", To: "Whoever a document is sent to by hand, once somebody has saved it", What: "The document", Why: "As the person who saved it decides; the audit keeps that it was opened"},
}

// A Register is every sharing, with the lawful basis that the local area stated.
type Register []Sharing

// ParseBases reads what the local area states: "return=legal obligation;
// documents=consent". A basis that begins with consent has it asked for.
func ParseBases(text string) (Register, error) {
	all := slices.Clone(sharings)
	for one := range strings.SplitSeq(text, ";") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		code, basis, ok := strings.Cut(one, "=")
		code, basis = strings.TrimSpace(code), strings.TrimSpace(basis)
		i := slices.IndexFunc(all, func(s Sharing) bool { return s.Code == code })
		if !ok || i < 0 || basis == "" || all[i].Basis != "" {
			return nil, fmt.Errorf("the lawful bases must be written “%s=legal obligation; …”, each once, not %q", sharings[0].Code, one)
		}
		all[i].Basis, all[i].Consent = basis, strings.HasPrefix(strings.ToLower(basis), "consent")
	}
	return all, nil
}

// Of returns a sharing by its code, or nil.
func (r Register) Of(code string) *Sharing {
	i := slices.IndexFunc(r, func(s Sharing) bool { return s.Code == code })
	if i < 0 {
		return nil
	}
	return &r[i]
}

// BasisWords says the lawful basis, or that nobody has stated it.
func (s *Sharing) BasisWords() string {
	if s == nil || s.Basis == "" {
		return "Not stated: ask your data protection officer"
	}
	return s.Basis + " (as this area states it)"
}

// A Measure is one thing that is done to keep data safe, and whether it is done
// here.
type Measure struct {
	What string
	On   bool
	Says string // how, or what to do about it
}

// Safeguards says how this service is set up.
type Safeguards struct {
	Sealed    bool // fields are encrypted in the record
	Scanned   bool // documents are scanned for viruses
	Secure    bool // it is reached by https alone
	Demo      bool // everybody is invented, and anybody may sign in
	Retention *Retention
}

// Measures is what is done here to keep data safe.
func (s Safeguards) Measures() []Measure {
	choose := func(on bool, yes, no string) string {
		if on {
			return yes
		}
		return no
	}
	return []Measure{
		{"Nobody sees anything that no permission allows", true, "Every address is tried as every sort of person by a test, and opens to those named and no others."},
		{"Every look and change is kept, with who and when", true, "A change without an entry in the audit cannot be committed."},
		{"Only people known sign in", !s.Demo, choose(!s.Demo, "Nobody signs in as a made-up person.", "This is a demonstration: anybody may sign in. Put no real data in it.")},
		{"Pages go over https alone", s.Secure, choose(s.Secure, "Cookies are sent only there.", "Set WEALD_SECURE once the service is reached by https.")},
		{"The most sensitive fields are encrypted in the record", s.Sealed, choose(s.Sealed, "A copy of the record does not tell them without the keys: notes, addresses and needs of people around the child, and what is held back.", "Nobody set WEALD_KEYS, so they are kept as they were typed.")},
		{"Documents are scanned for viruses", s.Scanned, choose(s.Scanned, "What the scanner has not judged cannot be opened.", "Not scanned: WEALD_SCANNER names no scanner.")},
		{"Records are reviewed and erased in time", s.Retention != nil, s.Retention.Words()},
		{"What is given is whole, or held back by two people", true, "Somebody marks what is others', and somebody else looks again."},
		{"Forms from other sites and hostile requests are refused", true, "10,000 hostile requests over every address change and tell nothing, in a test."},
	}
}
