package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/internal/web"
)

// A service that other machines reach is not started unless it is safe, and each
// reason is said at once.
func TestInsecureServiceIsNotStarted(t *testing.T) {
	open := filepath.Join(t.TempDir(), "open.db")
	if err := os.WriteFile(open, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(open, 0o644); err != nil { // whatever the umask
		t.Fatal(err)
	}
	set := func(change func(*serveCommand)) *serveCommand {
		c := &serveCommand{Listen: "127.0.0.1:8080"}
		change(c)
		return c
	}
	safe := func(c *serveCommand) {
		c.Listen, c.URL, c.Proxy = "10.1.2.3:8080", "https://send.example.gov.uk", []string{"10.1.0.0/16"}
	}
	for _, v := range []struct {
		name string
		c    *serveCommand
		p    *web.Provider
		says []string
	}{
		{"on this machine alone", set(func(c *serveCommand) { c.Demo = true }), nil, nil},
		{"on this machine by name", set(func(c *serveCommand) { c.Demo, c.URL = true, "http://localhost:8080" }), nil, nil},
		{"behind a proxy", set(safe), nil, nil},
		{"behind a proxy on this machine", set(func(c *serveCommand) { c.URL = "https://send.example.gov.uk" }), &web.Provider{Issuer: "https://id.example", Secret: strings.Repeat("x", 16)}, nil},
		{"everywhere, as it comes", set(func(c *serveCommand) { c.Listen = ":8080" }), nil, []string{"not told at which address", "does not speak https itself"}},
		{"a demonstration", set(func(c *serveCommand) { safe(c); c.Demo = true }), nil, []string{"anybody signs in as anybody"}},
		{"a demonstration on purpose", set(func(c *serveCommand) { safe(c); c.Demo, c.DemoPublic = true, true }), nil, nil},
		{"http", set(func(c *serveCommand) { safe(c); c.URL = "http://send.example.gov.uk" }), nil, []string{"could be seen on the way"}},
		{"no proxy", set(func(c *serveCommand) { safe(c); c.Proxy = nil }), nil, []string{"Put a proxy"}},
		{"no address", set(func(c *serveCommand) { safe(c); c.URL = "send.example.gov.uk" }), nil, []string{"not an address like"}},
		{"a path", set(func(c *serveCommand) { safe(c); c.URL = "https://example.gov.uk/send" }), nil, []string{"not an address like"}},
		{"a weak secret and an issuer by http", set(safe), &web.Provider{Issuer: "http://id.example", Secret: "letmein"}, []string{"sign in as anybody", "7 characters"}},
		{"a record that all can open", set(func(c *serveCommand) { safe(c); c.Record = open }), nil, []string{"chmod o-rwx"}},
		{"a password on the command line", set(func(c *serveCommand) { safe(c); c.Record = "postgres://weald:s3cret@db/weald" }), nil, []string{"password is on the command line"}},
	} {
		reasons := v.c.insecure(v.p)
		all := strings.Join(reasons, "\n")
		if len(reasons) != len(v.says) {
			t.Errorf("%s: %d reasons, want %d: %s", v.name, len(reasons), len(v.says), all)
		}
		for _, words := range v.says {
			if !strings.Contains(all, words) {
				t.Errorf("%s: no %q in %s", v.name, words, all)
			}
		}
		if strings.Contains(all, "letmein") || strings.Contains(all, "s3cret") {
			t.Errorf("%s: a reason shows a secret: %s", v.name, all)
		}
	}
}

// The program itself does not start, and says why.
func TestServeRefuses(t *testing.T) {
	status, _, log := run(t, "", "serve", "--demo", "--listen", "0.0.0.0:0", "--record", filepath.Join(t.TempDir(), "record.db"))
	if status == 0 || !strings.Contains(log, "it is not safe to start") || strings.Count(log, "  * It ") != 3 {
		t.Errorf("%d: %s", status, log)
	}
}

// A secret comes from a variable or a file, not both, and is never shown.
func TestSecrets(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("from a file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("WEALD_OIDC_SECRET_FILE", file)
	if s, err := secret("WEALD_OIDC_SECRET"); err != nil || s != "from a file" {
		t.Errorf("%q %v", s, err)
	}
	if _, out, _ := run(t, "", "config"); !strings.Contains(out, file) || strings.Contains(out, "from a file") {
		t.Errorf("config says %s", out)
	}
	t.Setenv("WEALD_OIDC_SECRET", "hush-hush-hush")
	if _, err := secret("WEALD_OIDC_SECRET"); err == nil || strings.Contains(err.Error(), "hush") {
		t.Errorf("both: %v", err)
	}
	if _, out, _ := run(t, "", "config"); strings.Contains(out, "hush") || !strings.Contains(out, "14 characters, not shown") {
		t.Errorf("config says %s", out)
	}
}
