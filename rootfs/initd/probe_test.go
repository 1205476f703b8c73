package initd

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// TestProbeMade looks at what the usual programs make.
func TestProbeMade(t *testing.T) {
	for _, c := range []struct {
		size int64 // MB
		make []string
		want volume
	}{
		{2, []string{"mkfs.vfat", "-F", "12", "-n", "TWELVE"}, volume{"vfat", "TWELVE"}},
		{16, []string{"mkfs.vfat", "-F", "16", "-n", "MY STICK"}, volume{"vfat", "MY STICK"}},
		{64, []string{"mkfs.vfat", "-F", "32", "-n", "BIG"}, volume{"vfat", "BIG"}},
		{64, []string{"mkfs.vfat", "-F", "32", "-S", "4096", "-n", "SECTORS"}, volume{"vfat", "SECTORS"}},
		{16, []string{"mkfs.vfat"}, volume{"vfat", ""}},
		{16, []string{"mkfs.exfat", "-L", "音乐 1"}, volume{"exfat", "音乐 1"}},
		{16, []string{"mkfs.exfat"}, volume{"exfat", ""}},
		{4, []string{"mkfs.ext2", "-q", "-L", "two"}, volume{"ext4", "two"}},
		{16, []string{"mkfs.ext4", "-q", "-L", "state"}, volume{"ext4", "state"}},
	} {
		t.Run(strings.Join(c.make, " "), func(t *testing.T) {
			name := filepath.Join(t.TempDir(), "image")
			if err := os.WriteFile(name, nil, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(name, c.size<<20); err != nil {
				t.Fatal(err)
			}
			run(t, append(c.make, name)...)
			probeFile(t, name, c.want)
		})
	}
	t.Run("genisoimage", func(t *testing.T) {
		dir := t.TempDir()
		run(t, "genisoimage", "-quiet", "-V", "DISC", "-o", dir+"/image", dir)
		probeFile(t, dir+"/image", volume{"iso9660", "DISC"})
	})
}

// run runs a program of the system, which may be in a folder for root only.
func run(t *testing.T, args ...string) {
	t.Helper()
	path, err := exec.LookPath(args[0])
	if err != nil {
		path = "/usr/sbin/" + args[0]
		if _, err := os.Stat(path); err != nil {
			t.Skipf("%s is not installed; deploy/setup test installs it", args[0])
		}
	}
	if out, err := exec.Command(path, args[1:]...).CombinedOutput(); err != nil {
		t.Fatalf("%q: %v\n%s", args, err, out)
	}
}

func probeFile(t *testing.T, name string, want volume) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := probe(f); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// fat is a boot sector of FAT16 with a root directory behind it.
func fat() []byte {
	b := make([]byte, 4096)
	b[0], b[510], b[511] = 0xeb, 0x55, 0xaa
	binary.LittleEndian.PutUint16(b[11:], 512)
	b[13], b[14], b[16], b[22] = 4, 1, 2, 1
	copy(b[43:], "OLDNAME    ")
	return b
}

func TestProbeFAT(t *testing.T) {
	b := fat()
	if v := probe(bytes.NewReader(b)); v != (volume{"vfat", "OLDNAME"}) {
		t.Errorf("%+v", v)
	}
	copy(b[3*512:], "\xe5ELETED    \x08")
	copy(b[3*512+32:], "LFN        \x0f")
	copy(b[3*512+64:], "NEW.NAME   \x28")
	if v := probe(bytes.NewReader(b)); v != (volume{"vfat", "NEW.NAME"}) {
		t.Errorf("the root directory's label counts: %+v", v)
	}
	for name, spoil := range map[string]func(b []byte){
		"no signature":   func(b []byte) { b[510] = 0 },
		"no jump":        func(b []byte) { b[0] = 0xfa }, // as partition tables begin
		"sector size":    func(b []byte) { b[11] = 1 },
		"cluster size":   func(b []byte) { b[13] = 3 },
		"number of FATs": func(b []byte) { b[16] = 0 },
		"nothing":        func(b []byte) { clear(b) },
	} {
		b := fat()
		spoil(b)
		if v := probe(bytes.NewReader(b)); v != (volume{}) {
			t.Errorf("%s: %+v", name, v)
		}
	}
	if v := probe(bytes.NewReader(fat()[:100])); v != (volume{}) {
		t.Errorf("a device of 100 bytes: %+v", v)
	}
}

func TestTidy(t *testing.T) {
	for label, want := range map[string]string{
		"A B  ": "A B", "a/b\\c": "a_b_c", "..": "", ".hidden": "hidden", "x\x00y": "x", "\xff\xfe1": "_1", "音乐": "音乐", "a\nb": "a_b", "": "",
	} {
		if got := tidy(label); got != want {
			t.Errorf("%q: %q, want %q", label, got, want)
		}
	}
}

func FuzzProbe(f *testing.F) {
	f.Add(fat())
	ext := make([]byte, 2048)
	ext[1080], ext[1081] = 0x53, 0xef
	copy(ext[1144:], "../x\n")
	f.Add(ext)
	ex := make([]byte, 2048)
	copy(ex[3:], "EXFAT   ")
	ex[108], ex[88], ex[96] = 9, 2, 2
	copy(ex[1024:], "\x83\x02a\x00/\x00")
	f.Add(ex)
	f.Fuzz(func(t *testing.T, image []byte) {
		v := probe(bytes.NewReader(image))
		if strings.ContainsAny(v.label, "/\x00") || strings.HasPrefix(v.label, ".") || strings.IndexFunc(v.label, unicode.IsControl) >= 0 {
			t.Errorf("label %q", v.label)
		}
		if v.kind == "" && v.label != "" {
			t.Errorf("%+v", v)
		}
	})
}
