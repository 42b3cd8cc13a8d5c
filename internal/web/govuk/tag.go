package govuk

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// A Colour is one of the Design System's tag colours. The zero Colour is blue.
type Colour string

// The colours. A colour never stands alone: the words say the same.
const (
	Grey    Colour = "grey"
	Teal    Colour = "teal"
	Green   Colour = "green"
	Purple  Colour = "purple"
	Magenta Colour = "magenta"
	Red     Colour = "red"
	Orange  Colour = "orange"
	Yellow  Colour = "yellow"
)

// A Tag shows the status of something in a word or two.
type Tag struct {
	Text   string
	Colour Colour
}

// Render writes the tag.
func (t Tag) Render(ctx context.Context, to io.Writer) error {
	w := Writer{ctx: ctx, to: to}
	t.write(&w, "")
	return w.err
}

// with adds a class to the tag.
func (t Tag) with(class string) templ.Component {
	return Write(func(w *Writer) { t.write(w, class) })
}

func (t Tag) write(w *Writer, more string) {
	w.Raw(`<strong class="govuk-tag`)
	if t.Colour != "" {
		w.Raw(` govuk-tag--`).Text(string(t.Colour))
	}
	if more != "" {
		w.Raw(` `).Text(more)
	}
	w.Raw(`">`).Text(t.Text).Raw(`</strong>`)
}
