package kernel

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"linnet/deploy/steps"
)

// makefile is that of a kernel that is made in no time: its configuration is
// the fragment without options of NEVER, its image what the patch makes of a
// file of the source.
const makefile = `
allnoconfig:
	grep -v NEVER $(KCONFIG_ALLCONFIG) >$(O)/.config || true
	test "$(ARCH) $(KBUILD_BUILD_USER)" = "arm linnet"
zImage:
	echo '  CC      init/main.o'
	test ! -e hang || { touch "$$(cat hang)"; sleep 600; }
	test ! -e slow || until test -e "$$(cat slow)"; do sleep 0.1; done
	mkdir -p $(O)/arch/arm/boot
	cp image $(O)/arch/arm/boot/zImage
some.dtb:
	mkdir -p $(O)/arch/arm/boot/dts
	cp tree $(O)/arch/arm/boot/dts/some.dtb
`

const head = "................................" + "...." + "\x18\x28\x6f\x01"

// toy is a kernel of that source, with a compiler that only tells its version.
func toy(t *testing.T, files map[string]string) Kernel {
	t.Helper()
	for _, name := range []string{"tar", "make", "patch", "nice"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("no kernel is built: %v", err)
		}
	}
	dir := t.TempDir()
	t.Setenv("LINNET_CACHE", filepath.Join(dir, "cache"))
	var archive bytes.Buffer
	w := tar.NewWriter(&archive)
	for name, text := range files {
		err := w.WriteHeader(&tar.Header{Name: "linux/" + name, Mode: 0o644, Size: int64(len(text)), ModTime: time.Unix(1, 0)})
		if _, err2 := io.WriteString(w, text); err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
	}
	k := Kernel{
		Name: "toy", fragments: []string{"a.config"}, patches: []string{"p.patch"}, dtb: "some.dtb",
		source: filepath.Join(dir, "linux.tar"), compiler: filepath.Join(dir, "toy-"),
		data: fstest.MapFS{
			"a.config": {Data: []byte("CONFIG_A=y\n# CONFIG_B is not set\n")},
			"p.patch":  {Data: []byte("--- a/image\n+++ b/image\n@@ -1,2 +1,2 @@\n " + head + "\n-old\n+new\n")},
		},
	}
	err := errors.Join(w.Close(), os.WriteFile(k.source, archive.Bytes(), 0o644),
		os.WriteFile(k.compiler+"gcc", []byte("#!/bin/sh\necho toy 1\n"), 0o755))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func source() map[string]string {
	return map[string]string{"Makefile": makefile, "image": head + "\nold\n", "tree": "tree"}
}

func made(t *testing.T, k Kernel) (Files, string, error) {
	t.Helper()
	var said bytes.Buffer
	f, err := k.Build(t.Context(), steps.New(&said))
	return f, said.String(), err
}

func TestBuild(t *testing.T) {
	k := toy(t, source())
	if _, err := k.Find(); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("before: %v", err)
	}
	f, said, err := made(t, k)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	for path, want := range map[string]string{f.Image: head + "\nnew\n", f.DTB: "tree", f.Config: "CONFIG_A=y\n# CONFIG_B is not set\n"} {
		if b, err := os.ReadFile(path); err != nil || string(b) != want {
			t.Errorf("%s is %q, %v", path, b, err)
		}
	}
	if !strings.Contains(said, "kernel toy: compile") {
		t.Errorf("it says\n%s", said)
	}
	left, err := filepath.Glob(filepath.Join(os.Getenv("LINNET_CACHE"), "kernel", "*"))
	if err != nil || len(left) != 2 { // the kernel and its log
		t.Errorf("in the cache are %q", left)
	}

	again, said, err := made(t, k)
	if err != nil || again != f || said != "" {
		t.Errorf("the second time: %+v, %v, it says %q", again, err, said)
	}
	k.data.(fstest.MapFS)["a.config"].Data = []byte("CONFIG_C=y\n")
	if _, err := k.Find(); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("with another fragment: %v", err)
	}
}

// TestBuildAlone: what somebody has set for other kernels is not in this one.
func TestBuildAlone(t *testing.T) {
	files := source()
	files["Makefile"] = strings.Replace(makefile, "\tcp image", "\ttest -z '$(LOCALVERSION)$(KCFLAGS)$(LLVM)'\n\tcp image", 1)
	k := toy(t, files)
	for _, name := range []string{"LOCALVERSION", "KCFLAGS", "LLVM", "MAKEFLAGS", "MAKEOVERRIDES"} {
		t.Setenv(name, "n")
	}
	if _, said, err := made(t, k); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

func TestBuildFails(t *testing.T) {
	for name, c := range map[string]struct {
		change func(files map[string]string, data fstest.MapFS)
		want   string
	}{
		"a dropped option": {func(_ map[string]string, d fstest.MapFS) { d["a.config"].Data = []byte("CONFIG_NEVER=y\n") }, "CONFIG_NEVER=y (it is n)"},
		"a wrong line":     {func(_ map[string]string, d fstest.MapFS) { d["a.config"].Data = []byte("CONFIG\n") }, "line 1"},
		"a stale patch":    {func(f map[string]string, _ fstest.MapFS) { f["image"] = "else\n" }, "unpack"},
		"no image": {func(f map[string]string, d fstest.MapFS) {
			f["image"] = "else\n"
			d["p.patch"].Data = nil
		}, "no zImage"},
		"no compiling": {func(f map[string]string, _ fstest.MapFS) { delete(f, "tree") }, "compile"},
	} {
		t.Run(name, func(t *testing.T) {
			files := source()
			data := toy(t, files).data.(fstest.MapFS)
			c.change(files, data)
			k := toy(t, files).with(data)
			_, said, err := made(t, k)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v; want %q\n%s", err, c.want, said)
			}
			if _, err := k.Find(); !errors.Is(err, ErrNotBuilt) {
				t.Errorf("it is in the cache: %v", err)
			}
			left, _ := filepath.Glob(filepath.Join(os.Getenv("LINNET_CACHE"), "kernel", "*"))
			if len(left) != 1 || !strings.HasSuffix(left[0], ".log") || !strings.Contains(err.Error(), left[0]) {
				t.Errorf("left are %q; want only the log, which the error names: %v", left, err)
			}
		})
	}
}

// TestBuildStops has a build ended while it compiles: with all that it started, which
// otherwise is waited for.
func TestBuildStops(t *testing.T) {
	defer func(d time.Duration) { endWithin = d }(endWithin)
	endWithin = 2 * time.Minute
	files := source()
	compiles := filepath.Join(t.TempDir(), "compiles")
	files["hang"] = compiles
	k := toy(t, files)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := k.Build(ctx, steps.New(io.Discard))
		ended <- err
	}()
	for there := false; !there; time.Sleep(10 * time.Millisecond) {
		select {
		case err := <-ended:
			t.Fatalf("it ends before it compiles: %v", err)
		default:
		}
		_, err := os.Stat(compiles)
		there = err == nil
	}
	start := time.Now()
	cancel()
	if err := <-ended; err == nil {
		t.Error("it is built")
	}
	if took := time.Since(start); took > endWithin/2 {
		t.Errorf("it stops after %v", took)
	}
}

// heard is what is said, and closes waits when that is that a build waits.
type heard struct {
	mu    sync.Mutex
	all   bytes.Buffer
	once  sync.Once
	waits chan struct{}
}

func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if bytes.Contains(p, []byte("wait for another build")) {
		h.once.Do(func() { close(h.waits) })
	}
	return h.all.Write(p)
}

// TestBuildTwice has two build the same kernel at a time: one does, the other
// waits.
func TestBuildTwice(t *testing.T) {
	files := source()
	goOn := filepath.Join(t.TempDir(), "go-on")
	files["slow"] = goOn
	k := toy(t, files)
	h := &heard{waits: make(chan struct{})}
	ended := make(chan error, 2)
	for range 2 {
		go func() {
			_, err := k.Build(t.Context(), steps.New(h))
			ended <- err
		}()
	}
	select {
	case <-h.waits: // so the one goes on only when the other waits for it
	case err := <-ended:
		t.Fatalf("one ends, and none has waited: %v", err)
	}
	if err := os.WriteFile(goOn, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(<-ended, <-ended); err != nil {
		t.Error(err)
	}
	for _, step := range []string{"compile", "wait for another build of it"} {
		if n := len(regexp.MustCompile(step+": .*, done\n").FindAllString(h.all.String(), -1)); n != 1 {
			t.Errorf("%s: %d times; they say\n%s", step, n, h.all.String())
		}
	}
}

func TestWithoutTools(t *testing.T) {
	k := toy(t, source())
	k.compiler = "/nowhere/"
	if _, err := k.Find(); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("without a compiler: %v", err)
	}
	if _, _, err := made(t, k); err == nil || !strings.Contains(err.Error(), "/nowhere/gcc") {
		t.Errorf("a build without a compiler: %v", err)
	}
}

func TestIsImage(t *testing.T) {
	for text, want := range map[string]bool{head + "more": true, "": false, strings.Repeat("x", 100): false} {
		if isImage([]byte(text)) != want {
			t.Errorf("%q", text)
		}
	}
}
