package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// do runs the program and returns what it says.
func do(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(os.Stdin, &o, &e, args)
	return code, o.String(), e.String()
}

// TestARMv4T lowers a program for ARM, into another file and into itself.
func TestARMv4T(t *testing.T) {
	dir := t.TempDir()
	program, out := filepath.Join(dir, "program"), filepath.Join(dir, "out")
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", program, "../../deploy/armv4t/testdata/demands")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm", "GOARM=5")
	if msg, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, msg)
	}
	for _, c := range []struct {
		args      []string
		code      int
		out, errs string
	}{
		{[]string{"--check", program}, 1, "BLX, which needs ARMv5T", ""},
		{[]string{program, out}, 0, "1 SMLAWy", ""},
		{[]string{program, program}, 0, "bytes of thunks, in the padding", ""},
		{[]string{"--check", program}, 0, " 0 findings\nbehind a check at run time: 4 in armAnd8", ""},
		{[]string{out, out}, 0, "nothing to lower", ""},
		{[]string{out}, 1, "", "say where to write to"},
		{[]string{"--check", out, out}, 1, "", "writes nothing"},
		{[]string{filepath.Join(dir, "none"), out}, 1, "", "no such file"},
		{[]string{"armv4t.go", out}, 1, "", "bad magic number"},
		{[]string{"--check", "armv4t.go"}, 1, "", "bad magic number"},
		{[]string{out, filepath.Join(dir, "none", "out")}, 1, "", "no such file"},
		{[]string{}, 2, "", "--help"},
	} {
		code, o, e := do(append([]string{"armv4t"}, c.args...)...)
		if code != c.code || !strings.Contains(o, c.out) || !strings.Contains(e, c.errs) {
			t.Errorf("%q: %d, want %d\n%s%s", c.args, code, c.code, o, e)
		}
	}
	a, _ := os.ReadFile(program)
	b, err := os.ReadFile(out)
	if err != nil || !bytes.Equal(a, b) {
		t.Error("lowering a program into itself gives another one", err)
	}
	if info, err := os.Stat(out); err != nil || info.Mode().Perm() != 0o755 {
		t.Error("it can't be executed", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".armv4t-*")); left != nil {
		t.Errorf("%q is left", left)
	}
}

func TestHelp(t *testing.T) {
	if code, out, _ := do("--help"); code != 0 || !strings.Contains(out, "armv4t") {
		t.Errorf("%d\n%s", code, out)
	}
}
