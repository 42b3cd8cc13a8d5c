package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"weald/internal/app"
	"weald/internal/files"
)

// documentFlags say where the bytes of documents are kept, and for how long
// those of removed ones.
type documentFlags struct {
	DocumentsIn   string `help:"Where documents are kept: a folder, or s3://bucket/prefix?endpoint=https://host&region=REGION with its keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Unless said, the folder documents beside a SQLite record, or var/documents. A record has a place of its own." env:"WEALD_DOCUMENTS" placeholder:"FOLDER"`
	Scanner       string `help:"The virus scanner that looks at each document before it is kept, by clamd's protocol: tcp://host:port or unix:///path/to/socket. Without one, documents are not scanned." env:"WEALD_SCANNER" placeholder:"ADDRESS"`
	DocumentsUndo int    `help:"For how many days a removed document can be put back, before its bytes are deleted." default:"30" env:"WEALD_DOCUMENTS_UNDO" placeholder:"DAYS"`
}

// documents opens the place where the documents of a record are kept.
func (f *documentFlags) documents(record string, core *app.Core) (*app.Documents, error) {
	if f.DocumentsUndo < 0 || f.DocumentsUndo > 36_500 {
		return nil, errors.New("WEALD_DOCUMENTS_UNDO must be a number of days from 0 to 36500")
	}
	where := f.DocumentsIn
	if where == "" {
		where = filepath.Join("var", "documents")
		if !isURL(record) {
			where = filepath.Join(filepath.Dir(record), "documents")
		}
	}
	if isURL(where) && !strings.HasPrefix(where, "s3://") {
		return nil, errors.New("WEALD_DOCUMENTS must be a folder or s3://bucket")
	}
	kept, err := files.Open(where)
	if err != nil {
		return nil, err
	}
	d := &app.Documents{Core: core, Files: kept, Undo: f.DocumentsUndo}
	if f.Scanner != "" {
		if d.Scanner, err = files.NewScanner(f.Scanner); err != nil {
			return nil, fmt.Errorf("WEALD_SCANNER: %w", err)
		}
	}
	return d, nil
}

// backupDocuments writes every document to a tar archive, which appears only
// when it is whole.
func backupDocuments(ctx context.Context, documents *app.Documents, file string) error {
	var carried app.Carried
	err := whole(file, func(part *os.File) (err error) {
		carried, err = documents.Backup(ctx, program, part)
		return err
	})
	if err != nil {
		return fmt.Errorf("writing the backup of the documents: %w", err)
	}
	fmt.Printf("Backed up %d %s of documents, %d bytes, to %s.\n", carried.Files, plural(carried.Files, "file", "files"), carried.Bytes, file)
	return lost(carried)
}

// restoreDocuments puts the documents of a tar archive back.
func restoreDocuments(ctx context.Context, documents *app.Documents, file string) error {
	from, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("reading the backup of the documents: %w", err)
	}
	defer from.Close()
	carried, err := documents.TakeBack(ctx, program, from)
	if err != nil {
		return err
	}
	fmt.Printf("Restored %d %s of documents.\n", carried.Files, plural(carried.Files, "file", "files"))
	return lost(carried)
}

// lost says which documents the record speaks of and are not there.
func lost(c app.Carried) error {
	if len(c.Missing) == 0 {
		return nil
	}
	return fmt.Errorf("%d %s missing or damaged: %s", len(c.Missing), plural(len(c.Missing), "document is", "documents are"), strings.Join(c.Missing, ", "))
}

// whole writes a file that appears only when all of it is on the disk.
func whole(file string, write func(*os.File) error) error {
	part, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".part-")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name()) // gone already when it became the file
	if err := errors.Join(write(part), part.Sync(), part.Close()); err != nil {
		return err
	}
	return os.Rename(part.Name(), file)
}
