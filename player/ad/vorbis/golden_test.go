package vorbis_test

import (
	"path/filepath"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/playertest"
)

// files are those of the demuxer's tests and ours.
func files(t testing.TB) []string {
	t.Helper()
	var all []string
	for _, dir := range []string{"testdata", "../../demux/ogg/testdata"} {
		names, err := filepath.Glob(dir + "/*.ogg")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, names...)
	}
	if len(all) < 4 {
		t.Fatalf("only %q", all)
	}
	return all
}

// The decoder is integer arithmetic, so its output is the same on every
// machine, to the bit.
func TestGolden(t *testing.T) {
	var lines strings.Builder
	for _, name := range files(t) {
		samples, _ := playertest.Trimmed(t, open(t, playertest.File(t, name)), newDecoder)
		lines.WriteString(playertest.GoldenLine(samples, filepath.Base(name)))
	}
	playertest.Golden(t, lines.String())
}

func TestContract(t *testing.T) {
	for _, name := range files(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			d := open(t, playertest.File(t, name))
			s := d.Streams()[0]
			playertest.AudioDecoder(t, func() player.AudioDecoder {
				dec, err := newDecoder(s)
				if err != nil {
					t.Fatal(err)
				}
				return dec
			}, s.Audio, playertest.Packets(d, 60))
		})
	}
}

// FuzzPacket decodes anything as packets of real streams.
func FuzzPacket(f *testing.F) {
	names := files(f)
	var decoders []player.AudioDecoder
	for i, name := range names {
		d := open(f, playertest.File(f, name))
		dec, err := newDecoder(d.Streams()[0])
		if err != nil {
			f.Fatal(err)
		}
		decoders = append(decoders, dec)
		for _, p := range playertest.Packets(d, 3) {
			f.Add(byte(i), p.Data)
		}
	}
	f.Fuzz(func(t *testing.T, stream byte, data []byte) {
		dec := decoders[int(stream)%len(decoders)]
		decodeAny(t, dec, data)
	})
}

// FuzzSetup makes decoders of anything, and has them decode.
func FuzzSetup(f *testing.F) {
	for _, name := range files(f) {
		d := open(f, playertest.File(f, name))
		f.Add(d.Streams()[0].Config, playertest.Packets(d, 2)[1].Data)
	}
	f.Fuzz(func(t *testing.T, config, data []byte) {
		s := vorbisStream(config)
		dec, err := newDecoder(s)
		if err != nil {
			if !typed(err) {
				t.Fatal(err)
			}
			return
		}
		decodeAny(t, dec, data)
	})
}
