package synth

// episodes makes up what befalls some children besides: it is added only where
// the law allows all of it.
func (l *life) episodes() {}
