package measure

// A Trial is a duty as it stood some weeks before it fell due, and whether it was
// missed in the end: what a forecast learns from, and what it is tested on.
type Trial struct {
	Rule   string // the duty's code
	Step   string // where the case stood then
	Weeks  int    // until it fell due, counted up: 1 is within seven days
	Missed bool
}

// fewestTrials is how many trials alike it takes to go by them alone. It is a
// local choice.
const fewestTrials = 20

// A Forecast says how likely a duty is to be missed, from how often those alike
// were: of the same rule, at the same step and as many weeks before; with few of
// those, of the same rule and weeks; with few of those, of the rule.
type Forecast struct {
	seen map[Trial][2]int // missed and all, by what is alike
}

// Learn makes a forecast from what happened.
func Learn(trials []Trial) *Forecast {
	f := &Forecast{seen: map[Trial][2]int{}}
	for _, t := range trials {
		for _, like := range t.likes() {
			n := f.seen[like]
			n[0] += one(t.Missed)
			n[1]++
			f.seen[like] = n
		}
	}
	return f
}

func (t Trial) likes() [3]Trial {
	return [3]Trial{{Rule: t.Rule, Step: t.Step, Weeks: t.Weeks}, {Rule: t.Rule, Weeks: t.Weeks}, {Rule: t.Rule}}
}

// Risk returns how many of how many trials alike were missed; none: there were
// too few to say.
func (f *Forecast) Risk(t Trial) (missed, of int) {
	for _, like := range t.likes() {
		if n := f.seen[like]; n[1] >= fewestTrials {
			return n[0], n[1]
		}
	}
	return 0, 0
}

// Named reports whether the forecast names a duty as one that will be missed:
// half or more of those alike were.
func (f *Forecast) Named(t Trial) bool {
	missed, of := f.Risk(t)
	return of > 0 && 2*missed >= of
}

// A Test is how a forecast fared on duties that it did not learn from.
type Test struct {
	Named, NamedMissed int // named as one that will be missed, and was
	Missed             int // were missed, named or not
	All                int
}

// Try tests a forecast.
func (f *Forecast) Try(trials []Trial) (t Test) {
	for _, one := range trials {
		t.All++
		named := f.Named(one)
		if named {
			t.Named++
		}
		if one.Missed {
			t.Missed++
			if named {
				t.NamedMissed++
			}
		}
	}
	return t
}

// Add adds up two tests.
func (t Test) Add(u Test) Test {
	return Test{t.Named + u.Named, t.NamedMissed + u.NamedMissed, t.Missed + u.Missed, t.All + u.All}
}

// Right returns how many of those named were missed, in per cent.
func (t Test) Right() Value { return Value{Num: t.NamedMissed, Den: t.Named} }

// Found returns how many of those missed were named, in per cent.
func (t Test) Found() Value { return Value{Num: t.NamedMissed, Den: t.Missed} }

// Sure returns how many of all were rightly called, missed or not, in per cent.
func (t Test) Sure() Value {
	wrong := t.Named - t.NamedMissed + t.Missed - t.NamedMissed
	return Value{Num: t.All - wrong, Den: t.All}
}
