package opus

import (
	"bytes"
	"errors"

	"linnet/player/media"
)

// harm is what is done to packets.
type harm struct {
	name string
	do   func(i int, data []byte) []byte
}

var (
	// lost loses packets, alone and several in sequence.
	lost = harm{"lost", func(i int, data []byte) []byte {
		if i%11 == 5 || i%40 > 33 {
			return nil
		}
		return data
	}}
	// damaged turns bits, but none that say what the packet is made up of.
	damaged = harm{"damaged", func(i int, data []byte) []byte {
		if data[0]&3 == 0 && i%3 == 1 {
			for at := 2 + i%7; at < len(data); at += 13 + i%29 {
				data[at] ^= 1 << (i % 8)
			}
		}
		return data
	}}
)

// apply gives the packets with the harm done.
func (h harm) apply(packets []media.Packet) ([]media.Packet, error) {
	if h.do == nil {
		return packets, nil
	}
	changed := false
	for i := range packets {
		data := h.do(i, bytes.Clone(packets[i].Data))
		changed = changed || !bytes.Equal(data, packets[i].Data)
		packets[i].Data = data
	}
	if !changed {
		return nil, errors.New("no packet was harmed")
	}
	return packets, nil
}
