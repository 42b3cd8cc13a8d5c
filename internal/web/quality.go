package web

import "weald/domain/access"

func (s *Server) qualityRoutes() []route {
	return []route{
		{"GET /quality", signedIn, s.pages.Quality},
		{"GET /quality/audits.csv", access.QualitySee, s.pages.QualityListFile("csv")},
		{"GET /quality/audits.xlsx", access.QualitySee, s.pages.QualityListFile("xlsx")},
		{"GET /quality/questions", access.QualitySee, s.pages.QualityQuestions},
		{"POST /quality/questions", access.QualityManage, s.pages.QualityWeigh},
		{"GET /cases/{id}/plan/quality", access.QualitySee, s.pages.PlanQuality},
		{"POST /cases/{id}/plan/quality", access.QualitySee, s.pages.PlanQualityDo},
		{"GET /quality/copies", access.CopyRead, s.pages.QualityCopies},
		{"GET /quality/copies/{copy}", access.CopyRead, s.pages.QualityCopy},
		{"POST /quality/copies/{copy}", access.QualityManage, s.pages.QualityCopyDo},
		{"GET /quality/copies/{copy}/pdf", access.CopyRead, s.pages.QualityCopyPDF},
		{"GET /quality/copies/{copy}/docx", access.CopyRead, s.pages.QualityCopyDOCX},
		{"GET /quality/audits/{audit}", signedIn, s.pages.QualityAudit},
		{"POST /quality/audits/{audit}", access.QualityAudit, s.pages.QualityAuditDo},
		{"GET /quality/audits/{audit}/plan", signedIn, s.pages.QualityPlan},
		{"GET /quality/audits/{audit}/agreement", access.QualitySee, s.pages.QualityAgreement},
		{"POST /quality/audits/{audit}/agreement", access.QualityManage, s.pages.QualitySettle},
		{"GET /quality/audits/{audit}/{part}", signedIn, s.pages.QualityPart},
		{"POST /quality/audits/{audit}/{part}", access.QualityAudit, s.pages.QualityPartSave},
		{"GET /quality/samples", access.QualitySee, s.pages.QualitySamples},
		{"GET /quality/samples/new", access.QualityManage, s.pages.QualitySampleNew},
		{"POST /quality/samples/new", access.QualityManage, s.pages.QualitySampleDraw},
		{"GET /quality/samples/{sample}", access.QualitySee, s.pages.QualitySample},
		{"GET /quality/trends", access.QualitySee, s.pages.QualityTrends},
		{"GET /quality/trends.csv", access.QualitySee, s.pages.QualityTrendsFile("csv")},
		{"GET /quality/trends.xlsx", access.QualitySee, s.pages.QualityTrendsFile("xlsx")},
		{"GET /quality/actions", access.QualitySee, s.pages.QualityActions},
		{"GET /quality/actions.csv", access.QualitySee, s.pages.QualityActionsFile("csv")},
		{"GET /quality/actions.xlsx", access.QualitySee, s.pages.QualityActionsFile("xlsx")},
		{"GET /quality/actions/{action}", access.QualitySee, s.pages.QualityActionOpen},
		{"POST /quality/actions/{action}", access.QualityAudit, s.pages.QualityActionDone},
	}
}
