package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode/utf8"

	"weald/calendar"
	"weald/domain/access"
	"weald/internal/message"
	"weald/internal/store"
	"weald/law"
)

// Organisations is who belongs to settings, services and boards. The council
// enters an organisation and its first administrator; from then on its own
// administrators say who there may do what, so that a school never waits for the
// council to let a cover teacher in.
type Organisations struct {
	*Core
	Accounts *Accounts
	Send     message.Sender // nil: nobody is written to
	Area     string
	Address  string // of the service
}

// Names of these used by pages.
type (
	// An Organisation is a setting, service, board or other body.
	Organisation = store.Organisation
	// A Membership says that somebody belongs to one.
	Membership = store.Membership
)

// A Crew is an organisation and who belongs to it.
type Crew struct {
	Organisation
	Today   calendar.Date
	Now     []Membership // in force, or to begin
	Before  []Membership // over
	Shared  int          // children whom nobody there looks after
	Reached int          // children with whom it has to do
}

// Organisations returns every organisation, each with how many people it has and
// how many administrators.
func (a *Organisations) All(ctx context.Context, by access.User) (all []Crew, err error) {
	if err := may(by, access.OrganisationManage); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		orgs, err := tx.Organisations(ctx)
		if err != nil {
			return err
		}
		for i := range orgs {
			c, err := a.crew(ctx, tx, orgs[i])
			if err != nil {
				return err
			}
			all = append(all, *c)
		}
		return nil
	})
	return all, err
}

// Open returns an organisation and who belongs to it: to the council's people who
// enter organisations, and to its own administrators.
func (a *Organisations) Open(ctx context.Context, by access.User, org string) (c *Crew, err error) {
	if err := a.mayManage(by, org); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		o, err := tx.Organisation(ctx, org)
		if err != nil {
			return err
		}
		if c, err = a.crew(ctx, tx, *o); err != nil {
			return err
		}
		return a.countShared(ctx, tx, c)
	})
	return c, err
}

// mayManage reports whether somebody says who at an organisation may do what.
func (a *Organisations) mayManage(by access.User, org string) error {
	switch {
	case by.May(access.OrganisationManage), by.May(access.MemberManage) && by.Org == org && org != "":
		return nil
	case by.May(access.MemberManage):
		return ErrNotFound
	}
	return ErrNotAllowed
}

func (a *Organisations) crew(ctx context.Context, tx *store.Tx, o Organisation) (*Crew, error) {
	c := &Crew{Organisation: o, Today: a.today()}
	all, err := tx.Memberships(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if m.InForce(c.Today) || !m.Ended && m.From > c.Today {
			c.Now = append(c.Now, m)
		} else {
			c.Before = append(c.Before, m)
		}
	}
	return c, nil
}

// works is what people of an organisation have to do with children by.
func works(k access.Kind) (access.Role, access.Permission) {
	switch k {
	case access.Setting:
		return access.Senco, access.OurSee
	case access.Health:
		return access.Clinician, access.OurSee
	case access.SocialCare:
		return access.SocialWorker, access.OurSee
	case access.Psychology:
		return access.Psychologist, access.OurSee
	}
	return "", ""
}

// countShared counts the children with whom an organisation has to do, and those
// whom nobody there looks after.
func (a *Organisations) countShared(ctx context.Context, tx *store.Tx, c *Crew) error {
	role, p := works(c.Kind)
	if p == "" {
		return nil
	}
	ids, err := tx.Reach(ctx, access.User{ID: "-", Role: role, Org: c.ID}, p, c.Today)
	if err != nil {
		return err
	}
	has, err := tx.Allocations(ctx, c.ID)
	if err != nil {
		return err
	}
	c.Reached = len(ids)
	for _, id := range ids {
		if has[id] == "" {
			c.Shared++
		}
	}
	return nil
}

// Administrators counts those who say, today, who there may do what.
func (c *Crew) Administrators() (n int) {
	for i := range c.Now {
		if c.Now[i].Admin && c.Now[i].InForce(c.Today) {
			n++
		}
	}
	return n
}

// Member returns a membership that is in force or to begin, or nil.
func (c *Crew) Member(id string) *Membership {
	for i := range c.Now {
		if c.Now[i].ID == id {
			return &c.Now[i]
		}
	}
	return nil
}

// A NewMember is somebody who is to belong to an organisation.
type NewMember struct {
	Name, Email string
	Role        access.Role
	Admin       bool
	From, Until calendar.Date
	CoverOf     string // the membership for which they stand in; "": none
}

// Enter enters an organisation, with its first administrator, who is told.
func (a *Organisations) Enter(ctx context.Context, by access.User, o *Organisation, first NewMember) (func(context.Context) error, error) {
	if err := may(by, access.OrganisationManage); err != nil {
		return nil, err
	}
	if o.Name = strings.TrimSpace(o.Name); o.Name == "" || utf8.RuneCountInString(o.Name) > nameLength {
		return nil, &law.Refusal{Because: "Give the organisation’s name, in at most 120 characters."}
	}
	if o.Kind.Roles() == nil {
		return nil, &law.Refusal{Because: "Choose what kind of organisation it is."}
	}
	if o.Mailbox != "" && !isAddress(o.Mailbox) {
		return nil, notAnAddress(o.Mailbox)
	}
	first.Admin = true
	first.From = cmp.Or(first.From, a.today())
	err := a.db.Write(ctx, by, func(tx *store.Tx) error {
		all, err := tx.Organisations(ctx)
		if err != nil {
			return err
		}
		for _, other := range all {
			if other.Kind == o.Kind && strings.EqualFold(other.Name, o.Name) || o.Setting != "" && other.Setting == o.Setting {
				return &law.Refusal{Because: other.Name + " is entered already."}
			}
		}
		o.ID = ""
		if err := tx.SetOrganisation(ctx, o); err != nil {
			return err
		}
		if err := tx.Audit(ctx, "entered an organisation", organisationSubject(o.ID), o.Name); err != nil {
			return err
		}
		return a.join(ctx, tx, o, first)
	})
	if err != nil {
		return nil, err
	}
	return a.welcome(by, o, first), nil
}

// Organisations' changes are audited under this, so that none is taken for a
// child.
func organisationSubject(id string) string { return "organisation/" + id }

func isAddress(s string) bool {
	one, err := mail.ParseAddress(s)
	return err == nil && one.Address == s
}

func notAnAddress(s string) error {
	return &law.Refusal{Because: "“" + s + "” is not an email address like name@example.com."}
}

// Join lets somebody in as belonging to an organisation. Send tells them.
func (a *Organisations) Join(ctx context.Context, by access.User, org string, m NewMember) (send func(context.Context) error, err error) {
	if err := a.mayManage(by, org); err != nil {
		return nil, err
	}
	var o *Organisation
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if o, err = tx.Organisation(ctx, org); err != nil {
			return err
		}
		if o.Closed {
			return &law.Refusal{Because: o.Name + " is closed."}
		}
		return a.join(ctx, tx, o, m)
	})
	if err != nil {
		return nil, err
	}
	return a.welcome(by, o, m), nil
}

func (a *Organisations) join(ctx context.Context, tx *store.Tx, o *Organisation, m NewMember) error {
	m.Name, m.Email = strings.TrimSpace(m.Name), strings.TrimSpace(m.Email)
	c, err := a.crew(ctx, tx, *o)
	if err != nil {
		return err
	}
	switch {
	case m.Name == "" || utf8.RuneCountInString(m.Name) > nameLength:
		return &law.Refusal{Because: "Give their name, in at most 120 characters."}
	case !isAddress(m.Email):
		return notAnAddress(m.Email)
	case !slices.Contains(o.Kind.Roles(), m.Role):
		return &law.Refusal{Because: "Choose what they do at " + o.Name + "."}
	case m.From.IsZero():
		return &law.Refusal{Because: "Say from which day."}
	case !m.Until.IsZero() && m.Until < m.From:
		return &law.Refusal{Because: "The last day is before the first."}
	case !m.Until.IsZero() && m.Until < a.today():
		return &law.Refusal{Because: "The last day has passed."}
	case m.CoverOf != "" && c.Member(m.CoverOf) == nil:
		return &law.Refusal{Because: "Whom they stand in for does not belong to " + o.Name + " any more."}
	case m.CoverOf != "" && m.Until.IsZero():
		return &law.Refusal{Because: "Say until which day they stand in: cover has an end, and can be made longer."}
	case o.Kind == access.Inspections && m.Until.IsZero():
		return &law.Refusal{Because: "Say until which day: an inspector’s time has an end."}
	}
	for i := range c.Now {
		if strings.EqualFold(c.Now[i].Email, m.Email) {
			return &law.Refusal{Because: c.Now[i].Name + " belongs to " + o.Name + " already, with that email address."}
		}
	}
	person, err := a.Accounts.personWith(ctx, tx, m.Name, m.Email)
	if err != nil {
		return err
	}
	is := Membership{Org: o.ID, PersonID: person, Role: m.Role, Admin: m.Admin, From: m.From, Until: m.Until, CoverOf: m.CoverOf}
	if err := tx.AddMembership(ctx, &is); err != nil {
		return err
	}
	return tx.Audit(ctx, "let somebody in for an organisation", organisationSubject(o.ID), m.Name+", "+m.Role.Label())
}

// personWith returns the person who signs in with an email address, or makes one,
// with an account.
func (a *Accounts) personWith(ctx context.Context, tx *store.Tx, name, email string) (string, error) {
	account, err := tx.AccountByMeans(ctx, store.EmailMeans, store.EmailValue(email))
	switch {
	case err == nil:
		if account.Open() {
			return account.PersonID, nil
		}
		return account.PersonID, tx.OpenAccount(ctx, account.PersonID)
	case !errors.Is(err, ErrNotFound):
		return "", err
	}
	p := store.Person{ID: rand.Text(), Name: name, Email: email}
	if err := tx.SetPerson(ctx, &p); err != nil {
		return "", err
	}
	return p.ID, a.open(ctx, tx, p.ID, email)
}

// welcome returns what writes to somebody newly let in.
func (a *Organisations) welcome(by access.User, o *Organisation, m NewMember) func(context.Context) error {
	if a.Send == nil {
		return func(context.Context) error { return nil }
	}
	return func(ctx context.Context) error {
		letter, err := message.Write("welcome", strings.TrimSpace(m.Email), message.Welcome{Area: a.Area, Who: by.Name, As: m.Role.Label() + " at " + o.Name, Address: a.Address + "/signin"})
		if err != nil {
			return err
		}
		return a.Send.Send(ctx, letter)
	}
}

// Change changes what somebody may do at an organisation, and until when.
func (a *Organisations) Change(ctx context.Context, by access.User, org, membership string, role access.Role, admin bool, until calendar.Date) error {
	if err := a.mayManage(by, org); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		o, err := tx.Organisation(ctx, org)
		if err != nil {
			return err
		}
		c, err := a.crew(ctx, tx, *o)
		if err != nil {
			return err
		}
		m := c.Member(membership)
		switch {
		case m == nil:
			return ErrNotFound
		case !slices.Contains(o.Kind.Roles(), role):
			return &law.Refusal{Because: "Choose what they do at " + o.Name + "."}
		case !until.IsZero() && until < a.today():
			return &law.Refusal{Because: "The last day has passed. To end it now, take them off the list."}
		case until.IsZero() && (m.CoverOf != "" || o.Kind == access.Inspections):
			return &law.Refusal{Because: "Say until which day."}
		case m.Admin && !admin && m.InForce(c.Today) && c.Administrators() == 1:
			return lastAdministrator(o)
		}
		m.Role, m.Admin, m.Until = role, admin, until
		if err := tx.ChangeMembership(ctx, m); err != nil {
			return err
		}
		return tx.Audit(ctx, "changed what somebody may do for an organisation", organisationSubject(org), m.Name+", "+role.Label())
	})
}

func lastAdministrator(o *Organisation) error {
	return &law.Refusal{Because: "Nobody else at " + o.Name + " can say who may do what. Make somebody else an administrator first."}
}

// Leave takes somebody off an organisation's list, now: every sign-in of theirs
// ends. All whom they looked after go to somebody else there or, when to is "",
// to the shared list: none is left with nobody who sees it. It returns how many
// children that is.
func (a *Organisations) Leave(ctx context.Context, by access.User, org, membership, to string) (children int64, err error) {
	if err := a.mayManage(by, org); err != nil {
		return 0, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		o, err := tx.Organisation(ctx, org)
		if err != nil {
			return err
		}
		c, err := a.crew(ctx, tx, *o)
		if err != nil {
			return err
		}
		m, heir := c.Member(membership), c.Member(to)
		switch {
		case m == nil:
			return ErrNotFound
		case m.Admin && m.InForce(c.Today) && c.Administrators() == 1:
			return lastAdministrator(o)
		case to != "" && (heir == nil || heir.ID == m.ID || !heir.InForce(c.Today)):
			return &law.Refusal{Because: "Choose somebody who belongs to " + o.Name + " today."}
		}
		heirID := ""
		if heir != nil {
			heirID = heir.PersonID
		}
		if err := tx.EndMembership(ctx, org, m.ID); err != nil {
			return err
		}
		stays := slices.ContainsFunc(c.Now, func(other Membership) bool { return other.PersonID == m.PersonID && other.ID != m.ID })
		if !stays {
			if children, err = tx.Reallocate(ctx, org, m.PersonID, heirID); err != nil {
				return err
			}
		}
		if _, err := tx.EndSignIn(ctx, m.PersonID, "", ""); err != nil {
			return err
		}
		return errors.Join(tx.Audit(ctx, "took somebody off an organisation’s list", organisationSubject(org), fmt.Sprintf("%s; %d children handed over", m.Name, children)),
			tx.Audit(ctx, "signed somebody out", personSubject(m.PersonID), "left "+o.Name))
	})
	return children, err
}
