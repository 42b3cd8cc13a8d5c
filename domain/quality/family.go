package quality

// A FamilyQuestion is one thing that families are asked of their plan. They are
// few and plain, and never part of a grade.
type FamilyQuestion struct {
	Name  string // stored
	Words string
}

// FamilyQuestions is what families are asked.
var FamilyQuestions = []FamilyQuestion{
	{"like", "Does the plan sound like your child?"},
	{"understand", "Can you understand the plan?"},
	{"needs", "Does it say what your child finds hard?"},
	{"help", "Is it clear what help your child will get?"},
	{"listened", "Did people listen to you?"},
	{"work", "Do you think the plan will help?"},
}

// FamilyAnswers is how they can be answered, with their words: one that is not
// answered is not guessed.
var FamilyAnswers = [][2]string{{"yes", "Yes"}, {"partly", "Partly"}, {"no", "No"}}

// FamilyAnswer returns the words of a family's answer.
func FamilyAnswer(name string) string {
	for _, a := range FamilyAnswers {
		if a[0] == name {
			return a[1]
		}
	}
	return "Not answered"
}

// ByFamilies counts what families said, in the order of the questions: sound is
// “Yes”.
func ByFamilies(all []map[string]string) (trends []Trend) {
	for _, q := range FamilyQuestions {
		t := Trend{Name: q.Words}
		for _, answers := range all {
			if a := answers[q.Name]; a != "" {
				t.Audits++
				if a == "yes" {
					t.Sound++
				}
			}
		}
		trends = append(trends, t)
	}
	return trends
}
