// Package privacy is what is kept about people: what, why, for how long, who is
// given it and on what basis, and what is held back when somebody asks for what
// is kept about them. It does not keep anything, and the law's duties to answer
// are in casework.
//
// Start reading at [Holdings].
package privacy

import (
	"slices"
	"strings"
)

// A Class is a sort of personal data.
type Class string

// Classes. A class says what a field is there for; whether it may also tell of
// somebody's health is said of the holding.
const (
	Identity  Class = "who somebody is"
	Contact   Class = "how to reach somebody"
	Education Class = "education and special educational needs"
	Happened  Class = "what happened, and when"
	Words     Class = "what somebody wrote"
	Staff     Class = "who did what, among staff"
	Working   Class = "how the record works, and nothing by itself"
)

// A Field is one thing that is kept.
type Field struct {
	Name  string // its column
	Label string // in words, as people read it
	Class Class
	Seal  bool // it is kept encrypted
}

// A Holding is one sort of thing kept about a child.
type Holding struct {
	Table  string
	Title  string
	About  string // in a sentence, for the person it is about
	Why    string // the purpose
	Key    string // the fields that tell one row from another of the same child
	Health bool   // it may tell of somebody's health
	Fields []Field
}

// Field returns a field of the holding, or nil.
func (h *Holding) Field(name string) *Field {
	for i := range h.Fields {
		if h.Fields[i].Name == name {
			return &h.Fields[i]
		}
	}
	return nil
}

// KeyOf is what tells a row from the others of the same child.
func (h *Holding) KeyOf(row map[string]string) string {
	keys := strings.Fields(h.Key)
	for i, name := range keys {
		keys[i] = row[name]
	}
	return strings.Join(keys, " ")
}

// keeps reports whether a field is part of the key.
func (h *Holding) keeps(name string) bool { return slices.Contains(strings.Fields(h.Key), name) }

// HoldingOf returns the holding of a table, or nil.
func HoldingOf(table string) *Holding {
	i := slices.IndexFunc(Holdings, func(h Holding) bool { return h.Table == table })
	if i < 0 {
		return nil
	}
	return &Holdings[i]
}

// Purposes, each said once.
const (
	forDuties  = "To find out what support a child needs and to do what the Children and Families Act 2014 requires, by when it requires it."
	forQuality = "To see whether plans are good, and make them better."
	forAudit   = "To show who has seen and done what, so that anybody can be answered for it."
)

// child is the field that says whom a row is about.
var child = Field{"child_id", "The record’s own name for the child", Working, false}

// Holdings is everything that is kept about a child, in the order in which it is
// told. A test holds it to the record: a table or a column that is not here
// fails.
var Holdings = []Holding{
	{"children", "The child", "Who the child or young person is.", forDuties, "id", true, []Field{
		{"id", "The record’s own name for the child", Working, false}, {"surname", "Surname", Identity, false}, {"forename", "Forename", Identity, false},
		{"born_on", "Born", Identity, false}, {"upn", "Unique pupil number", Identity, false}, {"uln", "Unique learner number", Identity, false},
		{"team_id", "Team", Working, false}, {"load_id", "The return it came from", Working, false}, {"nhs", "NHS number", Identity, false},
		{"reference", "Case number", Identity, false}, {"sex", "Sex", Identity, false}, {"postcode", "Postcode", Contact, false}, {"district", "District", Contact, false},
		{"need", "Main need", Education, false}, {"setting_id", "School, college or other place", Education, false}, {"officer_id", "Who has the case", Working, false},
	}},
	{"contacts", "People around the child", "Parents, carers and others, and how to reach them.", "To reach the people who take part, in the way they need.", "n", true, []Field{
		child, {"n", "Number", Working, false}, {"name", "Name", Identity, false}, {"relation", "Relation to the child", Identity, false},
		{"responsibility", "Has parental responsibility", Identity, false}, {"email", "Email", Contact, false}, {"phone", "Telephone", Contact, false},
		{"address", "Address", Contact, true}, {"postcode", "Postcode", Contact, true}, {"language", "Language", Identity, false}, {"needs", "What they need to take part", Contact, true},
		{"restricted", "The rest of the family may not be told where they live", Contact, false},
	}},
	{"facts", "What a return said", "Other things that a statutory return said of the child.", "To keep what the Department for Education was told, as it was told.", "n", true, []Field{
		child, {"n", "Number", Working, false}, {"name", "What", Education, false}, {"value", "It said", Education, false}, {"provenance", "Where it came from", Working, false},
	}},
	{"returned", "What a return said, whole", "What a statutory return said of the child, in its own items.", "To make the next return from what the last one said.", "child_id", true, []Field{
		child, {"year", "Year", Working, false}, {"events", "Things recorded then", Working, false}, {"person", "It said", Education, false},
	}},
	{"events", "What happened", "Each thing that happened in the case, as it was recorded, with later corrections.", forDuties, "seq", true, []Field{
		child, {"seq", "Number", Working, false}, {"kind", "What happened", Happened, false}, {"happened_on", "On", Happened, false}, {"detail", "More", Happened, false},
		{"replaces", "Corrects number", Working, false}, {"struck", "Struck out", Working, false}, {"provenance", "Where it came from", Working, false},
		{"recorded_at", "Recorded", Staff, false}, {"recorded_by", "By", Staff, false}, {"form", "The form it was typed on", Working, false},
	}},
	{"duties", "What is still to be done", "What the law says is still owed, worked out from what happened.", forDuties, "n", false, []Field{
		child, {"n", "Number", Working, false}, {"rule", "Rule", Happened, false}, {"of_name", "Of whom", Identity, false}, {"process", "Part of", Working, false}, {"nature", "Sort", Working, false},
		{"binding", "Required by law", Working, false}, {"excused", "Excused", Working, false}, {"due_on", "By", Happened, false}, {"next", "Comes next", Working, false},
	}},
	{"cases", "Where the case stands", "The stage that the case has reached, worked out from what happened.", forDuties, "child_id", false, []Field{
		child, {"stage", "Stage", Happened, false}, {"stage_on", "Since", Happened, false}, {"asked_on", "Asked for", Happened, false}, {"issued_on", "Plan issued", Happened, false},
		{"last_kind", "Last thing that happened", Happened, false}, {"last_on", "On", Happened, false}, {"events", "Things recorded", Working, false}, {"route", "Who asked", Happened, false},
		{"marks", "What figures count of the case", Working, false}, {"stamp", "Mark of the last change", Working, false},
	}},
	{"notes", "Notes", "What staff wrote down.", "To remember what was said and agreed.", "n", true, []Field{
		child, {"n", "Number", Working, false}, {"at", "Written", Staff, false}, {"by_name", "By", Staff, false}, {"body", "Note", Words, true},
	}},
	{"documents", "Documents", "Letters, advice, reports and other files. Those that are kept are in this folder.", forDuties, "id", true, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"event_seq", "Belongs to what happened, number", Working, false}, {"name", "Name", Words, false}, {"type", "Media type", Working, false},
		{"label", "Sort of file", Working, false}, {"size", "Size in bytes", Working, false}, {"digest", "SHA-256", Working, false}, {"at", "Added", Staff, false}, {"by_name", "By", Staff, false},
		{"removed_at", "Removed", Staff, false}, {"removed_by", "Removed by", Staff, false}, {"reason", "Why it was removed", Words, false}, {"bytes", "What became of its content", Working, false},
		{"scan", "What the virus scanner said", Working, false},
	}},
	{"plans", "Plans", "Each version of the education, health and care plan.", forDuties, "id", true, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"version", "Version", Happened, false}, {"template", "Form of plan", Working, false}, {"stage", "Stage", Happened, false},
		{"begun_at", "Begun", Staff, false}, {"begun_by", "By", Staff, false}, {"event_seq", "Issued by what happened, number", Working, false}, {"issued_at", "Issued", Staff, false}, {"issued_by", "By", Staff, false},
	}},
	{"plan_parts", "What plans say", "Each section of each version, as it was saved.", forDuties, "plan_id part revision", true, []Field{
		{"plan_id", "Version", Working, false}, {"part", "Section", Happened, false}, {"revision", "Saved, number", Happened, false}, {"latest", "It is the latest", Working, false},
		{"body", "What it says", Words, false}, {"at", "Saved", Staff, false}, {"by_id", "By, number", Staff, false}, {"by_name", "By", Staff, false},
	}},
	{"plan_typed", "What is being written in a plan", "What somebody has typed and not yet saved.", forDuties, "plan_id part by_id", true, []Field{
		{"plan_id", "Version", Working, false}, {"part", "Section", Happened, false}, {"by_id", "By, number", Staff, false}, {"form", "What is typed", Words, false}, {"at", "Typed", Staff, false},
	}},
	{"representations", "What was said of a plan", "What the family said of a draft or of changes, and our answers.", forDuties, "plan_id n", true, []Field{
		{"plan_id", "Version", Working, false}, {"n", "Number", Working, false}, {"kind", "What it is", Happened, false}, {"line", "About", Happened, false}, {"words", "What was said", Words, false},
		{"who", "Who said it", Identity, false}, {"said_on", "Said on", Happened, false}, {"at", "Recorded", Staff, false}, {"by_name", "Recorded by", Staff, false},
		{"answer", "Answer", Happened, false}, {"why", "Why", Words, false}, {"answered_at", "Answered", Staff, false}, {"answered_by", "Answered by", Staff, false},
	}},
	{"quality_audits", "Audits of plans", "Who looked at how good a plan is, and what grade came of it.", forQuality, "id", true, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"plan_id", "Version", Working, false}, {"sample_id", "Sample", Working, false}, {"kind", "What sort", Working, false}, {"of_audit", "Belongs to audit", Working, false},
		{"why", "Why", Words, false}, {"auditor_id", "By, number", Staff, false}, {"auditor", "By", Staff, false}, {"questions", "Questions", Working, false}, {"asked_on", "Asked for", Happened, false}, {"asked_by", "Asked for by", Staff, false}, {"asked_at", "Asked for at", Staff, false},
		{"team", "Team", Working, false}, {"need", "Main need", Education, false}, {"setting", "School, college or other place", Education, false}, {"writer", "Who signed the plan", Staff, false},
		{"signed_on", "Signed", Happened, false}, {"signed_at", "Signed at", Staff, false}, {"grade", "Grade", Happened, false}, {"mean", "Mean mark, in hundredths", Happened, false}, {"weights_id", "Weights", Working, false},
		{"withdrawn_at", "Withdrawn", Staff, false}, {"withdrawn_by", "Withdrawn by", Staff, false}, {"withdrawn", "Why it was withdrawn", Words, false},
	}},
	{"quality_answers", "Answers of audits", "What an audit says of a plan, question by question.", forQuality, "audit_id question", true, []Field{
		{"audit_id", "Audit", Working, false}, {"question", "Question", Happened, false}, {"answer", "Answer", Happened, false}, {"words", "Words", Words, false}, {"line", "About", Happened, false},
		{"at", "Answered", Staff, false}, {"by_id", "By, number", Staff, false}, {"by_name", "By", Staff, false},
	}},
	{"quality_shares", "Who helped with audits", "Who of health or social care was asked to answer their questions.", forQuality, "audit_id agency", true, []Field{
		{"audit_id", "Audit", Working, false}, {"agency", "Agency", Happened, false}, {"person_id", "Who, number", Staff, false}, {"person", "Who", Staff, false}, {"at", "Asked", Staff, false}, {"by_name", "Asked by", Staff, false}, {"done_at", "Finished", Staff, false},
	}},
	{"quality_settlements", "Differences between audits", "How it was settled when two who looked at a plan differed.", forQuality, "audit_id question n", true, []Field{
		{"audit_id", "Audit", Working, false}, {"question", "Question", Happened, false}, {"n", "Number", Working, false}, {"answer", "Answer", Happened, false}, {"why", "Why", Words, false},
		{"at", "Settled", Staff, false}, {"by_id", "By, number", Staff, false}, {"by_name", "By", Staff, false},
	}},
	{"quality_actions", "What is done after audits", "What is to be done about what an audit found, by whom and by when.", forQuality, "id", true, []Field{
		{"id", "The record’s own name for it", Working, false}, {"audit_id", "Audit", Working, false}, child, {"question", "Question", Happened, false}, {"line", "About", Happened, false}, {"what", "What is to be done", Words, false},
		{"owner_id", "By whom, number", Staff, false}, {"owner", "By whom", Staff, false}, {"due_on", "By when", Happened, false}, {"at", "Written", Staff, false}, {"by_name", "By", Staff, false},
		{"done_on", "Done on", Happened, false}, {"done", "What was done", Words, false}, {"done_at", "Recorded", Staff, false}, {"done_by", "Recorded by", Staff, false},
	}},
	{"quality_copies", "Anonymous copies of plans", "Copies of a plan, without what says whom it is about, for the parent carer forum.", forQuality, "id", true, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"plan_id", "Version", Working, false}, {"n", "Number", Working, false}, {"body", "What it says", Words, false}, {"replaced", "What was replaced", Words, false}, {"more", "What else was to go", Words, false},
		{"at", "Made", Staff, false}, {"by_name", "By", Staff, false}, {"released_at", "Confirmed", Staff, false}, {"released_by", "By", Staff, false}, {"withdrawn_at", "Taken back", Staff, false}, {"withdrawn_by", "By", Staff, false},
	}},
	{"quality_views", "What the family says of the plan’s quality", "How good the family finds the plan.", forQuality, "id", true, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"plan_id", "Version", Working, false}, {"who", "Who said it", Identity, false}, {"said_on", "Said on", Happened, false}, {"answers", "Answers", Words, false}, {"words", "What they said", Words, false},
		{"at", "Recorded", Staff, false}, {"by_name", "Recorded by", Staff, false},
	}},
	{"withholdings", "What was held back", "Parts that are about other people, or that the law lets us hold back.", "To keep other people’s data from being given away.", "id", false, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"place", "Sort of thing", Working, false}, {"row_key", "Which", Working, false}, {"field", "Part", Working, false}, {"words", "Words held back", Words, true},
		{"ground", "Ground", Working, false}, {"why", "Why", Words, true}, {"at", "Marked", Staff, false}, {"by_id", "Marked by, number", Staff, false}, {"by_name", "Marked by", Staff, false},
		{"second_at", "Looked at again", Staff, false}, {"second_id", "By, number", Staff, false}, {"second_name", "By", Staff, false},
	}},
	{"retention_holds", "What keeps the record from being erased", "Why the record is kept for longer.", "To keep what is still needed.", "id", false, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"reason", "Why", Words, false}, {"at", "Since", Staff, false}, {"by_name", "By", Staff, false},
		{"lifted_at", "Lifted", Staff, false}, {"lifted_by", "Lifted by", Staff, false},
	}},
	{"settings", "The school, college or other place", "Where the child is educated.", forDuties, "id", false, []Field{
		{"id", "The record’s own name for it", Working, false}, {"urn", "Unique reference number", Education, false}, {"name", "Name", Education, false}, {"kind", "Sort", Education, false},
		{"phase", "Phase", Education, false}, {"district", "District", Education, false}, {"postcode", "Postcode", Education, false},
	}},
	{"teams", "The team", "The team that has the case.", forDuties, "id", false, []Field{{"id", "The record’s own name for it", Working, false}, {"name", "Name", Staff, false}}},
	{"loads", "Where information came from", "The statutory return from which the record began.", "To say where each fact came from.", "id", false, []Field{
		{"id", "The record’s own name for it", Working, false}, {"name", "File", Working, false}, {"digest", "SHA-256", Working, false}, {"year", "Year", Working, false}, {"authority", "Local authority", Working, false},
		{"people", "Children in it", Working, false}, {"events", "Events in it", Working, false}, {"loaded_at", "Loaded", Staff, false}, {"loaded_by", "By", Staff, false},
		{"undone_at", "Taken back", Staff, false}, {"undone_by", "Taken back by", Staff, false}, {"reason", "Why it was taken back", Words, false},
	}},
	{"load_children", "What a return added", "What a later return added to what was known.", "To be able to take a return back.", "load_id", true, []Field{
		{"load_id", "The return", Working, false}, child, {"first_seq", "From what happened, number", Working, false}, {"last_seq", "To number", Working, false}, {"before", "What was known before", Education, false},
	}},
	{"load_waiting", "Somebody in a return who may be the child", "A person of a return, of whom somebody is to say whether it is the child.", "To keep each child’s record once.", "load_id n", true, []Field{
		{"load_id", "The return", Working, false}, {"n", "Number", Working, false}, {"person", "It said", Identity, false}, {"candidates", "Who it may be", Working, false},
		{"because", "Why it may be", Words, false}, {"decision", "What was decided", Staff, false},
	}},
	{"return_acts", "Queries about a return", "What somebody explained of the child’s part of a return.", "To say why a query about the return is so.", "id", false, []Field{
		{"id", "The record’s own name for it", Working, false}, {"year", "Year", Working, false}, {"act", "What", Staff, false}, {"subject", "About", Words, false}, {"of", "Takes back", Working, false}, child,
		{"note", "It was explained", Words, false}, {"at", "When", Staff, false}, {"by_id", "By, number", Staff, false}, {"by_name", "By", Staff, false},
	}},
	{"links", "Links sent to people without an account", "Who was sent a link to give advice, once, and who used it.", "To have advice from people who do not use the service otherwise.", "id", false, []Field{
		{"id", "The record’s own name for it", Working, false}, {"digest", "The link’s SHA-256", Working, false}, child, {"event_seq", "What was asked, number", Working, false}, {"body", "Who was asked", Staff, false}, {"email", "Sent to", Contact, false},
		{"made_at", "Sent", Staff, false}, {"made_by", "By", Staff, false}, {"until_on", "Works until", Working, false}, {"used_at", "Used", Staff, false}, {"used_by", "Used by", Staff, false},
		{"revoked_at", "Revoked", Staff, false}, {"revoked_by", "Revoked by", Staff, false},
	}},
	{"ties", "Family and supporters who use the service", "Who may sign in as the child’s family or to support it, and what they may be told.", "So that each sees what is theirs and nothing that is not.", "id", false, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"person_id", "Who", Identity, false}, {"kind", "As what", Identity, false}, {"limits", "What they may not be told", Identity, false},
		{"say", "What they still say for a young person", Identity, false}, {"basis", "On what it rests", Words, true}, {"from_on", "From", Happened, false}, {"until_on", "Until", Happened, false}, {"made_at", "Entered", Staff, false}, {"made_by", "By", Staff, false},
		{"ended_at", "Taken back", Staff, false}, {"ended_by", "Taken back by", Staff, false},
	}},
	{"involvements", "Organisations that have to do with the child", "Which settings are consulted, and which services were asked for advice or provide.", "So that each sees what was asked of it.", "id", true, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"org_id", "Organisation", Identity, false}, {"kind", "As what", Happened, false}, {"why", "Why", Words, false},
		{"from_on", "From", Happened, false}, {"until_on", "Until", Happened, false}, {"made_at", "Entered", Staff, false}, {"made_by", "By", Staff, false}, {"ended_at", "Taken back", Staff, false}, {"ended_by", "Taken back by", Staff, false},
	}},
	{"allocations", "Who looks after the child at an organisation", "Whom an organisation chose to look after its part of the work.", "So that somebody there answers for it.", "org_id", false, []Field{
		{"org_id", "Organisation", Working, false}, child, {"person_id", "Who", Staff, false},
	}},
	{"seals", "Restrictions of the case", "That only people named for it may see the case, and why.", "To protect children whose case others must not come upon.", "id", false, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"why", "Why", Words, true}, {"made_at", "Entered", Staff, false}, {"made_by", "By", Staff, false}, {"lifted_at", "Lifted", Staff, false}, {"lifted_by", "Lifted by", Staff, false},
	}},
	{"standings", "People named for the case, or kept out of it", "Who may see a restricted case, and who has an interest and may not.", "To protect the child, and whoever would have to choose between duty and family.", "id", false, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"person_id", "Who", Staff, false}, {"kind", "Named, or kept out", Staff, false}, {"why", "Why", Words, true}, {"made_at", "Entered", Staff, false}, {"made_by", "By", Staff, false},
		{"ended_at", "Taken back", Staff, false}, {"ended_by", "Taken back by", Staff, false},
	}},
	{"delivery_reports", "Whether the plan’s provision is given", "What family, setting and staff said of each line of provision.", "To see that what the plan promises is given.", "id", true, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"n", "Number", Working, false}, {"line", "Line of the plan", Happened, false}, {"outcome", "Given or not", Happened, false}, {"family", "The family said so", Happened, false}, {"from_on", "From", Happened, false}, {"until_on", "Until", Happened, false},
		{"words", "In words", Words, true}, {"at", "When", Staff, false}, {"by_id", "By, number", Staff, false}, {"by_name", "By", Staff, false},
	}},
	{"delivery_steps", "What was done about provision that is not given", "When it was found, what was done, and how it was put right.", "To put right what the plan promises and is not given.", "id", true, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"n", "Number", Working, false}, {"line", "Line of the plan", Happened, false}, {"step", "What", Happened, false}, {"step_on", "On", Happened, false}, {"owner_id", "Who is to put it right", Staff, false},
		{"words", "In words", Words, true}, {"at", "When", Staff, false}, {"by_id", "By, number", Staff, false}, {"by_name", "By", Staff, false},
	}},
	{"correspondence", "What was asked of the council", "Each thing that family, setting or others asked about the child, who asked, and by when an answer is owed.", "So that nobody is left without an answer.", "id", true, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"n", "Number", Working, false}, {"topic", "About", Happened, false}, {"sender", "Sort of person who asked", Happened, false}, {"person_id", "Who asked, number", Identity, false}, {"org_id", "For which organisation", Identity, false}, {"person", "Who asked", Identity, false},
		{"owner_id", "Given to", Staff, false}, {"waits_since", "Waits since", Working, false}, {"reply_by", "An answer is owed by", Working, false}, {"again", "Asked again while waiting", Working, false},
	}},
	{"correspondence_steps", "What was said and answered", "What was asked and answered, in words, and what was done to answer it.", "So that nobody is left without an answer.", "id", true, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"item_id", "Belongs to", Working, false}, {"n", "Number", Working, false}, {"step", "What", Happened, false}, {"step_on", "On", Happened, false}, {"channel", "How", Happened, false}, {"owner_id", "Given to", Staff, false},
		{"words", "In words", Words, true}, {"at", "When", Staff, false}, {"by_id", "By, number", Staff, false}, {"by_name", "By", Staff, false},
	}},
	{"consents", "Consent", "To what somebody consented for the child, and what they withdrew.", "So that nothing is given away that rests on consent without it.", "id", false, []Field{
		{"id", "The record’s own name for it", Working, false}, child, {"sharing", "To what", Happened, false}, {"given", "Given, or withdrawn", Happened, false}, {"who", "By whom", Identity, false}, {"given_on", "On", Happened, false},
		{"how", "How it is known", Words, true}, {"made_at", "Recorded", Staff, false}, {"made_by", "By", Staff, false},
	}},
	{"audit", "Who has seen and done what", "Everybody who opened the case or changed something in it.", forAudit, "id", false, []Field{
		{"id", "The record’s own name for it", Working, false}, {"at", "When", Staff, false}, {"by_id", "By, number", Staff, false}, {"by_name", "By", Staff, false},
		{"act", "What", Staff, false}, {"subject", "About", Working, false}, {"detail", "More", Staff, false},
		{"role", "As what", Staff, false}, {"org", "For which organisation", Staff, false}, {"place", "From where", Staff, false}, {"line", "Its line, so that tampering is found", Working, false}, {"n", "Its number there", Working, false},
		{"link", "Its digest, and that of the one before", Working, false}, {"salt", "Salt of the digest", Working, false}, {"digest", "Digest of words that were erased", Working, false},
	}},
}

// NotAbout is the tables that are about no child, each with the reason. A test
// holds it to the record.
var NotAbout = map[string]string{
	"settlements":     "what a manager said of access that looked unusual",
	"organisations":   "schools, services and boards whose people use Weald",
	"memberships":     "who belongs to them, for how long",
	"people":          "who works in the local area: whoever has the child’s case is named with the child",
	"closures":        "days on which a school is shut",
	"changes":         "when lists were last changed",
	"views":           "lists that somebody keeps under a name, which refer to nobody",
	"sessions":        "who is signed in, gone when they sign out",
	"accounts":        "who may sign in, which is about people who use Weald",
	"means":           "how people who use Weald show who they are",
	"signins":         "where people who use Weald are signed in",
	"codes":           "codes by which people who use Weald sign in, gone within an hour or so",
	"code_asks":       "browsers that asked for such a code",
	"worked_out":      "when everything was last worked out",
	"held_returns":    "returns that were sent and not yet loaded, gone within a day: no child is of the record by them",
	"erasures":        "that records were erased, which says nothing of whom",
	"sealing":         "which keys fields are encrypted with, and no key",
	"quality_weights": "how the area weighs the answers of audits",
	"quality_samples": "how samples of plans to be audited were drawn",
	"measure_figures": "figures of the whole area that other systems counted",
	"measure_limits":  "from when limits of such figures are counted anew, and why",
}
