package suite

import (
	"path/filepath"
	"testing"
)

// What was made is made once where there is a folder for it, and each time where
// there is none.
func TestKept(t *testing.T) {
	for _, c := range []struct {
		folder string
		made   int
	}{{"", 3}, {filepath.Join(t.TempDir(), "missing"), 3}, {t.TempDir(), 1}} {
		t.Setenv("LINNET_KEPT", c.folder)
		made := 0
		for range 3 {
			b := Kept("x", func() []byte { made++; return []byte("sound") })
			if string(b) != "sound" {
				t.Errorf("in %q: %q", c.folder, b)
			}
		}
		if made != c.made {
			t.Errorf("in %q it was made %d times, want %d", c.folder, made, c.made)
		}
	}
}
