package face

import (
	"bytes"
	"context"
	"html"
)

// MakerField names the hidden field by which every form says in which sign-in it
// was made. A form that comes while somebody else is signed in is refused, so
// that nothing is recorded in the wrong name.
const MakerField = "maker"

type signInKey struct{}

// WithSignIn puts the sign-in in which a request is made into its context.
func WithSignIn(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, signInKey{}, id)
}

// SignInOf returns the sign-in in which a request is made, or "".
func SignInOf(ctx context.Context) string {
	id, _ := ctx.Value(signInKey{}).(string)
	return id
}

// bindForms writes into each form of a page that posts in which sign-in it was
// made: here, for all pages, so that no form can do without. It returns the page
// as it is to be sent, and what is to be called once it has been.
func bindForms(page *bytes.Buffer, signIn string) (*bytes.Buffer, func()) {
	if signIn == "" {
		return page, func() {}
	}
	out := pages.Get().(*bytes.Buffer)
	field := `<input type="hidden" name="` + MakerField + `" value="` + html.EscapeString(signIn) + `">`
	rest := page.Bytes()
	for {
		at := bytes.Index(rest, []byte("<form"))
		if at < 0 {
			break
		}
		end := bytes.IndexByte(rest[at:], '>') // templ escapes those within attributes
		if end < 0 {
			break
		}
		end += at + 1
		out.Write(rest[:end])
		if bytes.Contains(rest[at:end], []byte(`method="post"`)) {
			out.WriteString(field)
		}
		rest = rest[end:]
	}
	out.Write(rest)
	return out, func() {
		if out.Cap() <= maxKeptPage {
			out.Reset()
			pages.Put(out)
		}
	}
}
