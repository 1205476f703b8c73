package desktop

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"linnet/player/formats"
	"linnet/ui/theme"
)

var update = flag.Bool("update", false, "draw the icon anew")

// The icon is the window's.
func TestIcon(t *testing.T) {
	var want bytes.Buffer
	if err := png.Encode(&want, theme.WindowIcon()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("linnet.png", want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("linnet.png")
	if err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("linnet.png is another picture; -update draws it (%v)", err)
	}
}

// entry is the desktop entry's keys.
func entry(t *testing.T, file string) map[string]string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		key, value, ok := strings.Cut(line, "=")
		switch {
		case i == 0 && line == "[Desktop Entry]":
		case !ok || keys[key] != "":
			t.Errorf("line %d: %q", i+1, line)
		default:
			keys[key] = value
		}
	}
	return keys
}

// The entry has what the Desktop Entry Specification asks for, and names the types
// of what is played.
func TestEntry(t *testing.T) {
	keys := entry(t, "linnet.desktop")
	for key, want := range map[string]string{"Type": "Application", "Name": "Linnet", "Exec": "linnet %F", "Icon": "linnet", "Terminal": "false"} {
		if keys[key] != want {
			t.Errorf("%s is %q, want %q", key, keys[key], want)
		}
	}
	types := strings.Split(strings.TrimSuffix(keys["MimeType"], ";"), ";")
	seen := map[string]bool{}
	for _, m := range types {
		if seen[m] || strings.Count(m, "/") != 1 {
			t.Errorf("the type %q", m)
		}
		seen[m] = true
	}
	for ext, m := range map[string]string{".mp3": "audio/mpeg", ".flac": "audio/flac", ".opus": "audio/x-opus+ogg", ".avi": "video/x-msvideo"} {
		if !seen[m] || !slices.Contains(formats.Extensions(), ext) {
			t.Errorf("%s, which is %s, is not opened", ext, m)
		}
	}
	if path, err := exec.LookPath("desktop-file-validate"); err == nil {
		if out, err := exec.Command(path, "linnet.desktop").CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("desktop-file-validate: %v\n%s", err, out)
		}
	} else {
		t.Log("desktop-file-validate is not installed: only the keys were looked at")
	}
}

// make install puts everything below DESTDIR and PREFIX, and takes it away again.
func TestInstall(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "linnet")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho it runs\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	script := func(args ...string) {
		t.Helper()
		cmd := exec.Command("./install", args...)
		cmd.Env = append(os.Environ(), "DESTDIR="+dir+"/root", "PREFIX=/opt/x")
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	files := func() (list []string) {
		filepath.Walk(filepath.Join(dir, "root"), func(path string, info os.FileInfo, err error) error {
			if err == nil && !info.IsDir() {
				rel, _ := filepath.Rel(filepath.Join(dir, "root"), path)
				list = append(list, rel)
			}
			return nil
		})
		return list
	}
	script(program)
	want := []string{"opt/x/bin/linnet", "opt/x/share/applications/linnet.desktop", "opt/x/share/icons/hicolor/96x96/apps/linnet.png"}
	if got := files(); !slices.Equal(got, want) {
		t.Errorf("%q is installed, want %q", got, want)
	}
	out, err := exec.Command(filepath.Join(dir, "root", want[0])).Output()
	if err != nil || string(out) != "it runs\n" {
		t.Errorf("%q, %v", out, err)
	}
	if keys := entry(t, filepath.Join(dir, "root", want[1])); keys["Exec"] != "linnet %F" {
		t.Errorf("%v", keys)
	}
	script("-r")
	if got := files(); len(got) != 0 {
		t.Errorf("%q is left", got)
	}
}
