package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/store"
)

// besiege starts a service with a small record, signs everybody in and learns
// the names of all the fields that pages show.
func besiege(t *testing.T, seed uint64) *attacker {
	s := sample(t)
	a := &attacker{t: t, s: s, dice: rand.New(rand.NewPCG(seed, 5)), cookies: map[string]string{}, closed: map[string]bool{}}
	ctx := context.Background()
	work, err := (&app.Casework{Core: s.core}).Cases(ctx, program, app.CaseFilter{}, app.SortDue, "")
	if err != nil {
		t.Fatal(err)
	}
	id := string(work.Rows[0].ID)
	a.other = string(work.Rows[1].ID)
	doc := s.attach(id, 1, sent{"Letter.txt", "Dear Zoë"})[0]
	a.theirs = s.attach(a.other, 1, sent{secret + ".txt", secret})[0]
	if err := (&app.Casework{Core: s.core}).AddNote(ctx, program, app.ChildID(a.other), secret, ""); err != nil {
		t.Fatal(err)
	}
	if err := s.db.Write(ctx, program, func(tx *store.Tx) error {
		if err := tx.SetContacts(ctx, app.ChildID(a.other), []store.Contact{{Name: secret, Relation: "mother", Address: secret, Email: secret}}); err != nil {
			return err
		}
		return errors.Join(tx.SealCase(ctx, app.ChildID(a.other), "nobody is named for it"), tx.Audit(ctx, "added a contact", a.other, ""))
	}); err != nil {
		t.Fatal(err)
	}
	s.partners(app.ChildID(id))
	a.ours = map[string][]string{"id": {id}, "doc": {doc}, "seq": {"1"}, "person": {"amina"}, "view": {"1"}, "org": {"elm"}, "member": {"m-dev"}, "tie": {"t-lakshmi"}, "involvement": {"i-ravi"},
		"key": {app.Key(access.User{ID: "lakshmi"}, app.ChildID(id)), app.Key(access.User{ID: "sue", Org: "elm"}, app.ChildID(id)), app.Key(access.User{ID: "ravi", Org: "clinic"}, app.ChildID(id))}}
	a.doors = readDoors(t)
	for _, persona := range slices.Sorted(maps.Keys(a.doors[0].opens)) {
		c := s.as(persona)
		at, err := url.Parse(s.url)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, cookie := range c.Jar.Cookies(at) {
			all = append(all, cookie.Name+"="+cookie.Value)
		}
		a.cookies[persona] = strings.Join(all, "; ")
		status, _, _ := s.get(c, "/cases/"+a.other)
		a.closed[persona] = status != http.StatusOK
		a.learn(c)
	}
	slices.Sort(a.names)
	a.names = slices.Compact(a.names)
	if a.record, err = sql.Open("sqlite", s.file); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.record.Close() })
	a.audit()
	return a
}

func readDoors(t *testing.T) (all []door) {
	t.Helper()
	text, err := os.ReadFile("doors.txt")
	if err != nil {
		t.Fatal(err)
	}
	var personas []string
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
		case personas == nil:
			personas = words
		default:
			d := door{words[0], strings.ReplaceAll(words[1], "{$}", ""), map[string]string{}}
			for i, p := range personas {
				d.opens[strings.Trim(p, "-")] = words[2+i]
			}
			all = append(all, d)
		}
	}
	return all
}

// learn reads the names of the fields on every page that somebody can open.
func (a *attacker) learn(c *http.Client) {
	for _, d := range a.doors {
		if d.method != http.MethodGet {
			continue
		}
		_, _, body := a.s.get(c, a.at(d.path))
		for _, before := range []string{` name="`, `?`, `&amp;`} {
			for _, rest := range strings.Split(body, before)[1:] {
				name := rest[:strings.IndexAny(rest+`"`, `"=`)]
				if name != "" && len(name) < 40 && url.QueryEscape(name) == name {
					a.names = append(a.names, name)
				}
			}
		}
	}
}

// audit returns the acts that the audit holds and that it has not returned
// before.
func (a *attacker) audit() (acts []string) {
	rows, err := a.record.Query(`SELECT rowid, act FROM audit WHERE rowid > $1 ORDER BY rowid`, a.acts)
	if err != nil {
		a.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var act string
		if err := rows.Scan(&a.acts, &act); err != nil {
			a.t.Fatal(err)
		}
		acts = append(acts, act)
	}
	if rows.Err() != nil {
		a.t.Fatal(rows.Err())
	}
	return acts
}

// tables returns the digest of every table of the record, but for the audit.
func (a *attacker) tables() map[string]string {
	var kept bytes.Buffer
	if _, err := a.s.db.Backup(context.Background(), &kept); err != nil {
		a.t.Fatal(err)
	}
	in, err := gzip.NewReader(&kept)
	if err != nil {
		a.t.Fatal(err)
	}
	all, err := io.ReadAll(in)
	if err != nil {
		a.t.Fatal(err)
	}
	tables, name, lines := map[string]string{}, "", []string{}
	keep := func() {
		if name != "" && name != "audit" {
			slices.Sort(lines)
			sum := sha256.Sum256([]byte(strings.Join(lines, "")))
			tables[name] = hex.EncodeToString(sum[:])
		}
		lines = nil
	}
	for line := range strings.Lines(string(all)) {
		var head struct{ Table string }
		if strings.HasPrefix(line, `{"Table"`) && json.Unmarshal([]byte(line), &head) == nil {
			keep()
			name = head.Table
			continue
		}
		if strings.HasPrefix(line, "[") {
			lines = append(lines, line)
		}
	}
	keep()
	if len(tables) < 10 {
		a.t.Fatalf("only %d tables", len(tables))
	}
	return tables
}

// bytes returns the digest of the folder of documents.
func (a *attacker) bytes() string {
	sum := sha256.New()
	err := filepath.WalkDir(a.s.kept, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		holds, err := os.ReadFile(path)
		fmt.Fprintf(sum, "%s %x\n", strings.TrimPrefix(path, a.s.kept), sha256.Sum256(holds))
		return err
	})
	if err != nil {
		a.t.Fatal(err)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
