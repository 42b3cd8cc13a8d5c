package child

import (
	"errors"
	"strings"
)

// squeeze takes out what people put between the parts of a number, and writes
// letters as capitals.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r == ' ' || r == '-' || r == '\t' || r == '.' || r == '\u00a0' || r == '\u2011' || r == '\u2013':
			return -1
		}
		return r
	}, strings.TrimSpace(s))
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// ParseNHS reads an NHS number: ten digits, of which the last follows from the
// others (modulus 11). It returns the digits alone; nothing for nothing.
func ParseNHS(s string) (string, error) {
	n := squeeze(s)
	switch {
	case n == "":
		return "", nil
	case !allDigits(n):
		return "", errors.New("an NHS number has digits only, like 943 476 5919")
	case len(n) != 10:
		return "", errors.New("an NHS number has 10 digits")
	}
	sum := 0
	for i := range 9 {
		sum += int(n[i]-'0') * (10 - i)
	}
	if (11-sum%11)%11 != int(n[9]-'0') {
		return "", errors.New("this is not an NHS number: a digit is wrong, or two have changed places")
	}
	return n, nil
}

// upnLetters are the check letters of a UPN, by the remainder they stand for.
const upnLetters = "ABCDEFGHJKLMNPQRTUVWXYZ"

// ParseUPN reads a unique pupil number: a check letter and twelve digits, the
// last of which is a letter in a temporary number. The check letter is that of
// the Department for Education's children in need census, check 1510. The value
// of a temporary number's last letter was not read, so its check letter is not
// checked. It returns nothing for nothing.
func ParseUPN(s string) (string, error) {
	n := squeeze(s)
	switch {
	case n == "":
		return "", nil
	case len(n) != 13:
		return "", errors.New("a UPN has 13 characters: a letter, then 12 digits")
	case !strings.Contains(upnLetters, n[:1]):
		return "", errors.New("a UPN begins with a letter, and never with I, O or S")
	case !allDigits(n[1:12]):
		return "", errors.New("a UPN has digits after its first letter")
	case allDigits(n[12:]):
		sum := 0
		for i := 1; i < 13; i++ {
			sum += int(n[i]-'0') * (i + 1)
		}
		if upnLetters[sum%23] != n[0] {
			return "", errors.New("this is not a UPN: a character is wrong, or two have changed places")
		}
	case !strings.Contains(upnLetters, n[12:]):
		return "", errors.New("a UPN ends with a digit or, if it is temporary, a letter other than I, O or S")
	}
	return n, nil
}

// ParseULN reads a unique learner number: ten digits. Its last digit is not
// checked, because the rule for it was not read. It returns nothing for nothing.
func ParseULN(s string) (string, error) {
	n := squeeze(s)
	switch {
	case n == "":
		return "", nil
	case !allDigits(n):
		return "", errors.New("a ULN has digits only")
	case len(n) != 10:
		return "", errors.New("a ULN has 10 digits")
	}
	return n, nil
}

// ParsePostcode reads a postcode by its shape alone, and writes it with a space
// before its last three characters. Whether there is such a postcode is not
// known here. It returns nothing for nothing.
func ParsePostcode(s string) (string, error) {
	n := squeeze(s)
	wrong := errors.New("enter a full postcode, like SW1A 1AA")
	if n == "" {
		return "", nil
	}
	if len(n) < 5 || len(n) > 7 {
		return "", wrong
	}
	out, in := n[:len(n)-3], n[len(n)-3:]
	shape := func(s string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case r >= 'A' && r <= 'Z':
				return 'A'
			case r >= '0' && r <= '9':
				return '9'
			}
			return '?'
		}, s)
	}
	if shape(in) != "9AA" {
		return "", wrong
	}
	switch shape(out) {
	case "A9", "A99", "AA9", "AA99", "A9A", "AA9A":
		return out + " " + in, nil
	}
	return "", wrong
}
