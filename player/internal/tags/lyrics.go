package tags

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode"

	"linnet/player/internal/bmff"
	"linnet/player/internal/charset"
	"linnet/player/internal/ebml"
	"linnet/player/internal/flac"
)

// lyricFields are what comments and items of APE call lyrics, the better ones
// first: those with times. The last is what FFmpeg calls a user text of ID3v2.
var lyricFields = []string{"SYNCEDLYRICS", "LYRICS", "UNSYNCEDLYRICS", "UNSYNCED LYRICS", "USLT"}

// words collects what a file's tags have of lyrics, by how good it is.
type words struct {
	text string
	rank int // of text; 0 for none
}

func (w *words) offer(rank int, text string) {
	if text != "" && (w.rank == 0 || rank < w.rank) {
		w.text, w.rank = text, rank
	}
}

// field offers the value of a named field, which says what it is.
func (w *words) field(name string, value io.Reader) {
	for i, f := range lyricFields {
		if strings.EqualFold(name, f) {
			b, _ := io.ReadAll(io.LimitReader(value, MaxText))
			w.offer(2+i, lyricText(utf8Text, b))
		}
	}
}

// Lyrics returns the words that the tags of a file of size bytes have, as they
// stand there, in lines: plain, or as LRC. "" is none.
func Lyrics(r io.ReaderAt, size int64) string {
	var w words
	switch {
	case isMP4(r):
		w.mp4(r, size)
	case ebml.Match(readAt(r, 0, 4)): // Matroska's are subtitles
	case isASF(r):
		openASF(r, func(v asfValue) {
			if v.name == "WM/Lyrics" && v.kind == asfText {
				w.offer(2, lyricText(utf16BOM, append([]byte{0xff, 0xfe}, readUpTo(r, v.pos, min(v.size, MaxText))...)))
			}
		})
	case string(readAt(r, 0, len(oggMark))) == oggMark:
		readOgg(r, w.comments, func(io.Reader) {})
	default:
		eachFLAC(r, Leading(r, 1<<62), func(kind int, body *io.SectionReader) bool {
			if kind == flac.VorbisCommentBlock {
				w.comments(body)
			}
			return true
		})
		w.id3v2(r, 0)
		if size >= 0 {
			eachTrailing(r, size, func(b block) {
				switch b.kind {
				case blockID3v2:
					w.id3v2(r, b.start)
				case blockAPE:
					eachAPE(r, b, func(key string, _ int64, value io.Reader) { w.field(key, value) })
				}
			})
		}
	}
	return w.text
}

func (w *words) comments(r io.Reader) {
	eachComment(r, func(name string, _ int64, value io.Reader) { w.field(name, value) })
}

func (w *words) mp4(r io.ReaderAt, size int64) {
	win := bmff.NewWindow(r)
	eachUserData(win, size, func(meta bmff.Box) {
		if !meta.Is("meta") {
			return
		}
		eachItem(win, meta, func(item bmff.Box) {
			if item.Is("\xa9lyr") {
				b, kind := itemData(r, win, item, MaxText)
				encoding := byte(utf8Text)
				if kind == mp4UTF16 {
					encoding = utf16BE
				}
				w.offer(2, lyricText(encoding, b))
			}
		})
	})
}

func (w *words) id3v2(r io.ReaderAt, pos int64) {
	walk, ok := newWalker(r, pos)
	if !ok {
		return
	}
	for walk.next() {
		switch walk.id {
		case "SYLT":
			w.offer(1, syncedText(walk.body(MaxText, false)))
		case "USLT":
			if b := walk.body(MaxText, false); len(b) > 4 {
				_, rest := cutText(b[0], b[4:])
				w.offer(3, lyricText(b[0], rest))
			}
		case "TXXX":
			if b := walk.body(MaxText, false); len(b) > 1 {
				desc, rest := cutText(b[0], b[1:])
				w.field(decode(b[0], desc), strings.NewReader(lyricText(b[0], rest)))
			}
		}
	}
}

// syncedText makes LRC of a SYLT frame, ID3v2.3.0 clause 4.10: encoding, language,
// format of the times, type of content, description; then texts, each with its
// time. Where texts are syllables, those that begin with a line break begin a
// line. Times in frames, and what is not sung, give nothing.
func syncedText(b []byte) string {
	const milliseconds, lyrics, transcription = 2, 1, 2
	if len(b) < 7 || b[4] != milliseconds || b[5] != lyrics && b[5] != transcription {
		return ""
	}
	type piece struct {
		ms   uint32
		text string
	}
	var pieces []piece
	syllables := false
	for _, rest := cutText(b[0], b[6:]); len(rest) > 0; {
		var text []byte
		text, rest = cutText(b[0], rest)
		if len(rest) < 4 {
			break
		}
		p := piece{binary.BigEndian.Uint32(rest), lyricText(b[0], text)}
		syllables = syllables || len(pieces) > 0 && strings.HasPrefix(p.text, "\n")
		pieces, rest = append(pieces, p), rest[4:]
	}
	var out strings.Builder
	for i, p := range pieces {
		at := fmt.Sprintf("%02d:%02d.%03d", p.ms/60000, p.ms/1000%60, p.ms%1000)
		text := strings.ReplaceAll(strings.TrimPrefix(p.text, "\n"), "\n", " ")
		switch {
		case syllables && i > 0 && !strings.HasPrefix(p.text, "\n"):
			fmt.Fprintf(&out, "<%s>%s", at, text)
		case syllables:
			fmt.Fprintf(&out, "\n[%s]<%s>%s", at, at, text)
		default:
			fmt.Fprintf(&out, "\n[%s]%s", at, text)
		}
	}
	return strings.TrimPrefix(out.String(), "\n")
}

// lyricText decodes text of several lines, up to its first zero, without control
// characters. What is said to be Latin-1 may be anything.
func lyricText(encoding byte, b []byte) string {
	b, _ = cutText(encoding, b)
	var s string
	switch encoding {
	case utf16BOM, utf16BE:
		s = decodeUTF16(b)
	default:
		s = charset.Guess([][]byte{b}).Charset.String(b)
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == 0xfeff) {
			return -1
		}
		return r
	}, s)
}
