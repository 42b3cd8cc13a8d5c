package bench

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"weald/calendar"
	"weald/domain/analysis"
	"weald/domain/published"
	"weald/domain/sen2"
)

// returnOf writes a return of so many people, each with a request, an
// assessment, a plan and where they are: about 1.3 KB a person.
func returnOf(people int) []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><Message><Header><CollectionDetails><Collection>SEN2</Collection><Year>2026</Year><ReferenceDate>2026-01-15</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>999</LEA></Source></Header><Persons>` + "\n")
	start := calendar.On(2018, 1, 1)
	for i := range people {
		on := start.AddDays(i * 37 % 2900)
		fmt.Fprintf(&b, `<Person><Surname>Surname%d</Surname><Forename>Forename%d</Forename><PersonBirthDate>%s</PersonBirthDate><Sex>%c</Sex><Ethnicity>WBRI</Ethnicity><PostCode>ZZ99 3VZ</PostCode><UPN>A%012d</UPN>
 <Requests><ReceivedDate>%s</ReceivedDate><RequestSource>%d</RequestSource><RYA>0</RYA><RequestOutcomeDate>%s</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><RequestMediation>0</RequestMediation><RequestTribunal>0</RequestTribunal>
  <Assessment><AssessmentOutcome>Y</AssessmentOutcome><AssessmentOutcomeDate>%s</AssessmentOutcomeDate><AssessmentMediation>0</AssessmentMediation><AssessmentTribunal>0</AssessmentTribunal><OtherMediation>0</OtherMediation><OtherTribunal>0</OtherTribunal><Week20>0</Week20>
   <NamedPlan><StartDate>%s</StartDate><PB>0</PB><OA>0</OA><PlanDetail><URN>%d</URN><PlacementRank>1</PlacementRank><SENunitIndicator>0</SENunitIndicator><ResourcedProvisionIndicator>0</ResourcedProvisionIndicator></PlanDetail></NamedPlan></Assessment>
  <ActivePlans><ReviewMeeting>2025-03-16</ReviewMeeting><ReviewOutcome>M</ReviewOutcome><LastReview>2025-04-15</LastReview><PlacementDetail><URN>%d</URN><PlacementRank>1</PlacementRank><EntryDate>%s</EntryDate><SENunitIndicator>0</SENunitIndicator><ResourcedProvisionIndicator>0</ResourcedProvisionIndicator></PlacementDetail><SENneed><SENtype>ASD</SENtype><SENtypeRank>1</SENtypeRank></SENneed></ActivePlans></Requests></Person>`+"\n",
			i, i, on.AddDays(-3000), "MF"[i%2], i, on, 1+i%5, on.AddDays(30), on.AddDays(100+i%80), on.AddDays(100+i%80), 100000+i%700, 100000+i%700, on.AddDays(120))
	}
	b.WriteString("</Persons></Message>")
	return b.Bytes()
}

// BenchmarkAnalysis reads a return for analysis, and then shows it under a
// filter.
func BenchmarkAnalysis(b *testing.B) {
	for _, people := range []int{5_000, 10_000, 20_000, 40_000} {
		file := returnOf(people)
		read := func() *analysis.Analysis {
			h, err := sen2.ReadHeader(bytes.NewReader(file))
			if err != nil {
				b.Fatal(err)
			}
			a := analysis.New(h)
			if _, _, err := sen2.Read(bytes.NewReader(file), func(p *sen2.Person) error { a.Add(p, p.UPN); return nil }); err != nil {
				b.Fatal(err)
			}
			return a
		}
		b.Run(fmt.Sprintf("read/%d", people), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				read()
			}
		})
		a := read()
		b.Run(fmt.Sprintf("view/%d", people), func(b *testing.B) {
			for b.Loop() {
				if v := a.View(&analysis.Filter{Attributes: map[string]string{"sex": "Male"}}); v.People != people/2 {
					b.Fatal(v.People)
				}
			}
		})
	}
}

// BenchmarkPublished counts every published measure of a return, reading
// included.
func BenchmarkPublished(b *testing.B) {
	for _, people := range []int{5_000, 10_000, 20_000, 40_000} {
		file := returnOf(people)
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(file)))
			for b.Loop() {
				in := bytes.NewReader(file)
				rs, _, _, err := published.Count(struct {
					io.ReadSeeker
				}{in}, nil)
				if err != nil || rs.Find("plans").Figures[0].Count < people/2 {
					b.Fatal(err)
				}
			}
		})
	}
}
