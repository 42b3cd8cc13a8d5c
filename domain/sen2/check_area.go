package sen2

// An area is what is counted over a whole return.
type area struct {
	Counts
	sourced, other, withdrawn int // of requests received in the year: with a source, of source 5, withdrawn
	excepted                  int // plans issued in the year with an exception to the 20 weeks
	ceasedOther               int // plans ceased in the year for reason 9
}

// count adds one request and all that came of it.
func (c *Checker) count(x *at) {
	r, a, n := x.request, x.assessment, x.plan
	if c.period.Contains(r.Received) {
		c.area.Requests++
		if r.Source != "" {
			c.area.sourced++
		}
		if r.Source == "5" {
			c.area.other++
		}
		if r.Outcome == "W" {
			c.area.withdrawn++
		}
	}
	if a != nil && a.Outcome == "Y" && c.period.Contains(a.OutcomeOn) && !a.OutcomeOn.IsZero() {
		c.area.Issued++
		if a.Week20 == "1" {
			c.area.excepted++
		}
	}
	if n != nil {
		if !n.CeasedOn.IsZero() && c.period.Contains(n.CeasedOn) {
			c.area.Ceased++
			if n.Reason == "9" {
				c.area.ceasedOther++
			}
		}
		if x.inForce() {
			c.area.Caseload++
		}
	}
}

// inForce reports whether the plan in hand is in force on census day. A start
// that is missing counts as open.
func (x *at) inForce() bool {
	n := x.plan
	return n != nil && n.Start <= x.census && (n.CeasedOn.IsZero() || n.CeasedOn > x.census)
}

// share returns part as a percentage of whole.
func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * float64(part) / float64(whole)
}

var areaChecks = []*Check{
	{Code: "S-040", Level: OfArea, Severity: Query, Fields: []string{"RequestSource", "RequestOutcome"}, Tolerance: &Tolerance{10, "per cent"}, Source: "A supplier's and a third party's notes that many “other” draw a question", Confidence: deduced,
		Words: "Of the requests received in the calendar year, a large share has source 5, other (of those with a source), or outcome W, withdrawn.",
		find: func(x *at) {
			if s := share(x.area.other, x.area.sourced); s > x.run.tolerance {
				x.finds("RequestSource", "%d of the %d requests received in the year that have a source have source 5, other: %.1f%%, more than %g%%.", x.area.other, x.area.sourced, s, x.run.tolerance)
			}
			if s := share(x.area.withdrawn, x.area.Requests); s > x.run.tolerance {
				x.finds("RequestOutcome", "%d of the %d requests received in the year were withdrawn: %.1f%%, more than %g%%.", x.area.withdrawn, x.area.Requests, s, x.run.tolerance)
			}
		}},
	{Code: "S-061", Level: OfArea, Severity: Query, Fields: []string{"Week20"}, Source: "The department's data of 2025 names two councils that did this", Confidence: quoted,
		Words: "Every plan issued in the calendar year has an exception to the 20 weeks.",
		find: func(x *at) {
			if x.area.Issued > 0 && x.area.excepted == x.area.Issued {
				x.finds("Week20", "All %d plans issued in the year have Week20 = 1: does each have one of the exceptions that the regulations allow?", x.area.Issued)
			}
		}},
	{Code: "S-075", Level: OfArea, Severity: Query, Fields: []string{"CeaseReason"}, Tolerance: &Tolerance{5, "per cent"}, Source: "The guide, item 4.6: large numbers of “other” are questioned; the level is a deduction", Confidence: deduced,
		Words: "A large share of the plans ceased in the calendar year has reason 9, other.",
		find: func(x *at) {
			if s := share(x.area.ceasedOther, x.area.Ceased); s > x.run.tolerance {
				x.finds("CeaseReason", "%d of the %d plans ceased in the year have reason 9, other: %.1f%%, more than %g%%.", x.area.ceasedOther, x.area.Ceased, s, x.run.tolerance)
			}
		}},
	{Code: "S-102", Level: OfArea, Severity: Query, Tolerance: &Tolerance{0, "per cent"}, Needs: needsLastYear, Source: "Mastodon C's practice; no source gives a share", Confidence: oneWord,
		Words: "Plans in force, requests, plans issued or plans ceased differ from last year's return by more than a set share.",
		find: func(x *at) {
			last, now := x.options.LastYear, x.area.Counts
			for _, c := range []struct {
				what      string
				was, is   int
				appearsIn string
			}{
				{"plans in force on census day", last.Caseload, now.Caseload, "ActivePlans"},
				{"requests received in the year", last.Requests, now.Requests, "ReceivedDate"},
				{"plans issued in the year", last.Issued, now.Issued, "AssessmentOutcomeDate"},
				{"plans ceased in the year", last.Ceased, now.Ceased, "CeaseDate"},
			} {
				change := max(c.is-c.was, c.was-c.is)
				if c.was == 0 && change > 0 {
					x.finds(c.appearsIn, "There are %d %s; last year's return had none.", c.is, c.what)
				} else if s := share(change, c.was); s > x.run.tolerance {
					x.finds(c.appearsIn, "There are %d %s; last year's return had %d. That is %.1f%% different, more than %g%%.", c.is, c.what, c.was, s, x.run.tolerance)
				}
			}
		}},
}
