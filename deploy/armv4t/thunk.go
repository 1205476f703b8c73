package armv4t

import (
	"fmt"
	"slices"
)

// A sequence is instructions being written at an address.
type sequence struct {
	addr  uint32
	words []uint32
	far   bool // a branch does not reach from here to the program
}

func (s *sequence) pc() uint32           { return s.addr + uint32(4*len(s.words)) }
func (s *sequence) emit(words ...uint32) { s.words = append(s.words, words...) }

// jump goes on at an address.
func (s *sequence) jump(to uint32) {
	if s.far {
		s.hop(to)
	} else {
		s.emit(branch(s.pc(), to))
	}
}

// hop goes on at an address, however far away: LDR PC with the next word.
func (s *sequence) hop(to uint32) { s.emit(ldst(bitP|bitL, regPC, regPC, 4), to) }

// jumpWords is how long a jump is.
func (s *sequence) jumpWords() uint32 {
	if s.far {
		return 2
	}
	return 1
}

// thunk writes what does the work of w, which stands at site, and goes back to
// the word after it. It changes no register and no flag that w does not.
// table is where the table of CLZ is.
func (s *sequence) thunk(w, site, table uint32) error {
	switch classify(w).name {
	case "BLX":
		s.callLR(site)
		return nil
	case "CLZ":
		s.clz(regD(w), regM(w), table)
	case "SMULxy", "SMLAxy", "SMLALxy", "SMULWy", "SMLAWy":
		s.multiply(w)
	case "QADD", "QSUB", "QDADD", "QDSUB":
		s.saturating(w)
	case "LDRD", "STRD":
		if regN(w) == regPC {
			return s.literalPair(w, site)
		}
		s.pair(w)
	default:
		return fmt.Errorf("%v is nothing that can be lowered", classify(w))
	}
	s.jump(site + 4)
	return nil
}

// callLR is BLX LR. All other registers go through a pad, but BL to a pad
// would overwrite this one.
func (s *sequence) callLR(site uint32) {
	s.emit(
		push1(regLR),
		load(regLR, regPC, 0), // the word after the next
		pop1(regPC),
		site+4,
	)
}

// scratch finds n registers to save and use beside those of an instruction. R10
// is none of them: it holds g, which a signal handler takes from there.
// Nor are SP, LR and PC.
func scratch(n int, used ...uint32) []uint32 {
	var free []uint32
	for _, r := range []uint32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12} {
		if len(free) < n && !slices.Contains(used, r) {
			free = append(free, r)
		}
	}
	return free
}

// clz counts leading zeros without a branch, without flags and with no register
// but rd, so that it needs no stack: the runtime's division, which uses CLZ,
// has none to spare. Smearing the top bit over the sixteen bits below it
// leaves one of 33 values; a multiplication by (2^9-1)(2^11-1)(2^14-1), made of
// shifts, gives each another top six bits. (A. Sloss, D. Symes, C. Wright, ARM
// System Developer's Guide, 7.2.) These index the table.
func (s *sequence) clz(rd, rm, table uint32) {
	s.emit(
		dpShift(opORR, rd, rm, rm, shiftLSR, 1),
		dpShift(opORR, rd, rd, rd, shiftLSR, 2),
		dpShift(opORR, rd, rd, rd, shiftLSR, 4),
		dpShift(opORR, rd, rd, rd, shiftLSR, 8),
		dpShift(opBIC, rd, rd, rd, shiftLSR, 16),
		dpShift(opRSB, rd, rd, rd, shiftLSL, 9),
		dpShift(opRSB, rd, rd, rd, shiftLSL, 11),
		dpShift(opRSB, rd, rd, rd, shiftLSL, 14),
	)
	base := s.pc() + 8
	s.emit(dpShift(opADD, rd, regPC, rd, shiftLSR, 26))
	if table >= base {
		s.emit(ldst(bitP|bitU|bitB|bitL, rd, rd, table-base))
	} else {
		s.emit(ldst(bitP|bitB|bitL, rd, rd, base-table))
	}
}

// clzHash is what the instructions above compute before they look into the
// table.
func clzHash(x uint32) uint32 {
	x |= x >> 1
	x |= x >> 2
	x |= x >> 4
	x |= x >> 8
	x &^= x >> 16
	return x * (1<<9 - 1) * (1<<11 - 1) * (1<<14 - 1) >> 26
}

// clzTable is the table, as the words that hold its 64 bytes.
func clzTable() []uint32 {
	words := make([]uint32, 16)
	for n := range uint32(33) {
		i := clzHash(uint32(1 << 31 >> n))
		words[i/4] |= n << (i % 4 * 8)
	}
	return words
}

// multiply lowers the multiplies of halfwords. They set Q where an addition
// overflows; ARMv4T has no Q.
func (s *sequence) multiply(w uint32) {
	rd, rn, rs, rm := regN(w), regD(w), regS(w), regM(w) // Rd is where others have Rn
	bottomM, bottomS := w>>5&1 == 0, w>>6&1 == 0
	t := scratch(2, rd, rn, rs, rm)
	s.emit(push(t...))
	if name := classify(w).name; name == "SMULWy" || name == "SMLAWy" {
		// Bits 47..16 of the product are the upper word of a product with
		// the halfword moved up.
		if !bottomS {
			s.emit(movShift(t[0], rs, shiftLSR, 16), movShift(t[0], t[0], shiftLSL, 16))
		} else {
			s.emit(movShift(t[0], rs, shiftLSL, 16))
		}
		s.emit(smull(t[0], t[1], rm, t[0]))
		if name == "SMULWy" {
			s.emit(mov(rd, t[1]))
		} else {
			s.emit(dpReg(opADD, rd, rn, t[1]))
		}
	} else {
		s.halfword(t[0], rm, bottomM)
		s.halfword(t[1], rs, bottomS)
		switch name {
		case "SMULxy":
			s.emit(mul(rd, t[0], t[1]))
		case "SMLAxy":
			s.emit(mla(rd, t[0], t[1], rn))
		case "SMLALxy":
			s.emit(smlal(rn, rd, t[0], t[1]))
		}
	}
	s.emit(pop(t...))
}

// halfword takes a signed half of a register.
func (s *sequence) halfword(rd, rm uint32, bottom bool) {
	if bottom {
		s.emit(movShift(rd, rm, shiftLSL, 16))
		rm = rd
	}
	s.emit(movShift(rd, rm, shiftASR, 16))
}

// saturating lowers QADD and its like, with the flags put by meanwhile.
func (s *sequence) saturating(w uint32) {
	rn, rd, rm := regN(w), regD(w), regM(w)
	t := scratch(2, rn, rd, rm)
	flags, sum := t[0], t[1]
	op := uint32(opADD)
	if w>>21&1 == 1 {
		op = opSUB
	}
	s.emit(push(t...), mrsCPSR(flags))
	if w>>22&1 == 1 {
		s.emit(setFlags(dpReg(opADD, sum, rn, rn)))
		s.clip(sum)
		rn = sum
	}
	s.emit(setFlags(dpReg(op, sum, rm, rn)))
	s.clip(sum)
	s.emit(msrFlags(flags), mov(rd, sum), pop(t...))
}

// clip replaces a sum that overflowed by the nearest that does not.
func (s *sequence) clip(r uint32) {
	const condVS = 6
	s.emit(
		onCond(condVS, movShift(r, r, shiftASR, 31)),
		onCond(condVS, dpReg(opEOR, r, r, 0)|1<<25|1<<8|0x02), // EOR r, r, #0x80000000
	)
}

// pair lowers LDRD and STRD. Without an alignment check: they need 8 bytes, the
// words that replace them 4.
func (s *sequence) pair(w uint32) {
	var l uint32
	if classify(w).name == "LDRD" {
		l = bitL
	}
	rd, rn := regD(w), regN(w)
	mode, offset := w&(bitP|bitU|bitW)|l, w>>4&0xf0|w&0xf
	if w&bitB == 0 { // where words have B, pairs have: immediate
		mode, offset = mode|bitI, regM(w)
	}
	second := ldst(bitP|bitU|l, rd+1, rn, 4)
	switch {
	case w&bitP == 0:
		s.emit(second, ldst(mode, rd, rn, offset))
	case w&bitW != 0:
		s.emit(ldst(mode, rd, rn, offset), second)
	case w&bitB == 0:
		s.indexedPair(w, l)
	default:
		s.offsetPair(rd, rn, w&bitU != 0, offset, l)
	}
}

// offsetPair is [Rn, #offset]. The second word goes first, unless a load of it
// would overwrite Rn.
func (s *sequence) offsetPair(rd, rn uint32, up bool, offset, l uint32) {
	word := func(rd, plus uint32) uint32 {
		switch {
		case up:
			return ldst(bitP|bitU|l, rd, rn, offset+plus)
		case plus >= offset:
			return ldst(bitP|bitU|l, rd, rn, plus-offset)
		}
		return ldst(bitP|l, rd, rn, offset-plus)
	}
	first, second := word(rd, 0), word(rd+1, 4)
	if rn == rd+1 {
		s.emit(first, second)
	} else {
		s.emit(second, first)
	}
}

// indexedPair is [Rn, ±Rm]: the sum needs a register. A load has one.
func (s *sequence) indexedPair(w, l uint32) {
	rd, rn, rm := regD(w), regN(w), regM(w)
	op := uint32(opSUB)
	if w&bitU != 0 {
		op = opADD
	}
	if l != 0 {
		s.emit(dpReg(op, rd+1, rn, rm), load(rd, rd+1, 0), load(rd+1, rd+1, 4))
		return
	}
	t := scratch(1, rd, rd+1, rn, rm)[0]
	var pushed uint32
	if rn == regSP {
		pushed = 4
	}
	s.emit(push1(t), dpReg(op, t, rn, rm), store(rd, t, pushed), store(rd+1, t, pushed+4), pop1(t))
}

// literalPair is LDRD from a literal.
func (s *sequence) literalPair(w, site uint32) error {
	if classify(w).name != "LDRD" || w&(bitP|bitB|bitW) != bitP|bitB {
		return fmt.Errorf("%v, relative to PC in a way that nobody writes", classify(w))
	}
	rd := regD(w)
	s.emit(load(rd+1, regPC, 4+4*s.jumpWords()), load(rd, rd+1, 0), load(rd+1, rd+1, 4))
	s.jump(site + 4)
	s.emit(pcOffset(w, site, w>>4&0xf0|w&0xf))
	return nil
}

// check refuses registers that an instruction may not have, or that its thunk
// could not serve.
func check(w uint32) error {
	e := classify(w)
	var used []uint32
	switch e.name {
	case "BLX":
		used = []uint32{regM(w)}
	case "CLZ":
		used = []uint32{regD(w), regM(w)}
	case "SMULxy", "SMULWy":
		used = []uint32{regN(w), regS(w), regM(w)}
	case "SMLAxy", "SMLAWy", "SMLALxy":
		used = []uint32{regN(w), regD(w), regS(w), regM(w)}
	case "QADD", "QSUB", "QDADD", "QDSUB":
		used = []uint32{regN(w), regD(w), regM(w)}
	case "LDRD", "STRD":
		return checkPair(w)
	}
	for _, r := range used {
		if r == regPC || r == regSP {
			return fmt.Errorf("%v, has R%d for an operand", e, r)
		}
	}
	if e.name == "SMLALxy" && regN(w) == regD(w) {
		return fmt.Errorf("%v, has one register for both halves", e)
	}
	return nil
}

func checkPair(w uint32) error {
	e, rd, rn, rm := classify(w), regD(w), regN(w), regM(w)
	byReg, writes := w&bitB == 0, w&bitP == 0 || w&bitW != 0
	mine := func(r uint32) bool { return r == rd || r == rd+1 }
	switch {
	case rd >= 12:
		return fmt.Errorf("%v, has R%d for an operand", e, rd+1)
	case writes && (mine(rn) || rn == regPC):
		return fmt.Errorf("%v, writes back to R%d", e, rn)
	case byReg && (rm == regPC || rm == regSP || e.name == "LDRD" && mine(rm) || writes && rm == rn):
		return fmt.Errorf("%v, has R%d for its offset", e, rm)
	}
	return nil
}
