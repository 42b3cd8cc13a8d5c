package files

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// onBoth runs a test on a folder and on a bucket of a server that speaks S3, and
// on another if WEALD_TEST_BUCKET gives its address.
func onBoth(t *testing.T, test func(*testing.T, Store)) {
	t.Run("folder", func(t *testing.T) {
		s, err := Open(filepath.Join(t.TempDir(), "documents"))
		if err != nil {
			t.Fatal(err)
		}
		test(t, s)
	})
	t.Run("bucket", func(t *testing.T) {
		held := s3mem.New()
		if err := held.CreateBucket("weald"); err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(gofakes3.New(held).Server())
		t.Cleanup(server.Close)
		s, err := NewBucket("s3://weald/area/documents?region=eu-west-2&endpoint="+server.URL, keys)
		if err != nil {
			t.Fatal(err)
		}
		test(t, s)
	})
	if where := os.Getenv("WEALD_TEST_BUCKET"); where != "" {
		t.Run("elsewhere", func(t *testing.T) {
			s, err := Open(where)
			if err != nil {
				t.Fatal(err)
			}
			test(t, s)
		})
	}
}

func keys(name string) string {
	return map[string]string{"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}[name]
}

func any(Bytes) error { return nil }

func read(t *testing.T, s Store, digest string) []byte {
	t.Helper()
	r, err := s.Open(context.Background(), digest)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	p, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// What is put comes back as it was, from one byte to more than fits in any
// buffer, and the same bytes are kept once.
func TestWhatIsPutComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, s Store) {
		ctx := context.Background()
		for _, size := range []int{1, 64 << 10, 17 << 20} {
			want := make([]byte, size)
			_, _ = rand.Read(want)
			sum := sha256.Sum256(want)
			digest := hex.EncodeToString(sum[:])
			var seen Kept
			look := func(b Bytes) error {
				p, err := io.ReadAll(io.NewSectionReader(b, 0, b.Size))
				if !bytes.Equal(p, want) {
					t.Errorf("%d bytes: looked at others, %v", size, err)
				}
				seen = b.Kept
				return nil
			}
			kept, err := s.Put(ctx, bytes.NewReader(want), look)
			if err != nil || kept.Digest != digest || kept.Size != int64(size) || kept.Before || seen != kept {
				t.Fatalf("%d bytes: %+v, seen %+v, %v", size, kept, seen, err)
			}
			if !bytes.Equal(read(t, s, digest), want) {
				t.Errorf("%d bytes came back as others", size)
			}
			if again, err := s.Put(ctx, bytes.NewReader(want), any); err != nil || !again.Before || again.Digest != digest {
				t.Errorf("again: %+v, %v", again, err)
			}
			if there, err := s.Exists(ctx, digest); !there || err != nil {
				t.Errorf("exists: %v, %v", there, err)
			}
		}
	})
}

// What is refused, or does not arrive whole, leaves nothing.
func TestWhatIsNotWholeLeavesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s Store) {
		ctx := context.Background()
		no := errors.New("no")
		var digest string
		if _, err := s.Put(ctx, strings.NewReader("unwanted"), func(b Bytes) error { digest = b.Digest; return no }); !errors.Is(err, no) {
			t.Errorf("refused: %v", err)
		}
		if there, err := s.Exists(ctx, digest); there || err != nil {
			t.Errorf("what was refused is there: %v, %v", there, err)
		}
		cut := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(io.ErrUnexpectedEOF))
		if _, err := s.Put(ctx, cut, func(Bytes) error { t.Error("looked at half"); return nil }); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("cut short: %v", err)
		}
		if f, ok := s.(*Folder); ok {
			if left := names(t, f.dir); len(left) > 0 {
				t.Errorf("left %v", left)
			}
		}
	})
}

// names lists the files under a folder.
func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// What is not there, or cannot be, is not found; deleting it is no error.
func TestWhatIsNotThere(t *testing.T) {
	onBoth(t, func(t *testing.T, s Store) {
		ctx := context.Background()
		kept, err := s.Put(ctx, strings.NewReader("short-lived"), any)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Delete(ctx, kept.Digest); err != nil {
			t.Fatal(err)
		}
		for _, digest := range []string{kept.Digest, strings.Repeat("0", 64), "", "..", "../../../../etc/passwd", strings.ToUpper(kept.Digest), kept.Digest + "/..", kept.Digest[:63]} {
			if _, err := s.Open(ctx, digest); !errors.Is(err, ErrNotFound) {
				t.Errorf("%q opened: %v", digest, err)
			}
			if there, err := s.Exists(ctx, digest); there || err != nil {
				t.Errorf("%q exists: %v, %v", digest, there, err)
			}
			if err := s.Delete(ctx, digest); err != nil {
				t.Errorf("%q: %v", digest, err)
			}
		}
	})
}

// The same bytes put by many at once are kept once and whole.
func TestManyAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s Store) {
		want := bytes.Repeat([]byte("the same "), 50_000)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if _, err := s.Put(context.Background(), bytes.NewReader(want), any); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		sum := sha256.Sum256(want)
		if !bytes.Equal(read(t, s, hex.EncodeToString(sum[:])), want) {
			t.Error("came back as others")
		}
		if f, ok := s.(*Folder); ok {
			if left := names(t, f.dir); len(left) != 1 {
				t.Errorf("kept %v", left)
			}
		}
	})
}

// A file on the disk can be read by nobody else, is noticed when it is damaged,
// and is mended by putting the same bytes again.
func TestFolderOnTheDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "documents")
	f, err := NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	kept, err := f.Put(ctx, strings.NewReader("as it was"), any)
	if err != nil {
		t.Fatal(err)
	}
	files := names(t, dir)
	if len(files) != 1 || filepath.Base(files[0]) != kept.Digest {
		t.Fatalf("kept as %v", files)
	}
	for _, path := range []string{dir, filepath.Dir(files[0]), files[0]} {
		if i, err := os.Stat(path); err != nil || i.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", path, i.Mode(), err)
		}
	}
	if err := os.WriteFile(files[0], []byte("as it is!"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := f.Open(ctx, kept.Digest)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(r); !errors.Is(err, ErrDamaged) {
		t.Errorf("damaged: %v", err)
	}
	_ = r.Close()
	if _, err := f.Put(ctx, strings.NewReader("as it was"), any); err != nil || string(read(t, f, kept.Digest)) != "as it was" {
		t.Errorf("not mended: %v", err)
	}
	// What a killed program left is cleared away once it cannot be somebody's.
	old, young := filepath.Join(dir, "parts", "part-1"), filepath.Join(dir, "parts", "part-2")
	for _, path := range []string{old, young} {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-25*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := NewFolder(dir); err != nil {
		t.Fatal(err)
	}
	if left := names(t, filepath.Join(dir, "parts")); len(left) != 1 || left[0] != young {
		t.Errorf("left %v", left)
	}
}

// An address of a bucket that cannot be right is refused with what is wrong; one
// whose bucket is not there says so when it is used, and never that a document
// is not there.
func TestBucketAddresses(t *testing.T) {
	for _, where := range []string{"s3://", "s3:///prefix", "s3://id:secret@weald", "s3://weald?endpoint=ftp://x", "s3://weald?endpoint=host:9000", "s3://weald?secret=x", "s3://weald?region=%zz"} {
		if _, err := NewBucket(where, keys); err == nil || strings.Contains(err.Error(), "secret@") {
			t.Errorf("%s: %v", where, err)
		}
	}
	if _, err := NewBucket("s3://weald", func(string) string { return "" }); err == nil || !strings.Contains(err.Error(), "AWS_ACCESS_KEY_ID") {
		t.Errorf("without keys: %v", err)
	}
	if b, err := NewBucket("s3://weald", keys); err != nil || b.key(strings.Repeat("a", 64)) != "aa/"+strings.Repeat("a", 64) {
		t.Errorf("Amazon's own: %v", err)
	}
	server := httptest.NewServer(gofakes3.New(s3mem.New()).Server())
	defer server.Close()
	b, err := NewBucket("s3://nowhere?region=eu-west-2&endpoint="+server.URL, keys)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Put(context.Background(), strings.NewReader("x"), any); err == nil {
		t.Error("kept in a bucket that is not there")
	}
	if _, err := b.Open(context.Background(), strings.Repeat("a", 64)); err == nil || errors.Is(err, ErrNotFound) {
		t.Errorf("opened from a bucket that is not there: %v", err)
	}
}
