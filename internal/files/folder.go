package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// A Folder keeps bytes in files that only the program's own user can read.
type Folder struct{ dir string }

// stale is how old a half-written file must be before it is taken for one that
// a killed program left. No upload lasts so long.
const stale = 24 * time.Hour

// NewFolder opens a folder, and makes it if it is not there.
func NewFolder(dir string) (*Folder, error) {
	f := &Folder{dir}
	if err := os.MkdirAll(f.parts(), 0o700); err != nil {
		return nil, fmt.Errorf("making the documents' folder: %w", err)
	}
	left, err := os.ReadDir(f.parts())
	if err != nil {
		return nil, fmt.Errorf("reading the documents' folder: %w", err)
	}
	for _, e := range left {
		if i, err := e.Info(); err == nil && time.Since(i.ModTime()) > stale {
			_ = os.Remove(filepath.Join(f.parts(), e.Name())) // another program may have been first
		}
	}
	return f, nil
}

// parts is where files are written before they are whole: within the folder, so
// that a rename is all it takes to keep them.
func (f *Folder) parts() string { return filepath.Join(f.dir, "parts") }

func (f *Folder) path(digest string) string { return filepath.Join(f.dir, digest[:2], digest) }

// Put implements [Store]. When it returns, the disk has the bytes.
func (f *Folder) Put(_ context.Context, r io.Reader, look func(Bytes) error) (Kept, error) {
	file, kept, err := stage(f.parts(), r)
	if err != nil {
		return Kept{}, err
	}
	defer unstage(file)
	if err := look(Bytes{file, kept}); err != nil {
		return Kept{}, err
	}
	to := f.path(kept.Digest)
	_, err = os.Stat(to)
	kept.Before = err == nil
	// What is there already is replaced by the same bytes, which mends it if it
	// was damaged.
	if err := errors.Join(file.Sync(), os.MkdirAll(filepath.Dir(to), 0o700)); err != nil {
		return Kept{}, fmt.Errorf("keeping a document: %w", err)
	}
	if err := os.Rename(file.Name(), to); err != nil {
		return Kept{}, fmt.Errorf("keeping a document: %w", err)
	}
	if err := errors.Join(syncFolder(filepath.Dir(to)), syncFolder(f.dir)); err != nil {
		return Kept{}, fmt.Errorf("keeping a document: %w", err)
	}
	return kept, nil
}

// syncFolder makes sure that the disk has the names in a folder.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Open implements [Store].
func (f *Folder) Open(_ context.Context, digest string) (io.ReadCloser, error) {
	if !isDigest(digest) {
		return nil, ErrNotFound
	}
	file, err := os.Open(f.path(digest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("opening a document: %w", err)
	}
	return newChecked(file, digest), nil
}

// Delete implements [Store].
func (f *Folder) Delete(_ context.Context, digest string) error {
	if !isDigest(digest) {
		return nil
	}
	if err := os.Remove(f.path(digest)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("deleting a document: %w", err)
	}
	return nil
}

// Exists implements [Store].
func (f *Folder) Exists(_ context.Context, digest string) (bool, error) {
	if !isDigest(digest) {
		return false, nil
	}
	_, err := os.Stat(f.path(digest))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
