package privacy

// A Level is how likely or how grave something is.
type Level string

// Levels.
const (
	Low    Level = "low"
	Medium Level = "medium"
	High   Level = "high"
)

// A Risk is what could go wrong for the people about whom data is kept, as a data
// protection impact assessment weighs it. The levels are what the makers of Weald
// think of a service with the measures in place, and no finding: the local area's
// data protection officer decides.
type Risk struct {
	What       string
	Harm       string
	Likelihood Level // with the measures
	Severity   Level
	Measures   []string                // in words, as the program does them
	Needs      func(Safeguards) string // what is missing here, in words; nil: nothing can be
}

// Risks is what the assessment weighs.
var Risks = []Risk{
	{What: "Somebody who works for the council looks at a child’s record out of curiosity", Harm: "A family’s trust, and a child’s private life", Likelihood: Medium, Severity: Medium,
		Measures: []string{"Each look is kept, with who, when and from where", "Looks that are out of the way are raised to a manager", "Families see who looked"}},
	{What: "A parent who may not know finds out where a child lives", Harm: "A child or parent who fled is found and hurt", Likelihood: Low, Severity: High,
		Measures: []string{"Each parent’s access has its own limit, with what it rests on", "A case can be restricted to named people", "An address can be marked as not to be told"}},
	{What: "A letter or plan goes to the wrong family", Harm: "A child’s health and needs are told to strangers", Likelihood: Low, Severity: High,
		Measures: []string{"Links are for one task, work once and run out", "Emails name no child"}},
	{What: "An account is taken over", Harm: "Many children’s records are read or changed", Likelihood: Low, Severity: High,
		Measures: []string{"There are no passwords to steal: codes by email, passkeys and work accounts", "Sign-ins are listed, end by themselves and can be ended", "Attempts are slowed down"},
		Needs: func(s Safeguards) string {
			switch {
			case s.Demo:
				return "This is a demonstration: anybody may sign in as anybody. It must hold no real person."
			case !s.Secure:
				return "The service is not reached by https alone, so a sign-in can be overheard."
			}
			return ""
		}},
	{What: "The record’s file or a backup is stolen", Harm: "Every child’s record is in strange hands", Likelihood: Low, Severity: High,
		Measures: []string{"The most sensitive fields can be encrypted in the record, with keys kept elsewhere"},
		Needs: func(s Safeguards) string {
			if !s.Sealed {
				return "Fields are not encrypted in this record: set WEALD_KEYS."
			}
			return ""
		}},
	{What: "A document with a virus is opened", Harm: "The council’s machines, and through them every record", Likelihood: Low, Severity: High,
		Measures: []string{"What a file is, is found out from its content", "Files that could run are refused", "Files can be scanned"},
		Needs: func(s Safeguards) string {
			if !s.Scanned {
				return "No virus scanner is set up here."
			}
			return ""
		}},
	{What: "Somebody changes what the record says happened, or who looked", Harm: "A family cannot prove what was done to it", Likelihood: Low, Severity: Medium,
		Measures: []string{"Nothing is overwritten: corrections are new entries", "The audit is a chain that is verified each night"}},
	{What: "A child is recognised in figures for a board or the public", Harm: "A child’s needs are known in a small place", Likelihood: Low, Severity: Medium,
		Measures: []string{"Small numbers are hidden, also where they could be worked out from others", "Board pages cannot reach a child’s record"}},
	{What: "A young person’s parents go on deciding for them", Harm: "The young person’s own rights", Likelihood: Low, Severity: Medium,
		Measures: []string{"On the day after compulsory school age ends the rights pass to the young person, and parents see nothing without their agreement"}},
	{What: "Records are kept for ever", Harm: "What was once true follows somebody through life", Likelihood: Low, Severity: Medium,
		Measures: []string{"Records that are due are listed, reviewed and erased, with what stands against it"},
		Needs: func(s Safeguards) string {
			if s.Retention == nil {
				return "Nobody has chosen how long records are kept here."
			}
			return ""
		}},
}

// Missing says what of a risk's measures is missing here, or "".
func (r *Risk) Missing(s Safeguards) string {
	if r.Needs == nil {
		return ""
	}
	return r.Needs(s)
}
