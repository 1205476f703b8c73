package armv4t

import (
	"debug/elf"
	"errors"
	"slices"
)

// Sizes and offsets of ELF32 structures, and of fields in them.
const (
	ehdrSize = 52
	phdrSize = 32
	shdrSize = 40

	ehPhoff    = 28
	ehShoff    = 32
	ehPhnum    = 44
	ehShnum    = 48
	ehShstrndx = 50

	page = 4096 // ARMv4T Linux has no other
)

// A place is where the region may go.
type place struct {
	addr, off uint32
	room      uint32
	segment   bool // a new one
}

// A part is bytes that go into a place, and the section that they are.
type part struct {
	place
	name  string
	bytes []byte
}

// rewrite puts the region into the program and branches to it.
func (m *image) rewrite(sites []site, sum *Summary) ([]byte, error) {
	probe, err := buildRegion(0, 0, sites)
	if err != nil {
		return nil, err
	}
	if probe.code.size() == headerSize { // all was done in place
		m.patch(probe)
		return m.file, nil
	}
	if err := m.checkTables(); err != nil {
		return nil, err
	}
	parts, r, err := m.placed(probe, sites)
	if err != nil {
		return nil, err
	}
	if parts == nil {
		if parts, r, err = m.apart(sites); err != nil {
			return nil, err
		}
	}
	if parts == nil {
		return nil, errors.New("there is no room for thunks, or for hops to them, within reach of the code")
	}
	m.patch(r)
	sum.Addr = parts[0].addr
	for _, p := range parts {
		sum.Bytes += len(p.bytes)
		sum.Segment = sum.Segment || p.segment
	}
	return m.insert(parts), nil
}

// placed looks for one place for everything; nil where there is none.
func (m *image) placed(probe *region, sites []site) ([]part, *region, error) {
	for _, p := range m.places() {
		if p.room < probe.code.size() || p.segment && !m.canAddSegment() {
			continue
		}
		r, err := buildRegion(p.addr, 0, sites)
		if err != nil {
			return nil, nil, err
		}
		if r.reaches(sites) {
			return []part{{p, regionName, r.code.bytes()}}, r, nil
		}
	}
	return nil, nil, nil
}

// apart puts hops and pads into padding, and the thunks into a segment anywhere:
// Go's .bss may be longer than a branch reaches, and there is little before it.
func (m *image) apart(sites []site) ([]part, *region, error) {
	if !m.canAddSegment() {
		return nil, nil, nil
	}
	places := m.places()
	for _, near := range places {
		for _, far := range places {
			if near.segment || !far.segment {
				continue
			}
			r, err := buildRegion(near.addr, far.addr, sites)
			if err != nil {
				return nil, nil, err
			}
			if near.room >= r.code.size() && far.room >= r.thunks.size() && r.reaches(sites) {
				return []part{{near, regionName, r.code.bytes()}, {far, farName, r.thunks.bytes()}}, r, nil
			}
		}
	}
	return nil, nil, nil
}

// patch writes the new words over the old.
func (m *image) patch(r *region) {
	for a, w := range r.patches {
		s := m.section(a)
		le.PutUint32(s.bytes[a-s.addr:], w)
	}
}

// places are where the region may go, best first: the padding after the code,
// which needs no segment and costs nothing; gaps between segments; the end; and, as
// no ARMv4T keeps anything readable from being executed, the padding after data that
// is not written.
func (m *image) places() []place {
	loads := m.loads()
	var all []place
	end := uint32(align(uint64(len(m.file)), page))
	for i, p := range loads {
		if p.Flags&elf.PF_X != 0 {
			if pl, ok := m.padding(i, loads); ok {
				all = append(all, pl)
			}
		}
	}
	for i, p := range loads {
		start := align(p.Vaddr+p.Memsz, page)
		if limit := gapEnd(i, loads); limit > start {
			all = append(all, place{uint32(start), end, uint32(limit - start), true})
		}
	}
	for i, p := range loads {
		if p.Flags&(elf.PF_X|elf.PF_W) == 0 {
			if pl, ok := m.padding(i, loads); ok {
				all = append(all, pl)
			}
		}
	}
	return all
}

// loads are the segments that are loaded, by address.
func (m *image) loads() []*elf.Prog {
	var l []*elf.Prog
	for _, p := range m.elf.Progs {
		if p.Type == elf.PT_LOAD {
			l = append(l, p)
		}
	}
	slices.SortStableFunc(l, func(a, b *elf.Prog) int { return int(int64(a.Vaddr) - int64(b.Vaddr)) })
	return l
}

// gapEnd is where the free addresses after a segment end: at the page in which
// the next begins, or where the kernel's half may begin.
func gapEnd(i int, loads []*elf.Prog) uint64 {
	if i+1 == len(loads) {
		return 0x7f000000
	}
	next := loads[i+1]
	return next.Vaddr &^ (max(next.Align, page) - 1)
}

// padding looks for zeros in the file and free addresses after a segment.
func (m *image) padding(i int, loads []*elf.Prog) (place, bool) {
	p := loads[i]
	if p.Filesz != p.Memsz {
		return place{}, false
	}
	fileEnd := p.Off + p.Filesz
	free := min(gapEnd(i, loads)-(p.Vaddr+p.Memsz), m.fileGap(fileEnd))
	pad := align(p.Vaddr+p.Memsz, 16) - (p.Vaddr + p.Memsz)
	if gapEnd(i, loads) < p.Vaddr+p.Memsz || free <= pad {
		return place{}, false
	}
	for _, b := range m.file[fileEnd : fileEnd+free] {
		if b != 0 {
			return place{}, false
		}
	}
	return place{uint32(p.Vaddr + p.Memsz + pad), uint32(fileEnd + pad), uint32(free - pad), false}, true
}

// fileGap is how much of the file from off on belongs to nothing. What ends with
// the file has none after it.
func (m *image) fileGap(off uint64) uint64 {
	gap := uint64(0)
	if off < uint64(len(m.file)) {
		gap = uint64(len(m.file)) - off
	}
	use := func(start, size uint64) {
		if size == 0 || start+size <= off {
			return
		}
		gap = min(gap, max(start, off)-off)
	}
	use(uint64(m.header(ehPhoff)), uint64(len(m.elf.Progs))*phdrSize)
	use(uint64(m.header(ehShoff)), uint64(len(m.elf.Sections))*shdrSize)
	for _, p := range m.elf.Progs {
		use(p.Off, p.Filesz)
	}
	for _, s := range m.elf.Sections {
		if s.Type != elf.SHT_NOBITS && s.Type != elf.SHT_NULL {
			use(s.Offset, s.FileSize)
		}
	}
	return gap
}

func (m *image) header(offset int) uint32 { return le.Uint32(m.file[offset:]) }

// insert adds the parts, their sections and, if need be, their segment.
func (m *image) insert(parts []part) []byte {
	for _, p := range parts {
		if p.segment {
			m.file = append(m.file, make([]byte, int(p.off)-len(m.file))...)
			m.file = append(m.file, p.bytes...)
		} else {
			copy(m.file[p.off:], p.bytes)
		}
	}
	m.addSections(parts)
	for _, p := range parts {
		if p.segment {
			m.addSegment(p.place, uint32(len(p.bytes)))
		} else {
			m.growSegment(p.place, uint32(len(p.bytes)))
		}
	}
	return m.file
}

// checkTables makes sure that the tables which addSections rewrites are in the
// file, as who only reads a program need not.
func (m *image) checkTables() error {
	size, off, n := uint64(len(m.file)), uint64(m.header(ehShoff)), uint64(len(m.elf.Sections))
	strings := uint64(le.Uint16(m.file[ehShstrndx:]))
	if uint64(le.Uint16(m.file[ehShnum:])) != n || strings >= n || off+n*shdrSize > size {
		return errors.New("its table of sections is not what its header says")
	}
	h := m.file[off+strings*shdrSize:]
	if uint64(le.Uint32(h[16:]))+uint64(le.Uint32(h[20:])) > size {
		return errors.New("the names of its sections are not in the file")
	}
	return nil
}

// addSections writes the section names and the section table anew, behind all
// the rest, with the sections of the parts.
func (m *image) addSections(parts []part) {
	old, n := m.header(ehShoff), uint32(len(m.elf.Sections))
	table := slices.Clone(m.file[old : old+n*shdrSize])
	clear(m.file[old : old+n*shdrSize])

	strings := table[uint32(le.Uint16(m.file[ehShstrndx:]))*shdrSize:]
	from, length := le.Uint32(strings[16:]), le.Uint32(strings[20:])
	names := slices.Clone(m.file[from : from+length])
	for _, p := range parts {
		table = appendWords(table, uint32(len(names)), uint32(elf.SHT_PROGBITS), uint32(elf.SHF_ALLOC|elf.SHF_EXECINSTR),
			p.addr, p.off, uint32(len(p.bytes)), 0, 0, 16, 0)
		names = append(names, p.name+"\x00"...)
	}
	m.pad()
	strings = table[uint32(le.Uint16(m.file[ehShstrndx:]))*shdrSize:]
	le.PutUint32(strings[16:], uint32(len(m.file)))
	le.PutUint32(strings[20:], uint32(len(names)))
	m.file = append(m.file, names...)
	m.pad()
	le.PutUint32(m.file[ehShoff:], uint32(len(m.file)))
	le.PutUint16(m.file[ehShnum:], uint16(n)+uint16(len(parts)))
	m.file = append(m.file, table...)
}

// pad makes the file's length a number of whole words.
func (m *image) pad() {
	m.file = append(m.file, make([]byte, align(uint64(len(m.file)), 4)-uint64(len(m.file)))...)
}

func appendWords(b []byte, words ...uint32) []byte {
	for _, w := range words {
		b = le.AppendUint32(b, w)
	}
	return b
}

// growSegment makes the segment before the region hold it, as code.
func (m *image) growSegment(p place, size uint32) {
	for i, g := range m.elf.Progs {
		if g.Type != elf.PT_LOAD || g.Flags&elf.PF_W != 0 || uint64(p.addr)-g.Vaddr != uint64(p.off)-g.Off ||
			align(g.Vaddr+g.Memsz, 16) != uint64(p.addr) {
			continue
		}
		h := m.phdr(i)
		le.PutUint32(h[16:], p.off+size-uint32(g.Off))
		le.PutUint32(h[20:], p.off+size-uint32(g.Off))
		le.PutUint32(h[24:], uint32(g.Flags|elf.PF_X))
	}
}

func (m *image) phdr(i int) []byte {
	return m.file[m.header(ehPhoff)+uint32(i)*phdrSize:][:phdrSize]
}

// canAddSegment reports whether the program header table can get an entry more:
// there is room behind it, as the section table, which Go's linker puts there,
// moves away, or it has a note that can go.
func (m *image) canAddSegment() bool { return m.roomForPhdr() || m.note() >= 0 }

func (m *image) roomForPhdr() bool {
	end := uint64(m.header(ehPhoff)) + uint64(len(m.elf.Progs))*phdrSize
	for _, s := range m.elf.Sections {
		if s.Type != elf.SHT_NULL && s.Type != elf.SHT_NOBITS && s.Offset < end+phdrSize && s.Offset+s.FileSize > end {
			return false
		}
	}
	for _, p := range m.elf.Progs {
		if p.Off >= end && p.Off < end+phdrSize && p.Filesz > 0 {
			return false
		}
	}
	return end+phdrSize <= uint64(len(m.file))
}

func (m *image) note() int {
	return slices.IndexFunc(m.elf.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_NOTE })
}

// addSegment writes the program header table with a segment more, which stands
// in the order of addresses, as the ELF specification asks for.
func (m *image) addSegment(p place, size uint32) {
	room := m.roomForPhdr()
	entry := appendWords(nil, uint32(elf.PT_LOAD), p.off, p.addr, p.addr, size, size, uint32(elf.PF_R|elf.PF_X), page)
	var table [][]byte
	at := 0
	for i, g := range m.elf.Progs {
		if !room && i == m.note() {
			continue
		}
		table = append(table, slices.Clone(m.phdr(i)))
		if g.Type == elf.PT_LOAD && g.Vaddr < uint64(p.addr) {
			at = len(table)
		}
		if g.Type == elf.PT_PHDR && room {
			le.PutUint32(table[len(table)-1][16:], uint32(g.Filesz)+phdrSize)
			le.PutUint32(table[len(table)-1][20:], uint32(g.Memsz)+phdrSize)
		}
	}
	table = slices.Insert(table, at, entry)
	copy(m.file[m.header(ehPhoff):], slices.Concat(table...))
	le.PutUint16(m.file[ehPhnum:], uint16(len(table)))
}

func align(n, to uint64) uint64 { return (n + to - 1) &^ (to - 1) }
