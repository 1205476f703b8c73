package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/ui/theme"
)

// put writes files below a folder.
func put(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func names(all []*theme.Theme) string {
	var n []string
	for _, t := range all {
		n = append(n, t.Name)
	}
	return strings.Join(n, " ")
}

// TestThemes: themes of a stick are found, one that is broken is told of, and
// one that is chosen stays when the stick is gone.
func TestThemes(t *testing.T) {
	media, state := t.TempDir(), t.TempDir()
	put(t, media, map[string]string{
		"themes/root.theme":                  "base = light",
		"STICK [1]/themes/harbour.theme":     "name = Harbour\ntext-2 = #C0C0C0\nicons = icons",
		"STICK [1]/themes/icons/readme.txt":  "not an icon, not copied",
		"STICK [1]/themes/own/night.theme":   "name = Night",
		"STICK [1]/themes/own/bad.theme":     "\ntext = #181410",
		"STICK [1]/themes/own/deep/no.theme": "name = Deep",
		"STICK [1]/song.mp3":                 "",
	})
	said := ""
	s := screens{root: media, state: state, complain: func(format string, args ...any) { said += fmt.Sprintf(format, args...) }}
	if got := names(s.ownThemes()); got != "dark light" {
		t.Errorf("without any: %s", got)
	}
	found, err := s.findThemes()
	if got := names(found); got != "root Harbour Night" {
		t.Errorf("found %s", got)
	}
	var e *theme.FileError
	if !errors.As(err, &e) || e.File != "bad.theme" || e.Line != 2 {
		t.Errorf("the broken one: %v", err)
	}
	if !strings.Contains(said, "bad.theme:2: text on background") {
		t.Errorf("it says %q", said)
	}
	for range 2 { // the second time it takes its own place
		if err := s.takeTheme("Harbour"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.takeTheme("dark"); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(state, "themes/harbour/icons/readme.txt")); err == nil {
		t.Error("what belongs to no theme was copied")
	}
	after := screens{root: t.TempDir(), state: state, complain: t.Errorf}
	own := after.ownThemes()
	if got := names(own); got != "dark light Harbour" {
		t.Fatalf("kept: %s", got)
	}
	if own[2].Text2 == theme.Dark().Text2 {
		t.Error("it is not the one that was chosen")
	}
	if left, err := filepath.Glob(filepath.Join(state, "themes", ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
	if found, err := after.findThemes(); err != nil || names(found) != "Harbour" {
		t.Errorf("without the stick: %s, %v", names(found), err)
	}
	if got := (&screens{}).ownThemes(); names(got) != "dark light" {
		t.Errorf("where nothing is kept: %s", names(got))
	}
}
