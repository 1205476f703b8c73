package caf_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"linnet/player"
	"linnet/player/ad/adpcm"
	"linnet/player/demux/flac"
	"linnet/player/demux/mp4"
	"linnet/player/internal/opus"
	"linnet/player/media"
	"linnet/player/playertest"
)

const made = 33075 // frames of each file; no multiple of a packet's

// encode has ffmpeg make files of one sound, by name and options.
func encode(t *testing.T, files map[string][]string) string {
	t.Helper()
	dir := t.TempDir()
	args := []string{"-y", "-f", "lavfi", "-i", fmt.Sprintf("aevalsrc=0.5*sin(900*t*t)|0.4*sin(2000*t):s=48000:d=%g", made/48000.)}
	for name, options := range files {
		args = append(append(args, options...), filepath.Join(dir, name))
	}
	playertest.FFmpeg(t, args...)
	return dir
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What ffmpeg writes is found whole, wherever a seek goes; of lossless codings
// it is what ffmpeg finds.
func TestAgainstFFmpeg(t *testing.T) {
	files := map[string][]string{}
	lossless := map[string]bool{}
	for _, c := range []string{"pcm_s8", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f32be",
		"pcm_f64le", "pcm_f64be", "pcm_alaw", "pcm_mulaw", "alac", "adpcm_ima_qt"} {
		files[c+".caf"], lossless[c+".caf"] = []string{"-c:a", c}, true
	}
	files["alac16.caf"], lossless["alac16.caf"] = []string{"-c:a", "alac", "-sample_fmt", "s16p"}, true
	for _, c := range []string{"libmp3lame", "mp2", "libopus"} {
		files[c+".caf"] = []string{"-c:a", c}
	}
	dir := encode(t, files)
	for name := range files {
		t.Run(name, func(t *testing.T) {
			b := read(t, dir, name)
			if name == "libopus.caf" {
				opusSeeks(t, b)
				return
			}
			playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, newDecoder)
			if !lossless[name] {
				return
			}
			s := open(t, b).Streams()[0]
			if blocks := int64((made + 63) / 64 * 64); s.Frames != made && !(s.Codec == media.ADPCMQT && s.Frames == blocks) {
				t.Errorf("%d frames, want %d: %+v", s.Frames, made, s)
			}
			got, err := playertest.Samples(open(t, b), func(s media.Stream) (player.AudioDecoder, error) {
				if s.Codec == media.ADPCMQT {
					return adpcm.New(s)
				}
				return newDecoder(s)
			})
			if err != nil {
				t.Fatal(err)
			}
			playertest.SameSamples(t, got, playertest.FFmpegSamples(t, filepath.Join(dir, name))[0], 2)
		})
	}
}

// opusSeeks checks that seeking gives the packets of a straight read, early enough.
func opusSeeks(t *testing.T, b []byte) {
	const frame, early = 960, opus.Preroll
	all, s := packets(t, open(t, b))
	if s.Frames != int64(len(all)*frame) || s.Delay != 0 {
		t.Errorf("%d packets: %+v", len(all), s)
	}
	d := open(t, b)
	for at := int64(0); at < s.Frames; at += 777 {
		if err := d.Seek(s.Audio.Duration(at)); err != nil {
			t.Fatal(err)
		}
		var p media.Packet
		if err := d.ReadPacket(&p); err != nil {
			t.Fatal(err)
		}
		if want := max(at-early, 0) / frame * frame; p.PTS != want || !bytes.Equal(p.Data, all[want/frame]) {
			t.Errorf("to frame %d: the packet at %d, want that at %d", at, p.PTS, want)
		}
	}
}

// packets are all of a demuxer's, and their stream.
func packets(t *testing.T, d player.Demuxer) (all [][]byte, s media.Stream) {
	t.Helper()
	var p media.Packet
	for {
		err := d.ReadPacket(&p)
		if err == io.EOF {
			return all, d.Streams()[0]
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, bytes.Clone(p.Data))
	}
}

// cookie is an elementary stream descriptor around an AudioSpecificConfig,
// with lengths of four bytes as Apple writes them.
func cookie(config []byte) []byte {
	part := func(tag byte, body ...[]byte) []byte {
		b := join(body...)
		return join([]byte{tag, 0x80, 0x80, 0x80, byte(len(b))}, b)
	}
	return part(3, []byte{0, 0, 0}, part(4, []byte{0x40, 0x15, 0, 0, 0}, u32(128000), u32(96000), part(5, config)))
}

// AAC and FLAC, put into a Core Audio file as Apple's tools do, are the sound
// that they are elsewhere; ffmpeg reads that AAC alike.
func TestRemuxed(t *testing.T) {
	dir := encode(t, map[string][]string{"a.m4a": {"-c:a", "aac"}, "a.flac": {"-c:a", "flac"}})
	inMP4, err := mp4.New(bytes.NewReader(read(t, dir, "a.m4a")), int64(len(read(t, dir, "a.m4a"))))
	if err != nil {
		t.Fatal(err)
	}
	native, err := flac.New(bytes.NewReader(read(t, dir, "a.flac")), int64(len(read(t, dir, "a.flac"))))
	if err != nil {
		t.Fatal(err)
	}
	aacPackets, aacStream := packets(t, inMP4)
	flacPackets, flacStream := packets(t, native)
	block := int(flacStream.Config[2])<<8 | int(flacStream.Config[3])
	for name, c := range map[string]struct {
		file []byte
		from player.Demuxer
		want media.Stream
	}{
		"aac": {tabled(shape{48000, "aac ", 0, 0, 1024, 2, 0}, cookie(aacStream.Config), int(aacStream.Frames), int(aacStream.Delay), int(aacStream.Padding),
			aacPackets, nil), inMP4, aacStream},
		"flac": {tabled(shape{48000, "flac", 0, 0, block, 2, 0}, join(u32(50), []byte("dfLa"), u32(0), []byte{0x80, 0, 0, 34}, flacStream.Config), made, 0, 0,
			flacPackets, nil), native, flacStream},
	} {
		playertest.Demuxer(t, func() player.Demuxer { return open(t, c.file) }, newDecoder)
		s := open(t, c.file).Streams()[0]
		if s.Frames != c.want.Frames || s.Delay != c.want.Delay || s.Padding != c.want.Padding || s.Audio != c.want.Audio {
			t.Errorf("%s: %+v, elsewhere %+v", name, s, c.want)
		}
		if err := c.from.Seek(0); err != nil {
			t.Fatal(err)
		}
		want, err := playertest.Samples(c.from, newDecoder)
		if err != nil {
			t.Fatal(err)
		}
		got, err := playertest.Samples(open(t, c.file), newDecoder)
		if err != nil {
			t.Fatal(err)
		}
		playertest.SameSamples(t, got, want, 2)
		if name == "aac" {
			written := filepath.Join(dir, "remuxed.caf")
			if err := os.WriteFile(written, c.file, 0o600); err != nil {
				t.Fatal(err)
			}
			in := playertest.FFmpegSamples(t, written, filepath.Join(dir, "a.m4a")) // ffmpeg trims nothing of the first, and only the start of the other
			playertest.SameSamples(t, in[0][2*s.Delay:][:2*made], in[1][:2*made], 2)
		}
	}
}
