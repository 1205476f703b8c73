package external

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"linnet/player"
	"linnet/player/internal/ffmpeg"
	"linnet/player/media"
)

// Options say how files are opened.
type Options struct {
	// Width and Height bound the pictures: larger ones are made smaller, with square
	// pixels. 0 leaves them as they are.
	Width, Height int
	// Patience is how long a child may give nothing; 0 is ten seconds.
	Patience time.Duration
}

const defaultPatience = 10 * time.Second

// Name is what Media.Via says.
const Name = "ffmpeg"

// Available says whether there is an FFmpeg.
func Available() bool {
	_, err := ffmpeg.Find()
	return err == nil
}

// Extensions are the endings of the names of files that only FFmpeg knows.
func Extensions() []string { return ffmpeg.Extensions() }

// Behind opens a file with open, and with FFmpeg what that does not take: files that
// it does not know, and those of which it has no decoder for the pictures or for the
// first of the sound. Where FFmpeg does not take it either, or is not there, it is as
// open has it.
func Behind(open player.OpenMedia, opt Options) player.OpenMedia {
	if opt.Patience <= 0 {
		opt.Patience = defaultPatience
	}
	return func(name string) (*player.Media, error) {
		m, err := open(name)
		if err == nil && decodes(m) {
			return m, nil
		}
		var alien *media.UnsupportedError
		if err != nil && !errors.As(err, &alien) {
			return m, err
		}
		tools, missing := ffmpeg.Find()
		if missing != nil {
			return m, err
		}
		other, failed := through(tools, name, opt)
		if failed != nil {
			return m, err
		}
		if m != nil {
			other.Tags, other.Chapters = m.Tags, m.Chapters
			if m.Closer != nil {
				m.Close()
			}
		}
		return other, nil
	}
}

// decodes says whether there are decoders for what is played of a file.
func decodes(m *player.Media) bool {
	heard := false
	for _, s := range m.Demuxer.Streams() {
		var err error
		switch {
		case s.Kind == media.Audio && !heard:
			heard = true
			_, err = m.NewAudio(s)
		case s.Kind == media.Video && m.NewVideo != nil:
			_, err = m.NewVideo(s)
		}
		var alien *media.UnsupportedError
		if errors.As(err, &alien) {
			return false
		}
	}
	return true
}

var errNothing = errors.New("ffmpeg finds nothing to play in it")

// through opens a file by FFmpeg.
func through(tools ffmpeg.Tools, name string, opt Options) (*player.Media, error) {
	ctx, cancel := context.WithTimeout(context.Background(), opt.Patience)
	defer cancel()
	info, err := tools.Probe(ctx, name)
	if err != nil {
		return nil, err
	}
	if !isMedia(info) {
		return nil, errNothing
	}
	d := newDemuxer(tools, name, opt, info)
	if len(d.streams) == 0 {
		return nil, errNothing
	}
	return &player.Media{
		Name: name, Format: info.Format, Via: Name, Demuxer: d, Tags: tags(info.Tags), Closer: d,
		NewAudio: d.newAudio, NewVideo: d.newVideo,
	}, nil
}

// isMedia leaves out what FFmpeg makes pictures of as well: text and stills.
func isMedia(info *ffmpeg.Info) bool {
	if info.Format == "tty" || info.Format == "image2" || strings.HasSuffix(info.Format, "_pipe") {
		return false
	}
	return info.First(media.Audio) != nil || info.First(media.Video) != nil && info.Duration > 0
}

// tags are those that FFmpeg names alike in all formats.
func tags(from map[string]string) (t media.Tags) {
	for name, to := range map[string]*string{
		"title": &t.Title, "artist": &t.Artist, "album": &t.Album, "album_artist": &t.AlbumArtist,
		"composer": &t.Composer, "genre": &t.Genre, "date": &t.Date, "comment": &t.Comment,
	} {
		*to = from[name]
	}
	t.Track, t.TrackTotal = ofTotal(from["track"])
	t.Disc, t.DiscTotal = ofTotal(from["disc"])
	return t
}

func ofTotal(s string) (n, total int) {
	a, b, _ := strings.Cut(s, "/")
	n, _ = strconv.Atoi(strings.TrimSpace(a))
	total, _ = strconv.Atoi(strings.TrimSpace(b))
	return max(n, 0), max(total, 0)
}
