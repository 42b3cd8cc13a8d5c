package sen2

import "strings"

// variants are spellings, in lower case, that other programs read or write and
// that differ from the specification's by more than capital letters.
var variants = map[string]string{
	"wpb":                "WBP",
	"planwpb":            "PlanWBP",
	"attendancepatttern": "AttendancePattern",
}

// A nameID stands for the name of an element or item; 0 is no name of a return.
type nameID uint8

var (
	names   []string          // by nameID
	nameIDs map[string]nameID // by name
	folded  map[string]nameID // by name in lower case, and by variant

	// layout says what a name is in each element: an item, as its index in
	// Items plus one; an element, as its number below zero; or nothing.
	layout [nElements][128]int16

	// A name's key, multiplied and cut to nine bits, finds it in hashed without
	// a clash: see newHash.
	hashed     [512]nameID
	multiplier uint32
)

func init() {
	if err := readYears(yearFiles); err != nil {
		panic("sen2: " + err.Error()) // a test reads every year's file
	}
	indexNames()
}

// indexNames makes the tables by which names are found.
func indexNames() {
	names, nameIDs, folded, layout = []string{""}, map[string]nameID{}, map[string]nameID{}, [nElements][128]int16{}
	for i := range Items {
		Items[i].index = int16(i)
	}
	id := func(name string) nameID {
		if _, ok := nameIDs[name]; !ok {
			nameIDs[name] = nameID(len(names))
			folded[strings.ToLower(name)] = nameID(len(names))
			names = append(names, name)
		}
		return nameIDs[name]
	}
	for e := message; e < nElements; e++ {
		layout[elements[e].in][id(elements[e].name)] = -int16(e)
	}
	for i := range Items {
		layout[Items[i].in][id(Items[i].Name)] = int16(i + 1)
	}
	for variant, name := range variants {
		folded[variant] = nameIDs[name]
	}
	// Where these three stand in the file is not known.
	for _, name := range []string{"DMO", "DCO", "DSCO"} {
		for _, e := range []element{collectionDetails, sourceDetails} {
			layout[e][nameIDs[name]] = layout[headerPart][nameIDs[name]]
		}
	}
	multiplier = newHash()
}

// key packs four bytes that tell the names of a return from one another.
func key[T string | []byte](name T) uint32 {
	n := len(name)
	return uint32(name[0]) | uint32(name[n/2])<<8 | uint32(name[n-1])<<16 | uint32(n)<<24
}

// newHash finds a multiplier under which no two names of a return share a place,
// so that finding a name takes one comparison.
func newHash() uint32 {
	for m := uint32(0x9E3779B1); ; m += 2 {
		hashed = [512]nameID{}
		clash := false
		for i, name := range names[1:] {
			at := &hashed[key(name)*m>>23]
			if clash = *at != 0; clash {
				break
			}
			*at = nameID(i + 1)
		}
		if !clash {
			return m
		}
	}
}

// nameOf finds a name as the specification spells it.
func nameOf(b []byte) nameID {
	if len(b) == 0 {
		return 0
	}
	id := hashed[key(b)*multiplier>>23]
	if names[id] != string(b) {
		return 0
	}
	return id
}
