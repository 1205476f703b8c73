package armv4t

// Opcodes of data processing instructions, and kinds of shift.
const (
	opEOR = 1
	opSUB = 2
	opRSB = 3
	opADD = 4
	opORR = 12
	opMOV = 13
	opBIC = 14

	shiftLSL = 0
	shiftLSR = 1
	shiftASR = 2
)

const always = condAL << 28

// dpShift encodes OP rd, rn, rm, SHIFT #n. MOV has no rn: give it 0.
func dpShift(op, rd, rn, rm, shift, n uint32) uint32 {
	return always | op<<21 | rn<<16 | rd<<12 | n<<7 | shift<<5 | rm
}

func movShift(rd, rm, shift, n uint32) uint32 { return dpShift(opMOV, rd, 0, rm, shift, n) }
func dpReg(op, rd, rn, rm uint32) uint32      { return dpShift(op, rd, rn, rm, shiftLSL, 0) }
func mov(rd, rm uint32) uint32                { return movShift(rd, rm, shiftLSL, 0) }

// setFlags makes a data processing instruction set the flags.
func setFlags(w uint32) uint32 { return w | 1<<20 }

// onCond gives an instruction another condition than always.
func onCond(c, w uint32) uint32 { return w&^(15<<28) | c<<28 }

// Multiplies. ARMv4T leaves undefined what happens where rd (or lo, hi) is rm;
// callers see to it.
func mul(rd, rm, rs uint32) uint32       { return always | 0x00000090 | rd<<16 | rs<<8 | rm }
func mla(rd, rm, rs, rn uint32) uint32   { return always | 0x00200090 | rd<<16 | rn<<12 | rs<<8 | rm }
func smull(lo, hi, rm, rs uint32) uint32 { return always | 0x00c00090 | hi<<16 | lo<<12 | rs<<8 | rm }
func smlal(lo, hi, rm, rs uint32) uint32 { return always | 0x00e00090 | hi<<16 | lo<<12 | rs<<8 | rm }

// Loads and stores of words. The U bit says that the offset is added.
const (
	bitL = 1 << 20
	bitW = 1 << 21
	bitB = 1 << 22
	bitU = 1 << 23
	bitP = 1 << 24
	bitI = 1 << 25
)

// ldst encodes LDR or STR with the mode, some of the bits above, and an offset:
// 12 bits, or with bitI a register.
func ldst(mode, rd, rn, offset uint32) uint32 {
	return always | 0x04000000 | mode | rn<<16 | rd<<12 | offset
}

// load and store are the plain ones: [rn, #offset].
func load(rd, rn, offset uint32) uint32  { return ldst(bitP|bitU|bitL, rd, rn, offset) }
func store(rd, rn, offset uint32) uint32 { return ldst(bitP|bitU, rd, rn, offset) }

// push1 and pop1 move a register to and from the stack.
func push1(rd uint32) uint32 { return ldst(bitP|bitW, rd, regSP, 4) }
func pop1(rd uint32) uint32  { return ldst(bitU|bitL, rd, regSP, 4) }

// push and pop do so with more than one: STMDB SP!, LDMIA SP!.
func push(regs ...uint32) uint32 { return always | 0x092d0000 | regList(regs) }
func pop(regs ...uint32) uint32  { return always | 0x08bd0000 | regList(regs) }

func regList(regs []uint32) (list uint32) {
	for _, r := range regs {
		list |= 1 << r
	}
	return list
}

func bx(rm uint32) uint32       { return always | 0x012fff10 | rm }
func mrsCPSR(rd uint32) uint32  { return always | 0x010f0000 | rd<<12 }
func msrFlags(rm uint32) uint32 { return always | 0x0128f000 | rm }
func branch(from, to uint32) uint32 {
	return always | 0x0a000000 | (to-from-8)>>2&0xffffff
}
func branchLink(from, to uint32) uint32 { return branch(from, to) | 1<<24 }

const (
	nop = always | 0x01a00000 // MOV R0, R0

	// linuxBreakpoint is what Linux and gdb take for a breakpoint; it is
	// undefined on every CPU.
	linuxBreakpoint = 0xe7f001f0
)

// reach is how far a B or BL gets, less what its offset is counted from.
const reach = 32<<20 - 64

func within(from, to uint32) bool {
	d := int64(to) - int64(from)
	return -reach < d && d < reach
}
