package staff

import (
	"cmp"
	"fmt"
	"strconv"

	"weald/domain/published"
	"weald/internal/web/chart"
	"weald/internal/web/govuk"
)

// pictured are the figures of which a picture shows the neighbours, by measure.
var pictured = map[string]int{"twenty-weeks-without-exceptions": 1, "requests": 2, "six-weeks": 0, "assessments": 1, "four-weeks": 0}

// A picture is bars with the table of the same figures.
type picture struct {
	Bars  chart.Bars
	Table govuk.Table
}

// picture lays one figure of a measure beside those of the authority, its
// neighbours and England; nil if the measure has none that is pictured.
func (v *publishedView) picture(r *published.Result) *picture {
	column, ok := pictured[r.Key]
	if !ok {
		return nil
	}
	title := fmt.Sprintf("%s: %s, in percent", r.Title, lowerFirst(r.Columns[column].Label))
	p := &picture{Bars: chart.Bars{ID: r.Key, Title: title, Most: 100}, Table: govuk.Table{Caption: title, CaptionHidden: true, RowHeadings: true,
		Head: []govuk.Heading{{Text: "Where"}, {Text: "Count", Numeric: true}, {Text: "%", Numeric: true}}}}
	add := func(label, percent string, count int, ok, mark bool) {
		bar := chart.Bar{Label: label, Mark: mark}
		if ok {
			bar.Value, _ = strconv.ParseFloat(percent, 64)
			bar.Text = percent + "%"
		}
		p.Bars.Bars = append(p.Bars.Bars, bar)
		p.Table.Rows = append(p.Table.Rows, []govuk.Cell{{Text: label}, {Text: orDash(number(count), ok), Numeric: true}, {Text: orDash(percent, ok), Numeric: true}})
	}
	f := &r.Figures[column]
	own, has := f.Percent()
	add(fmt.Sprintf("This return, %d", v.Header.Year), own, f.Count, has, true)
	areas := []string{published.England}
	if v.Area != "" {
		areas = append([]string{v.Area}, published.Held.Neighbours(v.Area)...)
		areas = append(areas, published.England)
	}
	for _, area := range areas {
		percent, ok := published.Held.Percent(area, r.Measure, column)
		count, _ := published.Held.Figure(area, r.Columns[column].Name)
		add(fmt.Sprintf("%s, published %d", published.Held.Name(area), published.ReleaseYear), percent, count, ok, false)
	}
	england, _ := published.Held.Percent(published.England, r.Measure, column)
	p.Bars.Words = fmt.Sprintf("%s%% in this return and %s%% in England. The table that follows has every figure.", cmp.Or(own, "No figure"), england)
	return p
}

// series is the plans in force of each January, if an authority is chosen.
func (v *publishedView) series(r *published.Result) *picture {
	if r.Key != "plans" || v.Area == "" {
		return nil
	}
	list := published.Held.Series(v.Area, r.Columns[0].Name)
	title := "Plans in force each January, " + published.Held.Name(v.Area)
	p := &picture{Bars: chart.Bars{ID: "series", Title: title}, Table: govuk.Table{Caption: title, CaptionHidden: true, RowHeadings: true,
		Head: []govuk.Heading{{Text: "Return"}, {Text: "Plans", Numeric: true}, {Text: "Change in a year, %", Numeric: true}}}}
	before := -1
	add := func(label string, n int, mark bool) {
		bar, change := chart.Bar{Label: label, Mark: mark}, ""
		if n >= 0 {
			bar.Value, bar.Text = float64(n), number(n)
		}
		if n >= 0 && before > 0 && !mark {
			change = fmt.Sprintf("%+.1f", 100*(float64(n)/float64(before)-1))
		}
		before = n
		p.Bars.Bars = append(p.Bars.Bars, bar)
		p.Table.Rows = append(p.Table.Rows, []govuk.Cell{{Text: label}, {Text: orDash(number(n), n >= 0), Numeric: true}, {Text: orDash(change, change != ""), Numeric: true}})
	}
	for i, n := range list {
		add(strconv.Itoa(published.SeriesFirst+i)+", published", n, false)
	}
	add(fmt.Sprintf("This return, %d", v.Header.Year), r.Figures[0].Count, true)
	p.Bars.Words = "The plans in force on each census day, as published, and in this return. The table that follows has every figure."
	return p
}
