package staff

import (
	"net/http"
	"time"

	"weald/internal/app"
	"weald/internal/web/govuk"
)

// PasskeysPart is the page of one's passkeys.
const PasskeysPart = "/you/passkeys"

// Passkeys shows somebody their passkeys, and lets them add one.
func (p *Pages) Passkeys(w http.ResponseWriter, r *http.Request, status int, keys []app.Passkey, form govuk.Form) error {
	f := p.frame(UserOf(r.Context()), "Your passkeys", "")
	f.Breadcrumbs = []govuk.Link{{Text: "Where you are signed in", Href: SignInsPart}, {Text: "Your passkeys"}}
	f.Errors = form.Errors
	return show(w, r, status, passkeysPage(f, keys, form, p.Sessions.Told(r)))
}

// passkeyWords says when a passkey was added and used.
func passkeyWords(k app.Passkey) string {
	at := func(text string) string {
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return text
		}
		return momentWords(t)
	}
	if k.UsedAt == "" {
		return "Added " + at(k.AddedAt) + ". Not used yet."
	}
	return "Added " + at(k.AddedAt) + ". Last used " + at(k.UsedAt) + "."
}
