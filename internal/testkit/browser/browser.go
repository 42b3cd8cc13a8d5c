// Package browser gives tests a real Chromium. It is for tests only.
//
// The browser is the one named by WEALD_CHROMIUM, or a chromium or google-chrome
// that is installed, or the one that the npm package in tools/package.json
// carries. One browser serves a test program; each test has a tab of its own.
//
// Start reading at [Open].
package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A Tab is one tab of the browser.
type Tab struct {
	t   testing.TB
	ctx context.Context
}

var (
	here = func() string { _, file, _, _ := runtime.Caller(0); return filepath.Dir(file) }()
	root = filepath.Join(here, "..", "..", "..")
)

// start starts the browser once. It ends with the test program.
var start = sync.OnceValues(func() (context.Context, error) {
	folder, err := place()
	if err != nil {
		return nil, err
	}
	opts := []chromedp.ExecAllocatorOption{
		chromedp.Headless, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-quic", true), chromedp.Flag("no-zygote", true),
		chromedp.Flag("disable-domain-reliability", true), chromedp.Flag("no-pings", true),
		chromedp.Flag("disable-dev-shm-usage", true), // it is small in containers
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("font-render-hinting", "none"),
		chromedp.UserDataDir(filepath.Join(folder, "profile")), chromedp.Env("HOME="+folder, "TMPDIR="+folder, "LC_ALL=C.UTF-8"), // a file may have any name
	}
	path := installed()
	packed := path == ""
	if packed {
		var env []string
		if path, env, err = unpacked(folder); err != nil {
			return nil, err
		}
		opts = append(opts, chromedp.Env(env...))
	}
	// The packed browser has no setuid sandbox beside it, and the pages that it
	// opens are our own.
	if packed || os.Geteuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	opts = append(opts, chromedp.ExecPath(path))
	allocator, _ := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, _ := chromedp.NewContext(allocator)
	return ctx, chromedp.Do(ctx)
})

// watcher holds open the input of the process that place starts.
var watcher io.Closer

// place makes a folder for what the browser writes. A process that waits for the
// end of this program, however it ends, removes it.
func place() (string, error) {
	folder, err := os.MkdirTemp("", "weald-browser-")
	if err != nil {
		return "", err
	}
	// The browser is told to end at the same moment, and may still write.
	c := exec.Command("/bin/sh", "-c", `cat >/dev/null; for n in 1 2 3 4 5 6 7 8 9; do rm -rf "$1"; sleep 0.2; test -e "$1" || exit 0; done`, "sh", folder)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is not for it
	if watcher, err = c.StdinPipe(); err != nil {
		return "", err
	}
	return folder, c.Start()
}

// installed returns the browser that this machine offers, if it does.
func installed() string {
	if path := os.Getenv("WEALD_CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// unpacked returns the browser from npm, and the environment that it needs.
func unpacked(folder string) (path string, env []string, err error) {
	out, err := exec.Command("node", filepath.Join(root, "tools", "unpack.mjs"), "chromium").Output()
	if err != nil {
		return "", nil, fmt.Errorf("unpacking Chromium: %w", err)
	}
	from := strings.TrimSpace(string(out))
	// The package's own list of font folders is another machine's, and fontconfig
	// would keep its cache in whatever folder the test runs in.
	fonts := filepath.Join(folder, "fonts.conf")
	if err := os.WriteFile(fonts, fmt.Appendf(nil, `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>
`, filepath.Join(from, "fonts"), filepath.Join(folder, "fonts-cache")), 0o644); err != nil {
		return "", nil, err
	}
	// The package brings the libraries that a bare machine may lack; the machine's
	// own come first.
	libraries := []string{"/usr/lib/x86_64-linux-gnu", filepath.Join(from, "lib")}
	if own := os.Getenv("LD_LIBRARY_PATH"); own != "" {
		libraries = append([]string{own}, libraries...)
	}
	return filepath.Join(from, "chromium"), []string{"FONTCONFIG_FILE=" + fonts, "LD_LIBRARY_PATH=" + strings.Join(libraries, ":")}, nil
}

// Chromium returns the browser that tests use, and the environment that it needs
// besides the program's; nothing when it is the machine's own.
func Chromium(t testing.TB) (path string, env []string) {
	t.Helper()
	if path := installed(); path != "" {
		return path, nil
	}
	path, env, err := unpacked(t.TempDir())
	if err != nil {
		t.Fatalf("no browser: %v (run make tools, or name one in WEALD_CHROMIUM)", err)
	}
	return path, env
}

// Open opens a tab, 1280 pixels wide, that closes when the test ends. It holds
// no cookies of other tests.
func Open(t testing.TB) *Tab {
	t.Helper()
	browser, err := start()
	if err != nil {
		t.Fatalf("no browser: %v (run make tools, or name one in WEALD_CHROMIUM)", err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	ctx, stop := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(func() { stop(); cancel() })
	b := &Tab{t, ctx}
	b.Width(1280)
	return b
}

func (b *Tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func run[T any](b *Tab, a chromedp.Action[T]) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, a)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

// Go opens an address and waits until the page is ready.
func (b *Tab) Go(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url), chromedp.WaitReady(chromedp.CSS("body")))
}

// Width sets the window's width in pixels: 360 is a small phone.
func (b *Tab) Width(px int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(px, 900))
}

// JavaScript turns scripts on or off for the pages opened next.
func (b *Tab) JavaScript(on bool) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}); err != nil {
		b.t.Fatal(err)
	}
}

// Forget drops a cookie of the page.
func (b *Tab) Forget(cookie string) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, network.DeleteCookies, network.DeleteCookiesParams{Name: cookie, URL: Eval[string](b, `location.href`)}); err != nil {
		b.t.Fatal(err)
	}
}

// Passkeys gives the tab a phone of its own that makes passkeys and agrees to
// whatever it is asked.
func (b *Tab) Passkeys() {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		b.t.Fatal(err)
	}
	phone := &webauthn.VirtualAuthenticatorOptions{Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true}
	if _, err := chromedp.Call(b.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: phone}); err != nil {
		b.t.Fatal(err)
	}
}

// Click clicks what a CSS selector finds, and waits for the page that the
// selector then finds there. An empty selector waits for nothing.
func (b *Tab) Click(css, then string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(css)))
	if then != "" {
		b.Await(then)
	}
}

// Type types into a field, in place of what it held.
func (b *Tab) Type(css, text string) {
	b.t.Helper()
	Eval[any](b, fmt.Sprintf("document.querySelector(%q).value = ''; 1", css))
	b.do(chromedp.SendKeys(chromedp.CSS(css), text))
}

// Upload chooses files, by their paths on this machine, for a file input.
func (b *Tab) Upload(css string, files ...string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(chromedp.CSS(css), files))
}

// Press presses a key, such as kb.Escape or "y", in what has the focus.
func (b *Tab) Press(key string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(key))
}

// Tab presses the Tab key, and returns the text of what then has the focus.
func (b *Tab) Tab() string {
	b.t.Helper()
	b.do(chromedp.KeyEvent(kb.Tab))
	return Eval[string](b, `(document.activeElement.innerText || document.activeElement.name || "").trim()`)
}

// Enter presses the Enter key and waits for what a selector finds.
func (b *Tab) Enter(then string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(kb.Enter))
	b.Await(then)
}

// Await waits up to ten seconds until a selector finds something.
func (b *Tab) Await(css string) {
	b.t.Helper()
	for range 200 {
		if found, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](fmt.Sprintf("!!document.querySelector(%q)", css))); err == nil && found {
			return // an error is a page on its way out
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("%s does not appear at %s", css, b.Address())
}

// Until waits up to twenty seconds until a JavaScript expression is true.
func (b *Tab) Until(expression string) {
	b.t.Helper()
	for range 400 {
		if is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression)); err == nil && is {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("%s does not come true at %s", expression, b.Address())
}

// Offline cuts the tab off from the network, or lets it back.
func (b *Tab) Offline(off bool) {
	b.t.Helper()
	var rules []*network.Conditions
	if off {
		rules = append(rules, &network.Conditions{Offline: true, DownloadThroughput: -1, UploadThroughput: -1})
	}
	if _, err := chromedp.Call(b.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: rules}); err != nil {
		b.t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}); err != nil {
		b.t.Fatal(err)
	}
}

// Text returns the visible text of what a CSS selector finds first.
func (b *Tab) Text(css string) string {
	b.t.Helper()
	return Eval[string](b, fmt.Sprintf("(document.querySelector(%q) || {innerText: ''}).innerText.trim()", css))
}

// Address returns the path and query of the page.
func (b *Tab) Address() string {
	b.t.Helper()
	return Eval[string](b, `location.pathname + location.search`)
}

// Eval returns the value of a JavaScript expression in the page.
func Eval[T any](b *Tab, expression string) T {
	b.t.Helper()
	return run(b, chromedp.Evaluate[T](expression))
}

// Print prints the page on A4 with margins of 15 mm, and returns the PDF and how
// many sides it has.
func (b *Tab) Print() (pdf []byte, sides int) {
	b.t.Helper()
	margin, yes := 0.59, true
	out, err := chromedp.Call(b.ctx, page.PrintToPDF, page.PrintToPDFParams{
		PaperWidth: 8.27, PaperHeight: 11.69, MarginTop: &margin, MarginBottom: &margin, MarginLeft: &margin, MarginRight: &margin, PrintBackground: &yes,
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return out.Data, len(sideOf.FindAll(out.Data, -1))
}

// sideOf is one page of a PDF as Chromium writes it.
var sideOf = regexp.MustCompile(`/Type /Page\b`)

// Screenshot writes a picture of the whole page.
func (b *Tab) Screenshot(file string) {
	b.t.Helper()
	if err := os.WriteFile(file, run(b, chromedp.FullScreenshot(100)), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

var axe = sync.OnceValues(func() (string, error) {
	text, err := os.ReadFile(filepath.Join(root, "tools", "node_modules", "axe-core", "axe.min.js"))
	return string(text), err
})

// Axe checks the page against WCAG 2.2 AA and returns what it breaks, in words.
// It needs JavaScript to be on.
func (b *Tab) Axe() (broken []string) {
	b.t.Helper()
	script, err := axe()
	if err != nil {
		b.t.Fatalf("no axe: %v (run make tools)", err)
	}
	run(b, chromedp.Evaluate[any](script+"; 1"))
	text := run(b, chromedp.Evaluate[string](`axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => JSON.stringify(r.violations.map(v => ({
		id: v.id, help: v.help, at: v.nodes.map(n => n.target.join(" ") + ": " + n.failureSummary) }))))`, chromedp.EvalAwaitPromise))
	var violations []struct {
		ID, Help string
		At       []string
	}
	if err := json.Unmarshal([]byte(text), &violations); err != nil {
		b.t.Fatal(err)
	}
	for _, v := range violations {
		broken = append(broken, fmt.Sprintf("%s: %s\n\t%s", v.ID, v.Help, strings.Join(v.At, "\n\t")))
	}
	return broken
}

// Overflow returns by how many pixels the page is wider than its window.
func (b *Tab) Overflow() int {
	b.t.Helper()
	return Eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`)
}
