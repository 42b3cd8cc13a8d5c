package printer

import (
	"bytes"
	"compress/zlib"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/paper"
	"weald/internal/store"
	"weald/internal/testkit/browser"
)

// A pdf is a PDF file as those who hear it are read it: what its structure tree
// says, and not where anything stands.
type pdf struct {
	objects map[string]string // by number
	tags    []string          // of the structure tree, in order, with their depth before them
	bare    int               // header cells that do not say what they head
}

var (
	object  = regexp.MustCompile(`(?s)(\d+) 0 obj\b(.*?)\bendobj`)
	kids    = regexp.MustCompile(`(?s)/K (\[.*?\]|\d+ 0 R)`)
	ref     = regexp.MustCompile(`(\d+) 0 R`)
	tagName = regexp.MustCompile(`/S /(\w+)`)
	stream  = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)
)

// readPDF reads what Chromium writes. It is no reader for other files.
func readPDF(t *testing.T, file []byte) *pdf {
	t.Helper()
	p := &pdf{objects: map[string]string{}}
	for _, m := range object.FindAllStringSubmatch(string(file), -1) {
		p.objects[m[1]] = m[2]
	}
	// Objects may be packed together in streams.
	for _, text := range p.objects {
		if !strings.Contains(text, "/ObjStm") {
			continue
		}
		z, err := zlib.NewReader(strings.NewReader(stream.FindStringSubmatch(text)[1]))
		if err != nil {
			t.Fatal(err)
		}
		packed, _ := io.ReadAll(z)
		first, _ := strconv.Atoi(regexp.MustCompile(`/First (\d+)`).FindStringSubmatch(text)[1])
		head := strings.Fields(string(packed[:first]))
		for i := 0; i+1 < len(head); i += 2 {
			at, _ := strconv.Atoi(head[i+1])
			end := len(packed) - first
			if i+3 < len(head) {
				end, _ = strconv.Atoi(head[i+3])
			}
			p.objects[head[i]] = string(packed[first+at : first+end])
		}
	}
	for _, text := range p.objects {
		if strings.Contains(text, "/Type /StructTreeRoot") {
			p.walk(text, 0)
		}
	}
	return p
}

func (p *pdf) walk(text string, depth int) {
	if m := tagName.FindStringSubmatch(text); m != nil && strings.Contains(text, "/StructElem") {
		p.tags = append(p.tags, strings.Repeat(" ", depth)+m[1])
		if m[1] == "TH" && !strings.Contains(text, "/Scope") && !p.scoped(text) {
			p.bare++
		}
	}
	if m := kids.FindStringSubmatch(text); m != nil {
		for _, r := range ref.FindAllStringSubmatch(m[1], -1) {
			if kid := p.objects[r[1]]; strings.Contains(kid, "/StructElem") {
				p.walk(kid, depth+1)
			}
		}
	}
}

// scoped reports whether attributes kept apart say what a header cell heads.
func (p *pdf) scoped(text string) bool {
	for _, r := range ref.FindAllStringSubmatch(text, -1) {
		if strings.Contains(p.objects[r[1]], "/Scope") {
			return true
		}
	}
	return false
}

func (p *pdf) count(tag string) (n int) {
	for _, t := range p.tags {
		if strings.TrimSpace(t) == tag {
			n++
		}
	}
	return n
}

func (p *pdf) says(words string) bool {
	for _, text := range p.objects {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}

// A printed document keeps its structure, language, title, headings and tables.
func TestPDFIsTagged(t *testing.T) {
	path, env := browser.Chromium(t)
	p := New(path, env...)
	t.Cleanup(p.Close)
	d := &paper.Document{Title: "A plan for Zoë"}
	d.H(2, "Section F")
	d.H(3, "Provision")
	d.T(paper.Table{Caption: "Provision", Head: []string{"Line", "How often"}, Rows: [][]string{{"f-1", "Weekly"}, {"f-2", strings.Repeat("Every day. ", 900)}}})
	d.P("A paragraph.")
	var page bytes.Buffer
	if err := d.HTML(&page); err != nil {
		t.Fatal(err)
	}
	file, err := p.PDF(context.Background(), page.String())
	if err != nil {
		t.Fatal(err)
	}
	got := readPDF(t, file)
	for _, want := range []string{"/Marked true", "/Lang (en-GB)", "/DisplayDocTitle true", "/Type /Outlines"} {
		if !got.says(want) {
			t.Errorf("the file does not say %s", want)
		}
	}
	if !bytes.Contains(file, []byte("/Title")) {
		t.Error("the file has no title")
	}
	for tag, want := range map[string]int{"H1": 1, "H2": 1, "H3": 1, "Table": 1, "TH": 4, "TD": 2} {
		if n := got.count(tag); n != want {
			t.Errorf("%d of %s, want %d, in %q", n, tag, want, got.tags)
		}
	}
	if got.bare > 0 {
		t.Errorf("%d header cells do not say what they head", got.bare)
	}
	if !slices.ContainsFunc(got.tags, func(s string) bool { return strings.TrimSpace(s) == "Caption" }) {
		t.Log("no caption among the tags")
	}
	// It goes on when its browser has gone.
	p.Close()
	if _, err := p.PDF(context.Background(), page.String()); err != nil {
		t.Error(err)
	}
}

// A plan is printed with every section a heading and every table whole.
func TestPlanIsPrinted(t *testing.T) {
	path, env := browser.Chromium(t)
	p := New(path, env...)
	t.Cleanup(p.Close)
	read, err := plan.Read(plan.ExampleJSON, plan.Templates)
	if err != nil {
		t.Fatal(err)
	}
	f := &app.PlanFile{Child: store.Child{Forename: "Maya", Surname: "Okoro"}, Version: &app.PlanVersion{PlanVersion: store.PlanVersion{Version: 1, Stage: "draft"}}, Plan: read}
	d := f.Paper("Westmarch")
	var page bytes.Buffer
	if err := d.HTML(&page); err != nil {
		t.Fatal(err)
	}
	file, err := p.PDF(context.Background(), page.String())
	if err != nil {
		t.Fatal(err)
	}
	got := readPDF(t, file)
	tables, heads := 0, 0
	for _, b := range d.Blocks {
		if b.Table != nil {
			tables, heads = tables+1, heads+len(b.Table.Head)+len(b.Table.Rows)
		}
	}
	if got.count("H2") != len(read.Template.Sections) || got.count("Table") != tables || got.count("TH") != heads || got.bare > 0 {
		t.Errorf("%d sections, want %d; %d tables, want %d; %d header cells, want %d, of which %d head nothing", got.count("H2"), len(read.Template.Sections), got.count("Table"), tables, got.count("TH"), heads, got.bare)
	}
	if to := os.Getenv("WEALD_SHOTS"); to != "" {
		if err := os.WriteFile(filepath.Join(to, "plan.pdf"), file, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, "plan.html"), page.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A page cannot load anything or run anything.
func TestPagesDoNothing(t *testing.T) {
	path, env := browser.Chromium(t)
	p := New(path, env...)
	t.Cleanup(p.Close)
	file, err := p.PDF(context.Background(), `<!DOCTYPE html><html lang="en"><title>x</title><h1 id="h">Before</h1><script>document.getElementById("h").textContent = "After"; document.title = "After"</script>`)
	if err != nil || bytes.Contains(file, []byte("After")) {
		t.Errorf("a script ran: %v", err)
	}
}
