package app

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"weald/domain/access"
	"weald/internal/files"
	"weald/internal/store"
)

// tarFolder is the folder under which a backup holds each document's bytes, by
// their digest.
const tarFolder = "documents/"

// Carried is what a backup of documents holds, or what came back from one.
type Carried struct {
	Files   int
	Bytes   int64
	Missing []string // digests of what the record speaks of and is not there, or is damaged
}

// Backup writes the bytes of every document that the record speaks of, as a tar
// archive in which each file is named by its digest. It is taken after the
// record's own backup, so that it holds whatever that speaks of.
func (a *Documents) Backup(ctx context.Context, by access.User, to io.Writer) (c Carried, err error) {
	if err := may(by, access.Upkeep); err != nil {
		return c, err
	}
	type one struct {
		digest string
		size   int64
	}
	var all []one
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		err := tx.KeptBytes(ctx, func(digest string, size int64) error { all = append(all, one{digest, size}); return nil })
		return errors.Join(err, tx.Audit(ctx, "backed up the documents", "", fmt.Sprintf("%d files", len(all))))
	})
	if err != nil {
		return c, err
	}
	out := tar.NewWriter(to)
	for _, f := range all {
		whole, err := a.carry(ctx, out, f.digest, f.size)
		if err != nil {
			return c, err
		}
		if !whole {
			c.Missing = append(c.Missing, f.digest)
			continue
		}
		c.Files++
		c.Bytes += f.size
	}
	return c, out.Close()
}

// carry writes one file into a backup. What is damaged is written too, filled up
// with zeros: it is refused when it is restored, and may be all that there is.
func (a *Documents) carry(ctx context.Context, out *tar.Writer, digest string, size int64) (whole bool, err error) {
	in, err := a.Files.Open(ctx, digest)
	if errors.Is(err, files.ErrNotFound) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	defer in.Close()
	if err := out.WriteHeader(&tar.Header{Name: tarFolder + digest, Mode: 0o600, Size: size, ModTime: time.Unix(0, 0)}); err != nil {
		return false, err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(out, sum), io.LimitReader(in, size))
	if err != nil && !errors.Is(err, files.ErrDamaged) {
		return false, err
	}
	if n < size {
		_, err = io.CopyN(out, zeros{}, size-n)
		return false, err
	}
	return hex.EncodeToString(sum.Sum(nil)) == digest, nil
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TakeBack puts the bytes of a backup where documents are kept. What is not what
// its name says is left out. Afterwards it looks for everything that the record
// speaks of.
func (a *Documents) TakeBack(ctx context.Context, by access.User, from io.Reader) (c Carried, err error) {
	if err := may(by, access.Upkeep); err != nil {
		return c, err
	}
	in := tar.NewReader(from)
	for {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return c, fmt.Errorf("the backup of the documents is damaged or cut short: %w", err)
		}
		digest := path.Base(h.Name)
		if h.Typeflag != tar.TypeReg || !strings.HasPrefix(h.Name, tarFolder) {
			return c, errors.New("this is not a backup of Weald's documents")
		}
		errOther := errors.New("not what its name says")
		kept, err := a.Files.Put(ctx, in, func(b files.Bytes) error {
			if b.Digest != digest {
				return errOther
			}
			return nil
		})
		if errors.Is(err, errOther) {
			continue
		} else if err != nil {
			return c, fmt.Errorf("restoring the documents: %w", err)
		}
		c.Files++
		c.Bytes += kept.Size
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		return tx.Audit(ctx, "restored the documents", "", fmt.Sprintf("%d files", c.Files))
	})
	if err != nil {
		return c, err
	}
	var needed []string
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		return tx.KeptBytes(ctx, func(digest string, _ int64) error { needed = append(needed, digest); return nil })
	})
	for _, digest := range needed {
		there, one := a.Files.Exists(ctx, digest)
		if err = errors.Join(err, one); one == nil && !there {
			c.Missing = append(c.Missing, digest)
		}
	}
	return c, err
}
