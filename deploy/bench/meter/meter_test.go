package meter

import (
	"context"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"linnet/deploy/bench/meter/lap"
)

const (
	origin = 0x10000 // where a test's program is loaded
	header = 0x54    // of its file, before the code
)

// assemble makes an ELF file of instructions that is loaded, writable, with 4 KB
// of memory behind it that R9 points to.
func assemble(t *testing.T, words ...uint32) string {
	t.Helper()
	data := uint32(origin + header + 4*(len(words)+5))
	code := append([]uint32{0xe59f9000, 0xea000000, data}, words...) // LDR R9, =data
	code = append(code, 0xe3a07001, 0xef000000)                      // exit(R0)
	le := binary.LittleEndian
	b := append([]byte("\x7fELF\x01\x01\x01"), make([]byte, 9)...)
	b = le.AppendUint16(b, 2)  // an executable
	b = le.AppendUint16(b, 40) // for ARM
	for _, w := range []uint32{1, origin + header, 52, 0, 0x05000000} {
		b = le.AppendUint32(b, w)
	}
	for _, h := range []uint16{52, 32, 1, 40, 0, 0} {
		b = le.AppendUint16(b, h)
	}
	size := uint32(header + 4*len(code))
	for _, w := range []uint32{1, 0, origin, origin, size, size + 4096, 7, 0x1000} {
		b = le.AppendUint32(b, w)
	}
	for _, w := range code {
		b = le.AppendUint32(b, w)
	}
	file := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(file, b, 0o755); err != nil {
		t.Fatal(err)
	}
	return file
}

func newMeter(t *testing.T) *Meter {
	t.Helper()
	for _, tool := range []string{"gcc", "qemu-arm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("nothing is counted: %v", err)
		}
	}
	m, err := New(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *Meter) count(t *testing.T, words ...uint32) Count {
	t.Helper()
	c, err := m.Run(t.Context(), Program{Args: []string{assemble(t, words...)}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestKnownProgram counts a loop by hand.
func TestKnownProgram(t *testing.T) {
	const times = 1000
	got := newMeter(t).count(t,
		0xe3a00ffa, // MOV   R0, #1000
		0xe5991000, // LDR   R1, [R9]         1
		0xe0833001, // ADD   R3, R3, R1       1, after 1 of waiting
		0xe0c54391, // SMULL R4, R5, R1, R3   5
		0xe0040291, // MUL   R4, R1, R2       4
		0xe5894004, // STR   R4, [R9, #4]     1
		0xe2500001, // SUBS  R0, R0, #1       1
		0x1afffff8, // BNE   to LDR           3, at last 1
	)
	want := Count{
		// Before the loop LDR, B, MOV; behind it MOV, SWI.
		Instructions: 7*times + 5,
		Cycles:       17*times - 2 + (1 + 3 + 1) + (1 + 3),
		Loads:        times + 1,
		Stores:       times,
		Muls:         times,
		Mulls:        times,
	}
	if got != want {
		t.Errorf("counted %+v\nby hand %+v", got, want)
	}
}

// TestCosts has the cycles of short sequences, from the ARM9TDMI's manual.
func TestCosts(t *testing.T) {
	m := newMeter(t)
	const (
		ldr   = 0xe5991000 // LDR  R1, [R9]
		ldrb  = 0xe5d91000 // LDRB R1, [R9]
		ldrh  = 0xe1d910b0 // LDRH R1, [R9]
		use   = 0xe0833001 // ADD  R3, R3, R1
		other = 0xe1a04004 // MOV  R4, R4
		mul   = 0xe0040295 // MUL  R4, R5, R2
	)
	for _, c := range []struct {
		name         string
		block        []uint32
		instructions uint64
		cycles       uint64
	}{
		{"ADD", []uint32{use}, 1, 1},
		{"ADD R3, R3, R1, LSL R2", []uint32{0xe0833211}, 1, 2},
		{"MUL", []uint32{mul}, 1, 4},
		{"MLA", []uint32{0xe0233291}, 1, 4},
		{"SMULL", []uint32{0xe0c43291}, 1, 5},
		{"UMLAL", []uint32{0xe0a43291}, 1, 5},
		{"LDR", []uint32{ldr}, 1, 1},
		{"LDR and its use", []uint32{ldr, use}, 2, 3},
		{"LDR, another, its use", []uint32{ldr, other, use}, 3, 3},
		{"LDRB and its use", []uint32{ldrb, use}, 2, 4},
		{"LDRH and its use", []uint32{ldrh, use}, 2, 4},
		{"LDRB, another, its use", []uint32{ldrb, other, use}, 3, 4},
		{"LDRB, a long one, its use", []uint32{ldrb, mul, use}, 3, 6},
		{"LDR as an address", []uint32{0xe5899000, 0xe5999000, 0xe5992000}, 3, 4}, // STR R9, [R9]; LDR R9, [R9]; LDR R2, [R9]
		{"LDR, STR of it", []uint32{ldr, 0xe5891004}, 2, 2},
		{"LDRB, STR of it", []uint32{ldrb, 0xe5891004}, 2, 3},
		{"LDR R1, MOV R3, R3, ASR R1", []uint32{ldr, 0xe1a03153}, 2, 4},
		{"LDM of one", []uint32{0xe8990002}, 1, 2},
		{"LDM of two", []uint32{0xe8990006}, 1, 2},
		{"LDM of four", []uint32{0xe899001e}, 1, 4},
		{"LDM of four, the first used", []uint32{0xe899001e, 0xe0855001}, 2, 5},
		{"LDM of four, the last used", []uint32{0xe899001e, 0xe0855004}, 2, 6},
		{"STM of three", []uint32{0xe889000e}, 1, 3},
		{"SWP", []uint32{0xe1091092}, 1, 2},
		{"B", []uint32{0xea000000, other}, 1, 3},
		{"BEQ, taken", []uint32{0xe1500000, 0x0a000000, other}, 2, 4},
		{"BNE, not taken", []uint32{0xe1500000, 0x1a000000, other}, 3, 3},
		{"ADD LR, PC; BX LR", []uint32{0xe28fe000, 0xe12fff1e}, 2, 4},
		{"ADD LR, PC; MOV PC, LR", []uint32{0xe28fe000, 0xe1a0f00e}, 2, 4},
		{"ADD LR, PC; STR LR; LDR PC", []uint32{0xe28fe004, 0xe589e000, 0xe599f000}, 3, 7},
		{"ADD LR, PC; STR LR; LDM PC", []uint32{0xe28fe004, 0xe589e000, 0xe8998000}, 3, 8},
		{"MRS", []uint32{0xe10f1000}, 1, 1},
		{"MSR CPSR_f", []uint32{0xe128f001}, 1, 1},
		{"CLZ", []uint32{0xe16f1f12}, 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			few, many := []uint32{}, []uint32{}
			for i := range 30 {
				if i < 10 {
					few = append(few, c.block...)
				}
				many = append(many, c.block...)
			}
			short, long := m.count(t, few...), m.count(t, many...)
			if n := long.Instructions - short.Instructions; n != 20*c.instructions {
				t.Errorf("%d instructions for 20 times %d", n, c.instructions)
			}
			if n := long.Cycles - short.Cycles; n != 20*c.cycles {
				t.Errorf("%d cycles for 20 times %d", n, c.cycles)
			}
		})
	}
}

func TestProgramThatFails(t *testing.T) {
	m := newMeter(t)
	for name, words := range map[string][]uint32{
		"its status is 3":  {0xe3a00003},
		"it doesn't exist": {0xe7f000f0},
	} {
		_, err := m.Run(t.Context(), Program{Args: []string{assemble(t, words...)}})
		if err == nil {
			t.Errorf("%s, and it counts as run", name)
		}
	}
	if _, err := m.Run(t.Context(), Program{Args: []string{"/nowhere"}}); err == nil {
		t.Error("a program that isn't there was run")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.Run(ctx, Program{Args: []string{assemble(t)}}); err == nil {
		t.Error("what was cancelled was run")
	}
}

// TestProfile sums up to the count, in one function without a name: the program
// has no symbols.
func TestProfile(t *testing.T) {
	m := newMeter(t)
	words := []uint32{
		0xe3a00ffa, // MOV  R0, #1000
		0xe3100001, // TST  R0, #1
		0x0a000000, // BEQ  over the next, every second time
		0xe1a04004, // MOV  R4, R4
		0xe2500001, // SUBS R0, R0, #1
		0x1afffffa, // BNE  to TST
	}
	count := m.count(t, words...)
	got, err := m.Profile(t.Context(), Program{Args: []string{assemble(t, words...)}})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0] != (Function{unnamed, count.Instructions, count.Cycles}) {
		t.Errorf("%+v, in all %+v", got, count)
	}
	if want := uint64(500*(1+3+1+3) + 500*(1+1+1+1+3) - 2 + 5 + 4); count.Cycles != want {
		t.Errorf("%d cycles, by hand %d", count.Cycles, want)
	}
}

func TestAttribute(t *testing.T) {
	names := symbols{{Name: "first", Value: 0x100, Size: 0x10}, {Name: "assembly", Value: 0x120}, {Name: "last", Value: 0x200, Size: 4}}
	got, err := attribute(strings.NewReader("0x100 1 2\n0x10c 10 20\n0x110 3 3\n0x1fc 7 8\n0x200 2 9\n0x204 1 1\n0x50 1 1\n"), names)
	if err != nil {
		t.Fatal(err)
	}
	want := []Function{{"first", 11, 22}, {"last", 2, 9}, {"assembly", 7, 8}, {unnamed, 5, 5}}
	if len(got) != len(want) {
		t.Fatalf("%+v, want %+v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
	if _, err := attribute(strings.NewReader("100 1\n"), names); err == nil {
		t.Error("a broken line is accepted")
	}
}

func TestParseCount(t *testing.T) {
	const good = "instructions 1\ncycles 2\nloads 3\nstores 4\nmuls 5\nmulls 6\n"
	if c, err := parseCount(good); err != nil || c != (Count{1, 2, 3, 4, 5, 6}) {
		t.Errorf("%+v, %v", c, err)
	}
	for _, bad := range []string{"", "cycles 2\n", good + "cycles 2\n", good + "branches 1\n", strings.Replace(good, "3", "x", 1), strings.Replace(good, "3", "-3", 1)} {
		if c, err := parseCount(bad); err == nil {
			t.Errorf("%q is read as %+v", bad, c)
		}
	}
}

func TestSlope(t *testing.T) {
	short, long := Count{Instructions: 100 + 10*7, Cycles: 200 + 10*9}, Count{Instructions: 100 + 30*7, Cycles: 200 + 30*9}
	if got := Slope(short, long, 10, 30); got != (Rate{Instructions: 7, Cycles: 9, Start: 100}) {
		t.Errorf("%+v", got)
	}
}

// TestPluginIsBuiltOnce looks at the file's time.
func TestPluginIsBuiltOnce(t *testing.T) {
	m := newMeter(t)
	before, err := os.Stat(m.plugin)
	if err != nil {
		t.Fatal(err)
	}
	again, err := New(t.Context(), filepath.Dir(m.plugin))
	if err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(again.plugin)
	if err != nil || !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Errorf("it was built again: %v", err)
	}
}

// TestLaps has a program say two names, with something between.
func TestLaps(t *testing.T) {
	m := newMeter(t)
	const call = 0xef000000 // SWI
	say := func(name uint32) []uint32 {
		return []uint32{0xe59f0000, 0xea000000, lap.Call, 0xe3a01000 | name, 0xe3a07093, call} // R0 = lap.Call, R1 = name, R7 = getsid
	}
	words := append(say(7), 0xe1a04004, 0xe1a04004)
	words = append(append(words, say(9)...), 0xe3a00005, 0xe3a07093, call, 0xe3a00000) // getsid(5) is no lap
	got, err := m.Laps(t.Context(), Program{Args: []string{assemble(t, words...)}})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Name != 7 || got[1].Name != 9 {
		t.Fatalf("laps %+v", got)
	}
	if n := got[1].Instructions - got[0].Instructions; n != 2+5 || got[1].Cycles <= got[0].Cycles {
		t.Errorf("%d instructions between, want 7: %+v", n, got)
	}
	for _, bad := range []string{"7 1\n", "7 1 x\n", "-7 1 1\n"} {
		if _, err := parseLaps(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}
