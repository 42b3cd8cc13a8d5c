package web

import "weald/domain/access"

func (s *Server) planRoutes() []route {
	return []route{
		{"GET /cases/{id}/plan", access.PlanSee, s.pages.Plan},
		{"POST /cases/{id}/plan", access.PlanWrite, s.pages.PlanBegin},
		{"GET /cases/{id}/plan/section/{letter}", access.PlanWrite, s.pages.PlanSection},
		{"POST /cases/{id}/plan/section/{letter}", access.PlanWrite, s.pages.PlanSectionSave},
		{"POST /cases/{id}/plan/section/{letter}/typed", access.PlanWrite, s.pages.PlanSectionTyped},
		{"GET /cases/{id}/plan/head", access.PlanWrite, s.pages.PlanHead},
		{"POST /cases/{id}/plan/head", access.PlanWrite, s.pages.PlanHeadSave},
		{"GET /cases/{id}/plan/advice/{advice}", access.PlanWrite, s.pages.PlanAdvice},
		{"POST /cases/{id}/plan/advice/{advice}", access.PlanWrite, s.pages.PlanAdviceSave},
		{"GET /cases/{id}/plan/issue", access.PlanIssue, s.pages.PlanIssue},
		{"POST /cases/{id}/plan/issue", access.PlanIssue, s.pages.PlanIssueDo},
		{"GET /cases/{id}/plan/versions", access.PlanSee, s.pages.PlanVersions},
		{"GET /cases/{id}/plan/representations", access.PlanSee, s.pages.Representations},
		{"POST /cases/{id}/plan/representations", access.PlanWrite, s.pages.RepresentationAdd},
		{"POST /cases/{id}/plan/representations/{n}", access.PlanWrite, s.pages.RepresentationAnswer},
		{"GET /cases/{id}/plan/document", access.PlanSee, s.pages.PlanDocument},
		{"GET /cases/{id}/plan/mine", access.PlanSee, s.pages.PlanMine},
		{"GET /cases/{id}/plan.pdf", access.PlanSee, s.pages.PlanPDF},
		{"GET /cases/{id}/plan.docx", access.PlanSee, s.pages.PlanDOCX},
		{"GET /cases/{id}/plan/compare", access.PlanSee, s.pages.PlanCompare},
	}
}
