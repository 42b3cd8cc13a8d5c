package chart

import (
	"context"
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

func drawn(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader(b.String()))
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%v: %s", err, b.String())
		}
	}
	return b.String()
}

// A picture says what it is, in words as well, and every figure stands in it as
// text.
func TestPicturesSpeak(t *testing.T) {
	bars := drawn(t, Bars{ID: "b", Title: "Within 20 weeks", Words: "This return is above England.", Bars: []Bar{{"This return <&>", 50, "50.0%", true}, {strings.Repeat("Featherstonehaugh ", 9), 25, "25.0%", false}, {"None", 0, "", false}}})
	for _, want := range []string{`role="img"`, `aria-labelledby="b-title b-words"`, `<title id="b-title">Within 20 weeks</title>`, "This return is above England.", "50.0%", "no figure", "…", "&lt;&amp;&gt;"} {
		if !strings.Contains(bars, want) {
			t.Errorf("no %q in %s", want, bars)
		}
	}
	boxes := drawn(t, Boxes{ID: "x", Title: "Waits", Words: "How long.", Unit: "days", Boxes: []Box{{"Open", 1, 2, 3, 4, 10, false}, {"None", 0, 0, 0, 0, 0, true}, {"At once", 0, 0, 0, 0, 0, false}}})
	for _, want := range []string{"middle 3 days, half from 2 to 4", ">none<", "middle 0 days"} {
		if !strings.Contains(boxes, want) {
			t.Errorf("no %q in %s", want, boxes)
		}
	}
	for _, page := range []string{bars, boxes} {
		if strings.Contains(page, "style=") || strings.Contains(page, "NaN") || strings.Contains(page, "Inf") {
			t.Error(page)
		}
		for _, m := range regexp.MustCompile(` (?:x|x1|x2|width)="([0-9.-]+)"`).FindAllStringSubmatch(page, -1) {
			if v, err := strconv.ParseFloat(m[1], 64); err != nil || v < 0 || v > width {
				t.Errorf("drawn outside: %s", m[0])
			}
		}
	}
}

// A control chart draws every period that has something, marks what is more than
// chance by its shape, breaks the line where nothing was counted, and gives each
// stretch limits of its own.
func TestControl(t *testing.T) {
	c := Control{ID: "c", Title: "In time", Words: "The mean is 40%.", First: "May 2026", Last: "October 2026", Unit: "%",
		Dots:   []Dot{{Value: 40}, {Value: 42}, {None: true}, {Value: 38}, {Value: 90, Marked: true}, {Value: 41}},
		Limits: []Limit{{From: 0, To: 4, Mean: 40}, {From: 4, To: 6, Mean: 60, Upper: 99, Lower: 21, Enough: true}}}
	picture := drawn(t, c)
	for want, n := range map[string]int{`class="weald-chart__dot"`: 4, `class="weald-chart__dot--mark"`: 1, `class="weald-chart__mean"`: 2, `class="weald-chart__limit"`: 2, "100%": 1, "May 2026": 1, "October 2026": 1} {
		if got := strings.Count(picture, want); got != n {
			t.Errorf("%q stands %d times, not %d", want, got, n)
		}
	}
	path := regexp.MustCompile(`weald-chart__path" d="([^"]*)"`).FindStringSubmatch(picture)[1]
	if strings.Count(path, "M") != 2 || strings.Count(path, "L") != 3 {
		t.Errorf("the line is not broken once: %s", path)
	}
	drawn(t, Control{ID: "none", Title: "Nothing"})
	drawn(t, Control{ID: "one", Title: "One", Dots: []Dot{{Value: 0}}})
	drawn(t, Control{ID: "down", Title: "Below 0", Dots: []Dot{{Value: -3}, {Value: 2}}})
}

// A funnel draws every group by its size, and marks those outside by their shape.
func TestFunnel(t *testing.T) {
	f := Funnel{ID: "f", Title: "By district", Words: "The whole is 50%.", Of: "counted", Mean: 50,
		Limits: func(n int) (float64, float64) { return max(0, 50-150/float64(n)), min(100, 50+150/float64(n)) },
		Groups: []Group{{"East", 90, 50, false}, {"West", 80, 90, true}, {"North", 4, 100, false}}}
	picture := drawn(t, f)
	for want, n := range map[string]int{`class="weald-chart__dot"`: 2, `class="weald-chart__dot--mark"`: 1, `class="weald-chart__limit"`: 2, "100 counted": 1} {
		if got := strings.Count(picture, want); got != n {
			t.Errorf("%q stands %d times, not %d", want, got, n)
		}
	}
}
