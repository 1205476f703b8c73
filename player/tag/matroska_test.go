package tag

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player/media"
	"linnet/player/playertest"
)

// element is one of EBML, with a size of eight bytes.
func element(id uint32, body ...string) string {
	all := strings.Join(body, "")
	head := strings.TrimLeft(string(binary.BigEndian.AppendUint32(nil, id)), "\x00")
	return head + string(binary.BigEndian.AppendUint64(nil, 1<<56|uint64(len(all)))) + all
}

func simple(name, value string) string {
	return element(0x67c8, element(0x45a3, name), element(0x4487, value))
}

func attached(name, mime, data string) string {
	return element(0x61a7, element(0x466e, name), element(0x4660, mime), element(0x465c, data))
}

func matroska(parts ...string) []byte {
	return []byte(element(0x1a45dfa3, element(0x4282, "matroska")) + element(0x18538067, parts...))
}

var (
	level50 = element(0x63c0, element(0x68ca, "\x32"))
	level30 = element(0x63c0, element(0x68ca, "\x1e"))
	cluster = element(0x1f43b675, element(0xe7, "\x00"))
)

// song are the elements of a file that says much of itself.
func song() []string {
	return []string{
		element(0x1549a966, element(0x7ba9, "Título")),
		element(0x1254c367,
			element(0x7373, level50, simple("TITLE", "Album"), simple("ARTIST", "Various"), simple("REPLAYGAIN_ALBUM_GAIN", "-1.5 dB")),
			element(0x7373, level30, simple("artist", "一位歌手"), simple("PART_NUMBER", "3"), simple("TOTAL_PARTS", "12"), simple("GENRE", "Rock"),
				simple("DATE_RELEASED", "2001"), simple("REPLAYGAIN_TRACK_GAIN", "2 dB"), simple("REPLAYGAIN_TRACK_PEAK", "0.5"), simple("DISC", "1/2"), simple("COMMENT", "nice")),
			element(0x7373, element(0x63c0, element(0x63c4, "\x07")), simple("TITLE", "a chapter's"))),
		element(0x1941a469, attached("notes.txt", "text/plain", "words"), attached("small_cover.jpg", "image/jpeg", "\xff\xd8\xffsmall"),
			attached("Cover.JPG", "image/jpeg", string(jpeg)), attached("other.png", "image/png", "\x89PNG\r\n")),
	}
}

func TestMatroska(t *testing.T) {
	want := media.Tags{Title: "Título", Artist: "一位歌手", Album: "Album", AlbumArtist: "Various", Genre: "Rock", Date: "2001", Comment: "nice",
		Track: 3, TrackTotal: 12, Disc: 1, DiscTotal: 2, HasCover: true,
		ReplayGain: media.ReplayGain{Track: media.Loudness{Known: true, Gain: 200, Peak: 1 << 23}, Album: media.Loudness{Known: true, Gain: -150}}}
	front := matroska(append(song(), cluster)...)
	// The same behind the sound, where a SeekHead says that it is.
	s := song()
	var entries []string
	at := len(element(0x114d9b74, strings.Repeat("-", 3*len(element(0x4dbb, element(0x53ab, "1234"), element(0x53ac, "12345678")))))) + len(cluster)
	for i, id := range []uint32{0x1549a966, 0x1254c367, 0x1941a469} {
		entries = append(entries, element(0x4dbb, element(0x53ab, string(binary.BigEndian.AppendUint32(nil, id))), element(0x53ac, string(binary.BigEndian.AppendUint64(nil, uint64(at))))))
		at += len(s[i])
	}
	behind := matroska(append([]string{element(0x114d9b74, entries...), cluster}, s...)...)
	for name, b := range map[string][]byte{"front": front, "behind": behind} {
		if got := read(t, b); got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, want)
		}
		if data, mime, err := Cover(bytes.NewReader(b), int64(len(b))); err != nil || mime != "image/jpeg" || !bytes.Equal(data, jpeg) {
			t.Errorf("%s: cover of %d bytes, %q, %v", name, len(data), mime, err)
		}
	}
	if got := read(t, matroska(song()[0], cluster)); got != (media.Tags{Title: "Título"}) {
		t.Errorf("%+v", got)
	}
	if data, mime, _ := Cover(bytes.NewReader(matroska(element(0x1941a469, attached("x", "image/png", "\x89PNG\r\n")))), -1); mime != "image/png" || len(data) != 6 {
		t.Errorf("a picture of no name: %d bytes, %q", len(data), mime)
	}
}

// Several artists and genres count, each once, and of others the first.
func TestMatroskaValues(t *testing.T) {
	got := read(t, matroska(element(0x1254c367, element(0x7373, level30, simple("TITLE", "Title"), simple("TITLE", "other"),
		simple("ARTIST", "One"), simple("ARTIST", ""), simple("ARTIST", "Two"), simple("GENRE", "Rock"), simple("GENRE", "Pop"), simple("GENRE", "Rock"))), cluster))
	if want := (media.Tags{Title: "Title", Artist: "One; Two", Genre: "Rock; Pop"}); got != want {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

func TestBrokenMatroska(t *testing.T) {
	whole := matroska(append(song(), cluster)...)
	for n := 0; n < len(whole); n += 7 {
		read(t, whole[:n])
		if data, _, err := Cover(bytes.NewReader(whole[:n]), int64(n)); err != nil || len(data) > n {
			t.Fatalf("%d bytes: %d, %v", n, len(data), err)
		}
	}
	for name, b := range map[string][]byte{
		"another kind": bytes.Replace(whole, []byte("matroska"), []byte("whatever"), 1),
		"too large":    matroska(element(0x1941a469, attached("cover.png", "image/png", strings.Repeat("x", 8<<20+1)))),
		"empty":        matroska(element(0x1941a469, attached("cover.png", "image/png", ""))),
		"no data":      matroska(element(0x1941a469, element(0x61a7, element(0x4660, "image/png")))),
	} {
		if data, _, err := Cover(bytes.NewReader(b), int64(len(b))); data != nil || err != nil {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
	}
}

// What ffmpeg writes is found.
func TestMatroskaFFmpeg(t *testing.T) {
	dir := t.TempDir()
	png, mka := filepath.Join(dir, "cover.png"), filepath.Join(dir, "a.mka")
	playertest.FFmpeg(t, "-f", "lavfi", "-i", "color=red:s=90x90:d=1", "-frames:v", "1", png)
	playertest.FFmpeg(t, "-f", "lavfi", "-i", "sine=d=1", "-metadata", "title=Título", "-metadata", "artist=一位歌手", "-metadata", "track=3/12",
		"-metadata", "REPLAYGAIN_TRACK_GAIN=-3.25 dB", "-attach", png, "-metadata:s:t", "mimetype=image/png", mka)
	b, err := os.ReadFile(mka)
	if err != nil {
		t.Fatal(err)
	}
	want := media.Tags{Title: "Título", Artist: "一位歌手", Track: 3, TrackTotal: 12, HasCover: true,
		ReplayGain: media.ReplayGain{Track: media.Loudness{Known: true, Gain: -325}}}
	if got := read(t, b); got != want {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	picture, err := os.ReadFile(png)
	if err != nil {
		t.Fatal(err)
	}
	if data, mime, err := Cover(bytes.NewReader(b), int64(len(b))); err != nil || mime != "image/png" || !bytes.Equal(data, picture) {
		t.Errorf("cover of %d bytes, %q, %v", len(data), mime, err)
	}
}
