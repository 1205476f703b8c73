package mpa

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/ad/mp3"
	"linnet/player/conform/internal/compare"
	"linnet/player/conform/internal/suite"
	mpademux "linnet/player/demux/mpa"
	"linnet/player/media"
	"linnet/player/playertest"
)

func vectorDir() string { return suite.Dir("", folder) }

// TestVectors is what the command does.
func TestVectors(t *testing.T) {
	files, missing := vectorFiles(vectorDir())
	if len(files) == 0 {
		t.Skipf("no vectors in %s; set LINNET_VECTORS to a folder that holds mpa/", vectorDir())
	}
	if len(missing) > 0 {
		t.Logf("missing: %s", strings.Join(missing, ", "))
	}
	for _, f := range files {
		t.Run(vectorName(f), func(t *testing.T) {
			if r := checkVector(f); !r.OK {
				t.Errorf("RMS %g, peak %g: %s", r.RMS, r.Peak, r.Verdict)
			}
		})
	}
}

// TestGenerated makes and checks some of the streams that stand in for
// missing vectors, and all of them when the vectors are missing.
func TestGenerated(t *testing.T) {
	if lacking := lackingTools(); len(lacking) > 0 {
		t.Skipf("not installed: %s", strings.Join(lacking, ", "))
	}
	files, _ := vectorFiles(vectorDir())
	dir := t.TempDir()
	for i, c := range recipes() {
		if len(files) > 0 && i%7 != 0 {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			if r := c.check(dir); !r.OK {
				t.Errorf("RMS %g, peak %g: %s", r.RMS, r.Peak, r.Verdict)
			}
		})
	}
}

// The demuxer keeps its contract together with the decoder: from any seek
// on, the samples are those of decoding straight through.
func TestSeeking(t *testing.T) {
	if lacking := lackingTools(); len(lacking) > 0 {
		t.Skipf("not installed: %s", strings.Join(lacking, ", "))
	}
	dir := t.TempDir()
	for _, c := range []recipe{
		{"VBR", "lame", 44100, 2, "--resample %r -V 2", byFFmpeg},
		{"reservoir", "lame", 44100, 2, "--resample %r -b 32 -m s", byFFmpeg},
		{"smallest frames", "lame", 8000, 1, "--resample %r -b 8 -m m", byFFmpeg},
		{"free format", "lame", 44100, 2, "--resample %r --freeformat -b 400", byLAME},
		{"Layer II", "twolame", 48000, 2, "-b 192 -m j -p", byFFmpeg},
	} {
		wav, stream := filepath.Join(dir, "in.wav"), filepath.Join(dir, "stream")
		if err := writeWAV(wav, c.rate, c.channels); err != nil {
			t.Fatal(err)
		}
		if err := c.encode(wav, stream); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(stream)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(c.name, func(t *testing.T) { checkContract(t, b) })
	}
}

func checkContract(t *testing.T, b []byte) {
	t.Helper()
	open := func() player.Demuxer {
		d, err := mpademux.New(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	playertest.Demuxer(t, open, func(s media.Stream) (player.AudioDecoder, error) { return mp3.New(s) })
}

// The same with the reference streams that are whole.
func TestSeekingInVectors(t *testing.T) {
	dir := vectorDir()
	tried := 0
	for _, name := range []string{"l1-fl1", "l2-fl10", "l3-he_32khz", "l3-he_free", "l3-hecommon", "M2L3_bitrate_24_all",
		"l3-nonstandard-sin1k0db_lame_vbrtag"} {
		b, err := os.ReadFile(filepath.Join(dir, name+".bit"))
		if err != nil {
			continue
		}
		tried++
		t.Run(name, func(t *testing.T) { checkContract(t, b) })
	}
	if tried == 0 {
		t.Skipf("no vectors in %s", dir)
	}
}

func TestKnownNames(t *testing.T) {
	names := knownNames()
	seen := map[string]bool{}
	for _, n := range names {
		if seen[n] {
			t.Errorf("%s twice", n)
		}
		seen[n] = true
	}
	for _, n := range []string{"ILL2_center2", "ILL4_sync", "M2L3_noise", "l1-fl1", "l3-he_free", "l3-nonstandard-big-iscf"} {
		if !seen[n] {
			t.Errorf("%s is not among them", n)
		}
	}
}

// What is wrong must fail, and what is known to be so with a vector must not.
func TestVerdicts(t *testing.T) {
	piece := compare.Piece{Samples: []int32{1 << 20, 2 << 20, 3 << 20, 4 << 20}, Channels: 1, Coded: 1}
	d := &decoded{pieces: []compare.Piece{piece, piece}}
	right := []int16{16, 32, 48, 64, 16, 32, 48, 64}
	wrong := append([]int16{99}, right[1:]...)
	damaged := &decoded{pieces: d.pieces, damaged: 1}
	for _, c := range []struct {
		name string
		d    *decoded
		ref  []int16
		is   trait
		ok   bool
	}{
		{"right", d, right, trait{}, true},
		{"wrong", d, wrong, trait{}, false},
		{"a frame early", d, right[:4], trait{}, true},
		{"two frames early", d, right[:0], trait{}, false},
		{"long reference", d, append(right, 1, 2), trait{}, false},
		{"long reference, known", d, append(right, 1, 2), trait{longRef: true}, true},
		{"damaged", damaged, right, trait{}, false},
		{"damaged, known", damaged, right, trait{broken: true}, true},
		{"all damaged", &decoded{pieces: d.pieces, damaged: 2}, right, trait{broken: true}, false},
	} {
		if r := verdict(newRow(c.name), c.d, c.ref, c.is); r.OK != c.ok {
			t.Errorf("%s: %s", c.name, r.Verdict)
		}
	}
}
