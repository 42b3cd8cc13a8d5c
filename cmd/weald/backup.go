package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
)

// backupCommand writes the whole record to a file, while the service runs.
type backupCommand struct {
	recordFlags
	documentFlags
	File      string `arg:"" help:"Where to write the backup, or - for standard output. It holds children's data: keep it as safe as the record."`
	Documents string `help:"Write the documents too, to this tar archive." placeholder:"FILE"`
}

// Run implements the command. The file appears only when it is whole.
func (c *backupCommand) Run() error {
	ctx := context.Background()
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	if c.File == "-" {
		_, err = db.Backup(ctx, os.Stdout)
	} else {
		var rows int
		err = whole(c.File, func(part *os.File) (err error) {
			rows, err = db.Backup(ctx, part)
			return err
		})
		if err == nil {
			fmt.Printf("Backed up %d rows to %s.\n", rows, c.File)
		}
	}
	if err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	if c.Documents == "" {
		return nil
	}
	documents, err := c.documents(c.Record, core)
	if err != nil {
		return err
	}
	return backupDocuments(ctx, documents, c.Documents)
}

// restoreCommand puts a backup into an empty record, of either engine.
type restoreCommand struct {
	recordFlags
	documentFlags
	File      string `arg:"" help:"A backup, or - for standard input."`
	Documents string `help:"Put the documents of this tar archive back too." placeholder:"FILE"`
}

// Run implements the command.
func (c *restoreCommand) Run() error {
	var from io.Reader = os.Stdin
	if c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("reading the backup: %w", err)
		}
		defer file.Close()
		from = file
	}
	ctx := context.Background()
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Restore(ctx, program, from)
	if err != nil {
		return err
	}
	fmt.Printf("Restored %d rows.\n", rows)
	if c.Documents == "" {
		return nil
	}
	documents, err := c.documents(c.Record, core)
	if err != nil {
		return err
	}
	return restoreDocuments(ctx, documents, c.Documents)
}

// configCommand prints the settings and where each comes from.
type configCommand struct{}

// settings are the environment variables that the program reads.
var settings = []struct{ name, unset, words string }{
	{"DATABASE_URL", "var/weald.db", "the record: a SQLite file, or postgres://…"},
	{"WEALD_DOCUMENTS", "documents beside a SQLite record, or var/documents", "where documents are kept: a folder, or s3://bucket/prefix?endpoint=…&region=… with its keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"},
	{"WEALD_DOCUMENTS_UNDO", "30", "for how many days a removed document can be put back"},
	{"WEALD_SCANNER", "none: documents are not scanned", "the virus scanner that looks at documents before they are kept, by clamd's protocol: tcp://host:port or unix:///path"},
	{"WEALD_KEYS", "none: no field is encrypted", "the keys that encrypt the most sensitive fields, the one in use first; or WEALD_KEYS_FILE, a file that holds them. weald keys new makes one"},
	{"WEALD_RETENTION", "none: no record is due for review", "for how long a child's record is kept before it is reviewed, and who decided it: 31 from birth: records schedule 2026"},
	{"WEALD_SHARING", "not stated", "the lawful basis of each sharing, as your data protection officer states it: return=legal obligation; documents=consent"},
	{"WEALD_LISTEN", "127.0.0.1:8080", "where the pages are served"},
	{"WEALD_AREA", "Weald", "the local area's name"},
	{"WEALD_LA", "999", "the local authority's three-digit number, as returns have it"},
	{"WEALD_DEMO", "off", "everybody is invented: anybody may sign in as a persona"},
	{"WEALD_SECURE", "off", "the service is reached by https, so cookies are sent only there"},
	{"WEALD_URL", "http:// and where it listens", "where people reach the service; https makes cookies secure"},
	{"WEALD_PROXY", "none", "the networks of the proxies before it, which speak https and say where requests come from"},
	{"WEALD_DEMO_PUBLIC", "off", "a demonstration may be reached from other machines"},
	{"WEALD_OIDC_ISSUER", "none", "who gives work accounts, by OpenID Connect"},
	{"WEALD_OIDC_CLIENT", "none", "what the issuer calls this service"},
	{"WEALD_OIDC_SECRET", "none", "the secret that the issuer gave; or WEALD_OIDC_SECRET_FILE, a file that holds it"},
	{"WEALD_OIDC_NAME", "your employer", "who gives the work accounts, as people say it"},
	{"WEALD_OIDC_DOMAINS", "any", "the email domains for which the issuer is believed"},
	{"WEALD_SMTP", "none", "the mail server by which codes to sign in are sent; encrypted, unless it is on this machine"},
	{"WEALD_SMTP_USER", "none", "who we are to the mail server"},
	{"WEALD_SMTP_PASSWORD", "none", "the password for it; or WEALD_SMTP_PASSWORD_FILE, a file that holds it"},
	{"WEALD_MAIL_FROM", "none", "the address from which we send"},
	{"WEALD_CODE_LIFE", "10m", "for how long a code to sign in works"},
	{"WEALD_LINK_DAYS", "49", "for how many days a link works that is sent to somebody without an account"},
	{"WEALD_IDLE", "1h", "for how long somebody stays signed in without opening a page"},
	{"WEALD_SIGNED_IN", "12h", "for how long somebody stays signed in at most"},
	{"WEALD_FORMS", "5", "how many forms a second one person may send for long; 0: any number"},
	{"WEALD_METRICS", "off", "where counts and times are served at /metrics, to anybody who reaches it"},
	{"WEALD_CHROMIUM", "the chromium or google-chrome that is installed, if one is", "the Chromium that prints plans to PDF"},
	{"WEALD_CHOICES", "none", "how this area decides what the law leaves unsettled"},
	{"WEALD_HOLIDAYS", "none", "one-off bank holidays not yet on GOV.UK's list"},
}

// secrets are the settings that are not shown. Each may be in a file, which the
// variable with _FILE at its end names.
var secrets = []string{"WEALD_KEYS", "WEALD_OIDC_SECRET", "WEALD_SMTP_PASSWORD"}

// Run implements the command. A database's address may hold a password, so it
// is not printed, nor is a secret.
func (c *configCommand) Run() error {
	for _, s := range settings {
		value, from := s.unset, "unless set"
		if v := os.Getenv(s.name); v != "" {
			value, from = v, "set"
			switch {
			case s.name == "DATABASE_URL" && isURL(v):
				value = "a PostgreSQL database"
			case slices.Contains(secrets, s.name):
				value = fmt.Sprintf("%d characters, not shown", len(v))
			}
		} else if file := os.Getenv(s.name + "_FILE"); file != "" && slices.Contains(secrets, s.name) {
			value, from = "in the file "+file+", not shown", "set"
		}
		fmt.Printf("%-20s %s (%s)\n%20s %s\n", s.name, value, from, "", s.words)
	}
	return nil
}
