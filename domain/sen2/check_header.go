package sen2

var headerChecks = []*Check{
	{Code: "S-001", Level: OfHeader, Severity: Fault, Fields: []string{"Year", "ReferenceDate"}, Source: "The return's years and census days; the header's items", Confidence: deduced,
		Words: "The year is not the census year being prepared, or the reference date is not a day.",
		find: func(x *at) {
			h := &x.header
			switch {
			case h.Year == 0:
				x.lacks("Year", "The header gives no Year.")
			case x.options.Year != 0 && h.Year != x.options.Year:
				x.finds("Year", "The return is for %d; %d is being prepared.", h.Year, x.options.Year)
			}
			if h.ReferenceDate.IsZero() {
				x.lacks("ReferenceDate", "The header gives no ReferenceDate.")
			}
		}},
	{Code: "S-002", Level: OfHeader, Severity: Fault, Fields: []string{"LEA"}, Source: "The pattern of the same item in the children in need census", Confidence: oneWord,
		Words: "LEA is not three digits, or not the council's own number.",
		find: func(x *at) {
			switch lea := x.header.LEA; {
			case lea == "":
				x.lacks("LEA", "The header gives no LEA.")
			case !threeDigits(lea):
				x.finds("LEA", "“%s” is not the three-digit number of a local authority.", short(lea))
			case x.options.LA != "" && lea != x.options.LA:
				x.finds("LEA", "The return is of local authority %s; this council's number is %s.", lea, x.options.LA)
			}
		}},
	{Code: "S-003", Level: OfArea, Severity: Query, Fields: []string{"DMO", "DCO", "DSCO"}, Source: "The header's items; DSCO was new in 2025", Confidence: oneWord,
		Words: "The return does not say whether there is a designated medical, clinical or (from 2025) social care officer.",
		find: func(x *at) {
			if x.header.DMO == "" {
				x.finds("DMO", "DMO is blank: is there a designated medical officer?")
			}
			if x.header.DCO == "" {
				x.finds("DCO", "DCO is blank: is there a designated clinical officer?")
			}
			if x.header.DSCO == "" && x.codes.dsco {
				x.finds("DSCO", "DSCO is blank: is there a designated social care officer?")
			}
		}},
}
