package access

import (
	"slices"
	"testing"
	"time"

	"weald/calendar"

	"pgregory.net/rapid"
)

func TestWhoMayDoWhat(t *testing.T) {
	for _, v := range []struct {
		role Role
		may  []Permission
		not  []Permission
	}{
		{Officer, []Permission{CaseSee, CaseRecord}, []Permission{ReturnLoad, Upkeep, CaseSeal, OwnSee, MemberManage}},
		{Manager, []Permission{CaseSee, CaseRecord, CaseSeal}, []Permission{ReturnLoad, Upkeep}},
		{DataTeam, []Permission{CaseSee, ReturnLoad}, []Permission{CaseRecord, Upkeep}},
		{Inspector, []Permission{CaseSee}, []Permission{CaseRecord, ReturnLoad, Upkeep}},
		{Family, []Permission{OwnSee, OwnSay, OwnDecide}, []Permission{CaseSee, OurSee, PlanSee, AdviceGive}},
		{Supporter, []Permission{OwnSee, OwnSay}, []Permission{OwnDecide, CaseSee}},
		{Senco, []Permission{OurSee, PupilTell}, []Permission{CaseSee, OwnSee, AdviceGive, MemberManage}},
		{Teacher, []Permission{OurSee}, []Permission{PupilTell, CaseSee}},
		{Clinician, []Permission{AdviceGive, OurSee}, []Permission{CaseSee, PupilTell}},
		{Board, nil, []Permission{CaseSee, OwnSee, OurSee}},
		{"", nil, []Permission{CaseSee, CaseRecord, ReturnLoad, Upkeep, "made.up"}},
	} {
		u := User{Role: v.role}
		for _, p := range v.may {
			if !u.May(p) {
				t.Errorf("%q may not %s", v.role, p)
			}
		}
		for _, p := range v.not {
			if u.May(p) {
				t.Errorf("%q may %s", v.role, p)
			}
		}
	}
	if !(User{Role: Office, Admin: true}).May(MemberManage) {
		t.Error("an administrator may not say who may do what")
	}
}

// Every row has words, roles, relations and a purpose that are known.
func TestThePolicyIsWhole(t *testing.T) {
	seen := map[Permission]bool{}
	for _, rule := range Policy {
		if rule.Words == "" || len(rule.Grants) == 0 || seen[rule.Permission] {
			t.Errorf("%s: say once what it lets a person do, and who may", rule.Permission)
		}
		seen[rule.Permission] = true
		for _, g := range rule.Grants {
			if len(g.Roles) == 0 || len(g.Relation) == 0 {
				t.Errorf("%s: a row without a role or a relation", rule.Permission)
			}
			for _, r := range g.Roles {
				if labels[r] == "" && r != Program {
					t.Errorf("%s: role %q has no label", rule.Permission, r)
				}
			}
			for _, r := range g.Relation {
				if !slices.ContainsFunc(RelationWords, func(w struct {
					Relation Relation
					Words    string
					Source   string
				}) bool {
					return w.Relation == r
				}) {
					t.Errorf("%s: relation %q has no words", rule.Permission, r)
				}
			}
			if !slices.ContainsFunc(PurposeWords, func(w struct {
				Purpose Purpose
				Words   string
			}) bool {
				return w.Purpose == g.Purpose
			}) {
				t.Errorf("%s: purpose %q has no words", rule.Permission, g.Purpose)
			}
		}
	}
}

// What somebody is to a child decides, and their role alone never does.
func TestDecide(t *testing.T) {
	on := calendar.On(2026, time.November, 24)
	small, grown := calendar.On(2015, time.March, 1), calendar.On(2009, time.March, 1)
	tie := func(k TieKind, limit Limit, say Say) []Tie {
		return []Tie{{Kind: k, Limit: limit, Say: say, From: on - 10}}
	}
	for name, v := range map[string]struct {
		u   User
		p   Permission
		s   Standing
		may bool
		bar Bar
	}{
		"a parent of a child":                         {User{Role: Family}, OwnDecide, Standing{Born: small, Ties: tie(ParentTie, "", "")}, true, ""},
		"a carer is a parent in education law":        {User{Role: Family}, OwnDecide, Standing{Born: small, Ties: tie(CarerTie, "", "")}, true, ""},
		"a parent of a young person who said nothing": {User{Role: Family}, OwnSee, Standing{Born: grown, Ties: tie(ParentTie, "", "")}, false, ""},
		"a parent whom the young person lets see":     {User{Role: Family}, OwnSee, Standing{Born: grown, Ties: tie(ParentTie, "", Agreed)}, true, ""},
		"who does not decide":                         {User{Role: Family}, OwnDecide, Standing{Born: grown, Ties: tie(ParentTie, "", Agreed)}, false, ""},
		"one who acts for the young person":           {User{Role: Family}, OwnDecide, Standing{Born: grown, Ties: tie(ParentTie, "", Represents)}, true, ""},
		"a child sees":                                {User{Role: Family}, OwnSee, Standing{Born: small, Ties: tie(SelfTie, "", "")}, true, ""},
		"and does not decide":                         {User{Role: Family}, OwnDecide, Standing{Born: small, Ties: tie(SelfTie, "", "")}, false, ""},
		"a young person does":                         {User{Role: Family}, OwnDecide, Standing{Born: grown, Ties: tie(SelfTie, "", "")}, true, ""},
		"a parent who may be told nothing":            {User{Role: Family}, OwnSee, Standing{Born: small, Ties: tie(ParentTie, NothingAtAll, "")}, false, Barred},
		"nobody's parent":                             {User{Role: Family}, OwnSee, Standing{Born: small}, false, ""},
		"a parent's restricted case":                  {User{Role: Family}, OwnSee, Standing{Born: small, Ties: tie(ParentTie, "", ""), Sealed: true}, true, ""},
		"an officer":                                  {User{Role: Officer}, CaseSee, Standing{Born: small}, true, ""},
		"an officer's own child":                      {User{Role: Officer}, CaseSee, Standing{Born: small, Ties: tie(ParentTie, "", "")}, false, Interest},
		"an officer who knows the family":             {User{Role: Officer}, CaseSee, Standing{Born: small, Known: true}, false, Interest},
		"an officer, a restricted case":               {User{Role: Officer}, CaseSee, Standing{Born: small, Sealed: true}, false, Sealed},
		"an officer who is named":                     {User{Role: Officer}, CaseSee, Standing{Born: small, Sealed: true, Named: true}, true, ""},
		"an adviser with consent":                     {User{Role: Supporter}, OwnSee, Standing{Born: small, Ties: tie(SupportTie, "", "")}, true, ""},
		"a SENCO of the school":                       {User{Role: Senco}, PupilTell, Standing{Born: small, OnRoll: true}, true, ""},
		"a SENCO of another":                          {User{Role: Senco}, PupilTell, Standing{Born: small, Consulted: true}, false, ""},
		"a SENCO who is consulted":                    {User{Role: Senco}, OurSee, Standing{Born: small, Consulted: true}, true, ""},
		"a clinician who was asked":                   {User{Role: Clinician}, AdviceGive, Standing{Born: small, Helping: true}, true, ""},
		"a SENCO's own child, as SENCO":               {User{Role: Senco}, OurSee, Standing{Born: small, OnRoll: true, Ties: tie(ParentTie, "", "")}, false, Interest},
	} {
		v.s.On = on
		if d := Decide(v.u, v.p, &v.s); d.May != v.may || d.Bar != v.bar {
			t.Errorf("%s: %+v", name, d)
		}
	}
	over := Standing{On: on, Born: small, Ties: []Tie{{Kind: SupportTie, From: on - 10, Until: on - 1}}}
	if Decide(User{Role: Supporter}, OwnSee, &over).May {
		t.Error("consent that ran out lets in")
	}
}

// The day of birth up to which people are young persons is the same as asking of
// each.
func TestYoungIfBornBy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on := calendar.On(2020, time.January, 1).AddDays(rapid.IntRange(0, 9000).Draw(t, "on"))
		born := on.AddDays(-rapid.IntRange(365*13, 365*19).Draw(t, "old"))
		s := Standing{On: on, Born: born}
		if s.Young() != (born <= YoungIfBornBy(on)) {
			t.Fatalf("born %s, on %s: %v, but the last is %s", born, on, s.Young(), YoungIfBornBy(on))
		}
	})
}
