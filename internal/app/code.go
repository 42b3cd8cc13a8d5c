package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"weald/domain/access"
	"weald/internal/message"
	"weald/internal/store"

	"golang.org/x/crypto/argon2"
)

// Codes is signing in by a code that is sent by email. How it withstands both
// guessing and locking others out is in docs/adr/0044.
type Codes struct {
	Accounts *Accounts
	Send     message.Sender
	Area     string // whose service it is
	Address  string // of the service
	Life     time.Duration
	// Otherwise reports that people with an email address sign in otherwise: no
	// code is sent there.
	Otherwise func(email string) bool
}

// CodeLife is for how long a code works. It is Weald's own choice, as are these.
const CodeLife = 10 * time.Minute

const (
	rememberSpoilt = time.Hour

	codeTries = 5   // in one browser that asked
	codeWrong = 100 // by all others, until only the browser in answer to which it was sent may use it
)

// ErrCode is returned for a code that does not let anybody in.
var ErrCode = errors.New("app: that is not the code")

// ErrCodeOver is returned when a code must be asked for again.
var ErrCodeOver = errors.New("app: the code must be asked for again")

// Ask answers a browser that asks for a code to be sent to an address. What the
// browser is to show with the code is returned, and is the same whether or not
// anybody has the address. What sends the letter, if there is one, is for the
// caller to call beside the answer, so that the answer takes no longer.
func (c *Codes) Ask(ctx context.Context, email string) (token string, send func(context.Context) error, err error) {
	token = rand.Text() + rand.Text()
	digits, err := newDigits()
	if err != nil {
		return "", nil, err
	}
	digest, err := slowDigest(ctx, digits) // though no code may be sent: the answer takes as long
	if err != nil {
		return "", nil, err
	}
	ask := store.CodeAsk{ID: quickDigest(token)}
	err = c.Accounts.db.Write(ctx, doorkeeper, func(tx *store.Tx) error {
		account, err := tx.AccountByMeans(ctx, store.EmailMeans, store.EmailValue(email))
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		subject, detail := "", "with an address that nobody has"
		switch {
		case err != nil:
		case !account.Open():
			subject, detail = personSubject(account.PersonID), "for an account that is closed"
		case c.Otherwise != nil && c.Otherwise(email):
			subject, detail = personSubject(account.PersonID), "by somebody who signs in with a work account"
		default:
			ask.PersonID, subject, detail = account.PersonID, personSubject(account.PersonID), "one sent lately still works"
			live, err := tx.CodesOf(ctx, ask.PersonID)
			if err != nil {
				return err
			}
			spoilt, err := tx.SpoiltCodes(ctx, ask.PersonID, codeWrong)
			if err != nil {
				return err
			}
			// A code that has at least half of its life before it is in their mailbox:
			// it works here too, and no other is sent. Where somebody has been guessing,
			// each who asks is sent one of their own, which guessing elsewhere does not
			// spoil.
			if len(live) == 0 || tx.At().Sub(live[0].SentAt) >= c.Life/2 || spoilt > 0 {
				code := store.Code{ID: rand.Text(), PersonID: ask.PersonID, Digest: digest, AskID: ask.ID}
				if err := tx.AddCode(ctx, &code, tx.At().Add(c.Life), tx.At().Add(-rememberSpoilt)); err != nil {
					return err
				}
				detail = "sent"
			}
		}
		if err := tx.AddCodeAsk(ctx, &ask, tx.At().Add(c.Life)); err != nil {
			return err
		}
		if detail == "sent" {
			m, err := message.Write("code", store.EmailValue(email), message.Code{
				Area: c.Area, Digits: digits[:4] + " " + digits[4:], Minutes: int(c.Life.Minutes()), Address: c.Address,
			})
			if err != nil {
				return err
			}
			send = func(ctx context.Context) error { return c.send(ctx, m) }
		}
		return tx.Audit(ctx, "asked for a code to sign in", subject, detail)
	})
	if err != nil {
		return "", nil, err
	}
	return token, send, nil
}

// send hands a letter to the mail server, which may be busy for a moment.
func (c *Codes) send(ctx context.Context, m message.Message) (err error) {
	for _, wait := range []time.Duration{0, 2 * time.Second, 10 * time.Second} {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
		if err = c.Send.Send(ctx, m); err == nil {
			return nil
		}
	}
	return err
}

// Try returns whom a code lets in that was typed in a browser. The token is what
// the browser was given when it asked.
func (c *Codes) Try(ctx context.Context, token, typed string) (u access.User, err error) {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, typed)
	var ask *store.CodeAsk
	var live []store.Code
	over := false
	err = c.Accounts.db.Write(ctx, doorkeeper, func(tx *store.Tx) (err error) {
		ask, err = tx.TryCode(ctx, quickDigest(token))
		if over = errors.Is(err, store.ErrNotFound); over {
			return tx.Audit(ctx, "refused sign-in", "", "with a code that was not asked for here, or too late")
		} else if err != nil {
			return err
		}
		if over = ask.Tries >= codeTries; over {
			return tx.Audit(ctx, "refused sign-in", maybePerson(ask.PersonID), "with a code, after too many tries")
		}
		live, err = tx.CodesOf(ctx, ask.PersonID)
		return errors.Join(err, tx.Audit(ctx, "tried a code", maybePerson(ask.PersonID), ""))
	})
	switch {
	case err != nil:
		return u, err
	case over:
		return u, ErrCodeOver
	}
	right := ""
	live = usable(live, ask.ID)
	if len(live) == 0 {
		_, err = slowDigest(ctx, digits) // as long as if there had been one
	}
	for i := range live {
		same, failed := sameDigest(ctx, digits, live[i].Digest)
		if failed != nil {
			err = failed
		} else if same {
			right = live[i].ID
		}
	}
	if err != nil {
		return u, err
	}
	wrong := false
	err = c.Accounts.db.Write(ctx, doorkeeper, func(tx *store.Tx) error {
		if wrong = right == ""; !wrong {
			err := tx.UseCode(ctx, right, ask.PersonID)
			if wrong = errors.Is(err, store.ErrNotFound); err != nil && !wrong {
				return err
			}
		}
		if wrong {
			if err := tx.WrongCode(ctx, ask.PersonID); err != nil {
				return err
			}
			return tx.Audit(ctx, "refused sign-in", maybePerson(ask.PersonID), "with a wrong code")
		}
		account, err := tx.Account(ctx, ask.PersonID)
		if err != nil {
			return err
		}
		if wrong = !account.Open(); wrong {
			return tx.Audit(ctx, "refused sign-in", personSubject(ask.PersonID), "the account is closed")
		}
		u = userOf(account)
		if err := tx.DropCodeAsk(ctx, ask.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, "used a code", personSubject(ask.PersonID), "")
	})
	if err == nil && wrong {
		err = ErrCode
		if ask.Tries+1 >= codeTries {
			err = ErrCodeOver
		}
	}
	return u, err
}

// usable picks the codes that may be typed in a browser: the one that was sent in
// answer to its asking, or else the two newest that others may use.
func usable(live []store.Code, ask string) (some []store.Code) {
	for i := range live {
		if live[i].AskID == ask {
			return live[i : i+1]
		}
		if live[i].Wrong < codeWrong && len(some) < 2 {
			some = append(some, live[i])
		}
	}
	return some
}

func maybePerson(id string) string {
	if id == "" {
		return ""
	}
	return personSubject(id)
}

// newDigits returns eight digits that nobody can foretell.
func newDigits() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(100_000_000))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%08d", n), nil
}

// quickDigest is of what is long and random, so that it cannot be guessed.
func quickDigest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// slowDigests bounds how many are worked out at once: each takes 19 MB.
var slowDigests = make(chan struct{}, 4)

// slowDigest is of a code: there are few enough that a quick one could be undone
// by whoever reads the record within the code's life.
func slowDigest(ctx context.Context, digits string) (string, error) {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	sum, err := slowly(ctx, digits, salt)
	return base64.RawStdEncoding.EncodeToString(salt) + "." + base64.RawStdEncoding.EncodeToString(sum), err
}

func sameDigest(ctx context.Context, digits, digest string) (bool, error) {
	first, second, _ := strings.Cut(digest, ".")
	salt, err := base64.RawStdEncoding.DecodeString(first)
	if err != nil {
		return false, err
	}
	want, err := base64.RawStdEncoding.DecodeString(second)
	if err != nil {
		return false, err
	}
	got, err := slowly(ctx, digits, salt)
	return err == nil && subtle.ConstantTimeCompare(got, want) == 1, err
}

func slowly(ctx context.Context, digits string, salt []byte) ([]byte, error) {
	select {
	case slowDigests <- struct{}{}:
		defer func() { <-slowDigests }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(digits), salt, 2, 19<<10, 1, 32), nil
}
