// Package chart draws small pictures of figures as SVG on the server: with a
// title and a description for those who hear the page, real text, and no meaning
// in colour alone, so that they are read at 360 pixels, in print and in grey.
// Every picture stands beside a table of the same figures, which is the page's
// to give. It knows nothing of what the figures are of.
//
// Start reading at [Bars].
package chart

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"weald/internal/web/govuk"
)

// A Bar is one figure: how long it is drawn, and the words at its end.
type Bar struct {
	Label string
	Value float64 // from 0
	Text  string  // the value in words; "" draws no bar and says that there is none
	Mark  bool    // the one that the picture is about: outlined, its words bold
}

// Bars is figures side by side, each a bar with its label above it.
type Bars struct {
	ID    string // of the title and description, unique on the page
	Title string
	Words string  // the description: what is to be seen
	Most  float64 // what fills the width; 0: the largest value
	Bars  []Bar
}

// Sizes, in the units of the picture: a phone's pixels.
const (
	width  = 320
	letter = 7 // how wide a letter of the text is taken to be, amply
	row    = 40
	room   = 62 // kept beside a bar for its words
	longer = width/letter - 2
)

// cut shortens a label to what fits on a line.
func cut(s string) string {
	if utf8.RuneCountInString(s) <= longer {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:longer-1]), " ,;:") + "…"
}

func open(w *govuk.Writer, id, title, words string, height int) {
	w.Raw(fmt.Sprintf(`<svg class="weald-chart" viewBox="0 0 %d %d" role="img" aria-labelledby="%s-title %s-words">`, width, height, id, id))
	w.Raw(fmt.Sprintf(`<title id="%s-title">`, id)).Text(title).Raw(fmt.Sprintf(`</title><desc id="%s-words">`, id)).Text(words).Raw(`</desc>`)
}

// Render draws the picture.
func (c Bars) Render(ctx context.Context, to io.Writer) error {
	most := c.Most
	for _, b := range c.Bars {
		if c.Most == 0 {
			most = max(most, b.Value)
		}
	}
	return govuk.Write(func(w *govuk.Writer) {
		open(w, c.ID, c.Title, c.Words, row*max(1, len(c.Bars)))
		for i, b := range c.Bars {
			y := i * row
			bold, mark := "", ""
			if b.Mark {
				bold, mark = ` weald-chart__text--mark`, ` weald-chart__bar--mark`
			}
			w.Raw(fmt.Sprintf(`<text class="weald-chart__text%s" x="0" y="%d">`, bold, y+13)).Text(cut(b.Label)).Raw(`</text>`)
			long := 0.0
			if most > 0 && b.Text != "" {
				long = min(max(b.Value/most, 0), 1) * (width - room)
				w.Raw(fmt.Sprintf(`<rect class="weald-chart__bar%s" x="0" y="%d" width="%.1f" height="14"/>`, mark, y+19, max(long, 1)))
			}
			text := b.Text
			if text == "" {
				text = "no figure"
			}
			w.Raw(fmt.Sprintf(`<text class="weald-chart__text%s" x="%.1f" y="%d">`, bold, long+6, y+31)).Text(text).Raw(`</text>`)
		}
		w.Raw(`</svg>`)
	}).Render(ctx, to)
}

// A Box is a spread of lengths: the middle half of the cases is the box, the line
// in it the middle one, and the thin line runs from the least to the most.
type Box struct {
	Label                             string
	Least, Lower, Median, Upper, Most float64
	None                              bool // there are no cases
}

// Boxes is spreads side by side, on one scale from 0.
type Boxes struct {
	ID    string
	Title string
	Words string
	Unit  string // "days"
	Boxes []Box
}

// Render draws the picture.
func (c Boxes) Render(ctx context.Context, to io.Writer) error {
	most := 0.0
	for _, b := range c.Boxes {
		most = max(most, b.Most)
	}
	scale := func(v float64) float64 {
		if most == 0 {
			return 0
		}
		return v / most * (width - 2)
	}
	const tall = 66
	return govuk.Write(func(w *govuk.Writer) {
		open(w, c.ID, c.Title, c.Words, tall*max(1, len(c.Boxes)))
		for i, b := range c.Boxes {
			y := i * tall
			w.Raw(fmt.Sprintf(`<text class="weald-chart__text" x="0" y="%d">`, y+13)).Text(cut(b.Label)).Raw(`</text>`)
			if b.None {
				w.Raw(fmt.Sprintf(`<text class="weald-chart__text" x="0" y="%d">none</text>`, y+34))
				continue
			}
			line := func(x1, x2 float64) {
				w.Raw(fmt.Sprintf(`<line class="weald-chart__line" x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>`, x1+1, y+29, x2+1, y+29))
			}
			line(scale(b.Least), scale(b.Lower))
			line(scale(b.Upper), scale(b.Most))
			w.Raw(fmt.Sprintf(`<rect class="weald-chart__box" x="%.1f" y="%d" width="%.1f" height="18"/>`, scale(b.Lower)+1, y+20, max(scale(b.Upper)-scale(b.Lower), 1)))
			w.Raw(fmt.Sprintf(`<line class="weald-chart__middle" x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>`, scale(b.Median)+1, y+18, scale(b.Median)+1, y+40))
			w.Raw(fmt.Sprintf(`<text class="weald-chart__text" x="0" y="%d">`, y+53)).Text(fmt.Sprintf("middle %g %s, half from %g to %g", b.Median, c.Unit, b.Lower, b.Upper)).Raw(`</text>`)
		}
		w.Raw(`</svg>`)
	}).Render(ctx, to)
}
