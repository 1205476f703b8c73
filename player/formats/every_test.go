package formats

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/playertest"
)

// every is each container with each coding that it can hold and that somebody
// here can encode: the file's name and ffmpeg's options.
var every = []struct{ name, options string }{
	{"u8.wav", "-c:a pcm_u8"}, {"s16.wav", "-c:a pcm_s16le"}, {"s24.wav", "-c:a pcm_s24le"}, {"s32.wav", "-c:a pcm_s32le"}, {"f32.wav", "-c:a pcm_f32le"},
	{"f64.wav", "-c:a pcm_f64le"}, {"alaw.wav", "-c:a pcm_alaw"}, {"mulaw.wav", "-c:a pcm_mulaw"}, {"ima.wav", "-c:a adpcm_ima_wav"}, {"ms.wav", "-c:a adpcm_ms"},
	{"rf64.wav", "-c:a pcm_s16le -rf64 always"}, {"mp3.wav", "-c:a libmp3lame -q:a 4"}, {"mp2.wav", "-c:a mp2"},
	{"s8.aiff", "-c:a pcm_s8"}, {"s16.aiff", "-c:a pcm_s16be"}, {"s24.aiff", "-c:a pcm_s24be"}, {"sowt.aiff", "-c:a pcm_s16le"}, {"f32.aiff", "-c:a pcm_f32be"},
	{"alaw.aiff", "-c:a pcm_alaw"}, {"ima.aiff", "-c:a adpcm_ima_qt"},
	{"s16.au", "-c:a pcm_s16be"}, {"mulaw.au", "-c:a pcm_mulaw"}, {"f64.au", "-c:a pcm_f64be"},
	{"s16.caf", "-c:a pcm_s16le"}, {"f32.caf", "-c:a pcm_f32be"}, {"alac.caf", "-c:a alac"}, {"ima.caf", "-c:a adpcm_ima_qt"}, {"mp3.caf", "-c:a libmp3lame"},
	{"opus.caf", "-c:a libopus"},
	{"flac.flac", "-c:a flac"}, {"small.flac", "-c:a flac -frame_size 300"},
	{"vorbis.ogg", "-c:a libvorbis"}, {"flac.ogg", "-c:a flac"}, {"opus.ogg", "-c:a libopus"}, {"short.opus", "-c:a libopus -frame_duration 2.5"},
	{"aac.m4a", "-c:a aac"}, {"alac.m4a", "-c:a alac"}, {"mp3.mp4", "-c:a libmp3lame"}, {"flac.mp4", "-c:a flac -strict -2"}, {"opus.mp4", "-c:a libopus"},
	{"fragments.mp4", "-c:a aac -movflags +frag_keyframe+delay_moov -frag_duration 200000"},
	{"s16.mov", "-c:a pcm_s16be"}, {"f32.mov", "-c:a pcm_f32le"}, {"alac.mov", "-c:a alac"}, {"ima.mov", "-c:a adpcm_ima_qt"},
	{"s16.mka", "-c:a pcm_s16le"}, {"f32.mka", "-c:a pcm_f32le"}, {"vorbis.mka", "-c:a libvorbis"}, {"flac.mka", "-c:a flac"}, {"opus.mka", "-c:a libopus"}, {"speech.mka", "-c:a libopus -b:a 14k -application voip -ac 1"}, {"hybrid.mka", "-c:a libopus -b:a 28k -application voip -ac 1"}, {"aac.mka", "-c:a aac"},
	{"alac.mka", "-c:a alac"}, {"mp3.mka", "-c:a libmp3lame"}, {"mp2.mka", "-c:a mp2"}, {"vorbis.webm", "-c:a libvorbis"}, {"opus.webm", "-c:a libopus"},
	{"aac.aac", "-c:a aac"}, {"cbr.mp3", "-c:a libmp3lame -b:a 128k"}, {"vbr.mp3", "-c:a libmp3lame -q:a 3"}, {"low.mp3", "-c:a libmp3lame -b:a 32k -ar 22050"},
	{"bare.mp3", "-c:a libmp3lame -b:a 96k -write_xing 0"}, {"layer2.mp2", "-c:a mp2"},
	{"s16.avi", "-c:a pcm_s16le"}, {"ima.avi", "-c:a adpcm_ima_wav"}, {"mp3.avi", "-c:a libmp3lame -b:a 128k"}, {"vbr.avi", "-c:a libmp3lame -q:a 3"}, {"mp2.avi", "-c:a mp2"},
	{"film.avi", "-map 1 -c:v mpeg4 -c:a libmp3lame -b:a 128k"},
	{"mp2.mpg", "-c:a mp2"}, {"mp3.mpg", "-c:a libmp3lame"}, {"film.mpg", "-map 1 -c:v mpeg1video -c:a mp2"}, {"film.vob", "-map 1 -c:v mpeg2video -c:a mp2"},
}

// everyFile makes the files, once for all tests, and returns the bytes of each in
// the order of every.
func everyFile(t *testing.T) [][]byte {
	t.Helper()
	made.Do(func() {
		dir := t.TempDir()
		args := []string{"-y", "-f", "lavfi", "-i", "aevalsrc=0.4*sin(900*t*t)+0.2*random(0)*sin(7*t)|0.4*sin(2000*t)+0.1*random(1):s=48000:d=2.37",
			"-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25:d=2.37"}
		for _, e := range every {
			args = append(append(append(args, "-map", "0"), strings.Fields(e.options)...), filepath.Join(dir, e.name))
		}
		playertest.FFmpeg(t, args...)
		for _, e := range every {
			b, err := os.ReadFile(filepath.Join(dir, e.name))
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, b)
		}
	})
	if len(files) < len(every) {
		t.Skip("ffmpeg made no files: nothing is read")
	}
	return files
}

var (
	made  sync.Once
	files [][]byte
)

// In every container and coding, wherever a seek goes, the next frame is the
// wanted one, and what follows is what reading straight gives there.
func TestEverySeek(t *testing.T) {
	for i, b := range everyFile(t) {
		t.Run(every[i].name, func(t *testing.T) {
			for _, raw := range []bool{false, true} {
				seekAbout(t, b, raw)
			}
		})
	}
}

func seekAbout(t *testing.T, b []byte, raw bool) {
	const window = 4000
	all := readFrom(t, openBytes(t, b, raw), 1<<30)
	track := openBytes(t, b, raw)
	s := track.Stream()
	ch := s.Audio.Channels
	frames := len(all) / ch
	if want := s.Audio.Rate * 237 / 100; frames < want || frames > want+8000 {
		t.Fatalf("%d frames: %+v", frames, s)
	}
	targets := []int{0, 1, frames - 1, frames, frames + 100, frames / 2, 0}
	for i := range 20 {
		targets = append(targets, i*7919*31%frames)
	}
	for _, at := range targets {
		if err := track.SeekTo(int64(at)); err != nil {
			t.Fatal(err)
		}
		want := all[min(at, frames)*ch:]
		want = want[:min(window, len(want))]
		got := readFrom(t, track, window)
		if len(got) != len(want) || !alike(s.Codec, got, want, ch) {
			t.Fatalf("raw %v: other samples at frame %d of %d: %d, want %d", raw, at, frames, len(got), len(want))
		}
	}
}

// alike says whether two runs of samples are the same, as far as a coding lets
// them: QuickTime's ADPCM keeps a constant off, of at most 127 of 16 bits, and
// Opus's speech coder never quite forgets what was before; 40 dB below the sound
// are nothing in a run that is long enough to tell.
func alike(codec media.Codec, got, want []int32, ch int) bool {
	if codec == media.ADPCMQT {
		for i := range got {
			if d := (want[i] - got[i]) >> 16; d < 0 || d > 127 || d != (want[i%ch]-got[i%ch])>>16 {
				return false
			}
		}
		return true
	}
	if codec == media.Opus {
		sum, off := int64(0), int64(0)
		for i := range got {
			x, d := int64(want[i]>>16), int64((want[i]-got[i])>>16)
			sum, off = sum+x*x, off+d*d
		}
		const little, enough = 4 * 4, 1000
		return len(got) < enough || off <= sum/1e4+little*int64(len(got))
	}
	return slices.Equal(got, want)
}

// Every file has the sound that was encoded, from its first frame to its last.
func TestEveryLength(t *testing.T) {
	const frames, rate = 48000 * 237 / 100, 48000
	for i, b := range everyFile(t) {
		track := openBytes(t, b, false)
		s := track.Stream()
		got, want := len(readFrom(t, track, 1<<30))/s.Audio.Channels, (frames*s.Audio.Rate+rate/2)/rate
		switch { // what a coding or a container has no place for
		case strings.HasPrefix(every[i].name, "ima.") || strings.HasPrefix(every[i].name, "ms."): // whole blocks
			want = max(want, min(got, want+2100))
		case slices.Contains([]string{"mp3.wav", "mp2.wav", "aac.aac", "bare.mp3", "layer2.mp2", "mp2.mka", "mp3.caf", "opus.caf", "mp3.mp4", "mp3.mka", "vorbis.mka", "vorbis.webm", "aac.mka",
			"mp3.avi", "vbr.avi", "mp2.avi", "film.avi", "mp2.mpg", "mp3.mpg", "film.mpg", "film.vob"}, every[i].name):
			want = max(want, min(got, want+3000))
		}
		if got != want || s.Frames >= 0 && !s.Estimated && int64(got) != s.Frames {
			t.Errorf("%s: %d frames, want %d: %+v", every[i].name, got, want, s)
		}
	}
}

// checkEnds reads a file to its end, whatever it is, and says how it ended: nil
// for io.EOF. Other errors must be of the two kinds.
func checkEnds(t *testing.T, b []byte) error {
	t.Helper()
	m, err := OpenReader(readerOf(b), int64(len(b)))
	if err != nil {
		return err
	}
	track, err := player.NewTrack(m, false)
	if err != nil {
		return err
	}
	var buf []int32
	total := 0
	for err == nil || err == media.ErrNewStreams {
		buf, err = track.Read(buf[:0])
		if total += len(buf); total > 1<<26 {
			t.Fatalf("%d samples from %d bytes", total, len(b))
		}
	}
	if err == io.EOF {
		return nil
	}
	return err
}
