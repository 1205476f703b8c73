package main

import (
	"fmt"
	"strconv"
	"time"

	"linnet/deploy/heard"
	"linnet/deploy/image"
)

// Aims, in the board's time from the kernel's first line.
const (
	aimUI    = 3000 * time.Millisecond
	aimSound = 3500 * time.Millisecond
)

// A board rests so often, in this machine's time, after the last sound, so that the
// sound device is through with it.
const (
	pauses    = 10
	pauseTime = 100 * time.Millisecond
)

// soundsOut lets the board go on until the sound device is through. QEMU answers each
// time: where the whole machine stood still for a while, that alone is no time for it.
func (t *trial) soundsOut() {
	for range pauses {
		time.Sleep(pauseTime)
		t.Screen(t.ctx) // what it shows, or why not, does not matter
	}
}

// played is what came of playing one file.
type played struct {
	ui, sound time.Duration // when
	xruns     int
	heard     heard.Report
	trial     *trial
}

// playFile boots, plays a file of the music to its end, and listens.
func (p *proof) playFile(e encoding, img image.Set, shift int) (played, error) {
	var r played
	t, err := p.begin(fmt.Sprintf("%s-shift%d", e.name, shift), setup{
		image: img, shift: shift, rate: e.rate, append: `linnet.args="/media/music/` + e.name + `"`,
	})
	if err != nil {
		return r, err
	}
	defer t.end()
	r.trial = t
	if r.ui, r.sound, err = t.starts(); err != nil {
		return r, err
	}
	if _, err := t.shoot("playing.png"); err != nil {
		return r, err
	}
	ended, err := t.wait(audioEnded)
	if err != nil {
		return r, err
	}
	r.xruns, _ = strconv.Atoi(audioEnded.FindStringSubmatch(ended.Text)[1])
	t.soundsOut()
	if err := t.end(); err != nil {
		return r, err
	}
	r.heard, err = p.hear(t, e)
	return r, err
}

// starts waits for the first picture and the first sound, and says when they
// were there.
func (t *trial) starts() (ui, sound time.Duration, err error) {
	frame, err := t.wait(firstFrame)
	if err != nil {
		return 0, 0, err
	}
	sample, err := t.wait(firstSample)
	return frame.Time, sample.Time, err
}

// playing proves the sound of each file at 125 MIPS or, where the decoder is
// too slow for that, at the fewest that do.
func (p *proof) playing() error {
	for i, e := range encodings() {
		var r played
		var err error
		shift := slowest
		for ; shift > 0; shift-- {
			if r, err = p.playFile(e, p.images["release"], shift); err != nil {
				return err
			}
			if r.heard.Perfect() && r.xruns == 0 {
				break
			}
			p.say("%s at %s: %v, %d xruns", e.name, mips(shift), r.heard, r.xruns)
		}
		if i == 0 {
			p.see("first picture of the interface", seconds3(r.ui), "within "+seconds3(aimUI), r.ui <= aimUI)
			p.see("first sample of sound", seconds3(r.sound), "within "+seconds3(aimSound), r.sound <= aimSound)
		}
		p.see(fmt.Sprintf("%d s of %s", e.seconds, e.name),
			fmt.Sprintf("%v, %d xruns, at %s", r.heard, r.xruns, mips(max(shift, 1))),
			"every sample in one piece", r.heard.Perfect() && r.xruns == 0)
	}
	return nil
}

// slowest is the shift that is tried first: 125 MIPS, what the S3C2410 does.
const slowest = 3

func mips(shift int) string { return fmt.Sprintf("%d MIPS (shift=%d)", 1000>>shift, shift) }

// seconds3 is a time in seconds with milliseconds.
func seconds3(d time.Duration) string { return fmt.Sprintf("%.3f s", d.Seconds()) }
