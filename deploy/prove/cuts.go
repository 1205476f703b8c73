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

	"linnet/deploy/image"
	"linnet/deploy/nand"
	"linnet/deploy/vm"
)

// What a power cut may cost.
const (
	settingAge  = 5 * time.Second
	positionAge = 30 * time.Second
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
	tally    map[string]int // cuts by what went on

	seen  []vow         // states that the player told, in order
	cutAt time.Duration // when the power last failed, after power-on

	volumes, positions, broken int // lost
}

// A vow is a state that the player had at a time after power-on.
type vow struct {
	at       time.Duration
	volume   int
	position time.Duration
}

// cutting cuts the power, many times, while the board does this and that.
func (p *proof) cutting() error {
	l := &life{proof: p, rand: rand.New(rand.NewPCG(10, 2410)), tally: map[string]int{}}
	if err := l.begin(); err != nil {
		return err
	}
	for n := range p.cuts {
		if err := l.round(n); err != nil {
			return fmt.Errorf("cut %d: %w", n+1, err)
		}
	}
	// The last one has to be survived, too.
	if err := l.round(-1); err != nil {
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
	l.seen = []vow{{volume: 50, position: 10 * time.Second}}
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
	if err := setWords(b, l.images["flash-debug"], ""); err != nil {
		return err
	}
	l.original = b
	return os.WriteFile(l.chip, b, 0o666)
}

// A round starts the board, looks at what it has kept, and cuts the power. The
// number -1 cuts nothing.
func (l *life) round(n int) error {
	s := setup{image: l.images["flash-debug"], shift: slowest, chip: l.chip}
	what := []string{"starting", "playing", "changing settings"}[max(n, 0)%3]
	if what == "starting" && n >= 0 {
		s.faults = []string{fmt.Sprint("cut-at=", 1+n/3%60)}
	}
	t, err := l.proof.begin("cuts", s)
	if err != nil {
		return err
	}
	defer t.end()
	err = l.cut(t, n, what)
	if err != nil && !errors.Is(err, vm.ErrEnded) {
		return errors.Join(err, keepLog(t, n))
	}
	if n < 0 {
		return nil
	}
	l.tally[what]++
	said := t.Said()
	m := powerFails.FindStringSubmatch(said)
	if m == nil {
		return fmt.Errorf("QEMU ended, and not for a power cut: %s", said)
	}
	micros, _ := strconv.ParseInt(m[1], 10, 64)
	l.cutAt = time.Duration(micros) * time.Microsecond
	return nil
}

var powerFails = regexp.MustCompile(`the power fails after (\d+) us`)

// cut does it. The board may be off at any point, which is vm.ErrEnded.
func (l *life) cut(t *trial, n int, what string) error {
	if _, err := t.wait(firstFrame); err != nil {
		return err
	}
	if err := l.check(t, n); err != nil || n < 0 {
		return err
	}
	if what != "starting" {
		done, err := t.Operations(t.ctx)
		if err == nil {
			err = t.CutAt(t.ctx, done+1+l.rand.IntN(60))
		}
		if err != nil {
			return offOr(t, err)
		}
	}
	for i := 0; ; i++ {
		if what == "changing settings" {
			if err := t.Key(t.ctx, []string{"up", "down"}[i/8%2]); err != nil {
				return offOr(t, err)
			}
		}
		if err := l.note(t); err != nil {
			return err
		}
	}
}

// note asks the player for its state and remembers it, as of before it was asked.
func (l *life) note(t *trial) error {
	var s struct {
		status
		Volume int `json:"volume"`
	}
	if err := t.document("player status", jsonObject, &s); err != nil {
		return offOr(t, err)
	}
	if s.State == "playing" {
		l.seen = append(l.seen, vow{t.lastSent(), s.Volume, time.Duration(s.PositionMS) * time.Millisecond})
	}
	return nil
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

var placeObject = regexp.MustCompile(`\{"version":.*"position_ms".*\}`)

// check compares what is on flash with what was promised before the power
// failed.
func (l *life) check(t *trial, n int) error {
	var kept struct {
		PositionMS int64 `json:"position_ms"`
		Volume     int   `json:"volume"`
	}
	if err := t.document("cat /state/place.json", placeObject, &kept); err != nil {
		return offOr(t, err)
	}
	position := time.Duration(kept.PositionMS) * time.Millisecond
	if volumes := l.may(settingAge); !slices.ContainsFunc(volumes, func(v vow) bool { return v.volume == kept.Volume }) {
		l.volumes++
		l.say("cut %d: the volume is %d, and was, from %v before the cut on, one of %v", n, kept.Volume, settingAge, volumes)
	}
	if oldest := l.may(positionAge)[0]; position < oldest.position-time.Second {
		l.positions++
		l.say("cut %d: the position is %v, and was %v at %v; the power failed at %v", n, position, oldest.position, oldest.at, l.cutAt)
	}
	for _, line := range t.Lines() {
		if badFlash.MatchString(line.Text) {
			l.broken++
			l.say("cut %d: %s", n, line.Text)
		}
	}
	l.seen = []vow{{0, kept.Volume, position}}
	return nil
}

// badFlash are messages that nobody wants to see. That UBI finds a page that was
// half programmed is none: it is what it looks for.
var badFlash = regexp.MustCompile(`(?i)ubifs error|read-only mode|squashfs error|initd: mount|resume:|settings:|this kernel is bad`)

// may are the states that can have been kept: the last one that was so old, and
// all later ones.
func (l *life) may(age time.Duration) []vow {
	first := 0
	for i, v := range l.seen {
		if v.at <= l.cutAt-age {
			first = i
		}
	}
	return l.seen[first:]
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
	for _, k := range []string{"starting", "playing", "changing settings"} {
		kinds = append(kinds, fmt.Sprintf("%d %s", l.tally[k], k))
	}
	l.see(fmt.Sprintf("%d power cuts, each in the middle of a program or erase", l.cuts), "each time it started again; while "+strings.Join(kinds, ", "), "that it starts each time", true)
	l.see("settings lost that were 5 s old", strconv.Itoa(l.volumes), "none", l.volumes == 0)
	l.see("positions lost that were 30 s old", strconv.Itoa(l.positions), "none", l.positions == 0)
	l.see("errors of the file systems", strconv.Itoa(l.broken), "none", l.broken == 0)
	l.see("bytes of the loader and the kernels that changed", strconv.Itoa(changed), "none", changed == 0)
	return nil
}

// keepLog keeps the serial log of a round that failed.
func keepLog(t *trial, n int) error {
	return copySparse(filepath.Join(t.dir, fmt.Sprintf("failed-%d.log", n)), filepath.Join(t.dir, "serial.log"))
}

// partitionOf are the bytes of a partition, with its spare ones.
func partitionOf(chip nand.Image, s image.Set, name string) ([]byte, error) {
	for _, p := range s.Board.Flash.Partitions {
		if p.Name == name {
			const row = nand.PageSize + nand.SpareSize
			return chip[p.Offset/nand.PageSize*row : p.End()/nand.PageSize*row], nil
		}
	}
	return nil, fmt.Errorf("there is no partition %s", name)
}
