package sen2

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed not-covered.txt
var gapFile string

// A Gap is something of the return that is not known, and so neither checked nor
// guessed.
type Gap struct {
	Title string
	Why   string // what was found instead, and what Weald does
	Where string // where a person can obtain it
}

// NotCovered lists what is not known of the return.
func NotCovered() []Gap {
	gaps, err := readGaps(gapFile)
	if err != nil {
		panic("sen2: " + err.Error()) // a test reads the file
	}
	return gaps
}

func readGaps(file string) (gaps []Gap, err error) {
	for i, line := range strings.Split(file, "\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case word == "" || word[0] == '#':
		case word == "=":
			gaps = append(gaps, Gap{Title: rest})
		case word == "why:" && len(gaps) > 0:
			gaps[len(gaps)-1].Why = rest
		case word == "where:" && len(gaps) > 0:
			gaps[len(gaps)-1].Where = rest
		default:
			return nil, fmt.Errorf("not-covered.txt:%d: expected = or why: or where: first", i+1)
		}
	}
	return gaps, nil
}
