package flac_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/ad/flac"
	demux "linnet/player/demux/flac"
	"linnet/player/media"
	"linnet/player/playertest"
)

// open opens one of the files in testdata, which Debian's flac made.
func open(t *testing.T, name string) player.Demuxer {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := demux.New(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return d
}

func newDecoder(s media.Stream) (player.AudioDecoder, error) { return flac.New(s) }

func files(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("testdata/*.flac")
	if err != nil || len(all) == 0 {
		t.Fatalf("no files in testdata: %v", err)
	}
	return all
}

// The same bits on every machine, and those that the encoder was given: the
// sum in STREAMINFO is of them.
func TestGolden(t *testing.T) {
	var lines strings.Builder
	for _, name := range files(t) {
		d := open(t, name)
		dec, err := flac.New(d.Streams()[0])
		if err != nil {
			t.Fatal(err)
		}
		dec.Verify()
		samples, err := playertest.Samples(d, func(media.Stream) (player.AudioDecoder, error) { return dec, nil })
		if err == nil {
			err = dec.Verified()
		}
		if err != nil || len(samples) == 0 {
			t.Errorf("%s: %d samples, %v", name, len(samples), err)
		}
		lines.WriteString(playertest.GoldenLine(samples, filepath.Base(name)))
	}
	playertest.Golden(t, lines.String())
}

// Demuxer and decoder keep their contracts on what an encoder makes.
func TestContracts(t *testing.T) {
	for _, name := range files(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			playertest.Demuxer(t, func() player.Demuxer { return open(t, name) }, newDecoder)
			d := open(t, name)
			s := d.Streams()[0]
			playertest.AudioDecoder(t, func() player.AudioDecoder {
				dec, err := flac.New(s)
				if err != nil {
					t.Fatal(err)
				}
				return dec
			}, s.Audio, playertest.Packets(d, 24))
		})
	}
}
