package synth

import (
	"fmt"
	"slices"

	"weald/internal/store"
)

// nameChildren gives every child an ID that tells nothing about them, and keeps
// ready the NHS numbers that there are. The IDs
// are in order, because a record is quickest to write from one end to the other.
func (a *Area) nameChildren() {
	r := roll(a.Seed, "ids", 0)
	const letters = "abcdefghijklmnopqrstuvwxyz234567"
	a.ids = make([]store.ChildID, len(a.slots))
	for i := range a.ids {
		var id [16]byte
		for at := 0; at < len(id); at += 8 {
			bits := r.next()
			for j := range 8 {
				id[at+j] = letters[bits>>(5*j)&31]
			}
		}
		a.ids[i] = store.ChildID(id[:])
	}
	slices.Sort(a.ids)
	a.nhs = nhsNumbers(len(a.slots))
}

// upn makes a unique pupil number: a check letter, the number 001 that belongs to no
// local authority, a school’s, the year and a serial number. The
// letter is chosen by the sum of the digits, each times its place from 2 to 13,
// by 23.
func upn(n, year int) string {
	digits := fmt.Sprintf("001%04d%02d%03d", 1000+n/1000, year%100, n%1000)
	sum := 0
	for i, c := range digits {
		sum += int(c-'0') * (i + 2)
	}
	return string("ABCDEFGHJKLMNPQRTUVWXYZ"[sum%23]) + digits
}

// uln makes a unique learner number: ten digits, of which the last makes the
// sum of them all, each times its weight from 10 down to 1, leave 10 by 11.
func uln(n int) string {
	for digits := 990_000_000 + n; ; digits += 5_000_000 {
		if check := 10 - weighted(digits)%11; check < 10 {
			return fmt.Sprintf("%09d%d", digits, check)
		}
	}
}

// nhsNumbers makes NHS numbers in the range from 999 000 0000, which is for
// tests and is given to nobody: ten digits, of which the last makes the sum of
// them all, each times its weight from 10 down to 1, a multiple of 11. There are
// some 909,000.
func nhsNumbers(most int) (all []int64) {
	for n := 0; n < 1_000_000 && len(all) < most; n++ {
		digits := 999_000_000 + n
		if check := (11 - weighted(digits)%11) % 11; check < 10 {
			all = append(all, int64(digits)*10+int64(check))
		}
	}
	return all
}

// weighted sums nine digits, the first times 10 and the last times 2.
func weighted(digits int) (sum int) {
	for weight := 2; weight <= 10; weight++ {
		sum += digits % 10 * weight
		digits /= 10
	}
	return sum
}
