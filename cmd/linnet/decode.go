//go:build !appliance

package main

import (
	"bufio"
	"crypto/md5"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"linnet/player"
	"linnet/player/ao/wav"
	"linnet/player/cue"
	"linnet/player/formats"
	"linnet/player/media"
	"linnet/player/pcm"
)

type decodeCmd struct {
	Format string `enum:"s16le,s32le,wav,md5,y4m,framemd5,rgb565,none," default:"" help:"What to write. Of sound: s16le (rounded, no dither), s32le (left-justified), wav or md5 (of the s32le). Of video: y4m, framemd5 (a sum for each picture) or rgb565 (as on a panel of 320x240, from a whole picture of 16-bit words to the next; to nowhere without --output). none decodes all streams and writes nothing. Default: by the output's name (*.wav, *.y4m), else s16le, or y4m where there is no sound."`
	Stream int    `default:"-1" placeholder:"ID" help:"Which stream, by the number that probe shows. Default: the first of the format's kind."`
	Rotate int    `enum:"0,90,180,270" default:"0" placeholder:"DEGREES" help:"With rgb565: turn the pictures clockwise, as for a panel that stands upright (of 240x320, where it is by 90 or 270)."`
	Raw    bool   `help:"Leave encoder delay and padding in."`
	Output string `short:"o" placeholder:"FILE" help:"Where to write to; - or nothing is standard output."`
	File   string `arg:"" help:"File to decode."`
}

// Run decodes one stream of the file to its end or to where its format
// changes; with none, all streams.
func (c *decodeCmd) Run(s *streams) error {
	m, err := cue.Behind(formats.Open, playable)(c.File)
	if err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	if c.Format == "" {
		c.Format = c.guess(m)
	}
	if c.Output != "-" && sameFile(c.File, c.Output) {
		m.Close()
		return fmt.Errorf("decode: %s is the file to be decoded; name another one to write", c.Output)
	}
	video := firstOf(m, media.Video)
	switch {
	case c.Format == "y4m" || c.Format == "framemd5":
		return c.pictures(s, m)
	case c.Format == "rgb565" && c.Output != "" && video >= 0:
		return c.pictures(s, m)
	case c.Format == "rgb565" && video < 0:
		m.Close()
		return fmt.Errorf("decode: %s has no video stream; probe shows its streams", m.Name)
	case c.Format == "rgb565":
		return c.discard(s, m)
	case c.Format == "none" && c.Stream < 0 && video >= 0, c.Format == "none" && c.Stream >= 0 && c.Stream == video:
		return c.discard(s, m)
	}
	return c.sound(s, m)
}

// guess is the format for who names none.
func (c *decodeCmd) guess(m *player.Media) string {
	switch ext := strings.ToLower(filepath.Ext(c.Output)); {
	case ext == ".wav" || ext == ".y4m":
		return ext[1:]
	case firstOf(m, media.Audio) < 0 && firstOf(m, media.Video) >= 0:
		return "y4m"
	}
	return "s16le"
}

// firstOf is the ID of the first stream of a kind, or -1.
func firstOf(m *player.Media, k media.Kind) int {
	for _, s := range m.Demuxer.Streams() {
		if s.Kind == k {
			return s.ID
		}
	}
	return -1
}

// sound decodes an audio stream, all channels.
func (c *decodeCmd) sound(s *streams, m *player.Media) (err error) {
	t, err := player.NewTrackOf(m, c.Stream, c.Raw)
	if err != nil {
		m.Close()
		return fmt.Errorf("decode: %w", err)
	}
	defer t.Close()
	if c.Format != "none" {
		t.Verify()
	}
	out, err := c.create(s)
	if err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	defer closing(out, c.Output, &err)
	w := newFrameWriter(c.Format, out, t.Stream().Audio, c.length(t.Stream()))
	frames, err := copyFrames(w, t, s)
	if err == nil {
		err = w.finish(frames)
	}
	if err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	return judge(s, t)
}

// closing closes the output, which may be when it fails.
func closing(out io.Closer, name string, err *error) {
	if cerr := out.Close(); *err == nil && cerr != nil {
		*err = fmt.Errorf("decode: write %s: %w", name, cerr)
	}
}

// length is how many frames are to come, -1 where that is not certain.
func (c *decodeCmd) length(s media.Stream) int64 {
	switch {
	case s.Frames < 0 || s.Estimated:
		return -1
	case c.Raw && s.Delay+s.Padding != 0:
		return -1
	}
	return s.Frames
}

// create opens the output. Standard output is not written to by halves: a
// terminal gets no samples.
func (c *decodeCmd) create(s *streams) (io.WriteCloser, error) {
	if c.Output != "" && c.Output != "-" {
		return os.Create(c.Output)
	}
	if isTerminal(s.out) && c.Format != "md5" && c.Format != "framemd5" && c.Format != "none" {
		return nil, fmt.Errorf("standard output is a terminal; name a file with -o or send it to a program")
	}
	c.Output = "standard output"
	return struct {
		io.Writer
		io.Closer
	}{s.out, io.NopCloser(nil)}, nil
}

// copyFrames decodes everything.
func copyFrames(w *frameWriter, t *player.Track, s *streams) (frames int64, err error) {
	progress := progressor{w: s.err, live: isTerminal(s.err)}
	defer progress.clear()
	var buf []int32
	format := t.Stream().Audio
	channels := int64(format.Channels)
	for {
		buf, err = t.Read(buf[:0])
		frames += int64(len(buf)) / channels
		if w.wav == nil {
			buf = asCoded(buf, int(channels), t.Coded())
		}
		if werr := w.write(buf); werr != nil {
			return frames, werr
		}
		switch {
		case err == io.EOF:
			return frames, nil
		case errors.Is(err, media.ErrNewStreams) && t.Stream().Audio == format:
			continue // another codec, or one file joined to another
		case errors.Is(err, media.ErrNewStreams):
			progress.clear()
			complain(s.err, "decode: %s goes on as %v after %d frames; one output has one format, so it ends there",
				t.Media().Name, t.Stream().Audio, frames)
			return frames, nil
		case err != nil:
			return frames, err
		}
		progress.show(frames, t.Stream())
	}
}

// asCoded undoes the doubling of a mono packet in a stereo stream: samples
// without a header come out in the channels that the file codes.
func asCoded(frames []int32, channels, coded int) []int32 {
	if channels != 2 || coded != 1 {
		return frames
	}
	for i := range len(frames) / 2 {
		frames[i] = frames[2*i]
	}
	return frames[:len(frames)/2]
}

// judge turns damage that was concealed into a failure that says where.
func judge(s *streams, t *player.Track) error {
	d := t.Damage()
	if d.Count == 0 {
		return nil
	}
	complain(s.err, "decode: %s", advise(d.First))
	places := "1 damaged place was"
	if d.Count > 1 {
		places = fmt.Sprintf("%d damaged places were", d.Count)
	}
	complain(s.err, "decode: %s: %s concealed; everything else was decoded", t.Media().Name, places)
	return errSaid
}

// frameWriter writes frames in one of decode's formats.
type frameWriter struct {
	encode func(dst []byte, src []int32) []byte
	out    *bufio.Writer
	file   io.WriteCloser
	sum    hash.Hash // md5 only
	drop   bool      // none only
	wav    *media.AudioFormat
	buf    []byte
	size   int64 // bytes of samples written
}

func newFrameWriter(format string, out io.WriteCloser, f media.AudioFormat, frames int64) *frameWriter {
	w := &frameWriter{encode: pcm.AppendS32, out: bufio.NewWriterSize(out, 64<<10), file: out}
	switch format {
	case "s16le":
		w.encode = pcm.AppendS16
	case "wav":
		w.wav = &f
		w.encode = wav.Encoder(f)
		w.out.Write(wav.Header(f, frames))
	case "md5":
		w.sum = md5.New()
	case "none":
		w.drop = true
	}
	return w
}

func (w *frameWriter) write(frames []int32) error {
	w.buf = w.encode(w.buf[:0], frames)
	switch {
	case w.drop:
		return nil
	case w.sum != nil:
		w.sum.Write(w.buf)
		return nil
	}
	_, err := w.out.Write(w.buf)
	w.size += int64(len(w.buf))
	return err
}

// finish writes what is due at the end: the sum, or the true length into a
// WAV file's header where the output is a file that can be written in the
// middle.
func (w *frameWriter) finish(frames int64) error {
	switch {
	case w.sum != nil:
		fmt.Fprintf(w.out, "%x\n", w.sum.Sum(nil))
	case w.wav != nil && w.size&1 == 1:
		w.out.WriteByte(0) // chunks have even sizes
	}
	if err := w.out.Flush(); err != nil {
		return err
	}
	f, ok := w.file.(*os.File)
	if !ok || w.wav == nil {
		return nil
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return err
	}
	_, err := f.WriteAt(wav.Header(*w.wav, frames), 0)
	return err
}

// progressor draws how far a long decode is, from its second second on.
type progressor struct {
	w     io.Writer
	live  bool
	begin time.Time
	last  time.Time
	shown bool
}

func (p *progressor) show(frames int64, s media.Stream) {
	if p.live {
		p.at(s.Audio.Duration(frames), s.Duration())
	}
}

// at draws that done of the whole is done; whole is -1 where it isn't known.
func (p *progressor) at(done, whole time.Duration) {
	if !p.live {
		return
	}
	now := time.Now()
	if p.begin.IsZero() {
		p.begin, p.last = now, now.Add(time.Second)
	}
	if now.Before(p.last) {
		return
	}
	p.last, p.shown = now.Add(time.Second/4), true
	fmt.Fprintf(p.w, "\r%s", clockText(done))
	if whole > 0 {
		fmt.Fprintf(p.w, " of %s, %d %%", clockText(whole), min(done*100/whole, 100))
	}
}

func (p *progressor) clear() {
	if p.shown {
		fmt.Fprintf(p.w, "\r%40s\r", "")
		p.shown = false
	}
}
