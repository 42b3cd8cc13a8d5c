// Package govuk is the GOV.UK Design System, and a few patterns of the Ministry
// of Justice, as typed components.
//
// A component is a struct that renders itself: its fields are its arguments and
// its zero value is sensible. In a template:
//
//	@govuk.Button{Text: "Save"}
//	@govuk.Table{Caption: "Cases", Head: head, Rows: rows, Scroll: true}
//	@(govuk.Details{Summary: "Why this date"}) {
//		<p class="govuk-body">…</p>
//	}
//
// (A literal that is followed by a block needs the round brackets.) Being a
// value, a component also goes into another's slot: Cell{Content: Tag{…}}.
//
// Where a component has both Text and Content, Content is shown if it is given,
// then Text, then the block that follows the component. All text is escaped.
// There is no way to pass a class, an attribute or raw HTML: a page that needs
// one needs a new component, or a field here.
//
// Nothing here knows a particular page, a case or a child, and nothing needs
// JavaScript: scripts add to a page that already works. No script or style is
// written inline, so that pages can be served with a strict Content-Security-Policy.
//
// The markup is proved against the examples that govuk-frontend publishes: see
// fixtures_test.go, which also lists what we chose not to offer and why.
//
// Start reading at [Page], the frame of every page, then [Form], which keeps
// what was typed and what was wrong with it. [Gallery] shows everything.
package govuk
