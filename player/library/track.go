package library

import (
	"encoding/binary"
	"errors"
	"path"
	"strings"
	"time"

	"linnet/player/media"
)

// A Track is one file, or a part of one. It does not change once it is in a snapshot.
type Track struct {
	Path    string // below the root, with slashes
	Size    int64  // of the file that has the sound
	ModTime int64  // its, in nanoseconds since 1970
	Added   int64  // when it was first seen, seconds since 1970
	Volume  string // where its file system was mounted below the root, "" for the root's
	Absent  bool   // the volume is away
	Sheet   bool   // it is, or has, a cue sheet: it stands for its parts, and is no track itself

	Format   string // the container's name
	Duration time.Duration
	Audio    media.AudioFormat // zero where the file has no sound
	Tags     media.Tags
	Charset  string // that tags without a stated one were decoded from, "" where there was none

	// Of is the file that the track is a part of, below the root where it lies there; ""
	// for one that is a file itself. The part is what is between From and To, where To 0
	// is the file's end. Path is then the name of the sheet that says so, with the part's
	// own behind it as if the sheet were a folder.
	Of       string
	From, To time.Duration

	// Trouble is why the file is no track, "" for one that is. Detail is more about
	// that; or, of a track, what could not be read of it.
	Trouble Kind
	Detail  string
}

// Title is what the track is called: by its tags, or by its file.
func (t *Track) Title() string {
	if t.Tags.Title != "" {
		return t.Tags.Title
	}
	base := path.Base(t.Path)
	return strings.TrimSuffix(base, path.Ext(base))
}

// Kind is what is wrong with a file.
type Kind string

// The kinds of trouble.
const (
	Damaged     Kind = "damaged"     // it breaks the rules of its format
	Unsupported Kind = "unsupported" // valid, but nothing that is played
	Unreadable  Kind = "unreadable"  // the medium or the rights
	Changing    Kind = "changing"    // it was written to while it was read
)

// recordVersion is how records begin.
const recordVersion = 1

// flags of a record.
const (
	flagAbsent = 1 << iota
	flagCover
	flagSheet
	flagPart // Of, From and To are at the end of the record
)

// encode appends the track's record to b; the path is the record's key.
func (t *Track) encode(b []byte) []byte {
	flags := uint64(0)
	if t.Absent {
		flags |= flagAbsent
	}
	if t.Tags.HasCover {
		flags |= flagCover
	}
	if t.Sheet {
		flags |= flagSheet
	}
	if t.Of != "" {
		flags |= flagPart
	}
	b = append(b, recordVersion)
	for _, v := range []int64{int64(flags), t.Size, t.ModTime, t.Added, int64(t.Duration), int64(t.Audio.Rate), int64(t.Audio.Channels), int64(t.Audio.Bits),
		int64(t.Tags.Track), int64(t.Tags.TrackTotal), int64(t.Tags.Disc), int64(t.Tags.DiscTotal)} {
		b = binary.AppendVarint(b, v)
	}
	for _, s := range t.texts() {
		b = appendText(b, *s)
	}
	if t.Of != "" {
		b = binary.AppendVarint(binary.AppendVarint(b, int64(t.From)), int64(t.To))
		b = appendText(b, t.Of)
	}
	return b
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// cutText cuts a text off a record; ok is false where it is damaged.
func cutText(b []byte) (text, rest []byte, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return nil, nil, false
	}
	b = b[size:]
	return b[:n], b[n:], true
}

// texts are the fields that are text, in the order of the record.
func (t *Track) texts() []*string {
	g := &t.Tags
	return []*string{&t.Volume, &t.Format, &t.Charset, (*string)(&t.Trouble), &t.Detail,
		&g.Title, &g.Artist, &g.Album, &g.AlbumArtist, &g.Composer, &g.Genre, &g.Date, &g.Comment}
}

var errRecord = errors.New("library: a record is damaged")

// decode reads a record; text goes through intern.
func (t *Track) decode(b []byte, intern func([]byte) string) error {
	if len(b) == 0 || b[0] != recordVersion {
		return errRecord
	}
	b = b[1:]
	var v [12]int64
	for i := range v {
		n, size := binary.Varint(b)
		if size <= 0 {
			return errRecord
		}
		v[i], b = n, b[size:]
	}
	t.Absent, t.Tags.HasCover = v[0]&flagAbsent != 0, v[0]&flagCover != 0
	t.Size, t.ModTime, t.Added, t.Duration = v[1], v[2], v[3], time.Duration(v[4])
	t.Audio = media.AudioFormat{Rate: int(v[5]), Channels: int(v[6]), Bits: int(v[7])}
	t.Tags.Track, t.Tags.TrackTotal, t.Tags.Disc, t.Tags.DiscTotal = int(v[8]), int(v[9]), int(v[10]), int(v[11])
	var text []byte
	ok := true
	for _, s := range t.texts() {
		if text, b, ok = cutText(b); !ok {
			return errRecord
		}
		*s = intern(text)
	}
	if t.Sheet = v[0]&flagSheet != 0; v[0]&flagPart == 0 {
		return nil
	}
	for _, d := range []*time.Duration{&t.From, &t.To} {
		n, size := binary.Varint(b)
		if size <= 0 {
			return errRecord
		}
		*d, b = time.Duration(n), b[size:]
	}
	if text, _, ok = cutText(b); !ok {
		return errRecord
	}
	t.Of = intern(text)
	return nil
}

// interner gives texts that many tracks share the same storage.
type interner map[string]string

func (in interner) intern(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if s, ok := in[string(b)]; ok {
		return s
	}
	s := string(b)
	in[s] = s
	return s
}

// shared is intern for the fields that repeat, of a track that was just read.
func (in interner) shared(t *Track) {
	for _, s := range t.texts() {
		if *s != "" {
			*s = in.intern([]byte(*s))
		}
	}
	t.Of = in.intern([]byte(t.Of))
}

// Stats is what listening left of a file.
type Stats struct {
	Plays  int
	Rating int           // 0 to 10, 0 for none
	Last   time.Time     // when it was last played to its end or near it; zero for never
	Resume time.Duration // where it was left
}

func (s *Stats) encode() []byte {
	b := []byte{recordVersion}
	last := int64(0)
	if !s.Last.IsZero() {
		last = s.Last.Unix()
	}
	for _, v := range []int64{int64(s.Plays), int64(s.Rating), last, int64(s.Resume / time.Millisecond)} {
		b = binary.AppendVarint(b, v)
	}
	return b
}

func (s *Stats) decode(b []byte) error {
	if len(b) == 0 || b[0] != recordVersion {
		return errRecord
	}
	b = b[1:]
	var v [4]int64
	for i := range v {
		n, size := binary.Varint(b)
		if size <= 0 {
			return errRecord
		}
		v[i], b = n, b[size:]
	}
	*s = Stats{Plays: int(v[0]), Rating: int(v[1]), Resume: time.Duration(v[3]) * time.Millisecond}
	if v[2] != 0 {
		s.Last = time.Unix(v[2], 0)
	}
	return nil
}
