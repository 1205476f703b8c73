package kernel

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"linnet/deploy/steps"
)

// Build returns the kernel from the cache, and builds it first where it is not
// there. The log of the last build lies beside the kernel's folder.
func (k Kernel) Build(ctx context.Context, say *steps.Steps) (Files, error) {
	if f, err := k.Find(); err == nil {
		return f, nil
	}
	dir, err := k.folder()
	if err != nil {
		return Files{}, fmt.Errorf("kernel: %w", err)
	}
	if err := k.buildInto(ctx, dir, say); err != nil {
		return Files{}, fmt.Errorf("kernel: %s: %w; the log is %s", k.Name, err, dir+".log")
	}
	return k.files(dir), nil
}

// buildInto builds in a folder beside dir, which appears whole or not at all.
func (k Kernel) buildInto(ctx context.Context, dir string, say *steps.Steps) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	log, err := k.openLog(ctx, dir+".log", say)
	if err != nil {
		return err
	}
	defer log.Close()
	if _, err := k.Find(); err == nil {
		return nil // somebody else has built it meanwhile
	}
	work, err := os.MkdirTemp(filepath.Dir(dir), k.Name+"-build-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	b := &build{Kernel: k, ctx: ctx, log: log, src: filepath.Join(work, "src"), obj: filepath.Join(work, "obj"), out: filepath.Join(work, "out")}
	for _, s := range []struct {
		title string
		do    func(far func(string)) error
	}{
		{"unpack", b.unpack},
		{"configure", b.configure},
		{"compile", b.compile},
		{"collect", b.collect},
	} {
		if err := say.Run("kernel "+k.Name+": "+s.title, s.do); err != nil {
			return fmt.Errorf("%s: %w", s.title, err)
		}
	}
	return os.Rename(b.out, dir)
}

// openLog opens the log, empty, and keeps others from building the same kernel
// until it is closed; so it waits while others do.
func (k Kernel) openLog(ctx context.Context, path string, say *steps.Steps) (*os.File, error) {
	log, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	lock := func() error { return unix.Flock(int(log.Fd()), unix.LOCK_EX|unix.LOCK_NB) }
	if err = lock(); errors.Is(err, unix.EWOULDBLOCK) {
		err = say.Run("kernel "+k.Name+": wait for another build of it", func(func(string)) error {
			return poll(ctx, lock)
		})
	}
	if err == nil {
		err = log.Truncate(0)
	}
	if err != nil {
		log.Close()
		return nil, err
	}
	return log, nil
}

// poll tries again while a file is locked.
func poll(ctx context.Context, lock func() error) error {
	for {
		if err := lock(); !errors.Is(err, unix.EWOULDBLOCK) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// build is a build under way.
type build struct {
	Kernel
	ctx           context.Context
	log           io.Writer
	src, obj, out string
}

// unpack unpacks the source, without the register descriptions of graphics
// chips that make a third of it, and patches it.
func (b *build) unpack(func(string)) error {
	for _, dir := range []string{b.src, b.obj, b.out} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	err := b.run(nil, "tar", "-xf", b.source, "-C", b.src, "--strip-components=1", "--exclude=*/amd/include/asic_reg/*")
	for _, p := range b.patches {
		if err != nil {
			break
		}
		var text []byte
		if text, err = fs.ReadFile(b.data, p); err == nil {
			err = b.run(text, "patch", "-p1", "-d", b.src)
		}
	}
	return err
}

// configure makes the configuration and checks that all of it came through.
func (b *build) configure(func(string)) error {
	text, err := b.text()
	if err != nil {
		return err
	}
	want, err := parse(text)
	if err != nil {
		return err
	}
	fragment := filepath.Join(b.obj, "fragment")
	if err := os.WriteFile(fragment, text, 0o644); err != nil {
		return err
	}
	if err := b.make(nil, "KCONFIG_ALLCONFIG="+fragment, "allnoconfig"); err != nil {
		return err
	}
	config, err := os.ReadFile(filepath.Join(b.obj, ".config"))
	if err != nil {
		return err
	}
	got, err := parse(config)
	if err != nil {
		return err
	}
	if bad := dropped(want, got); len(bad) > 0 {
		return fmt.Errorf("these options are dropped, for want of what they depend on: %s", strings.Join(bad, ", "))
	}
	return nil
}

func (b *build) compile(far func(string)) error {
	targets := []string{"-j" + fmt.Sprint(runtime.NumCPU()), "zImage"}
	if b.dtb != "" {
		targets = append(targets, b.dtb)
	}
	return b.make(far, targets...)
}

// collect copies what is needed and checks that the image is one.
func (b *build) collect(func(string)) error {
	boot := filepath.Join(b.obj, "arch/arm/boot")
	to := b.files(b.out)
	from := map[string]string{to.Image: filepath.Join(boot, "zImage"), to.Config: filepath.Join(b.obj, ".config")}
	if b.dtb != "" {
		from[to.DTB] = filepath.Join(boot, "dts", b.dtb)
	}
	for dst, src := range from {
		content, err := os.ReadFile(src)
		if err != nil {
			return err
		}
		if dst == to.Image && !isImage(content) {
			return fmt.Errorf("%s is no zImage", src)
		}
		if err := os.WriteFile(dst, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// isImage looks for the magic number that a zImage has at 0x24.
func isImage(b []byte) bool {
	return len(b) > 0x28 && bytes.Equal(b[0x24:0x28], []byte{0x18, 0x28, 0x6f, 0x01})
}

// make runs the kernel's make, with names and dates that are always the same.
func (b *build) make(far func(string), args ...string) error {
	cmd := b.command("nice", append([]string{"make", "-C", b.src, "O=" + b.obj, "ARCH=arm", "CROSS_COMPILE=" + b.compiler,
		"KBUILD_BUILD_USER=linnet", "KBUILD_BUILD_HOST=linnet", "KBUILD_BUILD_VERSION=1", "KBUILD_BUILD_TIMESTAMP=2026-01-01"}, args...)...)
	if far != nil {
		c := &counter{to: b.log, far: far}
		cmd.Stdout = c
	}
	return cmd.Run()
}

// run runs a command with its output in the log.
func (b *build) run(stdin []byte, name string, args ...string) error {
	cmd := b.command(name, args...)
	cmd.Stdin = bytes.NewReader(stdin)
	return cmd.Run()
}

// command makes a command that is ended with all that it started.
func (b *build) command(name string, args ...string) *exec.Cmd {
	fmt.Fprintln(b.log, "+", name, strings.Join(args, " "))
	cmd := exec.CommandContext(b.ctx, name, args...)
	cmd.Env = append(environment(), "LC_ALL=C.UTF-8", "KCONFIG_NOTIMESTAMP=1")
	cmd.Stdout, cmd.Stderr = b.log, b.log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = endWithin
	return cmd
}

// environment is what programs need to be found and to run. All else stays away: the
// kernel's make takes much from it (LOCALVERSION, KCFLAGS, LLVM), which would be in a
// kernel that the cache takes for another one.
func environment() (kept []string) {
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"} {
		if value, ok := os.LookupEnv(name); ok {
			kept = append(kept, name+"="+value)
		}
	}
	return kept
}

// endWithin is how long what a build has started has for its end, once it is told to.
var endWithin = 10 * time.Second

// counter says how many files were made, by what make prints.
type counter struct {
	to    io.Writer
	far   func(string)
	files int
}

func (c *counter) Write(p []byte) (int, error) {
	for s := bufio.NewScanner(bytes.NewReader(p)); s.Scan(); {
		if strings.HasPrefix(s.Text(), "  ") { // "  CC      init/main.o"
			c.files++
		}
	}
	c.far(fmt.Sprintf("%d files", c.files))
	return c.to.Write(p)
}
