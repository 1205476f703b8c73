package main

import (
	"testing"
)

func TestTablesAreCurrent(t *testing.T) {
	if stale := files.Stale("../.."); stale != nil {
		t.Errorf("%q: not what go generate writes", stale)
	}
}
