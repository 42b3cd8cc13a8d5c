package govuk

import "strings"

// Errors says what is wrong with a form, in the order of its questions. It is
// an error, so a use of the app can return one; a handler that finds it shows
// the form again, with an [ErrorSummary] and a message beside each question.
type Errors []FieldError

// A FieldError is one thing wrong with one field. Field is the field's ID, and
// Message says how to put it right ("Enter the date of the request").
type FieldError struct {
	Field   string
	Message string

	// Parts are those of a date that are wrong: "day", "month", "year".
	Parts []string
}

// Target is the ID of the input that the summary should lead to.
func (e FieldError) Target() string {
	if len(e.Parts) > 0 {
		return e.Field + "-" + e.Parts[0]
	}
	return e.Field
}

// Add appends an error. Without a field it is about the form as a whole.
func (e *Errors) Add(field, message string) {
	*e = append(*e, FieldError{Field: field, Message: message})
}

// AddDate appends an error about a date input. Without parts, the whole date is
// wrong and the summary leads to the day.
func (e *Errors) AddDate(field, message string, parts ...string) {
	if len(parts) == 0 {
		parts = []string{"day", "month", "year"}
	}
	*e = append(*e, FieldError{Field: field, Message: message, Parts: parts})
}

// For is the first message about a field, or nothing: one is shown at a time.
func (e Errors) For(field string) string {
	found, _ := e.find(field)
	return found.Message
}

func (e Errors) find(field string) (FieldError, bool) {
	if field != "" {
		for _, f := range e {
			if f.Field == field {
				return f, true
			}
		}
	}
	return FieldError{}, false
}

// Err is e as an error, or nil when nothing is wrong.
func (e Errors) Err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

func (e Errors) Error() string {
	said := make([]string, len(e))
	for i, f := range e {
		said[i] = f.Message
	}
	return strings.Join(said, "; ")
}
