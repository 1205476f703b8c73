package cache

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ set, user, want string }{
		{filepath.Join(dir, "mine"), dir, filepath.Join(dir, "mine", "kernel")},
		{"", dir, filepath.Join(dir, "linnet", "kernel")},
	} {
		t.Setenv("LINNET_CACHE", c.set)
		t.Setenv("XDG_CACHE_HOME", c.user)
		if got, err := Folder("kernel"); got != c.want || err != nil {
			t.Errorf("with %q and %q: %q, %v, want %q", c.set, c.user, got, err, c.want)
		}
	}
	t.Setenv("LINNET_CACHE", "here")
	if got, err := Folder("bench"); !filepath.IsAbs(got) || err != nil {
		t.Errorf("below a relative folder: %q, %v", got, err)
	}
	t.Setenv("LINNET_CACHE", "")
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if got, err := Folder("bench"); err == nil || !strings.Contains(err.Error(), "LINNET_CACHE") {
		t.Errorf("without a home: %q, %v", got, err)
	}
}
