package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"linnet/deploy/heard"
	"linnet/deploy/image"
)

// A coding is the recording in a way whose cost is measured.
type coding struct {
	encoding
	steps bool // between the halves of the clock, too
}

func codings() []coding {
	const seconds = 16
	fine := []encoding{
		{"320k.mp3", seconds, []string{"lame", "--silent", "-b", "320", "IN", "OUT"}, rate},
		{"8.flac", seconds, ffmpeg("flac", "-compression_level", "8"), rate},
		{"q5.ogg", seconds, ffmpeg("libvorbis", "-q:a", "5"), rate},
		{"128k.m4a", seconds, ffmpeg("aac", "-b:a", "128k"), rate},
		{"96k.opus", seconds, ffmpeg("libopus", "-b:a", "96k"), opusRate},
	}
	coarse := []encoding{
		{"192k.mp2", seconds, ffmpeg("mp2", "-b:a", "192k"), rate},
		{"alac.m4a", seconds, ffmpeg("alac"), rate},
		{"adpcm.wav", seconds, ffmpeg("adpcm_ima_wav"), rate},
		{"pcm.wav", seconds, ffmpeg("pcm_s16le"), rate},
	}
	var all []coding
	for _, e := range fine {
		all = append(all, coding{e, true})
	}
	for _, e := range coarse {
		all = append(all, coding{e, false})
	}
	return all
}

// A slowness is how slow a board can be and still play a file.
type slowness struct {
	name     string
	decoding int // what decoding takes of the processor at the board's speed, in thousandths
	spare    int // what the processor has left there, in per cent
	shift    int // the largest at which it plays
	busy     int // what another process may take of the processor there
	steps    bool
}

// mips is how many millions of instructions a second are enough.
func (s slowness) mips() int { return 1000 >> s.shift * (100 - s.busy) / 100 }

// slowing finds the slowest board for each coding: by halving its clock, and
// between the halves by a process that takes a part of the processor before all
// others.
func (p *proof) slowing() error {
	initrd, err := p.loadInitrd()
	if err != nil {
		return err
	}
	for _, c := range codings() {
		file := filepath.Join(p.mipsDir(), c.name)
		s, err := findSlowest(c, func(shift, busy int) (borne, error) {
			return p.whileBusy(p.images["mips"], file, c.rate, initrd, shift, busy)
		})
		if p.ctx.Err() != nil {
			return err
		}
		what, aim := "the slowest board that plays "+c.name, "that there is one"
		if err != nil {
			p.see(what, err.Error(), aim, false)
			continue
		}
		p.slow = append(p.slow, s)
		p.see(what, fmt.Sprintf("%d MIPS", s.mips()), aim, true)
		p.say("%v", s)
		if err := p.keep(io.Discard, "mips.md", len(p.slow), p.slownessTable); err != nil { // it is long until the end
			return err
		}
	}
	return nil
}

// findSlowest plays at the board's speed first, then at lower ones for as long
// as that does, or else at higher ones until it does.
func findSlowest(c coding, play func(shift, busy int) (borne, error)) (slowness, error) {
	const slowestOfAll = 6
	s := slowness{name: c.name, shift: slowest, steps: c.steps}
	r, err := play(s.shift, 0)
	if err != nil {
		return s, err
	}
	s.decoding, s.spare = r.output.Decoding, r.spare()
	for !r.holds() && s.shift > 1 {
		s.shift--
		if r, err = play(s.shift, 0); err != nil {
			return s, err
		}
	}
	if !r.holds() {
		return s, fmt.Errorf("it does not play at %s either: %v, %d xruns", mips(s.shift), r, r.xruns)
	}
	for s.shift >= slowest && s.shift < slowestOfAll {
		slower, err := play(s.shift+1, 0)
		if err != nil {
			return s, err
		}
		if !slower.holds() {
			break
		}
		s.shift++
		r = slower
	}
	if !c.steps {
		return s, nil
	}
	s.busy, err = mostBusy(r.spare()+givesWay, func(busy int) (bool, int, error) {
		r, err := play(s.shift, busy)
		return r.holds(), r.spare(), err
	})
	return s, err
}

// played says whether it played as it should.
func (b borne) played() bool { return b.whole() && b.xruns == 0 }

// leastAhead is how many milliseconds of the two seconds that are decoded ahead
// have to stay: with less, a board may be too slow, and the music too short to
// show it.
const leastAhead = 1500

// givesWay is what another process gets, in per cent, since the interface, which
// draws as often as it can, gives way.
const givesWay = 10

// holds says whether it played as it should, and could have gone on.
func (b borne) holds() bool {
	if b.film != nil { // whose sound gives way to its pictures
		return b.played() && b.film.whole()
	}
	return b.played() && b.output.LeastMS >= leastAhead
}

// spare is what the processor had left, in per cent.
func (b borne) spare() int { return int(100 * b.idle / max(b.watched, 1)) }

// Another process may take so much in per cent, and not less than a step more.
const (
	busyStep = 5
	busyMost = 90
)

// mostBusy finds the largest share at which the player still plays, which it does
// with none. It begins with what seems to be left, and goes on by what plays says
// is left of the processor.
func mostBusy(guess int, plays func(busy int) (ok bool, spare int, err error)) (int, error) {
	most, least := 0, busyMost+busyStep // with the one it plays, with the other it does not
	for busy := max(guess, 0); least-most > busyStep; {
		busy = min(max(busy/busyStep*busyStep, most+busyStep), least-busyStep)
		ok, spare, err := plays(busy)
		switch {
		case err != nil:
			return 0, err
		case ok:
			most = busy
			busy += max(spare, busyStep)
		default:
			least = busy
			busy -= busyStep
		}
	}
	return most, nil
}

// whileBusy plays a file while another process takes a share of the processor.
func (p *proof) whileBusy(img image.Set, file string, rate int, initrd string, shift, busy int) (borne, error) {
	words := "load.player=linnet load.burden=none "
	if busy > 0 {
		words += fmt.Sprintf("load.busy=%d ", busy)
	}
	words += `linnet.args="--buffer 2s /media/music/` + filepath.Base(file) + `"`
	name := fmt.Sprintf("mips-%s-shift%d-busy%d", filepath.Base(file), shift, busy)
	t, r, err := p.withLoad(name, setup{image: img, shift: shift, append: words, initrd: initrd, rate: rate, extra: time.Hour}, false)
	if err != nil {
		return r, err
	}
	if r.output == (loadOutput{}) || r.watched == 0 {
		return r, errors.New("the player told nothing of its output, or nobody looked at the processor")
	}
	got, err := readSound(t.sound(), rate)
	if err != nil {
		return r, err
	}
	want, err := p.decode(p.ctx, file)
	r.heard = heard.Compare(got, frames(want))
	os.Remove(t.sound()) // there are many
	return r, err
}

func (p *proof) mipsDir() string { return filepath.Join(p.dir, "music-mips") }

// mipsMusic makes the folder for the image of this trial.
func (p *proof) mipsMusic() (string, error) {
	var all []encoding
	for _, c := range codings() {
		all = append(all, c.encoding)
	}
	return p.mipsDir(), p.makeMusic(p.mipsDir(), all)
}

// slownessTable writes them for a document.
func (p *proof) slownessTable(w io.Writer) {
	fmt.Fprintf(w, "| file | at %s decoding takes | and the processor has left | the largest shift at which it plays | and, in steps of %d %%, down to |\n", mips(slowest), busyStep)
	fmt.Fprintln(w, "| --- | ---: | ---: | --- | ---: |")
	for _, s := range p.slow {
		fmt.Fprintln(w, s)
	}
}

// String is the row of the table.
func (s slowness) String() string {
	down := ""
	if s.steps {
		down = fmt.Sprintf("%d MIPS", s.mips())
	}
	return fmt.Sprintf("| %s | %d.%d %% | %d %% | %s | %s |", s.name, s.decoding/10, s.decoding%10, s.spare, mips(s.shift), down)
}
