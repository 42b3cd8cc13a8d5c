package staff

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"weald/calendar"
	"weald/domain/quality"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/chart"
	"weald/internal/web/govuk"
)

const trendsPart = qualityPart + "/trends"

// QualityTrends shows what the audits of a year say together.
func (p *Pages) QualityTrends(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	t, err := p.Qualities.Trends(r.Context(), u, readTrendFilter(r.URL.Query()))
	if err != nil {
		return err
	}
	families, err := p.Qualities.Families(r.Context(), u)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, trendsPage(p.qualityFrame(u, "Trends"), t, families))
}

// QualityTrendsFile gives trends as a spreadsheet.
func (p *Pages) QualityTrendsFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		t, err := p.Qualities.TrendsOut(r.Context(), UserOf(r.Context()), readTrendFilter(r.URL.Query()), string(kind))
		if err != nil {
			return err
		}
		columns := []sheet.Column{{Title: trendWay(t.Filter.By), Width: 40}, {Title: "Audits"}, {Title: "Good or better"}, {Title: "Per cent"}, {Title: "Mean mark, of 3"}}
		return SendSheet(w, kind, "trends of audits "+p.Casework.Today().String(), columns, len(t.Rows), func(i int) []any {
			row := &t.Rows[i]
			cells := []any{trendName(row), row.Audits, nil, nil, nil}
			if rate, ok := row.Rate(); ok {
				cells[2], cells[3] = row.Sound, rate
			}
			if mean, ok := row.Mean(); ok {
				cells[4] = float64(mean) / 100
			}
			return cells
		})
	}
}

func readTrendFilter(q url.Values) app.TrendFilter {
	f := app.TrendFilter{By: q.Get("by"), Team: q.Get("team"), Need: q.Get("need"), Writer: q.Get("writer"), Random: q.Get("drawn") == "random"}
	f.Until, _ = calendar.Parse(q.Get("until") + "-01")
	return f
}

func trendsLink(f app.TrendFilter) string {
	drawn, until := "", ""
	if f.Random {
		drawn = "random"
	}
	if !f.Until.IsZero() && f.Until != f.ThisMonth {
		until = f.Until.String()[:7]
	}
	return address(trendsPart, "by", f.By, "team", f.Team, "need", f.Need, "writer", f.Writer, "drawn", drawn, "until", until)
}

func trendWay(by string) string {
	for _, w := range app.TrendWays {
		if w[0] == by {
			return w[1]
		}
	}
	return by
}

func trendWays() (all []govuk.Option) {
	for _, w := range app.TrendWays {
		all = append(all, govuk.Option{Value: w[0], Text: w[1]})
	}
	return all
}

func trendName(t *quality.Trend) string {
	if t.Name == "" {
		return "Not recorded"
	}
	return t.Name
}

// soundWords heads the column of what is sound.
func soundWords(by string) string {
	switch by {
	case "part":
		return "Mean of “Yes” or better"
	case "question":
		return "“Yes” or better"
	}
	return "Good or better"
}

// trendRate is a rate in words: none of too few.
func trendRate(t *quality.Trend) string {
	if rate, ok := t.Rate(); ok {
		return fmt.Sprintf("%.0f%%", rate)
	}
	return ""
}

// familyTable is what families say of their plans.
func familyTable(rows []quality.Trend) govuk.Table {
	t := govuk.Table{Caption: "What families say of their plans", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: []govuk.Heading{{Text: "Question"}, {Text: "Families", Numeric: true}, {Text: "“Yes”", Numeric: true}, {Text: "Per cent", Numeric: true}}}
	for i := range rows {
		row := &rows[i]
		yes, rate := "–", "–"
		if text := trendRate(row); text != "" {
			yes, rate = number(row.Sound), text
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Text: row.Name}, {Text: number(row.Audits), Numeric: true}, {Text: yes, Numeric: true}, {Text: rate, Numeric: true}})
	}
	return t
}

func trendTable(caption, first, sound string, rows []quality.Trend, name func(*quality.Trend) string) govuk.Table {
	t := govuk.Table{Caption: caption, CaptionHidden: true, Scroll: true, RowHeadings: true, Head: []govuk.Heading{{Text: first}, {Text: "Audits", Numeric: true}, {Text: sound, Numeric: true}, {Text: "Per cent", Numeric: true}, {Text: "Mean mark, of 3", Numeric: true}}}
	for i := range rows {
		row := &rows[i]
		counted, rate, mean := "–", "–", "–"
		if text := trendRate(row); text != "" {
			counted, rate = number(row.Sound), text
		}
		if n, ok := row.Mean(); ok {
			mean = quality.Hundredths(n)
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Text: name(row)}, {Text: number(row.Audits), Numeric: true}, {Text: counted, Numeric: true}, {Text: rate, Numeric: true}, {Text: mean, Numeric: true}})
	}
	return t
}

func monthName(t *quality.Trend) string {
	if on, err := calendar.Parse(t.Name + "-01"); err == nil {
		return monthWords(on)
	}
	return t.Name
}

// trendBars draws the rates; those of too few audits have none.
func trendBars(id, title string, rows []quality.Trend, name func(*quality.Trend) string) chart.Bars {
	c := chart.Bars{ID: id, Title: title, Words: "Per cent, of those with " + strconv.Itoa(quality.FewAudits) + " audits or more. The table beside it has the same figures.", Most: 100}
	for i := range rows {
		row := &rows[i]
		rate, _ := row.Rate()
		c.Bars = append(c.Bars, chart.Bar{Label: name(row), Value: rate, Text: trendRate(row)})
	}
	return c
}

// monthsBack is another year's trends.
func monthsBack(f app.TrendFilter, months int) app.TrendFilter {
	f.Until = onFirst(f.Until).AddMonths(months)
	return f
}
