package sen2

import "weald/calendar"

// text returns where the text of an item is kept. Each slot has a field in the
// element in which the item stands.
func (r *reader) text(it *Item) *string {
	if it.slot == slotMore {
		r.more = "" // of the header, it is held to its codes and not kept
		if !r.open {
			return &r.more
		}
		r.person.More = append(r.person.More, More{it.Element(), it.Name, ""})
		return &r.person.More[len(r.person.More)-1].Value
	}
	switch it.in {
	case collectionDetails, sourceDetails, headerPart:
		return r.header.text(it.slot)
	case personPart:
		return r.person.text(it.slot)
	case requestPart:
		return r.request.text(it.slot)
	case assessmentPart:
		return r.request.Assessment.text(it.slot)
	case namedPlanPart:
		return r.request.Assessment.Plan.text(it.slot)
	case activePlanPart:
		return r.request.Active.text(it.slot)
	case planDetailPart:
		return r.place.text(it.slot)
	case placementPart:
		return r.placed.text(it.slot)
	case needPart:
		return r.need.text(it.slot)
	}
	panic("sen2: no text " + it.Name)
}

// date returns where the date of an item is kept.
func (r *reader) date(it *Item) *calendar.Date {
	switch it.in {
	case collectionDetails:
		return &r.header.ReferenceDate
	case personPart:
		return &r.person.Born
	case requestPart:
		return r.request.date(it.slot)
	case assessmentPart:
		return &r.request.Assessment.OutcomeOn
	case namedPlanPart:
		return r.request.Assessment.Plan.date(it.slot)
	case activePlanPart:
		return r.request.Active.date(it.slot)
	case placementPart:
		return r.placed.date(it.slot)
	}
	panic("sen2: no date " + it.Name)
}

func (h *Header) text(s slot) *string {
	switch s {
	case slotCollection:
		return &h.Collection
	case slotSourceLevel:
		return &h.SourceLevel
	case slotLEA:
		return &h.LEA
	case slotSoftware:
		return &h.Software
	case slotRelease:
		return &h.Release
	case slotSerial:
		return &h.Serial
	case slotWritten:
		return &h.Written
	case slotDMO:
		return &h.DMO
	case slotDCO:
		return &h.DCO
	case slotDSCO:
		return &h.DSCO
	}
	panic("sen2: the header has no such text")
}

func (p *Person) text(s slot) *string {
	switch s {
	case slotSurname:
		return &p.Surname
	case slotForename:
		return &p.Forename
	case slotSex:
		return &p.Sex
	case slotGender:
		return &p.Gender
	case slotEthnicity:
		return &p.Ethnicity
	case slotPostCode:
		return &p.PostCode
	case slotUPN:
		return &p.UPN
	case slotULN:
		return &p.ULN
	case slotUPNUnknown:
		return &p.UPNUnknown
	}
	panic("sen2: a person has no such text")
}

func (r *Request) text(s slot) *string {
	switch s {
	case slotSource:
		return &r.Source
	case slotRYA:
		return &r.RYA
	case slotOutcome:
		return &r.Outcome
	case slotMediation:
		return &r.Mediation
	case slotTribunal:
		return &r.Tribunal
	case slotExported:
		return &r.Exported
	}
	panic("sen2: a request has no such text")
}

func (r *Request) date(s slot) *calendar.Date {
	if s == slotReceived {
		return &r.Received
	}
	return &r.OutcomeOn
}

func (a *Assessment) text(s slot) *string {
	switch s {
	case slotOutcome:
		return &a.Outcome
	case slotMediation:
		return &a.Mediation
	case slotTribunal:
		return &a.Tribunal
	case slotOtherMediation:
		return &a.OtherMediation
	case slotOtherTribunal:
		return &a.OtherTribunal
	case slotWeek20:
		return &a.Week20
	}
	panic("sen2: an assessment has no such text")
}

func (p *NamedPlan) text(s slot) *string {
	switch s {
	case slotRes:
		return &p.Res
	case slotWBP:
		return &p.WBP
	case slotPB:
		return &p.PB
	case slotOA:
		return &p.OA
	case slotDP:
		return &p.DP
	case slotReason:
		return &p.Reason
	}
	panic("sen2: a plan has no such text")
}

func (p *NamedPlan) date(s slot) *calendar.Date {
	if s == slotStart {
		return &p.Start
	}
	return &p.CeasedOn
}

func (a *ActivePlan) text(s slot) *string {
	switch s {
	case slotTransferLA:
		return &a.TransferLA
	case slotReviewOutcome:
		return &a.ReviewOutcome
	case slotRes:
		return &a.Res
	case slotWBP:
		return &a.WBP
	}
	panic("sen2: an active plan has no such text")
}

func (a *ActivePlan) date(s slot) *calendar.Date {
	switch s {
	case slotReviewMeeting:
		return &a.ReviewMeeting
	case slotReviewDraft:
		return &a.ReviewDraft
	case slotTransferDue:
		return &a.TransferDue
	case slotTransferFinal:
		return &a.TransferFinal
	}
	return &a.LastReview
}

func (p *Place) text(s slot) *string {
	switch s {
	case slotURN:
		return &p.URN
	case slotUKPRN:
		return &p.UKPRN
	case slotSetting:
		return &p.Setting
	case slotOther:
		return &p.Other
	case slotRank:
		return &p.Rank
	case slotUnit:
		return &p.Unit
	case slotResourced:
		return &p.Resourced
	}
	panic("sen2: a place has no such text")
}

func (p *Placement) text(s slot) *string {
	switch s {
	case slotRes:
		return &p.Res
	case slotWBP:
		return &p.WBP
	case slotPattern:
		return &p.Pattern
	}
	return p.Place.text(s)
}

func (p *Placement) date(s slot) *calendar.Date {
	if s == slotEntry {
		return &p.Entry
	}
	return &p.Leaving
}

func (n *Need) text(s slot) *string {
	if s == slotType {
		return &n.Type
	}
	return &n.Rank
}
