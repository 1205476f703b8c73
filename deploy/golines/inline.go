package golines

import (
	"debug/elf"
	"encoding/binary"
	"fmt"
	"slices"
)

// Words of the description of a program (runtime.moduledata).
const (
	moduleTable   = 0  // where the table of functions is
	moduleRecords = 14 // the length of their index and records
	moduleFuncs   = 40 // where their data is
	moduleEnd     = 41 // the end of the table
)

// describe takes from the description of the program how long the records are,
// and where the functions' data is, which their records refer to by offsets.
func (t *table) describe(f *elf.File, section *elf.Section, program []byte) error {
	module := f.Section(".go.module")
	if module == nil {
		return fmt.Errorf("%w: there is no .go.module", ErrFormat)
	}
	b, err := module.Data()
	if err != nil {
		return fmt.Errorf("golines: %w", err)
	}
	word := func(i int) uint64 {
		if t.word == 4 {
			return uint64(t.order.Uint32(b[i*4:]))
		}
		return t.order.Uint64(b[i*8:])
	}
	if len(b) < (moduleEnd+1)*t.word || word(moduleTable) != section.Addr || word(moduleEnd) != section.Addr+section.Size ||
		word(moduleRecords) > uint64(len(t.records)) {
		return fmt.Errorf("%w: the program is described in another way", ErrFormat)
	}
	t.records = t.records[:word(moduleRecords)]
	if uint64(t.count) > uint64(len(t.records))/8 {
		return fmt.Errorf("%w: the index is cut", ErrFormat)
	}
	for _, s := range f.Sections {
		at := word(moduleFuncs) - s.Addr
		if s.Type == elf.SHT_PROGBITS && word(moduleFuncs) >= s.Addr && at < s.Size &&
			s.Offset < uint64(len(program)) && s.Size <= uint64(len(program))-s.Offset {
			t.data = program[s.Offset+at : s.Offset+s.Size]
			return nil
		}
	}
	return fmt.Errorf("%w: the functions' data is in no section", ErrFormat)
}

// note notes what data a function has, and whether that is still used.
func note(order binary.ByteOrder, r record, data map[uint32]bool) {
	for i := 0; i < len(r.data); i += 4 {
		if at := order.Uint32(r.data[i:]); at != none {
			data[at] = data[at] || i != 4*inlineData
		}
	}
}

// clearData clears what is not used any more, each up to where the next begins.
// What lies behind the last is not known, so that one stays.
func (t *table) clearData(data map[uint32]bool) {
	starts := make([]uint32, 0, len(data))
	for at := range data {
		starts = append(starts, at)
	}
	slices.Sort(starts)
	for i, at := range starts {
		if i+1 < len(starts) && !data[at] && uint64(starts[i+1]) <= uint64(len(t.data)) {
			clear(t.data[at:starts[i+1]])
		}
	}
}
