package assets

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func TestMissingBuildSaysWhatToRun(t *testing.T) {
	_, err := open(fstest.MapFS{"dist/.gitkeep": {}})
	if err == nil || !strings.Contains(err.Error(), "run make assets") {
		t.Errorf("got %v", err)
	}
}

func TestHalfABuildIsRefused(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"a manifest that is not JSON": {"dist/manifest.json": {Data: []byte("x")}},
		"a file that is not there":    {"dist/manifest.json": {Data: []byte(`{"a.css": "a-1.css"}`)}},
		"no compressed file":          {"dist/manifest.json": {Data: []byte(`{"a.css": "a-1.css"}`)}, "dist/a-1.css": {}},
		"an unknown kind": {
			"dist/manifest.json": {Data: []byte(`{"a.exe": "a-1.exe"}`)}, "dist/a-1.exe": {}, "dist/a-1.exe.gz": {},
		},
	} {
		if _, err := open(files); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func built(t *testing.T) *Set {
	t.Helper()
	s, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// get fetches a path as one who sends the given Accept-Encoding does.
func get(s *Set, path, encodings string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", path, nil)
	r.Header.Set("Accept-Encoding", encodings)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestFilesAreServedForGood(t *testing.T) {
	s := built(t)
	for name, kind := range map[string]string{
		"weald.css": "text/css; charset=utf-8", "weald.js": "text/javascript; charset=utf-8", "favicon.svg": "image/svg+xml",
	} {
		stem, ext, _ := strings.Cut(name, ".")
		path := s.Path(name)
		if !regexp.MustCompile(`^/assets/` + stem + `-[0-9a-f]{10}\.` + ext + `$`).MatchString(path) {
			t.Errorf("%s is at %s", name, path)
		}
		plain, packed := get(s, path, ""), get(s, path, "br, gzip;q=0.5")
		for _, w := range []*httptest.ResponseRecorder{plain, packed} {
			h := w.Header()
			if w.Code != http.StatusOK || h.Get("Content-Type") != kind || h.Get("Vary") != "Accept-Encoding" ||
				h.Get("Cache-Control") != "public, max-age=31536000, immutable" {
				t.Errorf("%s: %d %v", name, w.Code, h)
			}
		}
		if plain.Header().Get("Content-Encoding") != "" || packed.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: encodings %v and %v", name, plain.Header(), packed.Header())
		}
		r, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(err)
		}
		unpacked, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(unpacked, plain.Body.Bytes()) {
			t.Errorf("%s: the compressed file is another (%v)", name, err)
		}
	}
}

func TestGzipIsServedOnlyToThoseWhoTakeIt(t *testing.T) {
	s := built(t)
	for encodings, want := range map[string]string{
		"gzip": "gzip", "GZIP": "gzip", "deflate, gzip": "gzip", "gzip; q=0.10": "gzip", "gzip;q=1.0": "gzip",
		"": "", "br": "", "gzip;q=0": "", "gzip; q=0.000": "", "x-gzipped": "",
	} {
		if got := get(s, s.Path("weald.css"), encodings).Header().Get("Content-Encoding"); got != want {
			t.Errorf("%q: got %q, want %q", encodings, got, want)
		}
	}
}

func TestNothingElseIsServed(t *testing.T) {
	s := built(t)
	for _, path := range []string{"/assets/", "/assets/weald.css", "/assets/manifest.json", "/assets/../assets.go", s.Path("weald.css") + ".gz"} {
		if w := get(s, path, ""); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// The typeface and the crest are for GOV.UK domains only, and the pages'
// Content-Security-Policy lets nothing be fetched from elsewhere.
func TestStylesHoldNothingThatIsNotOurs(t *testing.T) {
	s := built(t)
	css := get(s, s.Path("weald.css"), "").Body.String()
	for _, not := range []string{"GDS Transport", "@font-face", "crest", "@import", "url(http", "sourceMappingURL"} {
		if strings.Contains(css, not) {
			t.Errorf("weald.css holds %s", not)
		}
	}
	for _, want := range []string{".govuk-button", ".moj-timeline", ".weald-header", "@media print", "font-family:arial,sans-serif"} {
		if !strings.Contains(css, want) {
			t.Errorf("weald.css lacks %s", want)
		}
	}
	for _, asked := range regexp.MustCompile(`url\(([^)]*)\)`).FindAllStringSubmatch(css, -1) {
		path := strings.Trim(asked[1], `"'`)
		if !strings.HasPrefix(path, "data:") && get(s, "/assets/"+path, "").Code != http.StatusOK {
			t.Errorf("weald.css asks for %s, which is not served", path)
		}
	}
}
