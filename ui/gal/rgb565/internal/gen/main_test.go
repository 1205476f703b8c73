package main

import (
	"bytes"
	"os"
	"testing"
)

func TestCommittedTablesAreGenerated(t *testing.T) {
	got, err := os.ReadFile("../../tables.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, source()) {
		t.Error("tables.go differs from what the generator writes: run go generate")
	}
}
