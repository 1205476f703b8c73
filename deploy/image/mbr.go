package image

import (
	"encoding/binary"
	"fmt"
)

const (
	sector = 512
	mega   = 1 << 20
)

// Types of partitions.
const (
	typeLinux = 0x83
	typeFAT   = 0x0c // FAT, addressed by sector
)

// partition is an entry of the partition table; offset and size are in bytes.
type partition struct {
	kind         byte
	offset, size int64
}

// mbr is the first sector of a disk: a partition table and no program. Nobody
// addresses by cylinder any more, so those fields say "beyond".
func mbr(id uint32, parts []partition) ([]byte, error) {
	b := make([]byte, sector)
	binary.LittleEndian.PutUint32(b[440:], id)
	if len(parts) > 4 {
		return nil, fmt.Errorf("image: %d partitions: a partition table has room for 4", len(parts))
	}
	for i, p := range parts {
		if p.offset%sector != 0 || p.size%sector != 0 || (p.offset+p.size)/sector > 1<<32-1 {
			return nil, fmt.Errorf("image: partition %d at %d of %d bytes does not go into a partition table", i+1, p.offset, p.size)
		}
		e := b[446+16*i:]
		copy(e, []byte{0, 0xfe, 0xff, 0xff, p.kind, 0xfe, 0xff, 0xff})
		binary.LittleEndian.PutUint32(e[8:], uint32(p.offset/sector))
		binary.LittleEndian.PutUint32(e[12:], uint32(p.size/sector))
	}
	b[510], b[511] = 0x55, 0xaa
	return b, nil
}
