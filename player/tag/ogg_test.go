package tag

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"linnet/player/media"
	"linnet/player/playertest"
)

// oggPages are packets in pages of at most so many segments. The checksums are
// left out: package tag does not look at them.
func oggPages(serial uint32, most int, packets ...[]byte) (all []byte) {
	var lacing, body []byte
	flags := byte(2)
	flush := func() {
		page := append([]byte("OggS\x00"), flags)
		page = append(page, make([]byte, 8)...)
		page = binary.LittleEndian.AppendUint32(page, serial)
		page = append(append(page, make([]byte, 8)...), byte(len(lacing)))
		all = append(append(append(all, page...), lacing...), body...)
		lacing, body, flags = nil, nil, 0
	}
	for i, p := range packets {
		for done := false; !done; {
			n := min(len(p), 255)
			done = n < 255
			lacing, body, p = append(lacing, byte(n)), append(body, p[:n]...), p[n:]
			if len(lacing) == most || i == 0 && done {
				flush()
			}
		}
	}
	if len(lacing) > 0 {
		flush()
	}
	return all
}

// comments is a comment packet's content.
func comments(fields ...string) []byte { return vorbisComment(uint32(len(fields)), fields...).Body }

var oggFields = []string{"title=Título", "ARTIST=一位歌手", "ALBUM=Album", "TRACKNUMBER=3/12", "R128_TRACK_GAIN=-256", "R128_ALBUM_GAIN=512"}

func oggWant(cover bool) media.Tags {
	return media.Tags{Title: "Título", Artist: "一位歌手", Album: "Album", Track: 3, TrackTotal: 12, HasCover: cover,
		ReplayGain: media.ReplayGain{Track: media.Loudness{Known: true, Gain: 400}, Album: media.Loudness{Known: true, Gain: 700}}}
}

// oggFiles are one of each codec with a cover, in pages of few segments and
// between another stream's.
func oggFiles(most int) map[string][]byte {
	back, front := picture(4, "image/png", []byte("\x89PNG\r\n back")), picture(3, "image/jpeg", jpeg)
	encoded := func(b []byte) string { return "metadata_block_picture=" + base64.StdEncoding.EncodeToString(b) }
	fields := append(slices.Clone(oggFields), encoded(back.Body), "X="+strings.Repeat("y", 3000), encoded(front.Body))
	block := func(kind byte, body []byte) []byte {
		return append([]byte{kind, byte(len(body) >> 16), byte(len(body) >> 8), byte(len(body))}, body...)
	}
	sound := bytes.Repeat([]byte{1}, 600)
	skeleton := oggPages(9, most, []byte("fishead\x00"))
	return map[string][]byte{
		"Vorbis": oggPages(7, most, []byte("\x01vorbis---------"), append([]byte("\x03vorbis"), comments(fields...)...), []byte("\x05vorbis"), sound),
		"Opus":   append(slices.Clone(skeleton), oggPages(7, most, []byte("OpusHead\x01\x02"), append([]byte("OpusTags"), comments(fields...)...), sound)...),
		"FLAC": oggPages(7, most, []byte("\x7fFLAC\x01\x00\x00\x03fLaC"), block(4, comments(oggFields...)), block(6, back.Body), block(1, make([]byte, 510)),
			block(0x86, front.Body), sound),
	}
}

func TestOgg(t *testing.T) {
	for _, most := range []int{1, 2, 7, 255} {
		for name, b := range oggFiles(most) {
			if got := read(t, b); got != oggWant(true) {
				t.Errorf("%s, %d segments:\n got %+v\nwant %+v", name, most, got, oggWant(true))
			}
			if data, mime, err := Cover(bytes.NewReader(b), int64(len(b))); err != nil || mime != "image/jpeg" || !bytes.Equal(data, jpeg) {
				t.Errorf("%s, %d segments: cover of %d bytes, %q, %v", name, most, len(data), mime, err)
			}
		}
	}
	plain := oggPages(1, 255, []byte("OpusHead\x01\x02"), append([]byte("OpusTags"), comments(oggFields...)...))
	if got := read(t, plain); got != oggWant(false) {
		t.Errorf("%+v", got)
	}
	if data, _, _ := Cover(bytes.NewReader(plain), 1<<20); data != nil {
		t.Errorf("a cover of %d bytes", len(data))
	}
}

// What is cut off gives what there is; what is not known gives nothing.
func TestBrokenOgg(t *testing.T) {
	for name, b := range oggFiles(7) {
		for n := 0; n < len(b); n += 29 {
			read(t, b[:n])
			if data, _, err := Cover(bytes.NewReader(b[:n]), int64(n)); err != nil || len(data) > n {
				t.Fatalf("%s, %d bytes: %d, %v", name, n, len(data), err)
			}
		}
	}
	for name, b := range map[string][]byte{
		"Theora":   oggPages(1, 255, []byte("\x80theora"), comments(oggFields...)),
		"no mark":  oggPages(1, 255, []byte("OpusHead\x01\x02"), comments(oggFields...)),
		"no page":  []byte("OggS"),
		"no block": oggPages(1, 255, []byte("\x7fFLAC\x01"), []byte{4}),
		"bad text": oggPages(1, 255, []byte("OpusHead\x01\x02"), append([]byte("OpusTags"), comments("METADATA_BLOCK_PICTURE=!!!!")...)),
	} {
		got := read(t, b)
		got.HasCover = false
		if data, _, _ := Cover(bytes.NewReader(b), int64(len(b))); got != (media.Tags{}) || data != nil {
			t.Errorf("%s: %+v, a cover of %d bytes", name, got, len(data))
		}
	}
}

// What opusenc and ffmpeg write is found.
func TestOggTools(t *testing.T) {
	if _, err := exec.LookPath("opusenc"); err != nil {
		t.Skip("opusenc is not installed (apt-get install opus-tools): its tags are not looked at")
	}
	dir := t.TempDir()
	wav, png, opus := filepath.Join(dir, "a.wav"), filepath.Join(dir, "a.png"), filepath.Join(dir, "a.opus")
	playertest.FFmpeg(t, "-f", "lavfi", "-i", "sine=d=1", wav, "-f", "lavfi", "-i", "color=red:s=90x90:d=1", "-frames:v", "1", png)
	if out, err := exec.Command("opusenc", "--quiet", "--title", "Título", "--artist", "一位歌手", "--picture", png, wav, opus).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	b, err := os.ReadFile(opus)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(png)
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, b); got.Title != "Título" || got.Artist != "一位歌手" || !got.HasCover {
		t.Errorf("%+v", got)
	}
	if data, mime, err := Cover(bytes.NewReader(b), int64(len(b))); err != nil || mime != "image/png" || !bytes.Equal(data, want) {
		t.Errorf("cover of %d bytes, %q, %v", len(data), mime, err)
	}
}
