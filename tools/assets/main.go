// Assets bundles what the pages are dressed in: the GOV.UK Design System's styles
// and scripts from npm, and Weald's own. It writes minified files with hashed
// names, each also compressed, and a manifest that internal/assets embeds.
//
//	go -C tools run ./assets
//
// GDS Transport and the royal crest are for GOV.UK domains only, so they are
// taken out: a local area's own service uses Arial and its own name.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

const root = "../internal/assets"

func main() {
	log.SetFlags(0)
	if err := build(); err != nil {
		log.Fatal("assets: ", err)
	}
}

func build() error {
	dist := filepath.Join(root, "dist")
	old, err := os.ReadDir(dist)
	if err != nil {
		return err
	}
	for _, f := range old {
		// git keeps the folder by this file, and embedding needs the folder.
		if f.Name() == ".gitkeep" {
			continue
		}
		if err := os.Remove(filepath.Join(dist, f.Name())); err != nil {
			return err
		}
	}
	b := bundle{dist: dist, manifest: map[string]string{}}
	modules := filepath.Join(root, "node_modules")
	b.image("favicon.svg", filepath.Join(root, "src", "favicon.svg"))
	b.style("weald.css",
		filepath.Join(modules, "govuk-frontend/dist/govuk/govuk-frontend.min.css"),
		filepath.Join(root, "../web/govuk/moj.css"),
		filepath.Join(root, "src", "weald.css"))
	b.script("weald.js", filepath.Join(root, "src", "weald.js"))
	if b.err != nil {
		return b.err
	}
	text, err := json.MarshalIndent(b.manifest, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dist, "manifest.json"), append(text, '\n'), 0o644)
}

type bundle struct {
	dist     string
	manifest map[string]string // name to hashed file name
	err      error
}

// add writes a file under its hashed name, plain and compressed.
func (b *bundle) add(name string, content []byte) {
	if b.err != nil {
		return
	}
	sum := sha256.Sum256(content)
	ext := filepath.Ext(name)
	flat := strings.ReplaceAll(strings.TrimSuffix(name, ext), "/", "-")
	hashed := flat + "-" + hex.EncodeToString(sum[:5]) + ext
	b.manifest[name] = hashed
	if b.err = os.WriteFile(filepath.Join(b.dist, hashed), content, 0o644); b.err != nil {
		return
	}
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if _, b.err = w.Write(content); b.err != nil {
		return
	}
	if b.err = w.Close(); b.err != nil {
		return
	}
	b.err = os.WriteFile(filepath.Join(b.dist, hashed+".gz"), packed.Bytes(), 0o644)
}

func (b *bundle) image(name, file string) {
	content, err := os.ReadFile(file)
	if err != nil {
		b.err = fmt.Errorf("%w (run make assets, which fetches it)", err)
		return
	}
	b.add(name, content)
}

var (
	fontFace   = regexp.MustCompile(`@font-face\s*\{[^}]*\}`)
	transport  = regexp.MustCompile(`"?GDS Transport"?\s*,\s*`)
	crest      = regexp.MustCompile(`url\("?/assets/images/govuk-crest\.svg"?\)`)
	picture    = regexp.MustCompile(`url\("?/assets/([a-z0-9/.-]+)"?\)`)
	sourceMaps = regexp.MustCompile(`/\*# sourceMappingURL=[^*]*\*/`)
)

func (b *bundle) style(name string, files ...string) {
	var all []byte
	for _, f := range files {
		content, err := os.ReadFile(f)
		if err != nil {
			b.err = fmt.Errorf("%w (run make assets, which fetches it)", err)
			return
		}
		all = append(append(all, content...), '\n')
	}
	all = sourceMaps.ReplaceAll(all, nil)
	all = fontFace.ReplaceAll(all, nil)
	all = transport.ReplaceAll(all, nil)
	all = crest.ReplaceAll(all, []byte("none"))
	all = picture.ReplaceAllFunc(all, func(found []byte) []byte {
		return []byte("url(" + b.picture(string(picture.FindSubmatch(found)[1])) + ")")
	})
	done := api.Transform(string(all), api.TransformOptions{Loader: api.LoaderCSS, MinifyWhitespace: true, MinifySyntax: true, LegalComments: api.LegalCommentsNone})
	b.finish(name, done.Errors, done.Code)
}

// picture adds an image that a style sheet asks for by its address in the
// package's own assets folder, and returns the address relative to the sheet.
func (b *bundle) picture(name string) string {
	if _, done := b.manifest[name]; !done {
		for _, assets := range []string{"govuk-frontend/dist/govuk/assets", "@ministryofjustice/frontend/moj/assets"} {
			file := filepath.Join(root, "node_modules", assets, name)
			if _, err := os.Stat(file); err == nil {
				b.image(name, file)
				return b.manifest[name]
			}
		}
		b.err = fmt.Errorf("a style sheet asks for /assets/%s, which no package holds", name)
	}
	return b.manifest[name]
}

func (b *bundle) script(name, file string) {
	done := api.Build(api.BuildOptions{
		EntryPoints: []string{file}, Bundle: true, Format: api.FormatESModule, Target: api.ES2020,
		MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true, LegalComments: api.LegalCommentsNone,
	})
	var code []byte
	if len(done.OutputFiles) > 0 {
		code = done.OutputFiles[0].Contents
	}
	b.finish(name, done.Errors, code)
}

func (b *bundle) finish(name string, errors []api.Message, code []byte) {
	if len(errors) > 0 {
		where := name
		if at := errors[0].Location; at != nil {
			where = fmt.Sprintf("%s:%d", at.File, at.Line)
		}
		b.err = fmt.Errorf("%s: %s", where, errors[0].Text)
	}
	if b.err == nil {
		b.add(name, code)
	}
}
