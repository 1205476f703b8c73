package boot

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"linnet/board"
	"linnet/deploy/nand"
	"linnet/deploy/qemu"
	"linnet/deploy/vm"
	"linnet/rootfs/bootstate"
)

// startsOfBoth are those of two confirmed systems of which none ever says that it runs,
// when a is to be started.
var startsOfBoth = []string{"a", "a", "a", "b fallen", "b fallen", "b fallen", "a", "a", "a", "a"}

const fallen = " linnet.fallback=starts"

// TestVain starts systems that never say that they run, again and again without power
// off: each as often as it may be.
func TestVain(t *testing.T) {
	for name, c := range map[string]struct {
		record bootstate.Record
		harm   string // kernel that is bad
		count  uint32 // in the register at first
		want   []string
	}{
		"never told":         {want: startsOfBoth},
		"another value":      {count: 0x12345678, want: startsOfBoth},
		"it ran":             {count: counting, want: startsOfBoth},
		"b is to be started": {record: bootstate.Record{Number: 3, Slot: 1, Confirmed: true}, want: []string{"b", "b", "b", "a fallen", "a fallen", "a fallen", "b", "b"}},
		"b is bad":           {harm: "kernel_b", want: []string{"a", "a", "a", "a damaged", "a damaged", "a damaged", "a"}},
		"after a trial":      {record: bootstate.Record{Number: 3, Slot: 1}, want: []string{"a left", "a left", "a left", "b fallen"}},
		"many":               {count: counting | 0xff, want: []string{"a", "a"}},
	} {
		chip := flashed(t)
		if c.record != (bootstate.Record{}) {
			put(chip, t, 0, c.record)
		}
		if c.harm != "" {
			clear(chip[span(t, c.harm).First*nand.BlockPages*row:][:nand.PageSize])
		}
		if got := vain(t, chip, c.count, len(c.want)); !slices.Equal(got, spelled(c.want)) {
			t.Errorf("%s: %q, want %q", name, got, spelled(c.want))
		}
	}
}

// counting is what the count lies beside.
const counting = 0x4c4e5300

// vain starts a board so many times, with what the register has kept.
func vain(t *testing.T, chip nand.Image, count uint32, times int) (started []string) {
	t.Helper()
	for range times {
		b := newBoard(t, chip, faults{})
		b.regs[regGSTATUS3] = count
		if err := b.run(); err != nil {
			t.Fatalf("%v\n%s", err, b.serial.String())
		}
		count = b.regs[regGSTATUS3]
		started = append(started, b.said("toy: "))
	}
	return started
}

// spelled are the lines of the toys.
func spelled(starts []string) (lines []string) {
	for _, s := range starts {
		slot, why := s[:1], map[string]string{"": "", " fallen": fallen, " damaged": " linnet.fallback=checksum", " left": " linnet.fallback=unconfirmed"}[s[1:]]
		lines = append(lines, "kernel="+slot+" linnet.slot="+slot+why)
	}
	return lines
}

// TestTrialIsNotCounted: it has a count of its own.
func TestTrialIsNotCounted(t *testing.T) {
	chip := flashed(t)
	put(chip, t, 0, bootstate.Record{Number: 3, Slot: 1, Tries: 1})
	b := newBoard(t, chip, faults{})
	if err := b.run(); err != nil {
		t.Fatal(err)
	}
	if n := b.regs[regGSTATUS3]; n != 0 {
		t.Errorf("the count is %#x", n)
	}
}

// TestVainEmulated has the watchdog of the emulated board start it again.
func TestVainEmulated(t *testing.T) {
	if _, err := qemu.Find(); err != nil {
		t.Skip(err)
	}
	chip := flashed(t)
	for _, slot := range []string{"a", "b"} {
		s, err := Slot(toy(t), "again kernel="+slot)
		if err != nil {
			t.Fatal(err)
		}
		p := span(t, "kernel_"+slot)
		for b := p.First; b < p.End; b++ {
			chip.Erase(b)
		}
		if err := chip.WritePart(p.First, p.End, s); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var log bytes.Buffer
	v, err := vm.Start(ctx, vm.Config{Board: board.SMDK2410(), NAND: save(t, chip), Shift: 3, Skip: true, Restarts: true, Log: &log})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	var got []string
	for range startsOfBoth {
		l, err := v.WaitFor(ctx, toySays)
		if err != nil {
			t.Fatalf("after %q: %v\n%s", got, err, log.String())
		}
		got = append(got, toySays.FindStringSubmatch(l.Text)[1])
	}
	var want []string
	for _, s := range spelled(startsOfBoth) {
		want = append(want, "again "+s)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
