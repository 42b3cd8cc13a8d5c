package chart

import (
	"context"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"weald/internal/web/govuk"
)

// A Dot is one period of a control chart.
type Dot struct {
	Value  float64
	None   bool // nothing was counted: the line is broken
	Marked bool // it is more than chance: drawn as a diamond
}

// A Limit is a run of dots with limits of their own: From included, To not.
type Limit struct {
	From, To           int
	Mean, Upper, Lower float64
	Enough             bool // there are limits; otherwise only the mean
}

// Control is a figure over time with its mean and the limits within which chance
// moves it.
type Control struct {
	ID          string
	Title       string
	Words       string
	First, Last string // what the ends of the time axis are called
	Unit        string // "%" or ""
	Dots        []Dot
	Limits      []Limit
}

// The plot within a picture of points.
const (
	plotTop    = 8
	plotBottom = 176
	plotLeft   = 4
	plotRight  = width - 4
	plotTall   = 214
)

// scaled is a scale from 0, or from the least value when it is below.
type scaled struct{ low, high float64 }

func (s scaled) y(v float64) float64 {
	if s.high <= s.low {
		return plotBottom
	}
	return plotBottom - (v-s.low)/(s.high-s.low)*(plotBottom-plotTop)
}

// round raises a value to one that is good to read at the end of an axis.
func round(v float64) float64 {
	if v <= 0 {
		return 0
	}
	step := math.Pow(10, math.Floor(math.Log10(v)))
	for _, by := range []float64{1, 1.5, 2, 3, 4, 5, 6, 8, 10} {
		if v <= by*step*1.0001 {
			return by * step
		}
	}
	return v
}

func amount(v float64, unit string) string {
	s := strconv.FormatFloat(v, 'f', 1, 64)
	return strings.TrimSuffix(s, ".0") + unit
}

// Render draws the picture.
func (c Control) Render(ctx context.Context, to io.Writer) error {
	s := scaled{}
	for _, d := range c.Dots {
		if !d.None {
			s.low, s.high = min(s.low, d.Value), max(s.high, d.Value)
		}
	}
	for _, l := range c.Limits {
		if l.Enough {
			s.high = max(s.high, l.Upper)
		}
	}
	s.high = round(s.high)
	if s.low < 0 {
		s.low = -round(-s.low)
	}
	if s.high == s.low {
		s.high = s.low + 1
	}
	x := func(i float64) float64 {
		if len(c.Dots) < 2 {
			return width / 2
		}
		return plotLeft + 4 + i/float64(len(c.Dots)-1)*(plotRight-plotLeft-8)
	}
	return govuk.Write(func(w *govuk.Writer) {
		open(w, c.ID, c.Title, c.Words, plotTall)
		axes(w, s, c.Unit)
		for _, l := range c.Limits {
			from, to := x(float64(l.From)-0.4), x(float64(l.To)-0.6)
			line := func(v float64, kind string) {
				w.Raw(fmt.Sprintf(`<line class="weald-chart__%s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, kind, from, s.y(v), to, s.y(v)))
			}
			line(l.Mean, "mean")
			if l.Enough {
				line(l.Upper, "limit")
				line(l.Lower, "limit")
			}
		}
		var path strings.Builder
		begun := false
		for i, d := range c.Dots {
			if d.None {
				begun = false
				continue
			}
			letter := "M"
			if begun {
				letter = "L"
			}
			fmt.Fprintf(&path, "%s%.1f %.1f", letter, x(float64(i)), s.y(d.Value))
			begun = true
		}
		if path.Len() > 0 {
			w.Raw(`<path class="weald-chart__path" d="`).Raw(path.String()).Raw(`"/>`)
		}
		for i, d := range c.Dots {
			if !d.None {
				dot(w, x(float64(i)), s.y(d.Value), d.Marked)
			}
		}
		ends(w, c.First, c.Last)
		w.Raw(`</svg>`)
	}).Render(ctx, to)
}

// axes draws the ground line and what the top and bottom of the scale are.
func axes(w *govuk.Writer, s scaled, unit string) {
	w.Raw(fmt.Sprintf(`<line class="weald-chart__axis" x1="%d" y1="%d" x2="%d" y2="%d"/>`, plotLeft, plotBottom, plotRight, plotBottom))
	w.Raw(fmt.Sprintf(`<line class="weald-chart__grid" x1="%d" y1="%d" x2="%d" y2="%d"/>`, plotLeft, plotTop, plotRight, plotTop))
	w.Raw(fmt.Sprintf(`<text class="weald-chart__text" x="%d" y="%d">`, plotLeft, plotTop+13)).Text(amount(s.high, unit)).Raw(`</text>`)
	w.Raw(fmt.Sprintf(`<text class="weald-chart__text" x="%d" y="%d">`, plotLeft, plotBottom-4)).Text(amount(s.low, unit)).Raw(`</text>`)
}

// ends names the ends of the axis along the bottom.
func ends(w *govuk.Writer, first, last string) {
	w.Raw(fmt.Sprintf(`<text class="weald-chart__text" x="%d" y="%d">`, plotLeft, plotBottom+18)).Text(first).Raw(`</text>`)
	w.Raw(fmt.Sprintf(`<text class="weald-chart__text" x="%d" y="%d" text-anchor="end">`, plotRight, plotBottom+18)).Text(last).Raw(`</text>`)
}

// dot draws a point: a circle, or a larger diamond, so that it is told apart
// without colour.
func dot(w *govuk.Writer, x, y float64, marked bool) {
	if marked {
		w.Raw(fmt.Sprintf(`<path class="weald-chart__dot--mark" d="M%.1f %.1fl5 5l-5 5l-5 -5z"/>`, x, y-5))
		return
	}
	w.Raw(fmt.Sprintf(`<circle class="weald-chart__dot" cx="%.1f" cy="%.1f" r="2.5"/>`, x, y))
}

// A Group is one point of a funnel.
type Group struct {
	Label  string
	Size   int
	Value  float64 // in per cent
	Marked bool    // outside the funnel
}

// Funnel is the shares of groups by their size, with the limits within which
// chance alone puts them.
type Funnel struct {
	ID     string
	Title  string
	Words  string
	Of     string // what the size counts
	Mean   float64
	Limits func(size int) (lower, upper float64)
	Groups []Group
}

// Render draws the picture.
func (c Funnel) Render(ctx context.Context, to io.Writer) error {
	most := 1.0
	for _, g := range c.Groups {
		most = max(most, float64(g.Size))
	}
	most = round(most)
	s := scaled{0, 100}
	x := func(size float64) float64 { return plotLeft + size/most*(plotRight-plotLeft) }
	return govuk.Write(func(w *govuk.Writer) {
		open(w, c.ID, c.Title, c.Words, plotTall)
		axes(w, s, "%")
		w.Raw(fmt.Sprintf(`<line class="weald-chart__mean" x1="%d" y1="%.1f" x2="%d" y2="%.1f"/>`, plotLeft, s.y(c.Mean), plotRight, s.y(c.Mean)))
		for _, upper := range []bool{true, false} {
			var path strings.Builder
			for i := range 61 {
				size := max(1, int(most*float64(i)/60))
				low, high := c.Limits(size)
				letter, v := "L", low
				if upper {
					v = high
				}
				if i == 0 {
					letter = "M"
				}
				fmt.Fprintf(&path, "%s%.1f %.1f", letter, x(float64(size)), s.y(v))
			}
			w.Raw(`<path class="weald-chart__limit" d="`).Raw(path.String()).Raw(`"/>`)
		}
		for _, g := range c.Groups {
			dot(w, x(float64(g.Size)), s.y(g.Value), g.Marked)
		}
		ends(w, "0", amount(most, " ")+c.Of)
		w.Raw(`</svg>`)
	}).Render(ctx, to)
}
