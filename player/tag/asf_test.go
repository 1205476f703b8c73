package tag

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player/media"
)

// asf builds the header of an ASF file of objects.
func asf(objects ...[]byte) []byte {
	body := bytes.Join(objects, nil)
	h := append([]byte("\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"), binary.LittleEndian.AppendUint64(nil, uint64(30+len(body)))...)
	h = binary.LittleEndian.AppendUint32(h, uint32(len(objects)))
	return append(append(h, 1, 2), body...)
}

func asfObject(id string, body []byte) []byte {
	return append(binary.LittleEndian.AppendUint64([]byte(id), uint64(24+len(body))), body...)
}

// asfUTF16 is text in UTF-16 without a mark, ended.
func asfUTF16(s string) []byte { return append([]byte(utf16le(s)[2:]), 0, 0) }

const (
	asfContentID  = "\x33\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"
	asfExtendedID = "\x40\xa4\xd0\xd2\x07\xe3\xd2\x11\x97\xf0\x00\xa0\xc9\x5e\xa8\x50"
	asfExtensID   = "\xb5\x03\xbf\x5f\x2e\xa9\xcf\x11\x8e\xe3\x00\xc0\x0c\x20\x53\x65"
	asfLibraryID  = "\x94\x1c\x23\x44\x98\x94\xd1\x49\xa1\x41\x1d\x13\x4e\x45\x70\x54"
)

// asfExt builds an extended content description of names, types and values.
func asfExt(fields ...any) []byte {
	b := binary.LittleEndian.AppendUint16(nil, uint16(len(fields)/3))
	for i := 0; i < len(fields); i += 3 {
		name, value := asfUTF16(fields[i].(string)), fields[i+2].([]byte)
		b = append(binary.LittleEndian.AppendUint16(b, uint16(len(name))), name...)
		b = binary.LittleEndian.AppendUint16(b, uint16(fields[i+1].(int)))
		b = append(binary.LittleEndian.AppendUint16(b, uint16(len(value))), value...)
	}
	return asfObject(asfExtendedID, b)
}

// asfLib builds a metadata library of one value, in a header extension.
func asfLib(name string, kind int, value []byte) []byte {
	n := asfUTF16(name)
	b := []byte{1, 0, 0, 0, 0, 0}
	b = binary.LittleEndian.AppendUint16(b, uint16(len(n)))
	b = binary.LittleEndian.AppendUint16(b, uint16(kind))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(value)))
	o := asfObject(asfLibraryID, append(append(b, n...), value...))
	head := append(make([]byte, 18), byte(len(o)), byte(len(o)>>8), 0, 0)
	return asfObject(asfExtensID, append(head, o...))
}

func asfContent(title, author, description string) []byte {
	texts := [][]byte{asfUTF16(title), asfUTF16(author), nil, asfUTF16(description), nil}
	var b []byte
	for _, s := range texts {
		b = binary.LittleEndian.AppendUint16(b, uint16(len(s)))
	}
	return asfObject(asfContentID, append(b, bytes.Join(texts, nil)...))
}

func asfPicture(kind byte, data []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte{kind}, uint32(len(data)))
	return append(append(append(b, asfUTF16("image/jpeg")...), asfUTF16("desc")...), data...)
}

func TestASF(t *testing.T) {
	dword := func(n uint32) []byte { return binary.LittleEndian.AppendUint32(nil, n) }
	file := asf(
		asfObject(strings.Repeat("?", 16), make([]byte, 40)),
		asfContent("远山的回声", "白鹭与风", "live"),
		asfExt("WM/AlbumTitle", 0, asfUTF16("山谷来信"), "WM/AlbumArtist", 0, asfUTF16("Various"), "WM/Genre", 0, asfUTF16("Folk"), "WM/Year", 0, asfUTF16("2024"),
			"WM/Track", 3, dword(4), "WM/PartOfSet", 0, asfUTF16("1/2"), "WM/Composer", 0, asfUTF16("A"), "WM/Composer", 0, asfUTF16("B"),
			"replaygain_track_gain", 0, asfUTF16("-6.50 dB"), "WM/Lyrics", 0, asfUTF16("one\ntwo"), "IsVBR", 2, dword(1)),
		asfLib("WM/Picture", 1, asfPicture(3, jpeg)),
	)
	r := bytes.NewReader(file)
	got, err := Read(r, r.Size())
	if err != nil {
		t.Fatal(err)
	}
	gain := got.ReplayGain.Track
	got.ReplayGain = media.ReplayGain{}
	want := media.Tags{Title: "远山的回声", Artist: "白鹭与风", Album: "山谷来信", AlbumArtist: "Various", Genre: "Folk", Date: "2024", Track: 5, Disc: 1, DiscTotal: 2,
		Composer: "A; B", Comment: "live", HasCover: true}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if gain == (media.Loudness{}) {
		t.Error("no ReplayGain")
	}
	if data, mime, err := Cover(r, r.Size()); err != nil || !bytes.Equal(data, jpeg) || mime != "image/jpeg" {
		t.Errorf("the cover has %d bytes, %s, %v", len(data), mime, err)
	}
	if text, err := Lyrics(r, r.Size()); err != nil || text != "one\ntwo" {
		t.Errorf("lyrics %q, %v", text, err)
	}
	for n := range file { // cut anywhere it says less, and nothing worse
		c := bytes.NewReader(file[:n])
		if _, err := Read(c, c.Size()); err != nil {
			t.Fatal(n, err)
		}
		Cover(c, c.Size())
	}
}

// FFmpeg's WMA files.
func TestASFOfFFmpeg(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not installed (make test installs it)")
	}
	path := filepath.Join(t.TempDir(), "x.wma")
	out, err := exec.Command("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "anullsrc", "-t", "0.2", "-metadata", "title=Titel", "-metadata", "artist=Künstler",
		"-metadata", "album=Album", "-metadata", "track=3", "-metadata", "genre=Rock", "-metadata", "date=2001", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(bytes.NewReader(b), int64(len(b)))
	if err != nil || got.Title != "Titel" || got.Artist != "Künstler" || got.Album != "Album" || got.Track != 3 || got.Genre != "Rock" || got.Date != "2001" {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzASF(f *testing.F) {
	f.Add(asf(asfContent("a", "b", "c"), asfExt("WM/Picture", 1, asfPicture(3, jpeg[:40]), "WM/Track", 3, []byte{1, 0, 0, 0}), asfLib("WM/Lyrics", 0, asfUTF16("x"))))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := bytes.NewReader(b)
		rep, err := Inspect(r, r.Size(), "", nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range rep.Fields {
			if len(field.Text) > 2*64<<10 {
				t.Fatalf("%s has %d bytes", field.Name, len(field.Text))
			}
		}
		Cover(r, r.Size())
		Lyrics(r, r.Size())
	})
}
