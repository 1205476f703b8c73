package main

import (
	"strings"
	"testing"
)

func TestEmulated(t *testing.T) {
	rows, err := sightings(`| what | seen | asked for |
| --- | --- | --- |
| playing while a page stands still | takes 9.8 % of the processor |  |
| a key or a touch | 52 ms at most | within 50 ms **failed** |
| memory | 1.6 MB | below 4 MB |
`)
	if err != nil {
		t.Fatal(err)
	}
	e := emulated{rows: rows}
	var got strings.Builder
	e.print(&got)
	want := `playing while a page stands still  takes 9.8 % of the processor
a key or a touch                   52 ms at most (FAILED, the mark: within 50 ms)
memory                             1.6 MB (the mark: below 4 MB)
`
	if got.String() != want || e.failed() != 1 || e.parts() != 3 {
		t.Errorf("%d failed of %d:\n%s\nwant\n%s", e.failed(), e.parts(), got.String(), want)
	}
	if err := (report{emulated: e}).failure(); err == nil || !strings.HasPrefix(err.Error(), "1 could not") {
		t.Errorf("one failed: %v", err)
	}
	if _, err := sightings("| a | b |\n"); err == nil {
		t.Error("a table of two columns is taken")
	}
	e = emulated{why: "there is no kernel"}
	got.Reset()
	e.print(&got)
	if got.String() != "not measured: there is no kernel\n" || e.failed() != 0 || e.parts() != 1 {
		t.Errorf("%q", got.String())
	}
}
