package armv4t

import (
	"context"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A program is a small executable, made by hand.
type program struct {
	code  []uint32 // at codeAddr
	data  []byte   // at dataAddr, writable, followed by zeros
	syms  []symbol
	room  int         // zeros in the file after the code
	etype elf.Type    // ET_EXEC if zero
	march elf.Machine // EM_ARM if zero
	extra elf.ProgType
	bss   uint32 // size in memory of the segment of data; dataRoom if zero
	close bool   // that segment is in the page after the code, not at dataAddr
}

// A symbol is of code: offset and size are in words.
type symbol struct {
	name         string
	offset, size int
	thumb        bool
}

const (
	codeAddr  = 0x10000 + codeOff
	codeOff   = 0x100
	dataAddr  = 0x400000
	dataRoom  = 0x200000
	stackHigh = dataAddr + dataRoom - 16
)

// build makes the file: headers and code in one segment, data in another,
// symbols and section names behind them.
func (p program) build() []byte {
	if p.syms == nil {
		p.syms = []symbol{{name: "_start", size: len(p.code)}}
	}
	b := make([]byte, codeOff)
	b = appendWords(b, p.code...)
	textEnd := len(b)
	b = append(b, make([]byte, p.room)...)
	dataOff := 0
	if len(p.data) > 0 {
		b = append(b, make([]byte, int(align(uint64(len(b)), page))-len(b))...)
		dataOff = len(b)
		b = append(b, p.data...)
	}

	strtab, symtab := []byte{0}, make([]byte, 16)
	for _, s := range p.syms {
		info, value := uint32(elf.STT_FUNC), uint32(codeAddr+4*s.offset)
		if strings.HasPrefix(s.name, "$") {
			info = uint32(elf.STT_NOTYPE)
		}
		if s.thumb {
			value |= 1
		}
		symtab = appendWords(symtab, uint32(len(strtab)), value, uint32(4*s.size), info|1<<16)
		strtab = append(strtab, s.name+"\x00"...)
	}
	names := "\x00.text\x00.symtab\x00.strtab\x00.shstrtab\x00"
	name := func(s string) uint32 { return uint32(strings.Index(names, "\x00"+s+"\x00") + 1) }
	place := func(part []byte) uint32 {
		b = append(b, make([]byte, int(align(uint64(len(b)), 4))-len(b))...)
		b = append(b, part...)
		return uint32(len(b) - len(part))
	}
	symOff, strOff, namesOff := place(symtab), place(strtab), place([]byte(names))
	sections := make([]byte, shdrSize)
	sections = appendWords(sections, name(".text"), uint32(elf.SHT_PROGBITS), uint32(elf.SHF_ALLOC|elf.SHF_EXECINSTR), codeAddr, codeOff, uint32(textEnd-codeOff), 0, 0, 4, 0)
	sections = appendWords(sections, name(".symtab"), uint32(elf.SHT_SYMTAB), 0, 0, symOff, uint32(len(symtab)), 3, 0, 4, 16)
	sections = appendWords(sections, name(".strtab"), uint32(elf.SHT_STRTAB), 0, 0, strOff, uint32(len(strtab)), 0, 0, 1, 0)
	sections = appendWords(sections, name(".shstrtab"), uint32(elf.SHT_STRTAB), 0, 0, namesOff, uint32(len(names)), 0, 0, 1, 0)
	shoff := place(sections)

	etype, march, extra := p.etype, p.march, p.extra
	bss, dataAddr := max(p.bss, dataRoom), uint32(dataAddr)
	if p.close {
		dataAddr = uint32(align(codeAddr-codeOff+uint64(textEnd), page))
	}
	if etype == 0 {
		etype = elf.ET_EXEC
	}
	if march == 0 {
		march = elf.EM_ARM
	}
	if extra == 0 {
		extra = elf.PT_NOTE
	}
	h := append([]byte("\x7fELF\x01\x01\x01"), make([]byte, 9)...)
	h = appendWords(h, uint32(etype)|uint32(march)<<16, 1, codeAddr, ehdrSize, shoff, 0x05000000, ehdrSize|phdrSize<<16, 3|shdrSize<<16, 5|4<<16)
	h = appendWords(h, uint32(elf.PT_LOAD), 0, codeAddr-codeOff, codeAddr-codeOff, uint32(textEnd), uint32(textEnd), 5, page)
	h = appendWords(h, uint32(elf.PT_LOAD), uint32(dataOff), dataAddr, dataAddr, uint32(len(p.data)), bss, 6, page)
	h = appendWords(h, uint32(extra), 0, 0, 0, 0, 0, 4, 4)
	copy(b, h)
	return b
}

// needs skips a test where a program is missing, and says so.
func needs(t testing.TB, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("%s is missing (deploy/setup test installs it)", program)
	}
}

// armv4tCPU is QEMU's CPU of that architecture: the core of the OMAP310.
const armv4tCPU = "ti925t"

// onARM runs a program under qemu-arm, as a CPU if one is named.
func onARM(t *testing.T, cpu string, file []byte, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	needs(t, "qemu-arm")
	path := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(path, file, 0o755); err != nil {
		t.Fatal(err)
	}
	args = append([]string{path}, args...)
	if cpu != "" {
		args = append([]string{"-cpu", cpu}, args...)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "qemu-arm", args...)
	cmd.Dir = filepath.Dir(path) // a core file goes with it
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	return out.String(), errs.String(), err
}

// mustLower lowers a program and checks what holds of every lowering.
func mustLower(t testing.TB, file []byte) ([]byte, *Summary) {
	t.Helper()
	before := string(file)
	out, sum, err := Lower(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(file) != before {
		t.Fatal("the input was changed")
	}
	if twice, _, err := Lower(file); err != nil || string(twice) != string(out) {
		t.Fatalf("lowering it once more gives another program (%v)", err)
	}
	again, none, err := Lower(out)
	if err != nil || string(again) != string(out) || none.Total() != 0 {
		t.Fatalf("lowering what is lowered changes it (%v, %v)", none, err)
	}
	return out, sum
}
