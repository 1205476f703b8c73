package mpa

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"linnet/player/conform/internal/suite"
)

// seconds of each stream made here.
const seconds = 1

// A recipe is a stream that is made on the spot by a public encoder and
// compared with a public decoder. %r is the sampling rate in kHz.
type recipe struct {
	name           string
	tool           string
	rate, channels int
	args           string
	judge          judge
}

// A judge is a decoder that makes the reference.
type judge int

const (
	// ffmpeg's float decoders; its usual one for Layer II rounds coarsely.
	byFFmpeg judge = iota
	// LAME's decoder, where ffmpeg's does not serve: it has no free format,
	// and at 24 kHz it has a border between scale factor bands at line 330,
	// where encoders and the reference streams have it at 332. LAME's own
	// error is above the limit, so that twice the limit holds.
	byLAME
)

// recipes are all layers, rates and modes that can be had. Nothing at hand
// encodes Layer I.
func recipes() (all []recipe) {
	add := func(tool string, rate, channels int, args string) {
		name := fmt.Sprintf("%s %d %s", tool, rate, strings.ReplaceAll(args, "--resample %r ", ""))
		j := byFFmpeg
		if strings.Contains(args, "--freeformat") || tool == "lame" && rate == 24000 && channels == 2 {
			j = byLAME
		}
		all = append(all, recipe{name, tool, rate, channels, args, j})
	}
	for _, rate := range []int{44100, 48000, 32000} {
		add("lame", rate, 2, "--resample %r -b 128 -m j")
		add("lame", rate, 2, "--resample %r -b 320 -m s")
		add("lame", rate, 1, "--resample %r -b 64 -m m")
		add("lame", rate, 2, "--resample %r -V 2")
		add("twolame", rate, 2, "-b 192 -m s")
		add("twolame", rate, 2, "-b 192 -m j -p")
		add("twolame", rate, 1, "-b 64 -m m")
	}
	for _, rate := range []int{24000, 22050, 16000, 12000, 11025, 8000} {
		add("lame", rate, 2, "--resample %r -b 64 -m j")
		add("lame", rate, 1, "--resample %r -b 24 -m m")
		if rate >= 16000 {
			add("twolame", rate, 2, "-b 96 -m s")
		}
	}
	add("lame", 44100, 2, "--resample %r -b 128 -m d")
	add("lame", 44100, 2, "--resample %r -b 128 -m f -p")
	add("lame", 44100, 2, "--resample %r -b 96 -m j --allshort")
	add("lame", 44100, 2, "--resample %r --freeformat -b 400")
	add("twolame", 44100, 2, "-b 128 -m d")
	add("ffmpeg", 44100, 2, "-c:a mp2 -b:a 128k")
	return all
}

// lackingTools are the programs that are needed and not installed.
func lackingTools() (lacking []string) {
	for _, t := range []string{"lame", "twolame", "ffmpeg"} {
		if _, err := exec.LookPath(t); err != nil {
			lacking = append(lacking, t)
		}
	}
	return lacking
}

// check makes the recipe's stream in dir and compares.
func (c recipe) check(dir string) suite.Row {
	r := newRow(c.name)
	wav, stream, pcm := filepath.Join(dir, "in.wav"), filepath.Join(dir, "stream"), filepath.Join(dir, "ref.pcm")
	if err := writeWAV(wav, c.rate, c.channels); err != nil {
		return r.Fail("%v", err)
	}
	if err := c.encode(wav, stream); err != nil {
		return r.Fail("%v", err)
	}
	if err := c.reference(stream, pcm); err != nil {
		return r.Fail("%v", err)
	}
	ref, err := readPCM(pcm)
	if err != nil {
		return r.Fail("%v", err)
	}
	b, err := os.ReadFile(stream)
	if err != nil {
		return r.Fail("%v", err)
	}
	d, err := decode(c.name, b)
	if err != nil {
		return r.Fail("%v", err)
	}
	if d.damage.Count > 0 {
		return r.Fail("%d damaged frames: %v", d.damage.Count, d.damage.First)
	}
	return verdict(r, d, ref, trait{loose: c.judge == byLAME})
}

func (c recipe) encode(wav, stream string) error {
	args := strings.Fields(strings.ReplaceAll(c.args, "%r", strconv.FormatFloat(float64(c.rate)/1000, 'f', -1, 64)))
	switch c.tool {
	case "lame":
		args = append(append([]string{"--quiet"}, args...), wav, stream)
	case "twolame":
		args = append(append([]string{"--quiet"}, args...), wav, stream)
	case "ffmpeg":
		args = append(append([]string{"-v", "error", "-y", "-i", wav}, args...), "-f", "mp2", stream)
	}
	return command(c.tool, args...)
}

func (c recipe) reference(stream, pcm string) error {
	if c.judge == byLAME {
		return command("lame", "--quiet", "--decode", "-t", "--mp3input", stream, pcm)
	}
	codec := "mp2float"
	if c.tool == "lame" {
		codec = "mp3float"
	}
	return command("ffmpeg", "-v", "error", "-y", "-f", "mp3", "-c:a", codec, "-i", stream, "-f", "s16le", pcm)
}

func command(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(out)))
	}
	return nil
}

// writeWAV writes a sweep with noise and clicks, different in the channels.
func writeWAV(file string, rate, channels int) error {
	n := rate * seconds
	b := append([]byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00"), byte(channels), 0)
	le := binary.LittleEndian
	b = le.AppendUint32(b, uint32(rate))
	b = le.AppendUint32(b, uint32(rate*channels*2))
	b = append(b, byte(channels*2), 0, 16, 0)
	b = le.AppendUint32(append(b, "data"...), uint32(n*channels*2))
	random := uint32(1)
	for i := range n {
		t := float64(i) / float64(n)
		random = random*1664525 + 1013904223
		hiss := float64(int32(random)>>16) / 16
		click := 0.0
		if i%(rate/5) == rate/10 {
			click = 15000
		}
		for c := range channels {
			phase := 2 * math.Pi * float64(n) * 0.2 * t * t * float64(c+1)
			b = le.AppendUint16(b, uint16(int16(9000*math.Sin(phase)+hiss*float64(1-c)+click)))
		}
	}
	le.PutUint32(b[4:], uint32(len(b)-8))
	return os.WriteFile(file, b, 0o644)
}
