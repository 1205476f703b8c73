package boot

import (
	"fmt"
	"math/bits"
)

// A memory is what the processor sees: sizes are 1, 2 and 4 bytes.
type memory interface {
	load(at uint32, size int) uint32
	store(at uint32, size int, value uint32)
}

// arm executes ARMv4 instructions, as far as a loader has them: one mode,
// without exceptions and coprocessors.
type arm struct {
	memory
	r          [15]uint32
	pc         uint32
	n, z, c, v bool
	steps      int
}

// get reads a register; the program counter is two instructions ahead, of which
// step has added one.
func (p *arm) get(n uint32) uint32 {
	if n == 15 {
		return p.pc + 4
	}
	return p.r[n]
}

func (p *arm) set(n, value uint32) {
	if n == 15 {
		p.pc = value &^ 3
	} else {
		p.r[n] = value
	}
}

func (p *arm) holds(cond uint32) bool {
	var yes bool
	switch cond >> 1 {
	case 0:
		yes = p.z
	case 1:
		yes = p.c
	case 2:
		yes = p.n
	case 3:
		yes = p.v
	case 4:
		yes = p.c && !p.z
	case 5:
		yes = p.n == p.v
	case 6:
		yes = !p.z && p.n == p.v
	default:
		return cond == 14
	}
	return yes == (cond&1 == 0)
}

// step executes an instruction.
func (p *arm) step() error {
	at := p.pc
	i := p.load(at, 4)
	p.pc += 4
	p.steps++
	if !p.holds(i >> 28) {
		return nil
	}
	switch {
	case i&0x0ffffff0 == 0x012fff10:
		p.set(15, p.get(i&15)) // BX
	case i&0x0fc000f0 == 0x00000090:
		p.multiply(i)
	case i&0x0f8000f0 == 0x00800090:
		p.multiplyLong(i)
	case i&0x0e000090 == 0x00000090 && i&0x60 != 0:
		p.half(i)
	case i&0x0fb00000 == 0x03200000, i&0x0fb000f0 == 0x01200000, i&0x0fbf0fff == 0x010f0000:
		// MSR and MRS: there is one mode
	case i&0x0c000000 == 0:
		p.compute(i)
	case i&0x0c000000 == 0x04000000:
		p.transfer(i)
	case i&0x0e000000 == 0x08000000:
		p.block(i)
	case i&0x0e000000 == 0x0a000000:
		if i&0x01000000 != 0 {
			p.set(14, p.pc)
		}
		p.pc += uint32(int32(i<<8)>>6) + 4
	case i&0x0f100010 == 0x0e100010:
		p.set(i>>12&15, 0) // MRC
	case i&0x0f000010 == 0x0e000010: // MCR
	default:
		return fmt.Errorf("%08x: instruction %08x", at, i)
	}
	return nil
}

// shift is the second operand with the carry that comes of it.
func (p *arm) shift(i uint32) (uint32, bool) {
	if i&0x02000000 != 0 {
		turn := int(i >> 7 & 30)
		value := bits.RotateLeft32(i&255, -turn)
		if turn == 0 {
			return value, p.c
		}
		return value, value>>31 != 0
	}
	value, amount := p.get(i&15), i>>7&31
	if i&0x10 != 0 {
		amount = p.get(i>>8&15) & 255
		if amount == 0 {
			return value, p.c
		}
		return shifted(value, i>>5&3, amount)
	}
	if amount == 0 {
		switch i >> 5 & 3 {
		case 0:
			return value, p.c
		case 3: // RRX
			high := uint32(0)
			if p.c {
				high = 1 << 31
			}
			return value>>1 | high, value&1 != 0
		}
		amount = 32
	}
	return shifted(value, i>>5&3, amount)
}

func shifted(value, kind, amount uint32) (uint32, bool) {
	bit := func(n uint32) bool { return n < 32 && value>>n&1 != 0 }
	switch kind {
	case 0:
		return value << amount, bit(32 - amount)
	case 1:
		return value >> amount, bit(amount - 1)
	case 2:
		return uint32(int32(value) >> min(amount, 31)), bit(min(amount, 32) - 1)
	}
	turned := bits.RotateLeft32(value, -int(amount&31))
	return turned, turned>>31 != 0
}

func (p *arm) add(a, b, carry uint32) uint32 {
	sum, out := bits.Add32(a, b, carry)
	p.c = out != 0
	p.v = (a^sum)&(b^sum)>>31 != 0
	return sum
}

// compute is the instructions for data.
func (p *arm) compute(i uint32) {
	b, carry := p.shift(i)
	a := p.get(i >> 16 & 15)
	n, z, c, v := p.n, p.z, p.c, p.v
	in := uint32(0)
	if p.c {
		in = 1
	}
	var value uint32
	logical := true
	op := i >> 21 & 15
	switch op {
	case 0, 8:
		value = a & b
	case 1, 9:
		value = a ^ b
	case 12:
		value = a | b
	case 13:
		value = b
	case 14:
		value = a &^ b
	case 15:
		value = ^b
	default:
		logical = false
		switch op {
		case 2, 10:
			value = p.add(a, ^b, 1)
		case 3:
			value = p.add(b, ^a, 1)
		case 4, 11:
			value = p.add(a, b, 0)
		case 5:
			value = p.add(a, b, in)
		case 6:
			value = p.add(a, ^b, in)
		case 7:
			value = p.add(b, ^a, in)
		}
	}
	p.n, p.z = value>>31 != 0, value == 0
	if logical {
		p.c = carry
	}
	if i&0x00100000 == 0 {
		p.n, p.z, p.c, p.v = n, z, c, v
	}
	if op < 8 || op > 11 {
		p.set(i>>12&15, value)
	}
}

func (p *arm) multiply(i uint32) {
	value := p.get(i&15) * p.get(i>>8&15)
	if i&0x00200000 != 0 {
		value += p.get(i >> 12 & 15)
	}
	p.set(i>>16&15, value)
	if i&0x00100000 != 0 {
		p.n, p.z = value>>31 != 0, value == 0
	}
}

func (p *arm) multiplyLong(i uint32) {
	a, b := p.get(i&15), p.get(i>>8&15)
	product := uint64(a) * uint64(b)
	if i&0x00400000 != 0 {
		product = uint64(int64(int32(a)) * int64(int32(b)))
	}
	if i&0x00200000 != 0 {
		product += uint64(p.get(i>>16&15))<<32 | uint64(p.get(i>>12&15))
	}
	p.set(i>>12&15, uint32(product))
	p.set(i>>16&15, uint32(product>>32))
}

// address works out where a transfer goes and what its base becomes.
func (p *arm) address(i, offset uint32) uint32 {
	base := i >> 16 & 15
	from := p.get(base)
	to := from - offset
	if i&0x00800000 != 0 {
		to = from + offset
	}
	if i&0x01000000 == 0 { // behind
		p.set(base, to)
		return from
	}
	if i&0x00200000 != 0 {
		p.set(base, to)
	}
	return to
}

func (p *arm) transfer(i uint32) {
	value := p.get(i >> 12 & 15)
	offset := i & 0xfff
	if i&0x02000000 != 0 {
		offset, _ = p.shift(i &^ 0x02000000)
	}
	at, size := p.address(i, offset), 4
	if i&0x00400000 != 0 {
		size = 1
	}
	if i&0x00100000 == 0 {
		p.store(at, size, value)
		return
	}
	value = p.load(at, size)
	p.set(i>>12&15, value)
}

func (p *arm) half(i uint32) {
	value := p.get(i >> 12 & 15)
	offset := p.get(i & 15)
	if i&0x00400000 != 0 {
		offset = i>>4&0xf0 | i&15
	}
	at := p.address(i, offset)
	if i&0x00100000 == 0 {
		p.store(at, 2, value)
		return
	}
	switch i >> 5 & 3 {
	case 1:
		value = p.load(at, 2)
	case 2:
		value = uint32(int8(p.load(at, 1)))
	case 3:
		value = uint32(int16(p.load(at, 2)))
	}
	p.set(i>>12&15, value)
}

// block is LDM and STM.
func (p *arm) block(i uint32) {
	base, list := i>>16&15, i&0xffff
	from, count := p.get(base), uint32(4*bits.OnesCount32(list))
	at, end := from, from+count
	if i&0x00800000 == 0 {
		at, end = from-count, from-count
	}
	if (i&0x01000000 != 0) == (i&0x00800000 != 0) {
		at += 4
	}
	if i&0x00200000 != 0 {
		p.set(base, end)
	}
	for n := range uint32(16) {
		if list>>n&1 == 0 {
			continue
		}
		if i&0x00100000 != 0 {
			p.set(n, p.load(at, 4))
		} else {
			p.store(at, 4, p.get(n))
		}
		at += 4
	}
}
