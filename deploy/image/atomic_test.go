package image

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A program for a board does on 64 bits what it should, by the kernel's help, also
// where threads are at it at once.
func TestAtomics(t *testing.T) {
	t.Parallel()
	qemu, err := exec.LookPath("qemu-arm")
	if err != nil {
		t.Skipf("no program for a board is run: %v", err)
	}
	b, err := GoProgram(t.Context(), "linnet/deploy/image/testdata/atomics", Options{Version: "v1"})
	if err != nil {
		t.Fatal(err)
	}
	const address = "\x60\x0f\xff\xff" // of the kernel's operation
	if !bytes.Contains(b, []byte(address)) {
		t.Error("the kernel's operation on 64 bits is not in it")
	}
	program := filepath.Join(t.TempDir(), "atomics")
	if err := os.WriteFile(program, b, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, threads := range []string{"1", "2", "4"} {
		cmd := exec.Command(qemu, "-cpu", "arm926", program)
		cmd.Env = append(os.Environ(), "GOMAXPROCS="+threads)
		if out, err := cmd.CombinedOutput(); err != nil || string(out) != "atomic\n" {
			t.Errorf("with %s threads: %v: %s", threads, err, out)
		}
	}
}

// A Go whose file is another one is told of.
func TestOtherAtomics(t *testing.T) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), atomics, atomicsFile))
	if err != nil {
		t.Fatal(err)
	}
	for head := range bodies {
		text := strings.Replace(string(b), head, "func other()", 1)
		if _, err := withoutLocks(text); err == nil || !strings.Contains(err.Error(), head) {
			t.Errorf("without %s: %v", head, err)
		}
	}
	text, err := withoutLocks(string(b))
	if err != nil || strings.Contains(text, "addrLock(addr).lock()") {
		t.Errorf("locks are left, or %v", err)
	}
	if _, err := overlay(t.TempDir(), t.TempDir()); err == nil {
		t.Error("a Go without the file is none that is told of")
	}
}
