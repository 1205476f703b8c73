package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"linnet/deploy/nand"
	"linnet/deploy/vm"
)

const longFile = "long.mp3"

// cutMusic is one file that does not come to its end while power is cut.
func (p *proof) cutMusic() (string, error) {
	dir := filepath.Join(p.dir, "music-cuts")
	path := filepath.Join(dir, longFile)
	if _, err := os.Stat(path); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	err := p.tool("", "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=frequency=330:sample_rate=22050:duration=14400",
		"-c:a", "libmp3lame", "-b:a", "8k", "-bitexact", path)
	return dir, err
}

// A life is that of one chip over many power cuts, and what was promised to be
// kept.
type life struct {
	*proof
	chip     string
	original nand.Image // as it was flashed
	rand     *rand.Rand

	seen    []vow         // what the player said, in order, from when it was last looked at what is kept
	cutAt   time.Duration // when the power then failed, after power-on
	checked bool          // it was looked, in this round

	sticks int
	tally  map[string]int // cuts by what went on
	lost   map[string]int // by what it is
	mended int            // starts at which half done pages were found
}

// cutWords are on the kernel's command line: MPD's clients are let in, so that the
// console can ask for what the keys cannot.
const cutWords = `linnet.args="--mpd=/run/mpd.sock"`

// cutting cuts the power, many times, while the board does this and that.
func (p *proof) cutting() error {
	l := &life{proof: p, rand: rand.New(rand.NewPCG(10, 2410)), tally: map[string]int{}, lost: map[string]int{}}
	if err := l.begin(); err != nil {
		return err
	}
	all := activities()
	for n := range p.cuts {
		if err := l.round(n, all[n%len(all)], n/len(all)); err != nil {
			return fmt.Errorf("cut %d: %w", n+1, err)
		}
	}
	// The last one has to be survived, too.
	if err := l.round(p.cuts, activity{}, 0); err != nil {
		return fmt.Errorf("after the last cut: %w", err)
	}
	return l.conclude()
}

// begin gives a new chip its first start: the music begins, and the board is
// switched off as it should be.
func (l *life) begin() error {
	t, err := l.proof.begin("cuts", setup{image: l.images["flash-debug"], shift: slowest, append: `linnet.args="--volume=50 /media/music"`})
	if err != nil {
		return err
	}
	defer t.end()
	l.chip = filepath.Join(t.dir, "nand.img")
	if _, err := t.wait(firstSample); err != nil {
		return err
	}
	if _, err := t.reaches(10 * time.Second); err != nil {
		return err
	}
	if err := t.command("reboot"); err != nil {
		return err
	}
	if err := t.Wait(t.ctx); err != nil {
		return err
	}
	l.seen = []vow{{settings: map[string]string{"volume": "50"}, position: 10 * time.Second}}
	l.cutAt = settingAge + positionAge
	return l.plainStart()
}

// plainStart takes the music off the command line: from now on the player goes
// on by what it remembers.
func (l *life) plainStart() error {
	b, err := os.ReadFile(l.chip)
	if err != nil {
		return err
	}
	if err := setWords(b, l.images["flash-debug"], cutWords); err != nil {
		return err
	}
	l.original = b
	return os.WriteFile(l.chip, b, 0o666)
}

// roundTime is how long the board may take to come to its cut.
const roundTime = 5 * time.Minute

// A round starts the board, looks at what it has kept, and cuts the power while
// it does something, for the again-th time. Nothing to do cuts nothing.
func (l *life) round(n int, a activity, again int) error {
	s := setup{image: l.images["flash-debug"], shift: slowest, chip: l.chip}
	l.checked = false
	if a.atStart {
		s.faults = []string{fmt.Sprint("cut-at=", 1+again%a.operations), fmt.Sprint("cut-after=", l.after())}
	}
	t, err := l.proof.begin("cuts", s)
	if err != nil {
		return err
	}
	defer t.end()
	err = l.cut(t, n, a)
	if err != nil && !errors.Is(err, vm.ErrEnded) {
		return errors.Join(err, keepLog(t, n))
	}
	if halfDone.MatchString(serialText(t)) {
		l.mended++
	}
	if a.name == "" {
		return nil
	}
	l.tally[a.name]++
	said := t.Said()
	m := powerFails.FindStringSubmatch(said)
	if m == nil {
		return fmt.Errorf("QEMU ended, and not for a power cut: %s", said)
	}
	micros, _ := strconv.ParseInt(m[1], 10, 64)
	l.fails(time.Duration(micros) * time.Microsecond)
	l.say("cut %d: %s, after %.3f s", n+1, a.name, float64(micros)/1e6)
	return nil
}

// fails notes when the power failed. Where that was before it could be looked at
// what had been kept, the former promises hold, as of the former cut.
func (l *life) fails(at time.Duration) {
	if l.checked {
		l.cutAt = at
	}
}

var powerFails = regexp.MustCompile(`the power fails after (\d+) us`)

// after is how many thousandths of an operation are done when the power fails:
// any number, and often one close to nothing or to all.
func (l *life) after() int {
	switch l.rand.IntN(4) {
	case 0:
		return l.rand.IntN(10)
	case 1:
		return 1000 - l.rand.IntN(10)
	}
	return l.rand.IntN(1001)
}

// cut does it. The board may be off at any point, which is vm.ErrEnded.
func (l *life) cut(t *trial, n int, a activity) error {
	if _, err := t.wait(firstFrame); err != nil {
		return err
	}
	if err := l.check(t, n); err != nil || a.name == "" {
		return err
	}
	if a.begin != nil {
		if err := a.begin(l, t); err != nil {
			return offOr(t, err)
		}
	}
	if !a.atStart {
		done, err := t.Operations(t.ctx)
		if err == nil {
			err = t.CutAt(t.ctx, done+1+l.rand.IntN(a.operations), l.after())
		}
		if err != nil {
			return offOr(t, err)
		}
	}
	for i, began := 0, t.lastSent(); t.lastSent() < began+roundTime; i++ {
		if a.step != nil {
			if err := a.step(l, t, i); err != nil {
				return offOr(t, err)
			}
		}
		if err := l.note(t); err != nil {
			return offOr(t, err)
		}
		if err := t.trouble(); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s: in %v the flash was not written to often enough", a.name, roundTime)
}

// offOr is vm.ErrEnded where the board is off, however that was noticed.
func offOr(t *trial, err error) error {
	ctx, cancel := context.WithTimeout(t.ctx, 2*time.Second)
	defer cancel()
	if t.Wait(ctx) == nil {
		return vm.ErrEnded
	}
	return err
}

// lastSent is when the latest line was sent.
func (t *trial) lastSent() time.Duration {
	lines := t.Lines()
	for _, l := range slices.Backward(lines) {
		if l.Sent >= 0 {
			return l.Sent
		}
	}
	return 0
}

// badFlash is what nobody wants to read.
var badFlash = regexp.MustCompile(`(?i)read-only mode|switched to read-only|squashfs error|initd: mount|resume: |settings: |library: |this kernel is bad|is damaged`)

// halfDone is what UBI and UBIFS say where they look for pages that were half
// programmed, and find them. They put them right, or a line of badFlash follows.
var halfDone = regexp.MustCompile(`ECC error|UBIFS error|ubi\d+ error`)

// trouble is the first line of badFlash.
func (t *trial) trouble() error {
	for _, l := range t.Lines() {
		if badFlash.MatchString(l.Text) {
			return errors.New(l.Text)
		}
	}
	return nil
}

func serialText(t *trial) string {
	var b strings.Builder
	for _, l := range t.Lines() {
		b.WriteString(l.Text + "\n")
	}
	return b.String()
}

// conclude notes what came of it all.
func (l *life) conclude() error {
	b, err := os.ReadFile(l.chip)
	if err != nil {
		return err
	}
	changed := 0
	for _, name := range []string{"boot", "kernel_a", "kernel_b"} {
		a, err := partitionOf(l.original, l.images["flash-debug"], name)
		if err != nil {
			return err
		}
		c, err := partitionOf(b, l.images["flash-debug"], name)
		if err != nil {
			return err
		}
		changed += differingBytes(a, c)
	}
	var kinds []string
	for _, a := range activities() {
		kinds = append(kinds, fmt.Sprintf("%d %s", l.tally[a.name], a.name))
	}
	l.see(fmt.Sprintf("%d power cuts, each in the middle of a program or erase", l.cuts), "each time it started again; while "+strings.Join(kinds, ", "), "that it starts each time", true)
	for _, what := range []string{lostSettings, lostLists, lostSongs, lostPositions} {
		l.see(what, strconv.Itoa(l.lost[what]), "none", l.lost[what] == 0)
	}
	l.tell("starts that found something half done, and put it right", strconv.Itoa(l.mended))
	l.see("bytes of the loader and the kernels that changed", strconv.Itoa(changed), "none", changed == 0)
	return nil
}

// keepLog keeps the serial log of a round that failed.
func keepLog(t *trial, n int) error {
	return copySparse(filepath.Join(t.dir, fmt.Sprintf("failed-%d.log", n+1)), filepath.Join(t.dir, "serial.log"))
}
