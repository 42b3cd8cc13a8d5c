package plan

import (
	"bytes"
	"encoding/json"

	"weald/calendar"
)

// The JSON form: what [Read] takes, in an order that is always the same.

type planJSON struct {
	Format   string        `json:"format"`
	Template string        `json:"template"`
	Stage    Stage         `json:"stage"`
	On       calendar.Date `json:"on,omitzero"`
	Child    struct {
		Forename string        `json:"forename"`
		Surname  string        `json:"surname,omitempty"`
		KnownAs  string        `json:"known_as,omitempty"`
		Born     calendar.Date `json:"born,omitzero"`
		Pronouns Pronouns      `json:"pronouns,omitempty"`
	} `json:"child"`
	People []string `json:"people,omitempty"`
	Signed struct {
		Name string        `json:"name,omitempty"`
		Role string        `json:"role,omitempty"`
		On   calendar.Date `json:"on,omitzero"`
	} `json:"signed,omitzero"`
	Sections []sectionJSON `json:"sections"`
	Advice   []adviceJSON  `json:"advice,omitempty"`
	Owed     []owedJSON    `json:"owed,omitempty"`
}

type sectionJSON struct {
	Letter string     `json:"letter"`
	None   string     `json:"none,omitempty"`
	Lines  []lineJSON `json:"lines"`
}

type lineJSON struct {
	ID   string            `json:"id"`
	Kind Kind              `json:"kind"`
	Text string            `json:"text"`
	For  []string          `json:"for,omitempty"`
	Says map[string]string `json:"says,omitempty"`
	From struct {
		Advice    string `json:"advice,omitempty"`
		Statement string `json:"statement,omitempty"`
		Page      string `json:"page,omitempty"`
	} `json:"from,omitzero"`
	Said struct {
		By  string        `json:"by,omitempty"`
		On  calendar.Date `json:"on,omitzero"`
		How string        `json:"how,omitempty"`
	} `json:"said,omitzero"`
}

type adviceJSON struct {
	ID         string          `json:"id"`
	Type       string          `json:"type,omitempty"`
	Title      string          `json:"title"`
	By         string          `json:"by,omitempty"`
	On         calendar.Date   `json:"on,omitzero"`
	Statements []statementJSON `json:"statements,omitempty"`
}

type statementJSON struct {
	ID   string        `json:"id"`
	Text string        `json:"text"`
	Page string        `json:"page,omitempty"`
	Fate Fate          `json:"fate,omitempty"`
	Why  string        `json:"why,omitempty"`
	By   string        `json:"by,omitempty"`
	On   calendar.Date `json:"on,omitzero"`
}

type owedJSON struct {
	Type string `json:"type"`
	Body string `json:"body,omitempty"`
	Late bool   `json:"late,omitempty"`
}

// JSON writes a plan as [Read] reads it.
func (p *Plan) JSON() []byte {
	j := planJSON{Format: Format, Template: p.Template.String(), Stage: p.Stage, On: p.On, People: p.People}
	j.Child.Forename, j.Child.Surname, j.Child.KnownAs, j.Child.Born, j.Child.Pronouns = p.Child.Forename, p.Child.Surname, p.Child.KnownAs, p.Child.Born, p.Child.Pronouns
	j.Signed.Name, j.Signed.Role, j.Signed.On = p.Signed.Name, p.Signed.Role, p.Signed.On
	j.Sections = []sectionJSON{}
	for i := range p.Sections {
		j.Sections = append(j.Sections, p.Sections[i].json())
	}
	j.Advice = advicesJSON(p.Advice)
	for _, o := range p.Owed {
		j.Owed = append(j.Owed, owedJSON(o))
	}
	return encode(j, "  ")
}

func (s *Section) json() sectionJSON {
	j := sectionJSON{Letter: s.Letter, None: s.None, Lines: []lineJSON{}}
	for _, l := range s.Lines {
		one := lineJSON{ID: l.ID, Kind: l.Kind, Text: l.Text, For: l.For, Says: l.Says}
		one.From.Advice, one.From.Statement, one.From.Page = l.From.Advice, l.From.Statement, l.From.Page
		one.Said.By, one.Said.On, one.Said.How = l.Said.By, l.Said.On, l.Said.How
		j.Lines = append(j.Lines, one)
	}
	return j
}

func advicesJSON(all []Advice) (list []adviceJSON) {
	for _, a := range all {
		one := adviceJSON{ID: a.ID, Type: a.Type, Title: a.Title, By: a.By, On: a.On}
		for _, s := range a.Statements {
			one.Statements = append(one.Statements, statementJSON(s))
		}
		list = append(list, one)
	}
	return list
}

func encode(v any, indent string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		panic("plan: " + err.Error()) // nothing in a plan cannot be written
	}
	return b.Bytes()
}
