package boot

import (
	"bytes"
	"compress/gzip"
	"context"
	"debug/elf"
	"fmt"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"linnet/board"
	"linnet/deploy/nand"
	"linnet/deploy/qemu"
	"linnet/deploy/vm"
	"linnet/rootfs/bootstate"
)

// toyKernel compiles what stands for a kernel, for the address that it runs at. It
// is as long as one, so that it lies in more than a block.
func toyKernel(base uint32) ([]byte, error) {
	dir, err := os.MkdirTemp("", "toy-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "toy")
	args := append([]string{"-o", out}, flags...)
	args = append(args, fmt.Sprintf("-Wl,--defsym=base=%#x", base), "-Ttestdata/toy.ld", "testdata/toy.c")
	if said, err := exec.Command(compiler, args...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, said)
	}
	f, err := elf.Open(out)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	code, err := f.Section(".text").Data()
	return append(code, bytes.Repeat([]byte{1, 2, 3, 5, 7, 11, 13, 17}, 5*nand.BlockSize/8)...), err
}

// plainToy runs where the loader puts a kernel that it does not unpack.
var plainToy = sync.OnceValues(func() ([]byte, error) { return toyKernel(0x32000000) })

// packedToy is a zImage as far as gzipOf looks: something, the kernel packed, and
// something more.
var packedToy = sync.OnceValues(func() ([]byte, error) {
	image, err := toyKernel(0x30008000)
	if err != nil {
		return nil, err
	}
	// What does not repeat itself, and lengths that go on in several bytes.
	for i := range 3000 {
		image = append(image, byte(i*i>>3))
	}
	var file bytes.Buffer
	z := gzip.NewWriter(&file)
	if _, err := z.Write(image); err != nil {
		return nil, err
	}
	err = z.Close()
	return slices.Concat([]byte("what unpacks it \x1f\x8b\x08\x00"), file.Bytes(), []byte("and its tables")), err
})

func toy(t *testing.T) []byte {
	t.Helper()
	b, err := plainToy()
	if err != nil {
		t.Fatal(err)
	}
	return b
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

// writePacked writes a packed kernel into slot a, of which something is changed
// before its sum is made.
func writePacked(t *testing.T, chip nand.Image, change func(payload []byte)) {
	t.Helper()
	zImage, err := packedToy()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Kernel(zImage, "kernel=a")
	if err != nil || s[12] != packed {
		t.Fatalf("it is not packed: % x, %v", s[:16], err)
	}
	payload := s[nand.PageSize:]
	change(payload)
	if s, err = slot(payload, "kernel=a", packed); err != nil {
		t.Fatal(err)
	}
	if err := chip.WritePart(span(t, "kernel_a").First, span(t, "kernel_a").End, s); err != nil {
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

var toySays = regexp.MustCompile(`^toy: (.*)$`)

// A runner switches a chip on and returns with what the kernel was started, and
// all that the loader said.
type runner func(t *testing.T, chip nand.Image, f faults) (string, string)

// interpreted runs the loader's instructions here.
func interpreted(t *testing.T, chip nand.Image, f faults) (string, string) {
	b := newBoard(t, chip, f)
	if err := b.run(); err != nil {
		t.Fatalf("%v\n%s", err, b.serial.String())
	}
	return b.said("toy: "), b.serial.String()
}

// emulated runs them on QEMU's board.
func emulated(t *testing.T, chip nand.Image, f faults) (string, string) {
	t.Helper()
	file := save(t, chip)
	args := []string{fmt.Sprint("flips=", f.flips), fmt.Sprint("flip-first=", f.first), fmt.Sprint("cut-at=", f.cut)}
	if f.last > 0 {
		args = append(args, fmt.Sprint("flip-last=", f.last))
	}
	kernel, said := starts(t, file, nil, args...)
	after, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	copy(chip, after)
	return kernel, said
}

// each tries something with both, or without QEMU where it is not built.
func each(t *testing.T, try func(t *testing.T, run runner)) {
	t.Run("interpreted", func(t *testing.T) { try(t, interpreted) })
	t.Run("emulated", func(t *testing.T) {
		if _, err := qemu.Find(); err != nil {
			t.Skip(err)
		}
		try(t, emulated)
	})
}

// starts runs a chip in a file.
func starts(t *testing.T, file string, look func(*vm.VM), faults ...string) (string, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
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

func TestStarts(t *testing.T) { each(t, testStarts) }

func testStarts(t *testing.T, run runner) {
	plain, kernel := flashed(t), toy(t)
	a := span(t, "kernel_a")
	for name, c := range map[string]struct {
		damage func(chip nand.Image)
		faults faults
		want   string
		says   string
	}{
		"as made": {nil, faults{}, "kernel=a linnet.slot=a", `ms: splash`},
		"bad blocks": {func(chip nand.Image) {
			for _, b := range []int{secondA.First, a.First, a.First + 2} {
				chip.Erase(b)
				chip.MarkBad(b)
			}
			if err := loader(t).Write(chip); err != nil {
				t.Fatal(err)
			}
			write(t, chip, "a", kernel)
		}, faults{}, "kernel=a linnet.slot=a", `splash`},
		"a bit in each page": {nil, faults{flips: 1}, "kernel=a linnet.slot=a", `bits corrected: [1-9]\d\d+, pages lost: 0`},
		"two bits in each page of a": {nil, faults{flips: 2, first: a.First, last: a.End - 1},
			"kernel=b linnet.slot=b linnet.fallback=checksum", `this kernel is bad: a`},
		"another byte in a": {func(chip nand.Image) {
			n := (a.First + 1) * nand.BlockPages
			page, _, _ := chip.Read(n)
			page[77]++
			chip.Reprogram(n, page)
		}, faults{}, "kernel=b linnet.slot=b linnet.fallback=checksum", `this kernel is bad: a`},
		"no first copy of the second stage": {func(chip nand.Image) { chip.Erase(secondA.First) }, faults{}, "kernel=a linnet.slot=a", `the first copy of the second stage is bad`},
		"it is packed":                      {func(chip nand.Image) { writePacked(t, chip, func([]byte) {}) }, faults{}, "kernel=a linnet.slot=a", `kernel a`},
		"what is packed is damaged": {func(chip nand.Image) {
			writePacked(t, chip, func(payload []byte) { payload[4] = 0xff })
		}, faults{}, "kernel=b linnet.slot=b linnet.fallback=checksum", `this kernel is bad: a`},
		"it is packed to another length": {func(chip nand.Image) { writePacked(t, chip, func(payload []byte) { payload[0]++ }) }, faults{},
			"kernel=b linnet.slot=b linnet.fallback=checksum", `this kernel is bad: a`},
		"slot b is chosen": {func(chip nand.Image) { put(chip, t, 0, bootstate.Record{Number: 5, Slot: 1, Confirmed: true}) }, faults{}, "kernel=b linnet.slot=b", `kernel b`},
		"the later record counts": {func(chip nand.Image) {
			put(chip, t, 3, bootstate.Record{Number: 4, Slot: 0, Confirmed: true})
			put(chip, t, 0, bootstate.Record{Number: 5, Slot: 1, Confirmed: true})
		}, faults{}, "kernel=b linnet.slot=b", `kernel b`},
	} {
		t.Run(name, func(t *testing.T) {
			chip := nand.Image(bytes.Clone(plain))
			if c.damage != nil {
				c.damage(chip)
			}
			got, said := run(t, chip, c.faults)
			if got != c.want || !regexp.MustCompile(c.says).MatchString(said) {
				t.Errorf("the kernel was started with %q, want %q; the loader says, instead of %q:\n%s", got, c.want, c.says, said)
			}
		})
	}
}

// put writes a record onto the first page of a block of the partition.
func put(chip nand.Image, t *testing.T, block int, r bootstate.Record) {
	record(chip, t, block*nand.BlockPages, r)
}

// record writes one onto a page of the partition.
func record(chip nand.Image, t *testing.T, n int, r bootstate.Record) {
	page := bytes.Repeat([]byte{0xff}, nand.PageSize)
	copy(page, r.Bytes())
	chip.Program(span(t, "params").First*nand.BlockPages+n, page)
}

// onTrial is what a kernel is told that was not confirmed yet.
const onTrial = " linnet.trial=1 s3c2410_wdt.tmr_atboot=1"

// TestTries starts a new system that never says that it runs: as often as it
// may be, and then the old one.
func TestTries(t *testing.T) { each(t, testTries) }

func testTries(t *testing.T, run runner) {
	chip := flashed(t)
	put(chip, t, 0, bootstate.Record{Number: 9, Slot: 1, Tries: 2})
	for i, want := range []string{"kernel=b linnet.slot=b" + onTrial, "kernel=b linnet.slot=b" + onTrial, "kernel=a linnet.slot=a linnet.fallback=unconfirmed", "kernel=a linnet.slot=a linnet.fallback=unconfirmed"} {
		if got, said := run(t, chip, faults{}); got != want {
			t.Fatalf("start %d: %q, want %q\n%s", i, got, want, said)
		}
	}
}

// TestCut has the power fail while the loader writes a record, onto a page that
// is the next one, the first of another block, and one whose block has to be
// erased: the next start is one of the two that may be.
func TestCut(t *testing.T) { each(t, testCut) }

func testCut(t *testing.T, run runner) {
	plain := flashed(t)
	params := span(t, "params")
	for _, page := range []int{0, nand.BlockPages - 1, (params.End-params.First)*nand.BlockPages - 1} {
		for cut := 1; cut <= 2; cut++ {
			chip := nand.Image(bytes.Clone(plain))
			for n := range page + 1 {
				record(chip, t, n, bootstate.Record{Number: uint32(10 + n), Slot: 1, Tries: 1})
			}
			first, said := run(t, chip, faults{cut: cut})
			if cut == 1 && first != "" {
				t.Fatalf("the power is cut, and yet %q starts\n%s", first, said)
			}
			got, said := run(t, chip, faults{})
			if got != "kernel=b linnet.slot=b"+onTrial && got != "kernel=a linnet.slot=a linnet.fallback=unconfirmed" {
				t.Errorf("record %d, after a cut in operation %d: %q\n%s", page, cut, got, said)
			}
		}
	}
}

// TestSplash looks at what the panel is told to show, and where QEMU is built, at
// the panel.
func TestSplash(t *testing.T) {
	want := stripes()
	b := newBoard(t, flashed(t), faults{})
	if err := b.run(); err != nil {
		t.Fatal(err)
	}
	const addr, enabled = 0x4d000014, 0x4d000000
	if b.regs[enabled]&1 == 0 {
		t.Error("the panel is off")
	}
	frame := b.memory(b.regs[addr] << 1)
	for i, p := range want {
		if got := uint16(frame[2*i]) | uint16(frame[2*i+1])<<8; got != p {
			t.Fatalf("pixel %d is %04x, want %04x", i, got, p)
		}
	}
	if _, err := qemu.Find(); err != nil {
		t.Logf("not looked at on the panel: %v", err)
		return
	}
	starts(t, save(t, flashed(t)), func(v *vm.VM) { checkPanel(t, v, want) })
}

func checkPanel(t *testing.T, v *vm.VM, want []uint16) {
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
}
