package main

import (
	"context"
	"fmt"

	"weald/domain/privacy"
	"weald/internal/app"
)

// privacyFlags say how long records are kept, and on what basis they are shared.
type privacyFlags struct {
	Retention string `help:"For how long a child's record is kept before it is reviewed, and who decided it, as in: 31 from birth: records schedule 2026. Or from last event. Unless said, no record is due." env:"WEALD_RETENTION" placeholder:"RULE"`
	Sharing   string `help:"The lawful basis of each sharing, as your data protection officer states it: return=legal obligation; documents=consent." env:"WEALD_SHARING" placeholder:"KIND=BASIS;..."`
}

func (f *privacyFlags) privacy() (*privacy.Retention, privacy.Register, error) {
	rule, err := privacy.ParseRetention(f.Retention)
	if err != nil {
		return nil, nil, fmt.Errorf("WEALD_RETENTION: %w", err)
	}
	register, err := privacy.ParseBases(f.Sharing)
	if err != nil {
		return nil, nil, fmt.Errorf("WEALD_SHARING: %w", err)
	}
	return rule, register, nil
}

// retentionCommand lists the records that are due for review.
type retentionCommand struct {
	recordFlags
	privacyFlags
	Limit int `help:"How many to list." default:"1000"`
}

// Run implements the command. It names nobody: who a record is about is on its
// page.
func (c *retentionCommand) Run() error {
	ctx := context.Background()
	rule, _, err := c.privacy()
	if err != nil {
		return err
	}
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	due, of, _, err := (&app.Retentions{Core: core, Rule: rule}).Due(ctx, program, c.Limit)
	if err != nil {
		return err
	}
	fmt.Println(rule.Words())
	fmt.Printf("%d %s due for review.\n", of, plural(of, "record is", "records are"))
	for _, k := range due {
		held := ""
		if k.Held {
			held = ", held"
		}
		fmt.Printf("%s  due %s%s\n", k.Child, k.Due, held)
	}
	return nil
}
