package vm

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestCPUTime: a program's name may have anything in it.
func TestCPUTime(t *testing.T) {
	stat := filepath.Join(t.TempDir(), "stat")
	for text, want := range map[string]time.Duration{
		"12 (qemu) S 1 12 12 0 -1 4194304 100 0 0 0 250 31 0 0 20 0": 2810 * time.Millisecond,
		"12 (a) R (b)) R 1 12 12 0 -1 4194304 100 0 0 0 1 0 0 0 20":  10 * time.Millisecond,
		"12 (qemu) S 1 12": -1,
		"12 (qemu) S 1 12 12 0 -1 4194304 100 0 0 0 x 31 0 0 20 0": -1,
	} {
		if err := os.WriteFile(stat, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		got, err := cpuTime(stat)
		if (err != nil) != (want < 0) || err == nil && got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	if _, err := cpuTime(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no process, and no error")
	}
}

// TestCPUTimeOfThis: what a busy process takes is seen.
func TestCPUTimeOfThis(t *testing.T) {
	before, err := cpuTime("/proc/self/stat")
	if err != nil {
		t.Skip("no process has such a file: ", err)
	}
	for end := before + 50*time.Millisecond; ; {
		now, err := cpuTime("/proc/self/stat")
		if err != nil || now < before {
			t.Fatalf("%v, before %v: %v", now, before, err)
		}
		if now > end {
			return
		}
	}
}
