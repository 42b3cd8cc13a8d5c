package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"weald/domain/sen2"
	"weald/internal/app"
	"weald/internal/sheet"
)

// sen2ConvertCommand turns a return from one form into another.
type sen2ConvertCommand struct {
	Form    string `help:"The form to write: analysts (five tables), template (the department's Excel template) or export (nine files of its collection system)." enum:",analysts,template,export" default:""`
	Year    int    `help:"The year of the return, if the files do not say." placeholder:"YEAR"`
	LEA     string `name:"lea" help:"The number of the local authority, if the files do not say." placeholder:"NNN"`
	NoNames bool   `name:"without-names" help:"Leave out names, postcodes, UPNs and ULNs, and put birth dates on the first of their month."`

	In  string `arg:"" help:"The return: XML, a workbook, or a folder of CSV files."`
	Out string `arg:"" help:"What to write, which must not exist: a name ending in .xml or .xlsx, or a folder for CSV files."`
}

// Run implements the command. Exit status 1: something could not be read, and is
// listed; 2: nothing could.
func (c *sen2ConvertCommand) Run() error {
	form, err := c.form()
	if err != nil {
		return err
	}
	header, people, faults, err := c.read()
	var refused *sheet.Refused
	var unknown *sen2.UnknownForm
	var syntax *sen2.SyntaxError
	if errors.As(err, &refused) || errors.As(err, &unknown) || errors.As(err, &syntax) || errors.Is(err, os.ErrNotExist) {
		fmt.Fprintln(os.Stderr, err)
		return exit(2)
	} else if err != nil {
		return err
	}
	if c.NoNames {
		for _, p := range people {
			p.Surname, p.Forename, p.PostCode, p.UPN, p.ULN = "", "", "", "", ""
			if !p.Born.IsZero() {
				p.Born = p.Born.AddDays(1 - p.Born.Day())
			}
		}
	}
	if err := c.write(form, header, people); err != nil {
		return err
	}
	fmt.Printf("Wrote %d %s to %s.\n", len(people), plural(len(people), "person", "people"), c.Out)
	if form == sen2.Analysts {
		fmt.Println("This form has no columns for where people are, their needs, reviews or who asked, so those are left out.")
	}
	if faults > 0 {
		return exit(1)
	}
	return nil
}

// form is what is to be written; nil is XML.
func (c *sen2ConvertCommand) form() (*sen2.Form, error) {
	name := c.Form
	switch filepath.Ext(c.Out) {
	case ".xml":
		if name != "" {
			return nil, errors.New("--form says which tables to write, and " + c.Out + " is XML")
		}
		return nil, nil
	case ".xlsx":
		if name == "" {
			name = sen2.Template.Name
		}
	default:
		if name == "" {
			name = sen2.Export.Name
		}
		if name == sen2.Template.Name {
			return nil, errors.New("the template is a workbook: give a name ending in .xlsx")
		}
	}
	i := slices.IndexFunc(sen2.Forms, func(f *sen2.Form) bool { return f.Name == name })
	return sen2.Forms[i], nil
}

// read reads the return, and prints what was wrong with it.
func (c *sen2ConvertCommand) read() (h sen2.Header, people []*sen2.Person, faults int, err error) {
	names := []string{c.In}
	if info, err := os.Stat(c.In); err == nil && info.IsDir() {
		if names, err = filepath.Glob(filepath.Join(c.In, "*.csv")); err != nil {
			return h, nil, 0, err
		}
	}
	if strings.EqualFold(filepath.Ext(c.In), ".xml") {
		file, err := os.Open(c.In)
		if err != nil {
			return h, nil, 0, err
		}
		defer file.Close()
		h, findings, err := sen2.Read(file, func(p *sen2.Person) error { people = append(people, p.Clone()); return nil })
		for _, f := range findings {
			if f.Severity == sen2.Fault {
				faults++
				fmt.Fprintf(os.Stderr, "%s:%d:%d: %s: %s\n", c.In, f.Line, f.Column, f.Severity, f.What)
			}
		}
		return h, people, faults, err
	}
	var files []app.FormFile
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return h, nil, 0, err
		}
		defer file.Close()
		info, err := file.Stat()
		if err != nil {
			return h, nil, 0, err
		}
		files = append(files, app.FormFile{Name: filepath.Base(name), In: file, Size: info.Size()})
	}
	form, h, people, findings, err := app.ReadForm(files, c.Year)
	if err != nil {
		return h, nil, 0, err
	}
	fmt.Fprintf(os.Stderr, "Read as %s.\n", form.Words)
	for _, f := range findings {
		if f.Severity == sen2.Fault {
			faults++
		}
		fmt.Fprintf(os.Stderr, "%s, row %d, column %d: %s: %s\n", f.Table, f.Line, f.Column, f.Severity, f.What)
	}
	if c.LEA != "" {
		h.LEA = c.LEA
	}
	if h.ReferenceDate.IsZero() {
		h.ReferenceDate = h.Census()
	}
	return h, people, faults, nil
}

func (c *sen2ConvertCommand) write(form *sen2.Form, h sen2.Header, list []*sen2.Person) (err error) {
	people := func(each func(*sen2.Person) error) error {
		for _, p := range list {
			if err := each(p); err != nil {
				return err
			}
		}
		return nil
	}
	create := func(name string) (io.WriteCloser, error) {
		return os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	}
	ext := filepath.Ext(c.Out)
	if ext != ".xml" && ext != ".xlsx" {
		if err := os.Mkdir(c.Out, 0o700); err != nil {
			return err
		}
		return app.WriteFormFiles(form, &h, app.Today(), people, func(name string) (io.WriteCloser, error) { return create(filepath.Join(c.Out, name)) })
	}
	file, err := create(c.Out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if form != nil {
		return app.WriteFormBook(form, &h, people, file)
	}
	w := sen2.NewWriter(file, &h)
	if err := people(w.Person); err != nil {
		return err
	}
	return w.Close()
}
