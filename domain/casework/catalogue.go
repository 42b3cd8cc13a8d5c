package casework

import (
	"slices"
	"strings"

	"weald/law"
)

// maxRows bounds the number of lines in the clock tables; a test counts them.
const maxRows = 128

// rows is every line of every table.
var rows = slices.Concat(assessmentRows, reviewRows, transferRows, reassessmentRows, ceasingRows, disputeRows, informationRows, supportRows)

// Catalogue is every rule, in the order of the tables.
var Catalogue = func() (all []*law.Rule) {
	for i := range rows {
		all = append(all, rows[i].rule)
	}
	return append(all, earlier...)
}()

// earlier holds versions of rules that have been replaced. They stay, because
// what was due under them is judged by them still. None has been replaced since
// the time from which records are kept.
var earlier []*law.Rule

// rowOf finds the row of a rule.
var rowOf = func() map[*law.Rule]int16 {
	m := map[*law.Rule]int16{}
	for i := range rows {
		m[rows[i].rule] = int16(i)
	}
	return m
}()

// versions lists, for each row, every version of its rule.
var versions = func() (all [maxRows][]*law.Rule) {
	for i := range rows {
		for _, r := range Catalogue {
			if r.ID == rows[i].rule.ID {
				all[i] = append(all[i], r)
			}
		}
	}
	return all
}()

type rowRef struct {
	row   int16
	value Value
}

// rowsByKind lists, for each kind of event, the rows that it meets, ends and
// starts.
var rowsByKind = func() (index [nKinds]struct{ met, void, start []rowRef }) {
	for i := range rows {
		for _, t := range rows[i].met {
			index[t.kind].met = append(index[t.kind].met, rowRef{int16(i), t.value})
		}
		for _, t := range rows[i].void {
			index[t.kind].void = append(index[t.kind].void, rowRef{int16(i), t.value})
		}
		for _, t := range rows[i].start {
			index[t.kind].start = append(index[t.kind].start, rowRef{int16(i), t.value})
		}
	}
	return index
}()

func rowsOf(all ...*law.Rule) (set []int16) {
	for _, r := range all {
		set = append(set, rowOf[r])
	}
	return set
}

// rowsIn returns the rows of whole tables.
func rowsIn(tables ...[]row) (set []int16) {
	for _, table := range tables {
		for i := range table {
			set = append(set, rowOf[table[i].rule])
		}
	}
	return set
}

// Sets of rows that one event touches together.
var (
	assessmentLimits = rowsOf(TellWhetherToAssess, TellNoPlan, IssueFinalPlan, DraftTarget, DecideForDetained, PlanForDetained)
	assessmentOnly   = rowsOf(TellWhetherToAssess, GiveAdvice, TellNoPlan, HearFromFamily, DraftTarget, IssueFinalPlan, AnswerConsultation, DecideForDetained, PlanForDetained,
		AgreedTellAssess, AgreedNoPlan, AgreedFinalAfterAssessing, AgreedDraft, AgreedFinal,
		OrderTellAssess, OrderNoPlan, OrderPlanAfterAssessing, OrderDraft, OrderFinal, OrderReconsider,
		ConcededTellAssess, ConcededNoPlan, ConcededPlanAfterAssessing, ConcededDraft, ConcededFinal)
	afterChangeOfMind  = rowsOf(TellNoPlan, IssueFinalPlan, DraftTarget, PlanForDetained)
	finalPlanRow       = rowsOf(IssueFinalPlan, PlanForDetained)
	decisionRows       = rowsOf(TellWhetherToAssess, DecideForDetained, AgreedTellAssess, OrderTellAssess, ConcededTellAssess)
	draftRows          = rowsOf(AgreedDraft, OrderDraft, ConcededDraft)
	mediationRows      = rowsOf(ArrangeMediation, ArrangeHealthMediation)
	adviserRow         = rowsOf(ContactAdviser)
	reassessmentLimits = rowsOf(AnswerReassessment, PlanAfterReassessment)
	reviewLimits       = rowsOf(DecideAfterReview, SendAmendmentNotice, HearOnAmendments, IssueAmendedPlan, TellNoAmendment, FinishInTwelveWeeks)
	provisionRows      = rowsOf(SecureProvision, ArrangeHealthProvision)
	transferRowsOnly   = rowsOf(TransferToSchool, TransferToPost16, MoveBetweenPost16)
	cappedRows         = rowsOf(DecideAfterReview, IssueAmendedPlan)
	planOnly           = slices.Concat(rowsIn(reviewRows, reassessmentRows), provisionRows, transferRowsOnly,
		rowsOf(WriteToFamilyMovedIn, ReviewTransferredPlan, NotifyNewICB, AskForReviewOfHealth, OrderMaintain, ConcededMaintain, AgreedMaintain, ReviewDirectPayment,
			AgreedAmended, AgreedPlacement, OrderAmended, OrderPlacement, OrderMaintainAmended, ConcededAmended, ConcededPlacement, ConcededMaintainAmended))
	notInformation = rowsIn(assessmentRows, reviewRows, transferRows, reassessmentRows, ceasingRows, disputeRows, supportRows)
)

// RuleNamed finds a rule by its code in the catalogue ("B06") or its readable
// id ("issue-final-plan"). A code that stands for several ("E05") gives the
// first of them.
func RuleNamed(name string) *law.Rule {
	if r := ruleByName[name]; r != nil {
		return r
	}
	if all := RulesNamed(name); len(all) > 0 {
		return all[0]
	}
	return nil
}

// ruleByName has the first rule of each code and id, as they are written.
var ruleByName = func() map[string]*law.Rule {
	m := map[string]*law.Rule{}
	for _, r := range Catalogue {
		for _, name := range []string{r.Code, r.ID} {
			if m[name] == nil {
				m[name] = r
			}
		}
	}
	return m
}()

// RulesNamed finds the rules that a code or id stands for: one, the versions of
// one, or for the code of a row with several limits each of them.
func RulesNamed(name string) (all []*law.Rule) {
	for _, r := range Catalogue {
		if r.ID == name || strings.EqualFold(r.Code, name) {
			all = append(all, r)
		}
	}
	if all != nil || name == "" {
		return all
	}
	for _, r := range Catalogue {
		if row := strings.TrimRight(r.Code, "abcdefgh"); row != r.Code && strings.EqualFold(row, name) {
			all = append(all, r)
		}
	}
	return all
}

func catalogueIndex(r *law.Rule) int { return slices.Index(Catalogue, r) }

// GroupOf returns the group under which a rule is listed: that of the event
// which starts it.
func GroupOf(r *law.Rule) Group {
	if n, ok := rowOf[r]; ok {
		return rows[n].start[0].kind.Group()
	}
	for _, other := range Catalogue {
		if other.ID == r.ID {
			return GroupOf(other)
		}
	}
	return ""
}

// A Section is a run of rules that belong together, under a name for readers.
type Section struct {
	Name  string
	Rules []*law.Rule
}

// Sections returns every rule, in the order of the law.
func Sections() []Section {
	var all []Section
	for _, s := range []struct {
		name  string
		table []row
	}{
		{"From a request to a plan", assessmentRows},
		{"Keeping a plan under review", reviewRows},
		{"Moves between phases and areas", transferRows},
		{"Assessing again", reassessmentRows},
		{"Ceasing a plan", ceasingRows},
		{"Mediation and the Tribunal", disputeRows},
		{"Complaints and requests for information", informationRows},
		{"Education out of school, payments and hospital", supportRows},
	} {
		section := Section{Name: s.name}
		for i := range s.table {
			for _, r := range Catalogue {
				if r.ID == s.table[i].rule.ID {
					section.Rules = append(section.Rules, r)
				}
			}
		}
		all = append(all, section)
	}
	return all
}
