// Package opus checks the Opus decoder and the Ogg demuxer on streams that it
// makes with opusenc: to the bit against libopus, built for fixed point from
// Debian's source package, also with packets lost and damaged. Where that can't be
// built, it is by the quality measure of RFC 6716 against opusdec.
package opus

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"linnet/player/ad/opus"
	"linnet/player/conform/internal/suite"
	"linnet/player/demux/ogg"
	"linnet/player/media"
)

// Suite is the check of Opus.
func Suite() suite.Suite { return suite.Suite{Name: "Opus", Folder: "opus", Check: check} }

// A recipe is a stream.
type recipe struct {
	channels int
	args     string // of opusenc
	harm     harm
}

func (c recipe) name() string {
	name := fmt.Sprintf("opusenc x%d %s", c.channels, strings.ReplaceAll(c.args, "--", ""))
	return strings.TrimSpace(name + " " + c.harm.name)
}

func recipes() (all []recipe) {
	for _, rate := range []int{6, 9, 12, 16, 20, 24, 32, 48, 64, 96, 128, 256, 510} {
		for channels := 1; channels <= 2; channels++ {
			all = append(all, recipe{channels, fmt.Sprintf("--bitrate %d", rate), harm{}})
		}
	}
	for _, size := range []string{"2.5", "5", "10", "40", "60"} {
		all = append(all, recipe{2, "--music --bitrate 64 --framesize " + size, harm{}})
		all = append(all, recipe{1, "--speech --bitrate 16 --framesize " + size, harm{}})
		all = append(all, recipe{2, "--speech --bitrate 36 --framesize " + size, harm{}})
	}
	for _, h := range []harm{lost, damaged} {
		for _, rate := range []int{10, 16, 32, 96} {
			all = append(all, recipe{1, fmt.Sprintf("--speech --bitrate %d --expect-loss 20", rate), h})
			all = append(all, recipe{2, fmt.Sprintf("--bitrate %d --hard-cbr", rate), h})
		}
	}
	for channels := 3; channels <= 8; channels++ {
		all = append(all, recipe{channels, "--bitrate 256", harm{}})
	}
	return all
}

// check makes and checks every stream. There are no public vectors here.
func check(string) (rows []suite.Row, notes []string, err error) {
	for _, tool := range []string{"opusenc", "opusdec"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, nil, fmt.Errorf("to make streams, install opus-tools: %w", err)
		}
	}
	dir, err := os.MkdirTemp("", "conform")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(dir)
	notes = []string{"streams are made here and compared with libopus built for fixed point."}
	ref, err := reference()
	if err != nil {
		notes = []string{fmt.Sprintf("streams are made here and compared with opusdec, since libopus could not be built for fixed point: %v.", err)}
	}
	for _, c := range recipes() {
		rows = append(rows, c.check(dir, ref))
	}
	return rows, notes, nil
}

// stream is one that was made.
type stream struct {
	file    string
	frames  int // that it is of
	info    media.Stream
	packets []media.Packet
}

// check makes the recipe's stream in dir and compares; ref is the reference's
// program, or empty.
func (c recipe) check(dir, ref string) suite.Row {
	r := suite.Row{Name: c.name(), Bare: true}
	s, err := c.make(dir)
	if err != nil {
		return r.Fail("%v", err)
	}
	if s.packets, err = c.harm.apply(s.packets); err != nil {
		return r.Fail("%v", err)
	}
	heard, err := suite.Play(s.file)
	if err != nil {
		return r.Fail("%v", err)
	}
	if len(heard) != s.frames*c.channels {
		return r.Fail("%d samples are heard, of %d", len(heard), s.frames*c.channels)
	}
	got, err := decode(s)
	if err != nil {
		return r.Fail("%v", err)
	}
	if c.harm.name == "" {
		from := int(s.info.Delay) * c.channels
		if i := differ(got[from:], heard); i >= 0 {
			return r.Fail("sample %d is heard otherwise than decoded", i)
		}
	}
	if ref != "" {
		return exact(r, ref, dir, s, got)
	}
	if c.harm.name != "" {
		return r.Pass("nothing to compare with")
	}
	return quality(r, s, heard)
}

// make writes sound, has it encoded, and reads the packets.
func (c recipe) make(dir string) (s stream, err error) {
	wav := filepath.Join(dir, "in.wav")
	b := suite.Kept(fmt.Sprintf("opus-x%d.wav", c.channels), func() []byte { return sound(c.channels) })
	s.file, s.frames = filepath.Join(dir, "stream.opus"), frames
	if err := os.WriteFile(wav, b, 0o600); err != nil {
		return s, err
	}
	args := append(append([]string{"--quiet"}, strings.Fields(c.args)...), wav, s.file)
	if err := runQuietly("opusenc", args...); err != nil {
		return s, err
	}
	f, err := os.Open(s.file)
	if err != nil {
		return s, err
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return s, err
	}
	d, err := ogg.New(f, size)
	if err != nil {
		return s, err
	}
	s.info = d.Streams()[0]
	for {
		var p media.Packet
		if err := d.ReadPacket(&p); err == io.EOF {
			return s, nil
		} else if err != nil {
			return s, err
		}
		s.packets = append(s.packets, p)
	}
}

// decode decodes packets; those without data are lost.
func decode(s stream) (samples []int32, err error) {
	d, err := opus.New(s.info)
	if err != nil {
		return nil, err
	}
	for i := range s.packets {
		p := &s.packets[i]
		if samples, err = d.Decode(samples, p); err != nil && len(p.Data) > 0 {
			return nil, err
		}
	}
	return samples, nil
}

// differ is the first sample in which a and b differ, or -1; a may be longer.
func differ(a, b []int32) int {
	for i, v := range b {
		if i >= len(a) || a[i] != v {
			return i
		}
	}
	return -1
}
