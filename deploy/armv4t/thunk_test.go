package armv4t

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"testing"
)

// A state is what an instruction may change: R0 to R12, LR and the flags.
type state struct {
	r     [14]uint32 // without SP: r[13] is LR
	flags uint32     // N, Z, C, V as in CPSR
}

func (s state) words() []uint32 {
	return append([]uint32{s.flags}, s.r[:]...)
}

// A trial executes one instruction from a state.
type trial struct {
	word uint32
	from state
}

const (
	setWords  = 15 // flags and registers
	pairsAt   = 0  // where LDRD and STRD work, an offset in the data
	pairsSize = 256
)

// bench makes a program of trials. Each loads flags and registers, executes the
// instruction, and pushes registers and flags. In the end the program
// writes the stack, so all that was pushed, and the data that pairs go to.
func bench(trials []trial) program {
	var p program
	p.data = make([]byte, pairsSize)
	for i := range p.data {
		p.data[i] = byte(3*i + 1)
	}
	c := &sequence{addr: codeAddr}
	c.emit(load(regSP, regPC, 0))
	c.emit(branch(c.pc(), c.pc()+8), stackHigh)
	// What BLX calls: it notes that it was here, and leaves what flags say.
	c.emit(branch(c.pc(), c.pc()+12), dpReg(opADD, 11, 11, regLR), bx(regLR))
	for _, t := range trials {
		set := uint32(dataAddr + len(p.data))
		p.data = appendWords(p.data, t.from.words()...)
		c.emit(
			load(regLR, regPC, 4*7),
			ldst(bitU|bitL, 0, regLR, 4),
			msrFlags(0),
			always|0x089e5fff, // LDMIA LR, {R0-R12, LR}
			t.word,
			always|0x092d5fff, // STMDB SP!, {R0-R12, LR}
			mrsCPSR(0),
			push1(0),
		)
		c.emit(branch(c.pc(), c.pc()+8), set)
	}
	size := uint32(4 * setWords * len(trials))
	write := func(addr, n uint32) {
		c.emit(load(1, regPC, 16), load(2, regPC, 16), always|0x03a00001, always|0x03a07004, always|0x0f000000)
		c.emit(branch(c.pc(), c.pc()+12), addr, n)
	}
	write(stackHigh-size, size)
	write(dataAddr+pairsAt, pairsSize)
	c.emit(always|0x03a00000, always|0x03a07001, always|0x0f000000)
	p.code = c.words
	return p
}

// calledAt is the address of the function that bench has for BLX.
const calledAt = codeAddr + 4*4

// execute runs trials on a CPU, lowered or as they are, and returns the states
// after them and the bytes of the data.
func execute(t *testing.T, trials []trial, file []byte, cpu string) ([]state, string) {
	t.Helper()
	out, errs, err := onARM(t, cpu, file)
	if err != nil {
		t.Fatalf("on %q: %v %s", cpu, err, errs)
	}
	n := 4 * setWords * len(trials)
	if len(out) != n+pairsSize {
		t.Fatalf("on %q it wrote %d bytes, want %d", cpu, len(out), n+pairsSize)
	}
	all := make([]state, len(trials))
	for i := range all {
		at := []byte(out[n-4*setWords*(i+1):]) // a stack grows down
		all[i].flags = le.Uint32(at) & 0xf0000000
		for r := range 14 {
			all[i].r[r] = le.Uint32(at[4*r+4:])
		}
	}
	return all, out[n:]
}

// interesting are operands at which an arithmetic instruction may go wrong.
var interesting = []uint32{0, 1, 2, 3, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fff8000, 0x80007fff, 0x3fffffff, 0x40000000, 0x7fffffff, 0x80000000, 0x80000001, 0x80008000, 0xbfffffff, 0xc0000000, 0xffff0000, 0xfffffffe, 0xffffffff}

func randomState(r *rand.Rand) state {
	var s state
	for i := range s.r {
		if s.r[i] = r.Uint32() >> (r.Uint32() % 33); r.Uint32()%2 == 0 {
			s.r[i] = interesting[r.IntN(len(interesting))]
		}
	}
	s.flags = r.Uint32() & 0xf0000000
	return s
}

// A form is an instruction to try: its word without registers, and where it
// has them.
type form struct {
	name   string
	word   uint32
	fields []int
}

var forms = []form{
	{"CLZ", 0x016f0f10, []int{12, 0}},
	{"SMULBB", 0x01600080, []int{16, 8, 0}},
	{"SMULTB", 0x016000a0, []int{16, 8, 0}},
	{"SMULBT", 0x016000c0, []int{16, 8, 0}},
	{"SMULTT", 0x016000e0, []int{16, 8, 0}},
	{"SMLABB", 0x01000080, []int{16, 12, 8, 0}},
	{"SMLATB", 0x010000a0, []int{16, 12, 8, 0}},
	{"SMLABT", 0x010000c0, []int{16, 12, 8, 0}},
	{"SMLATT", 0x010000e0, []int{16, 12, 8, 0}},
	{"SMULWB", 0x012000a0, []int{16, 8, 0}},
	{"SMULWT", 0x012000e0, []int{16, 8, 0}},
	{"SMLAWB", 0x01200080, []int{16, 12, 8, 0}},
	{"SMLAWT", 0x012000c0, []int{16, 12, 8, 0}},
	{"SMLALBB", 0x01400080, []int{16, 12, 8, 0}},
	{"SMLALTB", 0x014000a0, []int{16, 12, 8, 0}},
	{"SMLALBT", 0x014000c0, []int{16, 12, 8, 0}},
	{"SMLALTT", 0x014000e0, []int{16, 12, 8, 0}},
	{"QADD", 0x01000050, []int{16, 12, 0}},
	{"QSUB", 0x01200050, []int{16, 12, 0}},
	{"QDADD", 0x01400050, []int{16, 12, 0}},
	{"QDSUB", 0x01600050, []int{16, 12, 0}},
}

var registers = []uint32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14}

// trials are some of a form: registers at random, equal ones often,
// conditions too.
func (f form) trials(r *rand.Rand, n int) []trial {
	var all []trial
	for len(all) < n {
		w := f.word | uint32(condAL)<<28
		if r.Uint32()%2 == 0 {
			w = onCond(r.Uint32N(15), w)
		}
		few := registers[r.IntN(len(registers)-2):][:2]
		for _, shift := range f.fields {
			reg := registers[r.IntN(len(registers))]
			if r.Uint32()%3 == 0 {
				reg = few[r.IntN(2)]
			}
			w |= reg << shift
		}
		if check(w) == nil {
			all = append(all, trial{w, randomState(r)})
		}
	}
	return all
}

// TestThunks executes instructions as they are, on a CPU that has them, and
// lowered, on one that has not, and compares every register and flag.
func TestThunks(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 20))
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			trials := f.trials(r, 300)
			lowered := compare(t, trials)
			for i, tr := range trials {
				if want := model(f.name, tr); lowered[i] != want {
					t.Errorf("%08x from %x: %x, by definition %x", tr.word, tr.from, lowered[i], want)
				}
			}
		})
	}
}

// compare runs trials both ways and returns the states of the lowered program.
func compare(t *testing.T, trials []trial) []state {
	t.Helper()
	file := bench(trials).build()
	low, sum := mustLower(t, file)
	if sum.Total() != len(trials) {
		t.Errorf("%d instructions were lowered, want %d", sum.Total(), len(trials))
	}
	want, wantData := execute(t, trials, file, "")
	got, gotData := execute(t, trials, low, armv4tCPU)
	for i := range trials {
		if got[i] != want[i] {
			t.Errorf("%08x from %x:\nlowered  %x\nas it is %x", trials[i].word, trials[i].from, got[i], want[i])
		}
	}
	if gotData != wantData {
		t.Errorf("memory:\nlowered  %x\nas it is %x", gotData, wantData)
	}
	return got
}

// model says from the definition (ARM DDI 0100, A4) what a form of arithmetic does.
func model(name string, t trial) state {
	s := t.from
	w := t.word
	if !passes(cond(w), s.flags) {
		return s
	}
	reg := func(n uint32) *uint32 {
		switch n {
		case regLR:
			n = 13
		case regSP, regPC: // no register: this form has none there
			return new(uint32)
		}
		return &s.r[n]
	}
	half := func(v uint32, top byte) int64 {
		if top == 'T' {
			v >>= 16
		}
		return int64(int16(v))
	}
	m, rs, n, d := *reg(regM(w)), *reg(regS(w)), *reg(regN(w)), *reg(regD(w))
	x, y := name[len(name)-2], name[len(name)-1]
	switch {
	case name == "CLZ":
		*reg(regD(w)) = uint32(bits.LeadingZeros32(m))
	case name[0] == 'Q':
		*reg(regD(w)) = saturate(name, int32(m), int32(n))
	case name[:4] == "SMUL" && x == 'W':
		*reg(regN(w)) = uint32(int64(int32(m)) * half(rs, y) >> 16)
	case name[:4] == "SMUL":
		*reg(regN(w)) = uint32(half(m, x) * half(rs, y))
	case name[:5] == "SMLAL":
		sum := uint64(n)<<32 | uint64(d)
		sum += uint64(half(m, x) * half(rs, y))
		*reg(regN(w)), *reg(regD(w)) = uint32(sum>>32), uint32(sum)
	case x == 'W':
		*reg(regN(w)) = d + uint32(int64(int32(m))*half(rs, y)>>16)
	default:
		*reg(regN(w)) = d + uint32(half(m, x)*half(rs, y))
	}
	return s
}

func saturate(name string, m, n int32) uint32 {
	clip := func(v int64) int64 { return max(min(v, 1<<31-1), -1<<31) }
	b := int64(n)
	if name[1] == 'D' {
		b = clip(2 * b)
	}
	if name[len(name)-3:] == "SUB" {
		b = -b
	}
	return uint32(clip(int64(m) + b))
}

// passes says whether a condition holds (A3.2.1).
func passes(c, flags uint32) bool {
	n, z, cy, v := flags>>31&1 == 1, flags>>30&1 == 1, flags>>29&1 == 1, flags>>28&1 == 1
	holds := [...]bool{z, cy, n, v, cy && !z, n == v, !z && n == v, true}[c/2]
	return holds == (c%2 == 0)
}

// TestPairs does so for LDRD and STRD, in every addressing mode.
func TestPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 21))
	var trials []trial
	for len(trials) < 600 {
		s := randomState(r)
		base := registers[r.IntN(len(registers))]
		index := registers[r.IntN(len(registers))]
		// 0x000000d0: LDRD; bit 5 makes it STRD; P, U, I and W at random.
		w := onCond(condAL, 0x000000d0|r.Uint32()&(1<<24|1<<23|1<<22|1<<21|1<<5)|base<<16|r.Uint32N(6)*2<<12)
		if w>>24&1 == 0 {
			w &^= bitW
		}
		offset := r.Uint32N(8) * 8
		if w&bitB != 0 {
			w |= offset&0xf | offset&0xf0<<4
		} else {
			w |= index
		}
		if r.Uint32()%4 == 0 {
			w = onCond(r.Uint32N(15), w)
		}
		s.set(index, offset)
		s.set(base, dataAddr+pairsAt+64+r.Uint32N(8)*8)
		if w&bitB == 0 && index == base || check(w) != nil {
			continue
		}
		trials = append(trials, trial{w, s})
	}
	compare(t, trials)
}

func (s *state) set(reg, v uint32) {
	if reg == regLR {
		reg = 13
	}
	s.r[reg] = v
}

// TestCalls does so for BLX, and its return.
func TestCalls(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 22))
	var trials []trial
	for _, reg := range registers {
		for c := range uint32(15) {
			if reg == 11 { // the function called changes it
				continue
			}
			s := randomState(r)
			s.set(reg, calledAt)
			trials = append(trials, trial{onCond(c, 0x012fff30|reg), s})
		}
	}
	compare(t, trials)
}

// TestInPlace has those that one word replaces.
func TestInPlace(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 23))
	var trials []trial
	for _, w := range []uint32{0xf5d0f004, 0xf5d1f000, 0xf7d2f083, 0xe320f000, 0xe320f001, 0x1320f001} {
		trials = append(trials, trial{w, randomState(r)})
	}
	compare(t, trials)

	file := program{code: []uint32{0xe1200070, bx(regLR)}}.build()
	low, sum := mustLower(t, file)
	if got := le.Uint32(low[codeOff:]); got != linuxBreakpoint || sum.Total() != 1 {
		t.Errorf("BKPT became %08x", got)
	}
}

// TestLiteralPair loads two words from a literal pool by LDRD.
func TestLiteralPair(t *testing.T) {
	c := &sequence{addr: codeAddr}
	c.emit(
		0xe1cf02d8, // LDRD R0, [PC, #40]
		0xe24dd008, // SUB SP, SP, #8
		0xe88d0003, // STMIA SP, {R0, R1}
		mov(1, regSP),
		0xe3a00001, 0xe3a02008, 0xe3a07004, // 1, 8, write
	)
	c.emit(0xef000000, 0xe3a00000, 0xe3a07001, 0xef000000, 0xeafffffe) // and B to itself
	c.emit(0x016f0f10|condAL<<28, 0x012fff30|condAL<<28)               // they look like CLZ and BLX
	file := program{code: c.words}.build()
	low, sum := mustLower(t, file)
	if sum.Total() != 1 {
		t.Errorf("%v was lowered", sum.Sites)
	}
	want := "\x10\x0f\x6f\xe1\x30\xff\x2f\xe1"
	if got, errs, err := onARM(t, armv4tCPU, low); err != nil || got != want {
		t.Errorf("it wrote %x, want %x (%v %s)", got, want, err, errs)
	}
}

// TestCLZTable has the hash that CLZ's thunks compute tell all cases apart.
func TestCLZTable(t *testing.T) {
	seen := map[uint32]int{}
	for n := range 33 {
		h := clzHash(uint32(1 << 31 >> n))
		if other, ok := seen[h]; ok {
			t.Errorf("%d and %d leading zeros both hash to %d", other, n, h)
		}
		seen[h] = n
	}
	table := clzTable()
	r := rand.New(rand.NewPCG(4, 25))
	for range 10000 {
		x := r.Uint32() >> r.Uint32N(33)
		h := clzHash(x)
		if got := table[h/4] >> (h % 4 * 8) & 0xff; got != uint32(bits.LeadingZeros32(x)) {
			t.Fatalf("CLZ of %#x is %d by the table", x, got)
		}
	}
}

// TestManyThunks has more of them than one table serves.
func TestManyThunks(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 24))
	for _, n := range []int{clzThunks - 1, clzThunks, clzThunks + 1, 2*clzThunks + 1, 5 * clzThunks} {
		t.Run(fmt.Sprint(n), func(t *testing.T) { compare(t, forms[0].trials(r, n)) })
	}
}
