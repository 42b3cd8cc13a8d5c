package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// mostEmpty is how many empty cells or rows in a row are kept. Spreadsheets fill
// a sheet to its last row and column with them.
const mostEmpty = 100

// readODS reads the sheets of an OpenDocument spreadsheet. A cell is text as the
// person sees it, but for a day, which is 2006-01-02; what is repeated is there
// as often.
func (b *bookReader) readODS() (tables []Table, err error) {
	var row []string
	var text strings.Builder
	var day string
	var rowTimes, cellTimes, paragraphs int
	in, note := false, false // in a paragraph; in a comment on a cell
	times := func(e xml.StartElement, name string) int {
		n, err := strconv.Atoi(attr(e, name))
		if err != nil || n < 1 {
			return 1
		}
		return n
	}
	err = b.each("content.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table":
			if len(tables) == maxSheets {
				return refuse("the workbook has more than %d sheets", maxSheets)
			}
			tables = append(tables, Table{Name: attr(e, "name")})
		case "table-row":
			row, rowTimes = nil, times(e, "number-rows-repeated")
		case "table-cell", "covered-table-cell":
			cellTimes, day, paragraphs = times(e, "number-columns-repeated"), attr(e, "date-value"), 0
			text.Reset()
		case "annotation":
			note = true
		case "p":
			if !note {
				if paragraphs++; paragraphs > 1 {
					text.WriteByte('\n')
				}
				in = true
			}
		case "s":
			if in {
				text.WriteString(strings.Repeat(" ", min(times(e, "c"), mostEmpty)))
			}
		case "tab", "line-break":
			if in {
				text.WriteByte(' ')
			}
		}
		return nil
	}, func(t []byte) {
		if in {
			text.Write(t)
		}
	}, func(name string) error {
		switch name {
		case "p":
			in = false
		case "annotation":
			note = false
		case "table-cell", "covered-table-cell":
			value := text.String()
			if day != "" {
				value = day
			}
			if value == "" {
				cellTimes = min(cellTimes, mostEmpty)
			}
			if b.cells += cellTimes; b.cells > maxCells || len(row)+cellTimes > maxColumns+mostEmpty {
				return refuse("the workbook has more than %d cells, or a row of more than %d", maxCells, maxColumns)
			}
			for range cellTimes {
				row = append(row, value)
			}
		case "table-row":
			if len(tables) == 0 {
				return refuse("a row stands in no sheet")
			}
			for len(row) > 0 && row[len(row)-1] == "" {
				row = row[:len(row)-1]
			}
			if len(row) == 0 {
				row, rowTimes = nil, min(rowTimes, mostEmpty)
			}
			t := &tables[len(tables)-1]
			if b.cells += rowTimes * (len(row) + 1); b.cells > maxCells || len(t.Rows)+rowTimes > MaxRows {
				return refuse("the workbook has more than %d cells, or a sheet of more than %d rows", maxCells, MaxRows)
			}
			for range rowTimes {
				t.Rows = append(t.Rows, row)
			}
		case "table":
			t := &tables[len(tables)-1]
			for len(t.Rows) > 0 && len(t.Rows[len(t.Rows)-1]) == 0 {
				t.Rows = t.Rows[:len(t.Rows)-1]
			}
		}
		return nil
	})
	return tables, err
}
