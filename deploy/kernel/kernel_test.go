package kernel

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"linnet/board"
)

// TestFragments reads all fragments as the build does.
func TestFragments(t *testing.T) {
	used := map[string]bool{}
	for _, name := range board.List() {
		k, err := Of(name)
		if err != nil {
			continue
		}
		text, err := k.text()
		if err != nil {
			t.Fatal(err)
		}
		options, err := parse(text)
		if err != nil {
			t.Errorf("%s: %v", k.Name, err)
		}
		checkTwice(t, k)
		for _, must := range []string{"CONFIG_KUSER_HELPERS", "CONFIG_COMPAT_32BIT_TIME", "CONFIG_FUTEX", "CONFIG_PRINTK_TIME"} {
			if !slices.Contains(options, option{must, "y"}) {
				t.Errorf("%s is without %s, and Go does not run", k.Name, must)
			}
		}
		for _, f := range slices.Concat(k.fragments, k.patches) {
			used[f] = true
		}
	}
	for _, pattern := range []string{"*.config", "patches/*"} {
		files, err := fs.Glob(data, pattern)
		if err != nil || len(files) == 0 {
			t.Errorf("%s: %q, %v", pattern, files, err)
		}
		for _, f := range files {
			if !used[f] {
				t.Errorf("no kernel is made with %s", f)
			}
		}
	}
}

// checkTwice: a fragment names an option once, and a later one only to change it.
func checkTwice(t *testing.T, k Kernel) {
	t.Helper()
	value := map[string]string{}
	for _, name := range k.fragments {
		text, err := fs.ReadFile(data, name)
		if err != nil {
			t.Fatal(err)
		}
		options, err := parse(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		here := map[string]bool{}
		for _, o := range options {
			if here[o.name] || value[o.name] == o.value {
				t.Errorf("%s: %s is there twice", name, o.name)
			}
			here[o.name], value[o.name] = true, o.value
		}
	}
}

func TestOf(t *testing.T) {
	if k, err := Of("qemu-versatile"); err != nil || k.Name != "versatile" || !k.HasDTB() {
		t.Errorf("%+v, %v", k, err)
	}
	if k, err := Of("qemu-sx1"); err != nil || k.HasDTB() {
		t.Errorf("%+v, %v", k, err)
	}
	if _, err := Of("desktop"); err == nil || !strings.Contains(err.Error(), "desktop") {
		t.Errorf("a desktop has its own kernel: %v", err)
	}
}

func TestParse(t *testing.T) {
	got, err := parse([]byte("# a comment\n\nCONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C=\"a=b\"\n  CONFIG_D=12\n# CONFIG_E=y\n"))
	want := []option{{"CONFIG_A", "y"}, {"CONFIG_B", "n"}, {"CONFIG_C", `"a=b"`}, {"CONFIG_D", "12"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	for _, bad := range []string{"CONFIG_A", "A=y", "<<<<<<< HEAD"} {
		if _, err := parse([]byte("CONFIG_X=y\n" + bad + "\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestDropped(t *testing.T) {
	want := []option{
		{"CONFIG_THERE", "y"}, {"CONFIG_GONE", "y"}, {"CONFIG_OFF", "y"}, {"CONFIG_NOT", "n"}, {"CONFIG_FORCED", "n"},
		{"CONFIG_SIZE", "15"}, {"CONFIG_TWICE", "n"}, {"CONFIG_TWICE", "y"},
	}
	got := []option{
		{"CONFIG_THERE", "y"}, {"CONFIG_OFF", "n"}, {"CONFIG_FORCED", "y"}, {"CONFIG_SIZE", "14"}, {"CONFIG_TWICE", "y"}, {"CONFIG_MORE", "y"},
	}
	bad := dropped(want, got)
	if !slices.Equal(bad, []string{"CONFIG_FORCED=n (it is y)", "CONFIG_GONE=y (it is n)", "CONFIG_OFF=y (it is n)", "CONFIG_SIZE=15 (it is 14)"}) {
		t.Errorf("%q", bad)
	}
}

// TestKey changes each thing that a kernel is made of.
func TestKey(t *testing.T) {
	base := Kernel{Name: "k", fragments: []string{"a", "b"}, patches: []string{"p"}, dtb: "d"}
	files := func(a, b, p string) fs.FS {
		return fstest.MapFS{"a": {Data: []byte(a)}, "b": {Data: []byte(b)}, "p": {Data: []byte(p)}}
	}
	seen := map[string]string{}
	try := func(what string, k Kernel, data fs.FS, source, compiler string) {
		k.data = data
		key, err := k.key(strings.NewReader(source), []byte(compiler))
		if err != nil {
			t.Fatal(err)
		}
		if other := seen[key]; other != "" {
			t.Errorf("%s has the key of %s", what, other)
		}
		seen[key] = what
	}
	try("the kernel", base, files("1", "2", "3"), "source", "gcc 12")
	try("another source", base, files("1", "2", "3"), "sourcf", "gcc 12")
	try("another compiler", base, files("1", "2", "3"), "source", "gcc 13")
	try("another fragment", base, files("1", "x", "3"), "source", "gcc 12")
	try("a line in the other fragment", base, files("12", "", "3"), "source", "gcc 12")
	try("another patch", base, files("1", "2", "x"), "source", "gcc 12")
	other := base
	other.dtb = "e"
	try("another device tree", other, files("1", "2", "3"), "source", "gcc 12")
	if _, err := base.with(fstest.MapFS{}).key(strings.NewReader(""), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a fragment that is not there: %v", err)
	}
}

func (k Kernel) with(data fs.FS) Kernel {
	k.data = data
	return k
}
