package app

import (
	"sync"
	"time"
)

// countedFor is how long what takes seconds to count is shown again although the
// record has changed: in a busy hour it changes all the time.
const countedFor = 10 * time.Minute

// lately keeps what was last counted from the record.
type lately[T any] struct {
	lock  sync.Mutex // held while it is counted, so that many who ask count once
	value T
	has   bool
	state uint64 // of the caseload that it was counted from
	at    time.Time
}

// get returns what was last counted, if the record has not changed since, or not
// long ago; otherwise, or if it is to be done again, it counts. ago is how old
// the value is, if the record has changed since: 0 if it has not.
func (l *lately[T]) get(state uint64, again bool, count func() (T, error)) (value T, ago time.Duration, err error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	age := time.Since(l.at)
	if l.has && (l.state == state || !again && age < countedFor) {
		if l.state == state {
			age = 0
		}
		return l.value, age, nil
	}
	value, err = count()
	if err == nil {
		l.value, l.has, l.state, l.at = value, true, state, time.Now()
	}
	return value, 0, err
}
