package mkv

import (
	"strconv"
	"strings"

	"linnet/player/internal/tags"
	"linnet/player/media"
)

const (
	levelTrack = 30 // TargetTypeValue of a song
)

// readTags reads Tags, RFC 9559 clause 5.1.8. What is said of the song is
// believed before what is said of the album, whose title is the album's
// then.
func (d *Demuxer) readTags(e element) {
	var song, album media.Tags
	d.each(e, func(e element) bool {
		if e.id == idTag {
			d.readTag(e, &song, &album)
		}
		return true
	})
	if song.Title != "" && album.Title != "" {
		tags.Fill(&album, media.Tags{Album: album.Title})
	}
	if song.Artist != "" && album.Artist != "" {
		tags.Fill(&album, media.Tags{AlbumArtist: album.Artist})
	}
	tags.Fill(&song, album)
	d.seg.tags = song
}

func (d *Demuxer) readTag(tag element, song, album *media.Tags) {
	to := album
	d.each(tag, func(e element) bool {
		switch e.id {
		case idTargets:
			d.each(e, func(e element) bool {
				if e.id == idTargetLevel && d.small(e) <= levelTrack {
					to = song
				}
				return true
			})
		case idSimpleTag:
			d.readSimpleTag(e, to)
		}
		return true
	})
}

func (d *Demuxer) readSimpleTag(tag element, to *media.Tags) {
	var name, value string
	d.each(tag, func(e element) bool {
		switch e.id {
		case idTagName:
			name = strings.ToUpper(cstring(d.bytes(e, 256)))
		case idTagString:
			value = tags.Text(d.bytes(e, maxText))
		}
		return true
	})
	setTag(to, name, value)
}

// setTag sets a field by the name that the Matroska tag registry or ffmpeg
// gives it. The first of several counts.
func setTag(t *media.Tags, name, value string) {
	texts := map[string]*string{
		"TITLE": &t.Title, "ARTIST": &t.Artist, "ALBUM": &t.Album, "ALBUM_ARTIST": &t.AlbumArtist, "ALBUMARTIST": &t.AlbumArtist,
		"GENRE": &t.Genre, "DATE_RELEASED": &t.Date, "DATE_RECORDED": &t.Date, "DATE": &t.Date, "COMMENT": &t.Comment,
	}
	if dst := texts[name]; dst != nil && *dst == "" {
		*dst = value
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
	}
}

func setNumber(dst *int, s string) {
	if n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 16); err == nil && *dst == 0 {
		*dst = int(n)
	}
}
