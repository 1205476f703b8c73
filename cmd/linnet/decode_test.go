package main

import (
	"bytes"
	"crypto/md5"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestDecodeFormats(t *testing.T) {
	dir := t.TempDir()
	src := filepath.Join(dir, "a.wav")
	pcm := recording(4321)
	writeWAV(t, src, pcm)
	var s16, s32 bytes.Buffer
	for _, v := range pcm {
		binary.Write(&s16, binary.LittleEndian, v)
		binary.Write(&s32, binary.LittleEndian, int32(v)<<16)
	}
	for format, want := range map[string]string{
		"s16le": s16.String(), "s32le": s32.String(), "none": "",
		"md5": fmt.Sprintf("%x\n", md5.Sum(s32.Bytes())),
	} {
		if got := mustLinnet(t, "decode", "--format="+format, src); got != want {
			t.Errorf("%s: %d bytes, want %d", format, len(got), len(want))
		}
	}
	out := filepath.Join(dir, "b.wav")
	mustLinnet(t, "decode", "-o", out, src)
	expectPCM(t, readWAV(t, out), pcm)
	if got := mustLinnet(t, "decode", "--format=wav", src); len(got) != 44+s16.Len() {
		t.Errorf("a WAV to standard output has %d bytes, want %d", len(got), 44+s16.Len())
	}
}

// With --raw, delay and padding stay in.
func TestDecodeRaw(t *testing.T) {
	tool(t, "lame")
	const n = 30_000
	mp3 := lame(t, t.TempDir(), "a", recording(n))
	trimmed, raw := mustLinnet(t, "decode", mp3), mustLinnet(t, "decode", "--raw", mp3)
	if len(trimmed) != 4*n {
		t.Errorf("trimmed: %d frames, want %d", len(trimmed)/4, n)
	}
	if len(raw)%(4*1152) != 0 || len(raw) <= len(trimmed) || !strings.Contains(raw, trimmed) {
		t.Errorf("raw: %d frames, which do not hold the trimmed ones", len(raw)/4)
	}
}

// What can't be decoded is refused with the file, the stage and the reason.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	huge := []byte("RIFF\xff\xff\xff\xffWAVEfmt \xf0\xff\xff\xff\x01\x00\x02\x00")
	for name, data := range map[string][]byte{
		"empty.mp3": nil, "text.mp3": []byte(strings.Repeat("no music here. ", 500)),
		"short.wav": []byte("RIFF"), "huge.wav": huge, "cut.wav": []byte("RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00"),
		"flac.wav":  []byte("fLaC\x00\x00\x00\x22" + strings.Repeat("\x00", 100)),
		"tag.mp3":   []byte("ID3\x04\x00\x00\x7f\x7f\x7f\x7f"),
		"zero.aiff": append([]byte("FORM\x00\x00\x00\x04AIFF"), make([]byte, 100)...),
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		for _, cmd := range []string{"decode", "probe"} {
			code, out, errs := linnet(t, cmd, path)
			if code != 1 || out != "" || !strings.Contains(errs, path) {
				t.Errorf("%s %s: status %d, printed %q, said %q", cmd, name, code, out, errs)
			}
		}
	}
	for _, args := range [][]string{{"decode", filepath.Join(dir, "none")}, {"decode", dir}, {"probe", dir}} {
		if code, _, errs := linnet(t, args...); code != 1 || !strings.Contains(errs, args[1]) {
			t.Errorf("%q: status %d, said %q", args, code, errs)
		}
	}
}

// Damage in the middle is concealed, told, and makes the status 1.
func TestDecodeDamaged(t *testing.T) {
	tool(t, "lame")
	const n = 100_000
	mp3 := lame(t, t.TempDir(), "a", recording(n))
	data, err := os.ReadFile(mp3)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 2; i < len(data)/2+3000; i++ {
		data[i] = 0
	}
	os.WriteFile(mp3, data, 0o666)
	code, out, errs := linnet(t, "decode", mp3)
	if code != 1 || !strings.Contains(errs, "a.mp3") || !strings.Contains(errs, "at byte") {
		t.Errorf("status %d, said:\n%s", code, errs)
	}
	if len(out) < 4*n*8/10 {
		t.Errorf("only %d of %d frames came out", len(out)/4, n)
	}
}

func TestProbe(t *testing.T) {
	tool(t, "lame")
	mp3 := lame(t, t.TempDir(), "a", recording(44100*2), "-b", "128", "--tt", "Rain", "--ta", "Finch", "--tl", "Roofs", "--tn", "2/9", "--ty", "2026", "--id3v2-only")
	var p probed
	if err := json.Unmarshal([]byte(mustLinnet(t, "probe", "--json", mp3)), &p); err != nil {
		t.Fatal(err)
	}
	s := p.Streams[0]
	if s.Codec != "mp3" || s.Rate != 44100 || s.Channels != 2 || s.Frames != 88200 || p.Duration != 2 || s.Estimated {
		t.Errorf("stream: %+v, duration %v", s, p.Duration)
	}
	if s.BitRate < 120_000 || s.BitRate > 140_000 {
		t.Errorf("bit rate %d", s.BitRate)
	}
	if g := p.Tags; g.Title != "Rain" || g.Artist != "Finch" || g.Album != "Roofs" || g.Track != 2 || g.TrackTotal != 9 || g.Date != "2026" {
		t.Errorf("tags: %+v", g)
	}
	text := mustLinnet(t, "probe", mp3)
	for _, want := range []string{"0:02 (2.000 s)", "audio, mp3, 44100 Hz, stereo", "Rain", "2 of 9"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
}

func TestHelpAndUsage(t *testing.T) {
	out := mustLinnet(t, "--help")
	for _, want := range []string{"play", "decode", "probe", "--version"} {
		if !strings.Contains(out, want) {
			t.Errorf("--help has no %q:\n%s", want, out)
		}
	}
	for _, cmd := range []string{"play", "decode", "probe", "window"} {
		mustLinnet(t, cmd, "--help")
	}
	if code, _, errs := linnet(t, "decode"); code != 2 || !strings.Contains(errs, "--help") {
		t.Errorf("decode of nothing: status %d, said %q", code, errs)
	}
}

// A file in which another codec goes on at the same rate is decoded on.
func TestDecodeGoesOn(t *testing.T) {
	tool(t, "lame")
	tool(t, "ffmpeg")
	dir := t.TempDir()
	mp3 := lame(t, dir, "a", recording(20_000))
	mp2 := filepath.Join(dir, "b.mp2")
	if out, err := exec.Command("ffmpeg", "-v", "error", "-i", mp3, mp2).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	one, two := mustLinnet(t, "decode", mp3), mustLinnet(t, "decode", mp2)
	both := filepath.Join(dir, "c.mp3")
	var joined []byte
	for _, name := range []string{mp2, mp3} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		joined = append(joined, b...)
	}
	if err := os.WriteFile(both, joined, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := mustLinnet(t, "decode", both); got != two+one {
		t.Errorf("%d bytes, want %d and %d", len(got), len(two), len(one))
	}
}

// A film without sound is written as pictures, by name or by what there is in
// it; each way gives the same samples.
func TestDecodePictures(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not installed (apt-get install ffmpeg): no film to decode")
	}
	film := filepath.Join(t.TempDir(), "film.avi")
	if out, err := exec.Command("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=32x16:r=10:d=1", "-c:v", "mpeg4", "-bf", "1", film).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	y4m := mustLinnet(t, "decode", film)
	const head, frame = "YUV4MPEG2 W32 H16 F10:1 Ip A0:0 C420mpeg2\n", "FRAME\n"
	pictures := strings.Split(y4m, frame)
	if pictures[0] != head || len(pictures) != 11 || len(pictures[1]) != 32*16*3/2 {
		t.Fatalf("%d pictures, %q", len(pictures)-1, pictures[0])
	}
	var sums []string
	for _, line := range strings.Split(strings.TrimSpace(mustLinnet(t, "decode", "--format", "framemd5", film)), "\n") {
		if !strings.HasPrefix(line, "#") {
			sums = append(sums, line)
		}
	}
	if len(sums) != 10 {
		t.Fatalf("%d sums", len(sums))
	}
	last := int64(-1)
	for i, line := range sums {
		var stream, dts, pts, duration, size int64
		var sum string
		if n, err := fmt.Sscanf(line, "%d, %d, %d, %d, %d, %s", &stream, &dts, &pts, &duration, &size, &sum); n != 6 {
			t.Fatalf("%q: %v", line, err)
		}
		if want := fmt.Sprintf("%x", md5.Sum([]byte(pictures[i+1]))); sum != want || size != 768 || pts <= last {
			t.Errorf("picture %d: %q, want the sum %s", i, line, want)
		}
		last = pts
	}
	mustLinnet(t, "decode", "--format", "none", film)
	for name, colour := range map[string]string{"a.m1v": "C420jpeg\n", "a.m2v": "C420mpeg2\n"} {
		file := filepath.Join(t.TempDir(), name)
		if out, err := exec.Command("ffmpeg", "-v", "error", "-i", film, "-r", "25", file).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if y4m := mustLinnet(t, "decode", file); !strings.Contains(y4m[:100], colour) {
			t.Errorf("%s: %q", name, y4m[:60])
		}
	}
	poster := filepath.Join(t.TempDir(), "poster.png")
	if said := mustLinnet(t, "probe", "--poster", poster, film); said != "" {
		t.Errorf("with a poster: %s", said)
	}
	f, err := os.Open(poster)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if c, err := png.DecodeConfig(f); err != nil || c.Width != 32 || c.Height != 16 {
		t.Errorf("the poster: %+v, %v", c, err)
	}
	if code, _, _ := linnet(t, "probe", "--poster", poster, film, film); code == 0 {
		t.Error("one poster of two films")
	}
	if code, _, errs := linnet(t, "decode", "--format", "wav", "-o", filepath.Join(t.TempDir(), "x.wav"), film); code == 0 || !strings.Contains(errs, "no sound") {
		t.Errorf("sound of a film without: %s", errs)
	}
}
