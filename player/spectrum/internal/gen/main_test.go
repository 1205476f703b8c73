package main

import (
	"bytes"
	"os"
	"testing"
)

// What is committed is what the generator makes.
func TestTables(t *testing.T) {
	got, err := os.ReadFile("../../tables.go")
	if err != nil || !bytes.Equal(got, Tables()) {
		t.Errorf("tables.go is not what go generate makes (%v)", err)
	}
}
