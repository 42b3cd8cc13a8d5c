package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit/browser"
)

const sampleReturn = "../../domain/sen2/testdata/return-2026-500.xml"

// secondReturn is a return that brings one child, adds to one, contradicts one
// and leaves one for a person to name, in a record that holds the sample.
func (s *service) secondReturn() string {
	s.t.Helper()
	person := func(surname, forename, born, upn, start string) string {
		return fmt.Sprintf(`<Person><Surname>%s</Surname><Forename>%s</Forename><PersonBirthDate>%s</PersonBirthDate><Sex>F</Sex><UPN>%s</UPN><Requests><RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome><NamedPlan><StartDate>%s</StartDate></NamedPlan></Assessment><ActivePlans><SENneed><SENtype>ASD</SENtype><SENtypeRank>1</SENtypeRank></SENneed></ActivePlans></Requests></Person>`, surname, forename, born, upn, start)
	}
	first := s.children500()
	text := `<?xml version="1.0"?><Message><Header><CollectionDetails><Collection>SEN2</Collection><Year>2026</Year><ReferenceDate>2026-01-15</ReferenceDate></CollectionDetails><Source><LEA>999</LEA></Source></Header><Persons>` +
		person("Featherstonehaugh-Cholmondeley", "Anastasia-Wilhelmina", "2015-03-04", "H801200001001", "2024-05-20") +
		person(first.Surname, first.Forename, first.Born.String(), first.UPN, "1999-01-04") +
		person(first.Surname, first.Forename, first.Born.String(), "H801200001009", "2024-05-20") + `</Persons></Message>`
	file := filepath.Join(s.t.TempDir(), "second.xml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return file
}

// children500 is a child of the sample with a number and a plan.
func (s *service) children500() *app.CaseRow {
	s.t.Helper()
	v, err := (&app.Casework{Core: s.core}).Cases(context.Background(), program, app.CaseFilter{}, app.SortName, "")
	if err != nil {
		s.t.Fatal(err)
	}
	for i := range v.Rows {
		if r := &v.Rows[i]; r.UPN != "" && !r.Issued.IsZero() {
			return r
		}
	}
	s.t.Fatal("nobody in the sample has a UPN and a plan")
	return nil
}

// A return sent to the page is looked at, loaded, asked about and taken back.
func TestLoadingAReturnInTheBrowser(t *testing.T) {
	s := sample(t)
	file := s.secondReturn()
	b := browser.Open(t)
	look := func(name string) {
		t.Helper()
		for _, width := range []int64{1280, 360} {
			b.Width(width)
			for _, broken := range b.Axe() {
				t.Errorf("%s at %d: %s", name, width, broken)
			}
			if over := b.Overflow(); over > 0 {
				t.Errorf("%s is %d pixels too wide for %d", name, over, width)
			}
			if shots := os.Getenv("WEALD_SHOTS"); shots != "" {
				b.Screenshot(filepath.Join(shots, fmt.Sprintf("%s-%d.png", name, width)))
			}
		}
		b.Width(1280)
		b.Overflow() // the page has been laid out anew, and a click lands where it is aimed
	}
	b.Go(s.url + "/signin")
	b.Click(`button[value="priya"]`, ".weald-numbers")
	b.Go(s.url + "/returns/load")
	look("return-load")
	b.Click(`form[enctype] button`, ".govuk-error-summary")
	look("return-load-refused")
	b.Upload(`input[name="return"]`, file)
	b.Click(`form[enctype] button`, "#waiting")
	if text := b.Text("main"); !strings.Contains(text, "Nothing has been changed yet") || !strings.Contains(text, "Anastasia-Wilhelmina") || !strings.Contains(text, "another UPN") && !strings.Contains(text, "this child already") {
		t.Errorf("what it would do: %s", text)
	}
	look("return-load-tried")
	if n := s.children(); n != 500 {
		t.Errorf("%d children before it was loaded", n)
	}
	b.Click(`form[action$="/confirm"] button`, ".govuk-summary-card")
	if n := s.children(); n != 501 {
		t.Errorf("%d children once it was loaded", n)
	}
	look("return-loaded")
	b.Click(`input[value="new"]`, "")
	b.Click(`.govuk-summary-card button`, "main:not(:has(.govuk-summary-card)) .govuk-notification-banner")
	if n := s.children(); n != 502 {
		t.Errorf("%d children once it was said that one is another", n)
	}
	b.Click(`a[href$="/undo"]`, "textarea")
	look("return-undo")
	b.Type("textarea", "The wrong file")
	b.Click(`form[action$="/undo"] button`, ".govuk-notification-banner")
	if n := s.children(); n != 500 {
		t.Errorf("%d children once it was taken back", n)
	}
	look("return-load-undone")
}

// Loaded from the page or from the command line, a return ends in the same
// worklist.
func TestThePageLoadsAsTheCommandDoes(t *testing.T) {
	byCommand := sample(t)
	page := start(t)
	c := page.as("priya")
	text, err := os.ReadFile(sampleReturn)
	if err != nil {
		t.Fatal(err)
	}
	status, body := page.sendReturn(c, "return-2026-500.xml", string(text))
	if status != http.StatusOK || !strings.Contains(body, "children new to the record") {
		t.Fatalf("%d: %.600s", status, body)
	}
	for _, team := range []string{"East", "Mid", "West"} {
		page.team(team)
	}
	form := page.hidden(body)
	form["team"] = []string{"East", "Mid", "West"}
	if status, body := page.post(c, "/returns/load/confirm", form); status != http.StatusSeeOther {
		t.Fatalf("%d: %.300s", status, body)
	}
	page.staff()
	_, _, one := byCommand.get(byCommand.as("priya"), "/cases.csv")
	_, _, other := page.get(c, "/cases.csv")
	if one != other || strings.Count(one, "\n") < 500 {
		t.Errorf("%d and %d lines, and they differ", strings.Count(one, "\n"), strings.Count(other, "\n"))
	}
	if _, body := page.sendReturn(c, "again.xml", string(text)); !strings.Contains(body, "nothing would be changed") {
		t.Error("the same file is taken again")
	}
	if status, _ := page.post(c, "/returns/load/confirm", form); status != http.StatusUnprocessableEntity {
		t.Errorf("a file that is no longer held: %d", status)
	}
}

// What is no return is refused with the place and the reason, and not kept.
func TestWhatIsNoReturnIsRefused(t *testing.T) {
	s := start(t)
	c := s.as("priya")
	for name, text := range map[string]string{
		"not XML":        "Surname,Forename\nOak,Ash\n",
		"another root":   "<html><body>no</body></html>",
		"cut short":      `<Message><Header></Header><Persons><Person><Surname>Oa`,
		"entities":       `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><Message>&a;</Message>`,
		"a zip":          "PK\x03\x04\x14\x00\x00\x00",
		"nothing at all": "",
	} {
		status, body := s.sendReturn(c, "bad.xml", text)
		if status != http.StatusUnprocessableEntity || !strings.Contains(body, "govuk-error-summary") {
			t.Errorf("%s: %d", name, status)
		}
	}
	if kept, err := filepath.Glob(filepath.Join(s.kept, "*", "*")); err != nil || len(kept) > 0 {
		t.Errorf("kept: %v %v", kept, err)
	}
	if status, _ := s.sendReturn(s.as("amina"), "bad.xml", "x"); status != http.StatusForbidden {
		t.Errorf("an officer: %d", status)
	}
}

// sendReturn sends a file on the form.
func (s *service) sendReturn(c *http.Client, name, text string) (status int, body string) {
	s.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("return", name)
	if err == nil {
		_, err = io.WriteString(part, text)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		s.t.Fatal(err)
	}
	r, err := c.Post(s.url+"/returns/load", w.FormDataContentType(), &form)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	answer, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, string(answer)
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`)

// hidden are the hidden fields of a page.
func (s *service) hidden(body string) url.Values {
	v := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(body, -1) {
		v.Set(m[1], html.UnescapeString(m[2]))
	}
	return v
}

func (s *service) team(name string) {
	s.t.Helper()
	ctx := context.Background()
	err := s.db.Write(ctx, program, func(tx *store.Tx) error {
		return errors.Join(tx.AddTeam(ctx, name, name), tx.Audit(ctx, "made", "", ""))
	})
	if err != nil {
		s.t.Fatal(err)
	}
}
