package staff

import (
	"fmt"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/web/govuk"
	"weald/law"
)

// number writes a count with a comma at the thousands.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// counted writes a count and its noun: "1 child", "2 children".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

// lateness says how a due day stands to today.
func lateness(days int) string {
	switch {
	case days == 0:
		return "Due today"
	case days == 1:
		return "Due tomorrow"
	case days > 1:
		return "In " + counted(days, "day", "days")
	default:
		return counted(-days, "day", "days") + " overdue"
	}
}

// nearness picks a tag's colour by how near the day is.
func nearness(days int) govuk.Colour {
	switch {
	case days < 0:
		return govuk.Red
	case days <= 7:
		return govuk.Orange
	case days <= 28:
		return govuk.Yellow
	default:
		return ""
	}
}

func statusColour(s casework.Status) govuk.Colour {
	switch s {
	case casework.Overdue, casework.Late:
		return govuk.Red
	case casework.Running:
		return ""
	case casework.Met:
		return govuk.Green
	case casework.Excused:
		return govuk.Purple
	default:
		return govuk.Grey
	}
}

// statusWords says how a duty stands, for a reader.
func statusWords(d *casework.Duty) string {
	if d.Rule.Nature == law.Right {
		switch d.Status {
		case casework.Running:
			return "Open"
		case casework.Overdue:
			return "Time has passed"
		case casework.Met, casework.Late:
			return "Used"
		}
	}
	switch d.Status {
	case casework.Running:
		if d.Rule.Nature == law.Continuing {
			return "Continuing"
		}
		return "To do"
	case casework.Met:
		return "Done in time"
	case casework.Late:
		return counted(d.Late, "day", "days") + " late"
	case casework.Overdue:
		return counted(d.Late, "day", "days") + " overdue"
	case casework.Excused:
		return "Exception applies"
	case casework.NotBefore:
		return "Not before"
	case casework.Superseded:
		return "Replaced"
	default:
		return "Fell away"
	}
}

func forceColour(f law.Force) govuk.Colour {
	if f.Binding() {
		return ""
	}
	return govuk.Grey
}

// forceTag names the force in a word or two.
func forceTag(f law.Force) string {
	switch f {
	case law.Statute:
		return "Act"
	case law.Regulation:
		return "Regulations"
	case law.TribunalRule:
		return "Tribunal rules"
	case law.TribunalDirection:
		return "Tribunal direction"
	case law.Judgment:
		return "Judgment"
	case law.StatutoryGuidance:
		return "Guidance"
	case law.NHSPolicy:
		return "NHS policy"
	case law.OmbudsmanGuidance:
		return "Ombudsman"
	default:
		return "Local target"
	}
}

func age(born, on calendar.Date) string {
	return fmt.Sprintf("%s (age %d)", born.Words(), calendar.Age(born, on))
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// decides is the last day on which a parent decides: the end of compulsory
// school age.
func decides(v *caseView) string {
	return calendar.EndOfCompulsorySchoolAge(v.Child.Born).Words()
}

// anchor turns a heading into the name of a place on the page.
func anchor(s string) string { return strings.ReplaceAll(strings.ToLower(s), " ", "-") }

func shortSource(r *law.Rule) string {
	if r.Source.IsZero() {
		return "set by this local area"
	}
	if r.Source.Provision == "" {
		return r.Source.Work.Short
	}
	return r.Source.Work.Short + ", " + r.Source.Provision
}
