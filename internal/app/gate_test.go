package app

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"weald/domain/access"
	"weald/internal/store"
)

// Every act on a child is refused to whoever is barred from that child, as if
// there were no such child: whatever the act, and whatever else is asked.
func TestNoActReachesABarredChild(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	barred := access.User{ID: "barred", Name: "Barred Manager", Role: access.Manager}
	err := c.db.Write(ctx, program, func(tx *store.Tx) error {
		return errors.Join(tx.SetPerson(ctx, &store.Person{ID: barred.ID, Name: barred.Name, Role: string(barred.Role)}), tx.AddStanding(ctx, id, barred.ID, store.InterestStanding, "her niece"), tx.Audit(ctx, "barred", string(id), ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	before := 0
	read := func() (n int) {
		err := c.db.Read(ctx, func(tx *store.Tx) (err error) { n, err = tx.AuditCount(ctx, string(id)); return err })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before = read()
	tried := 0
	for _, service := range services(c) {
		v := reflect.ValueOf(service)
		for i := range v.NumMethod() {
			m, name := v.Method(i), v.Type().String()+"."+v.Type().Method(i).Name
			at := childArgument(m.Type())
			if at < 0 {
				continue
			}
			tried++
			args := make([]reflect.Value, m.Type().NumIn())
			for j := range args {
				in := m.Type().In(j)
				switch {
				case j == 0:
					args[j] = reflect.ValueOf(ctx)
				case in == reflect.TypeFor[access.User]():
					args[j] = reflect.ValueOf(barred)
				case j == at:
					args[j] = reflect.ValueOf(id)
				case in.Kind() == reflect.Pointer:
					args[j] = reflect.New(in.Elem())
				default:
					args[j] = reflect.Zero(in)
				}
			}
			if m.Type().IsVariadic() {
				args = args[:len(args)-1]
			}
			out := m.Call(args)
			err, _ := out[len(out)-1].Interface().(error)
			if !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrNotAllowed) {
				t.Errorf("%s: %v, want as if there were no such child", name, err)
			}
		}
	}
	for _, name := range actsOnChildren(t) {
		if !slices.ContainsFunc(services(c), func(one any) bool { return reflect.TypeOf(one).Elem().Name() == name }) {
			t.Errorf("%s acts on children and is not tried: add it to services", name)
		}
	}
	if tried < 40 {
		t.Errorf("only %d acts were tried", tried)
	}
	if n := read(); n != before {
		t.Errorf("%d things were done or seen", n-before)
	}
}

// childArgument returns which argument of a method names the child, when somebody
// asks for something of one child, or -1.
func childArgument(m reflect.Type) int {
	if m.NumIn() < 3 || m.In(1) != reflect.TypeFor[access.User]() || m.NumOut() == 0 || m.Out(m.NumOut()-1) != reflect.TypeFor[error]() {
		return -1
	}
	for i := 2; i < m.NumIn(); i++ {
		if m.In(i) == reflect.TypeFor[ChildID]() {
			return i
		}
	}
	return -1
}

// services is every service whose acts are on one child.
func services(c *Core) []any {
	documents := &Documents{Core: c}
	accounts := &Accounts{Core: c}
	return []any{&Casework{c}, documents, &Plans{Core: c}, &Links{Core: c, Documents: documents}, &Subjects{Core: c, Documents: documents}, &Retentions{Core: c, Documents: documents},
		&Readiness{Core: c}, &Families{Core: c, Accounts: accounts}, &Own{Core: c}, &Inspections{Core: c}, &Returns{Core: c}, &Quality{c}, &Deliveries{c}, &Correspondence{c}}
}

// actsOnChildren returns the services that have an act on one child, as the
// source says.
func actsOnChildren(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	act := regexp.MustCompile(`(?m)^func \(\w+ \*([A-Z]\w+)\) [A-Z]\w*\([^)]*by access\.User[^)]*\b(?:store\.)?ChildID\b`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range act.FindAllStringSubmatch(string(text), -1) {
			if !strings.HasSuffix(file, "_test.go") && !slices.Contains(names, found[1]) {
				names = append(names, found[1])
			}
		}
	}
	return names
}
