package tags

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"
	"time"

	"linnet/player/media"
)

func TestClock(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"00:00:00.000": 0, "01:02:03.456": time.Hour + 2*time.Minute + 3456*time.Millisecond, "100:00:59": 100*time.Hour + 59*time.Second,
		"0:0:1.5": 1500 * time.Millisecond, "": -1, "1:2": -1, "00:60:00": -1, "00:00:60.000": -1, "00:-1:00": -1, "a:b:c": -1,
	} {
		got, ok := clock(s)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: %v, %v", s, got, ok)
		}
	}
}

// Chapters in comments come in the order of time, whatever their numbers; a
// field that is like one and is none is left out.
func TestCommentChapters(t *testing.T) {
	var info Info
	VorbisComment(bytes.NewReader(vorbisComment("CHAPTER002=00:01:00.000", "CHAPTER002NAME=Two", "CHAPTER001=00:00:01.250", "TITLE=x", "CHAPTER003NAME=lost",
		"CHAPTER004=nowhere", "CHAPTER001NAME=One", "CHAPTER001=00:00:09.000", "CHAPTERX01=00:00:09.000")), &info)
	want := []media.Chapter{{Start: 1250 * time.Millisecond, Title: "One"}, {Start: time.Minute, Title: "Two"}}
	if !slices.Equal(info.Chapters, want) || info.Tags.Title != "x" {
		t.Errorf("%+v", info)
	}
}

// chap is a CHAP frame's body.
func chap(start uint32, title string, version byte) []byte {
	b := binary.BigEndian.AppendUint32([]byte("ch\x00"), start)
	b = append(b, make([]byte, 12)...)
	b = append(b, "XXXX\x00\x00\x00\x01\x00\x00?TIT2"...)
	n := uint32(len(title) + 1)
	if version == 4 {
		n = n>>7<<8 | n&0x7f
	}
	b = append(binary.BigEndian.AppendUint32(b, n), 0, 0, 3)
	return append(b, title...)
}

func TestChapterFrame(t *testing.T) {
	long := string(bytes.Repeat([]byte("x"), 200))
	for _, version := range []byte{3, 4} {
		for _, title := range []string{"One", long} {
			b := chap(61500, title, version)
			c, ok := chapter(b, version)
			if want := (media.Chapter{Start: 61500 * time.Millisecond, Title: title}); !ok || c != want {
				t.Errorf("version %d: %+v", version, c)
			}
			for n := range b {
				if c, ok := chapter(b[:n], version); ok && c.Title != "" {
					t.Errorf("cut to %d bytes: %+v", n, c)
				}
			}
		}
	}
}

func TestNeroChapters(t *testing.T) {
	body := append([]byte{2}, "\x00\x00\x00\x00\x00\x00\x00\x00\x03One\x00\x00\x00\x00\x00\x98\x96\x80\x03Two"...)
	want := chapterList{{Title: "One"}, {Start: time.Second, Title: "Two"}}
	for _, head := range []string{"\x01\x00\x00\x00\x00\x00\x00\x00", "\x00\x00\x00\x00"} {
		b := append([]byte(head), body...)
		if got := neroChapters(b); !slices.Equal(got, want) {
			t.Errorf("%+v", got)
		}
		for n := range b {
			if got := neroChapters(b[:n]); len(got) > 1 {
				t.Errorf("cut to %d bytes: %+v", n, got)
			}
		}
	}
}
