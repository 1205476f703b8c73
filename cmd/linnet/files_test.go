package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestCompareNames(t *testing.T) {
	sorted := []string{"01 a", "2 b", "2 B2", "10 c", "a", "a1", "A01b", "a2", "b", "远山"}
	for i, a := range sorted {
		for j, b := range sorted {
			if got := compareNames(a, b); sign(got) != sign(i-j) {
				t.Errorf("compareNames(%q, %q) = %d, want the sign of %d", a, b, got, i-j)
			}
		}
	}
}

func sign(n int) int { return max(-1, min(n, 1)) }

func TestExpand(t *testing.T) {
	dir := t.TempDir()
	for _, f := range []string{"10 z.mp3", "2 y.WAV", "cover.jpg", "sub/1.aiff", ".hidden.mp3"} {
		path := filepath.Join(dir, f)
		os.MkdirAll(filepath.Dir(path), 0o777)
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := expand([]string{"missing.mp3", dir})
	want := []string{"missing.mp3", filepath.Join(dir, "2 y.WAV"), filepath.Join(dir, "10 z.mp3"), filepath.Join(dir, "sub/1.aiff")}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("expand = %q, %v, want %q", got, err, want)
	}
	list := filepath.Join(dir, "list.m3u")
	write(t, list, "#EXTM3U\n2 y.WAV\nsub/1.aiff\n/abs.mp3\n")
	got, err = expand([]string{list})
	if want := []string{filepath.Join(dir, "2 y.WAV"), filepath.Join(dir, "sub/1.aiff"), "/abs.mp3"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("a playlist is %q, %v", got, err)
	}
	write(t, list, "#EXTM3U\n")
	if _, err := expand([]string{list}); err == nil {
		t.Error("an empty playlist is no error")
	}
	if _, err := expand([]string{t.TempDir()}); err == nil {
		t.Error("a folder without music is no error")
	}
}
