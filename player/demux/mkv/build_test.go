package mkv_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/bits"
)

// el writes an element of these parts, with a size of 8 bytes.
func el(id uint32, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	b := binary.BigEndian.AppendUint64(ident(id), 1<<56|uint64(len(body)))
	return append(b, body...)
}

// unsized writes an element of unknown size.
func unsized(id uint32, parts ...[]byte) []byte {
	return append(append(ident(id), 0xff), bytes.Join(parts, nil)...)
}

func ident(id uint32) []byte {
	b := binary.BigEndian.AppendUint32(nil, id)
	return b[bits.LeadingZeros32(id)/8:]
}

func num(id uint32, v uint64) []byte { return el(id, binary.BigEndian.AppendUint64(nil, v)) }

func flt(id uint32, v float64) []byte { return num(id, math.Float64bits(v)) }

func str(id uint32, s string) []byte { return el(id, []byte(s)) }

// head is the EBML header.
func head(doctype string) []byte { return el(0x1a45dfa3, str(0x4282, doctype)) }

// trackEntry is a track of sound, with more in it.
func trackEntry(number uint64, codec string, rate float64, channels, depth uint64, more ...[]byte) []byte {
	audio := el(0xe1, flt(0xb5, rate), num(0x9f, channels), num(0x6264, depth))
	return el(0xae, append([][]byte{num(0xd7, number), num(0x83, 2), str(0x86, codec), audio}, more...)...)
}

// Lacing flags of a block.
const (
	laceNone  = 0
	laceXiph  = 1 << 1
	laceFixed = 2 << 1
	laceEBML  = 3 << 1
)

// blockBody is the body of a block of track 1.
func blockBody(rel int, lacing byte, frames ...[]byte) []byte {
	b := []byte{0x81, byte(rel >> 8), byte(rel), lacing}
	if lacing != laceNone {
		b = append(b, byte(len(frames)-1))
	}
	for i, f := range frames[:len(frames)-1] {
		switch n := len(f); {
		case lacing == laceXiph:
			b = append(append(b, bytes.Repeat([]byte{255}, n/255)...), byte(n%255))
		case lacing == laceEBML && i == 0:
			b = append(b, 0x40|byte(n>>8), byte(n))
		case lacing == laceEBML:
			v := n - len(frames[i-1]) + 0x1fff
			b = append(b, 0x40|byte(v>>8), byte(v))
		}
	}
	return append(b, bytes.Join(frames, nil)...)
}

func simple(rel int, lacing byte, frames ...[]byte) []byte {
	return el(0xa3, blockBody(rel, lacing, frames...))
}

func cluster(ms uint64, parts ...[]byte) []byte {
	return el(0x1f43b675, append([][]byte{num(0xe7, ms)}, parts...)...)
}

// counted is n frames of 16-bit mono PCM that count on from first.
func counted(first, n int) []byte {
	var b []byte
	for i := range n {
		b = binary.LittleEndian.AppendUint16(b, uint16(first+i))
	}
	return b
}

// file is a file of one track and these clusters.
func file(track []byte, clusters ...[]byte) []byte {
	return bytes.Join([][]byte{head("matroska"), el(0x18538067, el(0x1549a966, num(0x2ad7b1, 1000000)), el(0x1654ae6b, track), bytes.Join(clusters, nil))}, nil)
}

// pcmTrack is what the clusters of pcmClusters are of.
func pcmTrack(more ...[]byte) []byte { return trackEntry(1, "A_PCM/INT/LIT", 8000, 1, 16, more...) }

// pcmClusters are clusters of five packets of 800 frames, 100 ms, each.
func pcmClusters(n int) (all [][]byte) {
	for c := range n {
		var parts [][]byte
		for i := range 5 {
			parts = append(parts, simple(100*i, laceNone, counted(4000*c+800*i, 800)))
		}
		all = append(all, cluster(uint64(500*c), parts...))
	}
	return all
}
