package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/internal/app"
)

// A backup with its documents makes the same record and documents elsewhere;
// what is lost is said, and the rest is saved all the same.
func TestBackupAndRestoreOfDocuments(t *testing.T) {
	dir := t.TempDir()
	one, two := filepath.Join(dir, "one", "weald.db"), filepath.Join(dir, "two", "weald.db")
	file, archive := filepath.Join(dir, "backup"), filepath.Join(dir, "documents.tar")
	if status, out, log := run(t, "", "sen2", "load", "--record", one, "../../domain/sen2/testdata/return-2026-500.xml"); status != 0 {
		t.Fatalf("%d: %s%s", status, out, log)
	}
	digest := addDocument(t, one, "Dear Mr Hughes")
	for _, args := range [][]string{
		{"backup", "--record", one, file, "--documents", archive},
		{"restore", "--record", two, file, "--documents", archive},
	} {
		if status, out, log := run(t, "", args...); status != 0 || !strings.Contains(out, "1 file of documents") {
			t.Fatalf("%v: %d: %s%s", args, status, out, log)
		}
	}
	kept := filepath.Join(dir, "two", "documents", digest[:2], digest)
	if text, err := os.ReadFile(kept); err != nil || string(text) != "Dear Mr Hughes" {
		t.Errorf("%q, %v", text, err)
	}
	if i, err := os.Stat(archive); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("others can read the backup: %v, %v", i.Mode(), err)
	}
	if err := os.Remove(kept); err != nil {
		t.Fatal(err)
	}
	if status, _, log := run(t, "", "backup", "--record", two, file, "--documents", archive); status == 0 || !strings.Contains(log, "1 document is missing or damaged: "+digest) {
		t.Errorf("with one lost: %d: %s", status, log)
	}
}

// addDocument adds a text to the documents of the first child in a record, and
// returns its digest.
func addDocument(t *testing.T, record, text string) string {
	t.Helper()
	ctx := context.Background()
	db, core, err := (&recordFlags{Record: record}).open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	documents, err := (&documentFlags{DocumentsUndo: app.UndoDays}).documents(record, core)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := (&app.Casework{Core: core}).CaseFile(ctx, program)
	if err != nil {
		t.Fatal(err)
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(cases, "= "), "\n")
	next := []app.Upload{{Name: "letter.txt", Bytes: strings.NewReader(text)}}
	done, err := documents.Attach(ctx, program, app.ChildID(id), 0, func() (u app.Upload, err error) {
		if len(next) == 0 {
			return u, io.EOF
		}
		u, next = next[0], nil
		return u, nil
	})
	if err != nil || len(done) != 1 || done[0].Document == nil {
		t.Fatalf("%+v, %v", done, err)
	}
	return done[0].Document.Digest
}

// A place that cannot hold documents is refused before anything is served.
func TestWhereDocumentsAreKept(t *testing.T) {
	record := filepath.Join(t.TempDir(), "weald.db")
	for where, want := range map[string]string{
		"https://example.org/":      "must be a folder or s3://bucket",
		"s3://bucket?endpoint=host": "endpoint",
		"/dev/null/documents":       "documents' folder",
	} {
		if status, _, log := run(t, "", "serve", "--record", record, "--listen", "127.0.0.1:0", "--documents-in", where); status == 0 || !strings.Contains(log, want) {
			t.Errorf("%s: %d: %s", where, status, log)
		}
	}
	if status, _, log := run(t, "", "serve", "--record", record, "--listen", "127.0.0.1:0", "--documents-undo=-1"); status == 0 || !strings.Contains(log, "WEALD_DOCUMENTS_UNDO") {
		t.Errorf("-1 days: %d: %s", status, log)
	}
}
