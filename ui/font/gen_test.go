package font

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestGenerated makes the data anew, where the tools and the fonts for that
// are installed, and compares it with what is committed.
func TestGenerated(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the fonts are not drawn anew")
	}
	for _, tool := range []string{"pkg-config", "cc"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("the fonts are not drawn anew: %v", err)
		}
	}
	if err := exec.Command("pkg-config", "--exists", "freetype2").Run(); err != nil {
		t.Skip("the fonts are not drawn anew: libfreetype-dev is not installed")
	}
	for _, font := range []string{"inter/Inter-Medium.otf", "noto/NotoSansCJK-Bold.ttc", "noto/NotoSansCJK-Medium.ttc"} {
		if _, err := os.Stat("/usr/share/fonts/opentype/" + font); err != nil {
			t.Skipf("the fonts are not drawn anew: fonts-inter, fonts-noto-cjk and fonts-noto-cjk-extra are not all installed: %v", err)
		}
	}
	dir := t.TempDir()
	run := exec.Command("go", "run", "-tags", "fontgen", "./gen", "-o", dir, "-curves", filepath.Join(dir, "curve_table.go"))
	run.Env = append(os.Environ(), "CGO_ENABLED=1", "GOOS=", "GOARCH=", "GOARM=")
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	compare(t, dir)
}

func compare(t *testing.T, dir string) {
	t.Helper()
	if got, want := read(t, filepath.Join(dir, "SOURCES")), read(t, "data/SOURCES"); !bytes.Equal(got, want) {
		t.Skipf("another FreeType or other fonts are installed than the data was made with:\n%s\nwant:\n%s", got, want)
	}
	files, err := filepath.Glob("data/*.lfn")
	if err != nil || len(files) != 10 {
		t.Fatalf("data holds %d prepared files, want 10 (%v)", len(files), err)
	}
	for _, f := range append(files, "data/models.lfm", "curve_table.go") {
		if !bytes.Equal(read(t, f), read(t, filepath.Join(dir, filepath.Base(f)))) {
			t.Errorf("%s is not what gen makes; run make fonts", f)
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
