package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"weald/domain/published"
	"weald/domain/sen2"
	"weald/internal/sheet"
)

// sen2StatsCommand prints the published measures of a return, from its file
// alone.
type sen2StatsCommand struct {
	JSON    bool   `name:"json" help:"Print JSON."`
	Schools string `help:"The register of schools (GIAS, all establishments, CSV), so that plans are counted by type of school." type:"existingfile" placeholder:"FILE"`
	Of      string `name:"published" help:"Instead of a return's figures, those that the department published of an area: its three-digit number, or England. What should add up is worked out on them, and each gap explained." placeholder:"AREA"`
	Year    int    `help:"The year of the return, if its files do not say." placeholder:"YEAR"`
	File    string `arg:"" optional:"" help:"A SEN2 return: XML, a workbook, or a folder of CSV files."`
}

// Run implements the command. A file that cannot be read gives exit status 2.
func (c *sen2StatsCommand) Run() error {
	switch {
	case c.Of != "" && c.File == "":
		return publishedText(os.Stdout, c.Of)
	case c.Of != "" || c.File == "":
		fmt.Fprintln(os.Stderr, "name a return, or an area with --published")
		return exit(2)
	}
	schools, err := readSchools(c.Schools)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exit(2)
	}
	results, header, faults, err := c.count(schools)
	var syntax *sen2.SyntaxError
	var refused *sheet.Refused
	var unknown *sen2.UnknownForm
	if errors.As(err, &syntax) || errors.As(err, &refused) || errors.As(err, &unknown) || errors.Is(err, published.ErrYear) || errors.Is(err, os.ErrNotExist) {
		fmt.Fprintf(os.Stderr, "%s: %v\n", c.File, err)
		return exit(2)
	} else if err != nil {
		return err
	}
	if c.JSON {
		return statsJSON(os.Stdout, results, header, faults)
	}
	return statsText(os.Stdout, results, header, faults)
}

// count counts a return: as a stream if it is XML, and otherwise once it has been
// read whole.
func (c *sen2StatsCommand) count(schools published.Schools) (published.Results, sen2.Header, int, error) {
	if info, err := os.Stat(c.File); err == nil && (info.IsDir() || slices.Contains([]string{".xlsx", ".csv"}, strings.ToLower(filepath.Ext(c.File)))) {
		header, people, faults, err := (&sen2ConvertCommand{In: c.File, Year: c.Year}).read()
		if err != nil {
			return nil, header, faults, err
		}
		tally, err := published.NewTally(&header, schools)
		if err != nil {
			return nil, header, faults, err
		}
		for _, p := range people {
			tally.Add(p)
		}
		return tally.Results(), header, faults, nil
	}
	file, err := os.Open(c.File)
	if err != nil {
		return nil, sen2.Header{}, 0, err
	}
	defer file.Close()
	results, header, findings, err := published.Count(file, schools)
	faults := 0
	for _, f := range findings {
		if f.Severity == sen2.Fault {
			faults++
		}
	}
	return results, header, faults, err
}

func readSchools(name string) (published.Schools, error) {
	if name == "" {
		return nil, nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	register, err := sen2.ReadRegister(file)
	if err != nil {
		return nil, err
	}
	return published.OfRegister(register), nil
}

// statsText prints every measure with its figures and, under each, what it
// means and how surely.
func statsText(to io.Writer, results published.Results, h sen2.Header, faults int) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "The %d return of local authority %s, counted on %s.\n", h.Year, h.LEA, h.Census().Words())
	if faults > 0 {
		fmt.Fprintf(w, "%d %s in the file could not be read, so the figures may be short: weald sen2 check lists them.\n", faults, plural(faults, "item", "items"))
	}
	set := ""
	for i := range results {
		r := &results[i]
		if r.Set != set {
			set = r.Set
			fmt.Fprintf(w, "\n== %s ==\n", set)
		}
		fmt.Fprintf(w, "\n%s (%s)\n", r.Title, r.Key)
		for j := range r.Figures {
			f := &r.Figures[j]
			if r.Average {
				weeks, ok := f.Weeks()
				if !ok {
					weeks = "none"
				}
				fmt.Fprintf(w, "%s\t  %s weeks: %d days over %d plans\n", f.Label, weeks, f.Count, f.Whole)
				continue
			}
			line := fmt.Sprintf("%s\t  %d", f.Label, f.Count)
			if percent, ok := f.Percent(); ok {
				line += fmt.Sprintf("\t  %s%%\t  of %d %s", percent, f.Whole, r.Of)
			}
			fmt.Fprintln(w, line)
		}
		if err := w.Flush(); err != nil {
			return err
		}
		if r.Note != "" {
			fmt.Fprintln(w, "  Note: "+r.Note)
		}
		fmt.Fprintf(w, "  %s\n  Confidence %s: %s. Source: %s.\n", r.Definition, r.Confidence, r.Confidence.Words(), r.Source)
	}
	fmt.Fprintln(w, "\n== What should add up ==")
	if err := sumsText(w, published.Sums(results.Column)); err != nil {
		return err
	}
	return w.Flush()
}

// publishedText prints what was published of an area and whether it adds up.
func publishedText(w io.Writer, area string) error {
	name := published.Held.Name(area)
	if name == "" {
		fmt.Fprintf(os.Stderr, "nothing was published of %q: give an authority's three-digit number, or England\n", area)
		return exit(2)
	}
	fmt.Fprintf(w, "%s: %s.\n", name, published.ReleaseName)
	set := ""
	for i := range published.Measures {
		m := &published.Measures[i]
		for j, c := range m.Columns {
			if c.Name == "" {
				continue
			}
			if m.Set+m.Title != set {
				set = m.Set + m.Title
				fmt.Fprintf(w, "\n%s\n", m.Title)
			}
			line := published.Held.Text(area, c.Name)
			if percent, ok := published.Held.Percent(area, m, j); ok {
				line += fmt.Sprintf(" (%s%% of %s)", percent, m.Of)
			}
			fmt.Fprintf(w, "  %-50s %s\n", c.Label, line)
		}
	}
	fmt.Fprintln(w, "\n== What should add up ==")
	return sumsText(w, published.Sums(published.Held.Figures(area)))
}

// sumsText prints sums, and what is to be said of those that do not hold.
func sumsText(w io.Writer, sums []published.Sum) error {
	for _, s := range sums {
		line := fmt.Sprintf("%s: %d, as it should.", s.Title, s.Whole)
		if s.Gap != 0 {
			line = fmt.Sprintf("%s: %d against %d. %s", s.Title, s.Whole, s.Parts, s.Why)
		}
		if _, err := fmt.Fprintf(w, "\n%s\n", line); err != nil {
			return err
		}
	}
	return nil
}

// figureJSON is a figure for programs. Percent and Weeks are left out when
// nothing is divided.
type figureJSON struct {
	Label   string `json:"label"`
	Count   int    `json:"count"`
	Of      int    `json:"of,omitempty"`
	Percent string `json:"percent,omitempty"`
	Weeks   string `json:"weeks,omitempty"`
	Column  string `json:"published_as,omitempty"`
}

type measureJSON struct {
	Key        string       `json:"key"`
	Set        string       `json:"set"`
	Title      string       `json:"title"`
	Of         string       `json:"of,omitempty"`
	Figures    []figureJSON `json:"figures"`
	Note       string       `json:"note,omitempty"`
	Definition string       `json:"definition"`
	Confidence string       `json:"confidence"`
	Source     string       `json:"source"`
}

type sumJSON struct {
	Title string `json:"title"`
	Whole int    `json:"whole"`
	Parts int    `json:"parts"`
	Gap   int    `json:"gap"`
	Why   string `json:"why,omitempty"`
}

func statsJSON(to io.Writer, results published.Results, h sen2.Header, faults int) error {
	out := struct {
		Year     int           `json:"year"`
		LEA      string        `json:"lea"`
		Census   string        `json:"census"`
		Faults   int           `json:"faults"`
		Measures []measureJSON `json:"measures"`
		Sums     []sumJSON     `json:"sums"`
	}{h.Year, h.LEA, h.Census().String(), faults, nil, nil}
	for i := range results {
		r := &results[i]
		m := measureJSON{r.Key, r.Set, r.Title, r.Of, nil, r.Note, r.Definition, string(r.Confidence), r.Source}
		for j := range r.Figures {
			f := &r.Figures[j]
			one := figureJSON{Label: f.Label, Count: f.Count, Of: f.Whole, Column: f.Name}
			if r.Average {
				one.Weeks, _ = f.Weeks()
			} else {
				one.Percent, _ = f.Percent()
			}
			m.Figures = append(m.Figures, one)
		}
		out.Measures = append(out.Measures, m)
	}
	for _, s := range published.Sums(results.Column) {
		out.Sums = append(out.Sums, sumJSON{s.Title, s.Whole, s.Parts, s.Gap, s.Why})
	}
	e := json.NewEncoder(to)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}
