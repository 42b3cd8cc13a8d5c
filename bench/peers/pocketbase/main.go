// Pocketbase serves PocketBase, as it comes, with 20,000 cases of 30 events each
// and one user, to be measured beside Weald by bench/peers/web. It says on
// standard output where it is and with what token its user is signed in.
//
// It is a Go module of its own, so that PocketBase is built with the versions of
// its own choosing.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

func main() {
	dir := flag.String("dir", "pb_data", "folder of its data, made when it is not there")
	durable := flag.Bool("durable", false, "wait for the disk at each commit (synchronous=FULL), which PocketBase does not do by itself")
	flag.Parse()
	if err := serve(*dir, *durable); err != nil {
		log.Fatal(err)
	}
}

func serve(dir string, durable bool) error {
	config := pocketbase.Config{DefaultDataDir: dir, HideStartBanner: true}
	if durable {
		config.DBConnect = func(path string) (*dbx.DB, error) {
			return dbx.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)")
		}
	}
	app := pocketbase.NewWithConfig(config)
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	user, err := app.FindAuthRecordByEmail("users", "amina@example.org")
	if err != nil {
		if user, err = fill(app); err != nil {
			return err
		}
	}
	token, err := user.NewAuthToken()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Listener, e.InstallerFunc = listener, nil
		fmt.Println("token", token)
		fmt.Println("http://" + listener.Addr().String())
		return e.Next()
	})
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-stop
		os.Exit(0)
	}()
	return apis.Serve(app, apis.ServeConfig{HttpAddr: listener.Addr().String()})
}

// fill makes the collections, the cases, the events and the user. Whoever is
// signed in may see and record, and nobody else.
func fill(app core.App) (*core.Record, error) {
	signedIn := types.Pointer("@request.auth.id != ''")
	cases := core.NewBaseCollection("cases")
	cases.ListRule, cases.ViewRule = signedIn, signedIn
	cases.Fields.Add(
		&core.TextField{Name: "reference"}, &core.TextField{Name: "surname"}, &core.TextField{Name: "forename"}, &core.TextField{Name: "born"},
		&core.TextField{Name: "team"}, &core.TextField{Name: "status"}, &core.TextField{Name: "officer"}, &core.TextField{Name: "duty"}, &core.TextField{Name: "due"},
	)
	cases.AddIndex("cases_by_due", false, "team, status, due", "")
	if err := app.Save(cases); err != nil {
		return nil, err
	}
	events := core.NewBaseCollection("events")
	events.ListRule, events.ViewRule, events.CreateRule = signedIn, signedIn, signedIn
	events.Fields.Add(
		&core.RelationField{Name: "case", CollectionId: cases.Id, MaxSelect: 1, Required: true},
		&core.TextField{Name: "kind", Required: true}, &core.TextField{Name: "day", Required: true}, &core.TextField{Name: "note"},
		&core.TextField{Name: "by"}, &core.AutodateField{Name: "created", OnCreate: true},
	)
	events.AddIndex("events_of_case", false, "`case`, day", "")
	if err := app.Save(events); err != nil {
		return nil, err
	}
	for _, q := range []string{
		`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 19999)
		INSERT INTO cases (id, reference, surname, forename, born, team, status, officer, duty, due)
		SELECT printf('case%011d', i), printf('W%06d', i), 'Surname' || (i * 7919 % 5000), 'Forename' || i, date('2008-01-01', '+' || (i * 31 % 5000) || ' days'),
			'team' || (i % 5), 'stage' || (i / 5 % 6), 'officer' || (i % 97), 'Issue the final plan', date('2026-01-01', '+' || (i * 37 % 700) || ' days') FROM n`,
		"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 599999) " +
			"INSERT INTO events (id, `case`, kind, day, note, by, created) " +
			`SELECT printf('even%011d', i), printf('case%011d', i / 30), 'kind' || (i % 12), date('2022-01-01', '+' || (i % 30 * 45) || ' days'),
			'What was said of it, in a line', 'officer' || (i % 97), '2026-11-23 09:00:00.000Z' FROM n`,
		`ANALYZE`,
	} {
		if _, err := app.DB().NewQuery(q).Execute(); err != nil {
			return nil, err
		}
	}
	users, err := app.FindCollectionByNameOrId("users")
	if err != nil {
		return nil, err
	}
	user := core.NewRecord(users)
	user.SetEmail("amina@example.org")
	user.SetPassword("pretend-people-only")
	user.SetVerified(true)
	return user, app.Save(user)
}
