package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"weald/domain/access"
	"weald/domain/child"
	"weald/internal/store"
)

// settingsOffered bounds the settings that a typed name may mean. Whichever is
// not among so many is found by typing more.
const settingsOffered = 20

// nearName is how near a setting's name must be to a typed one that it does not
// begin like: see [child.Alike].
const nearName = 70

// SettingsNamed returns the settings whose name or URN fits what somebody typed,
// the nearest first, each with how many children it has, and whether there are
// more. One alone is returned when it is exactly what was typed; of several of
// one name, the one chosen before, whose ID is was.
func (a *Casework) SettingsNamed(ctx context.Context, by access.User, typed, was string) (found []Option, more bool, err error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, false, err
	}
	err = a.read(ctx, func(l *caseload) error {
		if s := l.settings[was]; s != nil && s.Name == typed {
			found = []Option{{Value: s.ID, Label: s.Name}}
			return nil
		}
		found, more = l.settingsNamed(typed)
		return nil
	})
	return found, more, err
}

func (l *caseload) settingsNamed(typed string) (found []Option, more bool) {
	terms := strings.Fields(child.Fold(typed))
	if len(terms) == 0 {
		return nil, false
	}
	type scored struct {
		*store.Setting
		fit int
	}
	var all []scored
	for _, s := range l.settings {
		if fit := settingFit(s, typed, terms); fit > 0 {
			all = append(all, scored{s, fit})
		}
	}
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.fit, a.fit), strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	if len(all) > 1 && all[0].fit == exactly && all[1].fit < exactly {
		all = all[:1]
	}
	if more = len(all) > settingsOffered; more {
		all = all[:settingsOffered]
	}
	for _, s := range all {
		n := 0
		if word, ok := l.words[wordSetting].numbers[s.ID]; ok {
			for i := range l.cells {
				if l.cells[i].words[wordSetting] == word {
					n++
				}
			}
		}
		label := s.Name
		if s.District != "" {
			label += ", " + s.District
		}
		found = append(found, Option{Value: s.ID, Label: label, Children: n})
	}
	return found, more
}

const exactly = 1000

// settingFit says how well a setting fits what was typed: exactly, by the
// beginnings of its words, with slips, or (0) not at all.
func settingFit(s *store.Setting, typed string, terms []string) int {
	if s.URN != "" && s.URN == strings.TrimSpace(typed) || strings.Join(terms, " ") == strings.Join(strings.Fields(child.Fold(s.Name)), " ") {
		return exactly
	}
	words := strings.Fields(child.Fold(s.Name))
	least := 100
	for _, t := range terms {
		best := 0
		for _, w := range words {
			switch {
			case w == t:
				best = max(best, 100)
			case strings.HasPrefix(w, t):
				best = max(best, 95)
			default:
				if near := child.Alike(t, w, false); near >= nearName {
					best = max(best, near)
				}
			}
		}
		least = min(least, best)
	}
	return least
}
