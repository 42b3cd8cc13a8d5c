package synth

import (
	"strings"
	"unicode"
)

// A culture is the letter by which the lists of names mark the families that
// use them, with how many families there are in a hundred.
var cultures = []struct {
	mark  byte
	share float64
	speak []string // what may be spoken at home besides English
}{
	{'e', 705, nil}, {'w', 18, nil}, {'s', 52, []string{"Punjabi", "Tamil", "Nepali", "Gujarati"}}, {'m', 62, []string{"Bengali", "Urdu", "Arabic", "Somali"}},
	{'a', 58, []string{"Yoruba", "French", "Shona"}}, {'p', 56, []string{"Polish", "Romanian", "Bulgarian", "Lithuanian"}}, {'c', 14, []string{"Cantonese"}},
	{'k', 12, []string{"Turkish", "Kurdish"}}, {'r', 15, []string{"Portuguese", "Spanish"}}, {'v', 8, nil},
}

// names are the lists of names, by culture.
type names struct {
	boys, girls, families weighted2
}

// weighted2 is a list with a weight for each.
type weighted2 struct {
	list    []string
	weights []float64
}

func (w *weighted2) add(weight float64, all []string) {
	for _, s := range all {
		w.list, w.weights = append(w.list, s), append(w.weights, weight)
	}
}

func (w *weighted2) pick(d *dice) string { return w.list[d.weigh(w.weights)] }

var namesOf = readNames()

func readNames() map[byte]*names {
	all := map[byte]*names{}
	of := func(mark string) *names {
		n := all[mark[0]]
		if n == nil {
			n = &names{}
			all[mark[0]] = n
		}
		return n
	}
	for _, line := range lines("forenames.txt") {
		f := strings.Fields(line)
		n, weight := of(f[2]), number(f[1])
		if f[0] != "F" {
			n.boys.add(weight, f[3:])
		}
		if f[0] != "M" {
			n.girls.add(weight, f[3:])
		}
	}
	for _, line := range lines("surnames.txt") {
		f := strings.Fields(line)
		n := of(f[0])
		n.families.add(number(f[1]), f[2:])
	}
	return all
}

func (n *names) forename(d *dice, sex string) string {
	if sex == "M" {
		return n.boys.pick(d)
	}
	return n.girls.pick(d)
}

// other is the first name for a sex that is not the one given.
func (n *names) other(sex, not string) string {
	list := n.girls.list
	if sex == "M" {
		list = n.boys.list
	}
	if list[0] == not {
		return list[1]
	}
	return list[0]
}

func culture(d *dice) int {
	x := d.unit() * 1000
	for i, c := range cultures {
		if x -= c.share; x < 0 {
			return i
		}
	}
	return 0
}

// plain writes a name in the letters of an email address.
func plain(name string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(name) {
		switch {
		case c < unicode.MaxASCII && unicode.IsLetter(c), c == '-', c == '.':
			b.WriteRune(c)
		case strings.ContainsRune("àáâãäåāą", c):
			b.WriteByte('a')
		case strings.ContainsRune("èéêëēę", c):
			b.WriteByte('e')
		case strings.ContainsRune("ìíîïīı", c):
			b.WriteByte('i')
		case strings.ContainsRune("òóôõöő", c):
			b.WriteByte('o')
		case strings.ContainsRune("ùúûüŷ", c):
			b.WriteByte('u')
		case strings.ContainsRune("çćč", c):
			b.WriteByte('c')
		case strings.ContainsRune("śşš", c):
			b.WriteByte('s')
		case strings.ContainsRune("ńñņ", c):
			b.WriteByte('n')
		case c == 'ł':
			b.WriteByte('l')
		case c == 'ğ':
			b.WriteByte('g')
		case strings.ContainsRune("žżź", c):
			b.WriteByte('z')
		}
	}
	return b.String()
}
