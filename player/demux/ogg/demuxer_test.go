package ogg

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/playertest"
)

// However a stream is cut into pages, it plays and seeks the same.
func TestContract(t *testing.T) {
	for _, name := range []string{"stereo44.ogg", "mono11.ogg"} {
		file := load(t, name)
		headers, sound := pieces(t, file)
		for how, b := range map[string][]byte{
			"as it is":            file,
			"one a page":          (&muxer{serial: 1, each: 1}).stream(headers, sound),
			"seven a page":        (&muxer{serial: 1, each: 7}).stream(headers, sound),
			"as many as there is": (&muxer{serial: 1}).stream(headers, sound),
			"across pages":        (&muxer{serial: 1, most: 3}).stream(headers, sound),
			"a segment a page":    (&muxer{serial: 1, most: 1}).stream(headers, sound),
			"no end":              (&muxer{serial: 1, each: 3, noEnd: true}).stream(headers, sound),
		} {
			t.Run(name+" "+how, func(t *testing.T) {
				playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, newDecoder)
				got, err := playertest.Samples(open(t, b), newDecoder)
				want, _ := playertest.Samples(open(t, file), newDecoder)
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("%d samples, want %d: %v", len(got), len(want), err)
				}
			})
		}
	}
}

func TestStream(t *testing.T) {
	d := open(t, load(t, "stereo44.ogg"))
	s := d.Streams()[0]
	if s.Codec != media.Vorbis || s.Audio != (media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}) || s.Frames != 1.3*44100 || s.Delay != 0 {
		t.Errorf("%+v", s)
	}
	if want := (media.Tags{Title: "Sweep", Artist: "Nobody", Genre: "Test", Track: 2, TrackTotal: 5}); d.Tags() != want {
		t.Errorf("%+v, want %+v", d.Tags(), want)
	}
}

// A first page that says less than it holds trims the start, one that says
// more begins late, and either is no matter for what is left.
func TestGranuleStart(t *testing.T) {
	headers, sound := pieces(t, load(t, "stereo44.ogg"))
	for by, want := range map[int64][3]int64{0: {0, 57330}, -1000: {1000, 56330}, -1: {1, 57329}, 5000: {0, 57330}, 1 << 40: {0, 57330}} {
		b := (&muxer{serial: 1, each: 20}).stream(headers, shift(sound, by))
		s := open(t, b).Streams()[0]
		if s.Delay != want[0] || s.Frames != want[1] {
			t.Errorf("granule positions %d on: delay %d, %d frames, want %d", by, s.Delay, s.Frames, want)
		}
		playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, newDecoder)
	}
}

// Where one page holds it all, what is missing is missing at the end.
func TestOnePage(t *testing.T) {
	headers, sound := pieces(t, load(t, "mono11.ogg"))
	sound = slices.Clone(sound[:9])
	all := sound[8].granule
	sound[8].granule -= 300
	s := open(t, (&muxer{serial: 1}).stream(headers, sound)).Streams()[0]
	if s.Delay != 0 || s.Frames != all-300 || s.Padding != 300 {
		t.Errorf("%d frames: delay %d, frames %d, padding %d", all, s.Delay, s.Frames, s.Padding)
	}
}

// links reads a chain to its end.
func links(t *testing.T, d *Demuxer) (streams []media.Stream, samples [][]int32) {
	t.Helper()
	for {
		streams = append(streams, d.Streams()[0])
		dec, err := newDecoder(d.Streams()[0])
		if err != nil {
			t.Fatal(err)
		}
		var all []int32
		var p media.Packet
		for err = d.ReadPacket(&p); err == nil; err = d.ReadPacket(&p) {
			if all, err = dec.Decode(all, &p); err != nil {
				t.Fatal(err)
			}
		}
		samples = append(samples, all)
		if err == io.EOF {
			return streams, samples
		}
		if err != media.ErrNewStreams {
			t.Fatal(err)
		}
	}
}

func TestChain(t *testing.T) {
	a, b := load(t, "stereo44.ogg"), load(t, "mono11.ogg")
	headers, sound := pieces(t, a)
	c := (&muxer{serial: 77, each: 2}).stream(headers, sound)
	for name, parts := range map[string][][]byte{"other rates": {a, b, c}, "one format": {a, c}, "short first": {b, a, (&muxer{serial: 5}).stream(headers, sound)}} {
		streams, samples := links(t, open(t, slices.Concat(parts...)))
		if len(streams) != len(parts) {
			t.Errorf("%s: %d links, want %d", name, len(streams), len(parts))
			continue
		}
		for i, part := range parts {
			want, _ := playertest.Samples(open(t, part), newDecoder)
			if !slices.Equal(samples[i], want) {
				t.Errorf("%s: link %d has %d samples, want %d", name, i, len(samples[i]), len(want))
			}
			if s := open(t, part).Streams()[0]; streams[i].Frames != s.Frames || streams[i].Padding != s.Padding {
				t.Errorf("%s: link %d has %d frames, want %d", name, i, streams[i].Frames, s.Frames)
			}
		}
	}
	d := open(t, slices.Concat(a, b))
	for d.ReadPacket(new(media.Packet)) == nil { // to the border: a seek stays in the link
	}
	if err := d.Seek(0); err != nil || d.Streams()[0].Audio.Rate != 11025 {
		t.Errorf("behind the border: %v, %+v", err, d.Streams())
	}
}

// Other streams are passed over, and named where there is nothing else.
func TestMultiplex(t *testing.T) {
	file := load(t, "stereo44.ogg")
	headers, sound := pieces(t, file)
	mine := split((&muxer{serial: 9, each: 2}).stream(headers, sound))
	var noise []piece
	for i := range 60 {
		noise = append(noise, piece{bytes.Repeat([]byte{byte(i)}, 100+i), int64(i) << 30})
	}
	theora := split((&muxer{serial: 8, each: 1}).stream([]piece{{[]byte("\x80theora\x03\x02"), 0}, {[]byte("x"), 0}}, noise))
	speex := split((&muxer{serial: 7, each: 1}).stream([]piece{{[]byte("Speex   1.2"), 0}, {[]byte("x"), 0}}, noise))
	b := slices.Concat(theora[0], mine[0], speex[0])
	for i := range max(len(theora), len(mine)) - 1 {
		for _, pages := range [][][]byte{theora, mine, speex} {
			if i+1 < len(pages) {
				b = append(b, pages[i+1]...)
			}
		}
	}
	playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, newDecoder)
	got, err := playertest.Samples(open(t, b), newDecoder)
	want, _ := playertest.Samples(open(t, file), newDecoder)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%d samples, want %d: %v", len(got), len(want), err)
	}
	b = slices.Concat(theora[0], speex[0], theora[1])
	_, err = New(bytes.NewReader(b), int64(len(b)))
	var u *media.UnsupportedError
	if !errors.As(err, &u) || !strings.Contains(err.Error(), "Theora video and Speex") {
		t.Errorf("%v", err)
	}
}

// split cuts a file into its pages.
func split(b []byte) (all [][]byte) {
	for len(b) > 0 {
		n := bytes.Index(b[1:], magic) + 1
		if n == 0 {
			n = len(b)
		}
		all = append(all, b[:n])
		b = b[n:]
	}
	return all
}

// damaged reads to the end, decoding, and counts the damage. Sound goes where
// its packet says.
func damaged(t *testing.T, b []byte, frames int) (samples []int32, damage int) {
	t.Helper()
	d := open(t, b)
	ch := d.Streams()[0].Audio.Channels
	samples = make([]int32, frames*ch)
	dec, _ := newDecoder(d.Streams()[0])
	var p media.Packet
	for {
		err := d.ReadPacket(&p)
		var f *media.FormatError
		switch {
		case err == io.EOF:
			return samples, damage
		case errors.As(err, &f):
			damage++
		case err != nil:
			t.Fatal(err)
		default:
			got, _ := dec.Decode(nil, &p)
			if at := int(p.PTS) * ch; at >= 0 && at < len(samples) {
				copy(samples[at:], got)
			}
		}
	}
}

// A damaged page is passed over, once told, and behind it all is in its place.
func TestDamage(t *testing.T) {
	headers, sound := pieces(t, load(t, "stereo44.ogg"))
	for _, each := range []int{1, 5, 0} {
		file := (&muxer{serial: 3, each: each, most: 20}).stream(headers, sound)
		want, _ := playertest.Samples(open(t, file), newDecoder)
		parts := split(file)
		for i := 3; i < len(parts)*4/5; i += 1 + len(parts)/9 {
			broken := slices.Clone(parts)
			broken[i] = bytes.Clone(parts[i])
			broken[i][len(broken[i])/2] ^= 4
			missing := slices.Delete(slices.Clone(parts), i, i+1)
			for how, b := range map[string][]byte{"broken": slices.Concat(broken...), "missing": slices.Concat(missing...)} {
				got, damage := damaged(t, b, len(want)/2)
				if damage != 1 {
					t.Errorf("%d a page, page %d %s: told %d times", each, i, how, damage)
				}
				same := 0
				for k, v := range got {
					if v == want[k] {
						same++
					}
				}
				if lost := len(want) - same; lost > len(want)/2 || lost == 0 {
					t.Errorf("%d a page, page %d %s: %d of %d samples differ", each, i, how, lost, len(want))
				}
				if tail := len(want) * 19 / 20; !slices.Equal(got[tail:], want[tail:]) {
					t.Errorf("%d a page, page %d %s: the end is not in its place", each, i, how)
				}
			}
		}
	}
}

// Bytes between pages are no loss.
func TestJunk(t *testing.T) {
	file := load(t, "mono11.ogg")
	want, _ := playertest.Samples(open(t, file), newDecoder)
	var b []byte
	for i, p := range split(file) {
		b = append(append(b, "OggS or not OggS\x00\x00"[:i%19]...), p...)
	}
	got, damage := damaged(t, append(b, "TAG and more"...), len(want))
	if damage != 0 || !slices.Equal(got, want) {
		t.Errorf("damage %d", damage)
	}
}

// A file that is cut off anywhere plays as far as it goes, or is refused.
func TestCutOff(t *testing.T) {
	file := (&muxer{serial: 1, each: 10}).stream(pieces(t, load(t, "stereo44.ogg")))
	want, _ := playertest.Samples(open(t, file), newDecoder)
	refused := 0
	for n := 0; n < len(file); n += 1 + len(file)/150 {
		d, err := New(bytes.NewReader(file[:n]), int64(n))
		if err != nil {
			var f *media.FormatError
			if !errors.As(err, &f) {
				t.Errorf("%d bytes: %v", n, err)
			}
			refused++
			continue
		}
		dec, _ := newDecoder(d.Streams()[0])
		var all []int32
		var p media.Packet
		for err = d.ReadPacket(&p); err == nil; err = d.ReadPacket(&p) {
			all, _ = dec.Decode(all, &p)
		}
		if !slices.Equal(all, want[:len(all)]) {
			t.Errorf("%d bytes: other samples", n)
		}
		if err == io.EOF {
			t.Errorf("%d bytes of %d: nobody says that it is cut off", n, len(file))
		}
		if err = d.ReadPacket(&p); err != io.EOF {
			t.Errorf("%d bytes: %v behind the end", n, err)
		}
	}
	if refused == 0 || refused > 100 {
		t.Errorf("%d of 150 refused", refused)
	}
}

func TestUnknownSize(t *testing.T) {
	file := load(t, "stereo44.ogg")
	playertest.Demuxer(t, func() player.Demuxer {
		d, err := New(bytes.NewReader(file), -1)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}, newDecoder)
}
