package tags

import (
	"io"

	"linnet/player/internal/charset"
	"linnet/player/internal/ebml"
	"linnet/player/media"
)

const (
	// MaxText is how many bytes of a text field are read.
	MaxText = 64 << 10
	// MaxCover is the largest picture, in bytes.
	MaxCover = 8 << 20
	// maxFields is how many fields of one tag are looked at.
	maxFields = 4096
)

// Info is what the tags of a file say.
type Info struct {
	Tags     media.Tags
	Gapless  Gapless
	Chapters []media.Chapter // in the order of time
	// Mask is what a FLAC file's comment says of the loudspeakers, for
	// media.NewLayout; 0 when it does not.
	Mask uint32
	// Fields are all that was read, where ReadFields did.
	Fields []Field

	noting bool
}

// Gapless is iTunes's "iTunSMPB" comment: the encoder's delay and padding,
// without the decoder's delay, and the frames of sound between them.
type Gapless struct {
	Valid                  bool
	Delay, Padding, Frames int64
}

// Read reads the tags of a file of size bytes (-1 when not known: then only
// those in front). Where several speak, FLAC's own are believed before ID3v2,
// that before APE and that before ID3v1. MP4, QuickTime, Matroska, Ogg, RIFF, AIFF
// and Core Audio and ASF files have metadata of their own, which are read instead, wherever they stand.
func Read(r io.ReaderAt, size int64) Info {
	info := ReadUndecided(r, size)
	if list := info.Legacy(); list != nil {
		info.Decide(charset.Guess(list).Charset)
	}
	return info
}

// ReadFields is ReadUndecided that also keeps all that it meets.
func ReadFields(r io.ReaderAt, size int64) Info {
	return read(r, size, Info{noting: true})
}

// ReadUndecided is Read for who decodes, with Decide, what the tags do not say
// the charset of.
func ReadUndecided(r io.ReaderAt, size int64) Info { return read(r, size, Info{}) }

func read(r io.ReaderAt, size int64, info Info) Info {
	if isMP4(r) {
		readMP4(r, size, &info)
		return info
	}
	if ebml.Match(readAt(r, 0, 4)) {
		readMatroska(r, size, &info)
		return info
	}
	if string(readAt(r, 0, len(oggMark))) == oggMark {
		readOggTags(r, &info)
		return info
	}
	if IsCAF(readAt(r, 0, len(cafMagic))) {
		readCAF(r, &info)
		return info
	}
	if isASF(r) {
		readASF(r, &info)
		return info
	}
	if order, ok := riffOrder(readAt(r, 0, riffHead)); ok {
		readRIFF(r, order, &info)
		return info
	}
	id3, ape, v1 := Info{noting: info.noting}, Info{noting: info.noting}, Info{noting: info.noting}
	readFLAC(r, Leading(r, 1<<62), &info)
	readID3v2(r, 0, &id3)
	info.add(&id3)
	info.Gapless = id3.Gapless
	if info.Chapters == nil {
		info.Chapters = id3.Chapters
	}
	if size < 0 {
		return info
	}
	eachTrailing(r, size, func(b block) {
		switch b.kind {
		case blockID3v2:
			readID3v2(r, b.start, &info)
		case blockAPE:
			readAPE(r, b, &ape)
		case blockID3v1:
			readID3v1(r, b.end-id3v1Size, &v1)
		}
	})
	info.add(&ape)
	info.add(&v1)
	return info
}

// add takes over from another tag what info lacks.
func (info *Info) add(other *Info) {
	Fill(&info.Tags, other.Tags)
	info.Fields = append(info.Fields, other.Fields...)
}

// Within returns what the ID3v2 tag at pos says, where a format keeps one
// among its own parts. Its pictures are left alone.
func Within(r io.ReaderAt, pos int64) media.Tags {
	var info Info
	readID3v2(r, pos, &info)
	if list := info.Legacy(); list != nil {
		info.Decide(charset.Guess(list).Charset)
	}
	info.Tags.HasCover = false
	return info.Tags
}

// Cover returns the front cover, or else the first picture, of a file of
// size bytes, and its MIME type. data is nil when there is none.
func Cover(r io.ReaderAt, size int64) (data []byte, mime string) {
	if isMP4(r) {
		return coverMP4(r, size)
	}
	if ebml.Match(readAt(r, 0, 4)) {
		return coverMatroska(r, size)
	}
	if string(readAt(r, 0, len(oggMark))) == oggMark {
		return coverOgg(r)
	}
	if isASF(r) {
		return coverASF(r)
	}
	if order, ok := riffOrder(readAt(r, 0, riffHead)); ok {
		return coverRIFF(r, order)
	}
	if data, mime = coverFLAC(r, Leading(r, 1<<62)); data != nil {
		return data, mime
	}
	if data, mime = coverID3v2(r, 0); data != nil || size < 0 {
		return data, mime
	}
	eachTrailing(r, size, func(b block) {
		switch {
		case data != nil:
		case b.kind == blockID3v2:
			data, mime = coverID3v2(r, b.start)
		case b.kind == blockAPE:
			data, mime = coverAPE(r, b)
		}
	})
	return data, mime
}

func eachTrailing(r io.ReaderAt, size int64, visit func(block)) {
	for range maxTags {
		b := lastBlock(r, size)
		if b.kind == noBlock {
			return
		}
		visit(b)
		size = b.start
	}
}

// Fill takes over from src what dst lacks.
func Fill(dst *media.Tags, src media.Tags) {
	for _, p := range [...]struct{ dst, src *string }{
		{&dst.Title, &src.Title}, {&dst.Artist, &src.Artist}, {&dst.Album, &src.Album},
		{&dst.AlbumArtist, &src.AlbumArtist}, {&dst.Genre, &src.Genre}, {&dst.Date, &src.Date},
		{&dst.Comment, &src.Comment}, {&dst.Composer, &src.Composer},
	} {
		if *p.dst == "" {
			*p.dst = *p.src
		}
	}
	for _, p := range [...]struct{ dst, src *int }{
		{&dst.Track, &src.Track}, {&dst.TrackTotal, &src.TrackTotal},
		{&dst.Disc, &src.Disc}, {&dst.DiscTotal, &src.DiscTotal},
	} {
		if *p.dst == 0 {
			*p.dst = *p.src
		}
	}
	dst.HasCover = dst.HasCover || src.HasCover
	dst.HasSheet = dst.HasSheet || src.HasSheet
	dst.Oversize = dst.Oversize || src.Oversize
	fillLoudness(&dst.ReplayGain.Track, src.ReplayGain.Track)
	fillLoudness(&dst.ReplayGain.Album, src.ReplayGain.Album)
}
