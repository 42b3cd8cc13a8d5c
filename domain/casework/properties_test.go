package casework

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"weald/calendar"
	"weald/law"

	"pgregory.net/rapid"
)

var (
	firstDay = calendar.On(2018, time.January, 1)
	lastDay  = calendar.On(2029, time.December, 31)
)

func anyDay(t *rapid.T, name string) calendar.Date {
	return firstDay + calendar.Date(rapid.IntRange(0, int(lastDay-firstDay)).Draw(t, name))
}

var anyName = rapid.OneOf(
	rapid.SampledFrom([]string{"Oak School", "Health", "response", "bundle", `say "yes"`, `a\b`, "= 1", "# 2", "Ysgol\u00a0y Bont", "x,", "due"}),
	rapid.StringMatching(`[ -~£é\x{2003}]{1,20}`),
)

// anyEvent makes an event of any kind, with every attribute it needs and some
// of those it may have.
func anyEvent(on calendar.Date) *rapid.Generator[Event] { return eventOf(on, Kinds()...) }

func eventOf(on calendar.Date, kinds ...Kind) *rapid.Generator[Event] {
	return rapid.Custom(func(t *rapid.T) Event {
		e := Happened(rapid.SampledFrom(kinds).Draw(t, "kind"), on)
		for _, a := range e.Kind.Attributes() {
			if !a.Required && rapid.Bool().Draw(t, "leave out "+a.Name) {
				continue
			}
			var text string
			switch {
			case a.Values != nil:
				text = rapid.SampledFrom(a.Values).Draw(t, a.Name).String()
			case a.IsDate():
				text = (on + calendar.Date(rapid.IntRange(-60, 400).Draw(t, a.Name))).String()
			case a.IsRule():
				text = rapid.SampledFrom(Catalogue).Draw(t, a.Name).Code
			case a.IsIssues():
				text = rapid.SampledFrom([]string{"education", "health", "education,social-care,health", "social-care"}).Draw(t, a.Name)
			default:
				text = anyName.Draw(t, a.Name)
			}
			if err := e.Set(a.Name, text); err != nil {
				t.Fatal(err)
			}
		}
		return e
	})
}

// soup is a case in which anything may have happened, in any order.
var soup = rapid.Custom(func(t *rapid.T) *Case {
	k := &Case{}
	if rapid.Bool().Draw(t, "birth recorded") {
		k.Born = firstDay - calendar.Date(rapid.IntRange(-700, 8000).Draw(t, "born"))
	}
	for range rapid.IntRange(0, 2).Draw(t, "closures") {
		shut := anyDay(t, "closed")
		k.Closures = append(k.Closures, SettingClosure{anyName.Draw(t, "shut"), calendar.Closure{Closed: shut, Reopens: shut + calendar.Date(rapid.IntRange(1, 60).Draw(t, "for"))}})
	}
	day := anyDay(t, "first day")
	for range rapid.IntRange(0, 25).Draw(t, "events") {
		day += calendar.Date(rapid.SampledFrom([]int{0, 1, 7, 14, 28, 42, 60, 90, -3, -40, 365}).Draw(t, "gap"))
		k.Events = append(k.Events, anyEvent(day).Draw(t, "event"))
	}
	k.Sort()
	return k
})

// life is a case in which only what the law and good order allow has happened,
// so that its processes get further than in a soup.
var life = rapid.Custom(func(t *rapid.T) *Case {
	k := &Case{}
	if rapid.Bool().Draw(t, "birth recorded") {
		k.Born = firstDay - calendar.Date(rapid.IntRange(-700, 8000).Draw(t, "born"))
	}
	c := NewClock(DefaultPractice())
	day := anyDay(t, "first day")
	likely := rapid.SampledFrom([][]Kind{
		Kinds()[:DraftServed],
		{RequestReceived, DecisionToAssessSent, NoPlanNoticeSent, DraftServed, PlanFinalised, PlanSent, OrderMade, NotOpposing, MediationAgreementSigned, AppealLodged, CertificateIssued, RequestWithdrawn, Moved},
		{PlanFinalised, ReviewScheduled, ReviewPapersCirculated, ReviewMeetingHeld, ReviewDecisionSent, AmendmentNoticeSent, AmendmentNoticeServed, AmendedPlanFinalised, NoAmendNoticeSent, PhaseTransferDue, OrderMade, PlanSent},
		{PlanFinalised, CeaseNoticeSent, AppealLodged, AppealWithdrawn, CertificateIssued, OrderMade, PlanCeased, ReassessmentRequested, ReassessmentDecisionSent, Detained, Released, PlanTransferredOut, PlanTransferredIn},
		Kinds(),
	}).Draw(t, "sort of life")
	for range rapid.IntRange(0, 25).Draw(t, "events") {
		day += calendar.Date(rapid.SampledFrom([]int{0, 1, 7, 14, 15, 28, 42, 60, 90, 365}).Draw(t, "gap"))
		if e := eventOf(day, likely...).Draw(t, "event"); c.Record(k, e, day) == nil {
			k.Add(e)
		}
	}
	return k
})

var anyCase = rapid.OneOf(soup, life)

func dayAround(t *rapid.T, k *Case) calendar.Date {
	if len(k.Events) == 0 {
		return anyDay(t, "today")
	}
	first, last := k.Events[0].On, k.Events[len(k.Events)-1].On
	return first + calendar.Date(rapid.IntRange(-1, int(last-first)+200).Draw(t, "today"))
}

// told is everything that a reading says, in words, so that two can be compared
// and a difference read.
func told(r *Reading, p *Practice) string {
	var b strings.Builder
	fmt.Fprintln(&b, r.Today, r.States())
	for i := range r.Duties {
		fmt.Fprintln(&b, r.Duties[i].Line(), r.Duties[i].Warn, r.Duties[i].Done, r.Duties[i].Why(p))
	}
	for _, no := range r.Refused {
		fmt.Fprintln(&b, no.Event.String(), no.Index, no.Why)
	}
	for _, right := range r.Rights {
		fmt.Fprintln(&b, right)
	}
	return b.String()
}

func tell(k *Case, today calendar.Date) string {
	p := DefaultPractice()
	r := NewClock(p).Read(k, today)
	return told(&r, p)
}

// Whatever happened, each duty's status, days and dates agree with one another.
func TestStatusesAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := anyCase.Draw(t, "case")
		today := dayAround(t, k)
		p := DefaultPractice()
		r := NewClock(p).Read(k, today)
		for i := range r.Duties {
			d := &r.Duties[i]
			if why := disagrees(d, today); why != "" {
				t.Errorf("%s: %s\n%s", d.Line(), why, k.Text())
			}
			if said := d.Why(p); strings.Contains(said, "..") || strings.Contains(said, "  ") || !strings.HasSuffix(said, ".") || strings.Contains(said, "%!") {
				t.Errorf("%s: %q", d.Line(), said)
			}
		}
	})
}

func disagrees(d *Duty, today calendar.Date) string {
	floor := d.Rule.Nature == law.Floor
	counted := !d.Due.IsZero() && d.Rule.Nature != law.Continuing && d.how != howAwareOnly
	switch d.Status {
	case Running:
		if floor || !d.Done.IsZero() || d.Late != 0 || counted && today > d.Due {
			return "runs, and its day has passed or it is done"
		}
	case Met:
		if floor || d.Done.IsZero() || d.Late != 0 || !d.Due.IsZero() && d.Done > d.Due {
			return "met, and not done or done late"
		}
	case Late:
		if floor || d.Late < 1 || d.Late != int(d.Done-d.Due) {
			return "late by other than its days"
		}
	case Overdue:
		if floor || !d.Done.IsZero() || d.Late < 1 || d.Late != int(today-d.Due) {
			return "overdue by other than its days"
		}
	case Excused:
		if d.Exception == NoValue || d.Late != 0 {
			return "excused without an exception"
		}
	case NotBefore:
		if !floor || d.Late != 0 {
			return "a floor under something that is not one"
		}
	case Superseded, Void:
		if !d.Done.IsZero() {
			return "fell away after it was done"
		}
	}
	if d.Late < 0 {
		return "late by less than nothing"
	}
	if !d.Rule.Limit.RunsBack() && d.how != howAgreed && d.how != howDirected && !d.Due.IsZero() && d.Due < d.Start {
		return "due before its trigger"
	}
	return ""
}

// A reading of a day leaves out what happened later.
func TestAnyPastDayCanBeReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := anyCase.Draw(t, "case")
		today := dayAround(t, k)
		past := *k
		past.Events = nil
		for _, e := range k.Events {
			if e.On <= today {
				past.Events = append(past.Events, e)
			}
		}
		if now, then := tell(k, today), tell(&past, today); now != then {
			t.Fatalf("with later events:\n%s\nwithout:\n%s", now, then)
		}
	})
}

// A clock that has read other cases reads the next as a new one would.
func TestClockRemembersNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := DefaultPractice()
		used := NewClock(p)
		for range 3 {
			k := anyCase.Draw(t, "case")
			today := dayAround(t, k)
			r := used.Read(k, today)
			if got, want := told(&r, p), tell(k, today); got != want {
				t.Fatalf("used clock:\n%s\nfresh clock:\n%s", got, want)
			}
		}
	})
}

// The order of recording changes nothing, as long as events of one day keep
// theirs.
func TestOrderOfRecordingDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := anyCase.Draw(t, "case")
		today := dayAround(t, k)
		byDay := map[calendar.Date][]Event{}
		var days []calendar.Date
		for _, e := range k.Events {
			if byDay[e.On] == nil {
				days = append(days, e.On)
			}
			byDay[e.On] = append(byDay[e.On], e)
		}
		added := &Case{Born: k.Born, Closures: k.Closures}
		file := (&Case{Born: k.Born, Closures: k.Closures}).Text()
		for _, day := range rapid.Permutation(days).Draw(t, "days") {
			for _, e := range byDay[day] {
				if at := added.Add(e); added.Events[at] != e {
					t.Fatalf("added at %d, and not there", at)
				}
				file += e.String() + "\n"
			}
		}
		want := tell(k, today)
		if got := tell(added, today); got != want {
			t.Fatalf("added in another order:\n%s\nin order:\n%s", got, want)
		}
		all, err := ReadCaseFile("case", file)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) == 1 {
			if got := tell(&all[0].Case, today); got != want {
				t.Fatalf("from a file in another order:\n%s\nin order:\n%s", got, want)
			}
		}
	})
}

// Whatever may be recorded can be read: no event is refused afterwards.
func TestWhatIsRecordedIsPossible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := soup.Draw(t, "case")
		today := dayAround(t, from)
		c := NewClock(DefaultPractice())
		k := &Case{Born: from.Born, Closures: from.Closures}
		for _, e := range rapid.Permutation(from.Events).Draw(t, "as recorded") {
			before := len(k.Events)
			if c.Record(k, e, today) == nil {
				k.Add(e)
			}
			if len(k.Events) > before+1 {
				t.Fatal("asking changed the case")
			}
			if r := c.Read(k, today); len(r.Refused) > 0 {
				t.Fatalf("recorded %s; then %s is refused: %v", e.String(), r.Refused[0].Event.String(), r.Refused[0].Why)
			}
		}
	})
}

// Moving everything that happened to a later day never brings a due date
// forward, and nor does delaying only the event that starts the clock. Every
// rule is reached.
func TestLaterTriggerIsNeverDueEarlier(t *testing.T) {
	for i := range rows {
		rule := rows[i].rule
		for _, start := range rows[i].start {
			t.Run(rule.Code+" "+start.kind.String()+" "+start.value.String(), func(t *testing.T) {
				rapid.Check(t, func(t *rapid.T) {
					day := anyDay(t, "day")
					if rule.InForce.First > day-400 {
						day = rule.InForce.First + 400
					}
					later := day + calendar.Date(rapid.IntRange(0, 500).Draw(t, "later"))
					due, warn := dueFrom(t, rule, start, day, day)
					moved, movedWarn := dueFrom(t, rule, start, later, later)
					delayed, _ := dueFrom(t, rule, start, day, later)
					if moved < due || delayed < due || movedWarn < warn {
						t.Fatalf("from %s due %s; from %s due %s; only the trigger then due %s", day, due, later, moved, delayed)
					}
				})
			})
		}
	}
}

// before says what must have happened for an event to start a rule's clock.
var before = map[string]string{
	"C61": "detained", "C63": "detained",
	"C03": "born", "C10": "review-meeting-held", "C14": "review-meeting-held",
	"G03":  "complaint-received scheme=corporate",
	"G02":  "complaint-received scheme=corporate",
	"G11a": "complaint-received scheme=children-act", "G11b": "complaint-received scheme=children-act",
	"G04": "complaint-received scheme=corporate; stage-2-started", "P02": "admitted-to-hospital",
	"M05": "mediation-requested issues=health", "M11": "mediation-requested issues=health",
}

var agreedAbout = map[string]string{
	"M09a": "assess", "M09b": "assess", "M09c": "assess", "M09d": "plan-refusal", "M09e": "plan-refusal",
	"M09f": "contents", "M09g": "placement", "M09h": "cease",
}

func dueFrom(t *rapid.T, rule *law.Rule, start trigger, earlier, day calendar.Date) (due, warn calendar.Date) {
	k := Case{}
	for text := range strings.SplitSeq(before[rule.Code], "; ") {
		switch text {
		case "":
		case "born":
			k.Born = day - 700
		default:
			e, err := ParseEvent((earlier - 3).String() + " " + text)
			if err != nil {
				t.Fatal(err)
			}
			k.Add(e)
		}
	}
	e := Happened(start.kind, day)
	e.value = start.value
	set := func(name, text string) {
		if err := e.Set(name, text); err != nil {
			t.Fatal(err)
		}
	}
	switch e.Kind {
	case ReviewScheduled:
		set("meeting", (day + 40).String())
	case PhaseTransferDue:
		set("on", (day + 300).String())
	case DirectionMade:
		set("due", (day + 30).String())
	case MediationRequested:
		set("issues", map[bool]string{true: "health", false: "education"}[rule == TellICBIssues])
	case MediationAgreementSigned:
		if about := agreedAbout[rule.Code]; about != "" {
			set("about", about)
		}
		if e.value == NoValue {
			e.value = No
		}
	case NotOpposing:
		e.value2 = Yes
	}
	k.Add(e)
	p := DefaultPractice()
	if rule == AnswerComplaint && start.kind == ComplaintReceived {
		if err := p.Choose("complaint-start=receipt"); err != nil {
			t.Fatal(err)
		}
	}
	r := NewClock(p).Read(&k, day)
	for i := range r.Duties {
		if d := &r.Duties[i]; d.Rule == rule {
			due, warn = d.Due, d.Warn
			return due, warn
		}
	}
	t.Fatalf("%s did not start: %s", rule.Code, k.Text())
	return 0, 0
}

// A corrected mistake leaves no trace in what happened, and nor does one that
// was struck out. What was known on a day is the journal as it then stood.
func TestCorrectionsLeaveNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := anyCase.Draw(t, "case")
		var with, without, struck Journal
		day := lastDay
		add := func(j *Journal, e Entry) int {
			e.Seq, e.Recorded = len(*j)+1, day
			*j = append(*j, e)
			return e.Seq
		}
		for _, e := range rapid.Permutation(k.Events).Draw(t, "as recorded") {
			day += calendar.Date(rapid.IntRange(0, 2).Draw(t, "days"))
			add(&without, Entry{Event: e})
			if !rapid.Bool().Draw(t, "mistaken") {
				add(&with, Entry{Event: e})
				add(&struck, Entry{Event: e})
				continue
			}
			wrong := anyEvent(anyDay(t, "wrong day")).Draw(t, "mistake")
			last := add(&with, Entry{Event: wrong})
			for range rapid.IntRange(0, 2).Draw(t, "more mistakes") {
				last = add(&with, Entry{Event: anyEvent(anyDay(t, "wrong day")).Draw(t, "mistake"), Replaces: last})
			}
			add(&with, Entry{Event: e, Replaces: last})
			last = add(&struck, Entry{Event: wrong})
			add(&struck, Entry{Replaces: last, Struck: true})
			add(&struck, Entry{Event: e})
		}
		want := without.Events(0)
		if got := with.Events(0); !slices.Equal(got, want) {
			t.Fatalf("corrected:\n%v\nnever mistaken:\n%v", got, want)
		}
		if got := struck.Events(0); !slices.Equal(got, want) {
			t.Fatalf("struck out:\n%v\nnever mistaken:\n%v", got, want)
		}
		known := lastDay + calendar.Date(rapid.IntRange(-1, 60).Draw(t, "known"))
		var then Journal
		for _, e := range with {
			if e.Recorded <= known {
				then = append(then, e)
			}
		}
		if got, want := with.Events(known), then.Events(0); !slices.Equal(got, want) {
			t.Fatalf("as known on %s:\n%v\nthe journal then:\n%v", known, got, want)
		}
		live := 0
		for _, e := range with {
			if with.Live(e.Seq) {
				live++
			}
		}
		if live != len(want) {
			t.Fatalf("%d entries are live; expected %d", live, len(want))
		}
	})
}

func TestEventReadsBackAsWritten(t *testing.T) {
	for _, kind := range Kinds() {
		t.Run(kind.String(), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				e := eventOf(anyDay(t, "day"), kind).Draw(t, "event")
				back, err := ParseEvent(e.String())
				if err != nil || back != e {
					t.Fatalf("%s: read back as %s, %v", e.String(), back.String(), err)
				}
				for _, a := range e.Kind.Attributes() {
					if e.Get(a.Name) != back.Get(a.Name) {
						t.Fatalf("%s of %s", a.Name, e.String())
					}
				}
			})
		})
	}
}

func TestCaseFileReadsBackAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := anyCase.Draw(t, "case")
		x := Example{Title: "A case", Case: *k, Today: dayAround(t, k)}
		text := x.Text()
		all, err := ReadCaseFile("case", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if got := all[0].Text(); len(all) != 1 || got != text {
			t.Fatalf("wrote\n%s\nread and wrote\n%s", text, got)
		}
		if !slices.Equal(all[0].Case.Events, k.Events) || !slices.Equal(all[0].Case.Closures, k.Closures) || all[0].Case.Born != k.Born {
			t.Fatalf("wrote\n%s", text)
		}
	})
}
