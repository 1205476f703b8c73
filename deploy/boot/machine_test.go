package boot

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"linnet/board"
	"linnet/deploy/nand"
	"linnet/deploy/qemu"
	"linnet/deploy/vm"
	"linnet/rootfs/bootstate"
)

// toy compiles what stands for a kernel. It is as long as one, so that it lies in
// more than a block.
func toy(t *testing.T) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "toy.elf")
	args := append([]string{"-o", out}, flags...)
	if said, err := exec.Command(compiler, append(args, "-Wl,-Ttext=0x32000000", "-Wl,-etoy", "-O2", "-fno-toplevel-reorder", "testdata/toy.c")...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	bin := out + ".bin"
	if said, err := exec.Command("arm-linux-gnueabi-objcopy", "-O", "binary", out, bin).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	b, err := os.ReadFile(bin)
	if err != nil {
		t.Fatal(err)
	}
	return append(b, bytes.Repeat([]byte{1, 2, 3, 5, 7, 11, 13, 17}, 10*nand.BlockSize/8)...)
}

// flashed is a chip with the loader and two kernels that say which they are.
func flashed(t *testing.T) nand.Image {
	t.Helper()
	chip := nand.New()
	if err := loader(t).Write(chip); err != nil {
		t.Fatal(err)
	}
	kernel := toy(t)
	for _, slot := range []string{"a", "b"} {
		write(t, chip, slot, kernel)
	}
	return chip
}

func write(t *testing.T, chip nand.Image, slot string, kernel []byte) {
	t.Helper()
	s, err := Slot(kernel, "kernel="+slot)
	if err != nil {
		t.Fatal(err)
	}
	if err := chip.WritePart(span(t, "kernel_"+slot).First, span(t, "kernel_"+slot).End, s); err != nil {
		t.Fatal(err)
	}
}

func span(t *testing.T, name string) Span {
	t.Helper()
	s, err := Partition(board.SMDK2410(), name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// emulated skips a test where the emulator is not built.
func emulated(t *testing.T) {
	t.Helper()
	if _, err := qemu.Find(); err != nil {
		t.Skip(err)
	}
}

var toySays = regexp.MustCompile(`^toy: (.*)$`)

// starts runs a chip in a file and returns with what the kernel was started, and
// all that the loader said.
func starts(t *testing.T, file string, look func(*vm.VM), faults ...string) (string, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var log bytes.Buffer
	v, err := vm.Start(ctx, vm.Config{Board: board.SMDK2410(), NAND: file, Shift: 3, Skip: true, Faults: faults, Log: &log})
	if err != nil {
		t.Fatal(err)
	}
	line, err := v.WaitFor(ctx, toySays)
	if look != nil && err == nil {
		look(v)
	}
	v.Close()
	if err != nil {
		return "", log.String()
	}
	return toySays.FindStringSubmatch(line.Text)[1], log.String()
}

func save(t *testing.T, chip nand.Image) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "nand.img")
	if err := os.WriteFile(file, chip, 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestStarts(t *testing.T) {
	emulated(t)
	plain := flashed(t)
	for name, c := range map[string]struct {
		damage func(chip nand.Image)
		faults []string
		want   string
		says   string
	}{
		"as made": {func(nand.Image) {}, nil, "kernel=a linnet.slot=a", `ms: splash`},
		"bad blocks": {func(chip nand.Image) {
			kernel := toy(t)
			for _, b := range []int{secondA.First, span(t, "kernel_a").First, span(t, "kernel_a").First + 2} {
				chip.Erase(b)
				chip.MarkBad(b)
			}
			if err := loader(t).Write(chip); err != nil {
				t.Fatal(err)
			}
			write(t, chip, "a", kernel)
		}, nil, "kernel=a linnet.slot=a", `splash`},
		"a bit in each page": {func(nand.Image) {}, []string{"flips=1"}, "kernel=a linnet.slot=a", `bits corrected: [1-9]\d\d+, pages lost: 0`},
		"two bits in each page of a": {func(nand.Image) {}, []string{
			"flips=2", fmt.Sprint("flip-first=", span(t, "kernel_a").First), fmt.Sprint("flip-last=", span(t, "kernel_a").End-1),
		}, "kernel=b linnet.slot=b linnet.fallback=checksum", `this kernel is bad: a`},
		"another byte in a": {func(chip nand.Image) {
			n := (span(t, "kernel_a").First + 1) * nand.BlockPages
			page, _, _ := chip.Read(n)
			page[77]++
			chip.Reprogram(n, page)
		}, nil, "kernel=b linnet.slot=b linnet.fallback=checksum", `this kernel is bad: a`},
		"no first copy of the second stage": {func(chip nand.Image) { chip.Erase(secondA.First) }, nil, "kernel=a linnet.slot=a", `the first copy of the second stage is bad`},
		"slot b is chosen":                  {func(chip nand.Image) { put(chip, t, 0, bootstate.Record{Number: 5, Slot: 1, Confirmed: true}) }, nil, "kernel=b linnet.slot=b", `kernel b`},
		"the later record counts": {func(chip nand.Image) {
			put(chip, t, 3, bootstate.Record{Number: 4, Slot: 0, Confirmed: true})
			put(chip, t, 0, bootstate.Record{Number: 5, Slot: 1, Confirmed: true})
		}, nil, "kernel=b linnet.slot=b", `kernel b`},
	} {
		t.Run(name, func(t *testing.T) {
			chip := nand.Image(bytes.Clone(plain))
			c.damage(chip)
			got, said := starts(t, save(t, chip), nil, c.faults...)
			if got != c.want || !regexp.MustCompile(c.says).MatchString(said) {
				t.Errorf("the kernel was started with %q, want %q; the loader says, instead of %q:\n%s", got, c.want, c.says, said)
			}
		})
	}
}

// put writes a record onto the first page of a block of the partition.
func put(chip nand.Image, t *testing.T, block int, r bootstate.Record) {
	page := bytes.Repeat([]byte{0xff}, nand.PageSize)
	copy(page, r.Bytes())
	chip.Program((span(t, "params").First+block)*nand.BlockPages, page)
}

// TestTries starts a new system that never says that it runs: as often as it
// may be, and then the old one.
func TestTries(t *testing.T) {
	emulated(t)
	chip := flashed(t)
	put(chip, t, 0, bootstate.Record{Number: 9, Slot: 1, Tries: 2})
	file := save(t, chip)
	for i, want := range []string{"kernel=b linnet.slot=b", "kernel=b linnet.slot=b", "kernel=a linnet.slot=a linnet.fallback=unconfirmed", "kernel=a linnet.slot=a linnet.fallback=unconfirmed"} {
		if got, said := starts(t, file, nil); got != want {
			t.Fatalf("start %d: %q, want %q\n%s", i, got, want, said)
		}
	}
}

// TestCut has the power fail in each operation of that, one after the other:
// the next start is one of the two that may be.
func TestCut(t *testing.T) {
	emulated(t)
	plain := flashed(t)
	put(plain, t, 0, bootstate.Record{Number: 9, Slot: 1, Tries: 1})
	for cut := 1; cut <= 2; cut++ {
		file := save(t, bytes.Clone(plain))
		if got, said := starts(t, file, nil, fmt.Sprint("cut-at=", cut)); cut == 1 && got != "" {
			t.Fatalf("the power is cut, and yet %q starts\n%s", got, said)
		}
		if got, said := starts(t, file, nil); got != "kernel=b linnet.slot=b" && got != "kernel=a linnet.slot=a linnet.fallback=unconfirmed" {
			t.Errorf("after a cut in operation %d: %q\n%s", cut, got, said)
		}
	}
}

// TestSplash looks at the panel.
func TestSplash(t *testing.T) {
	emulated(t)
	want := stripes()
	starts(t, save(t, flashed(t)), func(v *vm.VM) {
		m, err := v.Screen(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if m.Bounds().Dx() != 320 || m.Bounds().Dy() != 240 {
			t.Fatalf("the panel has %v", m.Bounds())
		}
		for _, at := range []int{0, 100*240 + 17, 319*240 + 239} {
			x, y := at%240, at/240 // on the panel, which is held turned
			got := m.RGBAAt(y, 239-x)
			p := want[at]
			r, g, b := p>>11, p>>5&63, p&31
			if w := (color.RGBA{uint8(r<<3 | r>>2), uint8(g<<2 | g>>4), uint8(b<<3 | b>>2), 255}); got != w {
				t.Errorf("pixel %d,%d is %v, want %v", x, y, got, w)
			}
		}
	})
}
