package files

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func held(p string) Bytes { return Bytes{strings.NewReader(p), Kept{Size: int64(len(p))}} }

// zipped makes a zip archive of files that hold nothing, but for a first one
// called mimetype, which holds its name's second half.
func zipped(t testing.TB, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		name, content, said := strings.Cut(name, "=")
		method := zip.Deflate
		if said {
			method = zip.Store
		}
		w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: method, UncompressedSize64: uint64(len(content)), CompressedSize64: uint64(len(content))})
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// compound makes a compound file whose directory names streams.
func compound(names ...string) string {
	head := make([]byte, 512)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	binary.LittleEndian.PutUint16(head[30:], 9)
	put := func(p []byte, at int, n uint32) { binary.LittleEndian.PutUint32(p[at:], n) }
	put(head, 48, 1) // the directory begins in sector 1
	put(head, 68, 0xfffffffe)
	for at := 76; at < 512; at += 4 {
		put(head, at, 0xffffffff)
	}
	put(head, 76, 0) // the table is sector 0
	table := bytes.Repeat([]byte{0xff}, 512)
	put(table, 0, 0xfffffffd)
	directory := make([]byte, (len(names)*128+511)/512*512)
	for i, name := range names {
		entry := directory[128*i:]
		letters := utf16.Encode([]rune(name))
		for j, l := range letters {
			binary.LittleEndian.PutUint16(entry[2*j:], l)
		}
		binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(letters)+2))
		entry[66] = 2
	}
	for i := range len(directory) / 512 {
		next := uint32(i + 2)
		if i == len(directory)/512-1 {
			next = 0xfffffffe
		}
		put(table, 4*(i+1), next)
	}
	return string(head) + string(table) + string(directory)
}

const (
	ooxml   = "[Content_Types].xml"
	somePDF = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
)

// What a file is comes from what it holds, whatever it is called.
func TestKindOf(t *testing.T) {
	for name, v := range map[string]struct{ holds, want string }{
		"plan.pdf":         {somePDF, "application/pdf"},
		"plan":             {somePDF, "application/pdf"},
		"scan.pdf":         {"\ufeff\r\n" + somePDF, "application/pdf"},
		"letter.docx":      {zipped(t, ooxml, "_rels/.rels", "word/document.xml"), docx.Type},
		"sheet.xlsx":       {zipped(t, "_rels/.rels", "xl/workbook.xml", ooxml), xlsx.Type},
		"slides.pptx":      {zipped(t, ooxml, "ppt/presentation.xml"), pptx.Type},
		"letter.odt":       {zipped(t, "mimetype="+odt.Type, "content.xml"), odt.Type},
		"sheet.ods":        {zipped(t, "mimetype="+ods.Type, "content.xml"), ods.Type},
		"old.doc":          {compound("Root Entry", "1Table", "WordDocument"), doc.Type},
		"old.xls":          {compound("Root Entry", "a", "b", "c", "d", "e", "Workbook"), xls.Type},
		"mail.msg":         {compound("Root Entry", "__nameid_version1.0", "__properties_version1.0", "WordDocument", "VBA"), msg.Type},
		"old.rtf":          {`{\rtf1 Dear Mrs Ünal}`, "application/rtf"},
		"scan.png":         {"\x89PNG\r\n\x1a\n....", "image/png"},
		"photo.jpg":        {"\xff\xd8\xff\xe0..", "image/jpeg"},
		"scan.tif":         {"II*\x00....", "image/tiff"},
		"phone.heic":       {"\x00\x00\x00\x18ftypheic....", "image/heic"},
		"meeting.mp4":      {"\x00\x00\x00\x18ftypisom....", "video/mp4"},
		"voice.m4a":        {"\x00\x00\x00\x18ftypM4A ....", "audio/mp4"},
		"voice.wav":        {"RIFF....WAVEfmt ", "audio/wav"},
		"voice.mp3":        {"ID3\x04....", "audio/mpeg"},
		"mail.eml":         {"Received: from x\r\nFrom: a@b.example\r\nDate: Mon, 23 Nov 2026\r\nMIME-Version: 1.0\r\n\r\n<html><body>Dear", "message/rfc822"},
		"note.txt":         {"Dear Zoë,\n\nthe report is attached.", "text/plain; charset=utf-8"},
		"list.csv":         {"Surname,Born\nO'Neill,2016-02-29\n", "text/plain; charset=utf-8"},
		"windows.txt":      {"caf\xe9", "text/plain; charset=windows-1252"},
		"wide.txt":         {"\xff\xfeD\x00e\x00a\x00r\x00", "text/plain; charset=utf-8"},
		"MZ.txt":           {"MZ came to the meeting.", "text/plain; charset=utf-8"},
		"eicar.txt":        {`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`, "text/plain; charset=utf-8"},
		"less.txt":         {"Attendance < 50% and > 10%", "text/plain; charset=utf-8"},
		"Picture (1).docx": {"\x89PNG\r\n\x1a\n....", "image/png"},
	} {
		k, err := KindOf(name, held(v.holds))
		if err != nil || k.Type != v.want {
			t.Errorf("%s: %v, %v, want %s", name, k, err, v.want)
		}
	}
	long := strings.Repeat("é", 40_000) // splits a letter between two pieces
	if k, err := KindOf("long.txt", held("x"+long)); err != nil || k != text {
		t.Errorf("a letter split in two: %v, %v", k, err)
	}
}

// What could act on the reader's computer, hide what it holds or not be opened
// is refused, by what it holds and by what it is called.
func TestUnfit(t *testing.T) {
	swollen := zipped(t, slices.Repeat([]string{ooxml}, mostNames+1)...)
	loop := []byte(compound("Root Entry", "WordDocument"))
	binary.LittleEndian.PutUint32(loop[512+4:], 1) // the directory leads to itself
	far := []byte(compound("Root Entry", "WordDocument"))
	binary.LittleEndian.PutUint32(far[48:], 0xfffff000)
	for name, v := range map[string]struct{ called, holds, want string }{
		"nothing":                 {"plan.pdf", "", "empty"},
		"a page called a PDF":     {"report.pdf", "<!DOCTYPE html><script>alert(1)</script>", aPage},
		"a page after blanks":     {"report.pdf", "\n\n  <HTML><body>", aPage},
		"code within text":        {"notes.txt", "Dear all <script>alert(1)</script>", aPage},
		"a drawing":               {"logo.png", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, aPage},
		"a drawing by name":       {"logo.svg", "\x89PNG\r\n\x1a\n", aPage},
		"XML":                     {"data.txt", `<?xml version="1.0"?><a/>`, aPage},
		"a program":               {"plan.pdf", "MZ\x90\x00\x03\x00\x00\x00", aProgram},
		"a program by name":       {"invoice.pdf.EXE", "harmless", aProgram},
		"with a dot behind":       {"invoice.pdf.exe. ", "harmless", aProgram},
		"with nothing behind":     {"invoice.exe\u200b", "harmless", aProgram},
		"a Linux program":         {"x", "\x7fELF\x02\x01\x01", aProgram},
		"a script":                {"x.txt", "#!/bin/sh\nrm -rf /", aProgram},
		"a script by name":        {"x.js", "var a", aProgram},
		"a shortcut":              {"x.pdf", "L\x00\x00\x00\x01\x14\x02\x00\x00\x00", aProgram},
		"an archive":              {"photos.docx", zipped(t, "a.jpg", "b.jpg"), anArchive},
		"a program in an archive": {"x.jar", zipped(t, "META-INF/MANIFEST.MF"), aProgram},
		"an old archive":          {"x.dat", "\x1f\x8b\x08\x00\x00\x00\x00\x00", anArchive},
		"a rar":                   {"x.dat", "Rar!\x1a\x07\x00", anArchive},
		"an archive of tapes":     {"x.dat", "name" + strings.Repeat("\x00", 253) + "ustar\x0000", anArchive},
		"too many names":          {"x.docx", swollen, anArchive},
		"macros":                  {"x.docx", zipped(t, ooxml, "word/document.xml", "word/vbaProject.bin"), aMacro},
		"macros by name":          {"x.xlsm", zipped(t, ooxml, "xl/workbook.xml"), aMacro},
		"old macros":              {"x.doc", compound("Root Entry", "WordDocument", "Macros", "VBA"), aMacro},
		"macros in OpenDocument":  {"x.odt", zipped(t, "mimetype="+odt.Type, "Basic/Standard/Module1.xml"), aMacro},
		"locked Office":           {"x.docx", compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), isLocked},
		"a locked PDF":            {"x.pdf", strings.Replace(somePDF, "/Root", "/Encrypt 5 0 R /Root", 1), isLocked},
		"a PDF locked far in":     {"x.pdf", "%PDF-1.7\n" + strings.Repeat("x", 65_520) + "/Encrypt 5 0 R" + strings.Repeat("x", 70_000) + "%%EOF", isLocked},
		"half a PDF":              {"x.pdf", somePDF[:40], isCut},
		"half a Word document":    {"x.docx", zipped(t, ooxml, "word/document.xml")[:60], isCut},
		"half an old one":         {"x.doc", compound("Root Entry", "WordDocument")[:1000], isCut},
		"a chain without end":     {"x.doc", string(loop), isUnknown},
		"a chain that leads out":  {"x.doc", string(far), isCut},
		"an installer":            {"x.doc", compound("Root Entry", "!_StringData"), isUnknown},
		"unknown":                 {"x.pdf", "\x01\x02\x03\x04\x00\x00", isUnknown},
		"not text to the end":     {"x.txt", strings.Repeat("text ", 20_000) + "\x00\x01", isUnknown},
	} {
		k, err := KindOf(v.called, held(v.holds))
		var unfit *Unfit
		if !errors.As(err, &unfit) || !strings.Contains(unfit.Why, v.want) {
			t.Errorf("%s: %v, %v, want %q", name, k, err, v.want)
		}
	}
}

// A name is shown and saved as what the file is, and reaches no folder.
func TestNameFor(t *testing.T) {
	for name, v := range map[string]struct {
		kind *Kind
		want string
	}{
		"Report.PDF":                           {pdf, "Report.PDF"},
		"../../../etc/passwd":                  {text, "passwd.txt"},
		`C:\Users\amina\My Documents\plan.pdf`: {pdf, "plan.pdf"},
		"report.html.pdf":                      {pdf, "report.html.pdf"},
		"report.pdf":                           {text, "report.pdf.txt"},
		"..":                                   {pdf, "document.pdf"},
		"":                                     {pdf, "document.pdf"},
		".htaccess":                            {text, "htaccess.txt"},
		"a\u202efdp.exe":                       {pdf, "afdp.exe.pdf"},
		"a\r\nSet-Cookie: x.pdf":               {pdf, "aSet-Cookie- x.pdf"},
		`a"; filename="b.pdf`:                  {pdf, "a-; filename=-b.pdf"},
		"Zoë  O’Neill – plan.docx":             {docx, "Zoë O’Neill – plan.docx"},
		"\xff\xfe.pdf":                         {pdf, "pdf.pdf"},
		strings.Repeat("x", 400) + ".pdf":      {pdf, strings.Repeat("x", 145) + "….pdf"},
	} {
		if got := NameFor(name, v.kind); got != v.want {
			t.Errorf("%q: %q, want %q", name, got, v.want)
		}
	}
}

// Whatever is sent, looking at it ends, reads nothing out of bounds, and gives a
// kind or a reason; its name holds no path and no end of line.
func FuzzKindOf(f *testing.F) {
	for _, seed := range []string{somePDF, zipped(f, ooxml, "word/document.xml"), zipped(f, "mimetype="+odt.Type), compound("Root Entry", "WordDocument"), "From: a\nDate: b\n\nc", "text", "\xff\xd8\xff"} {
		f.Add("a.pdf", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, name string, p []byte) {
		k, err := KindOf(name, held(string(p)))
		var unfit *Unfit
		if err != nil && (!errors.As(err, &unfit) || unfit.Why == "") {
			t.Fatalf("%v", err)
		}
		if err != nil {
			return
		}
		got := NameFor(name, k)
		if strings.ContainsAny(got, "/\\\r\n\x00\"") || !utf8.ValidString(got) || utf8.RuneCountInString(got) > nameLength || NameFor(got, k) != got {
			t.Errorf("%q became %q, and %q", name, got, NameFor(got, k))
		}
		if why, ok := acting[strings.ToLower(got[strings.LastIndex(got, "."):])]; ok {
			t.Errorf("%q became %q: %s", name, got, why)
		}
	})
}
