package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"weald/calendar"
	"weald/domain/annexa"
	"weald/internal/app"
	"weald/internal/sheet"
)

// annexaBuildCommand writes the lists for an inspection from the record.
type annexaBuildCommand struct {
	recordFlags
	On   string   `help:"The inspection's reference date, as in 2026-06-01; today if it is left out." placeholder:"DATE"`
	With []string `help:"Fill blank columns in from these files (CSV or .xlsx), which have a column Unique ID and any of the lists' columns." type:"existingfile" placeholder:"FILE"`
	File string   `arg:"" help:"The workbook to write (.xlsx)."`
}

// referenceDay reads the day for which lists are taken.
func referenceDay(text string) (calendar.Date, error) {
	if text == "" {
		return app.Today(), nil
	}
	d, err := calendar.Parse(text)
	if err == nil && d.After(app.Today()) {
		err = fmt.Errorf("%s is after today, so nothing is known of it", d.Words())
	}
	return d, err
}

// Run implements the command. Exit status 1: the lists were written, and have
// errors.
func (c *annexaBuildCommand) Run() error {
	on, err := referenceDay(c.On)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exit(2)
	}
	ctx := context.Background()
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	inspections := &app.Inspections{Core: core}
	lists, err := inspections.AnnexA(ctx, program, on, true)
	if err != nil {
		return err
	}
	if err := c.fill(lists); err != nil {
		return err
	}
	file, err := os.OpenFile(c.File, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(app.WriteAnnexA(file, &lists.Book), file.Close(), inspections.TookOut(ctx, program, lists)); err != nil {
		return err
	}
	fmt.Printf("Wrote %s as on %s: List 1 with %d, List 2 with %d.\n", c.File, on.Words(), len(lists.Rows[annexa.One]), len(lists.Rows[annexa.Two]))
	fmt.Println("List 2 holds those with a request or an assessment and no plan: schools know the others with special educational needs.")
	fmt.Println("Blank but for what was filled in, because the record does not hold it:")
	for _, column := range annexa.One.Waiting() {
		fmt.Printf("  %s: waits for %s\n", column.Title, column.Waits)
	}
	return summary(os.Stdout, lists.Found)
}

// fill fills blank cells in from the files given, and prints what could not be
// used. A file that cannot be read gives exit status 2.
func (c *annexaBuildCommand) fill(lists *app.Lists) error {
	if len(c.With) == 0 {
		return nil
	}
	var files []app.FormFile
	for _, name := range c.With {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		info, err := file.Stat()
		if err != nil {
			return err
		}
		files = append(files, app.FormFile{Name: filepath.Base(name), In: file, Size: info.Size()})
	}
	filled, notes, err := app.FillAnnexA(lists, files)
	for _, n := range notes {
		fmt.Fprintf(os.Stderr, "%s: %s\n", n.Sheet, n.What)
	}
	var refused *sheet.Refused
	var unreadable *annexa.Unreadable
	if errors.As(err, &refused) || errors.As(err, &unreadable) {
		fmt.Fprintln(os.Stderr, err)
		return exit(2)
	} else if err != nil {
		return err
	}
	fmt.Printf("Filled %d blank %s in.\n", filled, plural(filled, "cell", "cells"))
	return nil
}

// summary counts what was found by rule. It is exit status 1 if any is an error.
func summary(w io.Writer, found []annexa.Finding) error {
	count := map[string]int{}
	errs := 0
	for i := range found {
		count[found[i].Code()]++
		if found[i].Rule.Severity == annexa.Error {
			errs++
		}
	}
	fmt.Fprintf(w, "%d %s, %d of them errors.\n", len(found), plural(len(found), "finding", "findings"), errs)
	for _, l := range []annexa.List{annexa.One, annexa.Two} {
		for i := range annexa.Rules {
			r := &annexa.Rules[i]
			if n := count[r.CodeOn(l)]; n > 0 && (!r.Own || l == r.Lists[0]) {
				fmt.Fprintf(w, "  %-5s %-6s %6d  %s\n", r.CodeOn(l), r.Severity, n, r.Message)
			}
		}
	}
	if errs > 0 {
		return exit(1)
	}
	return nil
}

// annexaCheckCommand checks a workbook of the lists.
type annexaCheckCommand struct {
	On   string `help:"The inspection's reference date, as in 2026-06-01; today if it is left out." placeholder:"DATE"`
	JSON bool   `name:"json" help:"Print JSON."`
	File string `arg:"" help:"The workbook (.xlsx), or one list as List_1.csv or List_2.csv."`
}

type annexaNote struct {
	Sheet string `json:"sheet"`
	What  string `json:"what"`
}

type annexaFinding struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Sheet    string `json:"sheet"`
	Row      int    `json:"row"`
	Column   string `json:"column"`
	Value    string `json:"value"`
	What     string `json:"what"`
	Source   string `json:"source"`
}

// Run implements the command. Exit status 0: no error; 1: some; 2: the file
// cannot be read.
func (c *annexaCheckCommand) Run() error {
	on, err := referenceDay(c.On)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exit(2)
	}
	file, err := os.Open(c.File)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exit(2)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	lists, notes, err := app.ReadAnnexA(filepath.Base(c.File), file, info.Size(), on)
	var refused *sheet.Refused
	var unreadable *annexa.Unreadable
	if errors.As(err, &refused) || errors.As(err, &unreadable) {
		fmt.Fprintf(os.Stderr, "%s: %v\n", c.File, err)
		return exit(2)
	} else if err != nil {
		return err
	}
	if c.JSON {
		return annexaJSON(os.Stdout, lists, notes)
	}
	for _, n := range notes {
		fmt.Printf("%s: note: %s\n", n.Sheet, n.What)
	}
	for i := range lists.Found {
		f := &lists.Found[i]
		fmt.Printf("%s:%d: %s %s: %s\n", f.List.Sheet(), f.Line, f.Rule.Severity, f.Code(), f.What)
	}
	return summary(os.Stdout, lists.Found)
}

func annexaJSON(w io.Writer, lists *app.Lists, notes []annexa.Note) error {
	out := struct {
		On       string          `json:"on"`
		List1    int             `json:"list_1"`
		List2    int             `json:"list_2"`
		Notes    []annexaNote    `json:"notes"`
		Findings []annexaFinding `json:"findings"`
	}{lists.On.String(), len(lists.Rows[annexa.One]), len(lists.Rows[annexa.Two]), []annexaNote{}, []annexaFinding{}}
	for _, n := range notes {
		out.Notes = append(out.Notes, annexaNote(n))
	}
	errs := false
	for i := range lists.Found {
		f := &lists.Found[i]
		errs = errs || f.Rule.Severity == annexa.Error
		out.Findings = append(out.Findings, annexaFinding{f.Code(), string(f.Rule.Severity), f.List.Sheet(), f.Line, f.Column, f.Value, f.What, f.Rule.Source()})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return err
	}
	if errs {
		return exit(1)
	}
	return nil
}
