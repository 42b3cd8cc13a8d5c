// Package web is the server: addresses, who may open them, sign-in, sessions,
// security headers, and what is shown when something goes wrong. The pages are
// in the faces under it.
//
// Start reading at [routes].
package web

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"weald/domain/access"
	"weald/domain/privacy"
	"weald/internal/app"
	"weald/internal/assets"
	"weald/internal/web/board"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
	"weald/internal/web/portal"
	"weald/internal/web/staff"
	"weald/law"

	"github.com/alexedwards/scs/v2"
	"github.com/go-webauthn/webauthn/webauthn"
)

// A Server serves one local area's pages.
type Server struct {
	casework *app.Casework
	ready    func(*http.Request) error
	assets   *assets.Set
	sessions *scs.SessionManager
	accounts *app.Accounts
	limits   Limits
	provider *Provider
	address  string
	codes    *app.Codes
	links    *app.Links
	passkeys *webauthn.WebAuthn // nil: nobody can have one here
	proxies  []netip.Prefix
	throttle throttles
	routed   *http.ServeMux
	pages    *staff.Pages
	portal   *portal.Pages
	board    *board.Pages
	personas []Persona
	log      *slog.Logger
	metrics  *Metrics
}

// Options are what a server is told.
type Options struct {
	Area     string         // the local area's name
	LA       string         // the local authority’s three-digit number, as returns have it
	Demo     bool           // everybody is invented, and anybody may sign in as a persona
	Secure   bool           // it is reached by https, so cookies say so
	Personas []Persona      // who may be signed in as; none: there is no such address
	Limits   Limits         // for how long people stay signed in; zero: [DefaultLimits]
	Forms    int            // how many a second one person may send for long; 0: [FormsASecond]; less: any number
	Address  string         // where people reach it, as in https://send.example.gov.uk
	Provider *Provider      // with which people sign in with a work account; nil: with none
	Codes    *app.Codes     // by which people sign in with a code sent by email; nil: they do not
	Links    *app.Links     // by which people without an account do one task; nil: they do not
	Proxies  []netip.Prefix // of those before it that say truly where a request came from
	Metrics  *Metrics       // count what is asked; nil: nothing is counted

	Documents *app.Documents // on the same record

	// Print makes a PDF of a web page; nil: there is nothing here that prints.
	Print func(ctx context.Context, html string) ([]byte, error)

	Retention *privacy.Retention // how long records are kept; nil: nobody has chosen
	Sharings  privacy.Register   // who is given what, on what basis
	Sealed    bool               // fields are encrypted in the record
}

// New returns a server over the record.
func New(core *app.Core, sessions scs.Store, ready func(*http.Request) error, set *assets.Set, log *slog.Logger, o Options) *Server {
	m := scs.New()
	m.Store = sessions
	m.Codec = words{}
	if o.Limits == (Limits{}) {
		o.Limits = DefaultLimits
	}
	m.Lifetime, m.IdleTimeout = o.Limits.Whole, o.Limits.Idle
	m.HashTokenInStore = true // so that whoever reads the record is not let in by it
	if m.Cookie.Name = "weald"; o.Secure {
		m.Cookie.Name = "__Host-weald" // which no other host of the domain can set
	}
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = o.Secure
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		if gone(w, r) {
			return
		}
		log.Error("sessions failed", "error", err)
		http.Error(w, "Sorry, there is a problem. Try again later.", http.StatusInternalServerError)
	}
	site := govuk.Site{
		Area: o.Area, Service: "SEND casework", Stylesheet: set.Path("weald.css"), Script: set.Path("weald.js"), Icon: set.Path("favicon.svg"),
		FooterText: "Weald is open-source software. It quotes facts of law under the Open Government Licence v3.0, and is not legal advice.",
	}
	if o.Demo {
		site.Phase = govuk.PhaseBanner{Phase: "Demonstration", Text: "Everybody on these pages is invented."}
	}
	s := &Server{casework: &app.Casework{Core: core}, ready: ready, assets: set, sessions: m, accounts: &app.Accounts{Core: core}, limits: o.Limits, provider: o.Provider, codes: o.Codes, links: o.Links, proxies: o.Proxies, throttle: newThrottles(o.Forms), address: strings.TrimSuffix(o.Address, "/"), personas: o.Personas, log: log, metrics: o.Metrics}
	if s.codes != nil {
		s.codes.Accounts, s.codes.Address = s.accounts, s.address
	}
	if s.links != nil {
		s.links.Core, s.links.Documents = core, o.Documents
		s.links.Address = s.address
	}
	if s.codes != nil || s.provider != nil {
		s.passkeys = passkeysAt(s.address, o.Area)
	}
	s.pages = &staff.Pages{Casework: s.casework, Documents: o.Documents, Inspections: &app.Inspections{Core: core}, Site: site, Sessions: notes{m}}
	s.pages.Returns = &app.Returns{Core: core, Files: o.Documents.Files}
	s.pages.Links = s.links
	s.pages.Figures = &app.Figures{Core: core}
	s.pages.Measures = &app.Measures{Core: core, LA: o.LA}
	s.board = &board.Pages{Figures: s.pages.Measures, Frame: s.pages.Frame, Send: staff.SendSheet}
	s.pages.Different = &app.Differences{Core: core}
	s.pages.Subjects = &app.Subjects{Core: core, Documents: o.Documents}
	s.pages.Readiness = &app.Readiness{Core: core, LA: o.LA}
	s.pages.Qualities = &app.Quality{Core: core}
	s.pages.Plans, s.pages.Print = &app.Plans{Core: core}, o.Print
	s.pages.Retentions = &app.Retentions{Core: core, Documents: o.Documents, Rule: o.Retention}
	s.pages.Organisations = &app.Organisations{Core: core, Accounts: s.accounts, Area: o.Area, Address: s.address}
	if s.codes != nil {
		s.pages.Organisations.Send = s.codes.Send
	}
	s.pages.Accounts = s.accounts
	s.pages.Deliveries = &app.Deliveries{Core: core}
	s.pages.Asked = &app.Correspondence{Core: core}
	s.pages.Audits = &app.Audits{Core: core, Unusual: access.DefaultUnusuals}
	s.pages.Families = &app.Families{Core: core, Accounts: s.accounts}
	s.portal = &portal.Pages{Own: &app.Own{Core: core}, Organisations: s.pages.Organisations, Deliveries: s.pages.Deliveries, Asked: s.pages.Asked, Plans: s.pages.Plans, Accounts: s.accounts, Site: site, Sessions: notes{m}}
	s.pages.Sharings, s.pages.Safeguards = o.Sharings, privacy.Safeguards{Sealed: o.Sealed, Secure: o.Secure, Demo: o.Demo}
	return s
}

// A route is an address and who may open it. Needs "" means anybody, signed in
// or not.
type route struct {
	pattern string
	needs   access.Permission
	page    staff.Handler
}

// routes is every address of the service. The doors test tries each as every
// persona.
func (s *Server) routes() []route {
	return slices.Concat(s.signInRoutes(), s.privacyRoutes(), s.accessRoutes(), []route{
		{"GET /{$}", "", s.start},

		{"GET /work", access.CaseSee, s.pages.Work},
		{"GET /work/note", access.CaseRecord, s.pages.WorkNote},
		{"POST /work/note", access.CaseRecord, s.pages.WorkNoteAdd},
		{"GET /cases", access.CaseSee, s.pages.Cases},
		{"GET /cases.csv", access.CaseSee, s.pages.CasesFile("csv")},
		{"GET /cases.xlsx", access.CaseSee, s.pages.CasesFile("xlsx")},
		{"POST /views", access.CaseSee, s.pages.ViewKeep},
		{"POST /views/{view}/drop", access.CaseSee, s.pages.ViewDrop},
		{"GET /pipeline", access.CaseSee, s.pages.Pipeline},
		{"GET /advice", access.CaseSee, s.pages.Advice},
		{"GET /reviews", access.CaseSee, s.pages.Reviews},
		{"GET /transfers", access.CaseSee, s.pages.Transfers},
		{"GET /advice.csv", access.CaseSee, s.pages.AdviceFile("csv")},
		{"GET /advice.xlsx", access.CaseSee, s.pages.AdviceFile("xlsx")},
		{"GET /reviews.csv", access.CaseSee, s.pages.ReviewsFile("csv")},
		{"GET /reviews.xlsx", access.CaseSee, s.pages.ReviewsFile("xlsx")},
		{"GET /transfers.csv", access.CaseSee, s.pages.TransfersFile("csv")},
		{"GET /transfers.xlsx", access.CaseSee, s.pages.TransfersFile("xlsx")},
		{"GET /team", access.CaseSee, s.pages.Team},
		{"GET /team/{person}/handover", access.TeamManage, s.pages.Handover},
		{"POST /team/{person}/handover", access.TeamManage, s.pages.HandoverDo},
		{"GET /team/{person}/away", access.TeamManage, s.pages.Away},
		{"POST /team/{person}/away", access.TeamManage, s.pages.AwaySet},
		{"GET /requests/new", access.CaseRecord, s.pages.RequestNew},
		{"POST /requests/new", access.CaseRecord, s.pages.RequestSend},
		{"GET /cases/{id}/acknowledgement", access.CaseRecord, s.pages.Acknowledgement},
		{"GET /cases/{id}", access.CaseSee, s.pages.Case},
		{"POST /cases/{id}/notes", access.CaseRecord, s.pages.NoteAdd},
		{"GET /cases/{id}/looks", access.CaseSee, s.pages.Looks},
		{"GET /cases/{id}/history", access.CaseSee, s.pages.History},
		{"GET /cases/{id}/events/new", access.CaseRecord, s.pages.EventNew},
		{"POST /cases/{id}/events", access.CaseRecord, s.pages.EventRecord},
		{"GET /cases/{id}/events/{seq}/correct", access.CaseRecord, s.pages.EventCorrect},
		{"POST /cases/{id}/events/{seq}/correct", access.CaseRecord, s.pages.EventPutRight},

		{"GET /cases/{id}/documents", access.CaseSee, s.pages.DocumentList},
		{"GET /cases/{id}/documents/new", access.CaseRecord, s.pages.DocumentNew},
		{"POST /cases/{id}/documents", access.CaseRecord, s.pages.DocumentAdd},
		{"GET /cases/{id}/documents/{doc}", access.CaseSee, s.pages.DocumentOpen},
		{"GET /cases/{id}/documents/{doc}/view", access.CaseSee, s.pages.DocumentView},
		{"GET /cases/{id}/documents/{doc}/remove", access.CaseRecord, s.pages.DocumentRemove},
		{"POST /cases/{id}/documents/{doc}/remove", access.CaseRecord, s.pages.DocumentTakeAway},
		{"POST /cases/{id}/documents/{doc}/restore", access.CaseRecord, s.pages.DocumentRestore},

		{"GET /returns", access.ReturnLook, s.pages.Return},
		{"POST /returns/sign", access.ReturnSign, s.pages.ReturnSign},
		{"GET /returns/return.xml", access.ReturnBuild, s.pages.ReturnOut},
		{"GET /returns/return.xlsx", access.ReturnBuild, s.pages.ReturnTables("xlsx")},
		{"GET /returns/return.zip", access.ReturnBuild, s.pages.ReturnTables("csv")},
		{"GET /returns/findings", access.ReturnLook, s.pages.Findings},
		{"GET /returns/findings.csv", access.ReturnLook, s.pages.FindingsFile("csv")},
		{"GET /returns/findings.xlsx", access.ReturnLook, s.pages.FindingsFile("xlsx")},
		{"GET /returns/explain", access.ReturnNote, s.pages.Explain},
		{"POST /returns/explain", access.ReturnNote, s.pages.ExplainKeep},
		{"GET /returns/take-back", access.ReturnNote, s.pages.TakeBack},
		{"POST /returns/take-back", access.ReturnNote, s.pages.TakeBackDo},
		{"GET /returns/children/{child}", access.ReturnLook, s.pages.ReturnChild},
		{"GET /returns/differences", access.ReturnBuild, s.pages.Differences},
		{"GET /returns/differences.csv", access.ReturnBuild, s.pages.DifferencesFile("csv")},
		{"GET /returns/differences.xlsx", access.ReturnBuild, s.pages.DifferencesFile("xlsx")},
		{"GET /returns/published", access.ReturnBuild, s.pages.Published},
		{"GET /returns/published.csv", access.ReturnBuild, s.pages.PublishedFile("csv")},
		{"GET /returns/published.xlsx", access.ReturnBuild, s.pages.PublishedFile("xlsx")},
		{"GET /returns/analysis", access.ReturnBuild, s.pages.Analysis},
		{"GET /returns/analysis.csv", access.ReturnBuild, s.pages.AnalysisFile("csv")},
		{"GET /returns/analysis.xlsx", access.ReturnBuild, s.pages.AnalysisFile("xlsx")},
		{"GET /returns/load", access.ReturnLoad, s.pages.ReturnLoad},
		{"POST /returns/load", access.ReturnLoad, s.pages.ReturnSend},
		{"POST /returns/load/confirm", access.ReturnLoad, s.pages.ReturnConfirm},
		{"GET /returns/loads/{load}", access.ReturnLoad, s.pages.ReturnLoaded},
		{"POST /returns/loads/{load}/people/{n}", access.ReturnLoad, s.pages.ReturnDecide},
		{"GET /returns/loads/{load}/undo", access.ReturnLoad, s.pages.ReturnUndo},
		{"POST /returns/loads/{load}/undo", access.ReturnLoad, s.pages.ReturnUndone},
		{"GET /returns/annex-a", access.InspectionPrepare, s.pages.AnnexA},
		{"GET /returns/annex-a.xlsx", access.InspectionPrepare, s.pages.AnnexAFile},

		{"GET /board", access.BoardSee, s.board.Overview},
		{"GET /board.csv", access.BoardSee, s.board.OverviewFile("csv")},
		{"GET /board.xlsx", access.BoardSee, s.board.OverviewFile("xlsx")},
		{"GET /board/measures/{measure}", access.BoardSee, s.board.Detail},
		{"GET /board/measures/{measure}/measure.csv", access.BoardSee, s.board.DetailFile("csv")},
		{"GET /board/measures/{measure}/measure.xlsx", access.BoardSee, s.board.DetailFile("xlsx")},
		{"GET /monday", access.CaseSee, s.pages.Monday},
		{"GET /monday/{pile}", access.CaseSee, s.pages.MondayPile},
		{"GET /monday/{pile}/list.csv", access.CaseSee, s.pages.MondayPileFile("csv")},
		{"GET /monday/{pile}/list.xlsx", access.CaseSee, s.pages.MondayPileFile("xlsx")},
		{"GET /measures/bring", access.MeasureKeep, s.pages.MeasureBring},
		{"POST /measures/bring", access.MeasureKeep, s.pages.MeasureBringDo},
		{"GET /measures/{measure}/limits", access.MeasureKeep, s.pages.MeasureLimits},
		{"POST /measures/{measure}/limits", access.MeasureKeep, s.pages.MeasureLimitAdd},
		{"POST /measures/{measure}/limits/{limit}/end", access.MeasureKeep, s.pages.MeasureLimitEnd},
		{"GET /measures/{measure}/children", access.CaseSee, s.pages.Behind},
		{"GET /measures/{measure}/children.csv", access.CaseSee, s.pages.BehindFile("csv")},
		{"GET /measures/{measure}/children.xlsx", access.CaseSee, s.pages.BehindFile("xlsx")},

		{"GET /inbox", access.CaseRecord, s.pages.Inbox},
		{"GET /inbox.csv", access.CaseRecord, s.pages.InboxFile("csv")},
		{"GET /inbox.xlsx", access.CaseRecord, s.pages.InboxFile("xlsx")},
		{"GET /cases/{id}/correspondence", access.CaseRecord, s.pages.Correspondence},
		{"POST /cases/{id}/correspondence", access.CaseRecord, s.pages.CorrespondenceNew},
		{"POST /cases/{id}/correspondence/{item}", access.CaseRecord, s.pages.CorrespondenceAct},
		{"GET /gaps", access.PlanSee, s.pages.Gaps},
		{"GET /gaps.csv", access.PlanSee, s.pages.GapsFile("csv")},
		{"GET /gaps.xlsx", access.PlanSee, s.pages.GapsFile("xlsx")},
		{"GET /cases/{id}/delivery", access.PlanSee, s.pages.Delivery},
		{"POST /cases/{id}/delivery/{line}", access.CaseRecord, s.pages.DeliveryReport},
		{"POST /cases/{id}/delivery/{line}/act", access.CaseRecord, s.pages.DeliveryAct},

		{"GET /rules", "", s.pages.Rules},
		{"GET /rules/{id}", "", s.pages.Rule},
		{"GET /choices", "", s.pages.Choices},
		{"GET /returns/checks", "", s.pages.ReturnChecks},
		{"GET /returns/checks/{code}", "", s.pages.ReturnCheck},
		{"GET /returns/not-covered", "", s.pages.ReturnNotCovered},
	}, s.planRoutes(), s.qualityRoutes())
}

// Handler returns the whole service.
func (s *Server) Handler() http.Handler {
	pages := http.NewServeMux()
	for _, r := range s.routes() {
		pages.Handle(r.pattern, s.guard(r))
	}
	s.routed = pages
	pages.Handle("/", s.handle(func(http.ResponseWriter, *http.Request) error { return app.ErrNotFound }))

	mux := http.NewServeMux()
	mux.Handle("GET /assets/", s.assets)
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /ready", func(w http.ResponseWriter, r *http.Request) {
		if err := s.ready(r); err != nil {
			s.log.Error("not ready", "error", err)
			http.Error(w, "the record does not answer", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ready\n"))
	})
	// A form sent from another site is refused before anything reads it.
	mux.Handle("/", http.NewCrossOriginProtection().Handler(s.sessions.LoadAndSave(s.identify(pages))))
	return headers(s.logged(mux))
}

// guard opens a page only to those who may: others are asked to sign in or, if
// they have, refused.
func (s *Server) guard(r route) http.Handler {
	return s.handle(func(w http.ResponseWriter, req *http.Request) error {
		if rec, ok := req.Context().Value(recorderKey{}).(*recorder); ok {
			rec.pattern = r.pattern
		}
		if r.needs == "" {
			return r.page(w, req)
		}
		u := staff.UserOf(req.Context())
		switch {
		case u.ID == "":
			if req.Method == http.MethodGet { // a form's address shows nothing by itself
				s.sessions.Put(req.Context(), "then", req.URL.RequestURI())
			} else {
				s.keepForm(w, req)
			}
			http.Redirect(w, req, "/signin", http.StatusSeeOther)
			return nil
		case r.needs != signedIn && !u.May(r.needs):
			return app.ErrNotAllowed
		default:
			if req.Method != http.MethodGet {
				if f := s.throttle.forms; f != nil && !f.lets(face.SignInOf(req.Context())) {
					return s.tooMany(w, req, "You have sent very many forms in a short time. This one has not been recorded. Wait a minute, go back and send it again.")
				}
				if mine, err := s.madeBy(req); err != nil {
					return err
				} else if !mine {
					return s.refuseForm(w, req)
				}
			}
			return s.again(r.page)(w, req)
		}
	})
}

// handle turns what a page returns as an error into a page, in one place.
func (s *Server) handle(page staff.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := page(w, r)
		if err == nil {
			return
		}
		var broke *staff.BrokeOff
		if errors.As(err, &broke) {
			if r.Context().Err() == nil { // otherwise the reader has gone
				s.log.Error("answer broke off", "error", err, "pattern", r.Pattern)
			}
			panic(http.ErrAbortHandler) // so that half is not taken for the whole
		}
		status, heading, body, reference := http.StatusInternalServerError, "Sorry, there is a problem", "Try again later. Nothing you recorded before this has been lost.", ""
		var refusal *law.Refusal
		switch {
		case errors.As(err, &refusal):
			status, heading, body = http.StatusUnprocessableEntity, "That cannot be recorded", refusal.Error()
		case errors.Is(err, app.ErrNotAllowed):
			status, heading, body = http.StatusForbidden, "You cannot see this page", "Your role does not allow it. If you need it for your work, ask your manager."
		case errors.Is(err, app.ErrNotFound):
			s.noteBarred(r, err)
			status, heading, body = http.StatusNotFound, "Page not found", "If you typed the address, check it is right. If you followed a link, what it led to may have moved."
		case gone(w, r):
			return
		default:
			reference = rand.Text()[:8]
			s.log.Error("page failed", "reference", reference, "error", err, "pattern", r.Pattern)
		}
		problem := s.pages.Problem
		if portal.Serves(face.UserOf(r.Context())) {
			problem = s.portal.Problem
		}
		if err := problem(w, r, status, heading, body, reference); err != nil && r.Context().Err() == nil {
			s.log.Error("error page failed", "error", err)
		}
	})
}

// noteBarred keeps that somebody asked for a child of whom they may not know. The
// page that they get is the same as for one who is not there.
func (s *Server) noteBarred(r *http.Request, err error) {
	var barred *app.Barred
	if !errors.As(err, &barred) {
		return
	}
	if err := s.accounts.NoteBarred(r.Context(), staff.UserOf(r.Context()), barred); err != nil {
		s.log.Error("a refusal could not be kept", "error", err)
	}
}

// gone reports whether the reader has gone away, which is no fault of the page's,
// and notes it under the status that proxies have for that.
func gone(w http.ResponseWriter, r *http.Request) bool {
	if r.Context().Err() == nil {
		return false
	}
	w.WriteHeader(499)
	return true
}

// headers tells browsers to trust nothing but what the service itself serves.
func headers(next http.Handler) http.Handler {
	const csp = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", csp)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Strict-Transport-Security", "max-age=31536000")
		next.ServeHTTP(w, r)
	})
}

// logged writes one line a request: the pattern of its address and never the
// address itself, which may name a child.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &recorder{ResponseWriter: w, status: http.StatusOK, pattern: "none"}
		req := r.WithContext(context.WithValue(r.Context(), recorderKey{}, rec))
		s.metrics.begin()
		broken := true // until it is known not to be
		defer func() {
			took := time.Since(start)
			if broken {
				rec.status = http.StatusInternalServerError
			}
			if rec.pattern == "none" && req.Pattern != "" && req.Pattern != "/" {
				rec.pattern = req.Pattern // an asset, or whether the service is well
			}
			s.metrics.end(r.Method, rec.pattern, rec.status, took)
			s.log.Info("request", "method", r.Method, "pattern", rec.pattern, "status", rec.status, "ms", took.Milliseconds())
		}()
		next.ServeHTTP(rec, req)
		broken = false
	})
}

// A recorder notes what the log will say of a request: its status, and the
// pattern of the page that answered it, which only that page knows.
type recorder struct {
	http.ResponseWriter
	status  int
	pattern string
}

type recorderKey struct{}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets net/http reach what is underneath.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
