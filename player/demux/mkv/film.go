package mkv

import (
	"io"
	"math"
	"strings"
	"time"

	"linnet/player/internal/ebml"
	"linnet/player/internal/fourcc"
	"linnet/player/media"
)

// late is how far behind its key a picture may be shown before it: when a
// block is so much later than a time, no key for it follows.
const late = time.Second

// A film is a track of pictures that is given out.
type film struct {
	*track
	keys bool // no picture needs another

	reordering time.Duration // media.Stream.Reordering
	until      int64         // frames that begin before this place of the file are left out
}

// pictureCodecs are the codecs of pictures by the CodecID.
var pictureCodecs = map[string]media.Codec{
	"V_MPEG1": media.MPEG1Video, "V_MPEG2": media.MPEG2Video, "V_MJPEG": media.MJPEG,
	"V_MPEG4/ISO/SP": media.MPEG4, "V_MPEG4/ISO/ASP": media.MPEG4, "V_MPEG4/ISO/AP": media.MPEG4,
	"V_MPEG4/ISO/AVC": "h264", "V_H263": h263, "V_MPEGH/ISO/HEVC": "hevc", "V_MPEG4/MS/V3": "msmpeg4v3",
	"V_VP8": "vp8", "V_VP9": "vp9", "V_AV1": "av1", "V_THEORA": "theora",
}

const (
	vfw       = "V_MS/VFW/FOURCC"
	quicktime = "V_QUICKTIME"
	// bitmapInfo is the length of a BITMAPINFOHEADER.
	bitmapInfo = 40
)

// h263 is the codec of pictures that are of MPEG-4's short headers, or of none
// that there is a decoder for.
const h263 media.Codec = "h263"

// played says whether there is a decoder for the track's pictures.
func (t *track) played() bool {
	switch c, _ := t.coding(); c {
	case media.MPEG1Video, media.MPEG2Video, media.MPEG4, media.MJPEG:
		return t.err == nil && t.video.Width > 0 && t.video.Height > 0
	}
	return false
}

// coding is the codec of the track's pictures, and its decoder's set-up data.
// Old files have AVI's BITMAPINFOHEADER, or QuickTime's description.
func (t *track) coding() (c media.Codec, config []byte) {
	if t.short {
		return media.MPEG4, nil
	}
	switch p := t.private; {
	case t.codec == vfw && len(p) >= bitmapInfo:
		code := string(p[16:20])
		if c, ok := fourcc.Codec(code); ok {
			return c, p[bitmapInfo:]
		}
		return fourcc.Name(code), nil
	case t.codec == quicktime && len(p) >= 8:
		code := string(p[4:8])
		if c, ok := fourcc.Codec(code); ok {
			return c, nil
		}
		return fourcc.Name(code), nil
	}
	if c = pictureCodecs[t.codec]; c == media.MJPEG {
		return c, nil
	}
	if c == "" {
		c = media.Codec(strings.ToLower(strings.TrimPrefix(t.codec, "V_")))
	}
	return c, t.private
}

// describe fills in what is known of a track of pictures. Blocks that came
// from an AVI file have times in the order of decoding.
func (t *track) describe(s *media.Stream) {
	s.Kind = media.Video
	s.Codec, s.Config = t.coding()
	s.DecodeOrder = t.codec == vfw
	s.Video = t.video
	s.Video.Rate = rate(t.frame)
}

// rate is how many pictures a second has where each lasts so many nanoseconds,
// which is rounded: what television and cinema have is recognised.
func rate(frame int64) media.Rational {
	if frame <= 0 || frame > int64(time.Hour) {
		return media.Rational{}
	}
	for _, n := range []int64{24, 30, 48, 60, 120} {
		if d := frame*n - 1001e6; max(d, -d) <= n {
			return media.Rational{Num: int(n * 1000), Den: 1001}
		}
	}
	if n := (1e9 + frame/2) / frame; n > 0 && max(frame*n-1e9, 1e9-frame*n) <= n {
		return media.Rational{Num: int(n), Den: 1}
	}
	return fraction(1e9, frame)
}

// fraction is num/den in its lowest terms, and as near to it as 31 bits are;
// not known where either is 0.
func fraction(num, den int64) media.Rational {
	if num <= 0 || den <= 0 {
		return media.Rational{}
	}
	a, b := num, den
	for b != 0 {
		a, b = b, a%b
	}
	for num, den = num/a, den/a; num > math.MaxInt32 || den > math.MaxInt32; {
		num, den = num>>1, den>>1
	}
	return media.Rational{Num: int(num), Den: int(den)}
}

// film is the film whose block was read, nil where it is sound.
func (d *Demuxer) film() *film {
	for _, f := range d.films {
		if f.track == d.of {
			return f
		}
	}
	return nil
}

// picture makes a packet of the frame that was read into p.Data, and reports
// false where it lies before the place that was sought, or is empty.
func (d *Demuxer) picture(p *media.Packet, f *film, pos int64) bool {
	if pos < f.until || len(p.Data) == 0 {
		return false
	}
	*p = media.Packet{Stream: int(f.number), Data: p.Data, PTS: int64(d.shown(f)), Pos: pos, Key: d.key || f.keys}
	return true
}

// shown is when the frame that was read last is, counted from where the
// sound begins: frames of one block follow each other.
func (d *Demuxer) shown(f *film) time.Duration {
	laced := int64(d.i - 1)
	return time.Duration(d.when*d.seg.tick - d.origin + laced*min(f.frame, int64(time.Hour)))
}

// refine looks at the first picture of a track of H.263, which alone says whether
// there is a decoder for it.
func (d *Demuxer) refine(t *track) {
	if c, _ := t.coding(); t.kind != typeVideo || c != h263 {
		return
	}
	d.taken = append(d.taken[:0], t)
	d.enter(d.seg.clusters)
	if d.step() {
		b := d.in.Peek(d.next, int(min(d.sizes[0], fourcc.ShortHeader)))
		t.short = len(t.strip) == 0 && fourcc.H263(b) == media.MPEG4
	}
}

// watch has the cursor take one film alone.
func (d *Demuxer) watch(f *film) { d.taken = append(d.taken[:0], f.track) }

// step goes to the next block of what is taken, over damage; false at the end.
func (d *Demuxer) step() bool {
	for {
		d.i = d.n
		err := d.block()
		if err == nil {
			d.i = 1
			return true
		}
		if err == io.EOF || d.in.Err() != nil {
			return false
		}
	}
}

// measureFilms finds what the times of pictures count from, and how long they
// last.
func (d *Demuxer) measureFilms() {
	if d.sound != nil {
		d.origin = d.clock.base*d.seg.tick + int64(d.heard.Audio.Duration(d.heard.Delay)) - d.sound.delay
	} else {
		d.origin = d.firstPicture()
	}
	for i := range d.streams {
		s := &d.streams[i]
		for _, f := range d.films {
			if s.ID == int(f.number) && s.Kind == media.Video {
				s.Length = d.lengthOf(f)
			}
		}
	}
}

// firstPicture is the time of the first picture of all films, ns.
func (d *Demuxer) firstPicture() int64 {
	d.takePlayed()
	d.enter(d.seg.clusters)
	if !d.step() {
		return 0
	}
	return d.when * d.seg.tick
}

// lengthOf is how long a film is: to the end of its last picture, which is in
// one of the last Clusters; or, where the file's end is not known, what is said.
func (d *Demuxer) lengthOf(f *film) time.Duration {
	if d.seg.end == ebml.Unknown {
		return max(d.seg.duration-time.Duration(d.origin), 0)
	}
	d.watch(f)
	hi := d.seg.end
	at := d.bisect(d.seg.clusters, hi, math.MaxInt64)
	for back := int64(time.Second); ; back *= 4 {
		last := time.Duration(-1)
		for d.enter(at); d.step(); {
			last = max(last, d.shown(f)+time.Duration(f.frame))
		}
		if last >= 0 {
			return last
		}
		ticks, _ := d.clusterTime(at)
		if at <= d.seg.clusters || d.in.Err() != nil {
			return 0
		}
		at = d.bisect(d.seg.clusters, at, ticks-back/d.seg.tick)
	}
}

// findKey finds the film's last picture at or before t that needs no other,
// or its first picture, before which the film is passed over, and returns the
// Cluster that it is in.
func (d *Demuxer) findKey(f *film, t time.Duration) (cluster int64) {
	d.watch(f)
	t -= f.reordering
	ticks := (int64(t) + d.origin) / d.seg.tick
	f.until = 0
	for back := int64(0); ; back = max(back*4, int64(time.Second)/d.seg.tick) {
		from := ticks - back
		at := d.seg.clusters
		if from > 0 {
			lo, hi := d.cued(from)
			at = d.bisect(lo, hi, from)
		}
		found, pos := d.lastKey(f, at, t)
		if found > 0 {
			f.until = pos
			return found
		}
		if at <= d.seg.clusters || d.in.Err() != nil {
			return d.seg.clusters
		}
	}
}

// lastKey reads from a Cluster on and returns where the last picture that may
// be sought for t lies, and its Cluster; 0 where there is none.
func (d *Demuxer) lastKey(f *film, from int64, t time.Duration) (cluster, pos int64) {
	for d.enter(from); d.step(); {
		at, key := d.shown(f), d.key || f.keys
		if at > t && key || at > t+late {
			break
		}
		if key {
			cluster, pos = d.head, d.next
		}
	}
	return cluster, pos
}
