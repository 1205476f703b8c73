package main

import "testing"

// TestCommitted: the tables in the package are those that this writes.
func TestCommitted(t *testing.T) {
	if stale := files.Stale("../.."); len(stale) > 0 {
		t.Errorf("%q: run go generate", stale)
	}
}
