package armv4t

// A step is what control does after an instruction.
type step struct {
	next    bool   // may go on with the word after it
	call    bool   // is a call, which may never come back
	jumps   bool   // may go to target
	target  uint32 //
	opaque  bool   // goes somewhere that can't be told from the instruction
	exits   bool   // leaves by a register: a return or a tail call
	literal bool   // target is the address of the word that holds where it goes
}

// follow says what control does after w at pc.
func follow(w, pc uint32) step {
	always := cond(w) == condAL
	e := classify(w)
	switch {
	case e.need == needTrap:
		return step{}
	case cond(w) == 0xf:
		return step{next: true}
	case e.name == "B":
		call := w>>24&1 == 1
		return step{next: call || !always, call: call, jumps: true, target: branchTarget(w, pc)}
	case e.name == "BLX" || e.name == "SWI": // exit is a system call
		return step{next: true, call: true}
	case e.name == "BX":
		return step{next: !always, exits: true}
	case !writesPC(w, e):
		return step{next: true}
	}
	s := step{next: !always}
	switch {
	case e.name == "LDR" && regN(w) == regPC && w>>25&1 == 0:
		s.jumps, s.literal, s.target = true, true, pcOffset(w, pc, w&0xfff)
	case usesPC(w, e):
		s.opaque = true
	default:
		s.exits = true
	}
	return s
}

// writesPC reports whether an instruction, no branch, sets the program counter.
func writesPC(w uint32, e encoding) bool {
	switch e.name {
	case "data processing":
		compares := w>>23&3 == 2
		return regD(w) == regPC && !compares
	case "LDR":
		return w>>20&1 == 1 && regD(w) == regPC
	case "LDM":
		return w>>20&1 == 1 && w>>15&1 == 1
	}
	return false
}

// usesPC reports whether the program counter is an operand.
func usesPC(w uint32, e encoding) bool {
	imm := w>>25&1 == 1
	if e.name == "LDR" {
		imm = !imm
	}
	moves := e.name == "data processing" && w>>21&13 == 13 // MOV, MVN have no Rn
	return regN(w) == regPC && !moves || !imm && regM(w) == regPC
}

// pcOffset is the address that an offset from the program counter gives.
func pcOffset(w, pc, offset uint32) uint32 {
	if w>>23&1 == 1 {
		return pc + 8 + offset
	}
	return pc + 8 - offset
}

// A ref is data that an instruction reads relative to the program counter.
type ref struct {
	addr, size uint32
	taken      bool // only the address is taken; nobody knows the size
}

// refers finds the data that w at pc reads, or takes the address of. next is
// the word after it.
func refers(w, next, pc uint32) (ref, bool) {
	e := classify(w)
	if cond(w) == 0xf || regN(w) != regPC {
		return ref{}, false
	}
	switch e.name {
	case "LDR":
		if w>>25&1 == 0 {
			return ref{addr: pcOffset(w, pc, w&0xfff), size: 4}, true
		}
	case "LDRH", "LDRSB", "LDRSH", "LDRD", "STRD":
		if w>>22&1 == 1 {
			size := uint32(4)
			if e.need == needV5TE {
				size = 8
			}
			return ref{addr: pcOffset(w, pc, w>>4&0xf0|w&0xf), size: size}, true
		}
	case "LDC", "VFP load or store":
		return ref{addr: pcOffset(w, pc, w&0xff<<2), size: 8}, true
	case "data processing":
		return takes(w, next, pc)
	}
	return ref{}, false
}

// takes looks at a data processing instruction whose Rn is the program counter.
func takes(w, next, pc uint32) (ref, bool) {
	op := w >> 21 & 15
	switch {
	case regD(w) == regPC || op != opADD && op != opSUB:
		return ref{}, false
	case w>>25&1 == 0 && indexesTable(w, next):
		return ref{addr: pcOffset(next, pc, next&0xfff), size: 64}, true
	case w>>25&1 == 0:
		return ref{addr: pc + 8, taken: true}, true
	case op == opSUB:
		return ref{addr: pc + 8 - rotated(w), taken: true}, true
	}
	return ref{addr: pc + 8 + rotated(w), taken: true}, true
}

// indexesTable knows the last two instructions of the thunk for CLZ:
//
//	ADD  Rd, PC, Rd, LSR #26
//	LDRB Rd, [Rd, #offset]
//
// They read one of 64 bytes.
func indexesTable(w, next uint32) bool {
	rd := regD(w)
	return w == dpShift(opADD, rd, regPC, rd, shiftLSR, 26) &&
		next&0xff7ff000 == 0xe5500000|rd<<16|rd<<12
}

// mayFollowCall reports whether the word before an instruction has made a call
// of what would be a jump: MOV LR, PC.
func mayFollowCall(before uint32) bool { return before == 0xe1a0e00f }

// A tableJump is a switch as C compilers write it:
//
//	CMP   Rm, #n
//	LDRLS PC, [PC, Rm, LSL #2]   or   ADDLS PC, PC, Rm, LSL #2
//	B     default
//	n+1 addresses                or   n+1 branches
type tableJump struct {
	table, entries uint32
	addresses      bool
}

func findTableJump(before, w, pc uint32) (tableJump, bool) {
	if before&0xfff0f000 != 0xe3500000 || cond(w) != condLS || regM(w) != regN(before) {
		return tableJump{}, false
	}
	t := tableJump{table: pc + 8, entries: rotated(before) + 1}
	switch w &^ 0xf000000f {
	case 0x079ff100:
		t.addresses = true
		return t, true
	case 0x008ff100:
		return t, true
	}
	return tableJump{}, false
}
