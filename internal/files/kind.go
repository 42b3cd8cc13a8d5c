package files

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Kind is a sort of file that may be kept as a document.
type Kind struct {
	Type  string   // its media type
	Label string   // what it is called on screen: "Word document"
	Ends  []string // how names of such files end, with the usual one first: ".docx"
}

// Plain reports whether a browser may be shown files of a media type without a
// program of its own for them: pictures made of dots, and text.
func Plain(mediaType string) bool {
	return mediaType == "image/png" || mediaType == "image/jpeg" || strings.HasPrefix(mediaType, "text/plain")
}

// The kinds that are found by more than their first bytes.
var (
	pdf       = &Kind{"application/pdf", "PDF", []string{".pdf"}}
	docx      = &Kind{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word document", []string{".docx"}}
	xlsx      = &Kind{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel spreadsheet", []string{".xlsx"}}
	pptx      = &Kind{"application/vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint slides", []string{".pptx"}}
	odt       = &Kind{"application/vnd.oasis.opendocument.text", "OpenDocument text", []string{".odt"}}
	ods       = &Kind{"application/vnd.oasis.opendocument.spreadsheet", "OpenDocument spreadsheet", []string{".ods"}}
	odp       = &Kind{"application/vnd.oasis.opendocument.presentation", "OpenDocument slides", []string{".odp"}}
	odg       = &Kind{"application/vnd.oasis.opendocument.graphics", "OpenDocument drawing", []string{".odg"}}
	doc       = &Kind{"application/msword", "Word document", []string{".doc"}}
	xls       = &Kind{"application/vnd.ms-excel", "Excel spreadsheet", []string{".xls"}}
	ppt       = &Kind{"application/vnd.ms-powerpoint", "PowerPoint slides", []string{".ppt", ".pps"}}
	msg       = &Kind{"application/vnd.ms-outlook", "Outlook email", []string{".msg"}}
	eml       = &Kind{"message/rfc822", "Email", []string{".eml"}}
	text      = &Kind{"text/plain; charset=utf-8", "Text", []string{".txt", ".csv", ".tsv", ".log", ".md", ".vtt", ".srt"}}
	latinText = &Kind{"text/plain; charset=windows-1252", "Text", text.Ends}
	mp4       = &Kind{"video/mp4", "Video", []string{".mp4", ".m4v", ".3gp"}}
)

// firsts are the kinds that are found by their first bytes. A dot stands for any
// byte.
var firsts = []struct {
	bytes string
	kind  *Kind
}{
	{`{\rtf`, &Kind{"application/rtf", "Rich text", []string{".rtf", ".doc"}}},
	{"\x89PNG\r\n\x1a\n", &Kind{"image/png", "PNG image", []string{".png"}}},
	{"\xff\xd8\xff", &Kind{"image/jpeg", "JPEG image", []string{".jpg", ".jpeg", ".jpe", ".jfif"}}},
	{"GIF87a", &Kind{"image/gif", "GIF image", []string{".gif"}}},
	{"GIF89a", &Kind{"image/gif", "GIF image", []string{".gif"}}},
	{"II*\x00", &Kind{"image/tiff", "TIFF image", []string{".tif", ".tiff"}}},
	{"MM\x00*", &Kind{"image/tiff", "TIFF image", []string{".tif", ".tiff"}}},
	{"RIFF....WEBPVP", &Kind{"image/webp", "WebP image", []string{".webp"}}},
	{"....ftyphei", &Kind{"image/heic", "HEIC image", []string{".heic", ".heif"}}},
	{"....ftyphev", &Kind{"image/heic", "HEIC image", []string{".heic", ".heif"}}},
	{"....ftypmif1", &Kind{"image/heif", "HEIF image", []string{".heif", ".heic"}}},
	{"ID3", &Kind{"audio/mpeg", "Sound", []string{".mp3"}}},
	{"\xff\xfb", &Kind{"audio/mpeg", "Sound", []string{".mp3"}}},
	{"\xff\xf3", &Kind{"audio/mpeg", "Sound", []string{".mp3"}}},
	{"\xff\xf2", &Kind{"audio/mpeg", "Sound", []string{".mp3"}}},
	{"RIFF....WAVE", &Kind{"audio/wav", "Sound", []string{".wav"}}},
	{"fLaC", &Kind{"audio/flac", "Sound", []string{".flac"}}},
	{"#!AMR", &Kind{"audio/amr", "Sound", []string{".amr"}}},
	{"OggS", &Kind{"audio/ogg", "Sound", []string{".ogg", ".oga", ".opus", ".ogv"}}},
	{"....ftypM4A", &Kind{"audio/mp4", "Sound", []string{".m4a"}}},
	{"....ftypM4V", mp4},
	{"....ftypisom", mp4},
	{"....ftypiso2", mp4},
	{"....ftypiso4", mp4},
	{"....ftypiso5", mp4},
	{"....ftypiso6", mp4},
	{"....ftypmp41", mp4},
	{"....ftypmp42", mp4},
	{"....ftypavc1", mp4},
	{"....ftypMSNV", mp4},
	{"....ftyp3gp", mp4},
	{"....ftypqt  ", &Kind{"video/quicktime", "Video", []string{".mov", ".qt"}}},
	{"RIFF....AVI ", &Kind{"video/x-msvideo", "Video", []string{".avi"}}},
	{"\x1aE\xdf\xa3", &Kind{"video/webm", "Video", []string{".webm", ".mkv"}}},
}

// unfits are what is refused by its first bytes, and how its reason reads after
// the file's name.
var unfits = []struct{ bytes, why string }{
	{"MZ", aProgram},
	{"\x7fELF", aProgram},
	{"\xfe\xed\xfa\xce", aProgram},
	{"\xfe\xed\xfa\xcf", aProgram},
	{"\xce\xfa\xed\xfe", aProgram},
	{"\xcf\xfa\xed\xfe", aProgram},
	{"\xca\xfe\xba\xbe", aProgram},
	{"\x00asm", aProgram},
	{"L\x00\x00\x00\x01\x14\x02\x00", aProgram}, // a Windows shortcut, which starts one
	{"#!", aProgram},
	{"\x1f\x8b", anArchive},
	{"BZh", anArchive},
	{"7z\xbc\xaf\x27\x1c", anArchive},
	{"\xfd7zXZ", anArchive},
	{"\x28\xb5\x2f\xfd", anArchive},
	{"Rar!", anArchive},
	{"MSCF", anArchive},
	{"ITSF", aPage},
}

// Why a file is refused, as it reads after the file's name. Each says what to do
// instead.
const (
	aProgram  = "is a program or script, which cannot be kept as a document."
	aPage     = "is a web page, drawing or other code, which can act when it is opened. Save it as a PDF and add that."
	anArchive = "is an archive of other files. Take the files out and add each by itself."
	aMacro    = "holds macros, which are programs. Save it without macros, or as a PDF, and add that."
	isLocked  = "is locked with a password or restricted, so others could not read it. Save it without, and add that."
	isCut     = "is cut short or damaged. Check that it opens, then add it again."
	isUnknown = "is not of a kind that can be kept. PDF, Word, Excel, PowerPoint, OpenDocument, text, email, pictures, sound and video can. Save it as one of those and add that."
)

// An Unfit says why a file may not be kept, in words that follow the file's name.
type Unfit struct{ Why string }

func (u *Unfit) Error() string { return "files: the file " + u.Why }

// acting are the ends of names that a computer may act on when the file is
// opened, whatever it holds.
var acting = map[string]string{
	".exe": aProgram, ".com": aProgram, ".scr": aProgram, ".pif": aProgram, ".bat": aProgram, ".cmd": aProgram, ".ps1": aProgram, ".psm1": aProgram,
	".vbs": aProgram, ".vbe": aProgram, ".js": aProgram, ".jse": aProgram, ".mjs": aProgram, ".ws": aProgram, ".wsf": aProgram, ".wsh": aProgram, ".hta": aProgram,
	".msi": aProgram, ".jar": aProgram, ".sh": aProgram, ".py": aProgram, ".php": aProgram, ".pl": aProgram, ".rb": aProgram, ".reg": aProgram, ".lnk": aProgram, ".url": aProgram,
	".scf": aProgram, ".inf": aProgram, ".cpl": aProgram, ".dll": aProgram, ".app": aProgram, ".desktop": aProgram, ".apk": aProgram, ".iqy": aProgram, ".slk": aProgram,
	".htm": aPage, ".html": aPage, ".xhtml": aPage, ".mht": aPage, ".mhtml": aPage, ".svg": aPage, ".svgz": aPage, ".xml": aPage, ".xsl": aPage, ".chm": aPage, ".swf": aPage,
	".docm": aMacro, ".dotm": aMacro, ".xlsm": aMacro, ".xltm": aMacro, ".xlam": aMacro, ".xll": aMacro, ".pptm": aMacro, ".ppsm": aMacro, ".potm": aMacro,
	".zip": anArchive, ".rar": anArchive, ".7z": anArchive, ".tar": anArchive, ".gz": anArchive, ".tgz": anArchive, ".bz2": anArchive, ".xz": anArchive, ".cab": anArchive, ".iso": anArchive, ".img": anArchive, ".vhd": anArchive,
}

// KindOf says what sort of file b is, by what it holds. What is compressed in it
// is never unpacked. The error is an [Unfit] for what may not be kept, or says
// that b could not be read.
func KindOf(name string, b Bytes) (*Kind, error) {
	if why, ok := acting[strings.ToLower(path.Ext(Clean(name)))]; ok {
		return nil, &Unfit{why}
	}
	if b.Size == 0 {
		return nil, &Unfit{"is empty."}
	}
	head := make([]byte, min(b.Size, 8192))
	if _, err := b.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(bytes.TrimLeft(head, "\ufeff\x00 \t\r\n"), []byte("%PDF-")): // as some scanners begin one
		return pdf, checkPDF(b)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipKind(b)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return compoundKind(b)
	}
	for _, f := range firsts {
		if begins(head, f.bytes) {
			return f.kind, nil
		}
	}
	if bytes.HasPrefix(head, []byte("BM")) && len(head) > 30 && int64(head[2])|int64(head[3])<<8|int64(head[4])<<16|int64(head[5])<<24 == b.Size {
		return &Kind{"image/bmp", "BMP image", []string{".bmp"}}, nil
	}
	for _, u := range unfits {
		// Text may begin with the letters of a program: MZ, BZh.
		if begins(head, u.bytes) && (u.bytes == "#!" || !isText(head)) {
			return nil, &Unfit{u.why}
		}
	}
	if len(head) > 262 && string(head[257:262]) == "ustar" {
		return nil, &Unfit{anArchive}
	}
	return textKind(b, head)
}

func begins(head []byte, pattern string) bool {
	if len(head) < len(pattern) {
		return false
	}
	for i := range len(pattern) {
		if pattern[i] != '.' && pattern[i] != head[i] {
			return false
		}
	}
	return true
}

// isText reports whether the beginning of a file looks like text or a page.
func isText(head []byte) bool { return strings.HasPrefix(http.DetectContentType(head), "text/") }

// lock is how a PDF says that it is encrypted, in its trailer.
var lock = regexp.MustCompile(`/Encrypt\s*(\d+\s+\d+\s+R|<<)`)

// checkPDF refuses a PDF that is locked, or that does not reach its end.
func checkPDF(b Bytes) error {
	const tail = 64 << 10
	end := make([]byte, min(b.Size, tail))
	if _, err := b.ReadAt(end, b.Size-int64(len(end))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if !bytes.Contains(end, []byte("%%EOF")) {
		return &Unfit{isCut}
	}
	locked := false
	err := pieces(b, func(piece []byte) bool {
		locked = lock.Match(piece)
		return !locked
	})
	if err == nil && locked {
		err = &Unfit{isLocked}
	}
	return err
}

// pieces calls f with one piece of a file after another until it returns false.
// Each begins with the end of the one before, so that nothing short is split.
func pieces(b Bytes, f func([]byte) bool) error {
	const whole, overlap = 64 << 10, 64
	piece := make([]byte, whole)
	for at := int64(0); at < b.Size; at += whole - overlap {
		n, err := b.ReadAt(piece[:min(whole, b.Size-at)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if !f(piece[:n]) || at+int64(n) >= b.Size {
			return nil
		}
	}
	return nil
}

// code is what shows that text is meant for a program.
var code = regexp.MustCompile(`(?i)<(!doctype|html|head|body|script|svg|iframe|object|embed|meta|\?xml|\?php|%@)`)

// header is a line of an email's head.
var header = regexp.MustCompile(`(?mi)^(from|to|date|subject|received|mime-version|message-id|return-path):`)

// textKind tells text from everything that is not known.
func textKind(b Bytes, head []byte) (*Kind, error) {
	sort := http.DetectContentType(head)
	switch {
	case !strings.HasPrefix(sort, "text/"):
		return nil, &Unfit{isUnknown}
	case strings.Contains(sort, "utf-16"):
		return text, nil // browsers and programs know it by its first two bytes
	}
	letter, _, _ := bytes.Cut(bytes.ReplaceAll(head, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	fields := map[string]bool{}
	for _, m := range header.FindAllSubmatch(letter, -1) {
		fields[strings.ToLower(string(m[1]))] = true
	}
	isHeader := regexp.MustCompile(`^[!-9;-~]+:`).Match(letter)
	isEmail := isHeader && fields["from"] && (fields["date"] || fields["received"] || fields["mime-version"] || fields["message-id"])
	if !isEmail && (!strings.HasPrefix(sort, "text/plain") || code.Match(head)) {
		return nil, &Unfit{aPage}
	}
	binary, latin := false, false
	var rest []byte // of a letter that two pieces share
	at := int64(0)
	buffer := make([]byte, 64<<10)
	for at < b.Size && !binary {
		n, err := b.ReadAt(buffer[:min(int64(len(buffer)), b.Size-at)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		at += int64(n)
		binary = bytes.IndexByte(buffer[:n], 0) >= 0
		if !latin {
			rest, latin = cutUTF8(append(rest, buffer[:n]...), at >= b.Size)
		}
	}
	switch {
	case binary:
		return nil, &Unfit{isUnknown}
	case isEmail:
		return eml, nil
	case latin:
		return latinText, nil
	}
	return text, nil
}

// cutUTF8 reports whether text is not UTF-8, and returns what may be the first
// part of a letter at its end.
func cutUTF8(p []byte, last bool) (rest []byte, not bool) {
	for len(p) > 0 {
		r, n := utf8.DecodeRune(p)
		if r == utf8.RuneError && n == 1 {
			if !last && !utf8.FullRune(p) {
				return slices.Clone(p), false
			}
			return nil, true
		}
		p = p[n:]
	}
	return nil, false
}

// NameFor is a name under which a file may be shown and saved: the last part of
// a path, without letters that hide or reverse, no longer than a screen bears,
// and with the ending of its kind, so that no computer takes it for another.
func NameFor(name string, k *Kind) string {
	name = Clean(name)
	if !slices.Contains(k.Ends, strings.ToLower(path.Ext(name))) {
		name = shorten(name, nameLength-len(k.Ends[0])) + k.Ends[0]
	}
	return name
}

// nameLength is how many letters of a name are kept.
const nameLength = 150

// Clean is a name as it may be shown: the last part of a path, without letters
// that hide or reverse. A name of which nothing is left is "document".
func Clean(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r < ' ', 0x7f <= r && r < 0xa0:
			return -1
		case 0x200b <= r && r <= 0x200f, 0x202a <= r && r <= 0x202e, 0x2060 <= r && r <= 0x206f, r == 0xfeff, r == 0xad:
			return -1 // no width, or the other direction
		case strings.ContainsRune(`<>:"|?*`, r):
			return '-' // not allowed in names on Windows
		}
		return r
	}, name)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	if name == "" {
		return "document"
	}
	return shorten(name, nameLength)
}

// shorten keeps the beginning of a name, and its ending.
func shorten(name string, most int) string {
	letters := []rune(name)
	if len(letters) <= most {
		return name
	}
	end := []rune(path.Ext(name))
	if len(end) > 10 {
		end = nil
	}
	return strings.TrimSpace(string(letters[:most-len(end)-1])) + "…" + string(end)
}
