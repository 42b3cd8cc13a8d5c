package files

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
)

// Zip archives and Microsoft's compound files are looked at only by the lists of
// names that they carry, and only so far: nothing in them is unpacked, so one
// that is made to swell does no harm.
const (
	mostNames = 20_000  // names that are looked at in one file
	mostList  = 4 << 20 // bytes of such a list
)

// readAt reads so many bytes, or says that the file is cut short.
func readAt(b Bytes, at, n int64) ([]byte, error) {
	if at < 0 || n < 0 || at+n < at || at+n > b.Size {
		return nil, &Unfit{isCut}
	}
	p := make([]byte, n)
	if _, err := b.ReadAt(p, at); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return p, nil
}

// zipKind tells the documents that are zip archives from other archives.
func zipKind(b Bytes) (*Kind, error) {
	names, locked, err := zipNames(b)
	if err != nil {
		return nil, err
	}
	var found *Kind
	macros, types := false, false
	for _, name := range names {
		switch {
		case name == "[Content_Types].xml":
			types = true
		case strings.HasPrefix(name, "word/") && found == nil:
			found = docx
		case strings.HasPrefix(name, "xl/") && found == nil:
			found = xlsx
		case strings.HasPrefix(name, "ppt/") && found == nil:
			found = pptx
		case name == "encrypted-package":
			locked = true
		}
		last := strings.ToLower(name[strings.LastIndexByte(name, '/')+1:])
		macros = macros || last == "vbaproject.bin" || strings.HasPrefix(name, "Basic/") || strings.HasPrefix(name, "Scripts/")
	}
	if !types {
		found = nil
		if said, err := openDocumentSays(b); err != nil {
			return nil, err
		} else if said != "" {
			for _, k := range []*Kind{odt, ods, odp, odg} {
				if said == k.Type {
					found = k
				}
			}
		}
	}
	switch {
	case found == nil:
		return nil, &Unfit{anArchive}
	case locked:
		return nil, &Unfit{isLocked}
	case macros:
		return nil, &Unfit{aMacro}
	}
	return found, nil
}

// zipNames lists the names in a zip archive from the directory at its end.
func zipNames(b Bytes) (names []string, locked bool, err error) {
	const endSize = 22
	tail := min(b.Size, endSize+1<<16)
	end, err := readAt(b, b.Size-tail, tail)
	if err != nil {
		return nil, false, err
	}
	at := bytes.LastIndex(end, []byte("PK\x05\x06"))
	if at < 0 || at+endSize > len(end) {
		return nil, false, &Unfit{isCut}
	}
	end = end[at:]
	count, size, from := binary.LittleEndian.Uint16(end[10:]), int64(binary.LittleEndian.Uint32(end[12:])), int64(binary.LittleEndian.Uint32(end[16:]))
	if count > mostNames || size > mostList {
		return nil, false, &Unfit{anArchive}
	}
	list, err := readAt(b, from, size)
	if err != nil {
		return nil, false, err
	}
	for range count {
		const headSize = 46
		if len(list) < headSize || string(list[:4]) != "PK\x01\x02" {
			return nil, false, &Unfit{isCut}
		}
		locked = locked || list[8]&1 != 0
		name := int(binary.LittleEndian.Uint16(list[28:]))
		all := headSize + name + int(binary.LittleEndian.Uint16(list[30:])) + int(binary.LittleEndian.Uint16(list[32:]))
		if all > len(list) {
			return nil, false, &Unfit{isCut}
		}
		names = append(names, string(list[headSize:headSize+name]))
		list = list[all:]
	}
	return names, locked, nil
}

// openDocumentSays is the media type that an OpenDocument file gives itself, as
// its first, uncompressed entry; "" for other files.
func openDocumentSays(b Bytes) (string, error) {
	const headSize = 30
	head, err := readAt(b, 0, min(b.Size, headSize))
	if err != nil || len(head) < headSize {
		return "", err
	}
	method, size := binary.LittleEndian.Uint16(head[8:]), int64(binary.LittleEndian.Uint32(head[18:]))
	name, extra := int64(binary.LittleEndian.Uint16(head[26:])), int64(binary.LittleEndian.Uint16(head[28:]))
	if method != 0 || name != int64(len("mimetype")) || size == 0 || size > 100 {
		return "", nil
	}
	p, err := readAt(b, headSize, name+extra+size)
	if err != nil || string(p[:name]) != "mimetype" {
		return "", err
	}
	return string(p[name+extra:]), nil
}

// compoundKind tells the documents that are Microsoft's compound files from
// others by the names of the streams in them.
func compoundKind(b Bytes) (*Kind, error) {
	names, err := compoundNames(b)
	if err != nil {
		return nil, err
	}
	var found *Kind
	locked, macros := false, false
	for _, name := range names {
		switch name {
		case "__properties_version1.0":
			if found == nil {
				found = msg
			}
		case "WordDocument":
			found = doc
		case "Workbook", "Book":
			found = xls
		case "PowerPoint Document":
			found = ppt
		case "EncryptedPackage", "EncryptionInfo":
			locked = true
		case "_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA":
			macros = true
		}
	}
	if slices.Contains(names, "__properties_version1.0") && slices.Contains(names, "__nameid_version1.0") {
		// An email may carry a Word document, macros and all, as its attachment;
		// the mail program asks before it opens one.
		return msg, nil
	}
	switch {
	case locked:
		return nil, &Unfit{isLocked}
	case found == nil:
		return nil, &Unfit{isUnknown}
	case macros:
		return nil, &Unfit{aMacro}
	}
	return found, nil
}

// compoundNames lists the names of the streams and storages in a compound file
// ([MS-CFB]: a header, tables of the sectors that follow each other, and a
// directory kept in such a chain of sectors).
func compoundNames(b Bytes) (names []string, err error) {
	head, err := readAt(b, 0, 512)
	if err != nil {
		return nil, err
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return nil, &Unfit{isCut}
	}
	sector := int64(1) << shift
	read := func(n uint32) ([]byte, error) { return readAt(b, (int64(n)+1)<<shift, sector) }

	// Where each part of the table is: the first 109 are named in the header, the
	// rest in sectors of their own.
	const unused = 0xfffffffa // and whatever is above it
	var tables []uint32
	take := func(list []byte) {
		for ; len(list) >= 4; list = list[4:] {
			if n := binary.LittleEndian.Uint32(list); n < unused {
				tables = append(tables, n)
			}
		}
	}
	take(head[76:])
	more := binary.LittleEndian.Uint32(head[68:])
	for steps := int64(0); more < unused; steps++ {
		if steps > b.Size/sector {
			return nil, &Unfit{isCut}
		}
		p, err := read(more)
		if err != nil {
			return nil, err
		}
		take(p[:sector-4])
		more = binary.LittleEndian.Uint32(p[sector-4:])
	}
	perTable := uint32(sector / 4)
	var cached []byte // the part of the table that was read last
	last := ^uint32(0)
	for n, steps := binary.LittleEndian.Uint32(head[48:]), 0; n < unused; steps++ {
		if steps*int(sector) > mostList || len(names) > mostNames {
			return nil, &Unfit{isUnknown}
		}
		p, err := read(n)
		if err != nil {
			return nil, err
		}
		for ; len(p) >= 128; p = p[128:] {
			if size := int(binary.LittleEndian.Uint16(p[64:])); p[66] != 0 && size >= 2 && size <= 64 {
				letters := make([]uint16, size/2-1)
				for i := range letters {
					letters[i] = binary.LittleEndian.Uint16(p[2*i:])
				}
				names = append(names, string(utf16.Decode(letters)))
			}
		}
		if i := n / perTable; i != last {
			if int64(i) >= int64(len(tables)) {
				return nil, &Unfit{isCut}
			}
			if cached, err = read(tables[i]); err != nil {
				return nil, err
			}
			last = i
		}
		n = binary.LittleEndian.Uint32(cached[4*(n%perTable):])
	}
	return names, nil
}
