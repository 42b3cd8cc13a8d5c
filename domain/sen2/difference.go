package sen2

// A Change is one thing that one return says of a person and another does not,
// or says otherwise.
type Change struct {
	Element string // in which the item stands
	Item    string // as the specification spells it; [WholeRequest]: a request that one of the two does not have
	Title   string // what the item is
	Before  string // as the earlier return says it; "": it does not
	After   string // as the later one does; "": it does not
}

// WholeRequest is the item of a change that is a request, with all that came of
// it, which one of the two returns does not have.
const WholeRequest = "Requests"

// Compare lists what differs between what two returns say of one person: requests
// that are new, then items in the order of the later return, then what it does not
// say any more. A request is the same in both when it was received on the same day
// or, failing that, led to a plan of the same day, or when neither return gives it
// any such day; a setting named in a plan, or a need, when it has the same rank; a
// placement, when it was entered on the same day.
func Compare(before, after *Person) (changes []Change) {
	same := make([]int, len(before.Requests)+1) // for each request, counted from 1, which of the later it is; 0: none
	kept := make([]bool, len(after.Requests)+1)
	for _, alike := range []func(a, b *Request) bool{sameDay, samePlan, undated} {
		for i := range before.Requests {
			for j := range after.Requests {
				if same[i+1] == 0 && !kept[j+1] && alike(&before.Requests[i], &after.Requests[j]) {
					same[i+1], kept[j+1] = j+1, true
				}
			}
		}
	}
	whole := Change{Element: WholeRequest, Item: WholeRequest, Title: "A request and what came of it"}
	for i := range after.Requests {
		if !kept[i+1] {
			whole.Before, whole.After = "", after.Requests[i].words()
			changes = append(changes, whole)
		}
	}
	earlier := map[itemPlace]*Line{}
	var order []itemPlace
	was := before.Lines()
	for i := range was {
		l := &was[i]
		if l.Request > 0 && same[l.Request] == 0 {
			continue
		}
		at := next(earlier, before.place(l, same[l.Request]))
		earlier[at] = l
		order = append(order, at)
	}
	later := map[itemPlace]*Line{}
	is := after.Lines()
	for i := range is {
		l := &is[i]
		if l.Request > 0 && !kept[l.Request] {
			continue
		}
		at := next(later, after.place(l, l.Request))
		later[at] = l
		switch old := earlier[at]; {
		case old == nil:
			changes = append(changes, Change{l.Item.Element(), l.Item.Name, l.Item.Title, "", l.say()})
		case old.Value != l.Value:
			changes = append(changes, Change{l.Item.Element(), l.Item.Name, l.Item.Title, old.say(), l.say()})
		}
	}
	for _, at := range order {
		if l := earlier[at]; later[at] == nil {
			changes = append(changes, Change{l.Item.Element(), l.Item.Name, l.Item.Title, l.say(), ""})
		}
	}
	for i := range before.Requests {
		if same[i+1] == 0 {
			whole.Before, whole.After = before.Requests[i].words(), ""
			changes = append(changes, whole)
		}
	}
	return changes
}

// An itemPlace is where an item stands, told alike in two returns.
type itemPlace struct {
	request int // of the later return
	which   string
	item    *Item
	nth     int // of those that cannot be told apart
}

func (p *Person) place(l *Line, request int) itemPlace {
	at := itemPlace{request: request, item: l.Item}
	if l.Index == 0 {
		return at
	}
	r := &p.Requests[l.Request-1]
	switch l.Item.in {
	case planDetailPart:
		at.which = r.Assessment.Plan.Details[l.Index-1].Rank
	case placementPart:
		at.which = r.Active.Placements[l.Index-1].Entry.String()
	case needPart:
		at.which = r.Active.Needs[l.Index-1].Rank
	}
	return at
}

// next is the first place of its sort that is not taken.
func next(taken map[itemPlace]*Line, at itemPlace) itemPlace {
	for taken[at] != nil {
		at.nth++
	}
	return at
}

func sameDay(a, b *Request) bool { return !a.Received.IsZero() && a.Received == b.Received }

func samePlan(a, b *Request) bool {
	x, y := a.started(), b.started()
	return x != nil && y != nil && x.Start == y.Start
}

// undated reports whether neither has a day to be known by.
func undated(a, b *Request) bool {
	return a.Received.IsZero() && b.Received.IsZero() && a.started() == nil && b.started() == nil
}

// started returns the request's plan, if the return says when it started.
func (r *Request) started() *NamedPlan {
	if r.Assessment == nil || r.Assessment.Plan == nil || r.Assessment.Plan.Start.IsZero() {
		return nil
	}
	return r.Assessment.Plan
}

// words say what a request is, for a person to know it again.
func (r *Request) words() string {
	s := "Received on a day not given"
	if !r.Received.IsZero() {
		s = "Received " + r.Received.Words()
	}
	if n := r.started(); n != nil {
		return s + ", plan of " + n.Start.Words()
	} else if words := RequestOutcomes.Meaning(r.Outcome); words != "" {
		return s + ", " + r.Outcome + ": " + words
	}
	return s
}

// say is a value with what it means.
func (l *Line) say() string {
	switch {
	case l.Item.Date:
		return l.Words
	case l.Words != "":
		return l.Value + ": " + l.Words
	}
	return l.Value
}
