package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A throttle lets each of many through so often. Whoever asks too often waits;
// others do not, and what was under way before goes on working.
type throttle struct {
	every time.Duration
	burst int
	now   func() time.Time

	lock sync.Mutex
	by   map[string]*rate.Limiter
}

func newThrottle(burst int, every time.Duration) *throttle {
	return &throttle{every: every, burst: burst, now: time.Now, by: map[string]*rate.Limiter{}}
}

// mostThrottled bounds how many are remembered. When there are more, those who
// have not asked lately are forgotten, for they may go through anyway.
const mostThrottled = 50_000

// lets reports whether one more of somebody's may go through.
func (t *throttle) lets(who string) bool {
	t.lock.Lock()
	defer t.lock.Unlock()
	now := t.now()
	l := t.by[who]
	if l == nil {
		if len(t.by) >= mostThrottled {
			for name, other := range t.by {
				if other.TokensAt(now) >= float64(t.burst) {
					delete(t.by, name)
				}
			}
			if len(t.by) >= mostThrottled {
				clear(t.by) // a crowd that asks at once; the next is counted from the start
			}
		}
		l = rate.NewLimiter(rate.Every(t.every), t.burst)
		t.by[who] = l
	}
	return l.AllowN(now, 1)
}

// network returns from which network a request comes: of IPv6 the 64 bits that
// one connection has, of IPv4 the address. What a proxy says is believed only of
// those that the service was told to believe.
func (s *Server) network(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		host, _, _ := net.SplitHostPort(r.RemoteAddr)
		return host
	}
	ip := at.Addr().Unmap()
	if s.believes(ip) {
		said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		for i := len(said) - 1; i >= 0; i-- { // the last were written by the nearest
			one, err := netip.ParseAddr(strings.TrimSpace(said[i]))
			if err != nil {
				break
			}
			if ip = one.Unmap(); !s.believes(ip) {
				break
			}
		}
	}
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}

func (s *Server) believes(ip netip.Addr) bool {
	for _, p := range s.proxies {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// throttles are how often what may be asked for. They are for a crowd's misuse,
// not for anybody's work: an officer who types all day never meets them.
type throttles struct {
	asks    *throttle // codes asked for, from one network
	tries   *throttle // codes typed, passkeys tried and links opened, from one network
	forms   *throttle // forms sent in one sign-in; nil: any number
	notices *throttle // refusals at the door written into the audit, from one network
}

// FormsASecond is how many forms a second one person may send for long, who may
// send a minute's worth of them at once.
const FormsASecond = 5

func newThrottles(forms int) throttles {
	t := throttles{asks: newThrottle(20, 30*time.Second), tries: newThrottle(30, 10*time.Second), notices: newThrottle(30, 10*time.Second)}
	if forms == 0 {
		forms = FormsASecond
	}
	if forms > 0 {
		t.forms = newThrottle(60*forms, time.Second/time.Duration(forms))
	}
	return t
}

// tooMany asks somebody to wait.
func (s *Server) tooMany(w http.ResponseWriter, r *http.Request, words string) error {
	w.Header().Set("Retry-After", "60")
	return s.pages.Problem(w, r, http.StatusTooManyRequests, "Please wait a minute", words, "")
}
