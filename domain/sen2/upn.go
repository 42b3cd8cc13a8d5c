package sen2

// upnLetters are the first letters of UPNs, by the sum of their digits.
const upnLetters = "ABCDEFGHJKLMNPQRTUVWXYZ"

// upnLetter returns the letter that a UPN should begin with: each of the digits
// after it times its place, from 2 to 13, and of the sum the remainder by 23. It
// is 0 if they are not all digits: a temporary UPN ends with a letter, and how it
// counts was not read.
func upnLetter(upn string) byte {
	sum := 0
	for i := 1; i < len(upn); i++ {
		d := upn[i] - '0'
		if d > 9 {
			return 0
		}
		sum += int(d) * (i + 1)
	}
	return upnLetters[sum%23]
}

// upnAreas are the numbers that may follow the letter: of local authorities, and
// of bodies that give out UPNs as one would. They are the children in need
// census's.
var upnAreas = func() (is [1000]bool) {
	for _, r := range [][2]int{{1, 5}, {201, 213}, {301, 320}, {330, 336}, {340, 344}, {350, 359}, {370, 373}, {380, 384}, {390, 394},
		{420, 420}, {660, 681}, {701, 708}, {800, 803}, {805, 808}, {810, 813}, {815, 816}, {820, 823}, {825, 826}, {830, 831}, {835, 841},
		{845, 846}, {850, 852}, {855, 857}, {860, 861}, {865, 896}, {908, 909}, {916, 916}, {919, 919}, {921, 921}, {925, 926}, {928, 929},
		{931, 931}, {933, 933}, {935, 938}, {940, 943}} {
		for n := r[0]; n <= r[1]; n++ {
			is[n] = true
		}
	}
	return is
}()

const upnSource = "The department's rules for the children in need census, which are not SEN2's"

var upnChecks = []*Check{
	{Code: "U-001", Level: OfPerson, Severity: Query, Fields: []string{"UPN"}, Source: upnSource, Confidence: oneWord,
		Words: "The UPN is not 13 characters long.",
		find: func(x *at) {
			if upn := x.person.UPN; upn != "" && len(upn) != 13 {
				x.finds("UPN", "%s has %d characters; a UPN has 13.", shown(upn), len(upn))
			}
		}},
	{Code: "U-002", Level: OfPerson, Severity: Query, Fields: []string{"UPN"}, Source: upnSource, Confidence: oneWord,
		Words: "The UPN's first letter is not the one that its digits give.",
		find: func(x *at) {
			if upn := x.person.UPN; len(upn) == 13 {
				if want := upnLetter(upn); want != 0 && upn[0] != want {
					x.finds("UPN", "%s begins with %s; its digits give %c.", shown(upn), short(upn[:1]), want)
				}
			}
		}},
	{Code: "U-003", Level: OfPerson, Severity: Query, Fields: []string{"UPN"}, Source: upnSource, Confidence: oneWord,
		Words: "Characters 2 to 4 of the UPN are not the number of an authority that gives out UPNs.",
		find: func(x *at) {
			if upn := x.person.UPN; len(upn) == 13 {
				n := upn[1:4]
				if !digitsOnly(n) || !upnAreas[int(n[0]-'0')*100+int(n[1]-'0')*10+int(n[2]-'0')] {
					x.finds("UPN", "%s holds %s in its second to fourth places, which is not the number of an authority.", shown(upn), short(n))
				}
			}
		}},
	{Code: "U-004", Level: OfPerson, Severity: Query, Fields: []string{"UPN"}, Source: upnSource, Confidence: oneWord,
		Words: "Characters 5 to 12 of the UPN are not all digits.",
		find: func(x *at) {
			if upn := x.person.UPN; len(upn) == 13 && !digitsOnly(upn[4:12]) {
				x.finds("UPN", "%s holds %s in its fifth to twelfth places; they should be digits.", shown(upn), short(upn[4:12]))
			}
		}},
	{Code: "U-005", Level: OfPerson, Severity: Query, Fields: []string{"UPN"}, Source: upnSource, Confidence: oneWord,
		Words: "The UPN's last character is neither a digit nor a letter other than I, O and S.",
		find: func(x *at) {
			if upn := x.person.UPN; len(upn) == 13 {
				if c := upn[12]; !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' && c != 'I' && c != 'O' && c != 'S') {
					x.finds("UPN", "%s ends with %s; it should end with a digit or a letter other than I, O and S.", shown(upn), short(upn[12:]))
				}
			}
		}},
}

// shown puts a value of the file into a sentence.
func shown(value string) string { return quote([]byte(value)) }
