package web

import (
	"bufio"
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"weald/internal/web/face"
	"weald/internal/web/staff"
)

// madeBy reports whether a form that came was made for the person who is signed
// in now. A page may stand open while somebody else signs in on the same
// browser: what is then sent from it would be recorded in the wrong name.
func (s *Server) madeBy(r *http.Request) (bool, error) {
	made := madeIn(r)
	if made == "" || made == face.SignInOf(r.Context()) {
		return true, nil
	}
	maker, _, err := s.accounts.Maker(r.Context(), made)
	return maker == staff.UserOf(r.Context()).ID, err
}

// refuseForm says kindly that a form was somebody else's.
func (s *Server) refuseForm(w http.ResponseWriter, r *http.Request) error {
	u := staff.UserOf(r.Context())
	if s.throttle.notices.lets(s.network(r)) {
		if err := s.accounts.Note(r.Context(), "refused a form made in somebody else's sign-in", u.ID, ""); err != nil {
			return err
		}
	}
	return s.pages.Problem(w, r, http.StatusConflict, "This form was opened by somebody else",
		"You are signed in as "+u.Name+", but somebody else was signed in on this browser when the form was opened. Nothing has been recorded. To copy what was typed, go back in your browser. Then open the page again.", "")
}

// How far into a form its maker is looked for, in bytes. It is the first field of
// every form of ours, but a browser may put others before it.
const (
	madeLength  = keptLength
	madeInFiles = 1024 // of a form with files, that we may not wait for
)

// madeIn returns the sign-in in which a form says that it was made, or "". It
// leaves the form to be read as if nobody had looked.
func madeIn(r *http.Request) string {
	if r.Body == nil {
		return ""
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	length := madeLength
	if kind == "multipart/form-data" {
		length = madeInFiles
	}
	ahead := bufio.NewReaderSize(r.Body, length)
	first, _ := ahead.Peek(length) // what went wrong is found by who reads the form
	r.Body = struct {
		io.Reader
		io.Closer
	}{ahead, r.Body}
	switch kind {
	case "application/x-www-form-urlencoded":
		for pair := range strings.SplitSeq(string(first), "&") {
			if value, ok := strings.CutPrefix(pair, face.MakerField+"="); ok {
				value, _ = url.QueryUnescape(value) // "" is nobody's
				return value
			}
		}
	case "multipart/form-data":
		part, err := multipart.NewReader(bytes.NewReader(first), params["boundary"]).NextRawPart()
		if err != nil || part.FormName() != face.MakerField || part.FileName() != "" {
			return ""
		}
		value, err := io.ReadAll(io.LimitReader(part, madeInFiles))
		if err != nil {
			return ""
		}
		return string(value)
	}
	return ""
}
