package law

import (
	"fmt"
	"slices"
)

// Periods reports every ID whose versions overlap or leave a day without a rule
// between the first and the last, and every version that closes before it
// opens. No event may fall between two versions of the law.
func Periods(rules []*Rule) (problems []string) {
	byID := map[string][]*Rule{}
	var order []string
	for _, r := range rules {
		if byID[r.ID] == nil {
			order = append(order, r.ID)
		}
		byID[r.ID] = append(byID[r.ID], r)
	}
	for _, id := range order {
		versions := slices.Clone(byID[id])
		slices.SortFunc(versions, func(a, b *Rule) int { return int(a.InForce.First - b.InForce.First) })
		for i, r := range versions {
			if r.InForce.Last != 0 && r.InForce.Last < r.InForce.First {
				problems = append(problems, fmt.Sprintf("%s: in force %s, which ends before it starts", id, r.InForce))
			}
			if i == 0 {
				continue
			}
			before := versions[i-1].InForce
			switch next := before.Last + 1; {
			case before.Last == 0 || next > r.InForce.First:
				problems = append(problems, fmt.Sprintf("%s: two versions are in force on %s", id, r.InForce.First.Words()))
			case next < r.InForce.First:
				problems = append(problems, fmt.Sprintf("%s: no version is in force on %s", id, next.Words()))
			}
		}
	}
	return problems
}
