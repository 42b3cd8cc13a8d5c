package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"weald/domain/access"
	"weald/internal/store"
	"weald/law"
)

// A Consent is that somebody consented to a sharing, or withdrew that.
type Consent = store.Consent

// Consents returns what consent was given and withdrawn for a child, the latest
// first.
func (a *Families) Consents(ctx context.Context, by access.User, id ChildID) (all []Consent, err error) {
	if err := a.with(ctx, by, access.CaseSee, id); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		all, err = tx.Consents(ctx, id)
		return err
	})
	return all, err
}

// RecordConsent keeps that consent was given or withdrawn on a day. What was said
// before stays.
func (a *Families) RecordConsent(ctx context.Context, by access.User, id ChildID, c Consent) error {
	if err := a.with(ctx, by, access.FamilyTie, id); err != nil {
		return err
	}
	c.Who, c.How = strings.TrimSpace(c.Who), strings.TrimSpace(c.How)
	switch n := utf8.RuneCountInString(c.Who); {
	case c.Sharing == "":
		return &law.Refusal{Because: "Choose what the consent is to."}
	case n == 0 || n > nameLength:
		return &law.Refusal{Because: "Say who gave or withdrew it, in at most 120 characters."}
	case c.How == "" || utf8.RuneCountInString(c.How) > WhyLength:
		return &law.Refusal{Because: fmt.Sprintf("Say how it is known, in %d characters or fewer.", WhyLength)}
	case c.On.IsZero() || c.On > a.today():
		return &law.Refusal{Because: "Say on which day, which must have come."}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		act := "recorded that consent was withdrawn"
		if c.Given {
			act = "recorded that consent was given"
		}
		return errors.Join(tx.AddConsent(ctx, id, &c), tx.Audit(ctx, act, string(id), c.Sharing))
	})
}
