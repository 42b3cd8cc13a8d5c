package plan

import (
	"strings"
	"unicode"
)

// Pasted turns text pasted from a word processor into lines: a paragraph, a
// bullet, a numbered item or a row of a table each. Marks of bullets and numbers
// go; no word does. Lines that a word processor broke within a sentence are
// joined.
func Pasted(text string) (lines []string) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u2028", "\n", "\u2029", "\n",
		"\u00a0", " ", "\u00ad", "", "\ufeff", "", "\u200b", "").Replace(text)
	joins := false // the next line of text goes on with this one
	for raw := range strings.SplitSeq(text, "\n") {
		line := strings.TrimSpace(raw)
		if line == "" {
			joins = false
			continue
		}
		item, marked := bullet(line)
		item = row(item)
		if item == "" {
			continue
		}
		if joins && !marked && goesOn(lines[len(lines)-1], item) {
			lines[len(lines)-1] += " " + item
		} else {
			lines = append(lines, item)
		}
		joins = true
	}
	return lines
}

// bullet takes the mark of a bullet or number from the start of an item.
func bullet(line string) (item string, marked bool) {
	for _, mark := range []string{"•", "·", "▪", "◦", "●", "○", "■", "\uf0b7", "\uf0a7", "\uf0d8", "–", "—", "*", "-", "o\t", "§\t"} {
		if rest, ok := strings.CutPrefix(line, mark); ok && rest != "" && (unicode.IsSpace(rune(rest[0])) || len(mark) > 1 && mark != "–" && mark != "—" || strings.HasSuffix(mark, "\t")) {
			return strings.TrimSpace(rest), true
		}
	}
	// "1." "12)" "(a)" "iv." with a blank after it, as word processors number.
	head, rest, ok := strings.Cut(line, " ")
	if tab, after, has := strings.Cut(line, "\t"); has && (!ok || len(tab) < len(head)) {
		head, rest, ok = tab, after, true
	}
	if ok && len(head) <= 6 && (strings.HasSuffix(head, ".") || strings.HasSuffix(head, ")")) {
		inner := strings.Trim(head, "().")
		if inner != "" && (digits(inner) || len(inner) == 1 && unicode.IsLower(rune(inner[0])) || strings.Trim(inner, "ivx") == "") {
			return strings.TrimSpace(rest), true
		}
	}
	return line, false
}

func digits(s string) bool {
	for _, c := range s {
		if (c < '0' || c > '9') && c != '.' {
			return false
		}
	}
	return true
}

// row joins the cells of a table's row, and drops blanks within a line.
func row(line string) string {
	var cells []string
	for cell := range strings.SplitSeq(line, "\t") {
		if cell = strings.Join(strings.Fields(cell), " "); cell != "" {
			cells = append(cells, cell)
		}
	}
	return strings.Join(cells, "; ")
}

// goesOn reports whether a line goes on with the sentence of the one before: that
// does not end, and this begins in small letters.
func goesOn(before, line string) bool {
	last := before[len(before)-1]
	first := []rune(line)[0]
	return !strings.ContainsRune(".!?:;", rune(last)) && unicode.IsLower(first)
}
