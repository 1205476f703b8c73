//go:build oto

package oto

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"linnet/player/ao/aotest"
	"linnet/player/media"
)

var cd = media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}

// One test only, as the library opens one device for the whole process.
func TestPlaysThroughALSA(t *testing.T) {
	server := aotest.Start(t, cd)
	viaPulse(t)
	s, got, err := Open(cd)
	if err != nil {
		t.Fatal(err)
	}
	if got != cd {
		t.Fatalf("negotiated %v", got)
	}
	if _, _, err := Open(cd); err == nil {
		t.Error("opened twice at once")
	}
	signal := aotest.Signal(44100+77, 2)
	server.Gapless(signal, func() {
		for p := signal; len(p) > 0; {
			n, err := s.Write(p)
			if err != nil && !errors.Is(err, media.ErrXrun) { // which a busy machine makes, and loses nothing by
				t.Fatal(err)
			}
			p = p[2*n:]
		}
		if err := s.Drain(); err != nil {
			t.Fatal(err)
		}
	})
	s.Close()
	aotest.Contract(t, func(want media.AudioFormat) (aotest.Sink, media.AudioFormat, error) {
		s, got, err := Open(want)
		if got != cd {
			t.Errorf("for %v: %v, want the first format", want, got)
		}
		return s, got, err
	})
}

// viaPulse has ALSA play on the PulseAudio server.
func viaPulse(t *testing.T) {
	t.Helper()
	if found, _ := filepath.Glob("/usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so"); found == nil {
		t.Skip("ALSA's PulseAudio plugin is not installed; try: apt-get install libasound2-plugins")
	}
	conf := filepath.Join(t.TempDir(), "asound.conf")
	err := os.WriteFile(conf, []byte("pcm.!default { type pulse }\nctl.!default { type pulse }\n"), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("ALSA_CONFIG_PATH", conf)
}
