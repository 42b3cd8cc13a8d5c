// Package quality is the quality assurance of EHC plans: the questions that a
// person answers of a plan, the grade that follows, which plans are looked at and
// by whom, how far two who look agree, and what the answers say together. It
// knows nothing of pages or of the record, and it never answers a question: what
// a program finds stands beside, and a person answers.
//
// All of it is the local area's own way of working and no rule of law: the
// questions ask whether the law and the Code were followed, the weights and grades
// are the area's choice.
//
// Start reading at [Questions] and [Judge].
package quality

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"weald/domain/plan"
	"weald/law"
)

// Set names the set of questions. An audit says by which it was made; a set that
// asks other questions has another name.
const Set = "weald-2026"

//go:embed questions.txt
var questionsText string

// A Part is a group of questions, weighed together.
type Part string

// Parts.
const (
	Compliance Part = "compliance"
	Voice      Part = "voice"
	Needs      Part = "needs"
	Outcomes   Part = "outcomes"
	Provision  Part = "provision"
	Thread     Part = "thread"
	Language   Part = "language"
	Process    Part = "process"
)

// Parts is every part in order, with what it is called and of which sections it
// asks.
var Parts = []struct {
	Part     Part
	Words    string
	Sections string // the letters of the plan
}{
	{Compliance, "Compliance", "A to K"},
	{Voice, "Voice", "A"},
	{Needs, "Needs", "B, C and D"},
	{Outcomes, "Outcomes", "E"},
	{Provision, "Provision", "F, G, H1, H2 and J"},
	{Thread, "Golden thread", "A, B, E and F"},
	{Language, "Language", "A to K"},
	{Process, "Process", "the case"},
}

// Words returns what a part is called.
func (p Part) Words() string {
	for _, row := range Parts {
		if row.Part == p {
			return row.Words
		}
	}
	return string(p)
}

// An Agency is who can best answer a question.
type Agency string

// Agencies. Education is the auditor of the local authority.
const (
	Education Agency = "education"
	Health    Agency = "health"
	Care      Agency = "care"
)

// Agencies is every agency with its words.
var Agencies = []struct {
	Agency Agency
	Words  string
}{
	{Education, "Education"}, {Health, "Health"}, {Care, "Social care"},
}

// Words returns what an agency is called.
func (a Agency) Words() string {
	for _, row := range Agencies {
		if row.Agency == a {
			return row.Words
		}
	}
	return string(a)
}

// A Gate is what a question does to the grade when it is not met.
type Gate string

// Gates.
const (
	NoGate    Gate = "-"
	Statutory Gate = "S" // the law asks it: two that fail make the plan inadequate
	Other     Gate = "G" // it caps the grade
)

// A Question is one thing that is asked of a plan.
type Question struct {
	Number     int
	Part       Part
	Gate       Gate
	Agency     Agency
	Source     law.Citation // zero: good practice
	Law        bool         // the source is law and not guidance
	Confidence law.Confidence
	Words      string
	Looks      string // what a sound answer looks like
}

// Standing says what a question stands on.
func (q *Question) Standing() string {
	switch {
	case q.Source.IsZero():
		return "Good practice, not law"
	case q.Law:
		return q.Source.String()
	}
	return q.Source.String() + ": statutory guidance, not law"
}

// Checks returns the questions of a program that look at the same thing.
func (q *Question) Checks() (all []*plan.Question) {
	for _, c := range plan.Questions {
		if c.Audit == q.Number {
			all = append(all, c)
		}
	}
	return all
}

// Questions is the whole set, in order: number n stands at n-1.
var Questions = readQuestions(questionsText)

// Numbered returns a question by its number, or nil.
func Numbered(n int) *Question {
	if n < 1 || n > len(Questions) {
		return nil
	}
	return &Questions[n-1]
}

func readQuestions(text string) (all []Question) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "|")
		n, err := strconv.Atoi(f[0])
		if err != nil || n != len(all)+1 || len(f) != 8 {
			panic(fmt.Sprintf("quality: line %q of the questions is wrong", line)) // it is part of the program
		}
		q := Question{Number: n, Part: Part(f[1]), Gate: Gate(f[2]), Agency: Agency(f[3]), Confidence: law.Confidence(f[5]), Words: f[6], Looks: f[7]}
		work, at, _ := strings.Cut(f[4], " ")
		switch work {
		case "act":
			q.Source, q.Law = law.ChildrenAndFamiliesAct.At(at), true
		case "regs":
			q.Source, q.Law = law.SENDRegulations.At(at), true
		case "code":
			q.Source = law.CodeOfPractice.At(at)
		}
		all = append(all, q)
	}
	return all
}

// An Answer is how a person answered a question. The texts are stored.
type Answer string

// Answers. The zero value is none yet.
const (
	Unanswered Answer = ""
	Strong     Answer = "strong"
	Sound      Answer = "sound"
	Weak       Answer = "weak"
	Absent     Answer = "absent"
	NotAsked   Answer = "na"
)

// Answers is every answer, from the best, with its words and mark.
var Answers = []struct {
	Answer Answer
	Words  string
	Mark   int
}{
	{Strong, "Yes, a strength", 3},
	{Sound, "Yes", 2},
	{Weak, "In part", 1},
	{Absent, "No", 0},
	{NotAsked, "Does not apply", -1},
}

// Words returns what an answer is called.
func (a Answer) Words() string {
	for _, row := range Answers {
		if row.Answer == a {
			return row.Words
		}
	}
	return "Not answered yet"
}

// Mark returns the mark of an answer from 0 to 3; ok is false of one that has
// none.
func (a Answer) Mark() (mark int, ok bool) {
	for _, row := range Answers {
		if row.Answer == a && row.Mark >= 0 {
			return row.Mark, true
		}
	}
	return 0, false
}

// Known reports whether an answer is one of [Answers].
func (a Answer) Known() bool {
	for _, row := range Answers {
		if row.Answer == a {
			return true
		}
	}
	return false
}

// Short reports whether an answer says that something is missing, and so must
// say what and where.
func (a Answer) Short() bool { return a == Weak || a == Absent }

// A Sheet is the answers of one audit by the number of the question.
type Sheet map[int]Answer

// With returns the sheet with other answers to some questions, as moderation
// settled them.
func (s Sheet) With(settled Sheet) Sheet {
	all := Sheet{}
	for n, a := range s {
		all[n] = a
	}
	for n, a := range settled {
		all[n] = a
	}
	return all
}
