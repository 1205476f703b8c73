package playlist

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"a.m3u":  {"#EXTM3U\n#EXTINF:3,x\na.mp3\r\n\n  b c.mp3  \nhttp://radio/x\nfile:///m/%e6%9c%88.mp3\nsub\\d.mp3\n", []string{"a.mp3", "b c.mp3", "/m/月.mp3", `sub\d.mp3`}},
		"a.M3U8": {"\xef\xbb\xbf月亮.mp3\n\xb0\xae.mp3", []string{"月亮.mp3", "\xb0\xae.mp3"}},
		"a.pls":  {"[playlist]\nFile2=b.mp3\nTitle2=x\nfile1=a.mp3\nFile3=http://x/y\nFileX=c\nNumberOfEntries=3\n", []string{"a.mp3", "b.mp3"}},
		"a.xspf": {`<?xml version="1.0"?><playlist xmlns="http://xspf.org/ns/0/"><title>t</title><location>no</location><trackList>` +
			`<track><location>file:///m/a%20b.mp3</location><location>second.mp3</location></track><track><title>x</title></track>` +
			`<track><location>c&amp;d%25.mp3</location></track></trackList></playlist>`, []string{"/m/a b.mp3", "c&d%.mp3"}},
		"b.m3u": {"a\x00b\n" + strings.Repeat("x", maxLine+1) + "\nok.mp3", []string{"ok.mp3"}},
		"c.m3u": {"", nil},
	} {
		got, err := Read(name, strings.NewReader(c.text))
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
	if _, err := Read("x.m3u", strings.NewReader(strings.Repeat("a\n", MaxSize))); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	if got, _ := Read("x.m3u", strings.NewReader(strings.Repeat("a\n", MaxItems+5))); len(got) != MaxItems {
		t.Errorf("%d items", len(got))
	}
	if got, err := Read("x.xspf", strings.NewReader("<playlist><track><location>a.mp3</location></track><track")); err == nil || len(got) != 1 {
		t.Errorf("a broken list: %q, %v", got, err)
	}
}

func TestWrite(t *testing.T) {
	names := []string{"a b.mp3", "sub/月亮.mp3", "/abs/c&d%<.mp3", "x:y.mp3"}
	for _, ext := range Extensions() {
		file := filepath.Join(t.TempDir(), "list"+ext)
		for range 2 {
			if err := Write(file, names); err != nil {
				t.Fatal(err)
			}
		}
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read(file, f)
		f.Close()
		want := slices.Clone(names)
		if ext == ".xspf" {
			want[3] = "./x:y.mp3" // a name that would be a scheme
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", ext, got, err)
		}
		if left, _ := os.ReadDir(filepath.Dir(file)); len(left) != 1 {
			t.Errorf("%s: %d files are left", ext, len(left))
		}
		resolved, err := Open(file)
		if err != nil || resolved[0] != filepath.Join(filepath.Dir(file), "a b.mp3") || resolved[2] != "/abs/c&d%<.mp3" {
			t.Errorf("%s: %q, %v", ext, resolved, err)
		}
	}
	file := filepath.Join(t.TempDir(), "new", "x.m3u")
	if err := Write(file, names); err != nil {
		t.Errorf("into a folder that has to be made: %v", err)
	}
	if err := Write(filepath.Join(file, "y.m3u"), names); err == nil {
		t.Error("written into a file as if it were a folder")
	}
}

func TestResolve(t *testing.T) {
	for in, want := range map[string]string{"a.mp3": "/d/a.mp3", "../a.mp3": "/a.mp3", `s\a.mp3`: "/d/s/a.mp3", "/x/../y": "/y", `s/a\b`: `/d/s/a\b`} {
		if got := Resolve("/d", in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	if !Is("x.M3U") || Is("x.mp3") {
		t.Error("kinds")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(uint8(0), "#EXTM3U\na.mp3\n")
	f.Add(uint8(2), "[playlist]\nFile1=a\n")
	f.Add(uint8(3), "<playlist><trackList><track><location>a</location></track></trackList></playlist>")
	f.Fuzz(func(t *testing.T, kind uint8, text string) {
		list, _ := Read("x"+Extensions()[kind%4], strings.NewReader(text))
		for _, n := range list {
			if n == "" || len(list) > MaxItems || strings.ContainsRune(n, 0) && fmt.Sprint(n) != "" {
				t.Errorf("%q", list)
			}
		}
	})
}
