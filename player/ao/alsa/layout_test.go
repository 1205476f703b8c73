//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import (
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program prints what a C compiler makes of the kernel's header.
const program = `
#include <stdio.h>
#include <stddef.h>
#include <time.h>
#include <sys/ioctl.h>
#include <sound/asound.h>
#define S(n, t) printf("%s %zu\n", #n, sizeof(t));
#define O(n, t, f) printf("%s.%s %zu\n", #n, #f, offsetof(t, f));
#define I(n) printf("%s %#lx\n", #n, (unsigned long)SNDRV_PCM_IOCTL_##n);
#define P(n) printf("%s %d\n", #n, SNDRV_PCM_##n);
int main(void) {
	S(hwParams, struct snd_pcm_hw_params)
	O(hwParams, struct snd_pcm_hw_params, masks)
	O(hwParams, struct snd_pcm_hw_params, intervals)
	O(hwParams, struct snd_pcm_hw_params, rmask)
	O(hwParams, struct snd_pcm_hw_params, msbits)
	S(swParams, struct snd_pcm_sw_params)
	O(swParams, struct snd_pcm_sw_params, avail_min)
	O(swParams, struct snd_pcm_sw_params, start_threshold)
	O(swParams, struct snd_pcm_sw_params, stop_threshold)
	O(swParams, struct snd_pcm_sw_params, boundary)
	O(swParams, struct snd_pcm_sw_params, tstamp_type)
	S(xferi, struct snd_xferi)
	O(xferi, struct snd_xferi, buf)
	O(xferi, struct snd_xferi, frames)
	I(PVERSION) I(HW_REFINE) I(HW_PARAMS) I(HW_FREE) I(SW_PARAMS) I(DELAY)
	I(PREPARE) I(DROP) I(DRAIN) I(RESUME) I(WRITEI_FRAMES)
	P(ACCESS_RW_INTERLEAVED) P(FORMAT_S16_LE) P(FORMAT_S24_LE) P(FORMAT_S32_LE) P(FORMAT_S24_3LE)
	P(HW_PARAM_ACCESS) P(HW_PARAM_FORMAT)
	printf("channels %d\n", SNDRV_PCM_HW_PARAM_CHANNELS - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL);
	printf("rate %d\n", SNDRV_PCM_HW_PARAM_RATE - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL);
	printf("period_size %d\n", SNDRV_PCM_HW_PARAM_PERIOD_SIZE - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL);
	printf("periods %d\n", SNDRV_PCM_HW_PARAM_PERIODS - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL);
	printf("buffer_size %d\n", SNDRV_PCM_HW_PARAM_BUFFER_SIZE - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL);
	return 0;
}
`

// lines are what program must print for an architecture with C longs of the
// given size, where layout.go is compiled for that architecture.
func lines(t *testing.T, arch string, long uintptr) string {
	t.Helper()
	l := layoutFor(t, arch)
	var b strings.Builder
	for _, p := range []struct{ c, structure, field string }{
		{"hwParams", "hwParams", ""}, {"hwParams.masks", "hwParams", "masks"}, {"hwParams.intervals", "hwParams", "intervals"},
		{"hwParams.rmask", "hwParams", "rmask"}, {"hwParams.msbits", "hwParams", "msbits"},
		{"swParams", "swParams", ""}, {"swParams.avail_min", "swParams", "availMin"}, {"swParams.start_threshold", "swParams", "startThreshold"},
		{"swParams.stop_threshold", "swParams", "stopThreshold"}, {"swParams.boundary", "swParams", "boundary"},
		{"swParams.tstamp_type", "swParams", "tstampType"},
		{"xferi", "xferi", ""}, {"xferi.buf", "xferi", "buf"}, {"xferi.frames", "xferi", "frames"},
	} {
		fmt.Fprintf(&b, "%s %d\n", p.c, l.place(p.structure, p.field))
	}
	hw, sw, xfer := uintptr(l.place("hwParams", "")), uintptr(l.place("swParams", "")), uintptr(l.place("xferi", ""))
	for _, r := range []struct {
		c      string
		number uintptr
	}{
		{"PVERSION", request(iocRead, 0, 4)}, {"HW_REFINE", request(iocRead|iocWrite, 0x10, hw)}, {"HW_PARAMS", request(iocRead|iocWrite, 0x11, hw)},
		{"HW_FREE", ioctlHWFree}, {"SW_PARAMS", request(iocRead|iocWrite, 0x13, sw)}, {"DELAY", request(iocRead, 0x21, long)},
		{"PREPARE", ioctlPrepare}, {"DROP", ioctlDrop}, {"DRAIN", ioctlDrain}, {"RESUME", ioctlResume}, {"WRITEI_FRAMES", request(iocWrite, 0x50, xfer)},
	} {
		fmt.Fprintf(&b, "%s %#x\n", r.c, r.number)
	}
	for _, n := range []struct {
		c     string
		value int
	}{
		{"ACCESS_RW_INTERLEAVED", accessRWInterleaved}, {"FORMAT_S16_LE", formatS16}, {"FORMAT_S24_LE", formatS24}, {"FORMAT_S32_LE", formatS32},
		{"FORMAT_S24_3LE", formatS24x3}, {"HW_PARAM_ACCESS", paramAccess}, {"HW_PARAM_FORMAT", paramFormat}, {"channels", paramChannels},
		{"rate", paramRate}, {"period_size", paramPeriodSize}, {"periods", paramPeriods}, {"buffer_size", paramBufferSize},
	} {
		fmt.Fprintf(&b, "%s %d\n", n.c, n.value)
	}
	return b.String()
}

// layout is how Go lays layout.go out for some architecture.
type layout struct {
	t     *testing.T
	pkg   *types.Package
	sizes types.Sizes
}

func layoutFor(t *testing.T, arch string) layout {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "layout.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	sizes := types.SizesFor("gc", arch)
	conf := types.Config{Sizes: sizes, Importer: importer.Default()}
	pkg, err := conf.Check("alsa", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return layout{t, pkg, sizes}
}

// place is the offset of a field, or the size of the structure for "".
func (l layout) place(structure, field string) int64 {
	s := l.pkg.Scope().Lookup(structure).Type().Underlying().(*types.Struct)
	if field == "" {
		return l.sizes.Sizeof(s)
	}
	var fields []*types.Var
	at := -1
	for i := range s.NumFields() {
		fields = append(fields, s.Field(i))
		if s.Field(i).Name() == field {
			at = i
		}
	}
	if at < 0 {
		l.t.Fatalf("%s has no field %s", structure, field)
	}
	return l.sizes.Offsetsof(fields)[at]
}

// On both the desktop and the board the structures must be the header's.
func TestLayoutIsTheHeaders(t *testing.T) {
	for _, c := range []struct {
		cc, arch, run string
		long          uintptr
	}{
		{"gcc", "amd64", "", 8},
		{"arm-linux-gnueabi-gcc", "arm", "qemu-arm", 4},
	} {
		t.Run(c.arch, func(t *testing.T) {
			got := runC(t, c.cc, c.run)
			if want := lines(t, c.arch, c.long); got != want {
				t.Errorf("the C program says\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// runC compiles and runs program, or skips the test where that cannot be.
func runC(t *testing.T, cc, emulator string) string {
	t.Helper()
	for _, tool := range []string{cc, emulator} {
		if _, err := exec.LookPath(tool); tool != "" && err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	dir := t.TempDir()
	src, bin := filepath.Join(dir, "layout.c"), filepath.Join(dir, "layout")
	if err := os.WriteFile(src, []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(cc, "-static", "-o", bin, src).CombinedOutput(); err != nil {
		if strings.Contains(string(out), "sound/asound.h: No such file") {
			t.Skip("the kernel's headers are not installed")
		}
		t.Fatalf("%s: %v\n%s", cc, err, out)
	}
	argv := strings.Fields(emulator + " " + bin)
	out, err := exec.Command(argv[0], argv[1:]...).Output()
	if err != nil {
		t.Fatalf("%v: %v", argv, err)
	}
	return string(out)
}

// The board's sizes, for where no compiler can tell them.
func TestLayoutOfTheBoard(t *testing.T) {
	l := layoutFor(t, "arm")
	for _, c := range []struct {
		structure, field string
		want             int64
	}{
		{"hwParams", "", 604}, {"hwParams", "intervals", 260}, {"hwParams", "rmask", 512}, {"hwParams", "fifoSize", 536},
		{"swParams", "", 104}, {"swParams", "startThreshold", 20}, {"swParams", "boundary", 36},
		{"xferi", "", 12}, {"xferi", "frames", 8},
	} {
		if got := l.place(c.structure, c.field); got != c.want {
			t.Errorf("%s.%s: %d, want %d", c.structure, c.field, got, c.want)
		}
	}
}

func TestDevicePath(t *testing.T) {
	root := t.TempDir()
	if _, err := devicePath(root, ""); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "driver") {
		t.Errorf("no devices: %v", err)
	}
	dir := filepath.Join(root, "dev/snd")
	os.MkdirAll(dir, 0o755)
	os.MkdirAll(filepath.Join(root, "proc/asound"), 0o755)
	for _, f := range []string{"controlC0", "pcmC0D0c", "pcmC10D0p", "pcmC1D0p", "pcmC1D3p"} {
		os.WriteFile(filepath.Join(dir, f), nil, 0o644)
	}
	os.Symlink("card1", filepath.Join(root, "proc/asound/UDA1341"))
	for name, want := range map[string]string{
		"": "pcmC1D0p", "default": "pcmC1D0p", "hw:1": "pcmC1D0p", "hw:1,3": "pcmC1D3p", "hw:10,0": "pcmC10D0p",
		"hw:UDA1341": "pcmC1D0p", "hw:UDA1341,3": "pcmC1D3p",
	} {
		got, err := devicePath(root, name)
		if err != nil || got != filepath.Join(dir, want) {
			t.Errorf("%q: %s, %v", name, got, err)
		}
	}
	for _, name := range []string{"hw:0,0", "hw:", "hw:1,9", "plughw:1", "../../x", "hw:../../etc"} {
		if got, err := devicePath(root, name); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "pcmC1D3p") {
			t.Errorf("%q: %s, %v", name, got, err)
		}
	}
	if got, err := devicePath(root, "/dev/snd/pcmC7D7p"); err != nil || got != "/dev/snd/pcmC7D7p" {
		t.Errorf("path: %s, %v", got, err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	if _, _, err := Open("/dev/null", cd); err == nil || !strings.Contains(err.Error(), "PCM protocol") {
		t.Errorf("no sound device: %v", err)
	}
	if _, _, err := Open("/nowhere", cd); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "alsa: open /nowhere") {
		t.Errorf("missing: %v", err)
	}
}
