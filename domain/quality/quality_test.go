package quality

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"weald/domain/plan"
	"weald/law"

	"pgregory.net/rapid"
)

// The set is the specification's: 59 questions, of which seven are gates of the
// law and one another gate.
func TestTheSet(t *testing.T) {
	if len(Questions) != 59 {
		t.Fatalf("%d questions", len(Questions))
	}
	var statutory, other []int
	for i := range Questions {
		q := &Questions[i]
		if !slices.ContainsFunc(Parts, func(p struct {
			Part     Part
			Words    string
			Sections string
		}) bool {
			return p.Part == q.Part
		}) || q.Agency.Words() == string(q.Agency) || !strings.HasSuffix(q.Words, "?") || q.Looks == "" {
			t.Errorf("question %d is not whole: %+v", q.Number, q)
		}
		if !slices.Contains([]law.Confidence{law.Verified, law.Secondary, law.Known, law.Judged}, q.Confidence) {
			t.Errorf("question %d has no tag", q.Number)
		}
		if q.Source.IsZero() && q.Confidence != law.Judged {
			t.Errorf("question %d says how surely it read no source", q.Number)
		}
		switch q.Gate {
		case Statutory:
			statutory = append(statutory, q.Number)
		case Other:
			other = append(other, q.Number)
		}
	}
	if want := []int{1, 2, 3, 6, 7, 8, 9}; !slices.Equal(statutory, want) || !slices.Equal(other, []int{53}) {
		t.Errorf("gates %v and %v", statutory, other)
	}
	for _, c := range plan.Questions {
		if c.Audit != 0 && Numbered(c.Audit) == nil {
			t.Errorf("%s belongs to question %d, which is not there", c.ID, c.Audit)
		}
	}
}

func all(a Answer) Sheet {
	s := Sheet{}
	for i := range Questions {
		s[Questions[i].Number] = a
	}
	return s
}

func TestGrades(t *testing.T) {
	with := func(s Sheet, change Sheet) Sheet { return s.With(change) }
	for _, c := range []struct {
		name  string
		sheet Sheet
		want  Grade
	}{
		{"nothing answered", Sheet{}, NoGrade},
		{"nothing applies", all(NotAsked), NoGrade},
		{"all strong", all(Strong), Outstanding},
		{"all sound", all(Sound), Good},
		{"all in part", all(Weak), Inadequate}, // gates are not met
		{"strong, one gate in part", with(all(Strong), Sheet{3: Weak}), Improve},
		{"strong, two gates", with(all(Strong), Sheet{3: Weak, 7: Absent}), Inadequate},
		{"strong, not quantified at all", with(all(Strong), Sheet{6: Absent}), Inadequate},
		{"strong, quantified in part", with(all(Strong), Sheet{6: Weak}), Improve},
		{"strong, words of another child", with(all(Strong), Sheet{53: Absent}), Improve},
		{"strong, those and one of the law", with(all(Strong), Sheet{53: Absent, 9: Weak}), Improve},
		{"a gate that does not apply", with(all(Strong), Sheet{9: NotAsked}), Outstanding},
	} {
		j := Judge(c.sheet, DefaultWeights())
		if j.Grade != c.want {
			t.Errorf("%s: %s, want %s (%v)", c.name, j.Grade, c.want, j.Reasons)
		}
		if c.want != NoGrade && len(j.Reasons) == 0 {
			t.Errorf("%s: the grade does not explain itself", c.name)
		}
	}
	// 2.50 of 3 is outstanding and 1.80 good, and nothing below is.
	half := Sheet{}
	for n := 10; n < 20; n++ {
		half[n] = Strong
		if n%2 == 0 {
			half[n] = Sound
		}
	}
	if j := Judge(half, DefaultWeights()); j.Whole.Mean() != 250 || j.Grade != Outstanding {
		t.Errorf("%d is %s", j.Whole.Mean(), j.Grade)
	}
	if j := Judge(half.With(Sheet{11: Sound}), DefaultWeights()); j.Grade != Good {
		t.Errorf("%d is %s", j.Whole.Mean(), j.Grade)
	}
}

// A part that weighs more moves the mean more, and one that weighs nothing not at
// all.
func TestWeights(t *testing.T) {
	w := DefaultWeights()
	s := all(Sound).With(Sheet{49: Absent, 50: Absent, 51: Absent, 52: Absent, 54: Absent})
	even := Judge(s, w).Whole.Mean()
	w.Parts[Language] = 5
	heavy := Judge(s, w).Whole.Mean()
	w.Parts[Language] = 0
	none := Judge(s, w).Whole.Mean()
	if !(heavy < even && even < none && none == 200) {
		t.Errorf("%d, %d, %d", heavy, even, none)
	}
	if len(w.Wrong()) != 0 {
		t.Error(w.Wrong())
	}
	w.Good, w.Parts[Voice] = 260, 6
	if wrong := w.Wrong(); wrong["outstanding"] == "" || wrong[string(Voice)] == "" {
		t.Error(wrong)
	}
}

var marked = []Answer{Strong, Sound, Weak, Absent}

func anySheet(t *rapid.T, name string) Sheet {
	s := Sheet{}
	for i := range Questions {
		s[i+1] = rapid.SampledFrom([]Answer{Strong, Sound, Weak, Absent, NotAsked, Unanswered}).Draw(t, fmt.Sprint(name, i+1))
	}
	return s
}

// Whatever the answers and weights, one that says less never makes the grade
// better.
func TestTheGradeNeverRisesWhenAnAnswerWorsens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := DefaultWeights()
		for _, p := range Parts {
			w.Parts[p.Part] = rapid.IntRange(0, MostWeight).Draw(t, string(p.Part))
		}
		s := anySheet(t, "answer ")
		n := rapid.IntRange(1, len(Questions)).Draw(t, "which")
		from := rapid.IntRange(0, 2).Draw(t, "from")
		to := rapid.IntRange(from+1, 3).Draw(t, "to")
		s[n] = marked[from]
		was := Judge(s, w)
		s[n] = marked[to]
		is := Judge(s, w)
		if is.Grade.Rank() < was.Grade.Rank() || is.Whole.Mean() > was.Whole.Mean() {
			t.Fatalf("question %d from %s to %s: %s became %s", n, marked[from], marked[to], was.Grade, is.Grade)
		}
	})
}

func TestAgreement(t *testing.T) {
	// Cohen's measure worked by hand: of 50, 20 alike yes, 15 alike no, 5 and 10
	// not: po 0.7, pe 0.5 (25/50·30/50 + 25/50·20/50), kappa 0.4.
	first, second := Sheet{}, Sheet{}
	fill := func(from, to int, a, b Answer) {
		for n := from; n < to; n++ {
			first[n], second[n] = a, b
		}
	}
	fill(1, 21, Sound, Sound)
	fill(21, 26, Sound, Absent)
	fill(26, 36, Absent, Sound)
	fill(36, 51, Absent, Absent)
	a := Agree(first, second)
	if a.Both != 50 || a.Percent() != 70 || !a.Defined || a.Kappa < 0.3999 || a.Kappa > 0.4001 || len(a.Differ) != 15 {
		t.Errorf("%+v", a)
	}
	if a := Agree(all(Sound), all(Sound)); a.Defined || a.Percent() != 100 {
		t.Errorf("one answer throughout: %+v", a)
	}
	if a := Agree(Sheet{}, all(Sound)); a.Both != 0 || a.Percent() != 0 || a.Defined {
		t.Errorf("nothing to compare: %+v", a)
	}
	rapid.Check(t, func(t *rapid.T) {
		x, y := anySheet(t, "first "), anySheet(t, "second ")
		a, b := Agree(x, y), Agree(y, x)
		if a.Kappa < -1-1e-9 || a.Kappa > 1+1e-9 || a.Percent() < 0 || a.Percent() > 100 {
			t.Fatalf("out of bounds: %+v", a)
		}
		if diff := a.Kappa - b.Kappa; diff > 1e-9 || diff < -1e-9 || a.Alike != b.Alike {
			t.Fatalf("it matters who was first: %+v and %+v", a, b)
		}
		if same := Agree(x, x); same.Defined && (same.Kappa < 1-1e-9 || same.Alike != same.Both) {
			t.Fatalf("who agrees with themself: %+v", same)
		}
	})
}

func anyCandidates(t *rapid.T) []Candidate {
	var all []Candidate
	for i := range rapid.IntRange(0, 40).Draw(t, "plans") {
		c := Candidate{ID: fmt.Sprintf("p%d", i), Stratum: rapid.SampledFrom([]string{"East", "West", "North"}).Draw(t, "team")}
		for _, who := range []string{"a", "b", "c"} {
			if rapid.Bool().Draw(t, who) {
				c.Wrote = append(c.Wrote, who)
			}
		}
		for _, r := range Risks {
			if rapid.IntRange(0, 3).Draw(t, string(r.Risk)) == 0 {
				c.Risks = append(c.Risks, r.Risk)
			}
		}
		all = append(all, c)
	}
	return all
}

// A sample can be drawn again from its seed, has the size asked for, and gives
// nobody a plan that they wrote.
func TestSamples(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plans := anyCandidates(t)
		way := rapid.SampledFrom([]Way{AtRandom, ByRisk}).Draw(t, "way")
		seed := rapid.String().Draw(t, "seed")
		size := rapid.IntRange(0, 50).Draw(t, "size")
		picks := Draw(way, seed, plans, size)
		if len(picks) != min(size, len(plans)) {
			t.Fatalf("%d of %d, asked for %d", len(picks), len(plans), size)
		}
		backwards := slices.Clone(plans)
		slices.Reverse(backwards)
		ids := func(all []Candidate) (ids []string) {
			for _, c := range all {
				ids = append(ids, c.ID)
			}
			return ids
		}
		if again := Draw(way, seed, backwards, size); !slices.Equal(ids(again), ids(picks)) {
			t.Fatalf("%v drawn again is %v", ids(picks), ids(again))
		}
		if way == ByRisk {
			least := 1 << 30
			for _, c := range picks {
				least = min(least, c.Score())
			}
			for _, c := range plans {
				if c.Score() > least && !slices.Contains(ids(picks), c.ID) {
					t.Fatalf("%s has a higher risk and was not picked", c.ID)
				}
			}
		}
		auditors := []Auditor{{"a", "A"}, {"b", "B"}, {"c", "C"}}
		tasks := Assign(seed, picks, auditors, Seconds)
		for _, task := range tasks {
			if task.First.ID == "" && len(task.Wrote) < 3 {
				t.Fatalf("%s is nobody's, though somebody did not write it", task.ID)
			}
			if task.First.ID != "" && task.WroteIt(task.First) {
				t.Fatalf("%s audits their own plan", task.First.ID)
			}
			if task.Second != nil && (task.WroteIt(*task.Second) || task.Second.ID == task.First.ID) {
				t.Fatalf("%s is the second for %s by %s", task.Second.ID, task.ID, task.First.ID)
			}
		}
	})
}

// At random, each team has its share of the sample, to within one.
func TestSharesOfStrata(t *testing.T) {
	var plans []Candidate
	for i := range 100 {
		c := Candidate{ID: fmt.Sprint(i), Stratum: "East"}
		if i >= 70 {
			c.Stratum = "West"
		}
		plans = append(plans, c)
	}
	count := map[string]int{}
	for _, c := range Draw(AtRandom, "1", plans, 10) {
		count[c.Stratum]++
	}
	if count["East"] != 7 || count["West"] != 3 {
		t.Errorf("%v", count)
	}
	if LeastSample(0) != 0 || LeastSample(1) != 1 || LeastSample(100) != 5 || LeastSample(101) != 6 {
		t.Error("the least sample is a twentieth, rounded up")
	}
}
