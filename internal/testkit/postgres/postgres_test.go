package postgres

import (
	"database/sql"
	"os"
	"strings"
	"testing"
)

func open(t *testing.T, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func text(t *testing.T, db *sql.DB, query string, args ...any) string {
	t.Helper()
	var s string
	if err := db.QueryRow(query, args...).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return s
}

func TestServerAnswers(t *testing.T) {
	db := open(t, Fresh(t))
	if got := text(t, db, "SELECT version()"); !strings.HasPrefix(got, "PostgreSQL ") {
		t.Errorf("version: %s", got)
	}
	// Speed that production does not have would hide what is slow.
	if got := text(t, db, "SHOW fsync"); got != "on" {
		t.Errorf("fsync: %s", got)
	}
	if got := text(t, db, "SHOW server_encoding"); got != "UTF8" {
		t.Errorf("encoding: %s", got)
	}
}

func TestEachTestHasItsOwnDatabase(t *testing.T) {
	var first string
	t.Run("first", func(t *testing.T) {
		db := open(t, Fresh(t))
		first = text(t, db, "SELECT current_database()")
		if _, err := db.Exec("CREATE TABLE mark (n int)"); err != nil {
			t.Fatal(err)
		}
	})
	db := open(t, Fresh(t))
	if got := text(t, db, "SELECT count(*)::text FROM pg_tables WHERE tablename = 'mark'"); got != "0" {
		t.Error("a new database holds another test's table")
	}
	if got := text(t, db, "SELECT count(*)::text FROM pg_database WHERE datname = $1", first); got != "0" {
		t.Errorf("%s was not dropped", first)
	}
}

func TestStoppedServerLeavesNothing(t *testing.T) {
	address, stop, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	folder := text(t, open(t, address), "SHOW unix_socket_directories")
	stop()
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", folder, err)
	}
}
