package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/domain/published"
)

const sampleReturn = "../../domain/sen2/testdata/return-2026-500.xml"

func TestStatsSayWhatEachFigureIs(t *testing.T) {
	file, err := os.Open(sampleReturn)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	results, header, _, err := published.Count(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	var text, data bytes.Buffer
	if err := errors.Join(statsText(&text, results, header, 0), statsJSON(&data, results, header, 0)); err != nil {
		t.Fatal(err)
	}
	for i := range published.Measures {
		m := &published.Measures[i]
		for _, want := range []string{m.Title, m.Key, m.Definition, m.Source} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%s: the text does not say %q", m.Key, want)
			}
		}
	}
	if !strings.Contains(text.String(), "No list of schools") {
		t.Error("the text does not say why placements are not known")
	}
	var read struct {
		Year     int
		Measures []measureJSON
		Sums     []sumJSON
	}
	if err := json.Unmarshal(data.Bytes(), &read); err != nil || read.Year != 2026 || len(read.Measures) != len(published.Measures) || len(read.Sums) == 0 {
		t.Errorf("JSON: %v, %d measures, %d sums", err, len(read.Measures), len(read.Sums))
	}
}

func TestStatsOfNoReturnExitTwo(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"empty.xml": "", "other.xml": "<a/>",
		"noyear.xml": "<Message><Header></Header><Persons></Persons></Message>",
		"bomb.xml":   `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><Message/>`,
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var status exit
		if err := (&sen2StatsCommand{File: path}).Run(); !errors.As(err, &status) || status != 2 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The published totals are shown with each gap explained, and a mark is not read
// as a number.
func TestPublishedTotalsExplainTheirGaps(t *testing.T) {
	var england, city bytes.Buffer
	if err := errors.Join(publishedText(&england, published.England), publishedText(&city, "201")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Within 20 weeks                                    41448 (45.9% of plans issued)",
		"Plans issued, by how long they took: 90392 against 90328. 64 plans were issued with no day of request",
		"Requests by outcome: 154489, as it should.",
		"8155 plans issued are not in the denominator of the 20 weeks",
	} {
		if !strings.Contains(england.String(), want) {
			t.Errorf("not said of England: %s", want)
		}
	}
	if !strings.Contains(city.String(), "City of London") {
		t.Error(city.String()[:80])
	}
	var status exit
	for _, c := range []sen2StatsCommand{{}, {Of: "nowhere"}, {Of: "886", File: sampleReturn}} {
		if err := c.Run(); !errors.As(err, &status) || status != 2 {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
