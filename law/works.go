package law

// Works that Weald cites. Each is written here once.
var (
	ChildrenAndFamiliesAct = &Work{"Children and Families Act 2014", "CFA 2014", "https://www.legislation.gov.uk/ukpga/2014/6/part/3"}
	SENDRegulations        = &Work{"SEND Regulations 2014", "SENDR", "https://www.legislation.gov.uk/uksi/2014/1530"}
	DetainedRegulations    = &Work{"SEND (Detained Persons) Regulations 2015", "SI 2015/62", "https://www.legislation.gov.uk/uksi/2015/62"}
	RecommendationsPower   = &Work{"SEND (First-tier Tribunal Recommendations Power) Regulations 2017", "SI 2017/1306", "https://www.legislation.gov.uk/uksi/2017/1306"}
	TribunalRules          = &Work{"Tribunal Procedure (First-tier Tribunal) (HESC Chamber) Rules 2008", "HESC Rules", "https://www.legislation.gov.uk/uksi/2008/2699"}
	PersonalBudgets        = &Work{"SEN (Personal Budgets) Regulations 2014", "PBR", "https://www.legislation.gov.uk/uksi/2014/1652"}
	CodeOfPractice         = &Work{"SEND code of practice, January 2015", "the Code", "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"}
	DevonJudgment          = &Work{"R (L, M and P) v Devon CC [2022] EWHC 493 (Admin)", "LMP v Devon", "https://caselaw.nationalarchives.gov.uk/ewhc/admin/2022/493"}
	EducationAct           = &Work{"Education Act 1996", "EA 1996", "https://www.legislation.gov.uk/ukpga/1996/56"}
	ComplaintCode          = &Work{"LGSCO Complaint Handling Code", "the Complaint Handling Code", "https://www.lgo.org.uk"}
	ChildrenActComplaints  = &Work{"Children Act 1989 Representations Procedure (England) Regulations 2006", "SI 2006/1738", "https://www.legislation.gov.uk/uksi/2006/1738"}
	NHSComplaints          = &Work{"Local Authority Social Services and NHS Complaints (England) Regulations 2009", "SI 2009/309", "https://www.legislation.gov.uk/uksi/2009/309"}
	UKGDPR                 = &Work{"UK GDPR", "UK GDPR", "https://www.legislation.gov.uk/eur/2016/679"}
	FreedomOfInformation   = &Work{"Freedom of Information Act 2000", "FOIA", "https://www.legislation.gov.uk/ukpga/2000/36"}
	HealthNeedsGuidance    = &Work{"DfE guidance: arranging education for children who cannot attend school because of health needs, December 2023", "DfE health needs guidance", "https://www.gov.uk/government/publications/education-for-children-with-health-needs-who-cannot-attend-school"}
	CETRPolicy             = &Work{"NHS England: dynamic support register and care (education) and treatment review, policy and guide", "the C(E)TR policy", "https://www.england.nhs.uk/learning-disabilities/care/ctr/"}
)
