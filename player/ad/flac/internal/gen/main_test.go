package main

import (
	"bytes"
	"os"
	"testing"
)

// The files in the tree are those that this program writes.
func TestUpToDate(t *testing.T) {
	want, err := source()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{"lpc_unrolled.go": want, "lpc_arm.s": armSource(), "lpcwide_arm.s": wideSource()} {
		got, err := os.ReadFile("../../" + name)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what go generate writes (%v)", name, err)
		}
	}
}
