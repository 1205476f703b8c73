package armv4t

import "fmt"

// A need is what a CPU must have to execute an instruction word.
type need uint8

const (
	needNone    need = iota // defined on ARMv4T
	needV5T                 // BLX, CLZ, BKPT, MCR2 and its like
	needV5TE                // the DSP multiplies, QADD, LDRD, PLD, MRRC
	needV6                  // LDREX, media instructions, SETEND
	needV6K                 // LDREXD, CLREX, hints
	needV6T2                // MOVW, bit fields, LDRHT
	needV7                  // DMB, PLI
	needDiv                 // UDIV, SDIV
	needVFP                 // coprocessors 10 and 11
	needNEON                // Advanced SIMD
	needCoproc              // any other coprocessor: user mode has none on ARMv4T
	needTrap                // undefined on every CPU, on purpose
	needUnknown             // no instruction of any architecture known here
)

var needNames = [...]string{"ARMv4T", "ARMv5T", "ARMv5TE", "ARMv6", "ARMv6K", "ARMv6T2", "ARMv7", "a hardware divider", "a VFP", "NEON", "a coprocessor", "no CPU", "no known CPU"}

func (n need) String() string { return needNames[n] }

// newer reports whether ARMv4T refuses what has this need. A word that is
// undefined everywhere and on purpose does on ARMv4T what it does elsewhere.
func (n need) newer() bool { return n != needNone && n != needTrap }

// An encoding is a set of words: those that are bits under mask.
type encoding struct {
	mask, bits uint32
	name       string
	need       need
}

// conditional are the encodings with a condition, 27..0; the first that matches
// holds. The order is that of the tables in the ARM Architecture Reference
// Manual (DDI 0406, A5): the exceptions before the class that they lie in.
var conditional = []encoding{
	// Multiplies, swaps and exclusives: bits 7..4 are 1001.
	{0x0fc000f0, 0x00000090, "MUL", needNone},
	{0x0ff000f0, 0x00400090, "UMAAL", needV6},
	{0x0ff000f0, 0x00600090, "MLS", needV6T2},
	{0x0f8000f0, 0x00800090, "MULL", needNone},
	{0x0fb00ff0, 0x01000090, "SWP", needNone},
	{0x0ff00ff0, 0x01800f90, "STREX", needV6},
	{0x0ff00fff, 0x01900f9f, "LDREX", needV6},
	{0x0ff00ff0, 0x01a00f90, "STREXD", needV6K},
	{0x0ff00fff, 0x01b00f9f, "LDREXD", needV6K},
	{0x0ff00ff0, 0x01c00f90, "STREXB", needV6K},
	{0x0ff00fff, 0x01d00f9f, "LDREXB", needV6K},
	{0x0ff00ff0, 0x01e00f90, "STREXH", needV6K},
	{0x0ff00fff, 0x01f00f9f, "LDREXH", needV6K},

	// Halfwords, signed bytes and pairs: 1011, 1101, 1111.
	{0x0f3000f0, 0x002000b0, "STRHT", needV6T2},
	{0x0f3000f0, 0x003000b0, "LDRHT", needV6T2},
	{0x0f3000f0, 0x003000d0, "LDRSBT", needV6T2},
	{0x0f3000f0, 0x003000f0, "LDRSHT", needV6T2},
	{0x0f3000d0, 0x002000d0, "", needUnknown}, // LDRD, STRD with P=0, W=1
	{0x0e1000f0, 0x000000b0, "STRH", needNone},
	{0x0e1000f0, 0x001000b0, "LDRH", needNone},
	{0x0e1000f0, 0x001000d0, "LDRSB", needNone},
	{0x0e1000f0, 0x001000f0, "LDRSH", needNone},
	{0x0e1010f0, 0x000000d0, "LDRD", needV5TE},
	{0x0e1010f0, 0x000000f0, "STRD", needV5TE},
	{0x0e000090, 0x00000090, "", needUnknown},

	// What stands where TST, TEQ, CMP and CMN without S would.
	{0x0fbf0fff, 0x010f0000, "MRS", needNone},
	{0x0fb0fff0, 0x0120f000, "MSR", needNone},
	{0x0ffffff0, 0x012fff10, "BX", needNone},
	{0x0ffffff0, 0x012fff20, "BXJ", needV6},
	{0x0ffffff0, 0x012fff30, "BLX", needV5T},
	{0x0fff0ff0, 0x016f0f10, "CLZ", needV5T},
	{0x0ff00ff0, 0x01000050, "QADD", needV5TE},
	{0x0ff00ff0, 0x01200050, "QSUB", needV5TE},
	{0x0ff00ff0, 0x01400050, "QDADD", needV5TE},
	{0x0ff00ff0, 0x01600050, "QDSUB", needV5TE},
	{0x0ff000f0, 0x01200070, "BKPT", needV5T},
	{0x0ff000f0, 0x01400070, "HVC", needV7},
	{0x0ff000f0, 0x01600070, "SMC", needV6K},
	{0x0ff00090, 0x01000080, "SMLAxy", needV5TE},
	{0x0ff000b0, 0x01200080, "SMLAWy", needV5TE},
	{0x0ff0f0b0, 0x012000a0, "SMULWy", needV5TE},
	{0x0ff00090, 0x01400080, "SMLALxy", needV5TE},
	{0x0ff0f090, 0x01600080, "SMULxy", needV5TE},
	{0x0f900000, 0x01000000, "", needUnknown},
	{0x0ff00000, 0x03000000, "MOVW", needV6T2},
	{0x0ff00000, 0x03400000, "MOVT", needV6T2},
	{0x0fffff00, 0x0320f000, "hint", needV6K}, // NOP, YIELD, WFE, WFI, SEV, DBG
	{0x0fb0f000, 0x0320f000, "MSR", needNone},
	{0x0f900000, 0x03000000, "", needUnknown},
	{0x0c000000, 0x00000000, "data processing", needNone},

	// Loads and stores; media instructions where a shift by register would be.
	{0x0e000000, 0x04000000, "LDR", needNone},
	{0x0e000010, 0x06000000, "LDR", needNone},
	{0x0ff000f0, 0x07f000f0, "UDF", needTrap},
	{0x0ff0f0f0, 0x0710f010, "SDIV", needDiv},
	{0x0ff0f0f0, 0x0730f010, "UDIV", needDiv},
	{0x0fe00070, 0x07a00050, "SBFX", needV6T2},
	{0x0fe00070, 0x07c00010, "BFI", needV6T2},
	{0x0fe00070, 0x07e00050, "UBFX", needV6T2},
	{0x0fff0ff0, 0x06ff0f30, "RBIT", needV6T2},
	{0x0f8000f0, 0x06800070, "XTEND", needV6},
	{0x0fff0ff0, 0x06bf0f30, "REV", needV6},
	{0x0e000010, 0x06000010, "media instruction", needV6},

	{0x0e000000, 0x08000000, "LDM", needNone},
	{0x0e000000, 0x0a000000, "B", needNone},
	{0x0f000000, 0x0f000000, "SWI", needNone},

	// Coprocessors.
	{0x0e000e00, 0x0c000a00, "VFP load or store", needVFP},
	{0x0f000e00, 0x0e000a00, "VFP instruction", needVFP},
	{0x0ff00000, 0x0c400000, "MCRR", needV5TE},
	{0x0ff00000, 0x0c500000, "MRRC", needV5TE},
	{0x0e000000, 0x0c000000, "LDC", needCoproc},
	{0x0f000010, 0x0e000000, "CDP", needCoproc},
	{0x0f000010, 0x0e000010, "MCR", needCoproc},
}

// unconditional are the encodings whose condition is 1111, which on ARMv4 was
// unpredictable and later became a second space of instructions.
var unconditional = []encoding{
	{0xffffffff, goUndef, "UNDEF", needTrap},
	{0xfe000000, 0xfa000000, "BLX to Thumb", needV5T},
	{0xfd70f000, 0xf550f000, "PLD", needV5TE},
	{0xfd70f000, 0xf510f000, "PLDW", needV7},
	{0xfd70f000, 0xf450f000, "PLI", needV7},
	{0xffffffff, 0xf57ff01f, "CLREX", needV6K},
	{0xfffffff0, 0xf57ff040, "DSB", needV7},
	{0xfffffff0, 0xf57ff050, "DMB", needV7},
	{0xfffffff0, 0xf57ff060, "ISB", needV7},
	{0xfff1fe20, 0xf1000000, "CPS", needV6},
	{0xfffffdff, 0xf1010000, "SETEND", needV6},
	{0xfe50ffff, 0xf8100a00, "RFE", needV6},
	{0xfe5fffe0, 0xf84d0500, "SRS", needV6},
	{0xfe000000, 0xf2000000, "NEON instruction", needNEON},
	{0xff100000, 0xf4000000, "NEON load or store", needNEON},
	{0xffe00000, 0xfc400000, "MCRR2", needV6},
	{0xfe000000, 0xfc000000, "LDC2", needV5T},
	{0xff000010, 0xfe000000, "CDP2", needV5T},
	{0xff000010, 0xfe000010, "MCR2", needV5T},
	{0x00000000, 0x00000000, "", needUnknown},
}

// goUndef is what Go's assembler writes for UNDEF, after calls that do not
// return.
const goUndef = 0xf7fabcfd

// classify finds the encoding that a word belongs to. There always is one.
func classify(w uint32) encoding {
	table := conditional
	if w>>28 == 0xf {
		table = unconditional
	}
	for _, e := range table {
		if w&e.mask == e.bits {
			return e
		}
	}
	return encoding{name: "", need: needUnknown}
}

func (e encoding) String() string {
	if e.name == "" {
		return "undefined instruction"
	}
	return fmt.Sprintf("%s, which needs %v", e.name, e.need)
}

// Fields of an instruction, by the names that the manual gives them.
func regD(w uint32) uint32 { return w >> 12 & 15 }
func regN(w uint32) uint32 { return w >> 16 & 15 }
func regS(w uint32) uint32 { return w >> 8 & 15 }
func regM(w uint32) uint32 { return w & 15 }
func cond(w uint32) uint32 { return w >> 28 }

const (
	condLS = 9
	condAL = 14
	regSP  = 13
	regLR  = 14
	regPC  = 15
)

// rotated is the operand of a data processing instruction with an immediate.
func rotated(w uint32) uint32 {
	v, n := w&0xff, w>>7&30
	return v>>n | v<<(32-n)
}

// branchTarget is where a B, BL or BLX at pc goes to.
func branchTarget(w, pc uint32) uint32 { return pc + 8 + uint32(int32(w<<8)>>6) }
