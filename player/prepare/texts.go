package prepare

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"linnet/player/internal/ffmpeg"
	"linnet/player/media"
)

// A text is a stream of subtitles within a film that becomes a file beside it, where
// the board's player finds it.
type text struct {
	stream int
	to     string // its path below the target
}

// styled are codecs of subtitles whose styles the board's player knows, plain are
// others that are text.
var (
	styled = map[string]bool{"ass": true, "ssa": true}
	plain  = map[string]bool{"subrip": true, "srt": true, "mov_text": true, "webvtt": true, "text": true, "microdvd": true, "sami": true, "subviewer": true}
)

// ending is that of the file that a stream of subtitles becomes, "" where it is none.
func ending(s ffmpeg.Stream) string {
	switch {
	case s.Kind != media.Subtitle:
	case styled[s.Codec]:
		return ".ass"
	case plain[s.Codec]:
		return ".srt"
	}
	return ""
}

// nameTexts gives the subtitles within a film the film's name, with the language and
// where that is not enough a number, so that none is one that is taken.
func (j *job) nameTexts(taken map[string]bool) {
	base := strings.TrimSuffix(j.to, path.Ext(j.to))
	for _, s := range j.info.Streams {
		end := ending(s)
		if end == "" {
			continue
		}
		name := base
		if l := languageName(s.Language); l != "" {
			name += "." + l
		}
		to := name + end
		for n := 2; taken[strings.ToLower(to)]; n++ {
			to = fmt.Sprintf("%s.%d%s", name, n, end)
		}
		taken[strings.ToLower(to)] = true
		j.texts = append(j.texts, text{s.Index, to})
	}
}

// languageName is a language as a part of a file's name, "" where it is unknown, or
// is no such.
func languageName(l string) string {
	if l == "und" || len(l) > 35 || strings.ContainsFunc(l, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		return ""
	}
	return l
}

// outputs are ffmpeg's arguments for them, each under a name of its own until all is
// whole.
func (j *job) outputs(part func(text) string) (args []string) {
	for _, t := range j.texts {
		format, codec := "srt", "srt"
		if path.Ext(t.to) == ".ass" {
			format, codec = "ass", "ass"
		}
		args = append(args, "-map", "0:"+strconv.Itoa(t.stream), "-c:s", codec, "-f", format, ffmpeg.Output(part(t)))
	}
	return args
}
