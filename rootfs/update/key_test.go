package update

import (
	"bytes"
	"strings"
	"testing"
)

func TestKey(t *testing.T) {
	k := public(testKey(3))
	text := FormatKey(k)
	if got, err := ParseKey(text); err != nil || !bytes.Equal(got, k) {
		t.Errorf("%q is read as %x, %v", text, got, err)
	}
	for _, bad := range []string{"", "ed25519", "ed25519 ", "ed25519 AAAA", "ed25519 ?", "rsa AAAA", "ed25519 " + strings.Repeat("A", 1000)} {
		if k, err := ParseKey([]byte(bad)); err == nil {
			t.Errorf("%.20q is read as %x", bad, k)
		}
	}
}
