package mp4_test

import (
	"bytes"
	"cmp"
	"encoding/binary"
)

func u16(v int) []byte { return binary.BigEndian.AppendUint16(nil, uint16(v)) }
func u32(v int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(v)) }
func u64(v int) []byte { return binary.BigEndian.AppendUint64(nil, uint64(v)) }

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// box is one with a size of 32 bits.
func box(name string, body ...[]byte) []byte {
	b := join(body...)
	return join(u32(8+len(b)), []byte(name), b)
}

// full is a box with version and flags.
func full(name string, version, flags int, body ...[]byte) []byte {
	return box(name, u32(version<<24|flags), join(body...))
}

// A builder makes a file with one track of sound.
type builder struct {
	timescale int
	movie     int      // timescale of the film
	entry     []byte   // in stsd
	iso       int      // version of stsd
	samples   [][]byte // packets
	durations []int
	perChunk  int
	wide      bool     // co64, and mdat with a long size
	edits     [][2]int // lengths in the film's clock, starts in the track's
	extra     []byte   // boxes at the end of moov
	front     bool     // moov in front of mdat
	narrow    int      // stz2 with so many bits
	handler   string   // "soun" where it is ""
	more      []byte   // boxes at the end of stbl
	id        int      // 7 where it is 0
	language  int      // in mdhd
	down      int      // pixels that the track lies below the film's upper edge
	beside    []byte   // boxes at the end of trak
	inMedia   []byte   // and of mdia
}

// pcmEntry is a sound description of QuickTime, version 0.
func pcmEntry(form string, channels, bits, rate int) []byte {
	return box(form, make([]byte, 6), u16(1), make([]byte, 8), u16(channels), u16(bits), make([]byte, 4), u16(rate), u16(0))
}

// mp4a is the entry of AAC with the given AudioSpecificConfig.
func mp4a(config ...byte) []byte {
	setting := join([]byte{5, byte(len(config))}, config)
	decoder := join([]byte{4, byte(13 + len(setting)), 0x40, 0x15, 0, 0, 0}, u32(128000), u32(96000), setting)
	es := join([]byte{3, byte(3 + len(decoder)), 0, 0, 0}, decoder)
	e := pcmEntry("mp4a", 2, 16, 44100)
	return box("mp4a", e[8:], full("esds", 0, 0, es))
}

// tables are those of the index.
func (b *builder) tables(offset int) []byte {
	stts := u32(len(b.samples))
	for _, d := range b.durations {
		stts = join(stts, u32(1), u32(d))
	}
	stsz := join(u32(0), u32(len(b.samples)))
	narrow := join(u32(b.narrow), u32(len(b.samples)))
	for i, s := range b.samples {
		stsz = join(stsz, u32(len(s)))
		switch {
		case b.narrow == 16:
			narrow = join(narrow, u16(len(s)))
		case b.narrow == 8:
			narrow = append(narrow, byte(len(s)))
		case b.narrow == 4 && i%2 == 0:
			narrow = append(narrow, byte(len(s)<<4))
		case b.narrow == 4:
			narrow[len(narrow)-1] |= byte(len(s))
		}
	}
	chunks := (len(b.samples) + b.perChunk - 1) / b.perChunk
	stsc := join(u32(1), u32(1), u32(b.perChunk), u32(1))
	if last := len(b.samples) % b.perChunk; last != 0 {
		stsc = join(u32(2), stsc[4:], u32(chunks), u32(last), u32(1))
	}
	places := u32(chunks)
	for i, s := range b.samples {
		if i%b.perChunk == 0 && b.wide {
			places = join(places, u64(offset))
		} else if i%b.perChunk == 0 {
			places = join(places, u32(offset))
		}
		offset += len(s)
	}
	name := map[bool]string{false: "stco", true: "co64"}[b.wide]
	sizes := full("stsz", 0, 0, stsz)
	if b.narrow > 0 {
		sizes = full("stz2", 0, 0, narrow)
	}
	return join(full("stsd", b.iso, 0, u32(1), b.entry), full("stts", 0, 0, stts), full("stsc", 0, 0, stsc), sizes, full(name, 0, 0, places), b.more)
}

// trak is the track's box.
func (b *builder) trak(stbl []byte) []byte {
	var edts []byte
	if b.edits != nil {
		list := u32(len(b.edits))
		for _, e := range b.edits {
			list = join(list, u32(e[0]), u32(e[1]), u32(1<<16))
		}
		edts = box("edts", full("elst", 0, 0, list))
	}
	return box("trak", full("tkhd", 0, 3, make([]byte, 8), u32(cmp.Or(b.id, 7)), make([]byte, 52), u32(b.down<<16), make([]byte, 12)), edts, box("mdia",
		full("mdhd", 0, 0, make([]byte, 8), u32(b.timescale), u32(0), u32(b.language<<16)),
		full("hdlr", 0, 0, u32(0), []byte(cmp.Or(b.handler, "soun")), make([]byte, 13)),
		box("minf", box("stbl", stbl)), b.inMedia), b.beside)
}

func (b *builder) moov(offset int) []byte {
	return box("moov", full("mvhd", 0, 0, make([]byte, 8), u32(b.movie), make([]byte, 84)), b.trak(b.tables(offset)), b.extra)
}

// file is all of it.
func (b *builder) file() []byte {
	ftyp := box("ftyp", []byte("M4A \x00\x00\x00\x00"))
	data := join(b.samples...)
	mdat := box("mdat", data)
	if b.wide {
		mdat = join(u32(1), []byte("mdat"), u64(16+len(data)), data)
	}
	head := len(mdat) - len(data)
	if b.front {
		size := len(b.moov(0))
		return join(ftyp, b.moov(len(ftyp)+size+head), mdat)
	}
	return join(ftyp, mdat, b.moov(len(ftyp)+head))
}

// numbered are n packets of different sizes that begin with their number.
func numbered(n, size int) (all [][]byte) {
	for i := range n {
		all = append(all, append(u16(i), make([]byte, size+i%5)...))
	}
	return all
}

// aacTrack is a builder for n packets of AAC.
func aacTrack(n int) *builder {
	b := &builder{timescale: 44100, movie: 1000, entry: mp4a(0x12, 0x10), samples: numbered(n, 8), perChunk: 7}
	for range n {
		b.durations = append(b.durations, 1024)
	}
	return b
}

// filmTrack is a builder for n pictures, of which each fourth needs no other.
func filmTrack(n int) *builder {
	b := &builder{timescale: 25, movie: 1000, samples: numbered(n, 8), perChunk: 3, handler: "vide"}
	b.entry = box("mp4v", make([]byte, 24), u16(64), u16(48), make([]byte, 50), box("pasp", u32(4), u32(3)))
	shifts, syncs := u32(n), u32((n+3)/4)
	for i := range n {
		b.durations = append(b.durations, 1)
		shifts = join(shifts, u32(1), u32(1+i%2))
		if i%4 == 0 {
			syncs = join(syncs, u32(i+1))
		}
	}
	b.edits = [][2]int{{n * 40, 1}}
	b.more = join(full("ctts", 0, 0, shifts), full("stss", 0, 0, syncs))
	return b
}
