package boot

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"linnet/deploy/nand"
)

// smdk is the board as far as the loader sees it.
type smdk struct {
	*arm
	t      *testing.T
	sram   [4096]byte
	sdram  []byte
	regs   map[uint32]uint32
	serial bytes.Buffer
	halted bool

	held   uint32     // keys on port F
	peer   func(byte) // at the other end of the serial line, hears what is sent
	in     []byte     // what it has sent
	silent int        // steps for which the loader has waited for more

	failing      map[int]bool // blocks in which nothing can be changed but the mark of a bad one
	failingPages map[int]bool // that can't be programmed
	oddPages     map[int]bool // that can, and are read otherwise
	failed       bool         // the last operation has
	began        int          // the step in which the chip was given something to do
	takes        int          // how many steps that takes

	chip    nand.Image
	faults  faults
	command uint32
	area    uint32
	cycle   int
	row     uint32
	column  int
	buffer  []byte
	ops     int
	counted int // bytes since the ECC was started
	passed  [nand.PageSize]byte
}

// faults are what is wrong with the flash.
type faults struct {
	flips       int // bits of each page
	first, last int // in these blocks
	cut         int // the power fails in this operation
}

// In steps of 8 ns, by the data sheet: how long a chip takes to say that it is busy
// (tWB), to have its status ready (tWHR), to read a page, and for the rest, which
// takes longer in fact.
const (
	saysBusy   = 100 / 8
	saysStatus = 60 / 8
	works      = 15_000 / 8
)

const (
	row        = nand.PageSize + nand.SpareSize
	sdramStart = 0x30000000
	sdramSize  = 64 << 20

	regUTXH0    = 0x50000020
	regUTRSTAT  = 0x50000010
	regUFSTAT   = 0x50000018
	regURXH0    = 0x50000024
	regGPFDAT   = 0x56000054
	regGSTATUS3 = 0x560000b8
	regTCNTO4   = 0x51000040
	regCLKCON   = 0x4c00000c
	regNFCONF   = 0x4e000000
	regNFCMD    = 0x4e000004
	regNFADDR   = 0x4e000008
	regNFDATA   = 0x4e00000c
	regNFSTAT   = 0x4e000010
	regNFECC    = 0x4e000014
)

// newBoard switches a board on: the chip copies 4 KB.
func newBoard(t *testing.T, chip nand.Image, f faults) *smdk {
	b := &smdk{t: t, sdram: make([]byte, sdramSize), regs: map[uint32]uint32{}, chip: chip, faults: f}
	if f.last == 0 {
		b.faults.last = nand.Blocks - 1
	}
	for p := range len(b.sram) / nand.PageSize {
		copy(b.sram[p*nand.PageSize:], chip[p*row:p*row+nand.PageSize])
	}
	b.arm = &arm{memory: b}
	return b
}

// run goes on until the toy halts or the power fails, and not for longer than
// three seconds of the board's time.
func (b *smdk) run() error {
	for !b.halted {
		at := b.pc
		if err := b.step(); err != nil {
			return err
		}
		if b.pc == at {
			return fmt.Errorf("it stands still at %08x", at)
		}
		if b.steps-b.silent > 375_000_000 {
			return fmt.Errorf("it does not end; at %08x", b.pc)
		}
	}
	return nil
}

func (b *smdk) memory(at uint32) []byte {
	switch {
	case at < uint32(len(b.sram)):
		return b.sram[at:]
	case at >= sdramStart && at < sdramStart+sdramSize:
		return b.sdram[at-sdramStart:]
	}
	return nil
}

func (b *smdk) load(at uint32, size int) uint32 {
	if m := b.memory(at); m != nil {
		switch size {
		case 1:
			return uint32(m[0])
		case 2:
			return uint32(binary.LittleEndian.Uint16(m))
		}
		if at&3 != 0 {
			b.t.Fatalf("a word at %08x", at)
		}
		return binary.LittleEndian.Uint32(m)
	}
	switch at {
	case regUTRSTAT:
		return 6
	case regTCNTO4: // 8 ns an instruction, 12378 counts a second
		return uint32(0xffff-int64(b.steps)*8*12378/1_000_000_000) & 0xffff
	case regUFSTAT:
		return b.waiting()
	case regURXH0:
		if len(b.in) == 0 {
			b.t.Fatal("it reads a byte that has not come")
		}
		c := b.in[0]
		b.in = b.in[1:]
		return uint32(c)
	case regGPFDAT:
		return 0xff &^ b.held
	case regNFDATA:
		v := b.take()
		b.pass(v)
		return uint32(v)
	case regNFSTAT:
		if since := b.steps - b.began; since >= saysBusy && since < b.takes {
			return 0
		}
		return 1
	case regNFECC:
		sum := nand.Sum(b.passed[:])
		return uint32(sum[0]) | uint32(sum[1])<<8 | uint32(sum[2])<<16
	}
	return b.regs[at]
}

func (b *smdk) store(at uint32, size int, value uint32) {
	if m := b.memory(at); m != nil {
		switch size {
		case 1:
			m[0] = byte(value)
		case 2:
			binary.LittleEndian.PutUint16(m, uint16(value))
		default:
			binary.LittleEndian.PutUint32(m, value)
		}
		return
	}
	if size == 1 {
		value &= 0xff
	}
	switch at {
	case regUTXH0:
		b.serial.WriteByte(byte(value))
		if b.peer != nil {
			b.peer(byte(value))
		}
	case regCLKCON:
		b.halted = value&4 != 0
	case regNFCONF:
		if value&(1<<12) != 0 {
			b.counted = 0
		}
	case regNFCMD:
		b.order(value)
	case regNFADDR:
		b.address(value)
	case regNFDATA:
		b.pass(byte(value))
		if b.column < row {
			b.buffer[b.column] = byte(value)
			b.column++
		}
	}
	b.regs[at] = value
}

// waiting is the status of the FIFOs: the one to the line is never full. Where
// nothing has come, a millisecond passes.
func (b *smdk) waiting() uint32 {
	const millisecond = 125_000 // instructions
	switch n := len(b.in); {
	case n >= 16:
		return 1 << 8
	case n == 0 && b.peer != nil:
		b.steps += millisecond
		b.silent += millisecond
	}
	return uint32(len(b.in) & 15)
}

// selected says whether the chip listens.
func (b *smdk) selected() bool { return b.regs[regNFCONF]&0x8800 == 0x8000 }

func (b *smdk) pass(v byte) {
	if b.counted < nand.PageSize {
		b.passed[b.counted] = v
		b.counted++
	}
}

func (b *smdk) order(command uint32) {
	if !b.selected() {
		b.t.Fatalf("command %02x to a chip that is not selected", command)
	}
	b.settled()
	switch command {
	case 0x00, 0x01, 0x50:
		b.area = command
	case 0x70:
		b.work(saysStatus)
	case 0x80:
		b.buffer = bytes.Repeat([]byte{0xff}, row)
	case 0x10:
		b.program()
		b.work(works)
	case 0xd0:
		b.erase()
		b.work(works)
	case 0xff:
		b.work(works)
	}
	b.command, b.cycle = command, 0
}

// work has the chip be busy.
func (b *smdk) work(takes int) { b.began, b.takes = b.steps, takes }

// settled wants what the chip was given to do to be done.
func (b *smdk) settled() {
	if since := b.steps - b.began; since < b.takes {
		b.t.Fatalf("at %08x: %d ns after command %02x the chip is not ready for another, or for its data to be read", b.pc, 8*since, b.command)
	}
}

func (b *smdk) address(v uint32) {
	cycle := b.cycle
	b.cycle++
	if b.command == 0x60 {
		cycle++
	}
	if cycle == 0 {
		b.column = int(v)
		if b.area == 0x50 {
			b.column = nand.PageSize + int(v&15)
		}
		return
	}
	if cycle == 1 {
		b.row = 0
	}
	b.row |= v << (8 * (cycle - 1))
	if cycle == 3 && b.command != 0x60 && b.command != 0x80 {
		b.fetch()
	}
}

func (b *smdk) fetch() {
	b.work(works)
	b.buffer = bytes.Clone(b.chip[int(b.row)*row : int(b.row+1)*row])
	if b.oddPages[int(b.row)] && b.buffer[8] != 0xff {
		b.buffer[8] ^= 7 // which its code takes for one bit
	}
	block := int(b.row) / nand.BlockPages
	if block == 0 || block < b.faults.first || block > b.faults.last {
		return
	}
	r := rand.New(rand.NewPCG(uint64(b.row), 1))
	for _, n := range r.Perm(8 * nand.PageSize)[:b.faults.flips] {
		b.buffer[n/8] ^= 1 << (n % 8)
	}
}

func (b *smdk) take() byte {
	b.settled()
	if b.command == 0x70 {
		if b.failed {
			return 0xc1
		}
		return 0xc0
	}
	if b.column >= row {
		return 0xff
	}
	b.column++
	return b.buffer[b.column-1]
}

// cut says whether the power fails now.
func (b *smdk) cut() bool {
	b.ops++
	b.halted = b.halted || b.ops == b.faults.cut
	return b.ops == b.faults.cut
}

func (b *smdk) program() {
	cut := b.cut()
	if b.failed = b.failingPages[int(b.row)] || b.failing[int(b.row)/nand.BlockPages] && b.area != 0x50; b.failed {
		return
	}
	r := rand.New(rand.NewPCG(uint64(b.row), 2))
	for i, v := range b.buffer {
		if cut {
			v |= byte(r.Uint32())
		}
		b.chip[int(b.row)*row+i] &= v
	}
}

func (b *smdk) erase() {
	if b.failed = b.failing[int(b.row)/nand.BlockPages]; b.failed {
		b.cut()
		return
	}
	block := b.chip[int(b.row)/nand.BlockPages*nand.BlockPages*row:][:nand.BlockPages*row]
	cut := b.cut()
	r := rand.New(rand.NewPCG(uint64(b.row), 3))
	for i := range block {
		if cut {
			block[i] |= byte(r.Uint32())
		} else {
			block[i] = 0xff
		}
	}
}

// said is the last line that starts with a word, without it.
func (b *smdk) said(word string) string {
	found := ""
	for line := range strings.Lines(b.serial.String()) {
		if rest, ok := strings.CutPrefix(strings.TrimRight(line, "\r\n"), word); ok {
			found = rest
		}
	}
	return found
}
