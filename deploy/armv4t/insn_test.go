package armv4t

import (
	"strings"
	"testing"
)

// kinds has one word of each kind, as assemblers write it.
var kinds = []struct {
	word uint32
	name string
	need need
}{
	{0xe0000291, "MUL", needNone},
	{0xe0812394, "MULL", needNone},
	{0xe1020091, "SWP", needNone},
	{0xe1d010b2, "LDRH", needNone},
	{0xe1c010b2, "STRH", needNone},
	{0xe1d010d2, "LDRSB", needNone},
	{0xe1d010f2, "LDRSH", needNone},
	{0xe10f0000, "MRS", needNone},
	{0xe128f000, "MSR", needNone},
	{0xe328f20f, "MSR", needNone},
	{0xe12fff1e, "BX", needNone},
	{0xe3500001, "data processing", needNone},
	{0xe1a00211, "data processing", needNone},
	{0xe5910004, "LDR", needNone},
	{0xe7910102, "LDR", needNone},
	{0xe92d4070, "LDM", needNone},
	{0xebfffffe, "B", needNone},
	{0xef000000, "SWI", needNone},
	{0xe7f001f0, "UDF", needTrap},
	{goUndef, "UNDEF", needTrap},
	{0xe12fff31, "BLX", needV5T},
	{0xfa000000, "BLX to Thumb", needV5T},
	{0xe16f0f11, "CLZ", needV5T},
	{0xe1200070, "BKPT", needV5T},
	{0xfe070f9a, "MCR2", needV5T},
	{0xe1010052, "QADD", needV5TE},
	{0xe1000382, "SMLAxy", needV5TE},
	{0xe12003c2, "SMLAWy", needV5TE},
	{0xe12003a2, "SMULWy", needV5TE},
	{0xe1410382, "SMLALxy", needV5TE},
	{0xe1600382, "SMULxy", needV5TE},
	{0xe1c100d0, "LDRD", needV5TE},
	{0xe1c100f0, "STRD", needV5TE},
	{0xf5d1f000, "PLD", needV5TE},
	{0xec510f0e, "MRRC", needV5TE},
	{0xe1910f9f, "LDREX", needV6},
	{0xe1810f92, "STREX", needV6},
	{0xe6bf0f31, "REV", needV6},
	{0xe6ef0071, "XTEND", needV6},
	{0xe1b10f9f, "LDREXD", needV6K},
	{0xe320f001, "hint", needV6K},
	{0xe3010234, "MOVW", needV6T2},
	{0xe7a00150, "SBFX", needV6T2},
	{0xe7c0011f, "BFI", needV6T2},
	{0xf57ff05b, "DMB", needV7},
	{0xe730f211, "UDIV", needDiv},
	{0xeef1ba10, "VFP instruction", needVFP},
	{0xed8d0b0f, "VFP load or store", needVFP},
	{0xf2000110, "NEON instruction", needNEON},
	{0xee1d0f70, "MCR", needCoproc},
	{0xe1c10090, "", needUnknown},
}

func TestClassify(t *testing.T) {
	for _, c := range kinds {
		if e := classify(c.word); e.need != c.need || e.name != c.name && c.need != needUnknown && !strings.HasPrefix(e.name, "STREX") {
			t.Errorf("%08x is %v (%s), want %v (%s)", c.word, e.need, e.name, c.need, c.name)
		}
	}
}

// TestClassifyQEMU has QEMU's ARMv4T CPU execute each of these words: it must
// refuse what is said to be newer, and only that.
func TestClassifyQEMU(t *testing.T) {
	needs(t, "qemu-arm")
	for _, k := range kinds {
		switch k.name {
		case "B", "BX": // they would go astray
			continue
		case "hint", "MCR":
			// To ARMv4T a hint is an MSR of no fields, and QEMU gives every
			// program the thread register of ARMv6.
			continue
		}
		exit := []uint32{k.word, 0xe3a00000, 0xe3a07001, 0xef000000}
		_, errs, _ := onARM(t, armv4tCPU, program{code: exit}.build())
		refused := strings.Contains(errs, "Illegal instruction") || strings.Contains(errs, "breakpoint trap")
		if want := k.need != needNone; refused != want {
			t.Errorf("%08x, %v (%s): refused %v, want %v: %s", k.word, k.need, k.name, refused, want, errs)
		}
	}
}

// TestLowered has a way to lower, or to refuse, each encoding of the table.
func TestLowered(t *testing.T) {
	for _, e := range append(conditional, unconditional...) {
		_, here := inPlace[e.name]
		if (here || byThunk[e.name]) && !e.need.newer() {
			t.Errorf("%s is lowered, but ARMv4T has it", e.name)
		}
	}
	for name := range byThunk {
		s := &sequence{}
		found := false
		for _, e := range conditional {
			if e.name != name {
				continue
			}
			found = true
			if err := s.thunk(onCond(condAL, e.bits), codeAddr, 0); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !found || len(s.words) == 0 {
			t.Errorf("%s is no encoding, or has no thunk", name)
		}
		for _, w := range s.words[:max(len(s.words)-1, 0)] {
			if classify(w).need.newer() && name != "BLX" && name != "LDRD" {
				t.Errorf("the thunk of %s has %08x: %v", name, w, classify(w))
			}
		}
	}
}
