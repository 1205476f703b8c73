package armv4t

import (
	"bytes"
	"cmp"
	"debug/elf"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// A function is a piece of code that has a name.
type function struct {
	name       string
	start, end uint32
}

// readFunctions reads Go's function table, and symbols where there are any. One
// of them there must be.
func (m *image) readFunctions() error {
	if err := m.readSymbols(); err != nil {
		return err
	}
	if err := m.readPclntab(); err != nil {
		return err
	}
	if len(m.funcs) == 0 {
		return errors.New("it has neither Go's function table nor symbols")
	}
	if r := m.lowered(); r != nil && r.end()-r.addr > headerSize {
		m.funcs = append(m.funcs, function{regionName, r.addr + headerSize, r.end()})
	}
	for _, s := range m.sections {
		if s.name == farName {
			m.funcs = append(m.funcs, function{farName, s.addr, s.end()})
		}
	}
	slices.SortStableFunc(m.funcs, func(a, b function) int { return cmp.Compare(a.start, b.start) })
	m.funcs = slices.CompactFunc(m.funcs, func(a, b function) bool { return a.start == b.start })
	m.entries = append(m.entries, uint32(m.elf.Entry))
	return nil
}

// function finds what covers an address, nil where nothing does.
func (m *image) function(a uint32) *function {
	i := sort.Search(len(m.funcs), func(i int) bool { return m.funcs[i].start > a }) - 1
	if i < 0 || a >= m.funcs[i].end {
		return nil
	}
	return &m.funcs[i]
}

// place names an address.
func (m *image) place(a uint32) string {
	if f := m.function(a); f != nil {
		return f.name
	}
	if s := m.section(a); s != nil {
		return s.name
	}
	return "outside of the code"
}

// readSymbols takes functions from the symbol table, and what the mapping
// symbols of the ABI (ELF for the ARM Architecture, 4.5.5) tell of code and
// data. A stripped file has neither, and Go's linker writes no mapping symbols.
func (m *image) readSymbols() error {
	syms, err := m.elf.Symbols()
	if errors.Is(err, elf.ErrNoSymbols) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("symbols: %w", err)
	}
	var mapping []elf.Symbol
	for _, s := range syms {
		a := uint32(s.Value)
		switch {
		case m.section(a&^1) == nil:
		case len(s.Name) >= 2 && s.Name[0] == '$' && (len(s.Name) == 2 || s.Name[2] == '.'):
			mapping = append(mapping, s)
		case elf.ST_TYPE(s.Info) == elf.STT_FUNC && a%2 == 1:
			return fmt.Errorf("%s is Thumb code", s.Name)
		case elf.ST_TYPE(s.Info) == elf.STT_FUNC && a%4 == 0 && s.Size > 0 && s.Size < 1<<30:
			m.funcs = append(m.funcs, function{s.Name, a, a + uint32(s.Size)})
		}
	}
	return m.applyMapping(mapping)
}

// applyMapping divides the sections that have mapping symbols.
func (m *image) applyMapping(syms []elf.Symbol) error {
	slices.SortStableFunc(syms, func(a, b elf.Symbol) int { return cmp.Compare(a.Value, b.Value) })
	for i, s := range syms {
		a := uint32(s.Value)
		sec := m.section(a &^ 1)
		end := sec.end()
		if i+1 < len(syms) && syms[i+1].Value < uint64(end) {
			end = uint32(syms[i+1].Value)
		}
		if end == a {
			continue
		}
		switch s.Name[1] {
		case 't':
			return fmt.Errorf("there is Thumb code at %#x", a)
		case 'd':
			m.data = append(m.data, span{a &^ 3, end})
		case 'a':
			for ; a < end && a%4 == 0; a += 4 {
				m.entries = append(m.entries, a)
			}
		}
	}
	return nil
}

// The magic numbers of Go's function table, debug/gosym's go118magic and
// go120magic. The parts read here are the same in both.
const (
	pclntabGo118 = 0xfffffff0
	pclntabGo120 = 0xfffffff1
)

// readPclntab reads Go's function table, which is there in stripped programs,
// too: debug/gosym does not give away where a function goes on after a
// recovered panic, and that is code that no other code jumps to.
func (m *image) readPclntab() error {
	var tab []byte
	for _, s := range m.elf.Sections {
		if !strings.HasSuffix(s.Name, ".gopclntab") || s.Type != elf.SHT_PROGBITS {
			continue
		}
		if s.Offset > uint64(len(m.file)) || s.Size > uint64(len(m.file))-s.Offset || s.Flags&elf.SHF_COMPRESSED != 0 {
			return errors.New("the function table of Go lies outside the file")
		}
		tab = m.file[s.Offset : s.Offset+s.Size]
	}
	if tab == nil {
		return nil
	}
	if len(tab) < 40 || tab[6] != 4 || tab[7] != 4 || le.Uint32(tab) != pclntabGo120 && le.Uint32(tab) != pclntabGo118 {
		return errors.New("the function table of Go has a form that is not known: Go 1.18 and later are")
	}
	text, err := m.textStart(le.Uint32(tab[16:]))
	if err != nil {
		return err
	}
	p := pclntab{text: text, names: after(tab, le.Uint32(tab[20:])), funcs: after(tab, le.Uint32(tab[36:]))}
	n := le.Uint32(tab[8:])
	if uint64(n)*8+4 > uint64(len(p.funcs)) {
		return errors.New("the function table of Go is cut off")
	}
	for i := range n {
		if err := m.readFunc(p, i); err != nil {
			return err
		}
	}
	return nil
}

// pclntab are the parts of Go's function table.
type pclntab struct {
	text  uint32 // what addresses are relative to
	names []byte
	funcs []byte // an index of two words a function, and then the functions
}

// readFunc reads a function: entryOff, nameOff, args, deferreturn (runtime._func).
func (m *image) readFunc(p pclntab, i uint32) error {
	start, end := le.Uint32(p.funcs[8*i:]), le.Uint32(p.funcs[8*i+8:])
	fn := after(p.funcs, le.Uint32(p.funcs[8*i+4:]))
	if len(fn) < 16 || end < start {
		return errors.New("the function table of Go is damaged")
	}
	name := after(p.names, le.Uint32(fn[4:]))
	if n := bytes.IndexByte(name, 0); n >= 0 {
		name = name[:n]
	}
	f := function{string(name[:min(len(name), 4096)]), p.text + start, p.text + end}
	if m.section(f.start) == nil || f.start%4 != 0 {
		return fmt.Errorf("the function table of Go has %s outside of the code", f.name)
	}
	m.funcs = append(m.funcs, f)
	if d := le.Uint32(fn[12:]); d != 0 && d < f.end-f.start {
		m.entries = append(m.entries, f.start+d)
	}
	return nil
}

// textStart is the address of runtime.text. Go wrote it into the table until
// 1.25; later it is in the module data only, which since then has a section. Else
// it is where .text begins, unless C code stands before it.
func (m *image) textStart(inTable uint32) (uint32, error) {
	if inTable != 0 {
		return inTable, nil
	}
	const textOffset = 88 // of text in runtime.moduledata
	if s := m.elf.Section(".go.module"); s != nil {
		if b, err := s.Data(); err == nil && len(b) >= textOffset+4 {
			return le.Uint32(b[textOffset:]), nil
		}
	}
	if s := m.elf.Section(".text"); s != nil {
		return uint32(s.Addr), nil
	}
	return 0, errors.New("there is no .text")
}

// after is what follows the offset, nothing where that is outside.
func after(b []byte, offset uint32) []byte {
	if uint64(offset) > uint64(len(b)) {
		return nil
	}
	return b[offset:]
}
