package armv4t

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

var le = binary.LittleEndian

// regionName is the section with the pads and thunks; farName is that of thunks
// which are too far away for it.
const (
	regionName = ".armv4t"
	farName    = ".armv4t.far"
)

// mark says what is known of a word of code.
type mark uint8

const (
	isCode mark = 1 << iota // control reaches it
	isData                  // code reads it, or a symbol calls it data
)

// A section is a piece of the program that can be executed.
type section struct {
	name  string
	addr  uint32
	bytes []byte // of the file
	marks []mark // one a word
}

func (s *section) end() uint32          { return s.addr + uint32(len(s.bytes)) }
func (s *section) word(a uint32) uint32 { return le.Uint32(s.bytes[a-s.addr:]) }

// An image is an executable, read.
type image struct {
	file     []byte
	elf      *elf.File
	sections []*section
	funcs    []function // by address
	entries  []uint32   // further words where control may begin
	data     []span     // what symbols say is data
}

type span struct{ start, end uint32 }

// parse reads a static ARM executable. file is kept.
func parse(file []byte) (*image, error) {
	f, err := elf.NewFile(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	switch {
	case f.Class != elf.ELFCLASS32 || f.Data != elf.ELFDATA2LSB || f.Machine != elf.EM_ARM:
		return nil, errors.New("not for little-endian 32-bit ARM")
	case f.Type != elf.ET_EXEC:
		return nil, fmt.Errorf("%v: only executables at a fixed address can be lowered", f.Type)
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			return nil, errors.New("it is linked dynamically: the libraries would not be lowered")
		}
	}
	m := &image{file: file, elf: f}
	if err := m.readSections(); err != nil {
		return nil, err
	}
	if err := m.readFunctions(); err != nil {
		return nil, err
	}
	return m, nil
}

// readSections collects what can be executed.
func (m *image) readSections() error {
	for _, s := range m.elf.Sections {
		if s.Flags&elf.SHF_EXECINSTR == 0 || s.Type != elf.SHT_PROGBITS || s.Size == 0 {
			continue
		}
		end := s.Offset + s.FileSize
		switch {
		case s.Flags&elf.SHF_COMPRESSED != 0 || end < s.Offset || end > uint64(len(m.file)):
			return fmt.Errorf("section %s lies outside the file", s.Name)
		case s.Addr%4 != 0 || s.Size%4 != 0 || s.Addr+s.Size > 1<<32-1<<16:
			return fmt.Errorf("section %s is not made of words", s.Name)
		}
		m.sections = append(m.sections, &section{
			name:  s.Name,
			addr:  uint32(s.Addr),
			bytes: m.file[s.Offset:end:end],
			marks: make([]mark, s.Size/4),
		})
	}
	slices.SortFunc(m.sections, func(a, b *section) int { return int(int64(a.addr) - int64(b.addr)) })
	for i := 1; i < len(m.sections); i++ {
		if m.sections[i].addr < m.sections[i-1].end() {
			return errors.New("sections overlap")
		}
	}
	if len(m.sections) == 0 {
		return errors.New("there is no section with code; is the section table stripped?")
	}
	return nil
}

// section finds the section of an address, nil where there is no code.
func (m *image) section(a uint32) *section {
	for _, s := range m.sections {
		if a >= s.addr && a < s.end() {
			return s
		}
	}
	return nil
}

// word reads a word of code; zero outside of it.
func (m *image) word(a uint32) uint32 {
	if s := m.section(a); s != nil && a%4 == 0 {
		return s.word(a)
	}
	return 0
}

// mark returns what is known of the word at a, nil where there is no code.
func (m *image) mark(a uint32) *mark {
	if s := m.section(a); s != nil {
		return &s.marks[(a-s.addr)/4]
	}
	return nil
}

// lowered is the section that an earlier pass has added, or nil.
func (m *image) lowered() *section {
	for _, s := range m.sections {
		if s.name == regionName {
			return s
		}
	}
	return nil
}
