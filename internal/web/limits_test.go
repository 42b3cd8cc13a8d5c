package web

import (
	"net/http"
	"net/netip"
	"net/url"
	"testing"
	"time"
)

// Whoever asks too often waits, and others do not.
func TestThrottle(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	th := newThrottle(3, time.Minute)
	th.now = func() time.Time { return now }
	for i := range 5 {
		if th.lets("a") != (i < 3) {
			t.Errorf("a's number %d", i+1)
		}
	}
	if !th.lets("b") {
		t.Error("b waits for a")
	}
	now = now.Add(time.Minute)
	if !th.lets("a") || th.lets("a") {
		t.Error("after a minute a may once more")
	}
	for i := range mostThrottled + 10 {
		th.lets(string(rune(i)))
	}
	if len(th.by) > mostThrottled {
		t.Errorf("%d are remembered", len(th.by))
	}
}

// Where a request comes from is what the connection says, unless a proxy that is
// believed says more: nobody chooses their own network.
func TestNetworkOfARequest(t *testing.T) {
	s := &Server{proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	for _, v := range []struct{ from, said, want string }{
		{"192.0.2.7:4321", "", "192.0.2.7"},
		{"192.0.2.7:4321", "203.0.113.9", "192.0.2.7"},
		{"10.1.1.1:80", "203.0.113.9", "203.0.113.9"},
		{"10.1.1.1:80", "198.51.100.1, 203.0.113.9, 10.2.2.2", "203.0.113.9"},
		{"10.1.1.1:80", "forged, 203.0.113.9", "203.0.113.9"},
		{"10.1.1.1:80", "203.0.113.9, nonsense", "10.1.1.1"},
		{"[2001:db8:1:2:3:4:5:6]:80", "", "2001:db8:1:2::/64"},
		{"[::ffff:192.0.2.7]:80", "", "192.0.2.7"},
	} {
		r := &http.Request{RemoteAddr: v.from, Header: http.Header{}}
		if v.said != "" {
			r.Header.Set("X-Forwarded-For", v.said)
		}
		if got := s.network(r); got != v.want {
			t.Errorf("from %s, said %q: %s, want %s", v.from, v.said, got, v.want)
		}
	}
}

// Who sends forms without end is asked to wait, in words, and another person is
// not.
func TestTooManyForms(t *testing.T) {
	s := sample(t).also(Options{Personas: Personas, Forms: 1})
	amina, tom := s.as("amina"), s.as("tom")
	refused := 0
	for range 70 {
		if status, _ := s.send(amina, "/views", url.Values{}); status == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused < 5 || refused > 10 {
		t.Errorf("%d of 70 were refused", refused)
	}
	if status, _ := s.send(tom, "/views", url.Values{}); status != http.StatusSeeOther {
		t.Errorf("tom: %d", status)
	}
	if status, _, _ := s.get(amina, "/work"); status != http.StatusOK {
		t.Errorf("amina cannot read: %d", status)
	}
}
