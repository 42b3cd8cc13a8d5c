package staff

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

// An adviceForm is the form of one piece of advice: what it is, each thing that it
// says, and what became of that in the plan.
type adviceForm struct {
	govuk.Form
	*app.PlanFile
	Advice   plan.Advice
	New      bool
	Revision int
	Told     string
	Theirs   *app.PlanOvertaken
}

// PlanAdvice shows the form of a piece of advice; "new" is one to be added.
func (p *Pages) PlanAdvice(w http.ResponseWriter, r *http.Request) error {
	v, err := p.adviceForm(r)
	if err != nil {
		return err
	}
	v.Told = p.Sessions.Told(r)
	return p.showAdvice(w, r, http.StatusOK, v)
}

func (p *Pages) adviceForm(r *http.Request) (*adviceForm, error) {
	f, err := p.Plans.Open(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), app.Latest)
	if err != nil {
		return nil, err
	}
	if f.Plan == nil || f.Version.Issued() {
		return nil, app.ErrNotFound
	}
	v := &adviceForm{PlanFile: f}
	if id := r.PathValue("advice"); id == "new" {
		v.New, v.Advice.ID = true, f.Plan.NewAdvice()
		for used := true; used; { // not one that was taken away
			if _, used = f.Revisions[plan.AdvicePart(v.Advice.ID)]; used {
				v.Advice.ID += "b"
			}
		}
	} else if a := f.Plan.AdviceBy(id); a != nil {
		v.Advice, v.Revision = *a, f.Revisions[plan.AdvicePart(id)].Revision
	} else {
		return nil, app.ErrNotFound
	}
	return v, nil
}

func (p *Pages) showAdvice(w http.ResponseWriter, r *http.Request, status int, v *adviceForm) error {
	title := v.Advice.Title
	if v.New {
		title = "Add advice"
	}
	f := p.planFrame(UserOf(r.Context()), v.PlanFile, title)
	f.Errors = v.Errors
	return show(w, r, status, planAdvicePage(f, v))
}

// PlanAdviceSave saves a piece of advice with what became of its statements.
func (p *Pages) PlanAdviceSave(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.adviceForm(r)
	if err != nil {
		return err
	}
	v.Values = r.PostForm
	if v.Revision, err = strconv.Atoi(r.PostForm.Get("revision")); err != nil {
		return notWhole()
	}
	part := plan.AdvicePart(v.Advice.ID)
	if r.PostForm.Get("do") == "remove" && !v.New {
		v.Plan.Advice = slices.DeleteFunc(v.Plan.Advice, func(a plan.Advice) bool { return a.ID == v.Advice.ID })
	} else {
		v.readAdvice(UserOf(r.Context()).Name)
		if v.Errors.Err() != nil {
			return p.showAdvice(w, r, http.StatusUnprocessableEntity, v)
		}
		if a := v.Plan.AdviceBy(v.Advice.ID); a != nil {
			*a = v.Advice
		} else {
			v.Plan.Advice = append(v.Plan.Advice, v.Advice)
		}
	}
	err = p.Plans.Save(r.Context(), UserOf(r.Context()), v.Child.ID, v.Version.Version, part, v.Revision, v.Plan)
	var over *app.PlanOvertaken
	if errors.As(err, &over) {
		v.Theirs, v.Revision = over, over.Revision
		return p.showAdvice(w, r, http.StatusConflict, v)
	} else if err != nil {
		return err
	}
	if r.PostForm.Get("do") == "stay" {
		p.Sessions.Tell(r, "Advice saved")
		http.Redirect(w, r, planAdviceLink(v.Child.ID, v.Advice.ID), http.StatusSeeOther)
		return nil
	}
	p.Sessions.Tell(r, "Advice saved")
	http.Redirect(w, r, planLink(v.Child.ID)+"#section-K", http.StatusSeeOther)
	return nil
}

// readAdvice takes what was typed. Whoever changes what became of a statement is
// kept with it, and the day.
func (v *adviceForm) readAdvice(by string) {
	was := v.Advice
	a := plan.Advice{ID: was.ID, Title: v.Need("title", "Enter the title of the advice"), By: v.Text("by"), Type: v.Text("type")}
	if !slices.ContainsFunc(adviceTypeOptions(), func(o govuk.Option) bool { return o.Value == a.Type }) {
		a.Type = ""
	}
	if text := v.Text("on"); text != "" {
		on, err := calendar.Parse(text)
		if err != nil {
			v.Errors.Add("on", "Enter the day of the advice as year, month and day, such as 2026-11-23")
		}
		a.On = on
	}
	most := 0
	for n := 1; v.Values.Has(fmt.Sprintf("text-%d", n)) && n <= 2000; n++ {
		of := func(name string) string { return v.Text(fmt.Sprintf("%s-%d", name, n)) }
		s := plan.Statement{ID: of("id"), Text: of("text"), Page: of("page"), Fate: plan.Fate(of("fate")), Why: of("why")}
		if s.Text == "" {
			continue // taken away
		}
		if s.Fate != plan.Kept && s.Fate != plan.Changed && s.Fate != plan.LeftOut {
			s.Fate = ""
		}
		if s.Fate != "" && s.Fate != plan.Kept && s.Why == "" {
			v.Errors.Add(fmt.Sprintf("why-%d", n), "Enter why statement "+strconv.Itoa(n)+" was "+strings.ToLower(fateWords(s.Fate)))
		}
		if old := was.Statement(s.ID); old != nil && old.Fate == s.Fate && old.Why == s.Why {
			s.By, s.On = old.By, old.On
		} else if s.Fate != "" {
			s.By, s.On = by, v.Today
		}
		if id, err := strconv.Atoi(s.ID); err == nil {
			most = max(most, id)
		}
		a.Statements = append(a.Statements, s)
	}
	for _, text := range plan.Pasted(v.Values.Get("paste")) {
		most++
		a.Statements = append(a.Statements, plan.Statement{ID: strconv.Itoa(most), Text: text})
	}
	v.Advice = a
}

func adviceTypeOptions() []govuk.Option {
	all := []govuk.Option{{Value: "", Text: "Not one that regulation 6(1) asks for"}}
	for _, letter := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		all = append(all, govuk.Option{Value: letter, Text: "(" + letter + ") " + plan.AdviceWords[letter]})
	}
	return all
}

var fateOptions = []govuk.Option{{Value: "", Text: "Not decided"}, {Value: string(plan.Kept), Text: "Kept"}, {Value: string(plan.Changed), Text: "Changed"}, {Value: string(plan.LeftOut), Text: "Left out"}}

// typedDay writes a day as it is typed.
func typedDay(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func adviceAction(v *adviceForm) string {
	if v.New {
		return planAdviceLink(v.Child.ID, "new")
	}
	return planAdviceLink(v.Child.ID, v.Advice.ID)
}
