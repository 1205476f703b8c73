package mpeg2

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"linnet/player/internal/mpegvideo"
	"linnet/player/media"
	"linnet/player/playertest"
)

// without is a packet less its slices of a row.
func without(p media.Packet, row int) media.Packet {
	out := bytes.Clone(p.Data)
	for at, code := mpegvideo.NextStart(out, 0); at >= 0 && at < len(out); at, code = mpegvideo.NextStart(out, at+4) {
		if int(code) != mpegvideo.FirstSlice+row {
			continue
		}
		_, next, _ := mpegvideo.Unit(out, at)
		out = append(out[:at:at], out[next:]...)
		break
	}
	p.Data = out
	return p
}

// What is lost of a picture that moves is taken from where its surroundings come
// from, in frames and fields, forward and from both sides.
func TestConcealMoves(t *testing.T) {
	for _, c := range []struct {
		name, codec string
		args        []string
	}{
		{"MPEG-1", "mpeg1video", nil},
		{"frames", "mpeg2video", nil},
		{"interlaced", "mpeg2video", []string{"-flags", "+ildct+ilme", "-top", "1"}},
	} {
		file := filepath.Join(t.TempDir(), "moving.m2v")
		args := append([]string{"-f", "lavfi", "-i", "mandelbrot=s=352x288:r=25:maxiter=60:start_scale=0.4:end_scale=0.4,scroll=h=0.011:v=0.007", "-t", "0.6",
			"-c:v", c.codec, "-q:v", "3", "-bf", "2", "-g", "12", "-slices", "18"}, c.args...)
		playertest.FFmpeg(t, append(args, file)...)
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all := packets(b)
		want := decodeAll(t, newDecoder(t), all, false)
		for n := 1; n < 9; n++ { // a picture P, or B, of the first group
			const row = 7
			lost := append([]media.Packet(nil), all...)
			lost[n] = without(all[n], row)
			got := decodeAll(t, newDecoder(t), lost, true)
			if len(got) != len(want) {
				t.Fatalf("%s: %d pictures, want %d", c.name, len(got), len(want))
			}
			k := worst(got, want)
			if k < 1 {
				t.Fatalf("%s: without a slice of packet %d nothing is lost", c.name, n)
			}
			off, still := distance(got[k], want[k], row), distance(want[k-1], want[k], row)
			if 2*off > still {
				t.Errorf("%s, packet %d: picture %d is off by %d where it was concealed; as the one before it would be by %d", c.name, n, k, off, still)
			}
		}
	}
}

// worst is the first picture that differs.
func worst(got, want [][]byte) int {
	for k := range got {
		if !bytes.Equal(got[k], want[k]) {
			return k
		}
	}
	return -1
}

// distance is how far the luma of a row of macroblocks differs.
func distance(a, b []byte, row int) (sum int) {
	for i := row * 16 * 352; i < (row+1)*16*352; i++ {
		d := int(a[i]) - int(b[i])
		sum += d * d
	}
	return sum
}
