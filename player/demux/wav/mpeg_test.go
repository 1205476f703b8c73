package wav_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/demux/wav"
	"linnet/player/media"
	"linnet/player/playertest"
)

const (
	silentSize  = 417 // 144 * 128000 / 44100, ISO/IEC 11172-3 clause 2.4.3.1
	silentCount = 40
)

// silence is so many frames of Layer III at 128 kbit/s and 44.1 kHz, all zeros.
func silence(frames int) []byte {
	b := make([]byte, frames*silentSize)
	for at := 0; at < len(b); at += silentSize {
		copy(b[at:], "\xff\xfb\x90\x00")
	}
	return b
}

// mp3File is a file of MP3 with a title behind its sound, and with bytes there that
// could be taken for more of it.
func mp3File(format []byte) []byte {
	var b fileBuilder
	b.chunk("fmt ", format).chunk("data", silence(silentCount))
	return b.chunk("junk", silence(8)).chunk("LIST", []byte("INFOINAM\x04\x00\x00\x00Song")).riff("RIFF")
}

// MPEG audio is found by either way to write its format, ends where the data chunk does,
// and its headers count, not what fmt says.
func TestMPEG(t *testing.T) {
	for name, format := range map[string][]byte{
		"MP3":        waveFormat(0x55, 1, 8000, 1, 0),
		"Layer II":   waveFormat(0x50, 2, 44100, 1, 0), // as some say of any layer
		"extensible": waveFormat(0xfffe, 2, 44100, 1, 0, extensible(0, 0x55)...),
	} {
		file := mp3File(format)
		playertest.Demuxer(t, func() player.Demuxer { return open(t, file) }, newDecoder)
		d := open(t, file)
		if s := d.Streams()[0]; s.Codec != media.MP3 || s.Audio.Rate != 44100 || s.Audio.Channels != 2 || s.Frames != silentCount*1152 {
			t.Errorf("%s: %+v", name, s)
		}
		if d.Tags().Title != "Song" {
			t.Errorf("%s: %+v", name, d.Tags())
		}
		if n := len(playertest.Packets(d, 1<<20)); n != silentCount {
			t.Errorf("%s: %d frames", name, n)
		}
	}
}

// A file that is cut off says so, once, behind what there is of it.
func TestMPEGCutOff(t *testing.T) {
	file := mp3File(waveFormat(0x55, 2, 44100, 1, 0))
	at := bytes.Index(file, []byte("data")) + 8
	for _, size := range []int64{-1, 0} {
		cut := file[:at+10*silentSize]
		if size == 0 {
			size = int64(len(cut))
		}
		d, err := wav.New(bytes.NewReader(cut), size, mpegWithin)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		frames := 0
		for {
			var p media.Packet
			err := d.ReadPacket(&p)
			var f *media.FormatError
			if errors.As(err, &f) {
				said = append(said, f.Msg)
				continue
			}
			if err != nil {
				if err != io.EOF {
					t.Error(err)
				}
				break
			}
			frames++
		}
		if frames != 10 || size >= 0 && (len(said) != 1 || !strings.Contains(said[0], "12510 bytes of sound are missing")) {
			t.Errorf("size %d: %d frames, %q", size, frames, said)
		}
	}
}

// Where nobody cuts it into frames, MPEG audio is refused as what it is.
func TestMPEGRefused(t *testing.T) {
	file := mp3File(waveFormat(0x55, 2, 44100, 1, 0))
	_, err := wav.New(bytes.NewReader(file), int64(len(file)), nil)
	var u *media.UnsupportedError
	if !errors.As(err, &u) || !strings.Contains(u.Msg, "0x0055 (MP3)") {
		t.Error(err)
	}
}
