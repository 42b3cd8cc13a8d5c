package synth

import "math"

// Dice are random numbers that a seed decides. They are written out here, and
// not taken from a library, so that an area never changes under anybody.
type dice struct{ state uint64 }

// roll makes dice for one thing among many: what for, and which.
func roll(seed uint64, what string, which int) dice {
	d := dice{seed}
	for _, c := range []byte(what) {
		d.state = d.next() ^ uint64(c)
	}
	d.state = d.next() ^ uint64(which)
	d.next()
	return d
}

// next is one step of splitmix64 (Steele, Lea and Flood, 2014).
func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// unit is from 0 up to and not including 1.
func (d *dice) unit() float64 { return float64(d.next()>>11) / (1 << 53) }

// below is a whole number from 0 up to and not including n.
func (d *dice) below(n int) int {
	if n <= 1 {
		return 0
	}
	return int(d.unit() * float64(n))
}

// from is a whole number from a to b, both included.
func (d *dice) from(a, b int) int {
	if b <= a {
		return a
	}
	return a + d.below(b-a+1)
}

// chance is true with the given probability.
func (d *dice) chance(p float64) bool { return d.unit() < p }

// wait is a number of days with the given mean, most of them shorter.
func (d *dice) wait(mean float64) int { return int(-mean * math.Log(1-d.unit())) }

// pick chooses one of several.
func pick[T any](d *dice, from []T) T { return from[d.below(len(from))] }

// weigh chooses a place in a list of weights.
func (d *dice) weigh(weights []float64) int {
	var sum float64
	for _, w := range weights {
		sum += w
	}
	x := d.unit() * sum
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// shuffle puts a list in another order.
func shuffle[T any](d *dice, list []T) {
	for i := len(list) - 1; i > 0; i-- {
		j := d.below(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}

// share parts a whole number among weights as evenly as whole numbers go.
func share(n int, weights []float64) []int {
	var sum float64
	for _, w := range weights {
		sum += w
	}
	parts := make([]int, len(weights))
	if sum == 0 {
		return parts
	}
	// The running total is rounded, so that the parts add up.
	var to float64
	done := 0
	for i, w := range weights {
		to += w
		upTo := int(math.Floor(to/sum*float64(n) + 0.5))
		parts[i], done = upTo-done, upTo
	}
	return parts
}
