package web

import "weald/domain/access"

// privacyRoutes are the addresses about what is kept of people.
func (s *Server) privacyRoutes() []route {
	return []route{
		{"GET /cases/{id}/disclosure", access.Disclose, s.pages.Disclosure},
		{"GET /cases/{id}/disclosure/all.zip", access.Disclose, s.pages.DisclosureAll},
		{"GET /cases/{id}/disclosure/given.zip", access.Disclose, s.pages.DisclosureGiven},
		{"POST /cases/{id}/disclosure/withhold", access.Disclose, s.pages.DisclosureWithhold},
		{"POST /cases/{id}/disclosure/{mark}/agree", access.Disclose, s.pages.DisclosureAgree},
		{"POST /cases/{id}/disclosure/{mark}/unmark", access.Disclose, s.pages.DisclosureUnmark},

		{"GET /privacy/retention", access.Retain, s.pages.RetentionList},
		{"GET /cases/{id}/retention", access.Retain, s.pages.Retention},
		{"POST /cases/{id}/retention/hold", access.Retain, s.pages.RetentionHold},
		{"POST /cases/{id}/retention/{hold}/lift", access.Retain, s.pages.RetentionLift},
		{"POST /cases/{id}/retention/erase", access.Retain, s.pages.RetentionErase},

		{"GET /privacy", access.CaseSee, s.pages.Privacy},
		{"GET /privacy.html", access.CaseSee, s.pages.PrivacyFile},
	}
}
