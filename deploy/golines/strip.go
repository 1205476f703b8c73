package golines

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"errors"
	"fmt"
)

// magic is that of the table since Go 1.20.
const magic = 0xfffffff1

// Where things are in a function's record (runtime._func), and its length
// without the offsets of its tables.
const (
	recordTables = 16 // pcsp, pcfile, pcln
	recordCount  = 28 // of the tables behind the record
	recordData   = 43 // how many offsets of data stand behind those
	recordSize   = 44
)

// What was inlined, among a function's tables and its data.
const (
	inlineTable = 2
	inlineData  = 3
)

// none is the offset of data that is not there.
const none = 0xffffffff

// ErrFormat is wrapped by errors about a table of another form than the
// runtime of Go 1.20 to 1.26 has.
var ErrFormat = errors.New("golines: not a table of functions that is known")

// Strip returns a copy of a linked program, an ELF file, without line numbers.
func Strip(program []byte) ([]byte, error) {
	f, err := elf.NewFile(bytes.NewReader(program))
	if err != nil {
		return nil, fmt.Errorf("golines: %w", err)
	}
	s := f.Section(".gopclntab")
	if s == nil {
		return nil, fmt.Errorf("%w: there is no .gopclntab", ErrFormat)
	}
	if s.Type != elf.SHT_PROGBITS || s.Offset > uint64(len(program)) || s.FileSize > uint64(len(program))-s.Offset {
		return nil, fmt.Errorf("%w: .gopclntab is not in the file", ErrFormat)
	}
	out := bytes.Clone(program)
	t, err := open(out[s.Offset:s.Offset+s.FileSize], f.ByteOrder)
	if err != nil {
		return nil, err
	}
	if err := t.describe(f, s, out); err != nil {
		return nil, err
	}
	if err := t.strip(); err != nil {
		return nil, err
	}
	return out, nil
}

// table is a table of functions, and its parts.
type table struct {
	order   binary.ByteOrder
	word    int    // of a pointer, in bytes
	count   int    // of functions
	units   []byte // what files each package has, and the files' names
	values  []byte // encoded tables by program counter, one behind the other
	records []byte // an index, and a record for each function
	data    []byte // of functions: maps of pointers, what was inlined
}

// open finds the parts (runtime.pcHeader).
func open(b []byte, order binary.ByteOrder) (*table, error) {
	if len(b) < 8 || order.Uint32(b) != magic || b[4] != 0 || b[5] != 0 || b[7] != 4 && b[7] != 8 {
		return nil, fmt.Errorf("%w: another magic number", ErrFormat)
	}
	var words [8]uint64 // functions, files, unused, and where the names, units, files, values and records are
	size := int(b[7])
	if len(b) < 8+len(words)*size {
		return nil, fmt.Errorf("%w: it is cut", ErrFormat)
	}
	for i := range words {
		if at := b[8+i*size:]; size == 4 {
			words[i] = uint64(order.Uint32(at))
		} else {
			words[i] = order.Uint64(at)
		}
	}
	count, units, values, records := words[0], words[4], words[6], words[7]
	if units > values || values > records || records > uint64(len(b)) || count > (uint64(len(b))-records)/8 {
		return nil, fmt.Errorf("%w: its parts are not in order", ErrFormat)
	}
	return &table{order: order, word: size, count: int(count), units: b[units:values], values: b[values:records], records: b[records:]}, nil
}

// strip has each function say that it has no table of files, none of lines, and
// that nothing was inlined into it; moves what is left together, and clears the
// rest.
func (t *table) strip() error {
	data := map[uint32]bool{} // where it begins, and whether it is still used
	p := packer{table: t, at: map[uint32]uint32{0: 0}, values: []byte{0}}
	for i := range t.count {
		r, err := t.record(i)
		if err != nil {
			return err
		}
		note(t.order, r, data)
		if err := p.add(r); err != nil {
			return err
		}
	}
	if err := p.done(); err != nil {
		return err
	}
	t.clearData(data)
	clear(t.units) // only the tables of files refer to them
	return nil
}

// record is a function's record, and the offsets of its tables and of its data.
type record struct{ fixed, tables, data []byte }

func (t *table) record(i int) (r record, err error) {
	at := uint64(t.order.Uint32(t.records[8*i+4:]))
	if at+recordSize > uint64(len(t.records)) {
		return r, fmt.Errorf("%w: function %d lies outside", ErrFormat, i)
	}
	rest := t.records[at:]
	tables, data := 4*uint64(t.order.Uint32(rest[recordCount:])), 4*uint64(rest[recordData])
	if recordSize+tables+data > uint64(len(rest)) {
		return r, fmt.Errorf("%w: function %d has tables outside", ErrFormat, i)
	}
	r.fixed, rest = rest[:recordSize], rest[recordSize:]
	r.tables, r.data = rest[:tables], rest[tables:tables+data]
	return r, nil
}
