package debian

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestConvertLines(t *testing.T) {
	got := convertLines(`# a comment
deb http://deb.debian.org/debian bookworm main contrib
deb-src http://deb.debian.org/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/k.gpg] https://mirror.example/debian-security bookworm-security main
deb [ arch=amd64 ] https://mirror.example/debian bookworm-updates main
deb https://packages.example/apt stable main
deb [signed-by=x
deb
`)
	want := `deb http://deb.debian.org/debian bookworm main contrib
deb-src http://deb.debian.org/debian bookworm main contrib
deb [signed-by=/usr/share/keyrings/k.gpg] https://mirror.example/debian-security bookworm-security main
deb-src [signed-by=/usr/share/keyrings/k.gpg] https://mirror.example/debian-security bookworm-security main
deb https://mirror.example/debian bookworm-updates main
deb-src https://mirror.example/debian bookworm-updates main
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestConvertStanzas(t *testing.T) {
	got := convertStanzas(`Types: deb
# http://snapshot.example/
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
Components: main
Architectures: amd64
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc

Types: deb
URIs: http://deb.debian.org/debian
Enabled: no
Suites: sid

Types: deb-src
URIs: http://deb.debian.org/debian
Suites: bookworm

Types: deb
URIs: https://packages.example/
Suites: stable
`)
	want := `Types: deb deb-src
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestSystemSources(t *testing.T) {
	etc := t.TempDir()
	write(t, etc, "sources.list.d/debian.sources", "Types: deb\nURIs: http://deb.debian.org/debian\nSuites: bookworm\nComponents: main\n")
	write(t, etc, "sources.list.d/other.list", "deb https://packages.example/apt stable main\n")
	write(t, etc, "sources.list.d/old.list.save", "deb http://deb.debian.org/debian bullseye main\n")
	got, err := systemSources(etc)
	if err != nil || len(got) != 1 || !strings.HasPrefix(got["debian.sources"], "Types: deb deb-src\n") {
		t.Errorf("%q, %v", got, err)
	}
}

func TestConfiguration(t *testing.T) {
	got := configuration("/cache", "armel", "Acquire::http::Proxy \"http://proxy:3128\";\nAcquire::IndexTargets::deb::DEP-11::MetaKey \"x\";\nAcquire::Languages \"en\";\n")
	for _, want := range []string{`APT::Architecture "armel";`, `Dir::State::Lists "/cache/lists";`, `Acquire::http::Proxy "http://proxy:3128";`} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("without %s:\n%s", want, got)
		}
	}
	for _, bad := range []string{"DEP-11", `"en"`} {
		if strings.Contains(got, bad) {
			t.Errorf("with %s:\n%s", bad, got)
		}
	}
}

func TestNameAndVersion(t *testing.T) {
	for file, want := range map[string][2]string{
		"mplayer_2%3a1.5+svn38408-1_armel.deb": {"mplayer", "1.5+svn38408-1"},
		"flac_1.4.2+ds-2_armel.deb":            {"flac", "1.4.2+ds-2"},
		"opus_1.3.1_gz":                        {"opus", "1.3.1"},
	} {
		if name, version := nameAndVersion(file); name != want[0] || version != want[1] {
			t.Errorf("%s: %q %q", file, name, version)
		}
	}
}

func TestListener(t *testing.T) {
	var far string
	l := &listener{far: func(s string) { far = s }}
	for _, s := range []string{"Reading package lists...\nNeed to get 94.1 MB of archives.\n", "Get:1 http://x y\nGet:2 http://x z\n", "E: Failed to fetch z\nE: Some\n"} {
		if n, err := l.Write([]byte(s)); n != len(s) || err != nil {
			t.Error(n, err)
		}
	}
	if far != "2 files of 94.1 MB" {
		t.Errorf("it is at %q", far)
	}
	if got := l.errors(); got != "E: Failed to fetch z E: Some" {
		t.Errorf("errors %q", got)
	}
}

// TestFlatten unpacks packages as Debian has them: libraries in /lib and below
// folders that only a search path names.
func TestFlatten(t *testing.T) {
	root := t.TempDir()
	const libs = "usr/lib/arm-linux-gnueabi"
	write(t, root, "lib/ld-linux.so.3", "the linker")
	write(t, root, "lib/arm-linux-gnueabi/libc.so.6", "C")
	write(t, root, libs+"/libz.so.1", "z")
	write(t, root, libs+"/blas/libblas.so.3", "blas")
	write(t, root, "usr/share/doc/x", "words")
	for range 2 { // the second time there is nothing to do
		if err := flatten(root); err != nil {
			t.Fatal(err)
		}
	}
	for file, want := range map[string]string{
		"lib/ld-linux.so.3": "the linker", libs + "/libc.so.6": "C", "lib/arm-linux-gnueabi/libz.so.1": "z",
		libs + "/libblas.so.3": "blas", libs + "/blas/libblas.so.3": "blas",
	} {
		if b, err := os.ReadFile(filepath.Join(root, file)); err != nil || string(b) != want {
			t.Errorf("%s: %q, %v", file, b, err)
		}
	}
	if _, err := os.Stat(filepath.Join(root, "usr/share")); err == nil {
		t.Error("the documentation is still there")
	}
	if err := flatten(t.TempDir()); err == nil {
		t.Error("nothing was unpacked, and that is fine")
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
