package app

import (
	"context"
	"errors"
	"strings"

	"weald/domain/access"
	"weald/internal/store"
)

// A Claim is what a provider of OpenID Connect says of somebody who has signed
// in there.
type Claim struct {
	Issuer   string
	Subject  string // what the provider calls the person: never given to another
	Email    string
	Verified bool // the provider has seen that the address is theirs
}

// ByProvider returns the person whom a provider's claim shows. The first time,
// that is whose account has the verified email address; from then on it is the
// subject alone that counts, so that an address that passes to another person
// does not bring the account with it. Whoever has no account gets none:
// ErrNotFound.
func (a *Accounts) ByProvider(ctx context.Context, c Claim) (u access.User, err error) {
	known := c.Issuer + " " + c.Subject
	refused := ""
	err = a.db.Write(ctx, doorkeeper, func(tx *store.Tx) error {
		account, err := tx.AccountByMeans(ctx, store.ProviderMeans, known)
		if errors.Is(err, store.ErrNotFound) {
			account, refused, err = a.joinProvider(ctx, tx, c, known)
		}
		if err != nil {
			return err
		}
		if refused == "" && !account.Open() {
			refused = "the account is closed"
		}
		if refused != "" {
			subject := ""
			if account != nil {
				subject = personSubject(account.PersonID)
			}
			return tx.Audit(ctx, "refused sign-in", subject, "with a work account: "+refused)
		}
		u = userOf(account)
		return tx.Audit(ctx, "found an account by its work account", personSubject(u.ID), "")
	})
	if err == nil && refused != "" {
		err = ErrNotFound
	}
	return u, err
}

// joinProvider finds the account that a claim's address belongs to and notes
// that from now on its subject does.
func (a *Accounts) joinProvider(ctx context.Context, tx *store.Tx, c Claim, known string) (account *store.Account, refused string, err error) {
	if !c.Verified || c.Email == "" {
		return nil, "the provider does not vouch for an email address", nil
	}
	account, err = tx.AccountByMeans(ctx, store.EmailMeans, store.EmailValue(c.Email))
	if errors.Is(err, store.ErrNotFound) {
		return nil, "nobody has an account with that email address", nil
	} else if err != nil {
		return nil, "", err
	}
	means, err := tx.MeansOf(ctx, account.PersonID)
	if err != nil {
		return nil, "", err
	}
	for i := range means {
		if means[i].Kind == store.ProviderMeans && strings.HasPrefix(means[i].Value, c.Issuer+" ") {
			return account, "the account with that email address is another person's at the provider", nil
		}
	}
	if !account.Open() {
		return account, "the account is closed", nil
	}
	return account, "", tx.AddMeans(ctx, &store.Means{PersonID: account.PersonID, Kind: store.ProviderMeans, Value: known})
}
