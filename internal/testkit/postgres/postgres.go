// Package postgres gives tests a real PostgreSQL server. It is for tests only.
//
// The server named by TEST_POSTGRES is used if there is one. Otherwise one is
// started from the npm package that tools/package.json names, without root, and
// stopped when the program ends, however it ends.
//
// Start reading at [Fresh].
package postgres

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver
)

// shared is the server of this test program. It is never stopped by hand: see
// [Start].
var shared = sync.OnceValues(func() (string, error) {
	address, _, err := Start()
	return address, err
})

// Fresh returns the address of a new, empty database, which is dropped when the
// test ends.
func Fresh(t testing.TB) string {
	t.Helper()
	base := os.Getenv("TEST_POSTGRES")
	if base == "" {
		var err error
		if base, err = shared(); err != nil {
			t.Fatalf("no PostgreSQL: %v (run make tools, or name a server in TEST_POSTGRES)", err)
		}
	}
	address, err := url.Parse(base)
	if err != nil {
		t.Fatalf("TEST_POSTGRES is not an address like postgres://user@host/database: %v", err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	if err := execute(base, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		t.Fatalf("no PostgreSQL: %v", err)
	}
	t.Cleanup(func() {
		if err := execute(base, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Logf("dropping the test's database: %v", err)
		}
	})
	address.Path = "/" + name
	return address.String()
}

func execute(base, statement string) error {
	db, err := sql.Open("pgx", base)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

// watch runs the server for as long as somebody holds the other end of its
// input. So the server ends with the program that started it, even if that is
// killed, and leaves no files behind.
const watch = `"$1" -D "$2/cluster" -k "$2" -c listen_addresses= -c max_connections=60 >"$2/log" 2>&1 & server=$!
cat >/dev/null; kill -INT $server; wait $server; rm -rf "$2"`

// Start makes a cluster in a temporary folder, and runs a server that listens on
// a socket there and nowhere else. It stops with this program, or by stop.
func Start() (address string, stop func(), err error) {
	folder, err := place()
	if err != nil {
		return "", nil, err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(folder)
		}
	}()
	who := owner()
	if who != nil {
		if err := os.Chown(folder, int(who.Uid), int(who.Gid)); err != nil {
			return "", nil, err
		}
	}
	command := func(name string, args ...string) *exec.Cmd {
		c := exec.Command(name, args...)
		c.Dir = folder
		c.Env = append(os.Environ(), "HOME="+folder, "LC_ALL=C")
		c.SysProcAttr = &syscall.SysProcAttr{Credential: who}
		return c
	}
	bin, err := unpacked(folder, who, command)
	if err != nil {
		return "", nil, err
	}
	if out, err := command(filepath.Join(bin, "initdb"), "-D", filepath.Join(folder, "cluster"), "-U", "weald", "--auth=trust", "-E", "UTF8", "--locale=C").CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("making a PostgreSQL cluster: %w\n%s", err, out)
	}
	watcher := command("/bin/sh", "-c", watch, "sh", filepath.Join(bin, "postgres"), folder)
	watcher.SysProcAttr.Setpgid = true // so that Ctrl-C reaches us alone, and the watcher tidies up
	hold, err := watcher.StdinPipe()
	if err != nil {
		return "", nil, err
	}
	if err := watcher.Start(); err != nil {
		return "", nil, fmt.Errorf("starting PostgreSQL: %w", err)
	}
	stop = sync.OnceFunc(func() {
		_ = hold.Close()
		_ = watcher.Wait() // how the server ended is of no interest any more
	})
	holds = append(holds, hold)
	address = "postgres://weald@/postgres?host=" + url.QueryEscape(folder) + "&sslmode=disable"
	if err := ready(address); err != nil {
		log, _ := os.ReadFile(filepath.Join(folder, "log"))
		stop()
		return "", nil, fmt.Errorf("PostgreSQL did not start: %w\n%s", err, log)
	}
	return address, stop, nil
}

// holds keeps the watchers' inputs from being collected, and so closed, early.
var holds []io.Closer

// root is the repository's folder.
func root() string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), "..", "..", "..")
}

// place makes the server's folder. Its name is the same for every run, unless
// another is going on, because a name that changes would make Go run tests again
// whose results it still has.
func place() (string, error) {
	if program := filepath.Base(os.Args[0]); strings.HasSuffix(program, ".test") {
		return os.MkdirTemp("", "weald-postgres-")
	}
	same := filepath.Join(os.TempDir(), fmt.Sprintf("weald-postgres-%d-%.4x", os.Geteuid(), sha256.Sum256([]byte(root()))))
	err := os.Mkdir(same, 0o700)
	if errors.Is(err, os.ErrExist) {
		return os.MkdirTemp("", "weald-postgres-")
	}
	return same, err
}

// owner is who runs the server: us, or nobody when we are root, whom PostgreSQL
// refuses.
func owner() *syscall.Credential {
	if os.Geteuid() != 0 {
		return nil
	}
	const nobody = 65534
	return &syscall.Credential{Uid: nobody, Gid: nobody}
}

// unpacked returns the folder of the server's programs. If its owner cannot
// reach the repository, as when that is in root's home, they are copied.
func unpacked(folder string, who *syscall.Credential, command func(string, ...string) *exec.Cmd) (string, error) {
	out, err := exec.Command("node", filepath.Join(root(), "tools", "unpack.mjs"), "postgres").Output()
	if err != nil {
		return "", fmt.Errorf("unpacking PostgreSQL: %w", err)
	}
	from := strings.TrimSpace(string(out))
	bin := filepath.Join(from, "bin")
	if err := command(filepath.Join(bin, "postgres"), "--version").Run(); err == nil {
		return bin, nil
	} else if who == nil {
		return "", fmt.Errorf("PostgreSQL does not run here: %w", err)
	}
	to := filepath.Join(folder, "server")
	if out, err := exec.Command("cp", "-R", from, to).CombinedOutput(); err != nil {
		return "", fmt.Errorf("copying PostgreSQL: %w\n%s", err, out)
	}
	// The watcher, who is the owner, has to be able to remove the copy.
	if out, err := exec.Command("chown", "-R", fmt.Sprintf("%d:%d", who.Uid, who.Gid), to).CombinedOutput(); err != nil {
		return "", fmt.Errorf("giving PostgreSQL away: %w\n%s", err, out)
	}
	return filepath.Join(to, "bin"), nil
}

func ready(address string) error {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer db.Close()
	for range 200 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		err = db.PingContext(ctx)
		cancel()
		if err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}
