// Package files keeps the bytes of documents, in a local folder or in a bucket
// that speaks S3, and says by looking at them what sort of file they are. It
// knows nothing of children: who a document is about, its name and who may open
// it are in the record. Bytes are kept under their SHA-256, so the same bytes
// are kept once and nothing that a person typed ever names a file.
//
// Start reading at [Store].
package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"
)

// A Store keeps bytes. Its methods may be called at the same time.
type Store interface {
	// Put keeps all that r holds. look sees the whole of it first and may refuse
	// it: its error is returned and nothing is kept. So is an error of r's.
	Put(ctx context.Context, r io.Reader, look func(Bytes) error) (Kept, error)
	// Open returns what is kept under a digest, or ErrNotFound. Reading it to the
	// end gives ErrDamaged, in place of io.EOF, if it is not what was put.
	Open(ctx context.Context, digest string) (io.ReadCloser, error)
	// Delete forgets what is kept under a digest. There may be nothing.
	Delete(ctx context.Context, digest string) error
	// Exists reports whether anything is kept under a digest.
	Exists(ctx context.Context, digest string) (bool, error)
}

// Bytes are what is about to be kept, all of it there to be looked at.
type Bytes struct {
	io.ReaderAt
	Kept
}

// Kept says what is kept.
type Kept struct {
	Digest string // SHA-256 in lower-case hexadecimal
	Size   int64  // in bytes
	Before bool   // the same bytes were there already
}

// ErrNotFound is returned for bytes that are not kept.
var ErrNotFound = errors.New("files: not found")

// ErrDamaged is returned when what is kept is no longer what was put.
var ErrDamaged = errors.New("files: what is kept is not what was put there")

// Open opens the place where bytes are kept: a folder, which is made if it is
// not there, or s3://bucket/prefix with the keys that the environment holds (see
// [NewBucket]).
func Open(where string) (Store, error) {
	if strings.HasPrefix(where, "s3://") {
		return NewBucket(where, os.Getenv)
	}
	return NewFolder(where)
}

// isDigest reports whether a digest is one, so that nothing else can be part of
// a path.
func isDigest(s string) bool {
	return len(s) == 2*sha256.Size && strings.Trim(s, "0123456789abcdef") == ""
}

// stage writes what r holds to a file of its own in a folder, opened for reading
// again from its beginning. The caller removes it. Without a folder the file has
// no name: it is gone once it is closed, however the program ends.
func stage(dir string, r io.Reader) (file *os.File, kept Kept, err error) {
	if file, err = os.CreateTemp(dir, "part-"); err != nil { // made 0600
		return nil, kept, fmt.Errorf("keeping a document: %w", err)
	}
	if dir == "" {
		_ = os.Remove(file.Name())
	}
	digest := sha256.New()
	if kept.Size, err = io.Copy(io.MultiWriter(file, digest), r); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		unstage(file)
		return nil, kept, err
	}
	kept.Digest = hex.EncodeToString(digest.Sum(nil))
	return file, kept, nil
}

// unstage removes a staged file; one that became the kept file is gone already.
func unstage(file *os.File) {
	_ = file.Close()
	_ = os.Remove(file.Name())
}

// checked gives ErrDamaged at the end of what does not add up to its digest.
type checked struct {
	io.ReadCloser
	digest string
	sum    hash.Hash
}

func newChecked(r io.ReadCloser, digest string) *checked { return &checked{r, digest, sha256.New()} }

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.sum.Write(p[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(c.sum.Sum(nil)) != c.digest {
		err = ErrDamaged
	}
	return n, err
}
