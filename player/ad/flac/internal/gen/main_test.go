package main

import (
	"bytes"
	"os"
	"testing"
)

// The tables in the tree are those that this program writes.
func TestUpToDate(t *testing.T) {
	want, err := source()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../lpc_unrolled.go")
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("lpc_unrolled.go is not what go generate writes (%v)", err)
	}
}
