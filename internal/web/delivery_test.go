package web

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// A mother says with one press, on a phone and without scripts, that help in the
// plan is not happening; an officer sees the gap and says how it was put right; she
// sees that; and the school confirms the rest.
func TestHelpThatDoesNotHappenInTheBrowser(t *testing.T) {
	s := planned(t)
	const id = "issued"
	s.partners(id)
	lakshmi, sue := access.User{ID: "lakshmi"}, access.User{ID: "sue", Org: "elm"}
	as := func(who string) *browser.Tab {
		b := browser.Open(t)
		b.Go(s.url + "/signin")
		b.Click(fmt.Sprintf(`button[value=%q]`, who), ".weald-header__person")
		return b
	}
	looks := func(b *browser.Tab, name, path string) {
		t.Helper()
		for _, width := range []int64{1280, 360} {
			b.Width(width)
			b.Go(s.url + path)
			for _, broken := range b.Axe() {
				t.Errorf("%s at %d: %s", name, width, broken)
			}
			if over := b.Overflow(); over > 0 {
				t.Errorf("%s is %d pixels too wide for %d", name, over, width)
			}
			if shots := os.Getenv("WEALD_SHOTS"); shots != "" {
				b.Screenshot(filepath.Join(shots, fmt.Sprintf("%s-%d.png", name, width)))
			}
		}
	}
	yours := "/your/" + app.Key(lakshmi, id) + "/delivery"
	mum := as("lakshmi")
	looks(mum, "your-delivery", yours)
	mum.JavaScript(false)
	mum.Width(360)
	mum.Go(s.url + yours)
	mum.Click(".govuk-button--warning", ".govuk-notification-banner")
	if said := mum.Text("main"); !strings.Contains(said, "not happening") || !strings.Contains(said, "is lost") {
		t.Errorf("she sees %q", said)
	}
	tom := as("tom")
	looks(tom, "gaps", "/gaps")
	looks(tom, "delivery", "/cases/"+id+"/delivery")
	_, _, list := s.get(s.as("tom"), "/gaps")
	if !strings.Contains(list, "1 gap,") || !strings.Contains(list, "Nobody") {
		t.Errorf("the gap is not on the list: %.1500s", list)
	}
	line := browser.Eval[string](tom, `document.querySelector('form[action$="/act"]').getAttribute("action").split("/").at(-2)`)
	tom.Width(1280)
	tom.Go(s.url + "/cases/" + id + "/delivery")
	act := fmt.Sprintf(`form[action$="/%s/act"]`, line)
	browser.Eval[any](tom, fmt.Sprintf(`document.querySelector('%s').closest("details").open = true; 1`, act))
	tom.Click(act+` input[value="closed"]`, "main")
	tom.Click(act+" button", ".govuk-error-summary") // not without evidence
	tom.Type(act+" textarea", "The therapist came on 20 November and comes each week.")
	tom.Click(act+" button", ".govuk-notification-banner")
	mum.Go(s.url + yours)
	if said := mum.Text("main"); !strings.Contains(said, "The therapist came on 20 November") || !strings.Contains(said, "It was not put right") {
		t.Errorf("she is not told: %q", said)
	}
	school := as("sue")
	ours := "/our/children/" + app.Key(sue, id) + "/delivery"
	looks(school, "our-delivery", ours)
	school.Go(s.url + ours)
	school.Click("main form button", ".govuk-notification-banner")
	_, _, list = s.get(s.as("tom"), "/gaps")
	if !strings.Contains(list, "No gap is open") {
		t.Errorf("after all was confirmed: %.1500s", list)
	}
	for _, p := range []struct{ name, as, path string }{{"gaps-none-open", "tom", "/gaps"}, {"delivery-given", "tom", "/cases/" + id + "/delivery"}, {"delivery-none", "tom", "/cases/none/delivery"}, {"your-delivery-given", "lakshmi", yours}, {"our-delivery", "sue", ours}} {
		_, _, body := s.get(s.as(p.as), p.path)
		testkit.Golden(t, "golden/"+p.name+".html", tidy(t, body))
	}
}
