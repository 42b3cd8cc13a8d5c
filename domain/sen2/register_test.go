package sen2

import (
	"strings"
	"testing"

	"weald/calendar"
)

func TestReadRegister(t *testing.T) {
	find, err := ReadRegister(strings.NewReader("\ufeffCloseDate,URN,TypeOfEstablishment (name),TypeOfResourcedProvision (name),SenUnitCapacity\n" +
		"31-08-2024,100001,Community school,Resourced provision and SEN unit,\n,100002,Online provider,Not applicable,12\n,100003,Academy,Not applicable,0\n"))
	if err != nil {
		t.Fatal(err)
	}
	for urn, want := range map[string]Setting{
		"100001": {"Community school", calendar.On(2024, 8, 31), true, true},
		"100002": {"Online provider", 0, true, false},
		"100003": {"Academy", 0, false, false},
	} {
		if got, ok := find(urn); !ok || *got != want {
			t.Errorf("%s: %+v", urn, got)
		}
	}
	if _, ok := find("100004"); ok {
		t.Error("100004 was found")
	}
	for _, file := range []string{"", "Name,Town\n"} {
		if _, err := ReadRegister(strings.NewReader(file)); err == nil {
			t.Errorf("%q was read", file)
		}
	}
}
