// Package mpeg4 checks the decoders of what stands in MP4 files: AAC LC, within
// the last place of 16 bits of FFmpeg's decoder in floating point, and ALAC,
// which is exact. The files are those in the folders of vectors; without any,
// they are made with FFmpeg's encoders, and their length is checked as well.
package mpeg4

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"sort"

	"linnet/player"
	"linnet/player/conform/internal/suite"
	"linnet/player/formats"
	"linnet/player/media"
)

// AAC is the check of AAC LC.
func AAC() suite.Suite {
	return suite.Suite{Name: "AAC LC", Folder: "aac", Check: func(dir string) ([]suite.Row, []string, error) {
		return check(dir, media.AAC, aacRecipes)
	}}
}

// ALAC is the check of ALAC.
func ALAC() suite.Suite {
	return suite.Suite{Name: "ALAC", Folder: "alac", Check: func(dir string) ([]suite.Row, []string, error) {
		return check(dir, media.ALAC, alacRecipes)
	}}
}

// lastPlace is that of 16 bits, relative to full scale: what AAC's error may be
// (root mean square).
const lastPlace = 1. / (1 << 15)

func check(dir string, codec media.Codec, recipes []recipe) (rows []suite.Row, notes []string, err error) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		return nil, nil, errors.New("to compare with it, install ffmpeg")
	}
	files := vectorFiles(dir)
	for _, f := range files {
		name, _ := filepath.Rel(dir, f)
		rows = append(rows, compare(suite.Row{Name: filepath.ToSlash(name)}, f, codec, -1))
	}
	if len(files) > 0 {
		return rows, []string{"compared with ffmpeg's decoder."}, nil
	}
	work, err := os.MkdirTemp("", "conform")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(work)
	for _, r := range recipes {
		rows = append(rows, r.check(work, codec))
	}
	return rows, []string{fmt.Sprintf("there is no folder %s among the vectors: files are made here by ffmpeg's encoder, and compared with its decoder.", filepath.Base(dir))}, nil
}

// vectorFiles are the files in dir that formats opens by these names.
func vectorFiles(dir string) (all []string) {
	for _, ext := range []string{"aac", "m4a", "mp4", "mov"} {
		files, _ := filepath.Glob(filepath.Join(dir, "*."+ext))
		all = append(all, files...)
	}
	sort.Strings(all)
	return all
}

// compare decodes a file as the player does and as ffmpeg does, with what both
// trim left in. frames is how long the sound is, -1 where that is not known.
func compare(row suite.Row, file string, codec media.Codec, frames int64) suite.Row {
	got, s, err := decode(file)
	if err != nil {
		return row.Refused(err, false)
	}
	b, err := ffmpeg("-flags2", "+skip_manual", "-i", file, "-f", "f64le", "-")
	if err != nil {
		return row.Fail("%v", err)
	}
	row.Samples = len(got)
	switch n := len(b) / 8; {
	case s.Codec != codec:
		return row.Fail("the codec is %s", s.Codec)
	case n != len(got) || n == 0:
		return row.Fail("%d samples, ffmpeg has %d", len(got), n)
	case frames >= 0 && s.Frames != frames:
		return row.Fail("%d frames are left when trimmed, %d were encoded", s.Frames, frames)
	}
	row.RMS, row.Peak = deviation(got, b)
	switch {
	case codec == media.AAC:
		row.MaxRMS = lastPlace
		if row.RMS > lastPlace {
			return row.Fail("too inaccurate")
		}
	case row.Peak > 0:
		return row.Fail("not exact")
	}
	return row.Pass()
}

// deviation is the error relative to full scale. ffmpeg's sound goes beyond
// that, ours is clipped.
func deviation(got []int32, want []byte) (rms, peak float64) {
	const full = 1 << 31
	sum := 0.
	for i, v := range got {
		x := math.Float64frombits(binary.LittleEndian.Uint64(want[8*i:]))
		d := math.Abs(float64(v)/full - min(max(x, -1), 1-1./full))
		if d <= 64./full && (v == math.MaxInt32 || v == math.MinInt32) {
			d = 0
		}
		sum += d * d
		peak = max(peak, d)
	}
	return math.Sqrt(sum / float64(len(got))), peak
}

// decode plays a file, untrimmed.
func decode(file string) (samples []int32, s media.Stream, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: panic: %v", filepath.Base(file), p)
		}
	}()
	m, err := formats.Open(file)
	if err != nil {
		return nil, s, err
	}
	track, err := player.NewTrack(m, true)
	if err != nil {
		m.Close()
		return nil, s, err
	}
	defer track.Close()
	for err == nil {
		samples, err = track.Read(samples)
	}
	if err == io.EOF {
		err = track.Damage().First
	}
	return samples, track.Stream(), err
}

func ffmpeg(args ...string) ([]byte, error) {
	var out, report bytes.Buffer
	cmd := exec.Command("ffmpeg", append([]string{"-hide_banner", "-nostdin", "-v", "error", "-bitexact"}, args...)...)
	cmd.Stdout, cmd.Stderr = &out, &report
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("ffmpeg: %w: %s", err, bytes.TrimSpace(report.Bytes()))
	}
	return out.Bytes(), nil
}
