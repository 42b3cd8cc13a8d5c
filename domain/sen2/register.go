package sen2

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"weald/calendar"
)

// ReadRegister reads the register of settings as GOV.UK's “Get information about
// schools” gives it out, in CSV, and returns what finds a setting by its URN. Its
// columns may stand in any order; those that are not used are passed over.
func ReadRegister(in io.Reader) (func(urn string) (*Setting, bool), error) {
	file := csv.NewReader(in)
	file.ReuseRecord = true
	file.FieldsPerRecord = -1
	file.LazyQuotes = true
	head, err := file.Read()
	if err != nil {
		return nil, fmt.Errorf("reading the register: %w", err)
	}
	const urn, kind, closed, resourced, unitPlaces, resourcedPlaces, columns = 0, 1, 2, 3, 4, 5, 6
	at := [columns]int{}
	for c, name := range [columns]string{"URN", "TypeOfEstablishment (name)", "CloseDate", "TypeOfResourcedProvision (name)", "SenUnitCapacity", "ResourcedProvisionCapacity"} {
		at[c] = -1
		for i, h := range head {
			if strings.EqualFold(strings.Trim(h, "\ufeff "), name) {
				at[c] = i
			}
		}
	}
	if at[urn] < 0 || at[kind] < 0 {
		return nil, errors.New("reading the register: expected the columns URN and TypeOfEstablishment (name) of “Get information about schools”")
	}
	all := map[string]*Setting{}
	for {
		row, err := file.Read()
		if errors.Is(err, io.EOF) {
			return func(urn string) (*Setting, bool) { s, ok := all[urn]; return s, ok }, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the register: %w", err)
		}
		cell := func(c int) string {
			if at[c] < 0 || at[c] >= len(row) {
				return ""
			}
			return strings.TrimSpace(row[at[c]])
		}
		s := &Setting{Kind: strings.Clone(cell(kind))}
		what := strings.ToLower(cell(resourced))
		s.Unit = strings.Contains(what, "sen unit") || some(cell(unitPlaces))
		s.Resourced = strings.Contains(what, "resourced provision") || some(cell(resourcedPlaces))
		for _, layout := range []string{"02-01-2006", "2006-01-02", "02/01/2006"} {
			if day, err := time.Parse(layout, cell(closed)); err == nil {
				s.Closed = calendar.On(day.Year(), day.Month(), day.Day())
			}
		}
		all[strings.Clone(cell(urn))] = s
	}
}

// some reports whether a number of places is one.
func some(places string) bool { return strings.Trim(places, "0 ") != "" }
