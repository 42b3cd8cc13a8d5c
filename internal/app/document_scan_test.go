package app

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"weald/calendar"
	"weald/internal/files"
	"weald/internal/testkit/clamd"
	"weald/law"
)

const eicar = `X5O!P%@AP[4\PZX54(P^)7CC)7}$` + `EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`

// What the scanner finds something in is refused with the reason. What it does
// not answer for is kept and cannot be opened until it does, and is never lost
// without a word.
func TestDocumentsAreScanned(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	a := documents(t, c)
	server := clamd.Start(t, "unix", filepath.Join(t.TempDir(), "s"))
	var err error
	if a.Scanner, err = files.NewScanner(server.Address); err != nil {
		t.Fatal(err)
	}
	all, err := a.Attach(ctx, officer, id, 0, uploads(up("bad.txt", eicar), up("good.txt", "Dear Zoë")))
	if err != nil || len(all) != 2 || !strings.Contains(all[0].Refused, "found Eicar-Test-Signature") || all[0].Document != nil || all[1].Document == nil || all[1].Document.Scan != ScanClean {
		t.Fatalf("%+v %v", all, err)
	}
	if _, bytes, err := a.Open(ctx, officer, id, all[1].Document.ID); err != nil {
		t.Error(err)
	} else {
		_ = bytes.Close()
	}
	f, err := (&Casework{c}).Case(ctx, officer, id, calendar.Date(0))
	if err != nil || len(f.Documents) != 1 {
		t.Fatalf("%+v %v", f, err)
	}
	if !strings.Contains(fmt.Sprint(f.Seen), "bad.txt is not safe") {
		t.Errorf("nothing says that a file was refused: %+v", f.Seen)
	}

	// The scanner is away, and then of no use: the files wait.
	server.Say("stream: no ERROR\x00")
	late := add(t, a, id, "late.txt", "Dear Zoë, again")
	bad := add(t, a, id, "late-bad.txt", eicar)
	for _, d := range []*Document{late, bad} {
		var no *law.Refusal
		if _, _, err := a.Open(ctx, officer, id, d.ID); !errors.As(err, &no) || !strings.Contains(no.Because, "waits for the virus scanner") {
			t.Errorf("%s was opened: %v", d.Name, err)
		}
	}
	if n, err := a.Judge(ctx, program); n != 0 || err != nil {
		t.Errorf("%d judged, %v", n, err)
	}
	server.Say("")
	if n, err := a.Judge(ctx, program); n != 2 || err != nil {
		t.Fatalf("%d judged, %v", n, err)
	}
	if _, bytes, err := a.Open(ctx, officer, id, late.ID); err != nil {
		t.Error(err)
	} else {
		_ = bytes.Close()
	}
	d, err := a.Find(ctx, officer, id, bad.ID)
	if err != nil || !d.Removed() || !d.Gone || d.Reason != "The virus scanner found Eicar-Test-Signature in it" {
		t.Errorf("%+v %v", d, err)
	}
	if there, err := a.Files.Exists(ctx, bad.Digest); there || err != nil {
		t.Errorf("what was not safe is kept: %v", err)
	}
	var no *law.Refusal
	if err := a.Restore(ctx, officer, id, bad.ID); !errors.As(err, &no) {
		t.Errorf("put back: %v", err)
	}
	if n, err := a.Judge(ctx, program); n != 0 || err != nil {
		t.Errorf("%d judged again, %v", n, err)
	}
	server.Stop()
	if d := add(t, a, id, "later.txt", "Dear Zoë, once more"); d.Scan != ScanWaiting {
		t.Errorf("without a scanner there: %q", d.Scan)
	}
}
