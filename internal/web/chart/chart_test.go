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
