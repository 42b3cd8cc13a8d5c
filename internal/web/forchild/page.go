// Package forchild shows the plan in force as its child reads it: big letters, plain
// words, one or two sides of paper. Families and the council's people see the same
// page, each in a frame of their own.
//
// Start reading at [Page].
package forchild

import "strconv"

// more says how much of the plan is not on the page.
func more(n, shown int) string {
	switch {
	case n == 1 && shown == 0:
		return "My plan says 1 thing about this. I can ask somebody to read it with me."
	case shown == 0:
		return "My plan says " + strconv.Itoa(n) + " things about this. I can ask somebody to read them with me."
	case n == 1:
		return "My plan says 1 more thing about this."
	}
	return "My plan says " + strconv.Itoa(n) + " more things about this."
}
