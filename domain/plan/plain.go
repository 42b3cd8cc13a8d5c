package plan

import (
	"fmt"
	"strings"
)

// Plain words.

var (
	jargon    = readPhrases("jargon", 1)
	unfilled  = readPhrases("placeholders", 0)
	onlyUpper = setOf("are tom ot ep ta odd pda cp hi vi peg pep iep snap cin lac tac salt ods peg tas hi") // words when they are small
)

func jargonUsed(r *reading, say func(Finding)) {
	said := map[string]bool{}
	for i := range r.lines {
		l := &r.lines[i]
		for k := range l.tokens {
			found, n := jargon.at(l.tokens, k)
			if found == nil {
				continue
			}
			from, to := l.tokens[k].from, l.tokens[k+n-1].to
			words := l.Text[from:to]
			key := small(words)
			if onlyUpper[key] && words == strings.ToLower(words) || onlyUpper[key] && key != "salt" && !allCapitals(words) || key == "salt" && words != "SaLT" && !allCapitals(words) {
				continue
			}
			if r.told[key] || r.told[strings.TrimSuffix(key, "s")] || said[key] || explainedHere(l, k, n) {
				continue
			}
			said[key] = true
			say(l.say(from, to, "“"+words+"” is not explained.", "It means: "+found.columns[0]+". Use those words, or put them in brackets the first time."))
		}
	}
}

func allCapitals(s string) bool {
	return strings.ToUpper(s) == s || len(s) > 2 && strings.ToUpper(s[:len(s)-1]) == s[:len(s)-1]
}

// explainedHere reports whether what stands after a trade word explains it: in
// brackets, between dashes, or with "that is" or "which means".
func explainedHere(l *lineRead, k, n int) bool {
	rest := l.Text[l.tokens[k+n-1].to:]
	rest = strings.TrimLeft(rest, " ")
	if strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, "– ") || strings.HasPrefix(rest, ", that is") || strings.HasPrefix(rest, ", which means") || strings.HasPrefix(rest, ", meaning") || strings.HasPrefix(rest, ": ") {
		return true
	}
	return l.tokens[k].from > 0 && l.Text[l.tokens[k].from-1] == '('
}

func hardToRead(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		long := false
		for k := 0; k < len(l.tokens); {
			end := k
			for end < len(l.tokens) && l.tokens[end].sentence == l.tokens[k].sentence {
				end++
			}
			if n := end - k; n > r.Sentence {
				from, to := l.tokens[k].from, l.tokens[end-1].to
				say(l.say(from, to, fmt.Sprintf("This sentence has %d words.", n), fmt.Sprintf("Make it two or more: %d words are the most that this area sets itself.", r.Sentence)))
				long = true
			}
			k = end
		}
		if (l.role == Views || l.role == Outcomes) && !long && len(l.tokens) >= 15 {
			if age := readingAge(l.tokens); age > r.ReadingAge {
				say(l.whole(fmt.Sprintf("This has a reading age of %d.", age), fmt.Sprintf("Use shorter words and sentences: %d is the highest that this area sets itself for what the family reads first.", r.ReadingAge)))
			}
		}
	}
}

// ReadingAge is the age at which most can read a text, by Flesch and Kincaid's
// grade and five years. It is a rough measure: it knows only lengths.
func ReadingAge(text string) int { return readingAge(tokens(text)) }

func readingAge(all []token) int {
	if len(all) == 0 {
		return 0
	}
	syllables := 0
	for i := range all {
		syllables += syllablesOf(all[i].text)
	}
	words, sentences := float64(len(all)), float64(all[len(all)-1].sentence+1)
	grade := 0.39*words/sentences + 11.8*float64(syllables)/words - 15.59
	return max(5, int(grade+5.5))
}

// syllablesOf counts a word's syllables as its groups of vowels, but for a silent
// e at the end.
func syllablesOf(word string) (n int) {
	vowel := false
	for i, c := range word {
		is := strings.ContainsRune("aeiouyáéíóúàèëïöü", c)
		if is && !vowel && !(c == 'e' && i == len(word)-1 && n > 0 && !strings.HasSuffix(word, "le")) {
			n++
		}
		vowel = is
	}
	return max(1, n)
}

func unfinished(r *reading, say func(Finding)) {
	for i := range r.lines {
		l := &r.lines[i]
		if l.Empty() {
			say(l.whole("This line says nothing.", "Write it, or take it away."))
			continue
		}
		if at, end := brackets(l.Text); at >= 0 {
			say(l.say(at, end, "“"+l.Text[at:end]+"” was left to be filled in.", "Fill it in."))
			continue
		}
		for k := range l.tokens {
			if found, n := unfilled.at(l.tokens, k); found != nil && (len(found.words) > 1 || strings.ToUpper(l.Text[l.tokens[k].from:l.tokens[k].to]) == l.Text[l.tokens[k].from:l.tokens[k].to]) {
				from, to := l.tokens[k].from, l.tokens[k+n-1].to
				say(l.say(from, to, "“"+l.Text[from:to]+"” was left to be filled in.", "Fill it in."))
				break
			}
		}
	}
}

// brackets finds what a form leaves to be filled in: [name], {{name}}, <name>, or
// a row of dots or lines.
func brackets(text string) (from, to int) {
	for _, pair := range [][2]string{{"[", "]"}, {"{{", "}}"}, {"<<", ">>"}} {
		if i := strings.Index(text, pair[0]); i >= 0 {
			if j := strings.Index(text[i:], pair[1]); j > 0 && j < 60 {
				return i, i + j + len(pair[1])
			}
		}
	}
	for _, row := range []string{"____", "......", "……"} {
		if i := strings.Index(text, row); i >= 0 {
			return i, i + len(row)
		}
	}
	return -1, -1
}
