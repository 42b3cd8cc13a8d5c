package synth

import (
	"fmt"
	"slices"
	"strings"

	"weald/internal/store"
)

// A district is a part of the area, with the team that serves it.
type district struct {
	team, name, outward string
	share               float64
	towns               []string
}

func readPlaces() (all []district) {
	for _, line := range lines("places.txt") {
		f := strings.Split(line, "|")
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		d := district{team: f[0], name: f[1], outward: f[2], share: number(f[3])}
		for _, t := range strings.Fields(f[4]) {
			d.towns = append(d.towns, strings.ReplaceAll(t, "-", " "))
		}
		all = append(all, d)
	}
	return all
}

// slug writes a name in the letters of an ID.
func slug(name string) string { return strings.ToLower(strings.ReplaceAll(name, " ", "-")) }

// postcode makes a postcode of a district. No postcode begins with WM.
func (d *district) postcode(r *dice) string {
	const letters = "ABDEFGHJLNPQRSTUWXYZ"
	return fmt.Sprintf("%s %d%c%c", d.outward, r.below(10), letters[r.below(len(letters))], letters[r.below(len(letters))])
}

// A kindOfSetting is a sort of setting as published figures tell them apart.
type kindOfSetting string

// group is the sort of place under which published figures count the kind.
func (k kindOfSetting) group() string {
	switch {
	case strings.HasPrefix(string(k), "special-"):
		return "special"
	case k == "college", k == "specialist-college":
		return "further"
	case k == "early", k == "alternative":
		return string(k)
	}
	return "mainstream"
}

// settingKinds lists, for a county, how many settings there are of each kind,
// and what the register of schools calls their types.
var settingKinds = []struct {
	kind   kindOfSetting
	phase  string
	number int
	types  []string
	names  []string // PLACE stands for the place and SAINT for a saint
}{
	{"early", "Nursery", 60, []string{"Local authority nursery school", "Early years provider"}, []string{"PLACE Nursery", "PLACE Pre-School", "SAINT Playgroup, PLACE", "Little Acorns Nursery, PLACE", "PLACE Children’s Centre Nursery"}},
	{"primary-maintained", "Primary", 265, []string{"Community school", "Voluntary controlled school", "Voluntary aided school", "Foundation school"}, []string{"PLACE Primary School", "PLACE Church of England Primary School", "SAINT Church of England Primary School, PLACE", "SAINT Catholic Primary School, PLACE", "PLACE Infant School", "PLACE Junior School"}},
	{"primary-academy", "Primary", 180, []string{"Academy converter", "Academy sponsor led", "Free schools"}, []string{"PLACE Academy", "PLACE Primary Academy", "PLACE Village Academy", "SAINT Academy, PLACE"}},
	{"secondary-maintained", "Secondary", 22, []string{"Community school", "Foundation school", "Voluntary aided school"}, []string{"PLACE School", "PLACE High School", "SAINT Catholic School, PLACE"}},
	{"secondary-academy", "Secondary", 78, []string{"Academy converter", "Academy sponsor led", "Free schools"}, []string{"PLACE Academy", "The PLACE Academy", "PLACE Grammar School", "The Ridgeway School, PLACE", "SAINT Church of England Academy, PLACE"}},
	{"independent", "Not applicable", 20, []string{"Other independent school"}, []string{"PLACE House School", "PLACE College", "SAINT School, PLACE"}},
	{"special-maintained", "Not applicable", 21, []string{"Community special school", "Foundation special school"}, []string{"The PLACE School", "Five Oaks School, PLACE", "Meadow View School, PLACE", "Stepping Stones School, PLACE", "PLACE Park School", "Larchwood School, PLACE"}},
	{"special-academy", "Not applicable", 5, []string{"Academy special converter", "Free schools special"}, []string{"PLACE Special Academy", "Horizon Academy, PLACE", "Snowfields Academy, PLACE"}},
	{"special-independent", "Not applicable", 44, []string{"Other independent special school"}, []string{"PLACE Grange School", "Heath Farm School, PLACE", "PLACE Court School", "Rowhill School, PLACE", "The Learning Tree, PLACE"}},
	{"special-non-maintained", "Not applicable", 3, []string{"Non-maintained special school"}, []string{"SAINT School for Deaf Children, PLACE", "The PLACE Foundation School", "SAINT School, PLACE"}},
	{"college", "16 plus", 6, []string{"Further education"}, []string{"PLACE College", "PLACE College of Further Education", "PLACE Sixth Form College"}},
	{"specialist-college", "16 plus", 24, []string{"Special post 16 institution"}, []string{"PLACE Training", "The PLACE Project", "Step Forward, PLACE", "PLACE Land Trust College"}},
	{"alternative", "Not applicable", 8, []string{"Pupil referral unit", "Academy alternative provision converter"}, []string{"PLACE Alternative Provision", "The Bridge, PLACE", "PLACE Inclusion Service"}},
}

var saints = []string{"St Aidan’s", "St Alphege’s", "St Augustine’s", "St Bede’s", "St Edmund’s", "St Ethelbert’s", "St George’s", "St Hilda’s", "St John’s", "St Margaret’s", "St Mary’s", "St Mildred’s", "St Nicholas’", "St Peter’s", "St Swithun’s", "St Thomas’", "Holy Trinity", "All Souls’"}

// makeSettings makes the settings: as many as a county has or, in a small area,
// as many as it needs, with some of every kind in reach of every district.
func (a *Area) makeSettings() {
	a.byKind, a.groups = map[kindOfSetting][][]int32{}, map[string]string{}
	r := roll(a.Seed, "settings", 0)
	taken := map[string]bool{}
	scale := min(1, max(0.1, float64(a.Plans)/CountyPlan))
	weights := make([]float64, len(a.places))
	for i := range a.places {
		weights[i] = a.places[i].share
	}
	for _, k := range settingKinds {
		a.byKind[k.kind] = make([][]int32, len(a.places))
		for _, s := range storied {
			if s.kind == k.kind {
				in := slices.IndexFunc(a.places, func(d district) bool { return d.team == s.team })
				taken[s.name] = true
				a.addSetting(&r, k.kind, k.phase, k.types[0], s.name, in)
			}
		}
		for range max(2, int(scale*float64(k.number)+0.5)) {
			in := r.weigh(weights)
			at := &a.places[in]
			name := ""
			for try := 0; name == "" || taken[name]; try++ {
				name = strings.NewReplacer("PLACE", pick(&r, at.towns), "SAINT", pick(&r, saints)).Replace(pick(&r, k.names))
				if try > 40 {
					name = fmt.Sprintf("%s %d", name, try)
				}
			}
			taken[name] = true
			a.addSetting(&r, k.kind, k.phase, pick(&r, k.types), name, in)
		}
	}
}

// storied are the settings that the written stories name.
var storied = []struct {
	kind       kindOfSetting
	team, name string
}{
	{"primary-academy", "East", "Foxley Down Academy"}, {"primary-maintained", "East", "Ashcombe Vale Primary School"},
	{"secondary-academy", "East", "The Dawnford Academy"}, {"secondary-maintained", "East", "Harrowmere High School"},
}

// addSetting adds a setting to a district. The register of schools has given out
// no number from 900001.
func (a *Area) addSetting(r *dice, kind kindOfSetting, phase, sort, name string, in int) {
	n := len(a.settings)
	a.groups[fmt.Sprintf("s%04d", n+1)] = kind.group()
	a.byKind[kind][in] = append(a.byKind[kind][in], int32(n))
	a.settings = append(a.settings, store.Setting{
		ID: fmt.Sprintf("s%04d", n+1), URN: fmt.Sprint(900_001 + n), Name: name, Kind: sort, Phase: phase,
		District: a.places[in].name, Postcode: a.places[in].postcode(r),
	})
}

// settingNamed returns the setting of a name that a story gives.
func (a *Area) settingNamed(name string) *store.Setting {
	i := slices.IndexFunc(a.settings, func(s store.Setting) bool { return s.Name == name })
	return &a.settings[i]
}

// settingIn chooses a setting of a kind, in the district if it has one and the
// child goes to one near home.
func (a *Area) settingIn(d *dice, kind kindOfSetting, home int) *store.Setting {
	by := a.byKind[kind]
	if near := by[home]; len(near) > 0 && d.chance(0.85) {
		return &a.settings[pick(d, near)]
	}
	for from := d.below(len(by)); ; from++ {
		if some := by[from%len(by)]; len(some) > 0 {
			return &a.settings[pick(d, some)]
		}
	}
}
