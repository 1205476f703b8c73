package flac

import (
	"crypto/md5"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"linnet/player/internal/flac"
	"linnet/player/internal/flac/flactest"
	"linnet/player/media"
)

func silent(s []int32) bool {
	return !slices.ContainsFunc(s, func(v int32) bool { return v != 0 })
}

// Every single wrong bit is noticed, and the frame becomes silence: of its own
// length, or where the header is hit of that of the frame before.
func TestEveryWrongBit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	h := flac.Header{BlockSize: 64, Rate: 44100, Channels: 2, Bits: 16, Stereo: flac.MidSide}
	sound := flactest.Sound(r, 2, 64, 16, 0, 1)
	good := flactest.Frame(h, sound, func(int) flactest.Plan {
		return flactest.Plan{Kind: flactest.Fixed, Order: 2, Partition: 2, Params: []int{9}}
	})
	d := newDecoder(t, infoOf(2, 16))
	var dst []int32
	for bit := range 8 * len(good) {
		bad := slices.Clone(good)
		bad[bit/8] ^= 0x80 >> (bit % 8)
		d.Decode(nil, &media.Packet{Data: good})
		var err error
		dst, err = d.Decode(dst[:0], &media.Packet{Data: bad, Pos: 77})
		var f *media.FormatError
		if !errors.As(err, &f) || f.Offset != 77 || f.Stage != "ad/flac" {
			t.Fatalf("bit %d: %v", bit, err)
		}
		if len(dst) != 128 || !silent(dst) {
			t.Fatalf("bit %d: %d samples", bit, len(dst))
		}
	}
	for n := range good {
		if dst, err := d.Decode(nil, &media.Packet{Data: good[:n]}); err == nil || len(dst) != 128 {
			t.Fatalf("%d of %d bytes: %d samples, %v", n, len(good), len(dst), err)
		}
	}
}

// What the format does not allow is refused by name, though the checksums are
// right.
func TestForbidden(t *testing.T) {
	h := flac.Header{BlockSize: 16, Rate: 44100, Channels: 1, Bits: 16}
	for want, bits := range map[string]string{
		"does not begin with a zero":    "1 000000 0",
		"reserved type":                 "0 000010 0",
		"reserved type ":                "0 001101 0",
		"all bits of a subframe":        "0 000000 1 0000000000000001",
		"reserved coding":               "0 001000 0 10",
		"partitions do not fit":         "0 001000 0 00 0101",
		"partitions do not fit ":        "0 001010 0" + strings.Repeat("0", 32) + "00 0100",
		"predictor is longer":           "0 110000 0",
		"reserved precision":            "0 100000 0" + strings.Repeat("0", 16) + "1111",
		"shift is negative":             "0 100000 0" + strings.Repeat("0", 16) + "0001 10000",
		"cut off":                       "0 000001 0 1",
		"another number of channels":    "channels",
		"how many bits a sample has":    "bits",
		"no frame header":               "header",
		"the frame is cut off":          "0 001000 0 00 0000 0000",
		"the frame's checksum is wrong": "0 000000 0 0000000000000000",
	} {
		d := newDecoder(t, infoOf(1, 16))
		head := h
		switch bits {
		case "channels":
			head.Channels = 2
		case "bits":
			d, _ = New(media.Stream{Codec: media.FLAC, Audio: media.AudioFormat{Rate: 44100, Channels: 1}})
			head.Bits = 0
		}
		b := flactest.AppendHeader(nil, head)
		if bits == "header" {
			b[0] = 0
		}
		n := 0
		for _, c := range bits {
			if c != '0' && c != '1' {
				continue
			}
			if n%8 == 0 {
				b = append(b, 0)
			}
			b[len(b)-1] |= byte(c-'0') << (7 - n%8)
			n++
		}
		if !strings.Contains(want, "cut off") {
			b = append(b, 0, 0)
		}
		_, err := d.Decode(nil, &media.Packet{Data: b})
		if err == nil || !strings.Contains(err.Error(), strings.TrimSpace(want)) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// A sum that agrees, one that does not, and sound that cannot be judged.
func TestVerify(t *testing.T) {
	all, info := packets(t, 6)
	var sum [16]byte
	h := md5.New()
	d := newDecoder(t, info)
	for i := range all {
		out, _ := d.Decode(nil, &all[i])
		for _, v := range out {
			h.Write([]byte{byte(v >> 16), byte(v >> 24)})
		}
	}
	copy(sum[:], h.Sum(nil))
	run := func(md5 [16]byte, from int, change func(d *Decoder)) error {
		info.MD5 = md5
		d := newDecoder(t, info)
		d.Verify()
		for i := range all[from:] {
			if i == 2 {
				change(d)
			}
			d.Decode(nil, &all[from+i])
		}
		return d.Verified()
	}
	none := func(*Decoder) {}
	if err := run(sum, 0, none); err != nil {
		t.Error(err)
	}
	if err := run([16]byte{}, 0, none); err != nil {
		t.Errorf("no sum: %v", err)
	}
	if err := run(sum, 0, func(d *Decoder) { d.Reset() }); err != nil {
		t.Errorf("Reset: %v", err)
	}
	if err := run(sum, 0, func(d *Decoder) { d.Decode(nil, &media.Packet{}) }); err != nil {
		t.Errorf("damage, already reported: %v", err)
	}
	var f *media.FormatError
	if err := run(sum, 1, none); !errors.As(err, &f) {
		t.Errorf("a frame is missing: %v", err)
	}
	sum[3]++
	if err := run(sum, 0, none); !errors.As(err, &f) {
		t.Errorf("a wrong sum: %v", err)
	}
}

// The sum is over whole bytes, as many as a sample needs.
func TestVerifyWidths(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for _, bits := range []int{4, 8, 9, 16, 20, 24, 25, 32} {
		sound := flactest.Sound(r, 3, 16, bits, 0, 2)
		var raw []byte
		for i := range sound[0] {
			for ch := range sound {
				for n := 0; n < bits; n += 8 {
					raw = append(raw, byte(sound[ch][i]>>n))
				}
			}
		}
		info := infoOf(3, bits)
		info.MD5 = md5.Sum(raw)
		d := newDecoder(t, info)
		d.Verify()
		h := flac.Header{BlockSize: 16, Rate: 44100, Channels: 3, Bits: bits}
		d.Decode(nil, &media.Packet{Data: flactest.FrameWithout(h, sound, func(int) flactest.Plan { return flactest.Plan{Kind: flactest.Verbatim} })})
		if err := d.Verified(); err != nil {
			t.Errorf("%d bits: %v", bits, err)
		}
	}
}

// FuzzDecode feeds the decoder what a frame is not. It must not panic, must
// give whole frames, no more than a block can have, and decode a good frame
// afterwards.
func FuzzDecode(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	good, info := packets(f, 1)
	want, _ := newDecoder(f, info).Decode(nil, &good[0])
	for i, bits := range []int{8, 16, 24, 32} {
		h := flac.Header{BlockSize: 192, Rate: 44100, Channels: 2, Bits: bits, Stereo: flac.Stereo(i)}
		f.Add(flactest.Frame(h, flactest.Sound(r, 2, 192, bits, 0, 1), func(int) flactest.Plan { return flactest.RandomPlan(r, 192, 0) }), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, mend bool) {
		if h, ok := flac.ParseHeader(data); ok && mend && len(data) > h.Size+2 {
			// With a right checksum what is behind the parser is reached.
			crc := flac.CRC16(0, data[:len(data)-2])
			data = append(slices.Clone(data[:len(data)-2]), byte(crc>>8), byte(crc))
		}
		d := newDecoder(t, info)
		out, err := d.Decode(nil, &media.Packet{Data: data, Checked: mend})
		var fe *media.FormatError
		if err != nil && !errors.As(err, &fe) {
			t.Fatalf("untyped error %v", err)
		}
		if len(out)%2 != 0 || len(out) > 2*flac.MaxBlock {
			t.Fatalf("%d samples", len(out))
		}
		if got, err := d.Decode(nil, &good[0]); err != nil || !slices.Equal(got, want) {
			t.Fatalf("a good frame afterwards: %v", err)
		}
	})
}
