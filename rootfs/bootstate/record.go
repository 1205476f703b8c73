package bootstate

import (
	"encoding/binary"
	"hash/crc32"
)

// Size is that of a record in bytes; the rest of its page is ones.
const Size = 32

const magic = 0x53424e4c // "LNBS"

// Reason is why a system was left for the other one.
type Reason uint32

// The reasons.
const (
	None        Reason = iota
	Checksum           // its kernel was not as it was written
	Unconfirmed        // it was started as often as it might be and did not say that it runs
)

// Record is the choice. The zero Record is that of a flash without any, but for
// being confirmed.
type Record struct {
	Number    uint32 // counts records
	Slot      int    // 0 or 1
	Confirmed bool   // the system there has run as it should
	Tries     uint32 // how often it may be started without that
	Reason    Reason // why the other one is not it
}

// Default is what counts where no record is valid.
func Default() Record { return Record{Confirmed: true} }

// Bytes returns the record as it lies in the flash.
func (r Record) Bytes() []byte {
	b := make([]byte, Size)
	le := binary.LittleEndian
	le.PutUint32(b[0:], magic)
	le.PutUint32(b[4:], r.Number)
	le.PutUint32(b[8:], uint32(r.Slot))
	if r.Confirmed {
		le.PutUint32(b[12:], 1)
	}
	le.PutUint32(b[16:], r.Tries)
	le.PutUint32(b[20:], uint32(r.Reason))
	le.PutUint32(b[28:], crc32.ChecksumIEEE(b[:28]))
	return b
}

// Parse reads a record at the start of a page; false: there is none.
func Parse(page []byte) (Record, bool) {
	le := binary.LittleEndian
	if len(page) < Size || le.Uint32(page) != magic || le.Uint32(page[28:]) != crc32.ChecksumIEEE(page[:28]) || le.Uint32(page[8:]) > 1 {
		return Record{}, false
	}
	return Record{
		Number: le.Uint32(page[4:]), Slot: int(le.Uint32(page[8:])), Confirmed: le.Uint32(page[12:]) != 0,
		Tries: le.Uint32(page[16:]), Reason: Reason(le.Uint32(page[20:])),
	}, true
}
