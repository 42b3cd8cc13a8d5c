package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
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
