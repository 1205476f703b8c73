package theme

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestGenerated draws the masks anew and compares them with what is committed.
func TestGenerated(t *testing.T) {
	file := filepath.Join(t.TempDir(), "masks.go")
	run := exec.Command("go", "run", "./internal/gen", "-o", file)
	run.Env = append(os.Environ(), "GOOS=", "GOARCH=", "GOARM=")
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("masks.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("masks.go is not what internal/gen makes; run go generate")
	}
}
