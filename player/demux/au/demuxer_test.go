package au_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/ad/pcm"
	"linnet/player/demux/au"
	"linnet/player/media"
	"linnet/player/playertest"
)

// file is an AU file with n bytes of sound that count.
func file(start, size, encoding, rate, channels uint32, note string, n int) []byte {
	b := []byte(".snd")
	for _, v := range []uint32{start, size, encoding, rate, channels} {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	b = append(b, note...)
	for i := range n {
		b = append(b, byte(i*i>>3))
	}
	return b
}

func open(t testing.TB, b []byte) *au.Demuxer {
	t.Helper()
	d, err := au.New(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newDecoder(s media.Stream) (player.AudioDecoder, error) { return pcm.New(s) }

func TestContract(t *testing.T) {
	b := file(32, 36000, 3, 44100, 2, "a note\x00\x00", 36000)
	playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, newDecoder)
	if tags := open(t, b).Tags(); tags.Comment != "a note" {
		t.Errorf("%+v", tags)
	}
}

func TestAgainstFFmpeg(t *testing.T) {
	codecs := []string{"pcm_s8", "pcm_s16be", "pcm_s24be", "pcm_s32be", "pcm_f32be", "pcm_f64be", "pcm_alaw", "pcm_mulaw"}
	for _, shape := range [][2]int{{44100, 2}, {8000, 1}, {96000, 6}} {
		src := "aevalsrc=" + strings.TrimSuffix(strings.Repeat("1.2*random(0)*sin(900*t*t)|", shape[1]), "|")
		args, dir := []string{"-f", "lavfi", "-i", fmt.Sprintf("%s:s=%d:d=0.4", src, shape[0])}, t.TempDir()
		var files []string
		for i, codec := range codecs {
			files = append(files, filepath.Join(dir, codec+".au"))
			args = append(args, "-c:a", codec, files[i])
		}
		playertest.FFmpeg(t, args...)
		for i, want := range playertest.FFmpegSamples(t, files...) {
			b, err := os.ReadFile(files[i])
			if err != nil {
				t.Fatal(err)
			}
			d := open(t, b)
			s := d.Streams()[0]
			if string(s.Codec) != codecs[i] || s.Audio.Rate != shape[0] || s.Audio.Channels != shape[1] || s.Frames != int64(len(want)/shape[1]) {
				t.Errorf("%s: %+v", codecs[i], s)
			}
			got, err := playertest.Samples(d, newDecoder)
			if err != nil || len(got) == 0 {
				t.Fatalf("%s: %d samples, %v", codecs[i], len(got), err)
			}
			playertest.SameSamples(t, got, want, shape[1])
		}
	}
}

func TestSizes(t *testing.T) {
	for name, c := range map[string]struct {
		size   uint32
		frames int64
		errs   int
	}{
		"right": {2000, 1000, 0}, "shorter": {1001, 500, 0}, "none": {0xffffffff, 1000, 0}, "zero": {0, 1000, 0}, "cut off": {4000, 1000, 1},
	} {
		d := open(t, file(24, c.size, 3, 8000, 1, "", 2000))
		if s := d.Streams()[0]; s.Frames != c.frames {
			t.Errorf("%s: %d frames, want %d", name, s.Frames, c.frames)
		}
		var p media.Packet
		n, errs := 0, 0
		for err := error(nil); err != io.EOF; {
			if err = d.ReadPacket(&p); err == nil {
				n += len(p.Data) / 2
			} else if err != io.EOF {
				errs++
			}
		}
		if int64(n) != c.frames || errs != c.errs {
			t.Errorf("%s: %d frames read, %d errors", name, n, errs)
		}
	}
}

func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		file        []byte
		unsupported bool
		say         string
	}{
		"empty": {nil, false, "not an AU"}, "head only": {[]byte(".snd\x00\x00"), false, "cut off"},
		"start": {file(20, 9, 3, 8000, 1, "", 9), false, "in the header"}, "G.721": {file(24, 9, 23, 8000, 1, "", 9), true, "encoding 23"},
		"rate": {file(24, 9, 3, 0, 1, "", 9), false, "0 Hz"}, "channels": {file(24, 9, 3, 8000, 0, "", 9), false, "0 channels"},
		"many": {file(24, 9, 3, 8000, 99, "", 9), true, "99 channels"}, "fast": {file(24, 9, 3, 1<<31, 1, "", 9), true, "2147483648 Hz"},
	} {
		_, err := au.New(bytes.NewReader(c.file), int64(len(c.file)))
		var f *media.FormatError
		var u *media.UnsupportedError
		if err == nil || !strings.Contains(err.Error(), c.say) || errors.As(err, &u) != c.unsupported || errors.As(err, &f) == c.unsupported {
			t.Errorf("%s: a %T: %v, want %q in it", name, err, err, c.say)
		}
	}
}

// FuzzAU opens and reads; packets are whole frames within the file.
func FuzzAU(f *testing.F) {
	f.Add(file(24, 100, 3, 8000, 2, "", 100))
	f.Add(file(40, 0xffffffff, 27, 8000, 1, "0123456789abcdef", 100))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, size := range []int64{int64(len(b)), -1} {
			d, err := au.New(bytes.NewReader(b), size)
			var e *media.FormatError
			var u *media.UnsupportedError
			if err != nil {
				if !errors.As(err, &e) && !errors.As(err, &u) {
					t.Fatal(err)
				}
				continue
			}
			s := d.Streams()[0]
			for _, p := range playertest.Packets(d, 1<<16) {
				if len(p.Data)%s.BlockAlign != 0 || p.Pos+int64(len(p.Data)) > int64(len(b)) {
					t.Fatalf("%d bytes at %d of %d", len(p.Data), p.Pos, len(b))
				}
			}
		}
	})
}
