package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// readCSV reads comma-separated values in UTF-8 or, as Excel may save them, in
// Windows-1252. An apostrophe that keeps a spreadsheet from running text as a
// formula is taken off.
func readCSV(in io.Reader) ([][]string, error) {
	text, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("reading the file: %w", err)
	}
	text = bytes.TrimPrefix(text, []byte("\xEF\xBB\xBF"))
	if bytes.IndexByte(text[:min(len(text), 1<<16)], 0) >= 0 {
		return nil, refuse("this is not text: expected CSV or an Excel workbook (.xlsx)")
	}
	if !utf8.Valid(text) {
		text = fromWindows(text)
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	var rows [][]string
	cells := 0
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, refuse("line %d, column %d: %v", bad.Line, bad.Column, bad.Err)
		} else if err != nil {
			return nil, fmt.Errorf("reading the file: %w", err)
		}
		if cells += len(row); cells > maxCells {
			return nil, refuse("the file has more than %d cells", maxCells)
		}
		for i, cell := range row {
			if len(cell) > 1 && cell[0] == '\'' && guarded(cell[1:]) {
				row[i] = cell[1:]
			}
		}
		// A quoted cell may hold line breaks, and the reader passes over empty lines.
		rows = append(rows, row)
	}
}

// windows are the characters of Windows-1252 from 0x80 to 0x9F.
var windows = []rune("€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ")

func fromWindows(text []byte) []byte {
	out := make([]byte, 0, len(text)+len(text)/8)
	for _, c := range text {
		switch {
		case c < 0x80:
			out = append(out, c)
		case c < 0xA0:
			out = utf8.AppendRune(out, windows[c-0x80])
		default:
			out = utf8.AppendRune(out, rune(c))
		}
	}
	return out
}
