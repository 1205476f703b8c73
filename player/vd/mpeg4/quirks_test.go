package mpeg4

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"linnet/player/playertest"
)

func TestMaker(t *testing.T) {
	for text, want := range map[string]maker{
		"DivX503b1393p":    {divx, 503, 1393},
		"DivX501Build413":  {divx, 501, 413},
		"DivX412b\x00junk": {divx, 412, 0},
		"XviD0046":         {xvid, 0, 46},
		"XviD":             {xvid, 0, 0},
		"Lavc59.37.100":    {},
		"":                 {},
		"DivX999999999b1":  {divx, 99999, 9999},
	} {
		if got, ok := parseMaker([]byte(text)); got != want || ok != (want.name != nobody) {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
	if q := (maker{name: xvid, build: 69}).quirks(); q != (quirks{}) {
		t.Errorf("a new Xvid: %+v", q)
	}
}

// signed puts another program's name into a stream.
func signed(stream []byte, name string) []byte {
	at := bytes.Index(stream, []byte{0, 0, 1, userData}) + 4
	end := at + bytes.Index(stream[at:], []byte{0, 0, 1})
	return append(append(bytes.Clone(stream[:at]), name...), stream[end:]...)
}

// A stream that says that an old program made it is decoded as FFmpeg decodes
// those, and not as it would be without that.
func TestQuirks(t *testing.T) {
	const fast = "mandelbrot=s=%:r=25:end_scale=0.05,trim=duration=0.6,rotate=a=t*1.5:c=gray,noise=alls=8:allf=t:all_seed=4"
	for _, c := range []struct {
		maker, size string
		args        []string
	}{
		{"XviD0012", "88x72", []string{"-bf", "2", "-flags", "+mv4"}},
		{"DivX412b20", "88x72", []string{"-bf", "0"}},
		{"DivX503b1393", "96x80", []string{"-bf", "2", "-flags", "+qpel"}},
		{"DivX500b1000", "96x80", []string{"-bf", "2", "-flags", "+qpel"}},
		{"DivX520b1900", "96x80", []string{"-bf", "0", "-flags", "+ilme+ildct"}},
	} {
		t.Run(c.maker, func(t *testing.T) {
			source := string(bytes.Replace([]byte(fast), []byte("%"), []byte(c.size), 1))
			stream := made(t, source, append(c.args, "-q:v", "4", "-pix_fmt", "yuv420p", "-g", "100")...)
			old := signed(stream, c.maker)
			file := filepath.Join(t.TempDir(), "old.m4v")
			if err := os.WriteFile(file, old, 0o600); err != nil {
				t.Fatal(err)
			}
			want := playertest.FFmpeg(t, "-flags", "bitexact", "-idct", "simple", "-f", "m4v", "-i", file, "-vsync", "0", "-f", "rawvideo", "-")
			pictures, _ := decodeAll(t, newDecoder(t), packets(old), false)
			got := bytes.Join(pictures, nil)
			width, height := 96, 80
			if c.size == "88x72" {
				width, height = 88, 72
			}
			if !bytes.Equal(got, want) {
				t.Error(firstOther(got, want, width, height))
			}
			plain, _ := decodeAll(t, newDecoder(t), packets(stream), false)
			if bytes.Equal(bytes.Join(plain, nil), got) {
				t.Error("the program's name makes no difference")
			}
		})
	}
}
