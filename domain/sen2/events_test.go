package sen2

import "testing"

func checkStory(t *testing.T, p *Person, h Header) { Events(p, h) }
