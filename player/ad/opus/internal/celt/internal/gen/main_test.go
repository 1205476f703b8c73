package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestCommittedTablesAreTheGeneratedOnes(t *testing.T) {
	for name, make := range files {
		got, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, make()) {
			t.Errorf("%s is not what go generate writes", name)
		}
	}
}
