package main

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	neturl "net/url"
	"os"
	"strings"
	"time"

	"weald/internal/app"
	"weald/internal/message"
	"weald/internal/web"
)

// doorFlags say where people reach the service and how they sign in. Secrets are
// read from the environment or a file and never from the command line, which
// everybody on the machine can read.
type doorFlags struct {
	URL        string   `help:"Where people reach the service, as in https://send.example.gov.uk." env:"WEALD_URL" placeholder:"URL"`
	Proxy      []string `help:"Networks of the proxies before it, which speak https and say truly where a request came from, as in 10.0.0.0/8." env:"WEALD_PROXY" placeholder:"NETWORK,..."`
	DemoPublic bool     `help:"A demonstration may be reached from other machines." env:"WEALD_DEMO_PUBLIC"`

	OIDCIssuer  string   `name:"oidc-issuer" help:"The issuer of work accounts (OpenID Connect)." env:"WEALD_OIDC_ISSUER" placeholder:"URL"`
	OIDCClient  string   `name:"oidc-client" help:"What the issuer calls this service." env:"WEALD_OIDC_CLIENT" placeholder:"ID"`
	OIDCName    string   `name:"oidc-name" help:"What people call their work account." default:"your employer" env:"WEALD_OIDC_NAME" placeholder:"NAME"`
	OIDCDomains []string `name:"oidc-domains" help:"Email domains for which the issuer is believed; none: any." env:"WEALD_OIDC_DOMAINS" placeholder:"DOMAIN,..."`

	SMTP     string        `name:"smtp" help:"The mail server by which codes are sent, as in mail.example.gov.uk:587." env:"WEALD_SMTP" placeholder:"HOST:PORT"`
	SMTPUser string        `name:"smtp-user" help:"Who we are to the mail server." env:"WEALD_SMTP_USER" placeholder:"NAME"`
	MailFrom string        `help:"The address from which we send." env:"WEALD_MAIL_FROM" placeholder:"ADDRESS"`
	LinkDays int           `help:"For how many days a link works that is sent to somebody without an account." default:"49" env:"WEALD_LINK_DAYS" placeholder:"DAYS"`
	CodeLife time.Duration `help:"For how long a code to sign in works." default:"10m" env:"WEALD_CODE_LIFE" placeholder:"TIME"`
}

// secret reads a secret: from the variable, or from the file that the variable
// with _FILE names.
func secret(name string) (string, error) {
	value, file := os.Getenv(name), os.Getenv(name+"_FILE")
	if file == "" {
		return value, nil
	}
	if value != "" {
		return "", fmt.Errorf("%s and %s_FILE are both set: set one", name, name)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("reading the secret that %s_FILE names: %w", name, err)
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}

// proxies reads the networks of the proxies.
func (f *doorFlags) proxies() (all []netip.Prefix, err error) {
	for _, text := range f.Proxy {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			one, failed := netip.ParseAddr(text)
			if failed != nil {
				return nil, fmt.Errorf("WEALD_PROXY: %q is not a network like 10.0.0.0/8", text)
			}
			p = netip.PrefixFrom(one, one.BitLen())
		}
		all = append(all, p)
	}
	return all, nil
}

// provider returns whose work accounts are let in, or nil.
func (f *doorFlags) provider() (*web.Provider, error) {
	if f.OIDCIssuer == "" && f.OIDCClient == "" {
		return nil, nil
	}
	if f.OIDCIssuer == "" || f.OIDCClient == "" {
		return nil, errors.New("WEALD_OIDC_ISSUER and WEALD_OIDC_CLIENT go together: set both or neither")
	}
	key, err := secret("WEALD_OIDC_SECRET")
	if err != nil {
		return nil, err
	}
	for i, d := range f.OIDCDomains {
		f.OIDCDomains[i] = strings.ToLower(strings.TrimPrefix(d, "@"))
	}
	return &web.Provider{Name: f.OIDCName, Issuer: f.OIDCIssuer, Client: f.OIDCClient, Secret: key, Domains: f.OIDCDomains}, nil
}

// codes returns how people sign in by a code sent by email, or nil.
func (c *serveCommand) codes(p *web.Provider) (*app.Codes, error) {
	if c.SMTP == "" && c.MailFrom == "" {
		return nil, nil
	}
	if _, err := mail.ParseAddress(c.MailFrom); c.SMTP == "" || err != nil {
		return nil, errors.New("WEALD_SMTP and WEALD_MAIL_FROM go together: set both, the second to an address like Weald <send@example.gov.uk>, or neither")
	}
	host, _, err := net.SplitHostPort(c.SMTP)
	if err != nil {
		return nil, fmt.Errorf("WEALD_SMTP is %q, which is not a mail server like mail.example.gov.uk:587", c.SMTP)
	}
	if c.CodeLife < time.Minute || c.CodeLife > time.Hour {
		return nil, fmt.Errorf("WEALD_CODE_LIFE is %s: a code works for 1 minute at least and 60 at most", c.CodeLife)
	}
	password, err := secret("WEALD_SMTP_PASSWORD")
	if err != nil {
		return nil, err
	}
	codes := &app.Codes{Area: c.Area, Life: c.CodeLife,
		Send: &message.SMTP{Server: c.SMTP, From: c.MailFrom, User: c.SMTPUser, Password: password, Plain: here(host)}} // to any other it is encrypted or not sent
	if p != nil && len(p.Domains) > 0 {
		codes.Otherwise = p.Vouches
	}
	return codes, nil
}

// links returns how people without an account do one task: by a link in an email,
// if emails can be sent.
func (c *serveCommand) links(codes *app.Codes) *app.Links {
	if codes == nil {
		return nil
	}
	return &app.Links{Send: codes.Send, Area: c.Area, Days: c.LinkDays}
}

// address is where people reach the service.
func (c *serveCommand) address() string {
	if c.URL != "" {
		return strings.TrimSuffix(c.URL, "/")
	}
	return "http://" + c.Listen
}

// insecure returns every reason, in words, why the service may not be started as
// it is set. On one machine alone anything goes.
func (c *serveCommand) insecure(p *web.Provider) (reasons []string) {
	no := func(words string, args ...any) { reasons = append(reasons, fmt.Sprintf(words, args...)) }
	at, err := neturl.Parse(c.address())
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" || at.Path != "" || at.RawQuery != "" || at.User != nil {
		no("WEALD_URL is %q, which is not an address like https://send.example.gov.uk.", c.URL)
		return reasons
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		no("WEALD_LISTEN is %q, which is not a place to listen like 127.0.0.1:8080.", c.Listen)
		return reasons
	}
	reached := !here(host)
	if !reached && here(at.Hostname()) {
		return reasons
	}
	if c.Demo && !c.DemoPublic {
		no("It is a demonstration, in which anybody signs in as anybody, and other machines can reach it. Take away WEALD_DEMO; or, if everybody in the record is invented and all the world may see them, set WEALD_DEMO_PUBLIC=true.")
	}
	if c.URL == "" {
		no("It listens on %s, where other machines reach it, and is not told at which address people do. Set WEALD_URL=https://…", c.Listen)
	} else if at.Scheme != "https" {
		no("WEALD_URL is %s: what people type and read could be seen on the way. Use https.", c.URL)
	}
	if reached && len(c.Proxy) == 0 {
		no("It listens on %s, where other machines reach it, and does not speak https itself. Put a proxy that does before it and name the proxy's network in WEALD_PROXY; or listen on 127.0.0.1 with the proxy on this machine.", c.Listen)
	}
	if p != nil {
		if !strings.HasPrefix(p.Issuer, "https://") {
			no("WEALD_OIDC_ISSUER is %s: whoever is on the way could sign in as anybody. Use https.", p.Issuer)
		}
		if n := len(p.Secret); n > 0 && n < 16 {
			no("WEALD_OIDC_SECRET has %d characters: it could be guessed. Have the issuer make one of 16 or more.", n)
		}
	}
	if isURL(c.Record) {
		if with, err := neturl.Parse(c.Record); err == nil && with.User != nil {
			if _, has := with.User.Password(); has && c.Record != os.Getenv("DATABASE_URL") {
				no("The record's password is on the command line, where everybody on this machine can read it. Set DATABASE_URL in its place.")
			}
		}
	} else if info, err := os.Stat(c.Record); err == nil && info.Mode().Perm()&0o007 != 0 {
		no("Everybody on this machine can open the record's file %s. Run: chmod o-rwx %s", c.Record, c.Record)
	}
	return reasons
}

// here reports whether a host is this machine alone.
func here(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// refuse says why the service is not started.
func refuse(reasons []string) error {
	return fmt.Errorf("it is not safe to start as it is set:\n  * %s\nNothing was started. weald config shows the settings", strings.Join(reasons, "\n  * "))
}
