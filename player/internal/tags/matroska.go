package tags

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"linnet/player/internal/ebml"
	"linnet/player/media"
)

// Elements of RFC 9559 clauses 5.1.2, 5.1.6, 5.1.7 and 5.1.8.
const (
	idInfo          = 0x1549a966
	idTitle         = 0x7ba9
	idAttachments   = 0x1941a469
	idAttachedFile  = 0x61a7
	idFileName      = 0x466e
	idFileMIME      = 0x4660
	idFileData      = 0x465c
	idChapters      = 0x1043a770
	idEdition       = 0x45b9
	idEditionHidden = 0x45bd
	idChapterAtom   = 0xb6
	idChapterStart  = 0x91
	idChapterHidden = 0x98
	idDisplay       = 0x80
	idChapterString = 0x85
	idTags          = 0x1254c367
	idTag           = 0x7373
	idTargets       = 0x63c0
	idTargetLevel   = 0x68ca
	idTagChapterUID = 0x63c4
	idTagAttachUID  = 0x63c6
	idSimpleTag     = 0x67c8
	idTagName       = 0x45a3
	idTagString     = 0x4487

	matroskaTag = "Matroska"

	levelTrack = 30 // TargetTypeValue of a song
)

// matroska reads what a Matroska or WebM file says of itself.
type matroska struct {
	*ebml.Reader
	song, album media.Tags
	chapters    []media.Chapter
	covers      []attachment
	info        *Info // takes notes
}

// An attachment is a picture that came with the file.
type attachment struct {
	rank int // the less the better
	mime string
	data ebml.Element
}

// readMatroska adds to info what stands in Tags, Chapters and Attachments, and
// the title. What is said of the song is believed before what is said of the
// album, whose title is the album's then.
func readMatroska(r io.ReaderAt, size int64, info *Info) {
	m, title := openMatroska(r, size, info)
	if m == nil {
		return
	}
	if m.song.Title != "" && m.album.Title != "" {
		Fill(&m.album, media.Tags{Album: m.album.Title})
	}
	if m.song.Artist != "" && m.album.Artist != "" {
		Fill(&m.album, media.Tags{AlbumArtist: m.album.Artist})
	}
	t := &info.Tags
	*t = m.song
	Fill(t, m.album)
	if title != "" { // the file's own is the song's
		if t.Title != "" && t.Album == "" && t.Title != title {
			t.Album = t.Title
		}
		t.Title = title
	}
	t.HasCover = len(m.covers) > 0
	info.Chapters = m.chapters
}

// coverMatroska returns the attachment that its name makes the cover, or the
// first picture.
func coverMatroska(r io.ReaderAt, size int64) (data []byte, mime string) {
	m, _ := openMatroska(r, size, new(Info))
	if m == nil || len(m.covers) == 0 {
		return nil, ""
	}
	best := slices.MinFunc(m.covers, func(a, b attachment) int { return a.rank - b.rank })
	n := best.data.End - best.data.Body
	if data = readUpTo(r, best.data.Body, n); int64(len(data)) < n {
		return nil, ""
	}
	return data, imageType(data, best.mime)
}

// openMatroska reads all that is wanted; nil for another kind of file.
func openMatroska(r io.ReaderAt, size int64, info *Info) (m *matroska, title string) {
	m = &matroska{info: info, Reader: ebml.NewReader(r, size)}
	end := size
	if size < 0 {
		end = ebml.Unknown
	}
	seg, err := m.Segment(end)
	if err != nil {
		return nil, ""
	}
	m.Top(seg, []uint32{idInfo, idTags, idChapters, idAttachments}, func(e ebml.Element) {
		switch e.ID {
		case idInfo:
			title = m.text(e, idTitle)
			info.note(matroskaTag, "Title", title)
		case idTags:
			m.each(e, idTag, m.readTag)
		case idChapters:
			m.each(e, idEdition, m.readEdition)
		case idAttachments:
			m.each(e, idAttachedFile, m.readFile)
		}
	})
	return m, title
}

// each visits the children of one kind, up to as many as are looked at.
func (m *matroska) each(parent ebml.Element, id uint32, visit func(ebml.Element)) {
	n := 0
	m.Each(parent, func(e ebml.Element) bool {
		if e.ID == id {
			visit(e)
			n++
		}
		return n < maxFields
	})
}

// text is the first text of a kind among an element's children.
func (m *matroska) text(parent ebml.Element, id uint32) (s string) {
	m.each(parent, id, func(e ebml.Element) {
		if s == "" {
			s = Text(m.Bytes(e, MaxText))
		}
	})
	return s
}

// readTag reads a Tag, clause 5.1.8.1. Those of chapters and attachments say
// nothing of the sound.
func (m *matroska) readTag(tag ebml.Element) {
	to, other := &m.album, false
	m.each(tag, idTargets, func(targets ebml.Element) {
		m.Each(targets, func(e ebml.Element) bool {
			switch e.ID {
			case idTargetLevel:
				if m.Small(e) <= levelTrack {
					to = &m.song
				}
			case idTagChapterUID, idTagAttachUID:
				v, _ := m.Uint(e)
				other = other || v != 0
			}
			return true
		})
	})
	if !other {
		m.each(tag, idSimpleTag, func(e ebml.Element) {
			name, value := strings.ToUpper(m.text(e, idTagName)), m.text(e, idTagString)
			m.info.note(matroskaTag, name, value)
			setMatroska(to, name, value)
		})
	}
}

// setMatroska sets a field by the name that the Matroska tag registry or ffmpeg
// gives it. The first of several counts, but there may be several artists and genres.
func setMatroska(t *media.Tags, name, value string) {
	texts := map[string]*string{
		"TITLE": &t.Title, "ARTIST": &t.Artist, "ALBUM": &t.Album, "ALBUM_ARTIST": &t.AlbumArtist, "ALBUMARTIST": &t.AlbumArtist,
		"COMPOSER": &t.Composer, "GENRE": &t.Genre, "DATE_RELEASED": &t.Date, "DATE_RECORDED": &t.Date, "DATE": &t.Date, "COMMENT": &t.Comment,
	}
	switch dst := texts[name]; {
	case dst == nil || value == "":
	case *dst == "":
		*dst = value
	case strings.HasSuffix(name, "ARTIST") || name == "GENRE":
		*dst = joined(*dst, value)
	}
	number, total, _ := strings.Cut(value, "/")
	switch name {
	case "PART_NUMBER", "TRACK", "TRACKNUMBER":
		setNumber(&t.Track, number)
		setNumber(&t.TrackTotal, total)
	case "TOTAL_PARTS", "TRACKTOTAL":
		setNumber(&t.TrackTotal, number)
	case "DISC", "DISCNUMBER":
		setNumber(&t.Disc, number)
		setNumber(&t.DiscTotal, total)
	default:
		ReplayGain(name, value, &t.ReplayGain)
	}
}

func setNumber(dst *int, s string) {
	if n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 16); err == nil && *dst == 0 {
		*dst = int(n)
	}
}

// readEdition takes the chapters of the first edition that is not hidden,
// clause 5.1.7.1. Chapters within chapters are left out.
func (m *matroska) readEdition(edition ebml.Element) {
	if m.chapters != nil || m.flag(edition, idEditionHidden) {
		return
	}
	var all chapterList
	m.each(edition, idChapterAtom, func(atom ebml.Element) {
		if m.flag(atom, idChapterHidden) {
			return
		}
		var c media.Chapter
		m.Each(atom, func(e ebml.Element) bool {
			switch e.ID {
			case idChapterStart:
				v, _ := m.Time(e)
				c.Start = time.Duration(v)
			case idDisplay:
				if c.Title == "" {
					c.Title = m.text(e, idChapterString)
				}
			}
			return true
		})
		all.add(c)
	})
	m.chapters = all.sorted()
}

// flag is the value of a child that is 0 where there is none.
func (m *matroska) flag(parent ebml.Element, id uint32) (set bool) {
	m.each(parent, id, func(e ebml.Element) { set = m.Small(e) != 0 })
	return set
}

// readFile notes an attachment that is a picture. By the specification's
// "Cover Art" a cover is called cover.jpg or .png, small_cover for a small one,
// and cover_land for a wide one.
func (m *matroska) readFile(file ebml.Element) {
	a := attachment{rank: 4, mime: m.text(file, idFileMIME)}
	m.each(file, idFileData, func(e ebml.Element) { a.data = e })
	if n := a.data.End - a.data.Body; !strings.HasPrefix(a.mime, "image/") || n <= 0 || n > MaxCover {
		return
	}
	name, _, _ := strings.Cut(strings.ToLower(m.text(file, idFileName)), ".")
	if i := slices.Index([]string{"cover", "cover_land", "small_cover", "small_cover_land"}, name); i >= 0 {
		a.rank = i
	}
	if len(m.covers) < maxValues {
		m.covers = append(m.covers, a)
	}
}
