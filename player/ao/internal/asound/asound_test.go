//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package asound

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
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
	S(HWParams, struct snd_pcm_hw_params)
	O(HWParams, struct snd_pcm_hw_params, masks)
	O(HWParams, struct snd_pcm_hw_params, intervals)
	O(HWParams, struct snd_pcm_hw_params, rmask)
	O(HWParams, struct snd_pcm_hw_params, msbits)
	S(SWParams, struct snd_pcm_sw_params)
	O(SWParams, struct snd_pcm_sw_params, avail_min)
	O(SWParams, struct snd_pcm_sw_params, start_threshold)
	O(SWParams, struct snd_pcm_sw_params, stop_threshold)
	O(SWParams, struct snd_pcm_sw_params, boundary)
	O(SWParams, struct snd_pcm_sw_params, tstamp_type)
	S(SyncPtr, struct snd_pcm_sync_ptr)
	O(SyncPtr, struct snd_pcm_sync_ptr, s.status.hw_ptr)
	O(SyncPtr, struct snd_pcm_sync_ptr, c.control.appl_ptr)
	S(Xferi, struct snd_xferi)
	O(Xferi, struct snd_xferi, buf)
	O(Xferi, struct snd_xferi, frames)
	I(PVERSION) I(HW_REFINE) I(HW_PARAMS) I(HW_FREE) I(SW_PARAMS) I(DELAY) I(SYNC_PTR)
	I(PREPARE) I(START) I(DROP) I(DRAIN) I(REWIND) I(RESUME) I(WRITEI_FRAMES)
	P(ACCESS_MMAP_INTERLEAVED) P(ACCESS_RW_INTERLEAVED) P(FORMAT_S16_LE) P(FORMAT_S24_LE) P(FORMAT_S32_LE) P(FORMAT_S24_3LE)
	P(STATE_PREPARED) P(STATE_RUNNING) P(SYNC_PTR_HWSYNC) P(SYNC_PTR_APPL) P(SYNC_PTR_AVAIL_MIN) P(MMAP_OFFSET_DATA)
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
// given size, where asound.go is compiled for that architecture.
func lines(t *testing.T, arch string, long uintptr) string {
	t.Helper()
	l := layoutFor(t, arch)
	var b strings.Builder
	for _, p := range []struct{ c, structure, field string }{
		{"HWParams", "HWParams", ""}, {"HWParams.masks", "HWParams", "Masks"}, {"HWParams.intervals", "HWParams", "Intervals"},
		{"HWParams.rmask", "HWParams", "Rmask"}, {"HWParams.msbits", "HWParams", "Msbits"},
		{"SWParams", "SWParams", ""}, {"SWParams.avail_min", "SWParams", "AvailMin"}, {"SWParams.start_threshold", "SWParams", "StartThreshold"},
		{"SWParams.stop_threshold", "SWParams", "StopThreshold"}, {"SWParams.boundary", "SWParams", "Boundary"},
		{"SWParams.tstamp_type", "SWParams", "TstampType"},
		{"SyncPtr", "SyncPtr", ""}, {"SyncPtr.s.status.hw_ptr", "SyncPtr", "Status.HWPtr"},
		{"SyncPtr.c.control.appl_ptr", "SyncPtr", "Control.ApplPtr"},
		{"Xferi", "Xferi", ""}, {"Xferi.buf", "Xferi", "Buf"}, {"Xferi.frames", "Xferi", "Frames"},
	} {
		fmt.Fprintf(&b, "%s %d\n", p.c, l.place(p.structure, p.field))
	}
	hw, sw, xfer := uintptr(l.place("HWParams", "")), uintptr(l.place("SWParams", "")), uintptr(l.place("Xferi", ""))
	for _, r := range []struct {
		c      string
		number uintptr
	}{
		{"PVERSION", request(iocRead, 0, 4)}, {"HW_REFINE", request(iocRead|iocWrite, 0x10, hw)}, {"HW_PARAMS", request(iocRead|iocWrite, 0x11, hw)},
		{"HW_FREE", IoctlFreeHW}, {"SW_PARAMS", request(iocRead|iocWrite, 0x13, sw)}, {"DELAY", request(iocRead, 0x21, long)},
		{"SYNC_PTR", request(iocRead|iocWrite, 0x23, uintptr(l.place("SyncPtr", "")))},
		{"PREPARE", IoctlPrepare}, {"START", IoctlStart}, {"DROP", IoctlDrop}, {"DRAIN", IoctlDrain}, {"REWIND", request(iocWrite, 0x46, long)}, {"RESUME", IoctlResume}, {"WRITEI_FRAMES", request(iocWrite, 0x50, xfer)},
	} {
		fmt.Fprintf(&b, "%s %#x\n", r.c, r.number)
	}
	for _, n := range []struct {
		c     string
		value int
	}{
		{"ACCESS_MMAP_INTERLEAVED", AccessMMapInterleaved}, {"ACCESS_RW_INTERLEAVED", AccessRWInterleaved}, {"FORMAT_S16_LE", FormatS16}, {"FORMAT_S24_LE", FormatS24}, {"FORMAT_S32_LE", FormatS32},
		{"FORMAT_S24_3LE", FormatS24x3},
		{"STATE_PREPARED", StatePrepared}, {"STATE_RUNNING", StateRunning},
		{"SYNC_PTR_HWSYNC", SyncHW}, {"SYNC_PTR_APPL", SyncGetAppl}, {"SYNC_PTR_AVAIL_MIN", SyncGetAvailMin}, {"MMAP_OFFSET_DATA", 0},
		{"HW_PARAM_ACCESS", ParamAccess}, {"HW_PARAM_FORMAT", ParamFormat}, {"channels", ParamChannels},
		{"rate", ParamRate}, {"period_size", ParamPeriodSize}, {"periods", ParamPeriods}, {"buffer_size", ParamBufferSize},
	} {
		fmt.Fprintf(&b, "%s %d\n", n.c, n.value)
	}
	return b.String()
}

// layout is how Go lays asound.go out for some architecture.
type layout struct {
	t     *testing.T
	pkg   *types.Package
	sizes types.Sizes
}

func layoutFor(t *testing.T, arch string) layout {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "asound.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	sizes := types.SizesFor("gc", arch)
	conf := types.Config{Sizes: sizes, Importer: importer.Default()}
	pkg, err := conf.Check("asound", fset, []*ast.File{file}, nil)
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
	outer, inner, nested := strings.Cut(field, ".")
	if nested {
		at, f := l.find(s, structure, outer)
		in := f.Type().Underlying().(*types.Struct)
		off, _ := l.find(in, outer, inner)
		return at + off
	}
	at, _ := l.find(s, structure, field)
	return at
}

// find is where a structure has a field, and the field.
func (l layout) find(s *types.Struct, structure, field string) (int64, *types.Var) {
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
	return l.sizes.Offsetsof(fields)[at], fields[at]
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
		{"HWParams", "", 604}, {"HWParams", "Intervals", 260}, {"HWParams", "Rmask", 512}, {"HWParams", "FIFOSize", 536},
		{"SWParams", "", 104}, {"SWParams", "StartThreshold", 20}, {"SWParams", "Boundary", 36},
		{"Xferi", "", 12}, {"Xferi", "Frames", 8},
	} {
		if got := l.place(c.structure, c.field); got != c.want {
			t.Errorf("%s.%s: %d, want %d", c.structure, c.field, got, c.want)
		}
	}
}
