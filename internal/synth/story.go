package synth

import "weald/internal/app"

// A Story is a child whose life was written, and not made up by dice.
type Story struct {
	Name string
	fate fate
}

var stories_ []Story

func (a *Area) told(i int) app.Newcomer { return app.Newcomer{} }
