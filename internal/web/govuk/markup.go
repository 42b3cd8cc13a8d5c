package govuk

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// A Link is words that lead somewhere. Without an Href the words stand alone.
type Link struct {
	Text string
	Href string
}

// A Size is how large a heading, label, legend or caption is written. The zero
// Size is that of the text around it.
type Size string

// The sizes, smallest first.
const (
	Small      Size = "s"
	Medium     Size = "m"
	Large      Size = "l"
	ExtraLarge Size = "xl"
)

// classes joins the names that are not empty.
func classes(names ...string) string {
	n, last, length := 0, "", 0
	for _, name := range names {
		if name != "" {
			n, last, length = n+1, name, length+len(name)+1
		}
	}
	if n < 2 {
		return last
	}
	var b strings.Builder
	b.Grow(length)
	for _, name := range names {
		if name == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(name)
	}
	return b.String()
}

// variant is block--name, or nothing without a name.
func variant(block, name string) string {
	if name == "" {
		return ""
	}
	return block + "--" + name
}

// when is name if the condition holds, else nothing.
func when(holds bool, name string) string {
	if holds {
		return name
	}
	return ""
}

// optional is an attribute that is left out when it has no value. It is for
// plain values only: addresses must be written as attributes in the template,
// where they are checked for dangerous schemes.
func optional(name, value string) templ.Attributes {
	if value == "" {
		return nil
	}
	return templ.Attributes{name: value}
}

// number is an attribute left out when it is zero.
func number(name string, n int) templ.Attributes {
	if n == 0 {
		return nil
	}
	return templ.Attributes{name: strconv.Itoa(n)}
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
