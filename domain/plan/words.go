package plan

import (
	"embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"weald/law"
)

// A token is a word or number of a text.
type token struct {
	text     string // in small letters, "’" as "'"
	from, to int    // its bytes
	capital  bool   // begins with a capital
	sentence int    // which sentence it is in, from 0
	first    bool   // begins a sentence
}

// small puts ASCII and the capitals of Latin into small letters.
func small(s string) string { return strings.ReplaceAll(strings.ToLower(s), "’", "'") }

// tokens picks a text apart into words. A word may hold an apostrophe, a hyphen,
// a full stop or colon between figures ("1:1", "2.5"), and ends where sentences do.
func tokens(text string) []token {
	all := make([]token, 0, len(text)/6+1)
	sentence, first := 0, true
	for i := 0; i < len(text); {
		c, n := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			if (c == '.' || c == '!' || c == '?' || c == '\n' || c == ';') && len(all) > 0 && !first && endsSentence(text, i, all) {
				sentence, first = sentence+1, true
			}
			i += n
			continue
		}
		from := i
		for i < len(text) {
			c, n := utf8.DecodeRuneInString(text[i:])
			if unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c) {
				i += n
				continue
			}
			next, _ := utf8.DecodeRuneInString(text[min(i+n, len(text)):])
			joins := (c == '\'' || c == '’' || c == '-') && unicode.IsLetter(next) || c == '-' && unicode.IsDigit(next) || (c == '.' || c == ':') && unicode.IsDigit(next) && i > from && text[i-1] >= '0' && text[i-1] <= '9'
			if !joins || i == from {
				break
			}
			i += n
		}
		letter, _ := utf8.DecodeRuneInString(text[from:])
		all = append(all, token{text: small(text[from:i]), from: from, to: i, capital: unicode.IsUpper(letter), sentence: sentence, first: first})
		first = false
	}
	return all
}

// endsSentence reports whether the mark at i ends a sentence: not that of "e.g."
// or "Dr."
func endsSentence(text string, i int, all []token) bool {
	if text[i] != '.' {
		return true
	}
	last := all[len(all)-1]
	if last.to == i {
		switch last.text {
		case "e", "g", "i", "dr", "mr", "mrs", "ms", "st", "eg", "ie", "etc", "no", "approx":
			return false
		}
	}
	for j := i + 1; j < len(text); j++ {
		if text[j] != ' ' {
			c, _ := utf8.DecodeRuneInString(text[j:])
			return !unicode.IsLower(c)
		}
	}
	return true
}

// A phrase is words to look for, with what to say of them.
type phrase struct {
	words      []string
	columns    []string // what else its line says
	confidence law.Confidence
}

// phrases is a word list, by the first word of each phrase.
type phrases map[string][]phrase

//go:embed data/*.txt
var wordLists embed.FS

// readPhrases reads a word list: on each line a phrase, its columns and, last, how
// surely it is known to be one, with bars between.
func readPhrases(name string, columns int) phrases {
	all := phrases{}
	for n, cells := range rowsOf(name) {
		if len(cells) != columns+2 {
			panic(fmt.Sprintf("%s: entry %d has %d columns, want %d: %q", name, n+1, len(cells), columns+2, cells))
		}
		words := strings.Fields(small(cells[0]))
		all[words[0]] = append(all[words[0]], phrase{words, cells[1 : columns+1], law.Confidence(cells[columns+1])})
	}
	return all
}

// rowsOf reads the lines of a word list that are not notes.
func rowsOf(name string) (rows [][]string) {
	text, err := wordLists.ReadFile("data/" + name + ".txt")
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows
}

// readSet reads a word list of words alone, any number on a line.
func readSet(name string) map[string]bool {
	set := map[string]bool{}
	for _, cells := range rowsOf(name) {
		for _, w := range strings.Fields(cells[0]) {
			set[small(w)] = true
		}
	}
	return set
}

// at returns the longest phrase that begins at token i, and how many tokens it has.
func (p phrases) at(all []token, i int) (found *phrase, n int) {
	if i >= len(all) {
		return nil, 0
	}
	list := p[all[i].text]
	for k := range list {
		words := list[k].words
		if len(words) > n && matches(all[i:], words) {
			found, n = &list[k], len(words)
		}
	}
	return found, n
}

// matches reports whether tokens begin with words; "*" stands for any word, all in
// one sentence.
func matches(all []token, words []string) bool {
	if len(all) < len(words) || all[len(words)-1].sentence != all[0].sentence {
		return false
	}
	for i, w := range words {
		if w != "*" && all[i].text != w {
			return false
		}
	}
	return true
}

// has reports whether any of the words stands in a sentence.
func has(all []token, sentence int, set map[string]bool) bool {
	for _, t := range all {
		if t.sentence == sentence && set[t.text] {
			return true
		}
	}
	return false
}

// setOf makes a set of words.
func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
