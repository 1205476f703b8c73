package qemu

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"linnet/deploy/bench/debian"
	"linnet/deploy/cache"
	"linnet/deploy/steps"
)

//go:embed hw tests smdk2410.patch
var data embed.FS

// recipe is another one when the steps of a build change what comes out.
const recipe = "1"

// options make an emulator that has what the tests need: a monitor, a serial
// line, sound into a file and a network.
var options = strings.Fields(`--target-list=arm-softmmu --without-default-features --without-default-devices
	--with-devices-arm=smdk2410 --enable-tcg --enable-system --enable-slirp --enable-fdt=system
	--audio-drv-list= --enable-trace-backends=nop --disable-docs --disable-tools --disable-install-blobs --disable-debug-info`)

// devices are the board, sticks to be plugged into it, and what QEMU's ARM
// processors can't be linked without.
const devices = "CONFIG_SMDK2410=y\nCONFIG_USB_STORAGE_CLASSIC=y\nCONFIG_ARM_V7M=y\nCONFIG_ARM_COMPATIBLE_SEMIHOSTING=y\n"

// folder is where the cache holds the emulator, or will.
func folder() (string, error) {
	dir, err := cache.Folder("qemu")
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %q %q\n", recipe, options, devices)
	err = fs.WalkDir(data, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(data, path)
		fmt.Fprintf(h, "%s %d %s", path, len(b), b)
		return err
	})
	return filepath.Join(dir, "smdk2410-"+hex.EncodeToString(h.Sum(nil)[:8])), err
}

// tests are the programs that test the devices, a register at a time, over QEMU's
// protocol for that. QEMU's build has them in this folder.
var tests = []string{"s3c2410-intc-test", "s3c2410-timer-test", "s3c2410-nand-test", "s3c2410-media-test", "s3c2410-sdi-test", "cs8900-test"}

const testFolder = "tests/qtest"

// ErrNotBuilt means that the cache does not hold the emulator.
var ErrNotBuilt = errors.New("the emulated SMDK2410 is not built; make qemu-s3c2410 does it")

// Find returns the emulator's program from the cache, or ErrNotBuilt.
func Find() (string, error) {
	dir, err := folder()
	if err != nil {
		return "", fmt.Errorf("qemu: %w", err)
	}
	path := filepath.Join(dir, "qemu-system-arm")
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("qemu: %w", ErrNotBuilt)
	}
	return path, nil
}

// Build returns the program from the cache, and builds it first where it is not
// there. The log of the last build lies beside its folder.
func Build(ctx context.Context, say *steps.Steps) (string, error) {
	if path, err := Find(); err == nil {
		return path, nil
	}
	dir, err := folder()
	if err == nil {
		err = os.MkdirAll(filepath.Dir(dir), 0o755)
	}
	if err != nil {
		return "", fmt.Errorf("qemu: %w", err)
	}
	log, err := os.OpenFile(dir+".log", os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return "", fmt.Errorf("qemu: %w", err)
	}
	defer log.Close()
	if err := unix.Flock(int(log.Fd()), unix.LOCK_EX); err != nil { // one build at a time
		return "", fmt.Errorf("qemu: %w", err)
	}
	if path, err := Find(); err == nil {
		return path, nil
	}
	if err := log.Truncate(0); err != nil {
		return "", fmt.Errorf("qemu: %w", err)
	}
	if err := buildInto(ctx, dir, log, say); err != nil {
		return "", fmt.Errorf("qemu: %w; the log is %s", err, log.Name())
	}
	return Find()
}

// build is a build under way.
type build struct {
	ctx            context.Context
	log            io.Writer
	work, src, obj string
}

// buildInto builds in a folder beside dir, which appears whole or not at all.
func buildInto(ctx context.Context, dir string, log io.Writer, say *steps.Steps) error {
	work, err := os.MkdirTemp(filepath.Dir(dir), "build-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	b := &build{ctx, log, work, filepath.Join(work, "src"), filepath.Join(work, "obj")}
	for _, s := range []struct {
		title string
		do    func(far func(string)) error
	}{{"fetch", b.fetch}, {"configure", b.configure}, {"compile", b.compile}} {
		if err := say.Run("emulator: "+s.title, s.do); err != nil {
			return fmt.Errorf("%s: %w", s.title, err)
		}
	}
	out := filepath.Join(work, "out")
	if err := os.Mkdir(out, 0o755); err != nil {
		return err
	}
	for _, target := range targets() {
		if err := os.Rename(filepath.Join(b.obj, target), filepath.Join(out, filepath.Base(target))); err != nil {
			return err
		}
	}
	return os.Rename(out, dir)
}

// targets are what is built.
func targets() []string {
	all := []string{"qemu-system-arm"}
	for _, t := range tests {
		all = append(all, path.Join(testFolder, t))
	}
	return all
}

// fetch unpacks Debian's source and puts the devices into it.
func (b *build) fetch(far func(string)) error {
	apt, err := debian.Open(b.ctx, filepath.Join(b.work, "apt"), "amd64", far)
	if err != nil {
		return err
	}
	if _, err := apt.Source(b.ctx, "qemu", b.src); err != nil {
		return err
	}
	if err := place(b.src); err != nil {
		return err
	}
	patch, err := fs.ReadFile(data, "smdk2410.patch")
	if err != nil {
		return err
	}
	return b.run(b.src, string(patch), "patch", "-p1")
}

// place copies the devices to where QEMU has such, and the headers to where it
// looks for them.
func place(src string) error {
	if err := os.WriteFile(filepath.Join(src, "configs/devices/arm-softmmu/smdk2410.mak"), []byte(devices), 0o644); err != nil {
		return err
	}
	return eachSource(func(path string, text []byte) error {
		return os.WriteFile(filepath.Join(src, target(path)), text, 0o644)
	})
}

// eachSource calls visit with each file that goes into QEMU's source.
func eachSource(visit func(path string, text []byte) error) error {
	for _, root := range []string{"hw", "tests"} {
		err := fs.WalkDir(data, root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(data, path)
			if err != nil {
				return err
			}
			return visit(path, text)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// target is where a file of ours belongs in QEMU's source.
func target(path string) string {
	if name, ok := strings.CutPrefix(path, "hw/include/"); ok {
		return "include/hw/arm/" + name
	}
	return path
}

func (b *build) configure(func(string)) error {
	if err := os.Mkdir(b.obj, 0o755); err != nil {
		return err
	}
	return b.run(b.obj, "", filepath.Join(b.src, "configure"), options...)
}

func (b *build) compile(func(string)) error {
	return b.run(b.obj, "", "ninja", append([]string{"-j2"}, targets()...)...)
}

// run runs a command, after all others on this machine, with its output in the
// log; it is ended with all that it started.
func (b *build) run(dir, stdin, name string, args ...string) error {
	fmt.Fprintln(b.log, "+", name, strings.Join(args, " "))
	cmd := exec.CommandContext(b.ctx, "nice", append([]string{"-n", "15", name}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "MAKEFLAGS=")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), b.log, b.log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	return cmd.Run()
}
