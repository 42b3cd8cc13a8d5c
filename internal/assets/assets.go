// Package assets holds the styles, scripts and images that pages are dressed in,
// built by `make assets` and embedded in the program. It knows nothing of pages.
//
// Start reading at [Open].
package assets

import (
	"embed"
	"encoding/json"
	"errors"
	"net/http"
	"path"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// A Set is the built files, by the hashed names under which they are served.
type Set struct {
	names map[string]string
	files map[string]file
}

type file struct {
	kind          string
	plain, packed []byte
}

var kinds = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// Open reads the built files. Without them the program cannot show a page, so
// the error says how to make them.
func Open() (*Set, error) {
	manifest, err := dist.ReadFile("dist/manifest.json")
	if err != nil {
		return nil, errors.New("assets: the styles and scripts have not been built: run make assets, then build again")
	}
	s := &Set{files: map[string]file{}}
	if err := json.Unmarshal(manifest, &s.names); err != nil {
		return nil, err
	}
	for _, hashed := range s.names {
		plain, err := dist.ReadFile("dist/" + hashed)
		if err != nil {
			return nil, err
		}
		packed, err := dist.ReadFile("dist/" + hashed + ".gz")
		if err != nil {
			return nil, err
		}
		s.files[hashed] = file{kinds[path.Ext(hashed)], plain, packed}
	}
	return s, nil
}

// Path returns the address of a file: Path("weald.css") is
// "/assets/weald-1a2b3c.css". An unknown name is a fault in the program.
func (s *Set) Path(name string) string {
	hashed, ok := s.names[name]
	if !ok {
		panic("assets: no file named " + name)
	}
	return "/assets/" + hashed
}

// ServeHTTP serves a file under /assets/. Its name changes with its content, so
// it may be kept for good.
func (s *Set) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := s.files[strings.TrimPrefix(r.URL.Path, "/assets/")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Add("Vary", "Accept-Encoding")
	body := f.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = f.packed
	}
	_, _ = w.Write(body) // the reader has gone away: nothing to do
}
