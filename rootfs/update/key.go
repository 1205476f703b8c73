package update

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
)

const keyKind = "ed25519 "

// FormatKey is a public key as a file: a line.
func FormatKey(k ed25519.PublicKey) []byte {
	return fmt.Appendf(nil, "%s%s\n", keyKind, base64.StdEncoding.EncodeToString(k))
}

// ParseKey reads what FormatKey wrote.
func ParseKey(b []byte) (ed25519.PublicKey, error) {
	text, ok := bytes.CutPrefix(bytes.TrimSpace(b), []byte(keyKind))
	if !ok || len(text) > 64 {
		return nil, fmt.Errorf("update: this is no public key of the kind %s", keyKind)
	}
	k, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil || len(k) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("update: a public key of %d bytes, %v", len(k), err)
	}
	return k, nil
}
