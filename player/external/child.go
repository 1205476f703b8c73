package external

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"linnet/player/internal/ffmpeg"
	"linnet/player/media"
)

var errInterrupted = errors.New("external: interrupted")

// child is an ffmpeg that writes a stream into a pipe.
type child struct {
	process *ffmpeg.Process
	pipe    *os.File
	err     error // why no more comes
}

func startChild(tools ffmpeg.Tools, args []string) (*child, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer w.Close()
	p, err := ffmpeg.Start(context.Background(), w, tools.FFmpeg, args...)
	if err != nil {
		r.Close()
		return nil, err
	}
	return &child{process: p, pipe: r}, nil
}

// read fills b, unless the child ends before. That may take as long as patience has
// it.
func (c *child) read(b []byte, patience time.Duration) (n int, err error) {
	if c.err == nil && c.pipe.SetReadDeadline(time.Now().Add(patience)) != nil {
		c.err = os.ErrClosed // which this call says in its own words
	}
	for n < len(b) && c.err == nil {
		var m int
		m, c.err = c.pipe.Read(b[n:])
		n += m
	}
	switch {
	case n == len(b):
		return n, nil
	case errors.Is(c.err, os.ErrDeadlineExceeded):
		c.process.Kill()
		c.err = fmt.Errorf("ffmpeg gave nothing for %v, and was ended", patience)
	case errors.Is(c.err, os.ErrClosed):
		c.err = errInterrupted
	}
	return n, c.err
}

// wait is how the child ended that has closed its pipe.
func (c *child) wait(patience time.Duration) error {
	select {
	case <-c.process.Done():
	case <-time.After(patience):
		c.process.Kill()
		return fmt.Errorf("ffmpeg did not end for %v", patience)
	}
	return c.process.Wait()
}

// end ends the child and the read that waits for it. It does not wait for the
// child to be gone.
func (c *child) end() {
	c.process.Kill()
	c.pipe.Close()
}

// layouts are those of sound of so many channels, as media.UsualLayout has them.
var layouts = [mostChannels + 1]string{"", "mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1"}

// command are ffmpeg's arguments that make it write a source from its place on.
func (s *source) command(name string) []string {
	args := []string{"-v", "error", "-nostdin"}
	over := s.early()
	if at := s.begin(s.next - over); at > 0 {
		args = append(args, "-ss", microseconds(at))
	}
	args = append(args, ffmpeg.Input(name)...)
	args = append(args, "-map", "0:"+strconv.Itoa(s.stream.ID))
	if s.stream.Kind == media.Video {
		f := s.stream.Video
		filter := fmt.Sprintf("fps=%d/%d:start_time=0,trim=start_frame=%d,setpts=PTS-STARTPTS,scale=%d:%d:flags=bicubic", f.Rate.Num, f.Rate.Den, over, f.Width, f.Height)
		return append(args, "-vf", filter, "-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1")
	}
	f := s.stream.Audio
	filter := fmt.Sprintf("aresample=%d:async=1:first_pts=0,atrim=start_sample=%d,aformat=channel_layouts=%s", f.Rate, over, layouts[f.Channels])
	return append(args, "-af", filter, "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1")
}

// runUp is how much earlier a child begins where seeking is not sure to go to a key
// picture before the place.
const runUp = 10 * time.Second

// early is how many frames or pictures more the child is to begin earlier.
func (s *source) early() int64 {
	switch {
	case !s.unindexed:
		return 0
	case s.stream.Kind == media.Video:
		return min(s.next, pictureAt(s.stream.Video, runUp))
	}
	return min(s.next, s.stream.Audio.Frames(runUp))
}

// begin is where a child is to begin for a frame or picture to come first. With
// pictures it is a little before, as ffmpeg leaves out those that are earlier, and
// files keep times rounded.
func (s *source) begin(at int64) time.Duration {
	if s.stream.Kind != media.Video {
		return s.stream.Audio.Duration(at)
	}
	return max(s.stream.Video.Duration(at)-s.stream.Video.Duration(1)/4, 0)
}

// microseconds are how ffmpeg takes a time.
func microseconds(t time.Duration) string {
	return strconv.FormatInt(int64(t/time.Microsecond), 10) + "us"
}
