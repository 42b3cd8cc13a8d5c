package staff

import "weald/domain/access"

// returnsPart is the part of the service about the statutory return and what is
// counted in it; its address is that of the first of its pages.
const returnsPart = publishedPart

// A returnPage is a page about returns, and who may open it.
type returnPage struct {
	href, text string
	needs      access.Permission
}

// returnsPages are the pages about returns, in order.
var returnsPages = []returnPage{
	{publishedPart, "Published figures", access.ReturnBuild},
	{analysisPart, "Analysis", access.ReturnBuild},
	{annexaPart, "Lists for an inspection", access.InspectionPrepare},
	{"/returns/checks", "Checks", ""},
	{"/returns/not-covered", "Not covered", ""},
}
