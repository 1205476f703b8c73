package ubi

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
)

// Geometry is that of the flash.
type Geometry struct {
	Page  int // bytes
	Block int // bytes of an erase block
}

// LEB is the size of a logical block: what two headers of a page each leave.
func (g Geometry) LEB() int { return g.Block - 2*g.Page }

// Volume is a dynamic volume.
type Volume struct {
	Name    string
	Blocks  int    // logical ones that are set aside for it
	Content []byte // at its start
	Grow    bool   // take, at the first attach, what is left
}

const (
	version      = 1
	typeDynamic  = 1
	layoutID     = 0x7fffefff // the volume that holds the table
	layoutCopies = 2
	compatReject = 5 // for the table: who does not know it has to refuse
	maxVolumes   = 128
	recordSize   = 172
	flagGrow     = 1
)

// reserved are the blocks that UBI keeps for itself: the table twice, one for
// moving blocks and one for changing them at once.
const reserved = layoutCopies + 2

func sum(b []byte) uint32 { return ^crc32.ChecksumIEEE(b) }

// header is the one that every block begins with.
func (g Geometry) header(sequence uint32) []byte {
	h := make([]byte, 64)
	copy(h, "UBI#")
	h[4] = version
	be := binary.BigEndian
	be.PutUint64(h[8:], 0) // erases
	be.PutUint32(h[16:], uint32(g.Page))
	be.PutUint32(h[20:], uint32(2*g.Page))
	be.PutUint32(h[24:], sequence)
	be.PutUint32(h[60:], sum(h[:60]))
	return h
}

// place is where a block's data belongs.
type place struct {
	volume, block int
	compat        byte
	sequence      uint64 // when it was written
}

func (p place) header() []byte {
	h := make([]byte, 64)
	copy(h, "UBI!")
	h[4], h[5], h[7] = version, typeDynamic, p.compat
	be := binary.BigEndian
	be.PutUint32(h[8:], uint32(p.volume))
	be.PutUint32(h[12:], uint32(p.block))
	be.PutUint64(h[40:], p.sequence)
	be.PutUint32(h[60:], sum(h[:60]))
	return h
}

// table is the one of all volumes.
func (g Geometry) table(volumes []Volume) []byte {
	t := make([]byte, 0, maxVolumes*recordSize)
	for i := range min(maxVolumes, g.LEB()/recordSize) {
		r := make([]byte, recordSize)
		if i < len(volumes) {
			v := volumes[i]
			be := binary.BigEndian
			be.PutUint32(r[0:], uint32(v.Blocks))
			be.PutUint32(r[4:], 1) // alignment
			r[12] = typeDynamic
			be.PutUint16(r[14:], uint16(len(v.Name)))
			copy(r[16:], v.Name)
			if v.Grow {
				r[144] = flagGrow
			}
		}
		binary.BigEndian.PutUint32(r[168:], sum(r[:168]))
		t = append(t, r...)
	}
	return t
}

// fill is a block as erased flash has it, with parts at offsets.
func (g Geometry) fill(parts map[int][]byte) []byte {
	b := make([]byte, g.Block)
	for i := range b {
		b[i] = 0xff
	}
	for at, p := range parts {
		copy(b[at:], p)
	}
	return b
}

// Blocks returns count erase blocks that hold the volumes, those with data first
// and behind them empty ones. The sequence is a number that blocks of one image
// have in common. spare is how many have to stay without a volume, for blocks
// that go bad.
func Blocks(g Geometry, volumes []Volume, count, spare int, sequence uint32) ([][]byte, error) {
	if err := check(g, volumes, count, spare); err != nil {
		return nil, err
	}
	ec := g.header(sequence)
	var all [][]byte
	add := func(p place, data []byte) {
		p.sequence = uint64(len(all))
		all = append(all, g.fill(map[int][]byte{0: ec, g.Page: p.header(), 2 * g.Page: data}))
	}
	for i := range layoutCopies {
		add(place{volume: layoutID, block: i, compat: compatReject}, g.table(volumes))
	}
	for id, v := range volumes {
		for n := 0; n*g.LEB() < len(v.Content); n++ {
			add(place{volume: id, block: n}, v.Content[n*g.LEB():min((n+1)*g.LEB(), len(v.Content))])
		}
	}
	for len(all) < count {
		all = append(all, g.fill(map[int][]byte{0: ec}))
	}
	return all, nil
}

func check(g Geometry, volumes []Volume, count, spare int) error {
	if len(volumes) == 0 || len(volumes) > g.LEB()/recordSize || len(volumes) > maxVolumes {
		return fmt.Errorf("ubi: %d volumes", len(volumes))
	}
	need := reserved + spare
	growing := 0
	for _, v := range volumes {
		need += v.Blocks
		if len(v.Content) > v.Blocks*g.LEB() {
			return fmt.Errorf("ubi: volume %s: %d bytes do not fit into %d blocks of %d", v.Name, len(v.Content), v.Blocks, g.LEB())
		}
		if v.Name == "" || len(v.Name) > 127 || v.Blocks < 1 {
			return fmt.Errorf("ubi: volume %q of %d blocks", v.Name, v.Blocks)
		}
		if v.Grow {
			growing++
		}
	}
	if growing > 1 {
		return errors.New("ubi: only one volume can grow")
	}
	if need > count {
		return fmt.Errorf("ubi: %d blocks are needed, and there are %d", need, count)
	}
	return nil
}
