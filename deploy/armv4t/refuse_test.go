package armv4t

import (
	"debug/elf"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

// ret is a return, clz and blx are two that are lowered.
const (
	ret = always | 0x012fff1e
	clz = always | 0x016f0f11
	blx = always | 0x012fff31
)

// TestRefusals are programs that can't be lowered, and what they are told.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name string
		p    program
		want string
	}{
		{"another machine", program{code: []uint32{ret}, march: elf.EM_386}, "not for little-endian 32-bit ARM"},
		{"a library", program{code: []uint32{ret}, etype: elf.ET_DYN}, "fixed address"},
		{"dynamic", program{code: []uint32{ret}, extra: elf.PT_INTERP}, "linked dynamically"},
		{"Thumb function", program{code: []uint32{ret, ret}, syms: []symbol{{name: "f", size: 1, thumb: true}}}, "f is Thumb code"},
		{"Thumb by mapping symbol", program{code: []uint32{ret, ret}, syms: []symbol{{name: "f", size: 1}, {name: "$t", offset: 1}}}, "Thumb code at 0x10104"},
		{"no functions", program{code: []uint32{ret}, syms: []symbol{}}, "neither Go's function table nor symbols"},
		{"MOVW", program{code: []uint32{0xe3010234, ret}}, "_start: e3010234: MOVW, which needs ARMv6T2"},
		{"LDREX", program{code: []uint32{0xe1910f9f, ret}}, "LDREX, which needs ARMv6"},
		{"BLX to Thumb", program{code: []uint32{0xfa000000, ret}}, "BLX to Thumb"},
		{"thread register", program{code: []uint32{0xee1d0f70, ret}}, "MCR, which needs a coprocessor"},
		{"VFP", program{code: []uint32{0xeef1ba10, ret}}, "needs a VFP"},
		{"nothing at all", program{code: []uint32{0xe1c10090, ret}}, "undefined instruction"},
		{"CLZ of PC", program{code: []uint32{clz | 0xf, ret}}, "has R15 for an operand"},
		{"SMULBB of SP", program{code: []uint32{0xe1600d82, ret}}, "has R13 for an operand"},
		{"LDRD to R12", program{code: []uint32{0xe1c1c0d0, ret}}, "has R13 for an operand"},
		{"LDRD that writes its base back", program{code: []uint32{0xe1e000d8, ret}}, "writes back to R0"},
		{"STRD to literals", program{code: []uint32{0xe1cf00f0, ret, 0, 0}}, "relative to PC"},
		{"within an atomic operation", program{code: []uint32{clz, ret}, syms: []symbol{{name: "internal/runtime/atomic.goXadd64", size: 2}}}, "hide from runtime.sigprof"},
		{"instruction read as data", program{code: []uint32{0xe51f0008, ret}}, "told apart"},
		{"code nobody names", program{code: []uint32{ret, clz}, syms: []symbol{{name: "f", size: 1}}}, "no function covers"},
		{"a computed jump", program{code: []uint32{0xe08ff100, ret, clz, ret}}, "leaves open"},
		{"a computed address", program{code: []uint32{0xe28f0004, ret, ret, clz}}, "leaves open"},
		{"a check that is none", program{code: []uint32{0xe730f211, ret}, syms: []symbol{{name: "runtime.udiv", size: 2}}}, "runtime.udiv: e730f211: UDIV"},
		{"another way around the check", program{code: []uint32{0xeaffffff, 0xe1b10f9f, ret, 0xebfffffc, ret}, syms: []symbol{{name: "f", size: 1}, {name: "armCas64", offset: 1, size: 2}, {name: "g", offset: 3, size: 2}}}, "armCas64: e1b10f9f: LDREXD"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, sum, err := Lower(c.p.build())
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, %v; want %q", sum, err, c.want)
			}
			if out != nil {
				t.Error("it gave a program, too")
			}
		})
	}
}

// TestChecks are instructions that may stay, since something checks first.
func TestChecks(t *testing.T) {
	for _, c := range []struct {
		name string
		p    program
	}{
		{"in the function", program{
			code: []uint32{0x0a000000, ret, 0xe730f211, ret},
			syms: []symbol{{name: "runtime.udiv", size: 4}},
		}},
		{"in its only caller", program{
			code: []uint32{0xe35b0007, 0xba000000, branch(codeAddr+8, codeAddr+16), ret, 0xe1b10f9f, ret},
			syms: []symbol{{name: "runtime/internal/atomic.Cas64", size: 4}, {name: "armCas64", offset: 4, size: 2}},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := c.p.build()
			r, err := Verify(file)
			if err != nil || len(r.Findings) > 0 || len(r.Guarded) != 1 || r.Guarded[0].Instructions != 1 {
				t.Errorf("%+v, %v", r, err)
			}
			if out, sum, err := Lower(file); err != nil || sum.Total() != 0 || string(out) != string(file) {
				t.Errorf("%v, %v", sum, err)
			}
		})
	}
}

// TestData has data within the code that looks like what is lowered.
func TestData(t *testing.T) {
	for _, c := range []struct {
		name string
		code []uint32
		syms []symbol
		data []int // which words
	}{
		{"literal", []uint32{0xe59f0000, ret, clz}, nil, []int{2}},
		{"literal after a call that never returns", []uint32{0xe59f0004, 0xebffffff &^ 1, 0xe7f001f0, clz}, nil, []int{3}},
		{"halfword", []uint32{0xe1df00b0, ret, blx}, nil, []int{2}},
		{"pair for a coprocessor", []uint32{0xea000000, 0xed9f0b00, ret, clz, blx}, nil, []int{3, 4}},
		{"after UNDEF", []uint32{ret, goUndef, clz}, nil, []int{2}},
		{"mapping symbols", []uint32{ret, clz, clz, ret}, []symbol{{name: "f", size: 4}, {name: "$a"}, {name: "$d", offset: 1}, {name: "$a.1", offset: 2}}, []int{1}},
		{"table of addresses", []uint32{0xe3500001, 0x979ff100, ret, codeAddr + 0x1c, codeAddr + 0x18, 0xe12fff31, ret, clz, ret}, nil, []int{3, 4, 5}},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := program{code: c.code, syms: c.syms, room: 512}.build()
			if c.name == "pair for a coprocessor" { // its reader is refused
				m, _ := parse(file)
				w, err := m.walk()
				if err != nil || *w.mark(codeAddr + 12) != 0 && *w.mark(codeAddr + 12)&isCode != 0 {
					t.Error("the pair is taken for code", err)
				}
				return
			}
			out, sum, err := Lower(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range c.data {
				if got := le.Uint32(out[codeOff+4*i:]); got != c.code[i] {
					t.Errorf("word %d, data, became %08x", i, got)
				}
			}
			want := 0
			for i, w := range c.code {
				if (w == clz || w == blx) && !slices.Contains(c.data, i) {
					want++
				}
			}
			if sum.Total() != want {
				t.Errorf("%v lowered, want %d", sum.Sites, want)
			}
		})
	}
}

// TestPlaces has the region in the padding where that is large enough, and in a
// segment where not.
func TestPlaces(t *testing.T) {
	for _, room := range []int{0, 16, 64, 1024} {
		code := []uint32{clz, blx, nop, ret}
		out, sum := mustLower(t, program{code: code, room: room}.build())
		if sum.Segment != (room < sum.Bytes) {
			t.Errorf("room %d, %d bytes: in a segment %v", room, sum.Bytes, sum.Segment)
		}
		f, err := elf.NewFile(strings.NewReader(string(out)))
		if err != nil {
			t.Fatal(err)
		}
		covered := false
		for _, p := range f.Progs {
			if p.Type == elf.PT_LOAD && p.Flags&elf.PF_X != 0 && p.Vaddr <= uint64(sum.Addr) && p.Vaddr+p.Filesz >= uint64(sum.Addr)+uint64(sum.Bytes) {
				covered = uint64(sum.Addr)-p.Vaddr+p.Off == f.Section(regionName).Offset
			}
		}
		if !covered {
			t.Errorf("room %d: no segment holds the region", room)
		}
	}
}

// TestChanged refuses what was lowered, and then changed.
func TestChanged(t *testing.T) {
	out, _ := mustLower(t, program{code: []uint32{clz, ret}, room: 512}.build())
	le.PutUint32(out[codeOff:], blx)
	if _, _, err := Lower(out); err == nil || !strings.Contains(err.Error(), "lowered before") {
		t.Error(err)
	}
}

// TestFindings has Verify name function, address and need.
func TestFindings(t *testing.T) {
	r, err := Verify(program{code: []uint32{nop, clz, ret}}.build())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Findings) != 1 || r.Findings[0].String() != "0x10104: _start: e16f0f11: CLZ, which needs ARMv5T" || r.Instructions != 3 {
		t.Errorf("%+v", r)
	}
	var refusal *Refusal
	if _, _, err := Lower(program{code: []uint32{0xe3010234}}.build()); !errors.As(err, &refusal) || len(refusal.Findings) != 1 {
		t.Errorf("%v is no refusal", err)
	}
}

// TestDamage cuts programs off everywhere, and writes over their headers.
func TestDamage(t *testing.T) {
	whole := program{code: []uint32{clz, blx, ret}, room: 64}.build()
	for n := range whole {
		try(whole[:n])
	}
	for at := range whole {
		if at > 256 && at < len(whole)-512 && whole[at] == 0 {
			continue
		}
		for _, v := range []byte{0, 1, 0x7f, 0x80, 0xff} {
			b := append([]byte(nil), whole...)
			b[at] = v
			try(b)
		}
	}
	if self, err := os.Executable(); err == nil {
		b, _ := os.ReadFile(self)
		if _, err := Verify(b); err == nil {
			t.Error("this test was taken for an ARM program")
		}
	}
}

// try must come back.
func try(b []byte) {
	if out, _, err := Lower(b); err == nil {
		Verify(out)
	}
}

func FuzzLower(f *testing.F) {
	f.Add(program{code: []uint32{clz, blx, ret}, room: 512}.build())
	f.Add(program{code: []uint32{clz, blx, ret}}.build())
	f.Add(program{code: []uint32{0xe59f0000, ret, clz}, syms: []symbol{{name: "f", size: 3}, {name: "$a"}, {name: "$d", offset: 2}}}.build())
	f.Add([]byte("\x7fELF\x01\x01\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		out, sum, err := Lower(b)
		if err != nil {
			return
		}
		r, err := Verify(out)
		if err != nil || len(r.Findings) > 0 {
			t.Errorf("what was lowered is not good: %v, %v", r, err)
		}
		if again, none, err := Lower(out); err != nil || none.Total() != 0 || string(again) != string(out) {
			t.Errorf("lowering it again: %v after %v, %v", none, sum, err)
		}
	})
}
