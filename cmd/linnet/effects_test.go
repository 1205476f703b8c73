package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/pcm"
)

func TestEffectFlags(t *testing.T) {
	for _, c := range []struct {
		eq   string
		want [pcm.Bands]int
		ok   bool
	}{
		{"flat", [pcm.Bands]int{}, true},
		{"Bass Boost", [pcm.Bands]int{60, 55, 45, 25, 10}, true},
		{"1,-2.5,0, 12,-12,0,0,0,0,.04", [pcm.Bands]int{10, -25, 0, 120, -120}, true},
		{"1,2,3", [pcm.Bands]int{}, false},
		{"0,0,0,0,0,0,0,0,0,12.1", [pcm.Bands]int{}, false},
		{"0,0,0,0,0,0,0,0,0,NaN", [pcm.Bands]int{}, false},
		{"loud", [pcm.Bands]int{}, false},
	} {
		got, err := equaliser(c.eq)
		if (err == nil) != c.ok || c.ok && got != c.want {
			t.Errorf("%s: %v, %v", c.eq, got, err)
		}
	}
	for _, arg := range []string{"--bass=13", "--treble=NaN", "--balance=101", "--crossfade=13s", "--crossfade=-1s",
		"--replaygain-preamp=16", "--replaygain=loud", "--resample=best", "--eq=x"} {
		code, _, errs := linnet(t, "play", "--ao=null", arg, "x.wav")
		name, _, _ := strings.Cut(arg, "=")
		if code != 2 || !strings.Contains(errs, name) {
			t.Errorf("%s: %d, %s", arg, code, errs)
		}
	}
	f := effectFlags{ReplayGain: "album", ReplayGainPreamp: -1.5, Bass: 2.5, Treble: -3, Balance: 7, Crossfade: time.Second, CrossfadeAlbums: true}
	want := player.Sound{
		Settings:   pcm.Settings{Bass: 25, Treble: -30, Balance: 7},
		ReplayGain: player.ReplayGain{Mode: player.ReplayGainAlbum, Preamp: -150},
		Crossfade:  player.Crossfade{Length: time.Second, WithinAlbums: true},
	}
	if got := f.sound(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// What the flags ask for is in the file that is written.
func TestPlayWithEffects(t *testing.T) {
	dir := t.TempDir()
	sound := recording(100_000)
	in, out := filepath.Join(dir, "a.wav"), filepath.Join(dir, "x.wav")
	writeWAV(t, in, sound)
	play := func(args ...string) []int16 {
		mustLinnet(t, append([]string{"play", "--ao=wav:" + out}, args...)...)
		return readWAV(t, out)
	}
	left := play("--balance=-100", in)
	if len(left) != len(sound) {
		t.Fatalf("%d samples", len(left))
	}
	for i, v := range left {
		// The right channel is silence, dithered.
		if i%2 == 0 && (v < sound[i]-8 || v > sound[i]+8) || i%2 == 1 && (v < -8 || v > 8) {
			t.Fatalf("sample %d is %d, was %d", i, v, sound[i])
		}
	}
	if got := play("--crossfade=1s", in, in); len(got) != 2*len(sound)-2*44100 {
		t.Errorf("%d samples with a crossfade", len(got))
	}
	if got := play("--eq=vocal", "--bass=3", in); len(got) != len(sound) || bytes.Equal(asBytes(got), asBytes(sound)) {
		t.Errorf("%d samples with an equaliser, or they are as they were", len(got))
	}
}

// A file's ReplayGain is shown by probe and applied by play.
func TestReplayGainOfAFile(t *testing.T) {
	dir := t.TempDir()
	sound := recording(50_000)
	in, out := filepath.Join(dir, "a.wav"), filepath.Join(dir, "x.wav")
	writeWAV(t, in, sound)
	file, err := os.ReadFile(in)
	if err != nil {
		t.Fatal(err)
	}
	text := "\x00replaygain_track_gain\x00-6.02 dB"
	frame := append([]byte("TXXX"), 0, 0, 0, byte(len(text)), 0, 0)
	frame = append(frame, text...)
	tag := append([]byte{'I', 'D', '3', 3, 0, 0, 0, 0, 0, byte(len(frame))}, frame...)
	if err := os.WriteFile(in, append(tag, file...), 0o644); err != nil {
		t.Fatal(err)
	}
	if said := mustLinnet(t, "probe", in); !strings.Contains(said, "track -6.02 dB") {
		t.Errorf("probe says\n%s", said)
	}
	mustLinnet(t, "play", "--ao=wav:"+out, in)
	expectPCM(t, readWAV(t, out), sound)
	mustLinnet(t, "play", "--replaygain=album", "--ao=wav:"+out, in)
	got := readWAV(t, out)
	for i, v := range got {
		if d := int(v) - int(sound[i])/2; d < -8 || d > 8 {
			t.Fatalf("sample %d is %d, was %d", i, v, sound[i])
		}
	}
}

func asBytes(p []int16) []byte {
	var b []byte
	for _, v := range p {
		b = binary.LittleEndian.AppendUint16(b, uint16(v))
	}
	return b
}
