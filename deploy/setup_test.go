package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// host is a made-up machine: a folder of commands, where apt-get writes down
// what it is told and installs a package by making its command.
type host struct {
	t        *testing.T
	dir, log string
}

// provides are the commands, and the libraries as pkg-config finds them, that
// a package brings on the made-up machine.
const provides = `
case $p in
gcc) echo 'test -e $dir/libc6-dev' | make_command gcc ;;
libc6-dev) touch $dir/libc6-dev ;;
pkg-config) echo 'test -e $dir/$2.pc' | make_command pkg-config ;;
libsdl2-dev) touch $dir/sdl2.pc ;;
libasound2-dev) touch $dir/alsa.pc ;;
qemu-user) make_command qemu-arm </dev/null ;;
pulseaudio-utils) make_command parec </dev/null ;;
xvfb) make_command Xvfb </dev/null ;;
x11-apps) make_command xwd </dev/null ;;
gcc-arm-linux-gnueabi) echo 'test -e $dir/armel' | make_command arm-linux-gnueabi-gcc ;;
libc6-dev-armel-cross) touch $dir/armel ;;
squashfs-tools) make_command mksquashfs </dev/null ;;
e2fsprogs) make_command mke2fs </dev/null ;;
dosfstools) make_command mkfs.vfat </dev/null ;;
mtools) make_command mcopy </dev/null ;;
libjpeg-turbo-progs) make_command djpeg </dev/null ;;
mjpegtools) make_command mpeg2enc </dev/null ;;
mtd-utils) make_command ubinize </dev/null ;;
xz-utils) make_command xz </dev/null ;;
iproute2) make_command ip </dev/null ;;
vorbis-tools) make_command oggenc </dev/null ;;
opus-tools) make_command opusenc </dev/null ;;
exfatprogs) make_command mkfs.exfat </dev/null ;;
lrzsz) make_command sx </dev/null ;;
*) make_command $p </dev/null ;;
esac`

func newHost(t *testing.T, packages ...string) *host {
	t.Helper()
	h := &host{t: t, dir: t.TempDir()}
	h.log = filepath.Join(h.dir, "apt.log")
	for _, tool := range []string{"sh", "env", "dirname", "sed", "sort", "head", "tr", "cut", "cat", "grep", "touch", "chmod", "test", "true", "mktemp", "rm", "date"} {
		path, err := exec.LookPath(tool)
		if err != nil {
			t.Skipf("deploy/setup is not tried: %v", err)
		}
		if err := os.Symlink(path, filepath.Join(h.dir, tool)); err != nil {
			t.Fatal(err)
		}
	}
	h.command("id", "echo 0")
	h.command("go", "echo go version go1.26.3 linux/amd64")
	h.command("install-packages", "dir="+h.dir+`
make_command() { { echo '#!/bin/sh'; echo dir=$dir; cat; } >$dir/$1; chmod +x $dir/$1; }
for p; do`+provides+`
done`)
	h.command("apt-get", `echo "$@" >>`+h.log+`
case " $* " in
*" update "*) exit 0 ;;
esac
while [ "$1" != install ]; do shift; done
shift
install-packages "$@"`)
	if len(packages) > 0 {
		h.run(0, filepath.Join(h.dir, "install-packages"), packages...)
	}
	return h
}

func (h *host) command(name, script string) {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(h.dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		h.t.Fatal(err)
	}
}

// run runs a command on the machine, without a terminal, and returns what it
// said.
func (h *host) run(status int, command string, args ...string) string {
	h.t.Helper()
	cmd := exec.Command(command, args...)
	cmd.Env = []string{"PATH=" + h.dir, "HOME=" + h.dir, "ADMIN_PATH=" + filepath.Join(h.dir, "sbin")}
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != status {
		h.t.Fatalf("%s %q: %v, want status %d\n%s", command, args, err, status, out)
	}
	return string(out)
}

func (h *host) setup(status int, args ...string) string {
	h.t.Helper()
	return h.run(status, "./setup", args...)
}

// installed is what apt-get was told to install.
func (h *host) installed() []string {
	b, _ := os.ReadFile(h.log)
	for line := range strings.Lines(string(b)) {
		if _, names, ok := strings.Cut(line, " install "); ok {
			if !strings.Contains(line, " -y ") || !strings.Contains(line, "--no-install-recommends") {
				h.t.Errorf("apt-get %s", line)
			}
			return strings.Fields(names)
		}
	}
	return nil
}

var forRun = []string{"gcc", "libc6-dev", "libsdl2-dev", "pkg-config"}

func TestSetupInstallsWhatIsMissing(t *testing.T) {
	h := newHost(t)
	out := h.setup(0, "run")
	if got := h.installed(); !slices.Equal(got, forRun) {
		t.Errorf("installed %q, want %q", got, forRun)
	}
	if !strings.Contains(out, "libsdl2-dev - the window") {
		t.Errorf("it does not say what a package is for:\n%s", out)
	}
}

func TestSetupIsSilentWhenNothingIsMissing(t *testing.T) {
	h := newHost(t, forRun...)
	if out := h.setup(0, "run", "build", "arm"); out != "" {
		t.Errorf("it says %q", out)
	}
	if _, err := os.Stat(h.log); err == nil {
		t.Error("apt-get was called")
	}
}

func TestSetupInstallsForTheTestsOnlyWhatTheyLack(t *testing.T) {
	h := newHost(t, slices.Concat(forRun, []string{"ffmpeg", "lame", "xvfb"})...)
	h.setup(0, "test")
	want := []string{"dbus-daemon", "dosfstools", "e2fsprogs", "exfatprogs", "flac", "gcc-arm-linux-gnueabi", "genisoimage", "iproute2",
		"libasound2-dev", "libc6-dev-armel-cross", "libjpeg-turbo-progs", "lrzsz", "lz4", "make", "mencoder", "mjpegtools", "mpc", "mpd", "mtd-utils", "mtools", "ncmpcpp", "openssl",
		"opus-tools", "playerctl", "pulseaudio", "pulseaudio-utils", "qemu-system-arm", "qemu-user", "snapclient", "snapserver",
		"squashfs-tools", "twolame", "vorbis-tools", "x11-apps", "xdotool"}
	if got := h.installed(); !slices.Equal(got, want) {
		t.Errorf("installed %q, want %q", got, want)
	}
}

func TestSetupForImages(t *testing.T) {
	h := newHost(t, slices.Concat(forRun, []string{"bc", "bison", "lz4", "patch", "xz-utils", "make", "mencoder", "mtools", "opus-tools", "squashfs-tools"})...)
	sbin := filepath.Join(h.dir, "sbin")
	if err := os.Mkdir(sbin, 0o755); err != nil {
		t.Fatal(err)
	}
	h.command("sbin/mke2fs", "exit 0") // where an administrator has it
	out := h.setup(1, "-n", "image")
	for _, want := range []string{"dosfstools", "flex", "gcc-arm-linux-gnueabi"} {
		if !strings.Contains(out, want+" - ") {
			t.Errorf("it does not name %s:\n%s", want, out)
		}
	}
	for _, there := range []string{"e2fsprogs", "make", "mencoder", "mtools", "opus-tools", "bison", "gcc"} {
		if strings.Contains(out, " "+there+" - ") {
			t.Errorf("it names %s:\n%s", there, out)
		}
	}
}

func TestSetupForBench(t *testing.T) {
	h := newHost(t)
	h.setup(0, "bench")
	want := []string{"bzip2", "ffmpeg", "flac", "gcc", "gcc-arm-linux-gnueabi", "lame", "libc6-dev", "libc6-dev-armel-cross", "make", "opus-tools", "qemu-user",
		"twolame", "vorbis-tools", "xz-utils"}
	if got := h.installed(); !slices.Equal(got, want) {
		t.Errorf("installed %q, want %q", got, want)
	}
}

func TestSetupOnlyTells(t *testing.T) {
	h := newHost(t)
	if out := h.setup(1, "-n", "run"); !strings.Contains(out, "gcc - ") {
		t.Errorf("it says %q", out)
	}
	if got := h.installed(); got != nil {
		t.Errorf("installed %q", got)
	}
}

func TestSetupWithoutRoot(t *testing.T) {
	h := newHost(t)
	h.command("id", "echo 1000")
	if out := h.setup(1, "run"); !strings.Contains(out, "no sudo") || !strings.Contains(out, "apt-get install gcc") {
		t.Errorf("neither root nor sudo: it says %q", out)
	}
	h.command("sudo", "exit 1")
	if out := h.setup(1, "run"); !strings.Contains(out, "password") {
		t.Errorf("a sudo that refuses: it says %q", out)
	}
	h.command("sudo", `[ "$1" = -n ] && shift; exec "$@"`)
	h.setup(0, "run")
	if got := h.installed(); !slices.Equal(got, forRun) {
		t.Errorf("installed %q by sudo, want %q", got, forRun)
	}
}

func TestSetupWhereAptFails(t *testing.T) {
	h := newHost(t)
	h.command("apt-get", "echo no such package; exit 100")
	if out := h.setup(1, "run"); !strings.Contains(out, "could not install: gcc") || !strings.Contains(out, "no such package") {
		t.Errorf("it says %q", out)
	}
	h.command("apt-get", "exit 0") // it says so, but nothing is there
	if out := h.setup(1, "run"); !strings.Contains(out, "still not found") {
		t.Errorf("it says %q", out)
	}
}

func TestSetupElsewhereThanDebian(t *testing.T) {
	h := newHost(t)
	if err := os.Remove(filepath.Join(h.dir, "apt-get")); err != nil {
		t.Fatal(err)
	}
	if out := h.setup(1, "run"); !strings.Contains(out, "not Debian") || !strings.Contains(out, "libsdl2-dev") {
		t.Errorf("it says %q", out)
	}
	h.run(0, filepath.Join(h.dir, "install-packages"), forRun...)
	if out := h.setup(0, "run"); out != "" {
		t.Errorf("all is there, and it says %q", out)
	}
}

func TestSetupChecksGo(t *testing.T) {
	h := newHost(t, forRun...)
	for version, status := range map[string]int{
		"go1.26 linux/amd64": 0, "go1.26.0 linux/amd64": 0, "go1.26rc1 linux/amd64": 0, "go1.30.1 linux/amd64": 0,
		"devel go1.27-1234 linux/amd64": 0, "go1.25.9 linux/amd64": 1, "go1.19.8 linux/amd64": 1,
	} {
		h.command("go", "echo go version "+version)
		if out := h.setup(status, "run"); status != 0 && (!strings.Contains(out, "too old") || !strings.Contains(out, "go.dev")) {
			t.Errorf("%s: it says %q", version, out)
		}
	}
	if err := os.Remove(filepath.Join(h.dir, "go")); err != nil {
		t.Fatal(err)
	}
	if out := h.setup(1, "run"); !strings.Contains(out, "no go command") {
		t.Errorf("without Go it says %q", out)
	}
}

func TestSetupRefusesWhatItDoesNotKnow(t *testing.T) {
	h := newHost(t, forRun...)
	if out := h.setup(1, "dance"); !strings.Contains(out, "dance") {
		t.Errorf("it says %q", out)
	}
	h.setup(1)
}
