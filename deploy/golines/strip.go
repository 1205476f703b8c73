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
	recordSize   = 44
)

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
	if err := t.strip(); err != nil {
		return nil, err
	}
	return out, nil
}

// table is a table of functions, and its parts.
type table struct {
	order   binary.ByteOrder
	count   int    // of functions
	units   []byte // what files each package has, and the files' names
	values  []byte // encoded tables by program counter, one behind the other
	records []byte // an index, and a record for each function
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
	return &table{order: order, count: int(count), units: b[units:values], values: b[values:records], records: b[records:]}, nil
}

// strip has each function say that it has no table of files and none of lines,
// and clears what then nothing refers to.
func (t *table) strip() error {
	used := make([]bool, len(t.values))
	for i := range t.count {
		r, err := t.record(i)
		if err != nil {
			return err
		}
		t.order.PutUint32(r[recordTables+4:], 0)
		t.order.PutUint32(r[recordTables+8:], 0)
		if err := t.mark(used, t.order.Uint32(r[recordTables:])); err != nil {
			return err
		}
		for at := recordSize; at < len(r); at += 4 {
			if err := t.mark(used, t.order.Uint32(r[at:])); err != nil {
				return err
			}
		}
	}
	for i := range t.values {
		if !used[i] {
			t.values[i] = 0
		}
	}
	clear(t.units) // only the tables of files refer to them
	return nil
}

// record is a function's record with the offsets of its tables.
func (t *table) record(i int) ([]byte, error) {
	at := uint64(t.order.Uint32(t.records[8*i+4:]))
	if at+recordSize > uint64(len(t.records)) {
		return nil, fmt.Errorf("%w: function %d lies outside", ErrFormat, i)
	}
	r := t.records[at:]
	end := recordSize + 4*uint64(t.order.Uint32(r[recordCount:]))
	if end > uint64(len(r)) {
		return nil, fmt.Errorf("%w: function %d has tables outside", ErrFormat, i)
	}
	return r[:end], nil
}

// mark marks an encoded table: pairs of numbers of 7 bits a byte, and a zero
// where the next pair would begin. Only the first pair may begin with one.
func (t *table) mark(used []bool, at uint32) error {
	if at == 0 {
		return nil // none
	}
	for first := true; ; first = false {
		for half := range 2 {
			if half == 0 && !first && int(at) < len(t.values) && t.values[at] == 0 {
				used[at] = true
				return nil
			}
			for more := true; more; at++ {
				if uint64(at) >= uint64(len(t.values)) {
					return fmt.Errorf("%w: a table does not end", ErrFormat)
				}
				used[at] = true
				more = t.values[at]&0x80 != 0
			}
		}
	}
}
