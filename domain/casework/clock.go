package casework

import (
	"weald/calendar"
	"weald/law"
)

// A row says which events start a rule's clock, which meet it, and which make
// it fall away.
type row struct {
	rule       *law.Rule
	start      triggers
	when       func(*Clock, *Event) bool   // only then does it start
	set        func(*Clock, *Duty, *Event) // puts right what the plain count cannot know
	met        triggers
	meetIf     func(*Clock, *Duty, *Event) bool // only then is it met
	meet       func(*Clock, *Duty, *Event)      // puts right the day on which it was done
	void       triggers
	each       bool                             // runs once for each body, setting or act that events name
	renew      bool                             // a new start replaces a clock still running; otherwise it joins it
	missed     func(*Clock, *Duty, *Event) bool // what renew leaves as it stands
	again      bool                             // a new start joins only a clock whose last day has not passed
	copies     bool                             // met when the plan has been sent to the family, the setting and the board
	ukHolidays bool                             // counted with the holidays of every part of the United Kingdom
}

// A Refused is an event that could not be taken into account, and why.
type Refused struct {
	Event Event
	Index int // where the event stands in the case
	Why   *law.Refusal
}

// A Reading is what a clock makes of a case on a day. Its slices belong to the
// clock and last until the next reading.
type Reading struct {
	Today   calendar.Date
	Duties  []Duty // in the order in which they started
	Refused []Refused
	Rights  []Right // rights of appeal now open

	states [nProcesses]State
	since  [nProcesses]calendar.Date // the day on which each took its state
	turns  []turn                    // of the assessment and the plan
}

// State returns where a process stands, by its name.
func (r *Reading) State(process string) State {
	for i, p := range Processes {
		if p.Name == process {
			return r.states[i]
		}
	}
	return NotStarted
}

// States returns where every process stands, in the order of [Processes].
func (r *Reading) States() [nProcesses]State { return r.states }

// A Clock reads cases. It keeps its working space from one case to the next, so
// one clock reads a county with hardly an allocation; it is not for use by two
// goroutines at once.
type Clock struct {
	Practice *Practice

	duties  []Duty
	refused []Refused
	rights  []Right
	turns   []turn
	last    [maxRows]int32 // the latest duty of each row, or -1
	state   [nProcesses]State
	since   [nProcesses]calendar.Date

	c     *Case
	today calendar.Date
	born  calendar.Date

	meeting                    calendar.Date // the latest review meeting
	papers                     calendar.Date // the latest review papers
	waived                     calendar.Date // the latest written request not to wait 15 days
	aware                      calendar.Date // the move now under way: known on
	movedOn                    calendar.Date // and made on
	notice                     calendar.Date // the latest amendment notice
	amending                   calendar.Date // the review meeting that led to amendments
	ground                     Ground        // the latest decision that can be appealed
	decided                    calendar.Date // and its day
	scheme                     Value         // the latest complaint's procedure
	issues                     Issues        // what the latest mediation is about
	issue                      [16]int32     // the duties that the plan issued last meets
	plans                      uint8         // how many they are
	sent                       uint8         // who has been sent that plan
	lastSent                   calendar.Date // and when
	stage2                     [3]bool       // whether the latest complaint of each procedure has reached stage 2
	detained, inHospital, dead bool
}

// NewClock returns a clock that reads cases as a local area applies the law.
func NewClock(p *Practice) *Clock { return &Clock{Practice: p} }

// Read works out every duty of a case, the state of every process and the
// rights of appeal, as they stand at the end of the given day. Later events are
// left out, so any past day can be looked at again. The case's events must be in
// order: see [Case.Sort].
func (c *Clock) Read(k *Case, today calendar.Date) Reading {
	*c = Clock{Practice: c.Practice, duties: c.duties[:0], refused: c.refused[:0], rights: c.rights[:0], turns: c.turns[:0],
		c: k, today: today, born: k.Born}
	for i := range rows {
		c.last[i] = -1
	}
	for i := range k.Events {
		e := &k.Events[i]
		if e.On > today {
			break
		}
		if no := c.take(e); no != nil {
			c.refused = append(c.refused, Refused{*e, i, no})
		}
	}
	c.finish()
	return Reading{today, c.duties, c.refused, c.rights, c.state, c.since, c.turns}
}

// take applies one event, or says why it cannot be.
func (c *Clock) take(e *Event) *law.Refusal {
	if e.Kind == ExceptionRecorded {
		return c.except(e)
	}
	if c.dead && e.Kind.Group() != ComplaintGroup {
		return &law.Refusal{Because: "“" + e.Kind.Label() + "” cannot be recorded on " + e.On.Words() + ": the child or young person had died."}
	}
	before := c.state
	if no := c.advance(e); no != nil {
		return no
	}
	after := c.state
	c.state = before // what starts a clock is judged by how things stood before the event
	c.note(e)
	index := &rowsByKind[e.Kind]
	for _, r := range index.met {
		if r.value == NoValue || r.value == e.value {
			c.meet(r.row, e)
		}
	}
	for _, r := range index.void {
		if r.value == NoValue || r.value == e.value {
			c.end(r.row, Void, e)
		}
	}
	for _, r := range index.start {
		if r.value == NoValue || r.value == e.value {
			c.start(r.row, e)
		}
	}
	c.state = after
	c.settle(e)
	if c.state != before {
		for p := range before {
			if c.state[p] != before[p] {
				c.since[p] = e.On
				if p == assessmentProcess || p == planProcess {
					c.turns = append(c.turns, turn{p, c.state[p], e.On})
				}
			}
		}
	}
	return nil
}

// assessing reports whether an assessment is under way.
func (c *Clock) assessing() bool { return assessmentOpen(c.state[assessmentProcess]) }

// planInForce reports whether the record shows a plan that has not ended.
func (c *Clock) planInForce() bool { return planStands(c.state[planProcess]) }

// latest returns the latest duty under a rule, or nil.
func (c *Clock) latest(r *law.Rule) *Duty {
	if i := c.last[rowOf[r]]; i >= 0 {
		return &c.duties[i]
	}
	return nil
}

// start begins a clock, joins one that is running, or replaces it.
func (c *Clock) start(n int16, e *Event) {
	r := &rows[n]
	if r.when != nil && !r.when(c, e) {
		return
	}
	rule := r.rule
	if !rule.InForce.Contains(e.On) {
		if rule = law.At(versions[n], e.On); rule == nil {
			return
		}
	}
	var d *Duty
	for i := c.last[n]; i >= 0 && d == nil; i = c.duties[i].prev {
		was := &c.duties[i]
		if was.Status != Running && was.Status != NotBefore || r.each && (was.Of != e.name || e.name == "") {
			continue
		}
		switch {
		case r.renew && r.missed != nil && r.missed(c, was, e):
			was.Status = Overdue
		case r.renew:
			d = was
		case rule.Nature == law.Right, r.again && e.On > was.Due:
		default:
			return
		}
	}
	if d == nil {
		c.duties = append(c.duties, Duty{prev: c.last[n]})
		c.last[n] = int32(len(c.duties) - 1)
		d = &c.duties[c.last[n]]
	}
	*d = Duty{Rule: rule, Start: e.On, StartKind: e.Kind, startValue: e.value, row: n, prev: d.prev}
	if r.each {
		d.Of = e.name
	}
	if rule.Nature == law.Floor {
		d.Status = NotBefore
	}
	holidays := c.Practice.Holidays
	if r.ukHolidays {
		holidays = c.Practice.UKHolidays
	}
	d.Due = rule.Limit.LastDay(e.On, holidays)
	if r.set != nil {
		r.set(c, d, e)
	}
}

// meet marks what an event does: every running clock of the row or, for rows
// that run for each body or setting, the one it names.
func (c *Clock) meet(n int16, e *Event) {
	r := &rows[n]
	if c.last[n] < 0 {
		return
	}
	if r.rule.Nature == law.Right {
		c.use(n, e)
		return
	}
	for i := c.last[n]; i >= 0; i = c.duties[i].prev {
		d := &c.duties[i]
		if d.Status != Running || r.each && d.Of != e.name && e.name != "" || r.meetIf != nil && !r.meetIf(c, d, e) {
			continue
		}
		d.Status, d.Done = Met, e.On
		if r.meet != nil {
			r.meet(c, d, e)
		}
		if r.copies {
			c.issued(i)
		}
	}
}

// use marks the right that an event uses: the latest whose time has not run out
// or, for a late one, the latest. The others stay open until their own last day.
func (c *Clock) use(n int16, e *Event) {
	var late *Duty
	for i := c.last[n]; i >= 0; i = c.duties[i].prev {
		d := &c.duties[i]
		if d.Status != Running {
			continue
		}
		if e.On <= d.Due {
			d.Status, d.Done = Met, e.On
			return
		}
		if late == nil {
			late = d
		}
	}
	if late != nil {
		late.Status, late.Done = Met, e.On
	}
}

// issued notes that the plan just issued meets a duty, until the record says
// that it was sent to some and not to others.
func (c *Clock) issued(i int32) {
	if int(c.plans) < len(c.issue) {
		c.issue[c.plans] = i
		c.plans++
	}
}

// end stops the clocks of a row that are still running, or floors.
func (c *Clock) end(n int16, s Status, e *Event) {
	for i := c.last[n]; i >= 0; i = c.duties[i].prev {
		if d := &c.duties[i]; d.Status == Running || d.Status == NotBefore {
			d.Status, d.ended, d.endValue = s, e.Kind, e.value
		}
	}
}

// note keeps the facts of an event that later events are judged by.
func (c *Clock) note(e *Event) {
	switch e.Kind {
	case ReviewMeetingHeld:
		c.noticeImpliesDecision()
		// A meeting held in two parts is one review, counted from the first.
		if d := c.latest(DecideAfterReview); d == nil || d.Status != Running || e.On > d.Due {
			c.meeting = e.On
		}
	case AmendmentNoticeSent:
		c.notice = e.On
	case PlanFinalised, AmendedPlanFinalised:
		c.plans, c.sent, c.lastSent = 0, 0, e.On
	case ReviewPapersCirculated:
		c.papers = e.On
	case DraftPeriodWaived:
		c.waived = e.On
	case RequestReceived, ResponsibilityBegan, PlanTransferredIn:
		if !c.movedOn.IsZero() { // they are back: that move is over
			c.aware, c.movedOn = 0, 0
		}
	case MoveKnown:
		if c.aware.IsZero() {
			c.aware = e.On
		}
	case Moved:
		c.movedOn = e.On
	case Detained:
		c.detained = true
	case Released:
		c.detained = false
	case Deceased:
		c.dead = true
	case MediationRequested:
		c.issues = e.issues
	case ComplaintReceived:
		c.scheme = e.value
		if e.value != NoValue {
			c.stage2[e.value-Corporate] = false
		}
	case Stage2Started:
		if s := c.schemeOf(e); s != NoValue {
			c.stage2[s-Corporate] = true
		}
	case AdmittedToHospital:
		c.inHospital = true
	case DischargedFromHospital:
		c.inHospital = false
	}
}
