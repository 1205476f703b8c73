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
	"linnet/player/formats"
	"linnet/player/media"
	"linnet/player/pcm"
)

type decodeCmd struct {
	Format string `enum:"s16le,s32le,wav,md5,none," default:"" help:"What to write: s16le (rounded, no dither), s32le (left-justified), wav, md5 (of the s32le) or none (all the work of s32le, but the write). Default: wav where the output is named *.wav, else s16le."`
	Raw    bool   `help:"Leave encoder delay and padding in."`
	Output string `short:"o" placeholder:"FILE" help:"Where to write to; - or nothing is standard output."`
	File   string `arg:"" help:"File to decode."`
}

// Run decodes the file's first audio stream, all channels, to its end or to
// where the rate or the channels change.
func (c *decodeCmd) Run(s *streams) (err error) {
	if c.Format == "" {
		c.Format = "s16le"
		if strings.EqualFold(filepath.Ext(c.Output), ".wav") {
			c.Format = "wav"
		}
	}
	m, err := formats.Open(c.File)
	if err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	t, err := player.NewTrack(m, c.Raw)
	if err != nil {
		m.Close()
		return fmt.Errorf("decode: %w", err)
	}
	defer t.Close()
	if c.Format != "none" {
		t.Verify()
	}
	if c.Output != "-" && sameFile(c.File, c.Output) {
		return fmt.Errorf("decode: %s is the file to be decoded; name another one to write", c.Output)
	}
	out, err := c.create(s)
	if err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	defer func() {
		if cerr := out.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("decode: write %s: %w", c.Output, cerr)
		}
	}()
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
	if isTerminal(s.out) && c.Format != "md5" && c.Format != "none" {
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
	done := s.Audio.Duration(frames)
	fmt.Fprintf(p.w, "\r%s", clockText(done))
	if s.Frames > 0 {
		fmt.Fprintf(p.w, " of %s, %d %%", clockText(s.Duration()), min(frames*100/s.Frames, 100))
	}
}

func (p *progressor) clear() {
	if p.shown {
		fmt.Fprintf(p.w, "\r%40s\r", "")
		p.shown = false
	}
}
