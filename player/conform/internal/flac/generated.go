package flac

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"linnet/player/conform/internal/suite"
)

// A recipe is a file that flac makes of given samples.
type recipe struct {
	name                 string
	args                 string
	signal               string
	bits, rate, channels int
	frames               int
}

// recipes are the levels, odd block sizes, all widths that flac takes raw,
// channels, rates, and signals that lead to subframes of every kind.
func recipes() (all []recipe) {
	add := func(args, signal string, bits, rate, channels int) {
		name := fmt.Sprintf("flac %s, %s, %d bits, %d Hz, %d channels", args, signal, bits, rate, channels)
		all = append(all, recipe{name, args, signal, bits, rate, channels, 20000})
	}
	for level := range 9 {
		add(fmt.Sprintf("-%d", level), "tones", 16, 44100, 2)
	}
	for _, block := range []string{"16", "17", "192", "725", "4608", "13456", "65535"} {
		add("--lax -8 -b "+block, "tones", 16, 44100, 2)
	}
	for _, args := range []string{"--lax -l 32 -b 4096", "-8 -p", "-8 -e -r 8", "--lax -r 0,15 -b 32768", "-5 -q 15", "-m -5", "-5 --no-mid-side"} {
		add(args, "tones", 16, 48000, 2)
	}
	for _, bits := range []int{8, 16, 24, 32} {
		for _, signal := range []string{"tones", "noise", "silence", "square", "wasted"} {
			add("-8", signal, bits, 48000, 2)
		}
	}
	for channels := 1; channels <= 8; channels++ {
		add("-5", "tones", 16, 48000, channels)
	}
	for _, rate := range []int{8000, 11025, 22050, 32000, 35467, 96000, 134560, 192000} {
		add("--lax -5", "tones", 24, rate, 2)
	}
	return all
}

// lackingTools are the programs that are needed and not installed.
func lackingTools() (lacking []string) {
	if _, err := exec.LookPath("flac"); err != nil {
		lacking = append(lacking, "flac")
	}
	return lacking
}

// check makes the file in dir, decodes it and compares.
func (c recipe) check(dir string) suite.Row {
	r := suite.Row{Name: c.name, Bare: true}
	pcm := c.pcm()
	raw, file := filepath.Join(dir, "in.raw"), filepath.Join(dir, "out.flac")
	if err := os.WriteFile(raw, appendPCM(nil, pcm, c.bits), 0o644); err != nil {
		return r.Fail("%v", err)
	}
	args := append([]string{"-s", "-f", "--force-raw-format", "--endian=little", "--sign=signed",
		fmt.Sprintf("--channels=%d", c.channels), fmt.Sprintf("--bps=%d", c.bits), fmt.Sprintf("--sample-rate=%d", c.rate)},
		strings.Fields(c.args)...)
	if out, err := exec.Command("flac", append(args, "-o", file, raw)...).CombinedOutput(); err != nil {
		return r.Fail("flac: %v: %s", err, strings.TrimSpace(string(out)))
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return r.Fail("%v", err)
	}
	d, err := decode(c.name, b)
	if err != nil {
		return r.Fail("%v", err)
	}
	return c.judge(r, d, pcm)
}

// judge compares decoded sound with what was encoded.
func (c recipe) judge(r suite.Row, d *decoded, pcm []int32) suite.Row {
	r.Samples, r.Bare = len(pcm), false
	a := d.streams[0].Audio
	sum, _ := d.wanted()
	switch {
	case d.damage.Count > 0:
		return r.Fail("damage: %v", d.damage.First)
	case len(d.streams) != 1 || a.Rate != c.rate || a.Channels != c.channels || a.Bits != c.bits:
		return r.Fail("the format is %v", a)
	case !slices.Equal(d.pcm, pcm):
		return r.Fail("other samples")
	case fmt.Sprintf("%x", d.sum.Sum(nil)) != sum:
		return r.Fail("the MD5 is not that of STREAMINFO")
	}
	return r.Pass()
}

// pcm is the signal, interleaved and left-justified.
func (c recipe) pcm() []int32 {
	random := rand.New(rand.NewPCG(1, uint64(c.bits)))
	top := float64(int64(1)<<(c.bits-1) - 1)
	pcm := make([]int32, 0, c.frames*c.channels)
	for i := range c.frames {
		for ch := range c.channels {
			t := float64(i) / float64(c.rate)
			var v float64
			switch c.signal {
			case "tones", "wasted":
				v = 0.4*math.Sin(2*math.Pi*(220+50*float64(ch))*t) + 0.2*math.Sin(2*math.Pi*(3000+4000*t)*t) + 0.01*random.Float64()
			case "noise":
				v = 2*random.Float64() - 1
			case "square":
				if v = 1; i/(40+ch)%2 == 0 {
					v = -1
				}
			}
			s := int64(math.Round(v * top))
			if v == -1 {
				s--
			}
			if c.signal == "wasted" {
				s = s >> 3 << 3
			}
			pcm = append(pcm, int32(s<<(32-c.bits)))
		}
	}
	return pcm
}
