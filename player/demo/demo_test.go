package demo_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dhowden/tag"
)

// maxBytes is what the album may add to the repository.
const maxBytes = 3_000_000

var album = []struct {
	file, title string
	frames      int64
}{
	{"01 Morning on the Perch.mp3", "Morning on the Perch", 1896300},
	{"02 林间小路.mp3", "林间小路", 1693440},
	{"03 过溪.mp3", "过溪", 1878660},
	{"04 Homeward, Late.mp3", "Homeward, Late", 2019780},
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("album", file))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFiles(t *testing.T) {
	entries, err := os.ReadDir("album")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(album) {
		t.Errorf("%d files, want %d", len(entries), len(album))
	}
	size := 0
	for _, track := range album {
		size += len(read(t, track.file))
	}
	if size > maxBytes {
		t.Errorf("%d bytes, want at most %d", size, maxBytes)
	}
}

func TestTags(t *testing.T) {
	for i, track := range album {
		m, err := tag.ReadFrom(bytes.NewReader(read(t, track.file)))
		if err != nil {
			t.Errorf("%s: %v", track.file, err)
			continue
		}
		n, total := m.Track()
		if m.Title() != track.title || m.Artist() != "Linnet" || m.AlbumArtist() != "Linnet" || m.Album() != "Hedgerow 树篱" ||
			m.Year() != 2026 || n != i+1 || total != len(album) || m.Genre() != "Instrumental" {
			t.Errorf("%s: %q by %q of %q, %d, track %d of %d, %q", track.file, m.Title(), m.Artist(), m.Album(), m.Year(), n, total, m.Genre())
		}
		if want := [2]tag.Format{tag.ID3v2_3, tag.ID3v2_4}[i/2]; m.Format() != want {
			t.Errorf("%s: tags of %s, want %s", track.file, m.Format(), want)
		}
		if m.Picture() == nil {
			t.Errorf("%s: no cover", track.file)
			continue
		}
		c, err := png.DecodeConfig(bytes.NewReader(m.Picture().Data))
		if err != nil || c.Width != 300 || c.Height != 300 {
			t.Errorf("%s: a cover of %dx%d, %v", track.file, c.Width, c.Height, err)
		}
	}
}

// LAME's tag trims each file to the length that was encoded: the MPEG frames
// of 1152, less the delay and the padding, 12 bits each behind the "LAME".
func TestTrimmedLength(t *testing.T) {
	sums, err := os.ReadFile("pcm.sha256")
	if err != nil {
		t.Fatal(err)
	}
	for _, track := range album {
		b := read(t, track.file)
		info, lame := bytes.Index(b, []byte("Info")), bytes.Index(b, []byte("LAME"))
		if info < 0 || lame < info || lame > info+200 {
			t.Errorf("%s: no tag of LAME's", track.file)
			continue
		}
		count := int64(binary.BigEndian.Uint32(b[info+8:]))
		d := b[lame+21 : lame+24]
		delay, padding := int64(d[0])<<4|int64(d[1])>>4, int64(d[1]&15)<<8|int64(d[2])
		if got := count*1152 - delay - padding; got != track.frames {
			t.Errorf("%s: %d frames, want %d", track.file, got, track.frames)
		}
		if want := fmt.Sprintf("  %d  %s\n", track.frames, track.file); !strings.Contains(string(sums), want) {
			t.Errorf("%s: pcm.sha256 does not have %q", track.file, want)
		}
	}
}

// No decoder has to clip the album, and it is about as loud as other music.
func TestDecodedLevel(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not installed (apt-get install ffmpeg): the level of the decoded album is not measured")
	}
	for _, track := range album {
		cmd := exec.Command("ffmpeg", "-v", "error", "-i", filepath.Join("album", track.file), "-map", "0:a", "-f", "f32le", "-")
		b, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v", track.file, err)
		}
		var peak, sum float64
		for i := 0; i+4 <= len(b); i += 4 {
			v := float64(math.Float32frombits(binary.LittleEndian.Uint32(b[i:])))
			peak = max(peak, math.Abs(v))
			sum += v * v
		}
		level := 20 * math.Log10(math.Sqrt(sum/float64(len(b)/4)))
		if peak >= 0.98 || peak < 0.25 || level < -26 || level > -17 {
			t.Errorf("%s: peak %.3f of full scale, %.1f dBFS", track.file, peak, level)
		}
	}
}
