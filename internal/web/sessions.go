package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/alexedwards/scs/v2"
)

// words keeps what is in a session as JSON. Sessions hold nothing but words.
// scs's own way, gob, works out anew for each request how to read its types. What
// was kept that way is still read.
type words struct{}

type session struct {
	Until time.Time         `json:"until"`
	Words map[string]string `json:"words"`
}

// Encode implements scs.Codec.
func (words) Encode(until time.Time, values map[string]any) ([]byte, error) {
	s := session{until, make(map[string]string, len(values))}
	for k, v := range values {
		word, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("web: a session was given %s, which is a %T: it keeps words", k, v)
		}
		s.Words[k] = word
	}
	return json.Marshal(s)
}

// Decode implements scs.Codec.
func (words) Decode(kept []byte) (time.Time, map[string]any, error) {
	if !bytes.HasPrefix(kept, []byte("{")) {
		return scs.GobCodec{}.Decode(kept)
	}
	var s session
	if err := json.Unmarshal(kept, &s); err != nil {
		return time.Time{}, nil, fmt.Errorf("reading a session: %w", err)
	}
	values := make(map[string]any, len(s.Words))
	for k, word := range s.Words {
		values[k] = word
	}
	return s.Until, values, nil
}
