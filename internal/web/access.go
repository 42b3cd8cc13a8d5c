package web

import "weald/domain/access"

// accessRoutes is the addresses of families, settings and services, and those at
// which it is said who may see and do what.
func (s *Server) accessRoutes() []route {
	return []route{
		{"GET /access", "", s.pages.Access},
		{"GET /you/capacity", signedIn, s.portal.Capacity},
		{"POST /you/capacity", signedIn, s.portal.CapacitySet},

		{"GET /your", access.OwnSee, s.portal.Your},
		{"GET /your/{key}", access.OwnSee, s.portal.YourChild},

		{"GET /your/{key}/looks", access.OwnSee, s.portal.YourLooks},

		{"GET /our/children", access.OurSee, s.portal.Children},
		{"GET /our/children/{key}", access.OurSee, s.portal.Child},
		{"GET /our/children/{key}/who", access.OurSee, s.portal.Who},
		{"POST /our/children/{key}/who", access.OurSee, s.portal.WhoSet},

		{"GET /your/{key}/messages", access.OwnSay, s.portal.YourMessages},
		{"POST /your/{key}/messages", access.OwnSay, s.portal.YourAsk},
		{"GET /our/children/{key}/messages", access.OurSee, s.portal.OurMessages},
		{"POST /our/children/{key}/messages", access.OurSee, s.portal.OurAsk},

		{"GET /your/{key}/plan", access.OwnSee, s.portal.YourPlan},
		{"GET /your/{key}/plan/mine", access.OwnSee, s.portal.YourPlanMine},
		{"POST /your/{key}/plan", access.OwnSay, s.portal.YourPlanSay},
		{"GET /your/{key}/delivery", access.OwnSee, s.portal.YourDelivery},
		{"POST /your/{key}/delivery/{line}", access.OwnSay, s.portal.YourReport},
		{"POST /your/{key}/delivery/{line}/dispute", access.OwnSay, s.portal.YourDispute},
		{"GET /our/children/{key}/delivery", access.PupilTell, s.portal.OurDelivery},
		{"POST /our/children/{key}/delivery", access.PupilTell, s.portal.OurReport},

		{"GET /our/children/{key}/advice", access.AdviceGive, s.portal.Advice},
		{"POST /our/children/{key}/advice", access.AdviceGive, s.portal.AdviceGive},

		{"GET /our/people", access.MemberManage, s.portal.People},
		{"GET /our/people/new", access.MemberManage, s.portal.PersonNew},
		{"POST /our/people/new", access.MemberManage, s.portal.PersonAdd},
		{"GET /our/people/{member}", access.MemberManage, s.portal.Person},
		{"POST /our/people/{member}", access.MemberManage, s.portal.PersonChange},
		{"GET /our/people/{member}/leave", access.MemberManage, s.portal.PersonLeave},
		{"POST /our/people/{member}/leave", access.MemberManage, s.portal.PersonLeft},

		{"GET /accounts", access.AccountManage, s.pages.AccountList},
		{"POST /accounts", access.AccountManage, s.pages.AccountAdd},
		{"POST /accounts/{person}/set", access.AccountManage, s.pages.AccountSet},

		{"GET /audit", access.AuditSearch, s.pages.AuditPage},
		{"GET /audit.csv", access.AuditSearch, s.pages.AuditFile("csv")},
		{"GET /audit.xlsx", access.AuditSearch, s.pages.AuditFile("xlsx")},
		{"GET /audit/unusual", access.AuditSearch, s.pages.UnusualAccess},
		{"POST /audit/unusual", access.AuditSearch, s.pages.UnusualSettle},

		{"GET /organisations", access.OrganisationManage, s.pages.OrganisationList},
		{"GET /organisations/new", access.OrganisationManage, s.pages.OrganisationNew},
		{"POST /organisations/new", access.OrganisationManage, s.pages.OrganisationEnter},
		{"GET /organisations/{org}", access.OrganisationManage, s.pages.Organisation},
		{"POST /organisations/{org}/administrators", access.OrganisationManage, s.pages.OrganisationAdministrator},

		{"GET /cases/{id}/family", access.CaseSee, s.pages.Family},
		{"GET /cases/{id}/family/new", access.FamilyTie, s.pages.FamilyNew},
		{"POST /cases/{id}/family/new", access.FamilyTie, s.pages.FamilyAdd},
		{"GET /cases/{id}/family/{tie}", access.FamilyTie, s.pages.FamilyEdit},
		{"POST /cases/{id}/family/{tie}", access.FamilyTie, s.pages.FamilyChange},
		{"POST /cases/{id}/family/{tie}/end", access.FamilyTie, s.pages.FamilyEnd},
		{"POST /cases/{id}/involvements", access.CaseRecord, s.pages.InvolvementAdd},
		{"POST /cases/{id}/involvements/{involvement}/end", access.CaseRecord, s.pages.InvolvementEnd},
		{"POST /cases/{id}/consents", access.FamilyTie, s.pages.ConsentRecord},
		{"POST /cases/{id}/interest", access.CaseSee, s.pages.InterestDeclare},
		{"POST /cases/{id}/restriction", access.CaseSeal, s.pages.RestrictionSet},
		{"POST /cases/{id}/restriction/people", access.CaseSeal, s.pages.RestrictionName},
		{"POST /cases/{id}/restriction/people/{standing}/end", access.CaseSeal, s.pages.RestrictionUnname},
	}
}
