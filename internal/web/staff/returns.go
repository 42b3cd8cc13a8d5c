package staff

import (
	"strings"
	"time"

	"weald/domain/access"
)

// returnsPart is the part of the service about the statutory return and what is
// counted in it; its address is that of the first of its pages.
const returnsPart = "/returns"

// A returnPage is a page about returns, and who may open it.
type returnPage struct {
	href, text string
	needs      access.Permission
}

// returnsPages are the pages about returns, in order.
var returnsPages = []returnPage{
	{returnsPart, "Readiness", access.ReturnLook},
	{differencesPart, "Differences", access.ReturnBuild},
	{publishedPart, "Published figures", access.ReturnBuild},
	{analysisPart, "Analysis", access.ReturnBuild},
	{returnLoadPage, "Load a return", access.ReturnLoad},
	{annexaPart, "Lists for an inspection", access.InspectionPrepare},
	{"/returns/checks", "Checks", ""},
	{"/returns/not-covered", "Not covered", ""},
}

func minutesAgo(ago time.Duration) string {
	if m := int(ago.Minutes()); m > 0 {
		return counted(m, "minute", "minutes") + " ago"
	}
	return "less than a minute ago"
}

// again is the address of a page that counts again.
func again(link string) string {
	link, _, _ = strings.Cut(link, "#")
	if strings.Contains(link, "?") {
		return link + "&again=yes"
	}
	return link + "?again=yes"
}
