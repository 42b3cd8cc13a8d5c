package app

import (
	"context"
	"errors"
	"fmt"
	"io"

	"weald/domain/access"
	"weald/internal/files"
	"weald/internal/store"
)

// What the virus scanner said of a document.
const (
	ScanWaiting = store.ScanWaiting
	ScanClean   = store.ScanClean
	ScanFound   = store.ScanFound
)

// scan asks the virus scanner about a file before it is kept: an [files.Unfit]
// if it found something. Without its answer the file is kept and waits.
func (a *Documents) scan(ctx context.Context, r io.Reader) (store.Scan, error) {
	if a.Scanner == nil {
		return store.NotScanned, nil
	}
	found, err := a.Scanner.Scan(ctx, r)
	switch {
	case errors.Is(err, files.ErrUnjudged):
		return store.ScanWaiting, nil
	case err != nil:
		return store.NotScanned, err
	case found != "":
		return store.ScanFound, &files.Unfit{Why: "is not safe: the virus scanner found " + found + " in it. Ask whoever sent it for another copy."}
	}
	return store.ScanClean, nil
}

// judgedAtOnce is how many waiting documents are read out of the record at once.
const judgedAtOnce = 100

// Judge asks the virus scanner again about the documents that wait for it. What
// it finds something in is removed, with the reason, and cannot be put back. It
// stops at the first for which there is no answer, and returns how many had one.
func (a *Documents) Judge(ctx context.Context, by access.User) (judged int, err error) {
	if err := may(by, access.Upkeep); err != nil || a.Scanner == nil {
		return 0, err
	}
	for {
		var waiting []Document
		err := a.db.Read(ctx, func(tx *store.Tx) (err error) {
			waiting, err = tx.WaitingDocuments(ctx, judgedAtOnce)
			return err
		})
		if err != nil || len(waiting) == 0 {
			return judged, err
		}
		for i := range waiting {
			if err := a.judge(ctx, by, &waiting[i]); errors.Is(err, files.ErrUnjudged) {
				return judged, nil
			} else if err != nil {
				return judged, err
			}
			judged++
		}
	}
}

func (a *Documents) judge(ctx context.Context, by access.User, d *Document) error {
	bytes, err := a.Files.Open(ctx, d.Digest)
	if err != nil {
		return fmt.Errorf("scanning document %s: %w", d.ID, err)
	}
	defer bytes.Close()
	found, err := a.Scanner.Scan(ctx, bytes)
	scan, reason, act := store.ScanClean, "", "found no virus in a document"
	var unfit *files.Unfit
	switch {
	case errors.As(err, &unfit):
		scan, reason, act = store.ScanFound, "It "+unfit.Why, "removed a document that cannot be scanned"
	case err != nil:
		return err
	case found != "":
		scan, reason, act = store.ScanFound, "The virus scanner found "+found+" in it", "removed a document that is not safe"
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		detail := d.Name
		if reason != "" {
			detail += ": " + reason
		}
		return errors.Join(tx.SetScan(ctx, d.ID, scan, reason), tx.Audit(ctx, act, string(d.Child), detail))
	})
	if err == nil && scan == store.ScanFound {
		return a.discard(ctx, by, d.Digest)
	}
	return err
}
