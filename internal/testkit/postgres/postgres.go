// Package postgres gives tests a real PostgreSQL server. It is for tests only.
//
// The server named by TEST_POSTGRES is used if there is one. Otherwise one is
// started from the npm package that tools/package.json names, without root, and
// stopped when the tests end.
package postgres

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net"
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

var server = sync.OnceValues(start)

// Fresh returns the address of a new, empty database, which is dropped when the
// test ends.
func Fresh(t testing.TB) string {
	t.Helper()
	base := os.Getenv("TEST_POSTGRES")
	if base == "" {
		var err error
		if base, err = server(); err != nil {
			t.Fatalf("no PostgreSQL: %v (run make tools, or name a server in TEST_POSTGRES)", err)
		}
	}
	admin, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	name := "test_" + strings.ToLower(rand.Text())
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatalf("no PostgreSQL: %v", err)
	}
	t.Cleanup(func() {
		again, err := sql.Open("pgx", base)
		if err == nil {
			_, err = again.Exec("DROP DATABASE " + name + " WITH (FORCE)")
			_ = again.Close()
		}
		if err != nil {
			t.Log("dropping the test's database: ", err)
		}
	})
	at := strings.LastIndex(base, "/")
	rest := ""
	if q := strings.Index(base[at:], "?"); q >= 0 {
		rest = base[at+q:]
	}
	return base[:at+1] + name + rest
}

// start unpacks the server, makes a cluster in a temporary folder and runs it on
// a free port. A watcher ends it when the test program does, however it ends.
func start() (string, error) {
	_, here, _, _ := runtime.Caller(0)
	unpack := filepath.Join(filepath.Dir(here), "..", "..", "..", "tools", "unpack.mjs")
	out, err := exec.Command("node", unpack, "postgres").Output()
	if err != nil {
		return "", fmt.Errorf("unpacking PostgreSQL: %w", err)
	}
	bin := filepath.Join(strings.TrimSpace(string(out)), "bin")
	data, err := os.MkdirTemp("", "weald-postgres-")
	if err != nil {
		return "", err
	}
	// PostgreSQL refuses to run as root, so root runs it as nobody.
	as := []string{}
	if os.Geteuid() == 0 {
		const nobody = 65534
		if err := os.Chown(data, nobody, nobody); err != nil {
			return "", err
		}
		as = []string{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"}
	}
	run := func(args ...string) *exec.Cmd {
		all := append(append([]string{}, as...), args...)
		cmd := exec.Command(all[0], all[1:]...)
		cmd.Dir = data
		cmd.Env = append(os.Environ(), "HOME="+data, "LC_ALL=C")
		return cmd
	}
	cluster := filepath.Join(data, "cluster")
	if out, err := run(filepath.Join(bin, "initdb"), "-D", cluster, "-U", "weald", "--auth=trust", "-E", "UTF8", "--locale=C").CombinedOutput(); err != nil {
		return "", fmt.Errorf("making a PostgreSQL cluster: %w\n%s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return "", err
	}
	script := `"$0" -D "$1" -h 127.0.0.1 -p "$2" -k "$1" -c max_connections=60 >"$1/log" 2>&1 & server=$!
cat >/dev/null; kill -INT $server; wait $server; rm -rf "$3"`
	watcher := run("sh", "-c", script, filepath.Join(bin, "postgres"), cluster, fmt.Sprint(port), data)
	watcher.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if _, err := watcher.StdinPipe(); err != nil { // closed when this program ends, which stops the server
		return "", err
	}
	if err := watcher.Start(); err != nil {
		return "", fmt.Errorf("starting PostgreSQL: %w", err)
	}
	base := fmt.Sprintf("postgres://weald@127.0.0.1:%d/postgres?sslmode=disable", port)
	db, err := sql.Open("pgx", base)
	if err != nil {
		return "", err
	}
	defer db.Close()
	for range 100 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		err = db.PingContext(ctx)
		cancel()
		if err == nil {
			return base, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(cluster, "log"))
	return "", fmt.Errorf("PostgreSQL did not start: %w\n%s", err, log)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
