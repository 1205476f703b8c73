package tags

import (
	"encoding/binary"
	"io"
	"math"
	"strconv"
	"strings"

	"linnet/player/internal/bmff"
	"linnet/player/media"
)

// Types of the data boxes in an item, Apple's "QuickTime File Format",
// "Well-known types".
const (
	mp4UTF8  = 1
	mp4UTF16 = 2
)

// maxItems is how many boxes of metadata are looked at.
const maxItems = 4096

// isMP4 says whether r begins as an MP4 or QuickTime file.
func isMP4(r io.ReaderAt) bool { return bmff.Match(readAt(r, 0, bmff.MatchSize)) }

// readMP4 adds to info what the metadata of an MP4 or QuickTime file say:
// the items of moov/udta/meta/ilst, and the texts that QuickTime keeps right
// in udta.
func readMP4(r io.ReaderAt, size int64, info *Info) {
	win := bmff.NewWindow(r)
	eachUserData(win, size, func(b bmff.Box) {
		if b.Is("meta") {
			eachItem(win, b, func(item bmff.Box) { readItem(r, win, item, info) })
		} else if b.Is("chpl") {
			info.Chapters = neroChapters(readUpTo(r, b.Body, min(b.Size(), MaxText))).sorted()
		} else if dst := textOf(b.Type, &info.Tags); dst != nil && *dst == "" {
			*dst = quickTimeText(r, b)
			info.note("QuickTime", mp4Name(b.Type), *dst)
		}
	})
	info.Tags.Genre = genre(info.Tags.Genre)
}

// eachUserData visits what lies in moov/udta, and moov/meta.
func eachUserData(win *bmff.Window, size int64, visit func(bmff.Box)) {
	if size < 0 {
		size = math.MaxInt64
	}
	top := bmff.Walk(win, 0, size)
	moov, _ := top.Find("moov")
	for w, n := bmff.Inside(win, moov, 0), 0; n < maxItems; n++ {
		b, ok := w.Next()
		if !ok {
			return
		}
		if b.Is("meta") {
			visit(b)
		}
		if !b.Is("udta") {
			continue
		}
		for u := bmff.Inside(win, b, 0); n < maxItems; n++ {
			b, ok := u.Next()
			if !ok {
				break
			}
			visit(b)
		}
	}
}

// eachItem visits the items of a meta box's list. In QuickTime's files the
// box has no version and flags, which show in where its first box is.
func eachItem(win *bmff.Window, meta bmff.Box, visit func(bmff.Box)) {
	skip := int64(4)
	if b := win.At(meta.Body+4, 4); string(b) == "hdlr" {
		skip = 0
	}
	w := bmff.Inside(win, meta, skip)
	list, _ := w.Find("ilst")
	items := bmff.Inside(win, list, 0)
	for range maxItems {
		item, ok := items.Next()
		if !ok {
			return
		}
		visit(item)
	}
}

// mp4Tag is what the list of items is called.
const mp4Tag = "MP4"

// mp4Name is a box's type for people.
func mp4Name(kind [4]byte) string { return strings.Replace(string(kind[:]), "\xa9", "©", 1) }

// textOf is the field for an item of text, nil where there is none.
func textOf(name [4]byte, t *media.Tags) *string {
	switch string(name[:]) {
	case "\xa9nam":
		return &t.Title
	case "\xa9ART":
		return &t.Artist
	case "aART":
		return &t.AlbumArtist
	case "\xa9alb":
		return &t.Album
	case "\xa9gen":
		return &t.Genre
	case "\xa9wrt":
		return &t.Composer
	case "\xa9day":
		return &t.Date
	case "\xa9cmt":
		return &t.Comment
	}
	return nil
}

func readItem(r io.ReaderAt, win *bmff.Window, item bmff.Box, info *Info) {
	t := &info.Tags
	if dst := textOf(item.Type, t); dst != nil {
		s := itemText(r, win, item, dst == &t.Artist || dst == &t.AlbumArtist || dst == &t.Genre)
		info.note(mp4Tag, mp4Name(item.Type), s)
		if *dst == "" {
			*dst = s
		}
		return
	}
	switch string(item.Type[:]) {
	case "trkn":
		mp4Pair(r, win, item, &t.Track, &t.TrackTotal)
		info.note(mp4Tag, "trkn", strconv.Itoa(t.Track))
	case "disk":
		mp4Pair(r, win, item, &t.Disc, &t.DiscTotal)
		info.note(mp4Tag, "disk", strconv.Itoa(t.Disc))
	case "gnre": // ID3v1's number, and one
		if b, _ := itemData(r, win, item, MaxText); len(b) >= 2 && t.Genre == "" {
			t.Genre = genreName(int(binary.BigEndian.Uint16(b)) - 1)
		}
	case "covr":
		w := bmff.Inside(win, item, 0)
		data, ok := w.Find("data")
		n := data.Size() - dataHead
		if ok {
			info.picture(mp4Tag, "covr", n, MaxCover)
		}
	case "----":
		name, text := itemName(r, win, item), mp4Text(itemData(r, win, item, MaxText))
		info.note(mp4Tag, "----:"+name, text)
		if name == "iTunSMPB" {
			info.Gapless = parseSMPB(text)
		}
		ReplayGain(name, text, &t.ReplayGain)
	}
}

// itemName is the name of an item that has one of its own, iTunes's "----".
func itemName(r io.ReaderAt, win *bmff.Window, item bmff.Box) string {
	w := bmff.Inside(win, item, 0)
	name, _ := w.Find("name")
	const versionAndFlags, most = 4, 64
	return string(readAt(r, name.Body+versionAndFlags, int(min(name.Size()-versionAndFlags, most))))
}

// dataHead is what stands before the value in a data box: type and locale.
const dataHead = 8

// itemData returns the value of an item, limit bytes of it at most, and its
// type.
func itemData(r io.ReaderAt, win *bmff.Window, item bmff.Box, limit int64) ([]byte, uint32) {
	w := bmff.Inside(win, item, 0)
	data, ok := w.Find("data")
	if !ok {
		return nil, 0
	}
	return dataOf(r, win, data, limit)
}

// dataOf is itemData of one of an item's values.
func dataOf(r io.ReaderAt, win *bmff.Window, data bmff.Box, limit int64) ([]byte, uint32) {
	kind, _ := win.Uint32(data.Body)
	return readUpTo(r, data.Body+dataHead, min(data.Size()-dataHead, limit)), kind & 0xffffff
}

// itemText is the text of an item; of all its values where it may have several.
func itemText(r io.ReaderAt, win *bmff.Window, item bmff.Box, several bool) (text string) {
	w := bmff.Inside(win, item, 0)
	for range maxValues {
		data, ok := w.Find("data")
		if !ok {
			break
		}
		s := mp4Text(dataOf(r, win, data, MaxText))
		switch {
		case text == "":
			text = s
		case s != "":
			text = joined(text, s)
		}
		if !several {
			break
		}
	}
	return text
}

// readUpTo reads n bytes at pos, or as many as there are: storage grows as
// they come.
func readUpTo(r io.ReaderAt, pos, n int64) []byte {
	if n <= 0 {
		return nil
	}
	b, _ := io.ReadAll(io.NewSectionReader(r, pos, n))
	return b
}

func mp4Text(b []byte, kind uint32) string {
	switch kind {
	case mp4UTF8:
		return decode(utf8Text, b)
	case mp4UTF16:
		return decode(utf16BE, b)
	}
	return Text(b)
}

// quickTimeText reads a text of QuickTime's user data: its length and
// language, of 16 bits each, then the text.
func quickTimeText(r io.ReaderAt, b bmff.Box) string {
	text := readUpTo(r, b.Body, min(b.Size(), MaxText))
	if len(text) < 4 {
		return ""
	}
	n := int(binary.BigEndian.Uint16(text))
	return Text(text[4:min(4+n, len(text))])
}

// mp4Pair reads a number and a total: 16 bits each, behind 16 of nothing.
func mp4Pair(r io.ReaderAt, win *bmff.Window, item bmff.Box, n, total *int) {
	b, _ := itemData(r, win, item, MaxText)
	if len(b) >= 4 && *n == 0 {
		*n = int(binary.BigEndian.Uint16(b[2:]))
	}
	if len(b) >= 6 && *total == 0 {
		*total = int(binary.BigEndian.Uint16(b[4:]))
	}
}

// coverMP4 returns the first picture of an MP4 file.
func coverMP4(r io.ReaderAt, size int64) (data []byte, mime string) {
	const typeJPEG, typePNG, typeBMP = 13, 14, 27
	win := bmff.NewWindow(r)
	eachUserData(win, size, func(b bmff.Box) {
		if !b.Is("meta") {
			return
		}
		eachItem(win, b, func(item bmff.Box) {
			if data != nil || !item.Is("covr") {
				return
			}
			b, kind := itemData(r, win, item, MaxCover+1)
			if len(b) == 0 || len(b) > MaxCover {
				return
			}
			said := map[uint32]string{typeJPEG: "jpeg", typePNG: "png", typeBMP: "bmp"}[kind]
			data, mime = b, imageType(b, said)
		})
	})
	return data, mime
}
