// Package video checks the decoders of pictures, sample by sample, against
// FFmpeg's with its transform "simple", whose rounding Linnet's has too. The
// files are those in the folder of vectors; without any, they are made with
// FFmpeg's encoders.
package video

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"

	"linnet/player/conform/internal/suite"
	"linnet/player/formats"
	"linnet/player/media"
)

// MPEG is the check of MPEG-1 and MPEG-2 video.
func MPEG() suite.Suite {
	return of("MPEG-1/2 video", "mpegvideo", slices.Concat(mpegRecipes, sized(".m1v", "-c:v mpeg1video -strict -1 -q:v 4 -bf 2"),
		sized(".m2v", "-c:v mpeg2video -strict -1 -q:v 4 -bf 2 -flags +ildct+ilme")))
}

// MPEG4 is the check of MPEG-4 Part 2.
func MPEG4() suite.Suite {
	return of("MPEG-4 Part 2", "mpeg4video", slices.Concat(mpeg4Recipes, sized(".mkv", "-c:v mpeg4 -q:v 4 -bf 2 -flags +aic")))
}

// MJPEG is the check of motion JPEG.
func MJPEG() suite.Suite {
	return of("MJPEG", "mjpeg", slices.Concat(mjpegRecipes, sized(".mov", "-c:v mjpeg -pix_fmt yuvj420p -q:v 4")))
}

func of(name, folder string, recipes []recipe) suite.Suite {
	return suite.Suite{Name: name, Folder: folder, Check: func(dir string) ([]suite.Row, []string, error) {
		return check(dir, recipes)
	}}
}

func check(dir string, recipes []recipe) (rows []suite.Row, notes []string, err error) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		return nil, nil, errors.New("to compare with it, install ffmpeg")
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.*"))
	sort.Strings(files)
	for _, f := range files {
		rows = append(rows, compare(suite.Row{Name: filepath.Base(f)}, f))
	}
	if len(files) > 0 {
		return rows, []string{"samples of pictures, compared with ffmpeg's decoder."}, nil
	}
	work, err := os.MkdirTemp("", "conform")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(work)
	for _, r := range recipes {
		rows = append(rows, r.check(work))
	}
	return rows, []string{fmt.Sprintf("there is no folder %s among the vectors: files are made here by ffmpeg's encoder, and compared with its decoder, sample by sample of each picture.", filepath.Base(dir))}, nil
}

// compare decodes a file as the player does and as ffmpeg does.
func compare(row suite.Row, file string) suite.Row {
	want := exec.Command("ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-flags", "bitexact", "-idct", "simple",
		"-i", file, "-an", "-vsync", "0", "-f", "rawvideo", "-")
	var report bytes.Buffer
	want.Stderr = &report
	pipe, err := want.StdoutPipe()
	if err == nil {
		err = want.Start()
	}
	if err != nil {
		return row.Fail("%v", err)
	}
	c := comparison{want: pipe}
	err = c.decode(file)
	rest, _ := io.Copy(io.Discard, pipe)
	if werr := want.Wait(); werr != nil {
		return row.Fail("ffmpeg: %v: %s", werr, report.Bytes())
	}
	row.Samples, row.Peak = c.samples, float64(c.peak)/255
	if c.samples > 0 {
		row.RMS = math.Sqrt(c.sum/float64(c.samples)) / 255
	}
	switch {
	case err != nil:
		return row.Refused(err, false)
	case c.pictures == 0:
		return row.Fail("no pictures")
	case rest > 0 || c.short:
		return row.Fail("%d pictures, and ffmpeg has more or fewer", c.pictures)
	case c.peak > 0:
		return row.Fail("not exact")
	}
	return row.Pass(fmt.Sprintf("%d pictures", c.pictures))
}

// A comparison holds pictures against those that want gives.
type comparison struct {
	want     io.Reader
	pictures int
	samples  int
	sum      float64 // of squares of errors
	peak     int
	short    bool // want ended before the pictures did
	line     []byte
}

// decode decodes a file's first video stream.
func (c *comparison) decode(file string) error {
	m, err := formats.Open(file)
	if err != nil {
		return err
	}
	defer m.Close()
	for _, s := range m.Demuxer.Streams() {
		if s.Kind != media.Video {
			continue
		}
		dec, err := m.NewVideo(s)
		if err != nil {
			return err
		}
		var p media.Packet
		for {
			switch err := m.Demuxer.ReadPacket(&p); {
			case err == io.EOF:
				return c.drain(dec.Decode)
			case err != nil:
				return err
			case p.Stream != s.ID:
				continue
			}
			pic, err := dec.Decode(&p)
			if err != nil {
				return err
			}
			c.take(pic)
		}
	}
	return errors.New("no video stream was found")
}

func (c *comparison) drain(decode func(*media.Packet) (*media.Picture, error)) error {
	for {
		pic, err := decode(nil)
		if err != nil || pic == nil {
			return err
		}
		c.take(pic)
	}
}

// take compares a picture.
func (c *comparison) take(p *media.Picture) {
	if p == nil {
		return
	}
	c.pictures++
	for i := range 3 {
		samples, stride, width, height := p.Plane(i)
		for y := range height {
			c.compareLine(samples[y*stride:][:width])
		}
	}
}

func (c *comparison) compareLine(got []byte) {
	if len(c.line) < len(got) {
		c.line = make([]byte, len(got))
	}
	want := c.line[:len(got)]
	if _, err := io.ReadFull(c.want, want); err != nil {
		c.short = true
		return
	}
	c.samples += len(got)
	if bytes.Equal(got, want) {
		return
	}
	for i, v := range got {
		d := int(v) - int(want[i])
		c.sum += float64(d * d)
		c.peak = max(c.peak, d, -d)
	}
}
