package plan

import (
	"weald/calendar"
	"weald/law"
)

// Questions is every question that is asked of a plan, the gates first. Where
// the force is that of guidance or of a local target, the question is good
// practice and not law. Adequacy is for people: see [law.Rule.Note] on each.
var Questions = []*Question{
	gate("sections-present", 1, "Every section is there, with its letter.", regulation("reg 12(1)"), law.Secondary, "", sectionsPresent),
	gate("sections-filled", 1, "Every section that may not be empty says something.", regulation("reg 12(1)"), law.Secondary, "What each must hold is in regulation 12(1); that the program takes an empty section for an absent one is a reading.", sectionsFilled),
	gate("draft-names-no-setting", 2, "A draft names no setting and no type of setting.", act("s.38(5)"), law.Secondary, "", draftNamesNone),
	gate("final-names-setting", 2, "A final plan names the setting, or says of what type it is.", regulation("reg 12(1)"), law.Known, "", finalNames),
	gate("need-without-provision", 3, "Every special educational need has special educational provision.", code("9.69"), law.Known, "The Code asks for provision for each and every need. Whether it is enough is for people.", needWithout),
	gate("provision-unquantified", 6, "Special educational provision is specified and quantified.", code("9.69"), law.Known, "The courts read this flexibly, but nobody may be left in doubt what must happen. A line that cannot be given a quantity says why, and on whose advice, and then passes.", unquantified),
	gate("advice-complete", 7, "All the advice that was owed is in the appendices.", regulation("reg 12"), law.Known, "What was owed is in regulation 6(1).", adviceComplete),
	gate("another-name", 53, "No other child’s name stands in the plan.", practice(), law.Judged, "A wrong name shows that words were copied from another child’s plan. Others whom the plan rightly names can be listed as such.", anotherName),

	ask("health-need-unmet", 4, "Every health need has health provision, or the plan says that there is none.", regulation("reg 12(1)"), law.Known, "", healthNeeds),
	ask("care-need-unmet", 5, "Every social care need has social care provision, or the plan says that there is none.", regulation("reg 12(1)"), law.Known, "", careNeeds),
	ask("none-not-said", 4, "A section with nothing in it says so.", code("9.62"), law.Secondary, "", noneNotSaid),
	ask("not-signed", 10, "The plan is signed and dated by a named officer.", code("9.69"), law.Known, "", notSigned),
	ask("views-unsourced", 11, "Views say whose they are, when they were given and how.", code("9.69"), law.Known, "", viewsSaid),
	ask("aspirations-missing", 13, "There are aspirations, for soon and for later.", code("9.61"), law.Secondary, "", aspirationsMissing),
	ask("communication-missing", 14, "It says how the child or young person communicates.", code("9.69"), law.Known, "", communicationMissing),
	ask("strengths-missing", 16, "Strengths come before needs.", practice(), law.Judged, "", strengthsMissing),
	ask("statement-undecided", 19, "Each statement of the advice is kept, changed or left out, with the reason.", practice(), law.Judged, "", statementsUndecided),
	ask("provision-in-need", 20, "No provision is hidden among the needs.", code("9.69"), law.Known, "Provision in section B cannot be enforced under section 42 of the Act as provision in section F can.", provisionInNeed),
	ask("no-source", 21, "Each line says which advice it comes from.", practice(), law.Judged, "", noSource),
	ask("outcome-is-service", 22, "An outcome is a benefit to the person and not a service.", code("9.66"), law.Secondary, "", outcomeIsService),
	ask("outcome-unmeasurable", 24, "An outcome can be measured.", code("9.66"), law.Secondary, "", unmeasurable),
	ask("outcome-undated", 27, "An outcome says by when.", code("9.66"), law.Secondary, "", undated),
	ask("outcome-without-steps", 29, "An outcome has steps on the way.", code("9.69"), law.Known, "", stepsMissing),
	ask("outcome-unlinked", 30, "An outcome leads to an aspiration and answers a need.", code("9.66"), law.Secondary, "", outcomeUnlinked),
	ask("adulthood-missing", 31, "From year 9, outcomes and provision prepare for adulthood.", regulation("reg 12(3)"), law.Known, "The school year is worked out from the birth date; a child may be taught with another year.", adulthoodMissing),
	ask("provision-vague", 40, "Provision leaves no doubt.", code("9.69"), law.Known, "Which words are vague is a list of Weald’s own, with how surely each is one.", vague),
	ask("health-not-agreed", 41, "Health provision is agreed by the commissioner.", code("9.69"), law.Known, "", healthNotAgreed),
	ask("basis-missing", 42, "Social care provision for a person under 18 says on what basis it is made.", regulation("reg 12(1)"), law.Known, "", basisMissing),
	ask("budget-unexplained", 43, "A direct payment is explained under the personal budget.", regulation("reg 12(1)"), law.Known, "", budgetUnexplained),
	ask("care-unquantified", 34, "Health and social care provision is detailed and specific.", code("9.69"), law.Known, "", careUnquantified),
	ask("education-in-care", 20, "What educates or trains is not put under health or social care.", act("s.21(5)"), law.Known, "Health or social care provision that educates or trains is treated as special educational provision, so it belongs in section F, and its need in section B. Whether it does is for people.", educationInCare),
	ask("provision-without-need", 47, "Every provision answers a need.", practice(), law.Judged, "", provisionWithoutNeed),
	ask("link-broken", 46, "What a line answers is there.", practice(), law.Judged, "", linkBroken),
	ask("jargon", 50, "Short forms and trade words are explained.", code("9.61"), law.Known, "", jargonUsed),
	ask("hard-to-read", 15, "The family can read it.", code("9.61"), law.Known, "The lengths and the reading age (by Flesch and Kincaid’s formula) are the local area’s choice.", hardToRead),
	ask("wrong-pronoun", 53, "The child is called by their own pronouns.", practice(), law.Judged, "", wrongPronoun),
	ask("practitioner-named", 52, "Practitioners are named by role.", practice(), law.Judged, "People leave; the provision must not leave with them.", practitionerNamed),
	ask("advice-stale", 21, "The advice is not old.", practice(), law.Judged, "No law says when advice is too old: the age is the local area’s choice. Advice need not be sought again only if its author, the authority and the family are all satisfied that it suffices (regulation 6(4)).", stale),
	ask("unfinished", 0, "Nothing is left to be filled in.", practice(), law.Judged, "", unfinished),
}

// from2014 is since when plans have been made.
var from2014 = calendar.Since(calendar.On(2014, 9, 1))

type source struct {
	force law.Force
	at    law.Citation
}

func act(at string) source { return source{law.Statute, law.ChildrenAndFamiliesAct.At(at)} }
func regulation(at string) source {
	return source{law.Regulation, law.SENDRegulations.At(at)}
}
func code(at string) source { return source{law.StatutoryGuidance, law.CodeOfPractice.At(at)} }
func practice() source      { return source{force: law.LocalPolicy} }

func gate(id string, audit int, duty string, s source, c law.Confidence, note string, find func(*reading, func(Finding))) *Question {
	q := ask(id, audit, duty, s, c, note, find)
	q.Gate = true
	switch id {
	case "sections-present", "draft-names-no-setting", "another-name":
		q.First = true
	}
	return q
}

func ask(id string, audit int, duty string, s source, c law.Confidence, note string, find func(*reading, func(Finding))) *Question {
	return &Question{Rule: law.Rule{ID: id, Duty: duty, Owner: law.LocalAuthority, Force: s.force, Source: s.at, Note: note, Confidence: c, InForce: from2014}, Audit: audit, find: find}
}

// Standing says what a question stands on, for a reader: its source, or that it
// is good practice.
func (q *Question) Standing() string {
	switch {
	case q.Source.IsZero():
		return "Good practice, not law"
	case q.Force.Binding():
		return q.Source.String()
	}
	return q.Source.String() + ": statutory guidance, not law"
}
