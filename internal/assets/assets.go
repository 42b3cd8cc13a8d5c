// Package assets holds the styles, scripts and images that pages are dressed in,
// built by `make assets` and embedded in the program. It knows nothing of pages.
//
// Start reading at [Open].
package assets

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
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

var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon",
}

// Open reads the built files. Without them the program cannot show a page, so
// the error says how to make them.
func Open() (*Set, error) { return open(dist) }

func open(built fs.FS) (*Set, error) {
	manifest, err := fs.ReadFile(built, "dist/manifest.json")
	if err != nil {
		return nil, errors.New("assets: the styles and scripts have not been built: run make assets, then build again")
	}
	s := &Set{files: map[string]file{}}
	if err := json.Unmarshal(manifest, &s.names); err != nil {
		return nil, fmt.Errorf("assets: reading the manifest: %w", err)
	}
	for name, hashed := range s.names {
		kind, ok := kinds[path.Ext(hashed)]
		if !ok {
			return nil, fmt.Errorf("assets: no content type is known for %s", name)
		}
		plain, err := fs.ReadFile(built, "dist/"+hashed)
		if err != nil {
			return nil, fmt.Errorf("assets: %w", err)
		}
		packed, err := fs.ReadFile(built, "dist/"+hashed+".gz")
		if err != nil {
			return nil, fmt.Errorf("assets: %w", err)
		}
		s.files[hashed] = file{kind, plain, packed}
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
	if takesGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = f.packed
	}
	_, _ = w.Write(body) // the reader has gone away: nothing to do
}

// takesGzip says whether the reader of a response takes gzip; one that gives it
// a weight of nothing refuses it.
func takesGzip(r *http.Request) bool {
	for offer := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, weight, _ := strings.Cut(strings.ReplaceAll(offer, " ", ""), ";")
		if strings.EqualFold(coding, "gzip") {
			return strings.TrimRight(strings.TrimPrefix(weight, "q="), "0.") != "" || weight == ""
		}
	}
	return false
}
