package playertest

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"

	"linnet/player"
	"linnet/player/media"
)

// Packets reads up to max packets of d, each with data of its own, for
// AudioDecoder. It skips damage and stops where d does.
func Packets(d player.Demuxer, max int) []media.Packet {
	var all []media.Packet
	for len(all) < max {
		var p media.Packet
		err := d.ReadPacket(&p)
		if isDamage(err) {
			continue
		}
		if err != nil {
			break
		}
		p.Data = bytes.Clone(p.Data)
		all = append(all, p)
	}
	return all
}

// AudioDecoder checks a decoder on the packets of a stream without damage, a
// dozen or more. open makes a new one each time. The contract:
//
//   - Decode appends whole frames and leaves what dst holds alone, whatever
//     dst's capacity;
//   - it neither changes the packet's data nor keeps them;
//   - after Reset it decodes as a new decoder does;
//   - it allocates nothing when dst has room;
//   - damaged packets (cut, flipped, empty) give no other error than a
//     *media.FormatError, and leave a decoder that decodes on after Reset.
func AudioDecoder(t testing.TB, open func() player.AudioDecoder, format media.AudioFormat, packets []media.Packet) {
	t.Helper()
	if len(packets) == 0 {
		t.Errorf("no packets to decode")
		return
	}
	ref := decodeAll(t, open(), packets)
	if len(ref) == 0 || len(ref)%format.Channels != 0 {
		t.Errorf("%d packets decode to %d samples of %d channels", len(packets), len(ref), format.Channels)
		return
	}
	checkAppend(t, open(), packets, ref)
	checkReset(t, open(), packets, ref)
	checkRetention(t, open(), packets, ref)
	checkDamage(t, open(), format, packets, ref)
	checkDecodeAllocs(t, open(), packets, len(ref))
}

func decodeAll(t testing.TB, d player.AudioDecoder, packets []media.Packet) []int32 {
	t.Helper()
	var all []int32
	for i := range packets {
		before := bytes.Clone(packets[i].Data)
		var err error
		if all, err = d.Decode(all, &packets[i]); err != nil {
			t.Errorf("packet %d: %v", i, err)
		}
		if !bytes.Equal(before, packets[i].Data) {
			t.Errorf("packet %d: Decode changed the packet's data", i)
		}
	}
	return all
}

// checkAppend decodes each packet behind a mark, into storage that has no
// room, a little, or plenty.
func checkAppend(t testing.TB, d player.AudioDecoder, packets []media.Packet, ref []int32) {
	t.Helper()
	const mark = 0x5eed
	at := 0
	for i := range packets {
		dst := make([]int32, 2, 2+[]int{0, 3, 1 << 16}[i%3])
		dst[0], dst[1] = mark, ^mark
		got, _ := d.Decode(dst, &packets[i])
		if len(got) < 2 || got[0] != mark || got[1] != ^mark || dst[0] != mark || dst[1] != ^mark {
			t.Errorf("packet %d: Decode does not append: %d samples", i, len(got))
			return
		}
		n := len(got) - 2
		if at+n > len(ref) || !slices.Equal(got[2:], ref[at:at+n]) {
			t.Errorf("packet %d: other samples when appended", i)
			return
		}
		at += n
	}
	if at != len(ref) {
		t.Errorf("%d samples when appended, %d at first", at, len(ref))
	}
}

func checkReset(t testing.TB, d player.AudioDecoder, packets []media.Packet, ref []int32) {
	t.Helper()
	decodeAll(t, d, packets[:1+len(packets)/2])
	d.Reset()
	if i := differs(decodeAll(t, d, packets), ref); i >= 0 {
		t.Errorf("after Reset sample %d differs from a new decoder's", i)
	}
}

func checkRetention(t testing.TB, d player.AudioDecoder, packets []media.Packet, ref []int32) {
	t.Helper()
	var all []int32
	for _, p := range packets {
		p.Data = bytes.Clone(p.Data)
		all, _ = d.Decode(all, &p)
		fill(p.Data, 0x5a)
	}
	if !slices.Equal(all, ref) {
		t.Errorf("other samples when packets are overwritten after Decode")
	}
}

func checkDamage(t testing.TB, d player.AudioDecoder, format media.AudioFormat, packets []media.Packet, ref []int32) {
	t.Helper()
	var buf []int32
	random := uint32(1)
	for i := range packets {
		for _, p := range damaged(packets[i], &random) {
			var err error
			buf, err = d.Decode(buf[:0], &p)
			if err != nil && !isDamage(err) {
				t.Errorf("packet %d, damaged: %v, want a *media.FormatError", i, err)
			}
			if errors.Is(err, io.EOF) {
				t.Errorf("packet %d, damaged: the error is io.EOF", i)
			}
			if len(buf)%format.Channels != 0 {
				t.Errorf("packet %d, damaged: %d samples of %d channels", i, len(buf), format.Channels)
			}
		}
	}
	d.Reset()
	if i := differs(decodeAll(t, d, packets), ref); i >= 0 {
		t.Errorf("after damage and Reset sample %d differs from a new decoder's", i)
	}
}

// damaged are broken copies of p.
func damaged(p media.Packet, random *uint32) []media.Packet {
	var all []media.Packet
	for _, n := range []int{0, 1, 3, len(p.Data) / 2, len(p.Data) - 1} {
		c := p
		c.Data = bytes.Clone(p.Data[:min(max(n, 0), len(p.Data))])
		all = append(all, c)
	}
	for range 8 {
		c := p
		c.Data = bytes.Clone(p.Data)
		for range 1 + len(c.Data)/64 {
			*random = *random*1664525 + 1013904223
			if len(c.Data) > 0 {
				c.Data[int(*random>>8)%len(c.Data)] ^= 1 << (*random >> 5 & 7)
			}
		}
		all = append(all, c)
	}
	return all
}

func checkDecodeAllocs(t testing.TB, d player.AudioDecoder, packets []media.Packet, samples int) {
	t.Helper()
	dst := make([]int32, 0, samples+1<<14)
	i := 0
	next := func() {
		if _, err := d.Decode(dst, &packets[i%len(packets)]); err != nil && i < len(packets) {
			t.Errorf("packet %d: %v", i, err)
		}
		if i++; i%len(packets) == 0 {
			d.Reset()
		}
	}
	decode := func() {
		for range packets {
			next()
		}
	}
	decode()
	if n := testing.AllocsPerRun(5, decode); n > 0 {
		t.Errorf("Decode allocates %v times in %d packets", n, len(packets))
	}
}

// Blockwise returns a decoder that resets d in front of every block of so many
// bytes. So a demuxer's contract, which wants the same samples from wherever
// decoding begins, can be checked on a codec that does not give them: QuickTime's
// ADPCM.
func Blockwise(d player.AudioDecoder, block int) player.AudioDecoder { return &blockwise{d, block} }

type blockwise struct {
	player.AudioDecoder
	block int
}

func (b *blockwise) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	one := *p
	var err error
	for at := 0; at < len(p.Data) && err == nil; at += b.block {
		b.Reset()
		one.Data, one.Pos = p.Data[at:min(at+b.block, len(p.Data))], p.Pos+int64(at)
		dst, err = b.AudioDecoder.Decode(dst, &one)
	}
	return dst, err
}
