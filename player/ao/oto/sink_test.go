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

// One test, since a process has one context.
func TestSink(t *testing.T) {
	plugin, _ := filepath.Glob("/usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so")
	if len(plugin) == 0 {
		t.Skip("ALSA's plugin for PulseAudio is not installed (libasound2-plugins); `make test` installs it")
	}
	format := media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}
	server := aotest.Start(t, format)
	conf := filepath.Join(t.TempDir(), "asound.conf")
	if err := os.WriteFile(conf, []byte("pcm.!default { type pulse }\nctl.!default { type pulse }\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ALSA_CONFIG_PATH", conf)

	signal := aotest.Signal(2*44100, 2)
	server.Gapless(signal, func() { play(t, format, signal) })
	aotest.Contract(t, func(want media.AudioFormat) (aotest.Sink, media.AudioFormat, error) {
		s, got, err := Open(want)
		if err != nil {
			return nil, got, err
		}
		return s, got, nil
	})
	if _, got, err := Open(media.AudioFormat{Rate: 48000, Channels: 1, Bits: 24}); err != nil || got != format {
		t.Errorf("another format gives %v, %v; want the first, %v", got, err, format)
	}
}

func play(t *testing.T, format media.AudioFormat, signal []int32) {
	s, got, err := Open(format)
	if err != nil || got != format {
		t.Fatalf("open: %v, %v", got, err)
	}
	for len(signal) > 0 {
		n, err := s.Write(signal[:min(len(signal), 2*1000)])
		if err != nil && !errors.Is(err, media.ErrXrun) {
			t.Fatal(err)
		}
		signal = signal[2*n:]
	}
	if err := s.Drain(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
