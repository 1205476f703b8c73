package ogg

import (
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"linnet/player/internal/opus"
	"linnet/player/media"
	"linnet/player/playertest"
)

// opusPieces are n packets of 20 ms with a pre-skip of 312.
func opusPieces(n int) (headers, sound []piece) {
	head := append([]byte("OpusHead\x01\x02"), 0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0)
	tags := append([]byte("OpusTags"), 1, 0, 0, 0, 'x', 1, 0, 0, 0, 7, 0, 0, 0, 'T', 'I', 'T', 'L', 'E', '=', 'y')
	for i := range n {
		sound = append(sound, piece{[]byte{0x78, byte(i), 0xff, 0xfe}, int64(i+1) * 960})
	}
	return []piece{{head, 0}, {tags, 0}}, sound
}

func TestOpus(t *testing.T) {
	headers, sound := opusPieces(100)
	sound[99].granule -= 200
	d := open(t, (&muxer{serial: 4, each: 3}).stream(headers, sound))
	s := d.Streams()[0]
	if s.Codec != media.Opus || s.Audio != (media.AudioFormat{Rate: 48000, Channels: 2, Bits: 16}) || s.Delay != 312 || s.Frames != 96000-200-312 || s.Padding != 200 {
		t.Errorf("%+v", s)
	}
	if d.Tags().Title != "y" || string(s.Config[:8]) != "OpusHead" {
		t.Errorf("%+v, %q", d.Tags(), s.Config)
	}
	var p media.Packet
	for _, frame := range []int64{0, 1, 5000, 40000, 95000, 1 << 30} {
		if err := d.Seek(s.Audio.Duration(frame)); err != nil {
			t.Fatal(err)
		}
		if err := d.ReadPacket(&p); err != nil {
			t.Fatal(err)
		}
		lead := frame + 312 - p.PTS
		if p.PTS > 0 && frame < s.Frames && (lead < opus.Preroll || lead > opus.Preroll+7*960) || p.PTS != int64(p.Data[1])*960 {
			t.Errorf("seek to %d: packet %d at %d", frame, p.Data[1], p.PTS)
		}
	}
}

func TestFLACFrames(t *testing.T) {
	for packet, want := range map[string]int64{
		"": 0, "\xff\xf8\x19\x08\x00\x00\x00": 192, "\xff\xf8\x29\x08\x00\x00\x00": 576, "\xff\xf8\x59\x08\x00\x00\x00": 4608,
		"\xff\xf8\x69\x08\x00\xfe\x00": 255, "\xff\xf8\x79\x08\xc2\x80\x12\x34": 0x1235, "\xff\xf8\xc9\x08\x00\x00\x00": 4096,
		"\xff\xf9\x79\x08\xfe\xbf\xbf\xbf\xbf\xbf\xbf\x00\x0f": 16, "\xff\xf8\x09\x08\x00\x00\x00": 0, "\x00\xf8\xc9\x08\x00\x00": 0,
	} {
		if got := flacFrames([]byte(packet)); got != want {
			t.Errorf("packet % x: %d frames, want %d", packet, got, want)
		}
	}
}

// Files of other encoders: as long as what they were made of.
func TestEncoders(t *testing.T) {
	for _, e := range []struct {
		tool, pkg string
		args      []string
		codec     media.Codec
	}{
		{"opusenc", "opus-tools", []string{"--quiet", "IN", "OUT"}, media.Opus},
		{"opusenc", "opus-tools", []string{"--quiet", "--framesize", "2.5", "IN", "OUT"}, media.Opus},
		{"flac", "flac", []string{"--silent", "--ogg", "-o", "OUT", "IN"}, media.FLAC},
		{"flac", "flac", []string{"--silent", "--ogg", "-b", "500", "--padding=999", "-o", "OUT", "IN"}, media.FLAC},
		{"ffmpeg", "ffmpeg", []string{"-v", "error", "-i", "IN", "-c:a", "flac", "OUT"}, media.FLAC},
		{"ffmpeg", "ffmpeg", []string{"-v", "error", "-i", "IN", "-c:a", "libopus", "OUT"}, media.Opus},
	} {
		t.Run(e.tool+string(e.codec), func(t *testing.T) {
			if _, err := exec.LookPath(e.tool); err != nil {
				t.Skipf("%s is not installed (apt-get install %s): its files are not looked at", e.tool, e.pkg)
			}
			dir := t.TempDir()
			in, out := filepath.Join(dir, "in.wav"), filepath.Join(dir, "out.ogg")
			playertest.FFmpeg(t, "-f", "lavfi", "-i", "sine=r=48000:d=2.34", in)
			for i, a := range e.args {
				e.args[i] = map[string]string{"IN": in, "OUT": out}[a]
				if e.args[i] == "" {
					e.args[i] = a
				}
			}
			if b, err := exec.Command(e.tool, e.args...).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, b)
			}
			b, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			d := open(t, b)
			s := d.Streams()[0]
			if s.Codec != e.codec || s.Audio.Rate != 48000 || s.Audio.Channels != 1 || s.Frames != 2.34*48000 {
				t.Errorf("%+v", s)
			}
			if e.codec == media.Opus && s.Delay != int64(binary.LittleEndian.Uint16(s.Config[10:])) {
				t.Errorf("delay %d", s.Delay)
			}
			for i, p := range playertest.Packets(open(t, b), 1<<20) {
				if len(p.Data) == 0 { // ffmpeg ends FLAC with one
					t.Errorf("packet %d is empty", i)
				}
			}
			if want := s.Delay + s.Frames + s.Padding; counted(d) != want {
				t.Errorf("%d frames in packets, want %d", counted(d), want)
			}
		})
	}
}

// counted reads to the end and returns where the packets' sound does.
func counted(d *Demuxer) int64 {
	for d.ReadPacket(new(media.Packet)) == nil {
	}
	return d.pts
}
