package casework

import (
	"weald/calendar"
	"weald/law"
)

// finish says how each duty stands at the end of the day.
func (c *Clock) finish() {
	c.noticeImpliesDecision()
	c.capByTransfer()
	if !c.born.IsZero() && c.today >= calendar.Birthday(c.born, 5) {
		c.outgrow(ReviewUnderFive)
	}
	if c.state[assessmentProcess] == Assessing && c.adviceIn() {
		c.state[assessmentProcess] = Deciding
	}
	for i := range c.duties {
		d := &c.duties[i]
		switch d.Status {
		case Met:
			if d.Done > d.Due && !d.Due.IsZero() {
				d.Status, d.Late = Late, int(d.Done-d.Due)
				if d.Exception != NoValue {
					d.Status, d.Late = Excused, 0
				}
			}
		case Overdue: // it can no longer be done
			d.Late = int(c.today - d.Due)
		case Running:
			switch {
			case d.Exception != NoValue:
				d.Status = Excused
			case d.Rule.Nature == law.Continuing, d.how == howAwareOnly:
			case c.today > d.Due && !d.Due.IsZero():
				d.Status, d.Late = Overdue, int(c.today-d.Due)
			}
		}
	}
	c.windowsShut()
	c.openRights()
}

// windowsShut closes a refusal, and a dispute, once the time to appeal is over.
func (c *Clock) windowsShut() {
	d := c.latest(Appeal)
	if d == nil || d.Status != Overdue {
		return
	}
	if d.Ground == AssessmentRefused && c.state[assessmentProcess] == RefusedAssess {
		c.state[assessmentProcess] = ClosedRefused
	}
	switch c.state[disputeProcess] {
	case DecisionOpen, Advised, Certificated:
		c.state[disputeProcess] = OutOfTime
	}
}

// capByTransfer brings the decision and the amended plan forward to the day by
// which the next setting must be named.
func (c *Clock) capByTransfer() {
	for _, n := range transferRowsOnly {
		for i := c.last[n]; i >= 0; i = c.duties[i].prev {
			t := &c.duties[i]
			if t.Status == Void {
				continue
			}
			for _, m := range cappedRows {
				for j := c.last[m]; j >= 0; j = c.duties[j].prev {
					d := &c.duties[j]
					if d.Start <= t.Due && d.Due > t.Due && (t.Done.IsZero() || t.Done >= d.Start) {
						d.Due, d.how, d.other = t.Due, howCapped, d.Due
					}
				}
			}
		}
	}
}

// adviceIn reports whether every body asked has answered or had its time.
func (c *Clock) adviceIn() bool {
	n := rowOf[GiveAdvice]
	if c.last[n] < 0 {
		return false
	}
	for i := c.last[n]; i >= 0; i = c.duties[i].prev {
		if d := &c.duties[i]; d.Status == Running && c.today <= d.Due {
			return false
		}
	}
	return true
}
