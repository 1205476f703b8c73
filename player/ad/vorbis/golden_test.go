package vorbis_test

import (
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/playertest"
)

var update = flag.Bool("update", false, "write testdata/golden.txt anew")

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
	const golden = "testdata/golden.txt"
	var lines []string
	for _, name := range files(t) {
		samples, _ := trimmed(t, load(t, name))
		h := sha256.New()
		for _, s := range samples {
			h.Write(binary.LittleEndian.AppendUint32(nil, uint32(s)))
		}
		lines = append(lines, fmt.Sprintf("%x %d %s\n", h.Sum(nil), len(samples), filepath.Base(name)))
	}
	got := strings.Join(lines, "")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(load(t, golden)); got != want {
		t.Errorf("decoded\n%swant\n%s", got, want)
	}
}

func TestContract(t *testing.T) {
	for _, name := range files(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			d := open(t, load(t, name))
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
		d := open(f, load(f, name))
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
		d := open(f, load(f, name))
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
