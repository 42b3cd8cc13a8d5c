package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/internal/files"
	"weald/internal/store"
	"weald/law"
)

// A Document is what the record says of a file kept about a child.
type Document = store.Document

// Documents is what is done with the documents kept about children. What the
// record says of them and their bytes are kept apart; a document is in the
// record only once its bytes are safe, and its bytes go only once no document in
// the record needs them.
type Documents struct {
	*Core
	Files files.Store
	Undo  int // for how many days a removed document can be put back: the local area's choice

	Scanner *files.Scanner // looks for viruses in what is added; nil: nobody does
}

// UndoDays is for how many days a removed document can be put back, unless the
// local area says otherwise. It is Weald's own choice and no rule of law.
const UndoDays = 30

// MostBytes is how large a document may be: 100 MB.
const MostBytes = 100 << 20

// CanView reports whether a document may be shown in the browser: only what can
// do nothing there.
func CanView(d *Document) bool { return files.Plain(d.Type) }

// An Upload is a file that somebody adds.
type Upload struct {
	Name  string
	Bytes io.Reader
}

// Attached is what became of an upload.
type Attached struct {
	Name     string    // as it is shown
	Document *Document // nil if it was refused
	Before   bool      // the child had the same document already, under any name
	Refused  string    // why, as it reads after the name
}

// Attach adds files to a child's documents, one after another until next returns
// io.EOF: those that are fit are kept and the others say why they are not. event
// is the entry to which they belong, 0 if to none. On an error, what it returns
// has been kept all the same.
func (a *Documents) Attach(ctx context.Context, by access.User, id ChildID, event int, next func() (Upload, error)) (all []Attached, err error) {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return nil, err
	}
	return a.attachAll(ctx, by, id, event, next)
}

// attachAll is Attach, whether or not its person may: that is for who calls it.
func (a *Documents) attachAll(ctx context.Context, by access.User, id ChildID, event int, next func() (Upload, error)) (all []Attached, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := tx.Child(ctx, id); err != nil {
			return err
		}
		journal, err := tx.Journal(ctx, id)
		if err == nil && event != 0 && !store.Events(journal).Live(event) {
			err = &law.Refusal{Because: "That event is not in the case, or has been corrected since. Choose another."}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for {
		up, err := next()
		if errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return all, err
		}
		one, err := a.attach(ctx, by, id, event, up)
		if err != nil {
			return all, err
		}
		all = append(all, one)
	}
}

// errSame stops the keeping of what the child has already.
var errSame = errors.New("app: the same document is there already")

// attach keeps one file, or says why it may not be kept.
func (a *Documents) attach(ctx context.Context, by access.User, id ChildID, event int, up Upload) (Attached, error) {
	out := Attached{Name: files.Clean(up.Name)}
	var kind *files.Kind
	var scan store.Scan
	kept, err := a.Files.Put(ctx, &limited{up.Bytes, MostBytes}, func(b files.Bytes) (err error) {
		if kind, err = files.KindOf(up.Name, b); err != nil {
			return err
		}
		if scan, err = a.scan(ctx, io.NewSectionReader(b, 0, b.Size)); err != nil {
			return err
		}
		return a.db.Read(ctx, func(tx *store.Tx) error {
			if out.Document, err = tx.SameDocument(ctx, id, b.Digest); err == nil {
				return errSame
			} else if !errors.Is(err, ErrNotFound) {
				return err
			}
			return nil
		})
	})
	var unfit *files.Unfit
	switch {
	case errors.Is(err, errSame):
		out.Before = true
		return out, nil
	case errors.As(err, &unfit):
		out.Refused = unfit.Why
		return out, a.db.Write(ctx, by, func(tx *store.Tx) error {
			return tx.Audit(ctx, "was refused a document", string(id), out.Name+" "+unfit.Why)
		})
	case errors.Is(err, errTooLarge):
		out.Refused = fmt.Sprintf("is larger than %d MB. Make it smaller, or split it, and add the parts.", MostBytes>>20)
		return out, nil
	case err != nil:
		return out, err
	}
	d := &Document{
		ID: rand.Text(), Child: id, Event: event, Name: files.NameFor(up.Name, kind),
		Type: kind.Type, Label: kind.Label, Size: kept.Size, Digest: kept.Digest, Scan: scan,
	}
	out.Name, out.Document = d.Name, d
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := errors.Join(tx.Hold(ctx, id), tx.HoldBytes(ctx, d.Digest)); err != nil {
			return err
		}
		if same, err := tx.SameDocument(ctx, id, d.Digest); err == nil {
			out.Document, out.Before = same, true // somebody else was first
			return tx.Audit(ctx, "added a document that was there already", string(id), d.Name)
		} else if !errors.Is(err, ErrNotFound) {
			return err
		}
		if there, err := a.there(ctx, tx, kept); err != nil {
			return err
		} else if !there {
			return errors.New("app: a document's bytes were deleted while it was added")
		}
		return errors.Join(tx.AddDocument(ctx, d), tx.Audit(ctx, "added a document", string(id), d.Name))
	})
	if err != nil && !kept.Before {
		err = errors.Join(err, a.discard(context.WithoutCancel(ctx), by, d.Digest))
	}
	return out, err
}

// atOnce is how long the place where bytes are kept may take over what others
// wait for: a record in SQLite makes one change at a time.
const atOnce = 10 * time.Second

// there reports whether bytes that were just put are kept. They are asked for
// only if somebody may have deleted them since.
func (a *Documents) there(ctx context.Context, tx *store.Tx, kept files.Kept) (bool, error) {
	wanted, going, err := tx.Wanted(ctx, kept.Digest)
	if err != nil || wanted || !going && !kept.Before {
		return err == nil, err
	}
	ctx, done := context.WithTimeout(ctx, atOnce)
	defer done()
	return a.Files.Exists(ctx, kept.Digest)
}

// discard deletes bytes that no document in the record needs.
func (a *Documents) discard(ctx context.Context, by access.User, digest string) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.HoldBytes(ctx, digest); err != nil {
			return err
		}
		if wanted, _, err := tx.Wanted(ctx, digest); err != nil {
			return err
		} else if !wanted {
			quick, done := context.WithTimeout(ctx, atOnce)
			defer done()
			if err := a.Files.Delete(quick, digest); err != nil {
				return err
			}
		}
		return errors.Join(tx.BytesGone(ctx, digest), tx.Audit(ctx, "let go of a document's bytes", "", digest))
	})
}

// Reach reports whether the place where bytes are kept answers.
func (a *Documents) Reach(ctx context.Context) error {
	_, err := a.Files.Exists(ctx, strings.Repeat("0", 64))
	return err
}

var errTooLarge = errors.New("app: the file is too large")

// limited gives errTooLarge when there is more to read than is left.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// Find returns what the record says of a child's document, removed or not.
func (a *Documents) Find(ctx context.Context, by access.User, id ChildID, doc string) (d *Document, err error) {
	if err := a.with(ctx, by, access.CaseSee, id); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		d, err = tx.Document(ctx, id, doc)
		return err
	})
	return d, err
}

// Open opens a child's document, unless it is removed. That it was opened, and
// by whom, is kept. Reading gives [files.ErrDamaged] at the end of what is not
// what was added.
func (a *Documents) Open(ctx context.Context, by access.User, id ChildID, doc string) (d *Document, bytes io.ReadCloser, err error) {
	if err := a.with(ctx, by, access.CaseSee, id); err != nil {
		return nil, nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if d, err = tx.Document(ctx, id, doc); err != nil {
			return err
		}
		if d.Removed() {
			return ErrNotFound
		}
		if d.Scan == store.ScanWaiting {
			return &law.Refusal{Because: "That document waits for the virus scanner, and can be opened once it has been found clean."}
		}
		return tx.Audit(ctx, "opened a document", string(id), d.Name)
	})
	if err != nil {
		return nil, nil, err
	}
	if bytes, err = a.Files.Open(ctx, d.Digest); err != nil {
		return nil, nil, fmt.Errorf("opening document %s: %w", d.ID, err)
	}
	return d, bytes, nil
}

// Remove hides a document, with the reason. It can be put back until
// [Documents.Until]; removing it again changes nothing.
func (a *Documents) Remove(ctx context.Context, by access.User, id ChildID, doc, reason string) error {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		d, err := tx.Document(ctx, id, doc)
		if err != nil {
			return err
		}
		if d.Removed() {
			return tx.Audit(ctx, "removed a document again", string(id), d.Name)
		}
		return errors.Join(tx.RemoveDocument(ctx, doc, reason), tx.Audit(ctx, "removed a document", string(id), d.Name+": "+reason))
	})
}

// Restore puts a removed document back; the reason is a [law.Refusal] if it is
// too late, or the same document has been added since.
func (a *Documents) Restore(ctx context.Context, by access.User, id ChildID, doc string) error {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		d, err := tx.Document(ctx, id, doc)
		if err != nil {
			return err
		}
		if !d.Removed() {
			return tx.Audit(ctx, "put a document back again", string(id), d.Name)
		}
		if d.Gone {
			return &law.Refusal{Because: "That document can no longer be put back, because what it held has been deleted."}
		}
		if same, err := tx.SameDocument(ctx, id, d.Digest); err == nil {
			return &law.Refusal{Because: fmt.Sprintf("The same document has been added again since, as “%s”.", same.Name)}
		} else if !errors.Is(err, ErrNotFound) {
			return err
		}
		return errors.Join(tx.RestoreDocument(ctx, doc), tx.Audit(ctx, "put a document back", string(id), d.Name))
	})
}

// Until is the last day on which a removed document can be put back.
func (a *Documents) Until(d *Document) calendar.Date { return Day(d.RemovedAt) + calendar.Date(a.Undo) }

// Day is the day in England of a moment in the record; zero if it is none.
func Day(at string) calendar.Date {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return 0
	}
	t = t.In(London)
	return calendar.On(t.Year(), t.Month(), t.Day())
}

// LetGo deletes the bytes of documents that can no longer be put back, unless
// another document has the same. It returns of how many. What it could not
// delete, it tries again the next time.
func (a *Documents) LetGo(ctx context.Context, by access.User) (n int, err error) {
	if err := may(by, access.Upkeep); err != nil {
		return 0, err
	}
	last := a.today() - calendar.Date(a.Undo) // removed on this day, it can still be put back
	before := time.Date(last.Year(), last.Month(), last.Day(), 0, 0, 0, 0, London)
	var digests []string
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if digests, err = tx.LetGo(ctx, before); err != nil {
			return err
		}
		return tx.Audit(ctx, "let go of removed documents", "", fmt.Sprintf("%d", len(digests)))
	})
	if err != nil {
		return 0, err
	}
	for _, digest := range digests {
		if one := a.discard(ctx, by, digest); one != nil {
			err = errors.Join(err, one)
			continue
		}
		n++
	}
	return n, err
}
