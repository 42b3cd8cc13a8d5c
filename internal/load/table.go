package load

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Head writes the head of the table of results, in Markdown.
func Head(to io.Writer, first string) {
	fmt.Fprintf(to, "| %-45s | req/s | p50 ms | p99 ms | max ms | errors | KB | server µs | client µs | server MB |\n", first)
	fmt.Fprintf(to, "|%s|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n", strings.Repeat("-", 47))
}

// Line writes a result as a line of the table, and those of its parts under it.
// The processor times are each answer's share. What is not known is left empty.
func (r *Result) Line(to io.Writer) {
	name := r.Workload.Words
	if r.Asked > 0 {
		name += fmt.Sprintf(", %.0f/s asked for", r.Asked)
	}
	r.line(to, name)
	for _, part := range r.Parts {
		part.line(to, "&ensp;"+part.Workload.Words)
	}
}

func (r *Result) line(to io.Writer, name string) {
	micros := func(d time.Duration) string {
		if d == 0 {
			return ""
		}
		return fmt.Sprint(time.Duration(r.Each(int64(d))).Microseconds())
	}
	memory, size, errors := "", "", fmt.Sprint(r.Errors)
	if r.Memory > 0 {
		memory = fmt.Sprint(r.Memory >> 20)
	}
	if r.Bytes > 0 {
		size = fmt.Sprintf("%.1f", float64(r.Each(r.Bytes))/1024)
	}
	if r.Own == 0 {
		errors = ""
	}
	fmt.Fprintf(to, "| %-45s | %5.0f | %s | %s | %s | %s | %s | %s | %s | %s |\n", name, r.Rate(),
		millis(r.Quantile(0.5)), millis(r.Quantile(0.99)), millis(r.Quantile(1)), errors, size, micros(r.Server), micros(r.Own), memory)
}

func millis(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	if ms < 10 {
		return fmt.Sprintf("%.2f", ms)
	}
	return fmt.Sprintf("%.0f", ms)
}
