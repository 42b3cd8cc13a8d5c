package measure

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"

	"weald/calendar"
)

// Pack writes marks as short text, to be kept with the case that they are of. The
// same marks always make the same text.
func Pack(marks []Mark) string {
	if len(marks) == 0 {
		return ""
	}
	bytes := make([]byte, 0, 6*len(marks))
	before := calendar.Date(0)
	for i := range marks {
		m := &marks[i]
		if m.Last != 0 && m.Last < m.First { // it held on no day
			continue
		}
		lasts := uint64(0) // how many days, or 0 while it goes on
		if m.Last != 0 {
			lasts = uint64(m.Last-m.First) + 1
		}
		bytes = binary.AppendUvarint(bytes, uint64(m.Of.number)<<2|uint64(one(m.Num))<<1|uint64(one(m.Den)))
		bytes = binary.AppendVarint(bytes, int64(m.First-before))
		bytes = binary.AppendUvarint(bytes, lasts)
		before = m.First
	}
	return base64.RawStdEncoding.EncodeToString(bytes)
}

// errPacked is wrapped in what is wrong with text that Pack did not make.
var errPacked = errors.New("measure: not marks as Pack writes them")

// Unpack adds to a list the marks that [Pack] wrote. Marks of a measure that is
// not defined any more are an error: the text is to be made anew.
func Unpack(text string, marks []Mark) ([]Mark, error) {
	bytes, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return marks, fmt.Errorf("%w: %w", errPacked, err)
	}
	before := calendar.Date(0)
	for len(bytes) > 0 {
		head, n := binary.Uvarint(bytes)
		days, m := binary.Varint(bytes[max(n, 0):])
		lasts, k := binary.Uvarint(bytes[max(n, 0)+max(m, 0):])
		if n <= 0 || m <= 0 || k <= 0 {
			return marks, errPacked
		}
		bytes = bytes[n+m+k:]
		d := numbered[head>>2]
		if d == nil {
			return marks, fmt.Errorf("%w: measure %d is not defined", errPacked, head>>2)
		}
		first := before + calendar.Date(days)
		mark := Mark{Of: d, First: first, Num: head&2 != 0, Den: head&1 != 0}
		if lasts > 0 {
			mark.Last = first + calendar.Date(lasts-1)
		}
		marks = append(marks, mark)
		before = first
	}
	return marks, nil
}

// numbered is the measures by the number of their code.
var numbered = func() map[uint64]*Definition {
	m := make(map[uint64]*Definition, len(Definitions))
	for _, d := range Definitions {
		m[uint64(d.number)] = d
	}
	return m
}()
