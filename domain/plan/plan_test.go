package plan_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/plan"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func example(t testing.TB) *plan.Plan {
	t.Helper()
	p, err := plan.Read(plan.ExampleJSON, plan.Templates)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func said(all []plan.Finding) (lines []string) {
	for _, f := range all {
		lines = append(lines, f.Question.ID+" at "+f.Where()+": "+f.What)
	}
	return lines
}

// found reports whether a question finds something in a section.
func found(p *plan.Plan, question, section string) bool {
	return slices.ContainsFunc(plan.Check(p, plan.DefaultMeasure), func(f plan.Finding) bool {
		return f.Question.ID == question && (section == "" || f.Section == section)
	})
}

// A plan in which nothing is wrong is told so.
func TestExampleIsSound(t *testing.T) {
	if all := plan.Check(example(t), plan.DefaultMeasure); len(all) > 0 {
		t.Errorf("found in the example:\n%s", strings.Join(said(all), "\n"))
	}
}

// A plan comes back from JSON as it was written.
func TestJSONComesBack(t *testing.T) {
	p := example(t)
	again, err := plan.Read(p.JSON(), plan.Templates)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, again, cmpopts.IgnoreUnexported(plan.Template{}), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if !bytes.Equal(p.JSON(), again.JSON()) {
		t.Error("written twice, a plan differs")
	}
	parts := plan.New(p.Template)
	parts.Stage, parts.On, parts.Child, parts.Signed.On = p.Stage, p.On, p.Child, p.Signed.On
	for _, name := range p.Parts() {
		if err := parts.SetPart(name, p.Part(name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if diff := cmp.Diff(p, parts, cmpopts.IgnoreUnexported(plan.Template{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("put together from its parts: %s", diff)
	}
}

// Whatever is wrong with a plan's JSON is named with its section, line and field,
// all at once.
func TestProblemsAreNamed(t *testing.T) {
	whole := string(plan.ExampleJSON)
	for _, v := range []struct{ old, new, want string }{
		{`"often": "Each week of term"`, `"oftn": "Each week of term"`, `section F, line f-1, says, oftn: is not known here: expected`},
		{`"kind": "placement", `, `"kind": "provision", `, `section I, line i-1, kind: "provision" is not one of [placement placement-type]`},
		{`"agreed": "2026-11-10"`, `"agreed": "10 November"`, `section G, line g-1, says, agreed: `},
		{`"id": "f-2"`, `"id": "f-1"`, `section F, line f-1: has the id of section F, line f-1`},
		{`"letter": "K", `, `"letter": "L", `, `section L, letter: "L" is no section of template england-2014/1`},
		{`"letter": "H2"`, `"letter": "H1"`, `section H1: is there twice`},
		{`"stage": "final"`, `"stage": "finished"`, `stage: "finished" is not one of [draft amendment final]`},
		{`"born": "2017-03-04"`, `"born": "2017-03-04", "born": "2018-03-04"`, `child, born: is there twice`},
		{`"on": "2026-11-23",`, `"on": 20261123,`, `on: expected text, found 20261123`},
		{`"type": "d"`, `"type": "z"`, `advice 4, type: "z" is not one of`},
		{`"weald plan 1"`, `"weald plan 9"`, `format: expected "weald plan 1", found "weald plan 9"`},
		{`"template": "england-2014/1"`, `"template": "mars"`, `template: "mars" is not known: expected england-2014/1`},
		{`"stage": "final",`, `"stage": "final"`, `this is not JSON: line 5`},
		{`"lines": []}`, `"lines": {}}`, `section D, lines: expected [ … ], found {}`},
	} {
		broken := strings.Replace(whole, v.old, v.new, 1)
		if broken == whole {
			t.Fatalf("%s is not in the example", v.old)
		}
		if _, err := plan.Read([]byte(broken), plan.Templates); err == nil || !strings.Contains(err.Error(), v.want) {
			t.Errorf("%s: %v, want %q", v.new, err, v.want)
		}
	}
	two := strings.NewReplacer(`"often": "Each week of term"`, `"oftn": ""`, `"type": "d"`, `"type": "z"`).Replace(whole)
	if _, err := plan.Read([]byte(two), plan.Templates); err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("two things are wrong, and this is said: %v", err)
	}
}

// A new national template is read, written in and checked without new code, and
// is used for plans begun from its first day.
func TestNewTemplateNeedsNoCode(t *testing.T) {
	text := strings.NewReplacer(
		`"id": "england-2014", "version": 1`, `"id": "national-2029", "version": 2`, `"from": "2014-09-01"`, `"from": "2029-09-01"`,
		`"letter": "F"`, `"letter": "5"`, `"letter": "B"`, `"letter": "2"`,
	).Replace(read(t, "templates/england-2014.json"))
	next, err := plan.ReadTemplate([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	all := append([]*plan.Template{next}, plan.Templates...)
	for on, want := range map[calendar.Date]string{calendar.On(2029, 8, 31): "england-2014/1", calendar.On(2029, 9, 1): "national-2029/2"} {
		if got := plan.TemplateAt(all, on); got == nil || got.String() != want {
			t.Errorf("on %s: %v, want %s", on, got, want)
		}
	}
	moved := strings.NewReplacer(`"england-2014/1"`, `"national-2029/2"`, `"letter": "F"`, `"letter": "5"`, `"letter": "B"`, `"letter": "2"`).Replace(string(plan.ExampleJSON))
	p, err := plan.Read([]byte(moved), all)
	if err != nil {
		t.Fatal(err)
	}
	if all := plan.Check(p, plan.DefaultMeasure); len(all) > 0 {
		t.Errorf("found in the example:\n%s", strings.Join(said(all), "\n"))
	}
	p.Section("5").Lines[0].Text, p.Section("5").Lines[0].Says = "Access to therapy as required.", nil
	if !found(p, "provision-unquantified", "5") {
		t.Error("provision is not checked under its new letter")
	}
	if _, err := plan.ReadTemplate([]byte(strings.Replace(text, `"kinds": ["outcome", "step"]`, `"kinds": ["wish"]`, 1))); err == nil {
		t.Error("a template whose section has lines of no kind is taken")
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Each thing done to the sound example is found, where it was done.
func TestWhatIsAskedOfAWholePlan(t *testing.T) {
	drop := func(letter string) func(*plan.Plan) {
		return func(p *plan.Plan) { *p.Section(letter) = plan.Section{Letter: letter} }
	}
	line := func(id string, f func(*plan.Line)) func(*plan.Plan) { return func(p *plan.Plan) { f(p.Line(id)) } }
	for _, v := range []struct {
		question, section string
		do                func(*plan.Plan)
	}{
		{"sections-present", "H2", func(p *plan.Plan) {
			p.Sections = slices.DeleteFunc(p.Sections, func(s plan.Section) bool { return s.Letter == "H2" })
		}},
		{"sections-filled", "A", drop("A")},
		{"sections-filled", "F", drop("F")},
		{"draft-names-no-setting", "I", func(p *plan.Plan) { p.Stage = plan.Draft }},
		{"final-names-setting", "I", drop("I")},
		{"need-without-provision", "B", drop("F")},
		{"need-without-provision", "B", line("f-3", func(l *plan.Line) { l.For = nil })},
		{"provision-without-need", "F", line("f-3", func(l *plan.Line) { l.For = []string{"e-3"} })},
		{"provision-unquantified", "F", line("f-1", func(l *plan.Line) { l.Text, l.Says = "Speech and language therapy.", nil })},
		{"care-unquantified", "G", line("g-1", func(l *plan.Line) { l.Text, l.Says = "Hearing tests.", nil })},
		{"advice-complete", "K", func(p *plan.Plan) { p.Advice = p.Advice[:4] }},
		{"advice-complete", "K", func(p *plan.Plan) { p.Owed = []plan.Owed{{Type: "d"}, {Type: "d", Body: "Another"}} }},
		{"another-name", "F", line("f-3", func(l *plan.Line) { l.Text = "Oliver will have " + l.Text })},
		{"health-need-unmet", "C", drop("G")},
		{"care-need-unmet", "D", func(p *plan.Plan) {
			*p.Section("D") = plan.Section{Letter: "D", Lines: []plan.Line{{ID: "d-1", Kind: plan.Need, Text: "Maya is not safe near roads."}}}
			p.Section("H1").None, p.Section("H2").None = "", ""
		}},
		{"none-not-said", "D", drop("D")},
		{"not-signed", "", func(p *plan.Plan) { p.Signed = plan.Signature{} }},
		{"views-unsourced", "A", line("a-1", func(l *plan.Line) { l.Said = plan.Said{} })},
		{"aspirations-missing", "A", func(p *plan.Plan) { s := p.Section("A"); s.Lines = s.Lines[:3] }},
		{"aspirations-missing", "A", func(p *plan.Plan) { s := p.Section("A"); s.Lines = s.Lines[:4] }},
		{"communication-missing", "A", func(p *plan.Plan) { s := p.Section("A"); s.Lines = slices.Delete(s.Lines, 2, 3) }},
		{"strengths-missing", "B", func(p *plan.Plan) { s := p.Section("B"); s.Lines = s.Lines[1:] }},
		{"statement-undecided", "K", func(p *plan.Plan) { p.Advice[1].Statements[0].Fate = "" }},
		{"statement-undecided", "K", func(p *plan.Plan) { p.Advice[3].Statements[5].Why = "" }},
		{"provision-in-need", "B", line("b-3", func(l *plan.Line) { l.Text = "Maya should receive daily therapy." })},
		{"no-source", "B", line("b-3", func(l *plan.Line) { l.From = plan.Source{} })},
		{"outcome-without-steps", "E", func(p *plan.Plan) { s := p.Section("E"); s.Lines = s.Lines[:3] }},
		{"outcome-unlinked", "E", line("e-1", func(l *plan.Line) { l.For = []string{"b-3"} })},
		{"adulthood-missing", "F", func(p *plan.Plan) { p.Child.Born = calendar.On(2011, 1, 2) }},
		{"health-not-agreed", "G", line("g-1", func(l *plan.Line) { delete(l.Says, "agreed") })},
		{"basis-missing", "H1", func(p *plan.Plan) {
			p.Section("H1").Lines = []plan.Line{{ID: "h1-1", Kind: plan.Provision, Text: "Two hours of short breaks each week.", For: []string{"b-3"}}}
		}},
		{"budget-unexplained", "F", line("f-1", func(l *plan.Line) { l.Says["direct-payment"] = "yes" })},
		{"link-broken", "F", line("f-1", func(l *plan.Line) { l.For = append(l.For, "b-9") })},
		{"link-broken", "F", line("f-1", func(l *plan.Line) { l.From.Advice = "k-9" })},
		{"wrong-pronoun", "E", line("e-1", func(l *plan.Line) { l.Text = "By July 2028 he will count to 20." })},
		{"advice-stale", "K", func(p *plan.Plan) { p.Advice[2].On = calendar.On(2025, 11, 22) }},
		{"unfinished", "B", line("b-3", func(l *plan.Line) { l.Text = " " })},
	} {
		p := example(t)
		v.do(p)
		if !found(p, v.question, v.section) {
			t.Errorf("%s is not found in section %s; found:\n%s", v.question, v.section, strings.Join(said(plan.Check(p, plan.DefaultMeasure)), "\n"))
		}
	}
}

// Provision that says why it has no quantity passes; so does a name that the plan
// rightly has, and advice of exactly a year.
func TestWhatAPersonHasAnswered(t *testing.T) {
	p := example(t)
	p.Line("f-1").Text, p.Line("f-1").Says = "Rest whenever a seizure is near.", map[string]string{"flexible": "Seizures cannot be foreseen: epilepsy nurse, 3 November 2026"}
	p.Line("f-2").Text = "In every lesson Maya sits beside Aisha."
	p.People = []string{"Aisha"}
	p.Advice[2].On = calendar.On(2025, 11, 23)
	if all := plan.Check(p, plan.DefaultMeasure); len(all) > 0 {
		t.Error(strings.Join(said(all), "\n"))
	}
}

// The golden thread runs from what Maya hopes for to the steps.
func TestThreads(t *testing.T) {
	all := example(t).Threads()
	var got []string
	ids := func(lines []*plan.Line) (s string) {
		for _, l := range lines {
			s += " " + l.ID
		}
		return s
	}
	for _, h := range all {
		got = append(got, fmt.Sprintf("%s %s:%s,%s,%s,%s", h.Section, h.Need.ID, ids(h.Aspirations), ids(h.Provision), ids(h.Outcomes), ids(h.Steps)))
	}
	want := []string{"B b-3: a-4, f-1 f-2, e-1, e-2", "B b-4: a-5, f-3, e-3, e-4", "C c-1:, g-1,,"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A new line never takes the name of another.
func TestNewLine(t *testing.T) {
	p := example(t)
	if got := p.NewLine("F"); got != "f-4" {
		t.Errorf("got %s", got)
	}
	if got := p.NewLine("H1"); got != "h1-1" {
		t.Errorf("got %s", got)
	}
}

// Every finding points at words that are there, in any text; nothing makes the
// checks fail.
func TestFindingsPointAtTheWords(t *testing.T) {
	words := []string{"Maya", "Oliver", "’s", "will", "have", "access", "to", "as required", "30", "minutes", "a week", ". ", "He", "[name]", "TBC", "–", "speech and language therapy", "É", "ß", "e.g.", "1:1", "\n", "Dr", "Smith", "“", "”", "improve", "should receive", "up to", "5"}
	rapid.Check(t, func(t *rapid.T) {
		p, err := plan.Read(plan.ExampleJSON, plan.Templates)
		if err != nil {
			t.Fatal(err)
		}
		for i := range p.Sections {
			for j := range p.Sections[i].Lines {
				p.Sections[i].Lines[j].Text = strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(words), rapid.String()), 0, 12).Draw(t, "words"), " ")
			}
		}
		for _, f := range plan.Check(p, plan.DefaultMeasure) {
			if f.What == "" || f.Question == nil {
				t.Fatalf("%+v says nothing", f)
			}
			if f.From == f.To {
				continue
			}
			if l := p.Line(f.Line); l == nil || l.Text[f.From:f.To] != f.Words || f.Words == "" {
				t.Fatalf("%s points at %d to %d, %q", f.Question.ID, f.From, f.To, f.Words)
			}
		}
	})
}

// Every question says what it asks, on what it stands, and how surely that was
// read; guidance never counts as law.
func TestQuestionsSayWhatTheyStandOn(t *testing.T) {
	seen := map[string]bool{}
	for _, q := range plan.Questions {
		if q.Duty == "" || q.Confidence == "" || seen[q.ID] {
			t.Errorf("%s: %+v", q.ID, q.Rule)
		}
		seen[q.ID] = true
		if !q.Force.Binding() && !strings.Contains(q.Standing(), "not law") {
			t.Errorf("%s stands on %q", q.ID, q.Standing())
		}
	}
}

// The published schema has the fields that are read, and no others.
func TestSchemaHasTheFields(t *testing.T) {
	schema := read(t, "../../docs/plan.schema.json")
	for _, f := range []string{"format", "template", "stage", "on", "people", "child", "forename", "surname", "known_as", "born", "pronouns", "signed", "name", "role", "sections", "letter", "none", "lines", "id", "kind", "text", "for", "says", "from", "said", "advice", "statement", "page", "by", "how", "type", "title", "statements", "fate", "why", "owed", "body", "late"} {
		if !strings.Contains(schema, `"`+f+`": {`) {
			t.Errorf("docs/plan.schema.json lacks %s", f)
		}
	}
}

// The reading age grows with the words.
func TestReadingAge(t *testing.T) {
	easy, hard := plan.ReadingAge("I like my dog. He runs fast. We play in the park."), plan.ReadingAge("Notwithstanding considerable environmental unpredictability, communication opportunities necessitate individualised intervention.")
	if easy > 8 || hard < 18 {
		t.Errorf("easy %d, hard %d", easy, hard)
	}
}

// A child’s school year follows from the birth date: year 1 from the September
// after they are five.
func TestSchoolYear(t *testing.T) {
	for _, v := range []struct {
		born, on calendar.Date
		want     int
	}{
		{calendar.On(2017, 3, 4), calendar.On(2026, 11, 23), 5},
		{calendar.On(2012, 8, 31), calendar.On(2026, 9, 1), 10},
		{calendar.On(2012, 9, 1), calendar.On(2026, 9, 1), 9},
		{calendar.On(2012, 9, 1), calendar.On(2026, 8, 31), 8},
		{calendar.On(2022, 1, 1), calendar.On(2026, 9, 2), 0},
	} {
		if got := plan.SchoolYear(v.born, v.on); got != v.want {
			t.Errorf("born %s, on %s: year %d, want %d", v.born, v.on, got, v.want)
		}
	}
}

// No text makes the reader fail but with problems that say where.
func FuzzRead(f *testing.F) {
	f.Add(plan.ExampleJSON)
	f.Add([]byte(`{"format":"weald plan 1","template":"england-2014/1","sections":[{"letter":"F","lines":[{"id":"f","kind":"provision","text":"x"}]}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := plan.Read(text, plan.Templates)
		if err != nil {
			return
		}
		plan.Check(p, plan.DefaultMeasure)
		p.Threads()
		if _, err := plan.Read(p.JSON(), plan.Templates); err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
	})
}
