package subtitle

import (
	"slices"
	"sort"
	"strings"
	"time"

	"linnet/player/internal/charset"
	"linnet/player/media"
)

// shownFor is for how long at most a text is shown of which its film does not say it.
const shownFor = 10 * time.Second

// An Embedded is the subtitles of a stream within a film, as far as it was read. They
// come one by one, before the pictures over which they are shown.
type Embedded struct {
	Track
	of     media.Codec
	ass    ass
	timed  timed
	ending bool // some do not say how long they are shown: the next one ends them
}

// NewEmbedded is for a stream; nil where that is no text.
func NewEmbedded(s media.Stream) *Embedded {
	e := &Embedded{Track: Track{Charset: charset.UTF8}, of: s.Codec}
	switch s.Codec {
	case media.SubRip:
	case media.ASS:
		e.ass.styles = map[string]Cue{}
		for l := range strings.Lines(charset.UTF8.String(s.Config)) {
			e.ass.head(l)
		}
	case media.TimedText, media.QuickTimeText:
		e.timed = newTimed(s)
	default:
		return nil
	}
	return e
}

// blockFields are those of an event of SubStation Alpha within a film, which has its
// times elsewhere.
var blockFields = []string{"readorder", "layer", "style", "name", "marginl", "marginr", "marginv", "effect", "text"}

// Add takes a packet of the stream, and keeps none of its bytes. One that came before,
// as after a seek, is passed over.
func (e *Embedded) Add(p *media.Packet) {
	start, length := time.Duration(p.PTS), time.Duration(p.Length)
	if length <= 0 {
		e.ending, length = true, shownFor
	}
	c := e.cue(p.Data, start, start+length)
	if c.Text = tidy(c.Text); c.Text != "" && len(e.Cues) < maxCues {
		e.insert(c)
	}
}

// cue makes a cue of a packet's data.
func (e *Embedded) cue(b []byte, start, end time.Duration) Cue {
	switch e.of {
	case media.ASS:
		return e.ass.cue(named(blockFields, fields(charset.UTF8.String(b), len(blockFields))), start, end)
	case media.TimedText, media.QuickTimeText:
		return e.timed.cue(b, start, end)
	}
	return styled(start, end, strings.ReplaceAll(charset.UTF8.String(b), "\r", "\n"))
}

// insert puts a cue to its place, behind those that begin with it.
func (e *Embedded) insert(c Cue) {
	at := sort.Search(len(e.Cues), func(i int) bool { return e.Cues[i].Start > c.Start })
	for i := at - 1; i >= 0 && e.Cues[i].Start == c.Start; i-- {
		if e.Cues[i] == c {
			return
		}
	}
	e.Cues = slices.Insert(e.Cues, at, c)
	e.longest = max(e.longest, c.End-c.Start)
}

// At is Track.At of what was read.
func (e *Embedded) At(dst []Cue, at time.Duration) []Cue {
	n := len(dst)
	dst = e.Track.At(dst, at)
	if e.ending && len(dst) > n+1 {
		dst = append(dst[:n], dst[len(dst)-1])
	}
	return dst
}
