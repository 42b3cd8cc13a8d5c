// Package fill writes what pages are filled in with: text, classes and
// attributes. It does what the helpers of templ do that it stands in for, with
// fewer allocations; tools/pages puts it into the Go that templ makes of a
// template. Nothing else calls it.
package fill

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// Text returns a piece of text as a page writes it, before it is escaped, and
// the errors of those that made it. It stands in for templ.JoinStringErrs.
func Text[T ~string | ~bool | ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64](s T, errs ...error) (string, error) {
	if text, ok := any(s).(string); ok && len(errs) == 0 {
		return text, nil
	}
	return templ.JoinStringErrs(s, errs...)
}

// Classes joins the names of classes, each once; a name that is given twice is on
// or off as the last says. It stands in for templ.CSSClasses's String.
func Classes(items []any) string {
	var names [8]string
	var on [8]bool
	if len(items) > len(names) {
		return templ.CSSClasses(items).String()
	}
	n := 0
	for _, item := range items {
		var name string
		is := true
		switch c := item.(type) {
		case string:
			name = c
		case templ.KeyValue[string, bool]:
			name, is = c.Key, c.Value
		default:
			return templ.CSSClasses(items).String()
		}
		i := slices.Index(names[:n], name)
		if i < 0 {
			i, n = n, n+1
			names[i] = name
		}
		on[i] = is
	}
	kept := names[:0]
	for i, name := range names[:n] {
		if on[i] {
			kept = append(kept, name)
		}
	}
	return strings.Join(kept, " ")
}

// Styles writes the styles that classes bring with them. Plain names bring none.
// It stands in for templ.RenderCSSItems.
func Styles(ctx context.Context, w io.Writer, items ...any) error {
	for _, item := range items {
		switch item.(type) {
		case string, templ.KeyValue[string, bool]:
		default:
			return templ.RenderCSSItems(ctx, w, items...)
		}
	}
	return nil
}

// Attributes writes attributes. It stands in for templ.RenderAttributes.
func Attributes(ctx context.Context, w io.Writer, all templ.Attributes) error {
	if len(all) == 0 {
		return nil
	}
	return templ.RenderAttributes(ctx, w, all)
}
