package load

import (
	"bytes"
	"errors"
	"html"
	"net/url"
	"regexp"
)

// A form is the one on a page that is filled in: where it is sent, and the hidden
// fields it carries.
type form struct {
	action string
	fields url.Values
}

var (
	formStart = regexp.MustCompile(`<form method="post" action="([^"]*)"[^>]*>`)
	hidden    = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
)

// mainForm finds the form in a page's main part: the frame has one too, to sign
// out.
func mainForm(page []byte) (f form, err error) {
	_, main, found := bytes.Cut(page, []byte("<main"))
	start := formStart.FindSubmatchIndex(main)
	if !found || start == nil {
		return f, errors.New("load: the page holds no form")
	}
	inside, _, _ := bytes.Cut(main[start[1]:], []byte("</form>"))
	f = form{action: html.UnescapeString(string(main[start[2]:start[3]])), fields: url.Values{}}
	for _, m := range hidden.FindAllSubmatch(inside, -1) {
		f.fields.Set(string(m[1]), html.UnescapeString(string(m[2])))
	}
	return f, nil
}
