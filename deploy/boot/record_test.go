package boot

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"testing"

	"linnet/deploy/nand"
	"linnet/rootfs/bootstate"
	"linnet/rootfs/mtd/mtdtest"
)

// The command lines of a start on trial, and of one of the former system.
const (
	tried = "kernel=b linnet.slot=b" + onTrial
	left  = "kernel=a linnet.slot=a linnet.fallback=unconfirmed"
)

// startsWith runs the loader on a chip that has something wrong with its flash.
func startsWith(t *testing.T, chip nand.Image, wrong func(b *smdk)) string {
	t.Helper()
	b := newBoard(t, chip, faults{})
	wrong(b)
	if err := b.run(); err != nil {
		t.Fatalf("%v\n%s", err, b.serial.String())
	}
	return b.said("toy: ")
}

// filled is a chip whose first block of the record is full, with a system on trial.
func filled(t *testing.T) nand.Image {
	t.Helper()
	chip := flashed(t)
	for n := range nand.BlockPages {
		record(chip, t, n, bootstate.Record{Number: uint32(10 + n), Slot: 1, Tries: 1})
	}
	return chip
}

// TestTryNotCounted: a try that can't be written down is not made, for it would be
// made for ever.
func TestTryNotCounted(t *testing.T) {
	params := span(t, "params")
	chip := flashed(t)
	put(chip, t, 0, bootstate.Record{Number: 9, Slot: 1, Tries: 1})
	for range 2 {
		got := startsWith(t, chip, func(b *smdk) {
			b.failing = map[int]bool{}
			for n := params.First; n < params.End; n++ {
				b.failing[n] = true
			}
		})
		if got != left {
			t.Fatalf("nothing can be written, and it starts %q", got)
		}
	}
}

// TestOneGoodBlock: the block of the record that counts is not erased, even if it
// is the only one.
func TestOneGoodBlock(t *testing.T) {
	params := span(t, "params")
	chip := filled(t)
	for n := params.First + 1; n < params.End; n++ {
		chip.MarkBad(n)
	}
	if got := startsWith(t, chip, func(*smdk) {}); got != left {
		t.Errorf("it starts %q", got)
	}
	if r := recordOf(t, chip); r.Number != 10+nand.BlockPages-1 {
		t.Errorf("the record that counts is now %+v", r)
	}
}

// TestNoGoodBlock has the record lie nowhere.
func TestNoGoodBlock(t *testing.T) {
	params := span(t, "params")
	chip := ruined(t)
	for n := params.First; n < params.End; n++ {
		chip.MarkBad(n)
	}
	got, said := recovered(t, chip, &user{press: "b", file: kernelPart(t)}, 0)
	if got == "" {
		t.Errorf("what was sent does not start\n%s", said)
	}
}

// TestWornRecord has pages or the next block fail: the record is then in another
// block, where it is found.
func TestWornRecord(t *testing.T) {
	params := span(t, "params")
	for name, wrong := range map[string]func(b *smdk){
		"a page":                        func(b *smdk) { b.failingPages = map[int]bool{params.First*nand.BlockPages + 1: true} },
		"a page, which does not say so": func(b *smdk) { b.oddPages = map[int]bool{params.First*nand.BlockPages + 1: true} },
		"the rest of a block":           func(b *smdk) { b.failing = map[int]bool{params.First: true} },
		"the next block":                func(b *smdk) { b.failing = map[int]bool{params.First + 1: true} },
	} {
		t.Run(name, func(t *testing.T) {
			chip := flashed(t)
			put(chip, t, 0, bootstate.Record{Number: 9, Slot: 1, Tries: 1})
			if name == "the next block" {
				chip = filled(t)
			}
			before := recordOf(t, chip)
			if got := startsWith(t, chip, wrong); got != tried {
				t.Fatalf("at first it starts %q", got)
			}
			if r := recordOf(t, chip); r.Number != before.Number+1 || r.Tries != 0 {
				t.Errorf("the record that counts is %+v", r)
			}
			if got := startsWith(t, chip, wrong); got != left {
				t.Errorf("then it starts %q", got)
			}
		})
	}
}

// recordOf is the record that counts, as the running system finds it.
func recordOf(t *testing.T, chip nand.Image) bootstate.Record {
	t.Helper()
	f := partitionOf(t, chip, "params", mtdtest.NewSupply(-1))
	params := span(t, "params")
	for n := range params.End - params.First {
		f.Marked[n] = chip.Bad(params.First + n)
	}
	s, err := bootstate.OpenStore(f)
	if err != nil {
		t.Fatal(err)
	}
	return s.Record()
}

// TestMarkWithAWrongBit: a bit of the mark that has turned makes no block bad, two do.
func TestMarkWithAWrongBit(t *testing.T) {
	const mark = nand.PageSize + 5
	for bits, want := range map[byte]string{0xfb: "kernel=a linnet.slot=a", 0xf3: "kernel=b linnet.slot=b linnet.fallback=checksum"} {
		chip := flashed(t)
		chip[span(t, "kernel_a").First*nand.BlockPages*row+mark] = bits
		if got := startsWith(t, chip, func(*smdk) {}); got != want {
			t.Errorf("with a mark of %02x it starts %q", bits, got)
		}
	}
}

// TestMarkTurnedBefore: what was written around blocks whose marks have one wrong
// bit, as Linux and programmers do, is found behind them.
func TestMarkTurnedBefore(t *testing.T) {
	a := span(t, "kernel_a")
	for name, blocks := range map[string][]int{
		"the first of a kernel":        {a.First},
		"the third of a kernel":        {a.First + 2},
		"of both copies of the loader": {secondA.First, secondB.First},
		"two, and one that is bad":     {a.First + 1, a.First + 4},
	} {
		chip := nand.New()
		for _, b := range blocks {
			chip[b*nand.BlockPages*row+nand.PageSize+5] = 0xfb
		}
		if len(blocks) == 2 && blocks[0] == a.First+1 {
			chip.MarkBad(a.First + 3)
		}
		if err := loader(t).Write(chip); err != nil {
			t.Fatal(err)
		}
		write(t, chip, "a", toy(t))
		if got := startsWith(t, chip, func(*smdk) {}); got != "kernel=a linnet.slot=a" {
			t.Errorf("%s: it starts %q", name, got)
		}
	}
}

// TestRecoveryWritesNoMarkedBlock: what is received goes around a block whose mark
// has one wrong bit, for Linux will, too.
func TestRecoveryWritesNoMarkedBlock(t *testing.T) {
	chip := ruined(t)
	at := (span(t, "kernel_a").First + 1) * nand.BlockPages * row
	chip[at+nand.PageSize+5] = 0xfb
	before := bytes.Clone(chip[at : at+nand.BlockPages*row])
	if got, said := recovered(t, chip, &user{press: "a", file: kernelPart(t)}, 0); got != "kernel=sent linnet.slot=a" {
		t.Fatalf("it starts %q\n%s", got, said)
	}
	if !bytes.Equal(chip[at:at+nand.BlockPages*row], before) {
		t.Error("a block with the mark of a bad one was written to")
	}
	if got := startsWith(t, chip, func(*smdk) {}); got != "kernel=sent linnet.slot=a" {
		t.Errorf("then it starts %q", got)
	}
}

// TestRecordUnderATurnedMark has the mark turn of the block that holds the record:
// the loader goes on with it, and the running system finds what the loader has written.
func TestRecordUnderATurnedMark(t *testing.T) {
	for _, mark := range []byte{0xfb, 0xf3} {
		chip := flashed(t)
		put(chip, t, 0, bootstate.Record{Number: 9, Slot: 1, Tries: 1})
		chip[span(t, "params").First*nand.BlockPages*row+nand.PageSize+5] = mark
		if got := startsWith(t, chip, func(*smdk) {}); got != tried {
			t.Fatalf("with a mark of %02x it starts %q", mark, got)
		}
		if r := recordOf(t, chip); r.Number != 10 || r.Tries != 0 {
			t.Errorf("with a mark of %02x the running system finds %+v", mark, r)
		}
	}
}

// breakCode turns two bits of a page's code, which then can't correct anything.
func breakCode(chip nand.Image, page int) {
	chip[page*row+nand.PageSize] ^= 1
	chip[page*row+nand.PageSize+1] ^= 0x80
}

// TestBrokenCode has the power fail as two bits of a page's code are programmed, and
// no other, or all but these: the loader and the running system find the same record,
// also when one of them has written another.
func TestBrokenCode(t *testing.T) {
	page := span(t, "params").First * nand.BlockPages
	for name, c := range map[string]struct {
		torn bootstate.Record // onto the second page; zero: it stays empty
		want string
		next bootstate.Record // that counts after the start
	}{
		"of an empty page": {bootstate.Record{}, tried, bootstate.Record{Number: 10, Slot: 1}},
		"of a record": {bootstate.Record{Number: 10, Slot: 1, Confirmed: true},
			"kernel=b linnet.slot=b", bootstate.Record{Number: 10, Slot: 1, Confirmed: true}},
	} {
		t.Run(name, func(t *testing.T) {
			chip := flashed(t)
			put(chip, t, 0, bootstate.Record{Number: 9, Slot: 1, Tries: 1})
			if c.torn != (bootstate.Record{}) {
				record(chip, t, 1, c.torn)
			}
			breakCode(chip, page+1)
			if got := startsWith(t, chip, func(*smdk) {}); got != c.want {
				t.Errorf("it starts %q", got)
			}
			if r := recordOf(t, chip); r != c.next {
				t.Fatalf("the running system finds %+v", r)
			}
			// It says that it runs.
			f := partitionOf(t, chip, "params", mtdtest.NewSupply(-1))
			s, err := bootstate.OpenStore(f)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Write(bootstate.Record{Slot: 1, Confirmed: true}); err != nil {
				t.Fatal(err)
			}
			putBack(t, chip, "params", f)
			if got := startsWith(t, chip, func(*smdk) {}); got != "kernel=b linnet.slot=b" {
				t.Errorf("then it starts %q", got)
			}
		})
	}
	chip := flashed(t)
	breakCode(chip, span(t, "kernel_a").First*nand.BlockPages+40)
	if got := startsWith(t, chip, func(*smdk) {}); got != "kernel=a linnet.slot=a" {
		t.Errorf("of a page of a kernel, the rest of which is right: it starts %q", got)
	}
}

// TestRecoveryOfAPart: what was received before completes nothing.
func TestRecoveryOfAPart(t *testing.T) {
	part := kernelPart(t)
	chip := ruined(t)
	before := bytes.Clone(chip)
	u := &user{press: "aa", file: bytes.Clone(part), spoil: asSent, size: 128}
	u.file[20]++ // its header is none
	b := newBoard(t, chip, faults{})
	u.b, b.peer = b, u.hears
	for u.asked < 3 && !b.halted {
		if err := b.step(); err != nil {
			t.Fatal(err)
		}
		if u.asked == 2 && !u.sends { // the header alone, and it is good
			u.file = part[:nand.PageSize]
		}
	}
	if got := b.said("toy: "); got != "" || !bytes.Equal(chip, before) {
		t.Errorf("it starts %q\n%q", got, b.serial.String())
	}
}

// TestTextWithoutEnd: a command line that has no end is none.
func TestTextWithoutEnd(t *testing.T) {
	chip := flashed(t)
	k, err := Slot(toy(t), "kernel=a")
	if err != nil {
		t.Fatal(err)
	}
	copy(k[16:], bytes.Repeat([]byte{'x'}, slotText))
	binary.LittleEndian.PutUint32(k[nand.PageSize-4:], crc32.ChecksumIEEE(k[:nand.PageSize-4]))
	if err := chip.WritePart(span(t, "kernel_a").First, span(t, "kernel_a").End, k); err != nil {
		t.Fatal(err)
	}
	if got := startsWith(t, chip, func(*smdk) {}); got != "kernel=b linnet.slot=b linnet.fallback=checksum" {
		t.Errorf("it starts %q", got)
	}
}
