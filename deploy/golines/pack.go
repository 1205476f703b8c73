package golines

import (
	"fmt"
	"slices"
)

// packer makes the tables of values and the records anew, those that are used
// behind each other: what a program touches lies close together, then, and less of
// it has to be read from flash.
type packer struct {
	*table
	at      map[uint32]uint32 // where each table of values is now
	values  []byte
	index   []uint32 // where each record is, from the start of the first
	records []byte
}

// add adds a function's record, without its tables at the end that are none.
func (p *packer) add(r record) error {
	fixed, tables, data := slices.Clone(r.fixed), slices.Clone(r.tables), slices.Clone(r.data)
	put := func(b []byte, at int, v uint32) { p.order.PutUint32(b[at:], v) }
	put(fixed, recordTables+4, 0)
	put(fixed, recordTables+8, 0)
	if len(tables) > 4*inlineTable {
		put(tables, 4*inlineTable, 0)
	}
	if len(data) > 4*inlineData {
		put(data, 4*inlineData, none)
	}
	for len(tables) > 0 && p.order.Uint32(tables[len(tables)-4:]) == 0 {
		tables = tables[:len(tables)-4]
	}
	for len(data) > 0 && p.order.Uint32(data[len(data)-4:]) == none {
		data = data[:len(data)-4]
	}
	put(fixed, recordCount, uint32(len(tables)/4))
	fixed[recordData] = byte(len(data) / 4)
	if err := p.move(fixed[recordTables:]); err != nil {
		return err
	}
	for at := 0; at < len(tables); at += 4 {
		if err := p.move(tables[at:]); err != nil {
			return err
		}
	}
	p.index = append(p.index, uint32(len(p.records)))
	p.records = slices.Concat(p.records, fixed, tables, data)
	for len(p.records)%p.word != 0 {
		p.records = append(p.records, 0)
	}
	return nil
}

// move has the offset of a table of values say where that is now.
func (p *packer) move(offset []byte) error {
	old := p.order.Uint32(offset)
	at, ok := p.at[old]
	if !ok {
		end, err := p.end(old)
		if err != nil {
			return err
		}
		at = uint32(len(p.values))
		p.at[old] = at
		p.values = append(p.values, p.table.values[old:end]...)
	}
	p.order.PutUint32(offset, at)
	return nil
}

// end is where an encoded table ends: pairs of numbers of 7 bits a byte, and a
// zero where the next pair would begin. Only the first pair may begin with one.
func (t *table) end(at uint32) (uint32, error) {
	for first := true; ; first = false {
		for half := range 2 {
			if half == 0 && !first && int(at) < len(t.values) && t.values[at] == 0 {
				return at + 1, nil
			}
			for more := true; more; at++ {
				if uint64(at) >= uint64(len(t.values)) {
					return 0, fmt.Errorf("%w: a table does not end", ErrFormat)
				}
				more = t.values[at]&0x80 != 0
			}
		}
	}
}

// done writes what was made over what was there.
func (p *packer) done() error {
	start := (8*p.count + 4 + p.word - 1) / p.word * p.word // behind the index
	if len(p.values) > len(p.table.values) || start+len(p.records) > len(p.table.records) {
		return fmt.Errorf("%w: its parts overlap", ErrFormat)
	}
	for i, at := range p.index {
		p.order.PutUint32(p.table.records[8*i+4:], uint32(start)+at)
	}
	clear(p.table.values[copy(p.table.values, p.values):])
	clear(p.table.records[start+copy(p.table.records[start:], p.records):])
	return nil
}
