package casework

import (
	"fmt"
	"strings"

	"weald/calendar"
	"weald/law"
)

// how says how a due date was reached when it is not simply the rule's limit
// from the event that started it.
type how uint8

const (
	howPlain how = iota
	howReceived
	howWorkingDays
	howWeek16
	howMeeting
	howFromMeeting
	howBack
	howBackClear
	howTransfer
	howMove
	howMoveOnly
	howAwareOnly
	howLaterOfTwo
	howOldDatesMissing
	howAgreed
	howDecisionUnknown
	howDirected
	howOrderSent
	howCertificate
	howCertificateEarlier
	howStayed
	howAppealOver
	howCapped
)

// sending says whether the record tells to whom a plan was sent.
type sending uint8

const (
	sentUnsaid sending = iota
	sentToSome
	sentToAll
)

// Why explains the due date in words that a parent can check by hand: what
// happened, the sum, and where the law says so.
func (d *Duty) Why(p *Practice) string {
	var b strings.Builder
	b.WriteString(d.sum(p))
	if source := d.Rule.Source.String(); source != "" {
		b.WriteString(" ")
		b.WriteString(source)
		if !d.Rule.Statutory() {
			b.WriteString(" (" + inSentence(d.Rule.Force.Words()) + ")")
		}
		b.WriteString(".")
	} else {
		b.WriteString(" " + d.Rule.Force.Words() + ".")
	}
	for _, more := range d.notes(p) {
		b.WriteString(" ")
		b.WriteString(more)
	}
	return b.String()
}

func (d *Duty) holidays(p *Practice) *calendar.Holidays {
	if rows[d.row].ukHolidays {
		return p.UKHolidays
	}
	return p.Holidays
}

// sum is the arithmetic in a sentence or two.
func (d *Duty) sum(p *Practice) string {
	h, limit := d.holidays(p), d.Rule.Limit
	start := capital(clause(d.StartKind, d.startValue, d.Start)) + ". "
	switch d.how {
	case howReceived:
		return fmt.Sprintf("The body that was asked received the request on %s. %s", d.Start.Words(), limit.Sum(d.Start, h))
	case howWorkingDays:
		return start + limit.In(calendar.WorkingDays).Sum(d.Start, h) + d.floorWords()
	case howWeek16:
		return start + calendar.Within(16, calendar.Weeks).Sum(d.Start, h)
	case howFromMeeting:
		return fmt.Sprintf("The last review meeting was held on %s. %s", d.Start.Words(), limit.Sum(d.Start, h))
	case howBack:
		return fmt.Sprintf("The review meeting is on %s. %s. On the strict reading, which leaves out both days, it is %s.", d.Start.Words(), trim(limit.Sum(d.Start, h)), d.Warn.Words())
	case howBackClear:
		return fmt.Sprintf("The review meeting is on %s. Two weeks before, leaving out both days, is %s.", d.Start.Words(), d.Due.Words())
	case howTransfer:
		s := fmt.Sprintf("The transfer is on %s. ", d.Start.Words())
		if d.Due != limit.LastDay(d.Start, h) {
			return s + fmt.Sprintf("This local area reads “before” as “by”, so the last day is %s.", d.Due.Words())
		}
		return s + limit.Sum(d.Start, h)
	case howMove:
		return fmt.Sprintf("The family moved on %s and the authority knew on %s. %s. The plan is due on the later of that day and the day of the move: %s.", d.other.Words(), d.Start.Words(), trim(limit.Sum(d.Start, h)), d.Due.Words())
	case howMoveOnly:
		return fmt.Sprintf("The family moved on %s. When the authority became aware is not recorded, so the plan is due on the day of the move.", d.Due.Words())
	case howAwareOnly:
		return fmt.Sprintf("The authority knew of the move on %s. %s The day of the move is not recorded; if it is later than that, the plan is due on the day of the move.", d.Start.Words(), limit.Sum(d.Start, h))
	case howLaterOfTwo:
		return fmt.Sprintf("The plan was transferred on %s and made or last reviewed on %s. %s. %s. The later is %s.", d.Start.Words(), d.other.Words(),
			trim(calendar.BeginningWith(12, calendar.Months).Sum(d.other, h)), trim(limit.Sum(d.Start, h)), d.Due.Words())
	case howOldDatesMissing:
		return start + "When the plan was made or last reviewed is not recorded, so only the three months can be counted. " + limit.Sum(d.Start, h)
	case howAgreed:
		return start + fmt.Sprintf("The parties agreed in writing that it be done by %s.", d.Due.Words())
	case howDecisionUnknown:
		return start + "Which decision was agreed about is not recorded, so the limits of an agreement to assess are shown. " + limit.Sum(d.Start, h)
	case howDirected:
		return fmt.Sprintf("The Tribunal directed that it be done by %s.", d.Due.Words())
	case howOrderSent:
		return fmt.Sprintf("The order was sent on %s. %s", d.Start.Words(), limit.Sum(d.Start, h))
	case howCertificate, howCertificateEarlier:
		two := d.Rule.Limit.Raw(d.Start, h)
		month := calendar.Within(1, calendar.Months).LastDay(d.other, h)
		later := max(two, month)
		s := start + fmt.Sprintf("Two months after that is %s. One month after the mediation certificate of %s is %s. The later is %s", two.Words(), d.other.Words(), month.Words(), later.Words())
		if rolled := h.RollTribunal(later); rolled != later {
			s += ", which moves to " + rolled.Words() + ", the next working day under the Tribunal's rules"
		}
		s += "."
		if d.Rule.Nature == law.Floor {
			s += fmt.Sprintf(" So the first lawful day is %s.", d.Due.Words())
		}
		return s
	case howStayed:
		return start + "The family appealed, so there is no day until the appeal is over."
	case howAppealOver:
		if d.Due > d.other {
			return start + fmt.Sprintf("The family appealed. The appeal was over on %s, but the time to appeal runs until %s, so the first lawful day is %s.", d.other.Words(), (d.Due-1).Words(), d.Due.Words())
		}
		return start + fmt.Sprintf("The family appealed. The appeal was over on %s, so that is the first lawful day.", d.Due.Words())
	case howCapped:
		return start + limit.Sum(d.Start, h) + fmt.Sprintf(" But the next setting must be named by %s (%s), which comes first.", d.Due.Words(), regs.At("regulation 18"))
	}
	switch d.Rule.Nature {
	case law.Continuing:
		return start + "The duty starts on that day and goes on."
	}
	return start + limit.Sum(d.Start, h) + d.floorWords()
}

func (d *Duty) floorWords() string {
	if d.Rule.Nature != law.Floor || d.Due.IsZero() {
		return ""
	}
	return fmt.Sprintf(" So the first lawful day is %s.", d.Due.Words())
}

// notes are what a reader must know besides the sum.
func (d *Duty) notes(p *Practice) (notes []string) {
	switch d.how {
	case howMeeting:
		notes = append(notes, fmt.Sprintf("The review was held on %s, and its decision was sent later.", d.Done.Words()))
	}
	switch d.sending {
	case sentToAll:
		notes = append(notes, "It was sent to the last of the family, the setting and the integrated care board on "+d.Done.Words()+".")
	case sentToSome:
		notes = append(notes, "It has been issued, but the record does not yet say that the family, the setting and the integrated care board have all been sent it.")
	}
	if d.unsaid {
		notes = append(notes, fmt.Sprintf("The day on which it was done is not recorded; it must have been done, because %s.", clause(d.ended, d.endValue, 0)))
	}
	if !d.Warn.IsZero() && d.how != howBack {
		notes = append(notes, "Aim for "+d.Warn.Words()+"; "+d.warnWords()+".")
	}
	switch d.Status {
	case Excused:
		if x, ok := d.Rule.Excuses(d.Exception.String()); ok {
			notes = append(notes, fmt.Sprintf("The limit does not apply, because it is recorded that %s (%s). There is no new day; it must be done as soon as practicable.", x.Words, x.Source))
			if d.undated {
				notes = append(notes, "The days of those circumstances are not recorded.")
			}
		}
	case Superseded:
		notes = append(notes, fmt.Sprintf("%s because %s.", d.replacedWords(), clause(d.ended, d.endValue, 0)))
	case Void:
		if d.outgrown {
			notes = append(notes, "It fell away, because the child is five or over.")
		} else if d.ended == RecordBegins {
			notes = append(notes, "The record begins after that day, so whether it was done in time is not known.")
		} else if d.ended == NotRecorded {
			notes = append(notes, "Where the record came from does not say whether it was done.")
		} else if !d.unsaid && d.ended != NoKind {
			notes = append(notes, fmt.Sprintf("It fell away because %s.", clause(d.ended, d.endValue, 0)))
		}
	}
	if h := d.holidays(p); (d.Status == Running || d.Status == Overdue) && d.Owed() && !d.Due.IsZero() && d.Rule.Nature == law.Deadline && !h.IsWorkingDay(d.Due) {
		notes = append(notes, fmt.Sprintf("%s is not a working day and the limit does not move, so act by %s.", d.Due.WordsWithDay(), h.WorkingDayBefore(d.Due).WordsWithDay()))
	}
	return notes
}

// replacedWords says what takes the place of a superseded duty.
func (d *Duty) replacedWords() string {
	if d.ended == Detained {
		return "The duties to a detained person took its place"
	}
	return "Other limits took its place"
}

// inSentence puts the name of a force inside a sentence. Names of bodies keep
// their capitals.
func inSentence(s string) string {
	for _, name := range []string{"NHS", "Ombudsman", "Tribunal", "Act of"} {
		if strings.HasPrefix(s, name) {
			return s
		}
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func (d *Duty) warnWords() string {
	switch d.Rule {
	case ReviewAgain:
		return "that is twelve months from the last review meeting"
	case ReviewUnderFive:
		return "that is three months"
	default:
		return "that is the strict reading of “at least”"
	}
}

// Line writes the duty as `weald clock` prints it.
func (d *Duty) Line() string {
	var b strings.Builder
	b.WriteString(d.Rule.Code)
	b.WriteByte(' ')
	b.WriteString(d.Rule.ID)
	if d.Of != "" {
		b.WriteString(" of=")
		b.WriteString(quoted(d.Of))
	}
	b.WriteByte(' ')
	b.WriteString(d.Status.String())
	if !d.Due.IsZero() {
		b.WriteString(", due ")
		b.WriteString(d.Due.String())
	}
	if d.Late > 0 {
		fmt.Fprintf(&b, ", %d %s late", d.Late, plural(d.Late, "day"))
	}
	return b.String()
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

func trim(s string) string { return strings.TrimSuffix(s, ".") }
