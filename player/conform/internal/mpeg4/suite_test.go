package mpeg4

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player/media"
)

// Files of each kind pass, and one that is damaged, or not what it is said to
// be, fails.
func TestCheck(t *testing.T) {
	dir := t.TempDir()
	if row := aacRecipes[0].check(dir, media.AAC); !row.OK || row.Samples == 0 || row.RMS == 0 {
		t.Errorf("%+v", row)
	}
	if row := alacRecipes[0].check(dir, media.ALAC); !row.OK || row.Samples == 0 || row.Peak != 0 {
		t.Errorf("%+v", row)
	}
	if row := aacRecipes[1].check(dir, media.ALAC); row.OK {
		t.Errorf("ALAC as an ADTS file: %+v", row)
	}
	file := filepath.Join(dir, alacRecipes[0].name)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := 5000; i < 5010; i++ {
		b[i] ^= 0x55
	}
	if err := os.WriteFile(filepath.Join(dir, "damaged.m4a"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	rows, _, err := check(dir, media.ALAC, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		want := r.Name == alacRecipes[0].name
		if r.OK != want {
			t.Errorf("%s: %s", r.Name, r.Verdict)
		}
	}
	if len(rows) != 4 || !strings.Contains(rows[1].Verdict, "the codec is aac") {
		t.Errorf("%+v", rows)
	}
}
