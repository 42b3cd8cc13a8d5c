package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// Keys encrypt the most sensitive fields of a record, which privacy.Holdings
// marks. The first key seals what is written; all open what was. A sealed value
// says by which key, and opens only in its own column of its own child. A nil
// Keys seals nothing.
type Keys struct {
	current string
	each    map[string]cipher.AEAD
}

// ErrUnknownKey is returned for what was sealed with a key that is not given.
var ErrUnknownKey = errors.New("store: part of the record is sealed with a key that is not given")

// sealMark begins every sealed value. Nobody types it.
const sealMark = "\x02sealed:"

// keyLength is the length of a key in bytes: AES-256.
const keyLength = 32

// ParseKeys reads keys as a setting or a file gives them, the one in use first,
// each as its ID and 32 bytes in base64: "2026b:…,2026a:…". Blanks and line ends
// part them too. "" is no keys.
func ParseKeys(text string) (*Keys, error) {
	k := &Keys{each: map[string]cipher.AEAD{}}
	for i, one := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) }) {
		id, secret, ok := strings.Cut(one, ":")
		raw, err := base64.StdEncoding.DecodeString(secret)
		if !ok || err != nil || len(raw) != keyLength || id == "" || len(id) > 40 || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return nil, fmt.Errorf("key %d is not an ID, a colon and %d bytes in base64: weald keys new makes one", i+1, keyLength) // never the key itself
		}
		if k.each[id] != nil {
			return nil, fmt.Errorf("the key %s is given twice", id)
		}
		own, err := hkdf.Key(sha256.New, raw, nil, "weald field sealing 1", keyLength)
		if err != nil {
			return nil, err
		}
		block, err := aes.NewCipher(own)
		if err != nil {
			return nil, err
		}
		if k.each[id], err = cipher.NewGCM(block); err != nil {
			return nil, err
		}
		if k.current == "" {
			k.current = id
		}
	}
	if k.current == "" {
		return nil, nil
	}
	return k, nil
}

// NewKey makes a key, as [ParseKeys] reads it.
func NewKey(id string) string {
	raw := make([]byte, keyLength)
	_, _ = rand.Read(raw) // never fails
	return id + ":" + base64.StdEncoding.EncodeToString(raw)
}

// Current is the ID of the key that seals what is written; "" without keys.
func (k *Keys) Current() string {
	if k == nil {
		return ""
	}
	return k.current
}

// where is what a sealed value is bound to.
func sealedWhere(table, column string, child ChildID) []byte {
	return []byte(table + "." + column + " of " + string(child))
}

// seal encrypts a value. What is empty stays empty.
func (k *Keys) seal(table, column string, child ChildID, plain string) string {
	if k == nil || plain == "" {
		return plain
	}
	aead := k.each[k.current]
	sealed := make([]byte, aead.NonceSize(), aead.NonceSize()+len(plain)+aead.Overhead())
	_, _ = rand.Read(sealed) // never fails
	sealed = aead.Seal(sealed, sealed, []byte(plain), sealedWhere(table, column, child))
	return sealMark + k.current + ":" + base64.RawStdEncoding.EncodeToString(sealed)
}

// sealedBy is the ID of the key that sealed a value; "" if none did.
func sealedBy(value string) (id, rest string) {
	text, ok := strings.CutPrefix(value, sealMark)
	if !ok {
		return "", ""
	}
	id, rest, _ = strings.Cut(text, ":")
	return id, rest
}

// open decrypts a value; one that was never sealed is returned as it is.
func (k *Keys) open(table, column string, child ChildID, value string) (string, error) {
	id, rest := sealedBy(value)
	if id == "" {
		return value, nil
	}
	if k == nil || k.each[id] == nil {
		return "", fmt.Errorf("%w: %s", ErrUnknownKey, id)
	}
	raw, err := base64.RawStdEncoding.DecodeString(rest)
	aead := k.each[id]
	if err != nil || len(raw) < aead.NonceSize() {
		return "", fmt.Errorf("store: %s.%s is damaged", table, column)
	}
	plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], sealedWhere(table, column, child))
	if err != nil {
		return "", fmt.Errorf("store: %s.%s is damaged, was moved, or the key %s is another one", table, column, id)
	}
	return string(plain), nil
}

// openAll decrypts values in place: column, place, column, place.
func (k *Keys) openAll(table string, child ChildID, columns []string, at ...*string) (err error) {
	for i, column := range columns {
		if *at[i], err = k.open(table, column, child, *at[i]); err != nil {
			return err
		}
	}
	return nil
}
