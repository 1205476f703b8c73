package wav_test

import (
	"bytes"
	"testing"

	"linnet/player"
	"linnet/player/demux/wav"
	"linnet/player/media"
	"linnet/player/playertest"
)

func TestContract(t *testing.T) {
	for name, file := range map[string][]byte{
		"u8 mono":     pcmFile(1, 1, 8000, 1, 8, 9001),
		"s16 stereo":  pcmFile(1, 2, 44100, 4, 16, 4*20001),
		"s24 5.1":     pcmFile(1, 6, 48000, 18, 24, 18*9000),
		"s32 8":       pcmFile(1, 8, 96000, 32, 32, 32*9000),
		"f32":         pcmFile(3, 2, 192000, 8, 32, 8*20000),
		"f64":         pcmFile(3, 1, 44100, 8, 64, 8*5000),
		"a-law":       pcmFile(6, 1, 8000, 1, 8, 9000),
		"mu-law":      pcmFile(7, 2, 8000, 2, 8, 9000),
		"IMA mono":    pcmFile(0x11, 1, 8000, 256, 4, 256*40+100),
		"IMA stereo":  pcmFile(0x11, 2, 44100, 2048, 4, 2048*20),
		"IMA 5.1":     pcmFile(0x11, 6, 48000, 240, 4, 240*200+24),
		"MS mono":     pcmFile(2, 1, 8000, 256, 4, 256*40+100),
		"MS stereo":   pcmFile(2, 2, 44100, 2048, 4, 2048*20+14),
		"64 channels": pcmFile(1, 64, 44100, 256, 32, 256*3000),
	} {
		t.Run(name, func(t *testing.T) {
			playertest.Demuxer(t, func() player.Demuxer { return open(t, file) }, newDecoder)
		})
	}
}

func pcmFile(tag, channels, rate, align, bits, size int) []byte {
	var b fileBuilder
	b.chunk("fmt ", waveFormat(tag, channels, rate, align, bits))
	data := noise(size)
	for at := 0; bits == 4 && at < size; at += align {
		plausible(data[at:], tag, channels)
	}
	return b.chunk("data", data).riff("RIFF")
}

// What stands in the packets is what stands in the file.
func TestPayload(t *testing.T) {
	data := noise(4 * 12345)
	var b fileBuilder
	b.chunk("fmt ", waveFormat(1, 2, 44100, 4, 16)).chunk("junk", noise(7)).chunk("data", data)
	d := open(t, b.chunk("tail", noise(9)).riff("RIFF"))
	want := media.Stream{
		Kind: media.Audio, Codec: media.PCMS16LE, Frames: 12345, BitRate: 44100 * 32, BlockAlign: 4,
		Audio: media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16},
	}
	if got := d.Streams()[0]; got.Codec != want.Codec || got.Audio != want.Audio ||
		got.Frames != want.Frames || got.BitRate != want.BitRate || got.BlockAlign != want.BlockAlign {
		t.Errorf("stream %+v, want %+v", got, want)
	}
	var got []byte
	for _, p := range playertest.Packets(d, 1<<20) {
		got = append(got, p.Data...)
	}
	if !bytes.Equal(got, data) {
		t.Errorf("%d bytes of packets differ from the %d of the file", len(got), len(data))
	}
}

func TestMatch(t *testing.T) {
	for head, want := range map[string]bool{
		"RIFF\x00\x00\x00\x00WAVEfmt ": true,
		"RF64\xff\xff\xff\xffWAVE":     true,
		"RIFX\x00\x00\x00\x00WAVE":     true,
		"RIFF\x00\x00\x00\x00AVI ":     false,
		"RIFF\x00\x00\x00\x00WAV":      false,
		"FORM\x00\x00\x00\x00WAVE":     false,
		"":                             false,
	} {
		if wav.Match([]byte(head)) != want {
			t.Errorf("Match(%q) is %v", head, !want)
		}
	}
}
