package access

import "testing"

func TestWhoMayDoWhat(t *testing.T) {
	for _, v := range []struct {
		role Role
		may  []Permission
		not  []Permission
	}{
		{Officer, []Permission{CaseSee, CaseRecord}, []Permission{ReturnLoad, Upkeep}},
		{Manager, []Permission{CaseSee, CaseRecord}, []Permission{ReturnLoad, Upkeep}},
		{DataTeam, []Permission{CaseSee, ReturnLoad}, []Permission{CaseRecord, Upkeep}},
		{Inspector, []Permission{CaseSee}, []Permission{CaseRecord, ReturnLoad, Upkeep}},
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
}

func TestEveryPermissionHasWords(t *testing.T) {
	for _, row := range Permissions {
		if row.Words == "" || len(row.Roles) == 0 {
			t.Errorf("%s: say what it lets a person do, and who holds it", row.Permission)
		}
	}
}
