package main

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// linnet runs the program in this process and returns what it printed.
func linnet(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(nil, &o, &e, args)
	return code, o.String(), e.String()
}

// mustLinnet is linnet where nothing may go wrong.
func mustLinnet(t *testing.T, args ...string) (out string) {
	t.Helper()
	code, out, errs := linnet(t, args...)
	if code != 0 {
		t.Fatalf("linnet %q ended with %d:\n%s", args, code, errs)
	}
	return out
}

// tool skips the test, saying why, where a program is not installed.
func tool(t *testing.T, names ...string) {
	t.Helper()
	for _, n := range names {
		if _, err := exec.LookPath(n); err != nil {
			t.Skipf("%s is not installed; `make test` installs it", n)
		}
	}
}

func command(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}

// recording is stereo music-like sound of which no two places are alike: two
// gliding tones and a little noise, at 16 bits.
func recording(frames int) []int16 {
	pcm := make([]int16, 0, 2*frames)
	seed := uint32(1)
	var p1, p2 float64
	for i := range frames {
		p1 += 2 * math.Pi * (220 + 300*math.Sin(float64(i)/30000)) / 44100
		p2 += 2 * math.Pi * (660 + 200*math.Sin(float64(i)/17000)) / 44100
		seed = seed*1664525 + 1013904223
		noise := float64(int32(seed)) / (1 << 31) * 200
		pcm = append(pcm, int16(9000*math.Sin(p1)+noise), int16(7000*math.Sin(p2)-noise))
	}
	return pcm
}

// writeWAV writes 16-bit stereo at 44.1 kHz, with nothing of the program's
// own that is under test.
func writeWAV(t *testing.T, path string, pcm []int16) {
	t.Helper()
	var b bytes.Buffer
	n := uint32(2 * len(pcm))
	b.WriteString("RIFF")
	binary.Write(&b, binary.LittleEndian, 36+n)
	b.WriteString("WAVEfmt ")
	binary.Write(&b, binary.LittleEndian, []uint32{16, 1 | 2<<16, 44100, 176400, 4 | 16<<16})
	b.WriteString("data")
	binary.Write(&b, binary.LittleEndian, n)
	binary.Write(&b, binary.LittleEndian, pcm)
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// readWAV reads a 16-bit WAV file's samples, again by itself.
func readWAV(t *testing.T, path string) []int16 {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(b) < 12 || string(b[:4]) != "RIFF" || string(b[8:12]) != "WAVE" {
		t.Fatalf("%s is no WAV file", path)
	}
	if size := int(binary.LittleEndian.Uint32(b[4:])); size+8 != len(b) {
		t.Errorf("%s says it has %d bytes, has %d", path, size+8, len(b))
	}
	for at := 12; at+8 <= len(b); {
		size := int(binary.LittleEndian.Uint32(b[at+4:]))
		if string(b[at:at+4]) == "data" {
			return int16s(b[at+8 : at+8+size])
		}
		at += 8 + size + size&1
	}
	t.Fatalf("%s has no data chunk", path)
	return nil
}

func int16s(b []byte) []int16 {
	pcm := make([]int16, len(b)/2)
	for i := range pcm {
		pcm[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return pcm
}

// expectPCM says at which frame two recordings first differ.
func expectPCM(t *testing.T, got, want []int16) {
	t.Helper()
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("frame %d, channel %d: %d, want %d", i/2, i%2, got[i], want[i])
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d frames, want %d", len(got)/2, len(want)/2)
	}
}

// lame encodes a recording as one gapless MP3 file.
func lame(t *testing.T, dir, name string, pcm []int16, args ...string) string {
	t.Helper()
	wav, mp3 := filepath.Join(dir, name+".src.wav"), filepath.Join(dir, name+".mp3")
	writeWAV(t, wav, pcm)
	command(t, "lame", append(append([]string{"--quiet"}, args...), wav, mp3)...)
	os.Remove(wav)
	return mp3
}

// write makes a file.
func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}
