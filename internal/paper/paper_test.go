package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func sample() *Document {
	d := &Document{Title: "A plan for Zoë <&> “Ann”"}
	d.T(Table{Caption: "About", Head: []string{"What", "Which"}, Rows: [][]string{{"Name", "Zoë"}}})
	d.H(2, "Section F")
	d.H(3, "Provision")
	d.Lead("f-1", "One line.\nAnother line.")
	d.Note("From “Advice”, page 2")
	d.P("")
	d.T(Table{Caption: "Provision", Head: []string{"Line", "How often"}, Rows: [][]string{{"f-1\nTherapy", "Weekly\x01"}, {"f-2", "Daily"}}})
	d.T(Table{Head: []string{"Nothing"}})
	return d
}

// part reads one part of a Word document, and fails unless all are sound XML.
func part(t *testing.T, file []byte, name string) (text string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(bytes.NewReader(all)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		if f.Name == name {
			text = string(all)
		}
	}
	return text
}

// A Word document has the title, language, headings and tables that it was given,
// and is the same whenever it is written.
func TestDOCX(t *testing.T) {
	var file, again bytes.Buffer
	if err := sample().DOCX(&file); err != nil {
		t.Fatal(err)
	}
	if err := sample().DOCX(&again); err != nil || !bytes.Equal(file.Bytes(), again.Bytes()) {
		t.Errorf("written twice, it differs: %v", err)
	}
	body := part(t, file.Bytes(), "word/document.xml")
	for want, n := range map[string]int{`w:val="Title"`: 1, `w:val="Heading1"`: 1, `w:val="Heading2"`: 1, "<w:tbl>": 2, "<w:tblHeader/>": 2, "<w:tr>": 5, "<w:br/>": 1, "Zoë &lt;&amp;&gt;": 1} {
		if got := strings.Count(body, want); got != n {
			t.Errorf("%d of %s, want %d", got, want, n)
		}
	}
	if core := part(t, file.Bytes(), "docProps/core.xml"); !strings.Contains(core, "<dc:language>en-GB</dc:language>") || !strings.Contains(core, "<dc:title>A plan for Zoë") {
		t.Errorf("properties %s", core)
	}
	if !strings.Contains(part(t, file.Bytes(), "word/styles.xml"), `w:lang w:val="en-GB"`) {
		t.Error("no language")
	}
	convert(t, file.Bytes())
}

// convert opens a Word document in LibreOffice, where it is installed, and looks
// for its headings and tables.
func convert(t *testing.T, file []byte) {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Log("LibreOffice is not installed, so the document was not opened in it")
		return
	}
	folder := t.TempDir()
	name := filepath.Join(folder, "plan.docx")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(office, "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--convert-to", "html", "--outdir", folder, name).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	page, err := os.ReadFile(filepath.Join(folder, "plan.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<h1", "<h2", "<table", "Therapy"} {
		if !strings.Contains(strings.ToLower(string(page)), strings.ToLower(want)) {
			t.Errorf("LibreOffice found no %s", want)
		}
	}
}

// The web page by itself has a language, a title, headings in order and tables
// whose heads say what they head; it asks for nothing.
func TestHTML(t *testing.T) {
	var b strings.Builder
	if err := sample().HTML(&b); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	level := 0
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			count[n.Data]++
			if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
				if is := int(n.Data[1] - '0'); is > level+1 {
					t.Errorf("a heading of level %d after one of %d", is, level)
				} else {
					level = is
				}
			}
			for _, a := range n.Attr {
				if a.Key == "scope" {
					count["scope"]++
				}
				if a.Key == "src" || a.Key == "href" {
					t.Errorf("it asks for %s", a.Val)
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	if count["h1"] != 1 || count["title"] != 1 || count["table"] != 2 || count["th"] != count["scope"] || count["th"] != 7 || !strings.Contains(b.String(), `lang="en-GB"`) {
		t.Errorf("%v", count)
	}
}
