// Package vorbis checks the Vorbis decoder and the Ogg demuxer on streams that
// it makes with oggenc and ffmpeg, against oggdec: as many frames, and 16-bit
// samples that are off by one at most, and that in one sample of a hundred.
package vorbis

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"linnet/player/conform/internal/suite"
)

const (
	lsb     = 1.0 / (1 << 15) // of 16 bits
	maxPeak = lsb
	maxRMS  = lsb / 10
)

// Suite is the check of Vorbis.
func Suite() suite.Suite { return suite.Suite{Name: "Vorbis", Folder: "vorbis", Check: check} }

// A recipe is a stream: IN and OUT in args stand for files.
type recipe struct {
	tool           string
	rate, channels int
	args           string
}

func (c recipe) name() string {
	args := strings.NewReplacer("-Q ", "", " -o OUT IN", "", "-v error -y -i IN -c:a ", "", " OUT", "").Replace(c.args)
	return fmt.Sprintf("%s %d x%d %s", c.tool, c.rate, c.channels, args)
}

func recipes() (all []recipe) {
	for q := -1; q <= 10; q++ {
		all = append(all, recipe{"oggenc", 44100, 2, fmt.Sprintf("-Q -q %d -o OUT IN", q)})
	}
	for _, s := range [][2]int{{8000, 1}, {11025, 1}, {16000, 2}, {22050, 2}, {32000, 2}, {48000, 1}, {48000, 2}, {96000, 2}} {
		all = append(all, recipe{"oggenc", s[0], s[1], "-Q -q 5 -o OUT IN"})
	}
	all = append(all, recipe{"oggenc", 44100, 2, "-Q --managed -b 96 -m 32 -M 128 -o OUT IN"})
	for _, rate := range []int{22050, 44100} {
		all = append(all, recipe{"ffmpeg", rate, 2, "-v error -y -i IN -c:a vorbis -strict -2 OUT"})
		all = append(all, recipe{"ffmpeg", rate, 2, "-v error -y -i IN -c:a libvorbis -b:a 64k OUT"})
	}
	return all
}

// check makes and checks every stream. There are no public vectors with sound
// to compare.
func check(string) (rows []suite.Row, notes []string, err error) {
	for _, tool := range []string{"oggenc", "oggdec", "ffmpeg"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, nil, fmt.Errorf("to make streams, install vorbis-tools and ffmpeg: %w", err)
		}
	}
	dir, err := os.MkdirTemp("", "conform")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(dir)
	for _, c := range recipes() {
		rows = append(rows, c.check(dir))
	}
	return rows, []string{"streams are made here and compared with oggdec's 16 bits."}, nil
}

// check makes the recipe's stream in dir and compares.
func (c recipe) check(dir string) suite.Row {
	r := suite.Row{Name: c.name(), MaxRMS: maxRMS, MaxPeak: maxPeak, Bare: true}
	wav, stream, pcm := filepath.Join(dir, "in.wav"), filepath.Join(dir, "stream.ogg"), filepath.Join(dir, "ref.pcm")
	if err := c.run(wav, stream, pcm); err != nil {
		return r.Fail("%v", err)
	}
	want, err := os.ReadFile(pcm)
	if err != nil {
		return r.Fail("%v", err)
	}
	got, err := suite.Play(stream)
	if err != nil {
		return r.Fail("%v", err)
	}
	return verdict(r, got, want)
}

// run writes sound to wav, has it encoded to stream, and that decoded to pcm.
func (c recipe) run(wav, stream, pcm string) error {
	in := suite.Kept(fmt.Sprintf("vorbis-%dx%d.wav", c.rate, c.channels), func() []byte { return sound(c.rate, c.channels) })
	if err := os.WriteFile(wav, in, 0o600); err != nil {
		return err
	}
	args := strings.Fields(c.args)
	for i, a := range args {
		switch a {
		case "IN":
			args[i] = wav
		case "OUT":
			args[i] = stream
		}
	}
	if out, err := exec.Command(c.tool, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", c.tool, err, out)
	}
	if out, err := exec.Command("oggdec", "-Q", "-R", "-b", "16", "-e", "0", "-s", "1", "-o", pcm, stream).CombinedOutput(); err != nil {
		return fmt.Errorf("oggdec: %w: %s", err, out)
	}
	return nil
}

// verdict compares samples, rounded, with 16-bit ones.
func verdict(r suite.Row, got []int32, want []byte) suite.Row {
	if 2*len(got) != len(want) {
		return r.Fail("%d samples, oggdec gives %d", len(got), len(want)/2)
	}
	var sum float64
	for i, v := range got {
		rounded := int64(min(v, 1<<31-1-1<<15)) + 1<<15
		d := math.Abs(float64(rounded>>16-int64(int16(binary.LittleEndian.Uint16(want[2*i:]))))) * lsb
		r.Peak, sum = max(r.Peak, d), sum+d*d
	}
	r.Samples, r.Bare = len(got), false
	r.RMS = math.Sqrt(sum / float64(max(1, len(got))))
	if r.RMS > r.MaxRMS || r.Peak > r.MaxPeak {
		return r.Fail("off by %.3f of the last place, at most %.0f", r.RMS/lsb, r.Peak/lsb)
	}
	return r.Pass()
}

// sound is a WAV file of two seconds: a sweep that is too loud at its end, and
// clicks.
func sound(rate, channels int) []byte {
	n := 2 * rate * channels
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00")
	binary.LittleEndian.PutUint32(b[4:], uint32(36+2*n))
	b = append(b, byte(channels), 0)
	b = binary.LittleEndian.AppendUint32(b, uint32(rate))
	b = binary.LittleEndian.AppendUint32(b, uint32(2*rate*channels))
	b = append(b, byte(2*channels), 0, 16, 0, 'd', 'a', 't', 'a')
	b = binary.LittleEndian.AppendUint32(b, uint32(2*n))
	for i := range 2 * rate {
		t := float64(i) / float64(rate)
		for c := range channels {
			v := 0.7*t*math.Sin(3000*float64(c+1)*t*t) + math.Exp(-900*math.Mod(t, 0.17))*math.Sin(9000*t)
			b = binary.LittleEndian.AppendUint16(b, uint16(int16(32767*max(-1, min(v, 1)))))
		}
	}
	return b
}
