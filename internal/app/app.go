// Package app is what people do: one method for each act. A method asks whether
// the person may, fetches, lets the domain decide, and saves all of it or
// nothing. It knows no HTML, JSON or SQL.
//
// Start reading at [Casework].
package app

import (
	"errors"
	"time"
	_ "time/tzdata" // so that London is known on every machine

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
)

// ErrNotAllowed is returned to a person who may not do what they asked.
var ErrNotAllowed = errors.New("app: not allowed")

// ErrNotFound is returned for a thing that is not in the record.
var ErrNotFound = store.ErrNotFound

// A Core is what every group of acts needs: the record, how the local area
// applies the law, and what day it is.
type Core struct {
	db       *store.DB
	practice *casework.Practice
	today    func() calendar.Date
	caseload *caseload

	// Program tells one build of the program from another: whatever another
	// worked out is worked out again. "" takes every start for a new build.
	Program string
}

// New returns a core on a record. today says what day it is in England; nil
// means the real day.
func New(db *store.DB, practice *casework.Practice, today func() calendar.Date) *Core {
	if today == nil {
		today = Today
	}
	return &Core{db: db, practice: practice, today: today, caseload: newCaseload()}
}

// London is where the days of the law begin and end.
var London = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic("app: no time zone data for London: " + err.Error())
	}
	return l
}()

// Today returns the day it is in England.
func Today() calendar.Date {
	now := time.Now().In(London)
	return calendar.On(now.Year(), now.Month(), now.Day())
}

// Today returns the day by which the core reckons.
func (c *Core) Today() calendar.Date { return c.today() }

// Practice returns how the local area applies the law.
func (c *Core) Practice() *casework.Practice { return c.practice }

func may(by access.User, p access.Permission) error {
	if !by.May(p) {
		return ErrNotAllowed
	}
	return nil
}
