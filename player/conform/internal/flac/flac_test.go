package flac

import (
	"crypto/md5"
	"os"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/conform/internal/suite"
	"linnet/player/media"
)

// TestVectors is what the command does.
func TestVectors(t *testing.T) {
	dir := suite.Dir("", folder)
	files := vectorFiles(dir)
	if len(files) == 0 {
		t.Skipf("no vectors in %s; set LINNET_VECTORS to a folder that holds %s/", dir, folder)
	}
	for _, f := range files {
		if r := checkVector(dir, f); !r.OK {
			t.Errorf("%s: %s", r.Name, r.Verdict)
		}
	}
}

// TestGenerated makes and checks some of the files that stand in for missing
// vectors, and all of them when the vectors are missing.
func TestGenerated(t *testing.T) {
	if lacking := lackingTools(); len(lacking) > 0 {
		t.Skipf("not installed: %s", strings.Join(lacking, ", "))
	}
	some := len(vectorFiles(suite.Dir("", folder))) > 0
	for i, c := range recipes() {
		if some && i%5 != 0 {
			continue
		}
		if r := c.check(t.TempDir()); !r.OK {
			t.Errorf("%s: %s", r.Name, r.Verdict)
		}
	}
}

// Both judges must find what is wrong.
func TestVerdicts(t *testing.T) {
	if lacking := lackingTools(); len(lacking) > 0 {
		t.Skipf("not installed: %s", strings.Join(lacking, ", "))
	}
	c := recipe{"x", "-5", "tones", 16, 44100, 2, 5000}
	dir := t.TempDir()
	if r := c.check(dir); !r.OK {
		t.Fatal(r.Verdict)
	}
	file := dir + "/out.flac"
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, err := decode("x", b)
	if err != nil {
		t.Fatal(err)
	}
	pcm := c.pcm()
	pcm[77]++
	if c.judge(suite.Row{}, d, pcm).OK {
		t.Error("other samples pass")
	}
	wrong := *d
	wrong.damage = player.Damage{Count: 1, First: &media.FormatError{}}
	if c.judge(suite.Row{}, &wrong, c.pcm()).OK {
		t.Error("damage passes")
	}
	wrong = *d
	wrong.sum = md5.New()
	if c.judge(suite.Row{}, &wrong, c.pcm()).OK {
		t.Error("a wrong sum passes")
	}
	b[30] ^= 1 // within the MD5
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if checkVector(dir, file).OK {
		t.Error("a vector with a wrong sum passes")
	}
}
