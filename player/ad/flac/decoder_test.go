package flac

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"linnet/player"
	"linnet/player/internal/flac"
	"linnet/player/internal/flac/flactest"
	"linnet/player/media"
	"linnet/player/playertest"
)

var (
	_ player.AudioDecoder = (*Decoder)(nil)
	_ player.Verifier     = (*Decoder)(nil)
)

func streamOf(info flac.StreamInfo) media.Stream {
	return media.Stream{Kind: media.Audio, Codec: media.FLAC, Config: info.Append(nil),
		Audio: media.AudioFormat{Rate: info.Rate, Channels: info.Channels, Bits: info.Bits}}
}

func newDecoder(t testing.TB, info flac.StreamInfo) *Decoder {
	t.Helper()
	d, err := New(streamOf(info))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func infoOf(channels, bits int) flac.StreamInfo {
	return flac.StreamInfo{MinBlock: 16, MaxBlock: 4096, Rate: 44100, Channels: channels, Bits: bits}
}

// blockSizes include the shortest and sizes with many and with no partitions.
var blockSizes = []int{1, 2, 3, 16, 31, 64, 192, 256, 725}

// Whatever can be coded, by whatever plan, comes out as it went in: every
// width from 4 to 32 bits, every number of channels, every way of stereo, all
// kinds and orders of subframe, with wasted bits and without.
func TestAllThatCanBeCoded(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for bits := 4; bits <= 32; bits++ {
		for channels := 1; channels <= 8; channels++ {
			d := newDecoder(t, infoOf(channels, bits))
			rounds := 2
			if channels == 2 {
				rounds = 8
			}
			for round := range rounds {
				h := flac.Header{BlockSize: blockSizes[r.IntN(len(blockSizes))], Rate: 44100, Channels: channels, Bits: bits}
				if channels == 2 {
					h.Stereo = flac.Stereo(round % 4)
				}
				wasted := max(0, r.IntN(bits+8)-8)
				sound := flactest.Sound(r, channels, h.BlockSize, bits, wasted, round)
				frame := flactest.FrameWithout(h, sound, func(int) flactest.Plan {
					return flactest.RandomPlan(r, h.BlockSize, wasted)
				})
				name := fmt.Sprintf("%d bits, %d wasted, %d channels, stereo %d, block %d", bits, wasted, channels, h.Stereo, h.BlockSize)
				check(t, name, d, frame, flactest.Interleave(sound, bits))
			}
		}
	}
}

func check(t *testing.T, name string, d *Decoder, frame []byte, want []int32) {
	t.Helper()
	got, err := d.Decode(nil, &media.Packet{Data: frame})
	if err != nil {
		t.Errorf("%s: %v", name, err)
	} else if !slices.Equal(got, want) {
		i := 0
		for i < len(want) && i < len(got) && got[i] == want[i] {
			i++
		}
		t.Errorf("%s: %d samples, want %d; sample %d differs", name, len(got), len(want), i)
	}
}

// The largest blocks and the finest partitions: 65535 samples, and 32768 of
// them with a Rice parameter each.
func TestLargestBlocks(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	d := newDecoder(t, infoOf(2, 16))
	for _, n := range []int{65535, 32768} {
		h := flac.Header{BlockSize: n, Rate: 44100, Channels: 2, Bits: 16, Stereo: flac.MidSide}
		sound := flactest.Sound(r, 2, n, 16, 0, 1)
		plan := flactest.Plan{Kind: flactest.Fixed, Params: []int{9}}
		if n == 32768 {
			plan.Partition, plan.Params = 15, make([]int, 32768)
			for i := range plan.Params {
				plan.Params[i] = r.IntN(15)
			}
		}
		check(t, fmt.Sprint(n), d, flactest.Frame(h, sound, func(int) flactest.Plan { return plan }), flactest.Interleave(sound, 16))
	}
}

// Side channels of 33 bits: the loudest there can be, in each kind of
// subframe.
func TestWidestSide(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	const low, high = -1 << 31, 1<<31 - 1
	d := newDecoder(t, infoOf(2, 32))
	plans := map[string]flactest.Plan{
		"constant": {Kind: flactest.Constant},
		"verbatim": {Kind: flactest.Verbatim},
		"fixed":    {Kind: flactest.Fixed, Order: 1, Wide: true, Params: []int{28}},
		"lpc":      {Kind: flactest.LPC, Order: 1, Coefs: []int64{16383}, Precision: 15, Shift: 14, Wide: true, Params: []int{28}},
		"wasted":   {Kind: flactest.Verbatim, Wasted: 1},
	}
	for name, plan := range plans {
		for _, how := range []flac.Stereo{flac.LeftSide, flac.SideRight, flac.MidSide} {
			sound := [][]int64{make([]int64, 64), make([]int64, 64)}
			for i := range sound[0] {
				sound[0][i], sound[1][i] = high-r.Int64N(9), low+r.Int64N(9)
				if name == "constant" {
					sound[0][i], sound[1][i] = low, high
				}
				if name == "wasted" {
					sound[0][i], sound[1][i] = low, high-1-r.Int64N(4)*2
				}
			}
			h := flac.Header{BlockSize: 64, Rate: 44100, Channels: 2, Bits: 32, Stereo: how}
			check(t, fmt.Sprint(name, how), d, flactest.Frame(h, sound, func(int) flactest.Plan { return plan }), flactest.Interleave(sound, 32))
		}
	}
}

// packets are frames of stereo whose like encoders make.
func packets(t testing.TB, n int) ([]media.Packet, flac.StreamInfo) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 8))
	var all []media.Packet
	for i := range n {
		h := flac.Header{BlockSize: 576, Rate: 44100, Channels: 2, Bits: 16, Number: int64(i), Stereo: flac.Stereo(i % 4)}
		sound := flactest.Sound(r, 2, h.BlockSize, 16, 0, 1+i%2)
		all = append(all, media.Packet{PTS: int64(i * h.BlockSize), Key: true,
			Data: flactest.Frame(h, sound, func(int) flactest.Plan { return flactest.RandomPlan(r, h.BlockSize, 0) })})
	}
	return all, infoOf(2, 16)
}

func TestContract(t *testing.T) {
	all, info := packets(t, 24)
	open := func() player.AudioDecoder { return newDecoder(t, info) }
	playertest.AudioDecoder(t, open, streamOf(info).Audio, all)
}

// Verifying costs no allocation a frame either.
func TestNoAllocations(t *testing.T) {
	all, info := packets(t, 24)
	info.MD5[0] = 1
	d := newDecoder(t, info)
	var dst []int32
	d.Verify()
	run := func() {
		for i := range all {
			dst, _ = d.Decode(dst[:0], &all[i])
		}
	}
	run()
	if n := testing.AllocsPerRun(5, run); n > 0 {
		t.Errorf("%v allocations in %d frames", n, len(all))
	}
}

// What is behind the frame in its packet is ignored, and a packet that was
// checked is not checked again.
func TestEndOfFrame(t *testing.T) {
	all, info := packets(t, 1)
	d := newDecoder(t, info)
	p := all[0]
	want, _ := d.Decode(nil, &p)
	p.Data = append(p.Data, "and more"...)
	if got, err := d.Decode(nil, &p); err != nil || !slices.Equal(got, want) {
		t.Errorf("with more behind it: %v", err)
	}
	p = all[0]
	p.Data[len(p.Data)-1] ^= 1
	if _, err := d.Decode(nil, &p); err == nil {
		t.Error("a wrong CRC-16 is not noticed")
	}
	p.Checked = true
	if got, err := d.Decode(nil, &p); err != nil || !slices.Equal(got, want) {
		t.Errorf("checked: %v", err)
	}
}

func TestNew(t *testing.T) {
	for name, s := range map[string]media.Stream{
		"codec":    {Codec: media.MP3, Audio: media.AudioFormat{Rate: 44100, Channels: 2}},
		"channels": {Codec: media.FLAC, Audio: media.AudioFormat{Rate: 44100, Channels: 9}},
		"config":   {Codec: media.FLAC, Config: []byte{1, 2, 3}, Audio: media.AudioFormat{Rate: 44100, Channels: 2}},
	} {
		_, err := New(s)
		var u *media.UnsupportedError
		var f *media.FormatError
		if !errors.As(err, &u) && !errors.As(err, &f) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
