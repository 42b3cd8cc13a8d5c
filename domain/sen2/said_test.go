package sen2

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// Every item that a person has in the file is a line, in the file's order, and no
// other is.
func TestLinesAreTheFiles(t *testing.T) {
	file := string(sample(t))
	n := 0
	_, _, err := Read(bytes.NewReader([]byte(file)), func(p *Person) error {
		n++
		from := strings.Index(file, "<Person>")
		to := strings.Index(file, "</Person>")
		text := file[from:to]
		file = file[to+9:]
		lines := p.Lines()
		for _, l := range lines {
			tag := fmt.Sprintf("<%s>%s</%s>", l.Item.Name, l.Value, l.Item.Name)
			at := strings.Index(text, tag)
			if at < 0 {
				return fmt.Errorf("person %d: %s is not there, or not in order", n, tag)
			}
			text = text[at+len(tag):]
			if l.Item.Date != (l.Words != "" && l.Item.Codes == nil) || (l.Request == 0) != (l.Item.Element() == "Person") {
				t.Errorf("%+v", l)
			}
		}
		if strings.Count(text, "</") > 12 {
			t.Errorf("person %d: not all is told: %s", n, text)
		}
		return nil
	})
	if err != nil || n != 500 {
		t.Errorf("%d people, %v", n, err)
	}
}
