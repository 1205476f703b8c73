package video

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A file of each kind passes; one that is damaged, and one that is no video,
// fail.
func TestCheck(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not installed (apt-get install ffmpeg): nothing to compare with")
	}
	dir := t.TempDir()
	r := recipe{name: "small.m1v", source: "testsrc2=s=64x48:r=25:d=1", args: "-c:v mpeg1video -bf 2"}
	if row := r.check(dir); !row.OK || row.Samples != 25*64*48*3/2 || row.Peak != 0 {
		t.Errorf("%+v", row)
	}
	b, err := os.ReadFile(filepath.Join(dir, r.name))
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 0x55
	if err := os.WriteFile(filepath.Join(dir, "damaged.m1v"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "text.txt"), []byte("no video"), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, notes, err := check(dir, nil)
	if err != nil || len(notes) != 1 || len(rows) != 3 {
		t.Fatal(rows, notes, err)
	}
	for _, row := range rows {
		if row.OK != (row.Name == r.name) {
			t.Errorf("%s: %s", row.Name, row.Verdict)
		}
	}
	if bad := (recipe{name: "none.m1v", source: "nosuchfilter"}).check(dir); bad.OK || !strings.Contains(bad.Verdict, "ffmpeg") {
		t.Errorf("%+v", bad)
	}
}
