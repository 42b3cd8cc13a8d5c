// Package dossier writes everything kept about one child as one file: a page that
// anybody can read, the same for machines with its description, and the
// documents. It fetches nothing by itself but the documents' bytes.
//
// Start reading at [Write].
package dossier

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"weald/calendar"
	"weald/domain/casework"
	"weald/domain/privacy"
	"weald/domain/sen2"
	"weald/internal/app"
)

// A Dossier is what is written.
type Dossier struct {
	Area     string
	Subject  *app.Subject
	Schedule []privacy.Schedule // what was held back
	Given    bool               // it is for the person it is about: what is marked is held back
}

// Name is what the file is called. It names nobody.
func (d *Dossier) Name() string {
	if d.Given {
		return "what-we-hold.zip"
	}
	return "everything-kept.zip"
}

// Write writes the zip file as it goes: the page, the data, its description and
// then the documents, which bytes hands over one by one.
func (d *Dossier) Write(ctx context.Context, to io.Writer, bytes func(context.Context, *app.Document) (io.ReadCloser, bool, error)) error {
	z := zip.NewWriter(to)
	carried := map[string]string{} // by the document's ID, its file
	for i := range d.Subject.Documents {
		doc := &d.Subject.Documents[i]
		if !doc.Removed() && doc.Scan != app.ScanWaiting {
			carried[doc.ID] = fmt.Sprintf("documents/%02d %s", len(carried)+1, fileName(doc.Name))
		}
	}
	if err := entry(z, "Read this first.html", func(w io.Writer) error { return page(d, carried).Render(ctx, w) }); err != nil {
		return err
	}
	if err := entry(z, "data.json", func(w io.Writer) error { return d.data(w, carried) }); err != nil {
		return err
	}
	if err := entry(z, "schema.json", schema); err != nil {
		return err
	}
	for i := range d.Subject.Documents {
		doc := &d.Subject.Documents[i]
		name, ok := carried[doc.ID]
		if !ok {
			continue
		}
		err := entry(z, name, func(w io.Writer) error {
			in, ok, err := bytes(ctx, doc)
			if err != nil || !ok {
				return err
			}
			defer in.Close()
			_, err = io.Copy(w, in)
			return err
		})
		if err != nil {
			return fmt.Errorf("document %s: %w", doc.ID, err)
		}
	}
	return z.Close()
}

func entry(z *zip.Writer, name string, write func(io.Writer) error) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	return write(w)
}

// fileName is a name that every computer takes.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|`, r) {
			return '_'
		}
		return r
	}, s)
	return strings.Trim(s, ". ")
}

// data is everything, for machines.
func (d *Dossier) data(w io.Writer, carried map[string]string) error {
	type withheld struct {
		Where, What, Ground, Provision, AnsweredBy, SecondLook string
	}
	tables := map[string][]map[string]string{}
	for _, h := range d.Subject.All {
		tables[h.Table] = h.Rows
		if h.Rows == nil {
			tables[h.Table] = []map[string]string{}
		}
	}
	held := []withheld{}
	for _, s := range d.Schedule {
		held = append(held, withheld{s.Where, s.What, s.Ground.Words, s.Ground.From, s.By, s.Second})
	}
	out := json.NewEncoder(w)
	out.SetIndent("", " ")
	return out.Encode(map[string]any{
		"format": format, "made_on": d.Subject.Today.String(), "made_by": d.Subject.By, "tables": tables, "files": carried, "held_back": held,
	})
}

const format = "weald: what is kept about one child 1"

// schema describes data.json, as JSON Schema has it.
func schema(w io.Writer) error {
	type object = map[string]any
	text := object{"type": "string"}
	tables := object{}
	for _, h := range privacy.Holdings {
		fields := object{}
		for _, f := range h.Fields {
			fields[f.Name] = object{"type": "string", "description": f.Label}
		}
		tables[h.Table] = object{"type": "array", "title": h.Title, "description": h.About, "items": object{"type": "object", "properties": fields, "additionalProperties": false}}
	}
	out := json.NewEncoder(w)
	out.SetIndent("", " ")
	return out.Encode(object{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": format, "type": "object",
		"required": []string{"format", "made_on", "made_by", "tables", "files", "held_back"}, "additionalProperties": false,
		"properties": object{
			"format": object{"const": format}, "made_on": object{"type": "string", "format": "date"}, "made_by": text,
			"tables":    object{"type": "object", "properties": tables, "required": keys(tables), "additionalProperties": false},
			"files":     object{"type": "object", "description": "Each document's file in this folder, by the document's id", "additionalProperties": text},
			"held_back": object{"type": "array", "items": object{"type": "object", "additionalProperties": text}},
		},
	})
}

func keys(tables map[string]any) (all []string) {
	for _, h := range privacy.Holdings {
		if _, ok := tables[h.Table]; ok {
			all = append(all, h.Table)
		}
	}
	return all
}

// shown are the fields of a holding that tell a reader something: those that any
// row fills, but for how the record works.
func shown(h *privacy.Held) (fields []privacy.Field) {
	for _, f := range h.Fields {
		tells := f.Class != privacy.Working || f.Name == h.Key && f.Label == "Number" || f.Name == "replaces" || f.Name == "provenance" || f.Name == "struck"
		if !tells {
			continue
		}
		for _, row := range h.Rows {
			if v := words(h, f.Name, row); v != "" {
				fields = append(fields, f)
				break
			}
		}
	}
	return fields
}

// words writes a value as people read it.
func words(h *privacy.Held, field string, row map[string]string) string {
	v := row[field]
	switch field {
	case "kind", "last_kind":
		if k, ok := casework.KindNamed(v); ok && h.Table != "settings" {
			return k.Label()
		}
	case "need":
		if meaning := sen2.NeedTypes.Meaning(v); meaning != "" {
			return meaning
		}
	case "stage":
		return casework.Stage(v).Label()
	case "rule":
		if r := casework.RuleNamed(v); r != nil {
			return r.Family
		}
	case "responsibility", "binding", "excused", "next":
		if yes := map[string]string{"1": "Yes", "0": "No"}[v]; yes != "" {
			return yes
		}
	case "struck", "replaces", "event_seq":
		if v == "0" {
			return ""
		}
		if field == "struck" && v == "1" {
			return "Struck out"
		}
	case "detail":
		if h.Table == "events" {
			return strings.ReplaceAll(v, "=", ": ")
		}
	case "act":
		return strings.ToUpper(v[:min(1, len(v))]) + v[min(1, len(v)):]
	}
	if t, err := time.Parse(time.RFC3339Nano, v); err == nil {
		t = t.In(app.London)
		return calendar.On(t.Date()).Words() + t.Format(", 15:04")
	}
	if len(v) == len("2006-01-02") {
		if d, err := calendar.Parse(v); err == nil {
			return d.Words()
		}
	}
	return v
}

// anchor is a heading's address on the page.
func anchor(h *privacy.Held) string { return "part-" + h.Table }
