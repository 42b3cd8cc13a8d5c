// Package printer prints web pages to tagged PDF with a Chromium that the machine
// has: headings, tables and language stay what they are for those who hear the
// file. It is not for pages from elsewhere: nothing is loaded and no script runs.
//
// Start reading at [Printer.PDF].
package printer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A Printer prints with one browser, which it starts when it is first needed and
// starts again when it has gone.
type Printer struct {
	path string
	env  []string
	once chan struct{} // who holds it prints

	mu      sync.Mutex
	browser context.Context
	stop    func()
	folder  string
}

// atOnce is how many pages are printed at once; the others wait.
const atOnce = 2

// patience is how long one page may take.
const patience = 30 * time.Second

// New returns a printer that uses the browser at a path, with an environment of its
// own besides the program's.
func New(path string, env ...string) *Printer {
	return &Printer{path: path, env: env, once: make(chan struct{}, atOnce)}
}

// Installed returns the browser that this machine offers, or "".
func Installed() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// start returns the browser, started if it is not running.
func (p *Printer) start() (context.Context, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.browser != nil && p.browser.Err() == nil {
		return p.browser, nil
	}
	p.end()
	folder, err := os.MkdirTemp("", "weald-printer-")
	if err != nil {
		return nil, err
	}
	opts := []chromedp.ExecAllocatorOption{
		chromedp.Headless, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-domain-reliability", true), chromedp.Flag("no-pings", true), chromedp.Flag("no-zygote", true), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"), // nothing is asked of the network
		chromedp.UserDataDir(filepath.Join(folder, "profile")), chromedp.Env(append([]string{"HOME=" + folder, "TMPDIR=" + folder}, p.env...)...), chromedp.ExecPath(p.path),
	}
	if len(p.env) > 0 || os.Geteuid() == 0 { // a browser brought along has no sandbox beside it; root is given none
		opts = append(opts, chromedp.NoSandbox)
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), opts...)
	browser, stopBrowser := chromedp.NewContext(allocator)
	p.folder, p.stop = folder, func() { stopBrowser(); stopAllocator() }
	if err := chromedp.Do(browser); err != nil {
		p.end()
		return nil, fmt.Errorf("starting the browser that prints: %w", err)
	}
	p.browser = browser
	return browser, nil
}

func (p *Printer) end() {
	if p.stop != nil {
		p.stop()
	}
	if p.folder != "" {
		_ = os.RemoveAll(p.folder) // what a browser leaves behind is nobody's
	}
	p.browser, p.stop, p.folder = nil, nil, ""
}

// Close ends the browser.
func (p *Printer) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end()
}

// PDF prints a whole web page on A4, with its structure and outline, and its page
// number at the foot of each page.
func (p *Printer) PDF(ctx context.Context, html string) ([]byte, error) {
	select {
	case p.once <- struct{}{}:
		defer func() { <-p.once }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	browser, err := p.start()
	if err != nil {
		return nil, err
	}
	tab, closeTab := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	defer closeTab()
	tab, stop := context.WithTimeout(tab, patience)
	defer stop()
	defer context.AfterFunc(ctx, stop)()
	yes, margin := true, 0.79
	out, err := func() (page.PrintToPDFResult, error) {
		var none page.PrintToPDFResult
		if err := chromedp.Do(tab, chromedp.Navigate("about:blank")); err != nil {
			return none, err
		}
		if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
			return none, err
		}
		tree, err := chromedp.Call(tab, page.GetFrameTree, cdp.Empty{})
		if err != nil {
			return none, err
		}
		if _, err := chromedp.Call(tab, page.SetDocumentContent, page.SetDocumentContentParams{FrameID: tree.FrameTree.Frame.ID, HTML: html}); err != nil {
			return none, err
		}
		return chromedp.Call(tab, page.PrintToPDF, page.PrintToPDFParams{
			PaperWidth: 8.27, PaperHeight: 11.69, MarginTop: &margin, MarginBottom: &margin, MarginLeft: &margin, MarginRight: &margin,
			PrintBackground: &yes, GenerateTaggedPDF: &yes, GenerateDocumentOutline: &yes, DisplayHeaderFooter: &yes,
			HeaderTemplate: "<span></span>", FooterTemplate: `<div style="font-size:8px;width:100%;text-align:right;padding-right:20mm">Page <span class="pageNumber"></span> of <span class="totalPages"></span></div>`,
		})
	}()
	if err != nil {
		return nil, fmt.Errorf("printing: %w", errors.Join(err, ctx.Err()))
	}
	return out.Data, nil
}
