package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"weald/internal/web/govuk"
	"weald/internal/web/staff"

	"golang.org/x/net/html"
)

// A kept form is what somebody had typed and sent when their sign-in had run
// out. It waits in their browser's new session, on the server, until they have
// signed in: then they see their form again with everything in it. It is never
// in an address or the log, nobody else who signs in there sees it, and nothing
// comes of it until it is sent again.
type keptForm struct {
	By     string    // whose it is
	Action string    // where it was sent
	Page   string    // the page that the form is on
	Values string    // what was typed, as a browser sends it
	Files  bool      // it had files, which are not kept
	At     time.Time // when it was sent
}

const (
	keptFor    = time.Hour // as long as a session that nobody uses
	keptLength = 32 << 10  // bytes of one form
	keptForms  = 3         // in one session
	keptFiles  = 128 << 20 // bytes of files read past, so that the browser hears the answer

	knownFor = 7 * 24 * time.Hour // how long after its sign-in was last used a form is kept
)

// keepForm keeps a form that was sent by nobody signed in, if it is known whose
// it is, and tells them so.
func (s *Server) keepForm(w http.ResponseWriter, r *http.Request) {
	by, ago, err := s.accounts.Maker(r.Context(), madeIn(r))
	if err != nil || by == "" || ago > knownFor {
		return
	}
	values, files, err := typedIn(w, r)
	page := s.pageOf(r.URL.Path, values)
	switch {
	case errors.Is(err, errTooLong):
		s.pages.Sessions.Tell(r, "You were signed out before your form arrived, and it is too long to be kept. To copy what you typed, go back in your browser.")
		return
	case err != nil || page == "":
		return
	}
	k := keptForm{By: by, Action: r.URL.Path, Page: page, Values: values.Encode(), Files: files, At: time.Now()}
	all := slices.DeleteFunc(s.kept(r.Context()), func(o keptForm) bool { return o.Action == k.Action })
	all = append(all, k)
	s.setKept(r.Context(), all[max(0, len(all)-keptForms):])
	s.sessions.Put(r.Context(), "then", page)
	s.pages.Sessions.Tell(r, "You were signed out before your form arrived. Nothing has been recorded, and what you typed is kept for an hour for you alone. Sign in to see it again and send it.")
}

var errTooLong = errors.New("web: a form too long to be kept")

// typedIn reads what was typed into a form, and whether there were files.
func typedIn(w http.ResponseWriter, r *http.Request) (values url.Values, files bool, err error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil:
		return nil, false, err
	case kind == "application/x-www-form-urlencoded":
		body, err := io.ReadAll(io.LimitReader(r.Body, keptLength+1))
		if err != nil {
			return nil, false, err
		}
		if len(body) > keptLength {
			return nil, false, errTooLong
		}
		values, err = url.ParseQuery(string(body))
		return values, false, err
	case kind != "multipart/form-data":
		return nil, false, http.ErrNotSupported
	}
	values = url.Values{}
	length := 0
	for parts := multipart.NewReader(http.MaxBytesReader(w, r.Body, keptFiles), params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return values, files, nil
		} else if err != nil {
			return nil, files, err
		}
		if part.FileName() != "" || part.FormName() == "" {
			files = true
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, keptLength+1))
		if err != nil {
			return nil, files, err
		}
		if length += len(text) + len(part.FormName()); length > keptLength {
			return nil, files, errTooLong
		}
		values.Add(part.FormName(), string(text))
	}
}

// pageOf returns the page that shows the form sent to an address, or "": the
// address's own page for what is new, its own page, or the nearest one above it.
// A form that says what kind of thing it is about is shown for that kind.
func (s *Server) pageOf(action string, values url.Values) string {
	shown := func(path string) bool {
		_, pattern := s.routed.Handler(&http.Request{Method: http.MethodGet, URL: &url.URL{Path: path}})
		return strings.HasPrefix(pattern, "GET ") && pattern != "GET /{$}"
	}
	if path := action + "/new"; shown(path) {
		which := url.Values{}
		for _, field := range []string{"kind", "says-rule", "says-ground"} { // codes that choose the form, never what somebody wrote
			if code := values.Get(field); code != "" && len(code) <= 64 {
				which.Set(field, code)
			}
		}
		if len(which) > 0 {
			path += "?" + which.Encode()
		}
		return path
	}
	for path := action; path != ""; path = path[:strings.LastIndexByte(path, '/')] {
		if shown(path) {
			return path
		}
	}
	return ""
}

// kept returns the forms that wait in a session.
func (s *Server) kept(ctx context.Context) (all []keptForm) {
	text := s.sessions.GetString(ctx, "kept")
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return nil
	}
	return all
}

func (s *Server) setKept(ctx context.Context, all []keptForm) {
	if len(all) == 0 {
		s.sessions.Remove(ctx, "kept")
		return
	}
	if text, err := json.Marshal(all); err == nil {
		s.sessions.Put(ctx, "kept", string(text))
	}
}

// keepOnly drops what waits for anybody but the person signing in, and the way
// to it. It reports whether that was anything.
func (s *Server) keepOnly(ctx context.Context, id string) (dropped bool) {
	all := s.kept(ctx)
	theirs := slices.DeleteFunc(slices.Clone(all), func(k keptForm) bool { return k.By != id })
	if len(theirs) == len(all) {
		return false
	}
	s.setKept(ctx, theirs)
	return true
}

// again shows a page and, where a form on it was kept, fills the form in. Once
// the form is sent again it is no longer kept.
func (s *Server) again(page staff.Handler) staff.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		all := s.kept(r.Context())
		if len(all) == 0 {
			return page(w, r)
		}
		u := staff.UserOf(r.Context())
		left := slices.DeleteFunc(slices.Clone(all), func(k keptForm) bool {
			return k.By != u.ID || time.Since(k.At) > keptFor || r.Method == http.MethodPost && k.Action == r.URL.Path
		})
		if len(left) != len(all) {
			s.setKept(r.Context(), left)
		}
		i := slices.IndexFunc(left, func(k keptForm) bool { return k.Page == r.URL.RequestURI() })
		if r.Method != http.MethodGet || i < 0 {
			return page(w, r)
		}
		held := &holding{ResponseWriter: w, status: http.StatusOK}
		if err := page(held, r); err != nil {
			return err
		}
		body := held.body.Bytes()
		if held.status == http.StatusOK && strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			body = refill(r.Context(), body, &left[i])
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(held.status)
		_, err := w.Write(body)
		return err
	}
}

// holding holds a page back until it is whole.
type holding struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (h *holding) WriteHeader(status int)      { h.status = status }
func (h *holding) Write(b []byte) (int, error) { return h.body.Write(b) }

// refill writes a page with a kept form's answers in it, hidden ones too: they
// say what the form was made from, so that it is known if others have recorded
// since. A page without the form is left as it is.
func refill(ctx context.Context, page []byte, k *keptForm) []byte {
	values, err := url.ParseQuery(k.Values)
	if err != nil {
		return page
	}
	words := "Your form, as you sent it. Nothing has been recorded: you had been signed out. Check it and send it again."
	if k.Files {
		words = "Your form, as you sent it, but without its files: choose them again. Nothing has been recorded: you had been signed out. Check it and send it again."
	}
	var banner bytes.Buffer
	if err := (govuk.NotificationBanner{Text: words, TitleID: "form-kept"}).Render(ctx, &banner); err != nil {
		return page
	}
	var out bytes.Buffer
	var choice string // the name of the select that we are within
	within, found := false, false
	given := map[string]int{} // how many of a name's values are in their fields
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := bytes.Clone(z.Raw())
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken && kind != html.EndTagToken {
			out.Write(raw)
			continue
		}
		t := z.Token()
		if kind == html.EndTagToken {
			switch t.Data {
			case "form":
				within = false
			case "select":
				choice = ""
			}
			out.Write(raw)
			continue
		}
		switch {
		case t.Data == "main":
			out.Write(raw)
			out.Write(banner.Bytes())
		case t.Data == "form":
			within = strings.EqualFold(attribute(&t, "method"), "post") && attribute(&t, "action") == k.Action
			found = found || within
			out.Write(raw)
		case !within:
			out.Write(raw)
		case t.Data == "input":
			name := attribute(&t, "name")
			switch attribute(&t, "type") {
			case "radio", "checkbox":
				mark(&t, "checked", slices.Contains(values[name], attribute(&t, "value")))
			case "submit", "button", "image", "reset", "file", "password":
			default:
				if n := given[name]; n < len(values[name]) {
					set(&t, "value", values[name][n])
					given[name]++
				}
			}
			out.WriteString(t.String())
		case t.Data == "select":
			choice = attribute(&t, "name")
			out.Write(raw)
		case t.Data == "option" && values.Has(choice):
			mark(&t, "selected", slices.Contains(values[choice], attribute(&t, "value")))
			out.WriteString(t.String())
		case t.Data == "textarea" && values.Has(attribute(&t, "name")):
			out.Write(raw)
			out.WriteString("\n" + html.EscapeString(values.Get(attribute(&t, "name")))) // a browser drops the first line break
			for end := z.Next(); end == html.TextToken; end = z.Next() {
			}
			out.Write(z.Raw())
		default:
			out.Write(raw)
		}
	}
	if !found {
		return page
	}
	return out.Bytes()
}

func attribute(t *html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func set(t *html.Token, key, value string) {
	mark(t, key, false)
	t.Attr = append(t.Attr, html.Attribute{Key: key, Val: value})
}

// mark gives a tag an attribute without a value, or takes it away.
func mark(t *html.Token, key string, on bool) {
	t.Attr = slices.DeleteFunc(t.Attr, func(a html.Attribute) bool { return a.Key == key })
	if on {
		t.Attr = append(t.Attr, html.Attribute{Key: key})
	}
}
