package dossier

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/privacy"
	"weald/internal/app"
	"weald/internal/store"
)

// subject is somebody about whom each sort of thing is kept once, every field
// filled with its own name.
func subject() *app.Subject {
	s := &app.Subject{Child: store.Child{Forename: "Ffion", Surname: "Hughes"}, Today: calendar.On(2026, 11, 23), By: "Tom Okafor", Documents: []app.Document{{ID: "d1", Name: `Letter: "one"/two.txt`, Digest: "abc"}}}
	for i := range privacy.Holdings {
		h := &privacy.Holdings[i]
		row := map[string]string{}
		for _, f := range h.Fields {
			row[f.Name] = h.Table + "." + f.Name
		}
		if h.Table == "documents" {
			row["id"] = "d1"
		}
		s.All = append(s.All, privacy.Held{Holding: h, Rows: []map[string]string{row}})
	}
	return s
}

func opened(t *testing.T, d *Dossier) map[string]string {
	t.Helper()
	var b bytes.Buffer
	err := d.Write(context.Background(), &b, func(context.Context, *app.Document) (io.ReadCloser, bool, error) {
		return io.NopCloser(strings.NewReader("Dear Zoë")), true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}

// Everything is there, for readers and for machines, and the data is what its
// description says.
func TestEverythingIsThere(t *testing.T) {
	all := opened(t, &Dossier{Area: "Westmarch", Subject: subject()})
	if got := slices.Sorted(maps.Keys(all)); !slices.Equal(got, []string{"Read this first.html", "data.json", "documents/01 Letter_ _one__two.txt", "schema.json"}) {
		t.Errorf("%q", got)
	}
	var data struct {
		Tables map[string][]map[string]string
	}
	var schema struct {
		Properties struct {
			Tables struct {
				Required   []string
				Properties map[string]struct {
					Items struct{ Properties map[string]any }
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(all["data.json"]), &data); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(all["schema.json"]), &schema); err != nil {
		t.Fatal(err)
	}
	for _, h := range privacy.Holdings {
		if len(data.Tables[h.Table]) != 1 || !slices.Contains(schema.Properties.Tables.Required, h.Table) || !strings.Contains(all["Read this first.html"], h.Title) {
			t.Errorf("%s is not in the data, its description or the page", h.Table)
			continue
		}
		for _, f := range h.Fields {
			if data.Tables[h.Table][0][f.Name] == "" || schema.Properties.Tables.Properties[h.Table].Items.Properties[f.Name] == nil {
				t.Errorf("%s.%s is not in the data or its description", h.Table, f.Name)
			}
			if f.Class != privacy.Working && !strings.Contains(all["Read this first.html"], f.Label) {
				t.Errorf("%s.%s is not on the page", h.Table, f.Name)
			}
		}
	}
	if strings.Contains(all["Read this first.html"], "<script") || strings.Contains(all["Read this first.html"], "http") {
		t.Error("the page runs or fetches something")
	}
}

// What is held back is in no file of it, and the schedule says how much and why.
func TestWhatIsHeldBackIsInNoFile(t *testing.T) {
	s := subject()
	for _, h := range s.All {
		switch h.Table {
		case "contacts":
			h.Rows[0]["name"] = "Mrs Eileen Brown"
		case "notes":
			h.Rows[0]["body"] = "Mrs eileen\nbrown says so"
		}
	}
	var schedule []privacy.Schedule
	s.All, schedule = privacy.Apply(s.All, []privacy.Withholding{{Words: "Eileen Brown", Ground: "third-party", ByName: "Tom Okafor", SecondName: "Meera Shah"}})
	all := opened(t, &Dossier{Area: "Westmarch", Subject: s, Schedule: schedule, Given: true})
	for name, text := range all {
		if strings.Contains(strings.ToLower(strings.Join(strings.Fields(text), " ")), "eileen") {
			t.Errorf("%s tells what is held back", name)
		}
	}
	for _, said := range []string{"Mrs [held back] says so", "words, in 2 places", "Schedule 2, paragraph 16", "Meera Shah"} {
		if !strings.Contains(all["Read this first.html"], said) {
			t.Errorf("the page does not say %q", said)
		}
	}
}
