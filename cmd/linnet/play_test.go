package main

import (
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/media"
)

// Two WAV files cut from one recording play as that recording.
func TestPlayJoinsExactly(t *testing.T) {
	dir := t.TempDir()
	pcm := recording(100_000)
	a, b, out := filepath.Join(dir, "a.wav"), filepath.Join(dir, "b.wav"), filepath.Join(dir, "x.wav")
	writeWAV(t, a, pcm[:2*40_013])
	writeWAV(t, b, pcm[2*40_013:])
	said := mustLinnet(t, "play", "--ao=wav:"+out, a, b)
	expectPCM(t, readWAV(t, out), pcm)
	if !strings.Contains(said, "opened 1 time(s)") {
		t.Errorf("the sink was not opened just once:\n%s", said)
	}
}

// Two MP3 files cut from one recording and encoded apart join without an
// inserted or lost sample: the whole has the recording's length, each part is
// what it decodes to alone, and across the seam the sound stays as near to
// the recording as elsewhere, with no shift in time.
func TestPlayJoinsMP3(t *testing.T) {
	tool(t, "lame")
	const cut, total = 70_001, 150_000
	dir := t.TempDir()
	pcm := recording(total)
	a := lame(t, dir, "a", pcm[:2*cut], "-b", "192")
	b := lame(t, dir, "b", pcm[2*cut:], "-b", "192")
	out := filepath.Join(dir, "x.wav")
	mustLinnet(t, "play", "--ao=wav:"+out, a, b)
	got := readWAV(t, out)

	alone := append(int16s([]byte(mustLinnet(t, "decode", a))), int16s([]byte(mustLinnet(t, "decode", b)))...)
	expectPCM(t, got, alone)
	if len(got) != 2*total {
		t.Fatalf("%d frames, want %d", len(got)/2, total)
	}
	elsewhere := errorPower(got, pcm, 20_000, 60_000)
	for from := cut - 1152; from < cut+1152; from += 64 {
		if p := errorPower(got, pcm, from, from+64); p > 20*elsewhere+40_000 {
			t.Errorf("frames %d to %d (the seam is at %d): error power %.0f, elsewhere %.0f", from, from+64, cut, p, elsewhere)
		}
	}
	for shift := -3; shift <= 3; shift++ {
		p := shiftedPower(got, pcm, cut, 2000, shift)
		if zero := shiftedPower(got, pcm, cut, 2000, 0); shift != 0 && p < zero {
			t.Errorf("behind the seam the sound fits better when shifted by %d frames", shift)
		}
	}
}

// errorPower is the mean square of the difference over some frames.
func errorPower(a, b []int16, from, to int) float64 {
	var sum float64
	for i := 2 * from; i < 2*to; i++ {
		sum += math.Pow(float64(a[i])-float64(b[i]), 2)
	}
	return sum / float64(2*(to-from))
}

func shiftedPower(a, b []int16, from, n, shift int) float64 {
	return errorPower(a[2*(from+shift):], b[2*from:], 0, n)
}

func TestPlayReportsWhatFailed(t *testing.T) {
	dir := t.TempDir()
	good, out := filepath.Join(dir, "good.wav"), filepath.Join(dir, "x.wav")
	pcm := recording(5000)
	writeWAV(t, good, pcm)
	code, _, errs := linnet(t, "play", "--ao=wav:"+out, filepath.Join(dir, "missing.mp3"), good)
	if code != 1 || !strings.Contains(errs, "missing.mp3") {
		t.Errorf("status %d, said:\n%s", code, errs)
	}
	expectPCM(t, readWAV(t, out), pcm)
}

func TestPlayNull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.wav")
	writeWAV(t, path, recording(44100*20))
	if out := mustLinnet(t, "play", "--ao=null:fast", path); !strings.Contains(out, "xruns 0") {
		t.Errorf("said:\n%s", out)
	}
}

// All but the end of the format is seen in 80 columns, even of a long recording.
func TestProgressFits(t *testing.T) {
	s := player.Status{State: player.Playing, Position: 10 * time.Hour, Duration: 20 * time.Hour, Volume: 100, Speed: 100}
	s.Output.Capacity, s.Output.Xruns = 4*time.Second, 123
	for _, c := range []media.Codec{media.MP3, media.PCMS16LE, media.ADPCMIMA} {
		s.Stream = media.Stream{Codec: c, BitRate: 320000, Audio: media.AudioFormat{Rate: 44100, Channels: 2}}
		if line := shortened(progressLine(&s), 79); !strings.Contains(line, "xruns 123  "+string(c)) {
			t.Error(line)
		}
	}
}

func TestKeys(t *testing.T) {
	got := parseKeys([]byte("n p\x1b[C\x1b[D\x1bOA\x1b[B+-xq\x03[].,\x1b[5~\x1b[6~\x1b[3~\x1b[H"))
	want := []key{keyNext, keyPause, keyPrevious, keyForward, keyBack, keyLouder, keySofter, keyLouder, keySofter, keyQuit, keyQuit, keySlower, keyFaster, keyStep, keyStepBack, keyFarForward, keyFarBack}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("key %d is %v, want %v", i, got[i], want[i])
		}
	}
	for n := range 5 { // cut short anywhere, it must not break
		parseKeys([]byte("\x1b[5~"[:n]))
	}
}
