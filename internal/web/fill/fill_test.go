package fill

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"pgregory.net/rapid"
)

type named string

// Whatever a page is filled in with, it says what it would say with templ's own
// helpers.
func TestSameAsTempl(t *testing.T) {
	wrong := errors.New("wrong")
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		for _, errs := range [][]error{nil, {nil}, {wrong}} {
			got, err := Text(text, errs...)
			if want, wantErr := templ.JoinStringErrs(text, errs...); got != want || errors.Is(err, wrong) != errors.Is(wantErr, wrong) {
				t.Fatalf("%q: %q %v, want %q %v", text, got, err, want, wantErr)
			}
			got, _ = Text(named(text), errs...)
			if want, _ := templ.JoinStringErrs(named(text), errs...); got != want {
				t.Fatalf("%q: %q, want %q", text, got, want)
			}
		}
		item := rapid.Custom(func(t *rapid.T) any {
			name := rapid.SampledFrom([]string{"", "a", "b", "a b"}).Draw(t, "name")
			switch rapid.IntRange(0, 2).Draw(t, "sort") {
			case 0:
				return name
			case 1:
				return templ.KV(name, rapid.Bool().Draw(t, "on"))
			}
			return templ.ComponentCSSClass{ID: name, Class: templ.SafeCSS("." + name + "{}")}
		})
		items := rapid.SliceOfN(item, 0, 4).Draw(t, "items")
		if got, want := Classes(items), templ.CSSClasses(items).String(); got != want {
			t.Fatalf("%v: %q, want %q", items, got, want)
		}
		var got, want strings.Builder
		err := errors.Join(Styles(ctx, &got, items...), templ.RenderCSSItems(ctx, &want, items...))
		all := templ.Attributes(rapid.MapOf(rapid.SampledFrom([]string{"id", "rowspan"}), rapid.Custom(func(t *rapid.T) any { return rapid.String().Draw(t, "value") })).Draw(t, "attributes"))
		if err := errors.Join(err, Attributes(ctx, &got, all), templ.RenderAttributes(ctx, &want, all)); err != nil || got.String() != want.String() {
			t.Fatalf("%v %v: %q, want %q: %v", items, all, got.String(), want.String(), err)
		}
	})
	for _, n := range []int{0, -3, 1 << 40} {
		got, _ := Text(n)
		if want, _ := templ.JoinStringErrs(n); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
