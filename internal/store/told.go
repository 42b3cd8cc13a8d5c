package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"weald/domain/casework"
)

const eventsOfKind = `SELECT child_id, happened_on, detail FROM events WHERE kind = $1 AND struck = 0 ORDER BY child_id, seq`

// EventsOfKind calls f for every event of a kind that was ever recorded, child by
// child in order of ID. What was corrected since is among them: whoever needs to
// know what holds reads the child's journal next.
func (t *Tx) EventsOfKind(ctx context.Context, kind casework.Kind, f func(ChildID, *casework.Event) error) error {
	err := t.each(ctx, eventsOfKind, []any{kind.String()}, func(rows *sql.Rows) error {
		var id ChildID
		var on, detail string
		if err := rows.Scan(&id, &on, &detail); err != nil {
			return err
		}
		e, err := casework.ParseEvent(strings.TrimSpace(on + " " + kind.String() + " " + detail))
		if err != nil {
			return err
		}
		return f(id, &e)
	})
	if err != nil {
		return fmt.Errorf("reading events of a kind: %w", err)
	}
	return nil
}
