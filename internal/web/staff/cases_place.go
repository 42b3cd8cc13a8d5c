package staff

import (
	"net/http"
	"strings"

	"weald/internal/app"
)

// A placeAsked is a setting typed into the filter, and what it may mean. There
// are hundreds, too many to choose from in a list.
type placeAsked struct {
	Typed string
	Found []app.Option // when it is not known which is meant
	More  bool
	asked bool
}

// unsettled reports whether the reader must still say which setting is meant.
func (a placeAsked) unsettled() bool { return a.asked }

// text is what the field holds: what was typed, or the name of what was chosen.
func (a placeAsked) text(l *app.CaseList) string {
	switch {
	case a.asked:
		return a.Typed
	case l.Filter.Setting == app.Absent:
		return app.Absent
	case l.SettingName == "":
		return l.Filter.Setting // it is not in the record
	}
	return l.SettingName
}

func withSetting(f app.CaseFilter, id string) app.CaseFilter { f.Setting = id; return f }

// placeAsked reads the setting that was typed, and chooses it in the filter if
// only one can be meant. A link names the setting and types nothing.
func (p *Pages) placeAsked(r *http.Request, f *app.CaseFilter) (asked placeAsked, err error) {
	q := r.URL.Query()
	if !q.Has("place") {
		return asked, nil
	}
	asked.Typed = strings.TrimSpace(q.Get("place"))
	was := f.Setting
	f.Setting = ""
	switch {
	case asked.Typed == "":
		return asked, nil
	case strings.EqualFold(asked.Typed, app.Absent):
		f.Setting = app.Absent
		return asked, nil
	}
	if asked.Found, asked.More, err = p.Casework.SettingsNamed(r.Context(), UserOf(r.Context()), asked.Typed, was); err != nil {
		return asked, err
	}
	if len(asked.Found) == 1 {
		f.Setting = asked.Found[0].Value
		return asked, nil
	}
	asked.asked = true
	return asked, nil
}
