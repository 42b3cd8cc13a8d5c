package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"weald/domain/access"
	"weald/internal/files"
	"weald/internal/store"
)

// MostReturn is how large a return may be that is sent to a page: 1 GB. A county
// has some 30 MB.
const MostReturn = 1 << 30

// heldFor is how long a return waits that was sent and not loaded.
const heldFor = 24 * time.Hour

// Hold keeps a return that was sent and says what loading it would do, so that a
// person can look before it is done. What cannot be read is not kept.
func (a *Returns) Hold(ctx context.Context, by access.User, name string, from io.Reader) (tried *Loaded, err error) {
	if err := may(by, access.ReturnLoad); err != nil {
		return nil, err
	}
	kept, err := a.Files.Put(ctx, from, func(b files.Bytes) error {
		tried, err = a.TryLoad(ctx, by, name, io.NewSectionReader(b, 0, b.Size))
		return err
	})
	if err != nil {
		return nil, err
	}
	if tried.Already {
		return tried, a.letGo(ctx, by, kept.Digest)
	}
	return tried, a.db.Write(ctx, by, func(tx *store.Tx) error {
		return errors.Join(tx.HoldReturn(ctx, kept.Digest, name), tx.Audit(ctx, "sent a return, to see what loading it would do", kept.Digest, name))
	})
}

// LoadHeld loads a return that [Returns.Hold] kept, or returns ErrNotFound.
func (a *Returns) LoadHeld(ctx context.Context, by access.User, digest string, teams []string) (*Loaded, error) {
	if err := may(by, access.ReturnLoad); err != nil {
		return nil, err
	}
	name := ""
	if err := a.db.Read(ctx, func(tx *store.Tx) (err error) { name, err = tx.HeldReturn(ctx, digest); return err }); err != nil {
		return nil, err
	}
	from, err := a.Files.Open(ctx, digest)
	if errors.Is(err, files.ErrNotFound) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, err
	}
	defer from.Close()
	// A return is read more than once, which a bucket does not do.
	whole, err := os.CreateTemp("", "weald-return-")
	if err != nil {
		return nil, fmt.Errorf("making room for a return: %w", err)
	}
	defer func() { _ = errors.Join(whole.Close(), os.Remove(whole.Name())) }()
	if _, err := io.Copy(whole, from); err != nil {
		return nil, fmt.Errorf("reading a return: %w", err)
	}
	if _, err := whole.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	done, err := a.Load(ctx, by, name, whole, teams)
	if err != nil {
		return nil, err
	}
	return done, a.letGo(ctx, by, digest)
}

// ForgetHeld forgets returns that nobody has loaded in a day.
func (a *Returns) ForgetHeld(ctx context.Context, by access.User) error {
	if err := may(by, access.Upkeep); err != nil {
		return err
	}
	var old []string
	if err := a.db.Read(ctx, func(tx *store.Tx) (err error) { old, err = tx.HeldBefore(ctx, time.Now().Add(-heldFor)); return err }); err != nil {
		return err
	}
	for _, digest := range old {
		if err := a.letGo(ctx, by, digest); err != nil {
			return err
		}
	}
	return nil
}

// letGo forgets a held return, and its bytes unless somebody has them as a
// document.
func (a *Returns) letGo(ctx context.Context, by access.User, digest string) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		wanted, going, err := tx.Wanted(ctx, digest)
		if err != nil {
			return err
		}
		if !wanted && !going {
			if err := a.Files.Delete(ctx, digest); err != nil {
				return err
			}
		}
		return errors.Join(tx.DropHeldReturn(ctx, digest), tx.Audit(ctx, "let go of a return that was sent", digest, ""))
	})
}
