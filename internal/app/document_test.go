package app

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/files"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/postgres"
	"weald/law"
)

const somePDF = "%PDF-1.7\ntrailer <</Root 1 0 R>>\n%%EOF\n"

// documents returns the documents of a core, in a folder of their own.
func documents(t testing.TB, c *Core) *Documents {
	t.Helper()
	folder, err := files.NewFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c.db.SetClock(func() time.Time { return testkit.Now })
	return &Documents{Core: c, Files: folder, Undo: UndoDays}
}

// uploads hands over one upload after another.
func uploads(all ...Upload) func() (Upload, error) {
	return func() (Upload, error) {
		if len(all) == 0 {
			return Upload{}, io.EOF
		}
		u := all[0]
		all = all[1:]
		return u, nil
	}
}

func up(name, holds string) Upload { return Upload{name, strings.NewReader(holds)} }

func add(t testing.TB, a *Documents, id ChildID, name, holds string) *Document {
	t.Helper()
	all, err := a.Attach(ctx, officer, id, 0, uploads(up(name, holds)))
	if err != nil || len(all) != 1 || all[0].Document == nil {
		t.Fatalf("%s: %+v, %v", name, all, err)
	}
	return all[0].Document
}

func list(t testing.TB, a *Documents, id ChildID) []Document {
	t.Helper()
	f, err := (&Casework{a.Core}).Case(ctx, inspector, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f.Documents
}

// Of many files those that are fit are kept, the others say why not, and what
// the child has already is not kept twice.
func TestAttach(t *testing.T) {
	c := fresh(t)
	a, id := documents(t, c), ffion(t, c)
	all, err := a.Attach(ctx, officer, id, 1, uploads(
		up("Report.pdf", somePDF),
		up("setup.exe", "MZ"),
		up("../../notes.txt", "Dear Mr Hughes"),
		up("empty.pdf", ""),
		up("The same again.pdf", somePDF),
	))
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		name, refused string
		before        bool
	}{{"Report.pdf", "", false}, {"setup.exe", "program", false}, {"notes.txt", "", false}, {"empty.pdf", "empty", false}, {"The same again.pdf", "", true}}
	if len(all) != len(want) {
		t.Fatalf("%+v", all)
	}
	for i, w := range want {
		got := all[i]
		if got.Name != w.name || got.Before != w.before || !strings.Contains(got.Refused, w.refused) || (got.Refused == "") != (w.refused == "") || (got.Document == nil) != (w.refused != "") {
			t.Errorf("%+v, want %+v", got, w)
		}
	}
	if all[4].Document.Name != "Report.pdf" {
		t.Errorf("the same as %+v", all[4].Document)
	}
	kept := list(t, a, id)
	if len(kept) != 2 {
		t.Fatalf("%+v", kept)
	}
	for _, d := range kept {
		if d.Event != 1 || d.By != officer.Name {
			t.Errorf("%+v", d)
		}
	}
	d, in, err := a.Open(ctx, inspector, id, all[0].Document.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if p, err := io.ReadAll(in); err != nil || string(p) != somePDF || d.Type != "application/pdf" {
		t.Errorf("came back as %q, %v", p, err)
	}
	file, err := (&Casework{Core: c}).Case(ctx, officer, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(file.Seen, func(e store.AuditEntry) bool {
		return e.At == "2026-11-23T09:30:00.000000Z" && e.By == inspector.Name && e.Act == "opened a document" && e.Detail == "Report.pdf"
	}) {
		t.Errorf("the audit says %+v", file.Seen)
	}
}

// A file that is too large is refused; one that does not arrive whole is an
// error, and what came before it is kept.
func TestAttachTooLargeAndCutShort(t *testing.T) {
	c := fresh(t)
	a, id := documents(t, c), ffion(t, c)
	endless := io.MultiReader(strings.NewReader("%PDF-"), io.LimitReader(zeros{}, MostBytes+100))
	all, err := a.Attach(ctx, officer, id, 0, uploads(
		up("a.txt", "whole"), Upload{"large.pdf", endless}, up("b.txt", "also whole"),
		Upload{"c.txt", io.MultiReader(strings.NewReader("ha"), iotest.ErrReader(io.ErrUnexpectedEOF))},
		up("d.txt", "never reached")))
	if !errors.Is(err, io.ErrUnexpectedEOF) || len(all) != 3 || !strings.Contains(all[1].Refused, "100 MB") {
		t.Errorf("%+v, %v", all, err)
	}
	if n := len(list(t, a, id)); n != 2 {
		t.Errorf("%d kept", n)
	}
}

// A document belongs to an entry that stands, or to none.
func TestAttachToWhatStands(t *testing.T) {
	c := fresh(t)
	a, id := documents(t, c), ffion(t, c)
	for _, event := range []int{2, -1} {
		var no *law.Refusal
		if _, err := a.Attach(ctx, officer, id, event, uploads(up("a.txt", "a"))); !errors.As(err, &no) {
			t.Errorf("entry %d: %v", event, err)
		}
	}
	if _, err := a.Attach(ctx, officer, "nobody", 0, uploads(up("a.txt", "a"))); !errors.Is(err, ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
	if n := len(list(t, a, id)); n != 0 {
		t.Errorf("%d kept", n)
	}
}

// A removed document is hidden from everybody, with the reason, and can be put
// back until its last day; then its bytes go and its line stays.
func TestRemoveAndRestore(t *testing.T) {
	c := fresh(t)
	a, id := documents(t, c), ffion(t, c)
	d := add(t, a, id, "Report.pdf", somePDF)
	for range 2 {
		if err := a.Remove(ctx, officer, id, d.ID, "it is about another child"); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := a.Open(ctx, officer, id, d.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("opened: %v", err)
	}
	got := list(t, a, id)[0]
	if !got.Removed() || got.Reason != "it is about another child" || a.Until(&got) != calendar.On(2026, time.December, 23) {
		t.Errorf("%+v until %v", got, a.Until(&got))
	}
	for range 2 {
		if err := a.Restore(ctx, officer, id, d.ID); err != nil {
			t.Fatal(err)
		}
	}
	if got := list(t, a, id)[0]; got.Removed() {
		t.Errorf("%+v", got)
	}
	if err := a.Remove(ctx, officer, id, d.ID, "again"); err != nil {
		t.Fatal(err)
	}
	again := add(t, a, id, "Again.pdf", somePDF)
	var no *law.Refusal
	if err := a.Restore(ctx, officer, id, d.ID); !errors.As(err, &no) || !strings.Contains(no.Error(), "Again.pdf") {
		t.Errorf("put back beside the same: %v", err)
	}
	if err := a.Remove(ctx, officer, id, again.ID, "both"); err != nil {
		t.Fatal(err)
	}
	for _, day := range []struct {
		on   calendar.Date
		gone bool
	}{{calendar.On(2026, time.December, 23), false}, {calendar.On(2026, time.December, 24), true}} {
		a.today = func() calendar.Date { return day.on }
		if _, err := a.LetGo(ctx, program); err != nil {
			t.Fatal(err)
		}
		if there, err := a.Files.Exists(ctx, d.Digest); err != nil || there == day.gone {
			t.Errorf("%s: there %v, %v", day.on, there, err)
		}
		if got := list(t, a, id); len(got) != 2 || got[0].Gone != day.gone {
			t.Errorf("%s: %+v", day.on, got)
		}
	}
	if err := a.Restore(ctx, officer, id, d.ID); !errors.As(err, &no) {
		t.Errorf("put back without its bytes: %v", err)
	}
	// What has gone can be added again.
	if back := add(t, a, id, "Report.pdf", somePDF); back.Removed() {
		t.Errorf("%+v", back)
	}
}

// Two children may have the same document: it goes from one and stays with the
// other.
func TestSameBytesOfTwoChildren(t *testing.T) {
	c := fresh(t)
	a, id := documents(t, c), ffion(t, c)
	err := c.db.Write(ctx, program, func(tx *store.Tx) error {
		return errors.Join(tx.AddChild(ctx, &store.Child{ID: "ewan"}), tx.Audit(ctx, "added", "ewan", ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	hers, his := add(t, a, id, "Siblings.pdf", somePDF), add(t, a, "ewan", "Siblings.pdf", somePDF)
	if _, _, err := a.Open(ctx, officer, "ewan", hers.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("hers opened as his: %v", err)
	}
	if err := a.Remove(ctx, officer, id, hers.ID, "x"); err != nil {
		t.Fatal(err)
	}
	a.today = func() calendar.Date { return testkit.Today + 100 }
	if _, err := a.LetGo(ctx, program); err != nil {
		t.Fatal(err)
	}
	if _, in, err := a.Open(ctx, officer, "ewan", his.ID); err != nil {
		t.Errorf("his went with hers: %v", err)
	} else {
		_ = in.Close()
	}
	if got := list(t, a, id)[0]; !got.Gone {
		t.Errorf("%+v", got)
	}
}

// Those who may not are refused, whatever they ask.
func TestDocumentPermissions(t *testing.T) {
	c := fresh(t)
	a, id := documents(t, c), ffion(t, c)
	d := add(t, a, id, "Report.pdf", somePDF)
	stranger := inspector
	stranger.Role = ""
	_, see := (&Casework{c}).Case(ctx, stranger, id, 0)
	_, find := a.Find(ctx, stranger, id, d.ID)
	_, _, open := a.Open(ctx, stranger, id, d.ID)
	_, attach := a.Attach(ctx, inspector, id, 0, uploads(up("a.txt", "a")))
	_, go1 := a.LetGo(ctx, officer)
	_, save := a.Backup(ctx, officer, io.Discard)
	_, back := a.TakeBack(ctx, officer, strings.NewReader(""))
	for what, err := range map[string]error{
		"see": see, "find": find, "open": open, "attach": attach, "let go": go1, "back up": save, "take back": back,
		"remove": a.Remove(ctx, inspector, id, d.ID, "x"), "restore": a.Restore(ctx, inspector, id, d.ID),
	} {
		if !errors.Is(err, ErrNotAllowed) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A place that does not answer is noticed, and nothing is recorded of what could
// not be kept there.
func TestPlaceThatDoesNotAnswer(t *testing.T) {
	c := fresh(t)
	a, id := documents(t, c), ffion(t, c)
	if err := a.Reach(ctx); err != nil {
		t.Error(err)
	}
	nowhere, err := files.NewBucket("s3://weald?region=eu-west-2&endpoint=http://127.0.0.1:1", func(string) string { return "key" })
	if err != nil {
		t.Fatal(err)
	}
	a.Files = nowhere
	if err := a.Reach(ctx); err == nil {
		t.Error("nothing answers, and it was reached")
	}
	if _, err := a.Attach(ctx, officer, id, 0, uploads(up("a.txt", "a"))); err == nil || len(list(t, a, id)) != 0 {
		t.Errorf("kept nowhere: %v", err)
	}
}

// While a document's last bytes are let go, the same is added by others: whoever
// is told that it was kept can open it.
func TestAddedWhileLetGo(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { addedWhileLetGo(t, fresh(t)) })
	t.Run("postgres", func(t *testing.T) {
		db, err := store.Open(ctx, postgres.Fresh(t))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		addedWhileLetGo(t, New(db, casework.DefaultPractice(), nil))
	})
}

func addedWhileLetGo(t *testing.T, c *Core) {
	a, id := documents(t, c), ffion(t, c)
	c.today = func() calendar.Date { return testkit.Today + 100 }
	for range 10 {
		d := add(t, a, id, "Report.pdf", somePDF)
		if err := a.Remove(ctx, officer, id, d.ID, "x"); err != nil {
			t.Fatal(err)
		}
		var both sync.WaitGroup
		both.Go(func() {
			if _, err := a.LetGo(ctx, program); err != nil {
				t.Error(err)
			}
		})
		var all []Attached
		var err error
		both.Go(func() { all, err = a.Attach(ctx, officer, id, 0, uploads(up("Again.pdf", somePDF))) })
		both.Wait()
		if err != nil {
			continue // said, and to be sent again
		}
		_, in, err := a.Open(ctx, officer, id, all[0].Document.ID)
		if err != nil {
			t.Fatalf("added and not there: %v", err)
		}
		_ = in.Close()
		if err := a.Remove(ctx, officer, id, all[0].Document.ID, "x"); err != nil {
			t.Fatal(err)
		}
	}
}

// A backup of the documents, with that of the record, makes the same documents
// elsewhere; damage is noticed on both ways.
func TestDocumentsBackupAndTakeBack(t *testing.T) {
	c := fresh(t)
	a, id := documents(t, c), ffion(t, c)
	first := add(t, a, id, "Report.pdf", somePDF)
	add(t, a, id, "notes.txt", "Dear Mr Hughes")
	var record, archive bytes.Buffer
	if _, err := c.db.Backup(ctx, &record); err != nil {
		t.Fatal(err)
	}
	if done, err := a.Backup(ctx, program, &archive); err != nil || done.Files != 2 || len(done.Missing) != 0 || done.Bytes != int64(len(somePDF)+14) {
		t.Fatalf("%+v, %v", done, err)
	}
	again := fresh(t)
	b := documents(t, again)
	if _, err := again.db.Restore(ctx, program, &record); err != nil {
		t.Fatal(err)
	}
	if _, err := b.TakeBack(ctx, program, bytes.NewReader(archive.Bytes()[:520])); err == nil {
		t.Error("half a document was taken")
	}
	if done, err := b.TakeBack(ctx, program, bytes.NewReader(archive.Bytes()[:1024])); err != nil || len(done.Missing) != 1 {
		t.Errorf("half an archive: %+v, %v", done, err)
	}
	damaged := bytes.Replace(archive.Bytes(), []byte("Dear Mr Hughes"), []byte("Dear Mr Hughs!"), 1)
	if done, err := b.TakeBack(ctx, program, bytes.NewReader(damaged)); err != nil || done.Files != 1 {
		t.Errorf("damaged: %+v, %v", done, err)
	}
	if done, err := b.TakeBack(ctx, program, bytes.NewReader(archive.Bytes())); err != nil || done.Files != 2 || len(done.Missing) != 0 {
		t.Errorf("%+v, %v", done, err)
	}
	_, in, err := b.Open(ctx, officer, id, first.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if p, err := io.ReadAll(in); err != nil || string(p) != somePDF {
		t.Errorf("%q, %v", p, err)
	}
	if err := a.Files.Delete(ctx, first.Digest); err != nil {
		t.Fatal(err)
	}
	if done, err := a.Backup(ctx, program, io.Discard); err != nil || len(done.Missing) != 1 || done.Missing[0] != first.Digest {
		t.Errorf("with one lost: %+v, %v", done, err)
	}
}
