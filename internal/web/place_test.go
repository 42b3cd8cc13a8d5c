package web

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"

	"weald/internal/store"
	"weald/internal/testkit"
)

// A setting is typed into the filter of Cases, with slips, and the service says
// what it may be when more than one fits. It needs no script.
func TestGoldenSettingTyped(t *testing.T) {
	s := oneChild(t)
	err := s.db.Write(context.Background(), program, func(tx *store.Tx) error {
		return errors.Join(
			tx.SetSetting(context.Background(), &store.Setting{ID: "oak1", URN: "123456", Name: "Oak School", District: "Aldermere"}),
			tx.SetSetting(context.Background(), &store.Setting{ID: "oak2", Name: "Oak School", District: "Northmoor"}),
			tx.SetSetting(context.Background(), &store.Setting{ID: "oakwood", Name: "Oakwood College"}),
			tx.Audit(context.Background(), "made", "", ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	amina := s.as("amina")
	for _, c := range []struct {
		place, setting string
		want, not      string // on the page
	}{
		{"Bartholemew primry", "", "1 child.", "which-setting"},
		{"123456", "", `value="oak1"`, "which-setting"},
		{"oakwood", "", `value="oakwood"`, "which-setting"},
		{"oak", "", "Oak School, Northmoor", `name="setting"`},
		{"Oak School", "oak2", `value="oak2"`, "which-setting"},
		{"Oak School", "", "Oak School, Aldermere", `name="setting"`},
		{"zzzzqqq", "", "is called anything like", `name="setting"`},
		{"<b>zz", "", "“&lt;b&gt;zz”", "<b>zz"},
		{"none", "s1", `value="none"`, "which-setting"},
		{"", "s1", "1 child.", `name="setting"`},
	} {
		status, _, body := s.get(amina, "/cases?"+url.Values{"place": {c.place}, "setting": {c.setting}}.Encode())
		if status != 200 || !strings.Contains(body, c.want) || strings.Contains(body, c.not) {
			t.Errorf("%q with %q: %d, wants %q and not %q", c.place, c.setting, status, c.want, c.not)
		}
	}
	s.sound("cases-which-setting", "/cases?place=oak")
	_, _, body := s.get(amina, "/cases?place=oak")
	testkit.Golden(t, "golden/cases-which-setting.html", tidy(t, body))
}
