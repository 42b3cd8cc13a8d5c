package browser

import (
	"fmt"
	"image"
	_ "image/png" // screenshots are PNG files
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func serve(t *testing.T, page string) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, page)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

const sound = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head>
<body><main><h1>Hello</h1><p id="p">Before</p><button id="b">Go</button></main>
<script>document.getElementById("p").textContent = "After"</script></body></html>`

func TestAxeFindsWhatIsBroken(t *testing.T) {
	b := Open(t)
	b.Go(serve(t, sound))
	if broken := b.Axe(); broken != nil {
		t.Errorf("a sound page: %v", broken)
	}
	b.Go(serve(t, strings.Replace(strings.Replace(sound, ` lang="en"`, "", 1), "<h1>", `<img src="x.png"><h1>`, 1)))
	found := strings.Join(b.Axe(), "\n")
	for _, want := range []string{"html-has-lang", "image-alt"} {
		if !strings.Contains(found, want) {
			t.Errorf("axe missed %s: %s", want, found)
		}
	}
}

func TestScriptsCanBeTurnedOff(t *testing.T) {
	b := Open(t)
	url := serve(t, sound)
	b.Go(url)
	if got := b.Text("#p"); got != "After" {
		t.Errorf("with scripts: %q", got)
	}
	b.JavaScript(false)
	b.Go(url)
	if got := b.Text("#p"); got != "Before" {
		t.Errorf("without scripts: %q", got)
	}
}

const form = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A form</title></head>
<body><main><h1>Who</h1><form><label for="name">Name</label> <input id="name" name="name" value="old">
<button>Say</button></form><p id="keys"></p></main>
<script>if (location.search) { const p = document.createElement("p"); p.id = "said"; p.textContent = location.search; document.querySelector("main").append(p) }
document.addEventListener("keydown", e => { document.getElementById("keys").textContent += e.key + " " })</script></body></html>`

func TestFormIsFilledInByHand(t *testing.T) {
	b := Open(t)
	b.Go(serve(t, form))
	b.Type("#name", "new")
	b.Click("button", "#said")
	if got := b.Text("#said"); got != "?name=new" {
		t.Errorf("said %q", got)
	}
	if got := b.Address(); got != "/?name=new" {
		t.Errorf("at %q", got)
	}
}

func TestFormIsFilledInByKeyboard(t *testing.T) {
	b := Open(t)
	b.Go(serve(t, form))
	if got := b.Tab(); got != "name" {
		t.Errorf("first stop: %q", got)
	}
	b.Press("y")
	b.Press(kb.Escape)
	if got := b.Text("#keys"); !strings.HasSuffix(strings.TrimSpace(got), "y Escape") {
		t.Errorf("keys: %q", got)
	}
	if got := b.Tab(); got != "Say" {
		t.Errorf("second stop: %q", got)
	}
	b.Enter("#said")
}

func TestNarrowWindowShowsWhatIsTooWide(t *testing.T) {
	b := Open(t)
	url := serve(t, strings.Replace(sound, "<h1>", `<div style="width: 500px">Wide</div><h1>`, 1))
	b.Go(url)
	if got := b.Overflow(); got != 0 {
		t.Errorf("a wide window overflows by %d", got)
	}
	b.Width(360)
	b.Go(url)
	if got := b.Overflow(); got < 140 {
		t.Errorf("a narrow window overflows by %d only", got)
	}
}

func TestScreenshotIsOfTheWholePage(t *testing.T) {
	b := Open(t)
	b.Go(serve(t, strings.Replace(sound, "<h1>", `<div style="height: 3000px">Tall</div><h1>`, 1)))
	file := filepath.Join(t.TempDir(), "page.png")
	b.Screenshot(file)
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size, _, err := image.DecodeConfig(f)
	if err != nil || size.Width != 1280 || size.Height < 3000 {
		t.Errorf("%+v %v", size, err)
	}
}

func TestTabsShareNoCookies(t *testing.T) {
	url := serve(t, sound)
	first := Open(t)
	first.Go(url)
	Eval[string](first, `document.cookie = "a=1"`)
	second := Open(t)
	second.Go(url)
	if got := Eval[string](second, `document.cookie`); got != "" {
		t.Errorf("a new tab holds %q", got)
	}
}
