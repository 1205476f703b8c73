package main

import (
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	all, err := choose(nil)
	if err != nil || len(all) != len(suites()) {
		t.Errorf("%d suites, %v", len(all), err)
	}
	seen := map[string]bool{}
	for _, s := range all {
		one, err := choose([]string{s.Folder})
		if err != nil || len(one) != 1 || one[0].Name != s.Name || seen[s.Folder] || s.Check == nil {
			t.Errorf("%s: %v, %v", s.Folder, one, err)
		}
		seen[s.Folder] = true
	}
	if _, err := choose([]string{"mpa", "8track"}); err == nil || !strings.Contains(err.Error(), "8track") {
		t.Errorf("an unknown format: %v", err)
	}
	var out strings.Builder
	if _, err := run(&out, []string{"8track"}); err == nil {
		t.Error("run takes an unknown format")
	}
}
