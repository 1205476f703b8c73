package vm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/u-root/u-root/pkg/cpio"

	"linnet/board"
	"linnet/deploy/kernel"
)

// initrd makes an initramfs with the program in testdata as its only process.
func initrd(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command("go", "build", "-trimpath", "-o", filepath.Join(dir, "init"), "./testdata/init")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm", "GOARM=5", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	program, err := os.ReadFile(filepath.Join(dir, "init"))
	if err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	w := cpio.Newc.Writer(&archive)
	err = cpio.WriteRecords(w, []cpio.Record{
		cpio.Directory("dev", 0o755), cpio.CharDev("dev/console", 0o600, 5, 1), cpio.CharDev("dev/null", 0o666, 1, 3),
		cpio.StaticFile("init", string(program), 0o755),
	})
	path := filepath.Join(dir, "initramfs.cpio")
	if err := errors.Join(err, cpio.WriteTrailer(w), os.WriteFile(path, archive.Bytes(), 0o644)); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestBoot starts a kernel, if one is built, and drives what runs on it in
// every way that there is.
func TestBoot(t *testing.T) {
	b := board.QEMUVersatile()
	k, err := kernel.Of(b.Name)
	if err != nil {
		t.Fatal(err)
	}
	files, err := k.Find()
	if errors.Is(err, kernel.ErrNotBuilt) {
		t.Skipf("no board is started: %v; make image builds the kernel", err)
	} else if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("qemu-system-arm"); err != nil {
		t.Skipf("no board is started: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 9*time.Minute) // it takes 3 s where nothing else runs
	defer cancel()
	var log bytes.Buffer
	v, err := Start(ctx, Config{Board: b, Kernel: files.Image, DTB: files.DTB, Initrd: initrd(t), Shift: 3, Skip: true, Log: &log})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		v.Close()
		if t.Failed() {
			t.Logf("the board said:\n%s", log.Bytes())
		}
	}()
	drive(t, ctx, v)
	if err := v.Wait(ctx); err != nil {
		t.Error(err)
	}
	if _, err := v.WaitFor(ctx, regexp.MustCompile("anything")); !errors.Is(err, ErrEnded) {
		t.Errorf("a board that is off: %v", err)
	}
}

func drive(t *testing.T, ctx context.Context, v *VM) {
	expect := func(format string, args ...any) Line {
		t.Helper()
		l, err := v.WaitFor(ctx, regexp.MustCompile(fmt.Sprintf(format, args...)))
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	try := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	expect("^Linux version 6")
	if l := expect("^init: up, [23] inputs$"); l.Time <= 0 || l.Time > 3*time.Second {
		t.Errorf("it is up after %v", l.Time)
	}

	m, err := v.Screen(ctx)
	try(err)
	red, blue := color.RGBA{0xff, 0, 0, 0xff}, color.RGBA{0, 0, 0xff, 0xff}
	if m.Bounds() != image.Rect(0, 0, 320, 240) || !near(m.RGBAAt(10, 120), red) || !near(m.RGBAAt(310, 120), blue) {
		t.Errorf("the picture is %v, %v to the left, %v to the right; the panel is mounted on its side", m.Bounds(), m.RGBAAt(10, 120), m.RGBAAt(310, 120))
	}

	_, err = v.Write([]byte("hello\n"))
	try(err)
	expect("^init: told HELLO$")

	at := image.Pt(40, 30)
	try(v.Tap(ctx, at))
	p := toPanel(v.config.Board.Screen, at)
	expect("^init: event 3 0 %d$", onAxis(p.X, 240))
	expect("^init: event 3 1 %d$", onAxis(p.Y, 320))
	expect("^init: event 1 272 1$")
	expect("^init: event 1 272 0$")

	try(v.Key(ctx, "ret"))
	expect("^init: event 1 28 1$")

	disk := filepath.Join(t.TempDir(), "stick")
	try(os.WriteFile(disk, make([]byte, 1<<20), 0o644))
	stick, err := v.Plug(ctx, disk)
	try(err)
	expect(`\[sda\] 2048 512-byte logical blocks`)
	try(v.Unplug(ctx, stick))
	expect("USB disconnect")

	_, err = v.Write([]byte("end\n"))
	try(err)
}

// near says whether two colours are one on a panel with 5 and 6 bits.
func near(a, b color.RGBA) bool {
	close := func(a, b uint8) bool { return max(a, b)-min(a, b) < 8 }
	return close(a.R, b.R) && close(a.G, b.G) && close(a.B, b.B)
}
