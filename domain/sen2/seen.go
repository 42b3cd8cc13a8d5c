package sen2

import "hash/maphash"

// seen remembers which person had a value, in 12 bytes a place: it keeps a hash
// of the value and not the value. That two different values of a million pass
// for the same happens in one return of thirty million.
type seen struct {
	hashes []uint64
	who    []uint32 // the person's number; 0: the place is free
	held   int
}

var seenSeed = maphash.MakeSeed()

// before returns the person who had a value before, or 0, and remembers this one
// as having it.
func (s *seen) before(value []byte, person int) int {
	if 4*(s.held+1) > 3*len(s.who) {
		s.grow()
	}
	hash := maphash.Bytes(seenSeed, value)
	i := s.place(hash)
	if s.who[i] != 0 {
		return int(s.who[i])
	}
	s.hashes[i], s.who[i] = hash, uint32(person)
	s.held++
	return 0
}

// place returns where a hash is kept, or the free place where it would be.
func (s *seen) place(hash uint64) uint64 {
	mask := uint64(len(s.who) - 1)
	i := hash & mask
	for s.who[i] != 0 && s.hashes[i] != hash {
		i = (i + 1) & mask
	}
	return i
}

func (s *seen) grow() {
	old := *s
	size := max(1024, 2*len(old.who))
	s.hashes, s.who = make([]uint64, size), make([]uint32, size)
	for i, who := range old.who {
		if who != 0 {
			at := s.place(old.hashes[i])
			s.hashes[at], s.who[at] = old.hashes[i], who
		}
	}
}
