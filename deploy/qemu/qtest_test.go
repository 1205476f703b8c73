package qemu

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDevices has each program of QEMU's kind test the devices that it is for.
func TestDevices(t *testing.T) {
	emulator, err := Find()
	if err != nil {
		t.Skip(err)
	}
	for _, name := range tests {
		t.Run(name, func(t *testing.T) { runTest(t, emulator, filepath.Join(filepath.Dir(emulator), name)) })
	}
}

// runTest runs a program, which says in the Test Anything Protocol how it went.
func runTest(t *testing.T, emulator, program string) {
	cmd := exec.CommandContext(t.Context(), program, "--tap", "-k")
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "QTEST_QEMU_BINARY="+emulator, "TMPDIR="+cmd.Dir)
	out, err := cmd.CombinedOutput()
	passed := 0
	for line := range bytes.Lines(out) {
		if bytes.HasPrefix(line, []byte("ok ")) {
			passed++
		}
		if bytes.HasPrefix(line, []byte("not ok ")) || bytes.Contains(line, []byte("# SKIP")) {
			t.Errorf("%s", bytes.TrimSpace(line))
		}
	}
	if err != nil || passed == 0 {
		t.Fatalf("%v after %d tests:\n%s", err, passed, strings.TrimSpace(string(out)))
	}
	t.Logf("%d tests", passed)
}
