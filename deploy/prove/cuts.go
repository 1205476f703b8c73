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
	"sync"
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
	name     string // of its folder, and of what is its own elsewhere
	nth      int    // chip
	cuts     int    // of all of the proof's
	chip     string
	original nand.Image // what was flashed
	rand     *rand.Rand // of the round, so that each can be had again

	seen    []vow         // what the player said, in order, from when it was last looked at what is kept
	cutAt   time.Duration // when the power then failed, after power-on
	during  string        // what was done then
	checked bool          // it was looked, in this round

	began    int // programs and erases until what is done was begun
	starting int // programs and erases of a start, until it is looked at what was kept
	sticks   int
	update   string // a stick with one on it
	now      installation
	whole    int // updates that were installed before the power failed
	tallies  map[string]*tally
	lost     map[string]int // by what it is
	mended   int            // starts at which half done pages were found
	cpu      time.Duration  // that QEMU took, of all rounds
}

// A tally is what was seen of the cuts during one activity.
type tally struct {
	cuts                              int
	starts                            int // after them, that came to where it is looked at what was kept
	settings, lists, songs, positions int // that were looked at
}

func (l *life) tally(activity string) *tally {
	if l.tallies[activity] == nil {
		l.tallies[activity] = &tally{}
	}
	return l.tallies[activity]
}

// cutWords are on the kernel's command line: MPD's clients are let in, so that the
// console can ask for what the keys cannot.
const cutWords = `linnet.args="--mpd=/run/mpd.sock"`

// cutting cuts the power, many times, while the board does this and that.
func (p *proof) cutting() error {
	lives := p.lives()
	errs := make([]error, len(lives))
	var all sync.WaitGroup
	for i, l := range lives {
		all.Go(func() { errs[i] = l.live() })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return p.concludeCuts(lives)
}

// lives shares the cuts out among the chips. There are fewer where else one would not
// go through each activity.
func (p *proof) lives() []*life {
	lives := make([]*life, max(min(p.chips, p.cuts/len(activities())), 1))
	for i := range lives {
		lives[i] = &life{proof: p, name: "cuts", nth: i, cuts: (p.cuts + len(lives) - 1 - i) / len(lives), tallies: map[string]*tally{}, lost: map[string]int{}}
		if i > 0 {
			lives[i].name = fmt.Sprint("cuts-", i+1)
		}
	}
	return lives
}

// say says it of a chip, where there are more than one.
func (l *life) say(format string, args ...any) {
	if l.nth > 0 || l.cuts < l.proof.cuts {
		format = fmt.Sprintf("chip %d: ", l.nth+1) + format
	}
	l.proof.say(format, args...)
}

// live cuts the power of one chip.
func (l *life) live() error {
	failed := func(err error, format string, args ...any) error {
		return fmt.Errorf("%s, %s: %w", l.name, fmt.Sprintf(format, args...), err)
	}
	if err := l.begin(); err != nil {
		return failed(err, "the first start")
	}
	all := activities()
	for n := 0; n < l.cuts+l.whole; n++ {
		if err := l.round(n, all[n%len(all)]); err != nil {
			return failed(err, "cut %d", n+1)
		}
	}
	// The last one has to be survived, too.
	if err := l.round(l.cuts+l.whole, activity{}); err != nil {
		return failed(err, "after the last cut")
	}
	return nil
}

// begin gives a new chip its first start: the questions are answered, the music
// begins, and the board is switched off as it should be.
func (l *life) begin() error {
	chip, err := chipOf(l.images["flash-debug"], cutWords)
	if err != nil {
		return err
	}
	dir := filepath.Join(l.dir, l.name)
	l.original, l.chip = chip, filepath.Join(dir, "nand.img")
	if err := errors.Join(os.MkdirAll(dir, 0o777), os.WriteFile(l.chip, chip, 0o666)); err != nil {
		return err
	}
	t, err := l.on(nil)
	if err != nil {
		return err
	}
	defer t.end()
	if err := t.talks(); err != nil {
		return err
	}
	if err := t.answers(); err != nil {
		return err
	}
	if err := l.firstMusic(t); err != nil {
		return err
	}
	if err := t.command("reboot"); err != nil {
		return err
	}
	if err := t.Wait(t.ctx); err != nil {
		return err
	}
	l.cutAt, l.during = l.latest().at+positionAge, "being switched off"
	return nil
}

// on switches the board on.
func (l *life) on(faults []string) (*trial, error) {
	return l.proof.begin(l.name, setup{image: l.images["flash-debug"], shift: slowest, chip: l.chip, faults: faults, mute: true})
}

// talks waits until the console takes what is typed.
func (t *trial) talks() error {
	_, err := t.wait(firstFrame)
	if err == nil {
		_, err = t.wait(consoleOn)
	}
	t.skips = err == nil
	return err
}

var consoleOn = regexp.MustCompile(`initd: console on `)

// firstMusic plays what is in the flash, until that is known to be so.
func (l *life) firstMusic(t *trial) error {
	for n := 0; n == 0; {
		var err error
		if n, err = t.songs(); err != nil {
			return err
		}
	}
	for _, command := range []string{"setvol 50", "add /", "play 0"} {
		if _, err := t.mpd(command); err != nil {
			return err
		}
	}
	if _, err := t.reaches(5 * time.Second); err != nil {
		return err
	}
	l.seen = []vow{{}}
	return l.note(t, time.Second)
}

// roundTime is how long the board may take to come to its cut.
const roundTime = 5 * time.Minute

// startsLeast is how many programs and erases a start has at least.
const startsLeast = 8

// A round starts the board, looks at what it has kept, and cuts the power while
// it does something. Nothing to do cuts nothing.
func (l *life) round(n int, a activity) error {
	l.chooses(n)
	l.checked = false
	var faults []string
	if a.atStart {
		faults = []string{fmt.Sprint("cut-at=", 1+l.rand.IntN(max(startsLeast, l.starting))), fmt.Sprint("cut-after=", l.after())}
	}
	if err := copyFile(l.before(), l.chip); err != nil {
		return err
	}
	t, err := l.on(faults)
	if err != nil {
		return err
	}
	defer t.end()
	err = l.cut(t, n, a)
	if err != nil && !errors.Is(err, vm.ErrEnded) {
		return errors.Join(err, l.keep(t, n, "failed"))
	}
	if halfDone.MatchString(serialText(t)) {
		l.mended++
	}
	if a.name == "" {
		return nil
	}
	return l.ended(t, n, a)
}

// chooses has what is chosen in a round follow from the seed, the chip and the round's
// number.
func (l *life) chooses(n int) { l.rand = rand.New(rand.NewPCG(l.seed, uint64(l.nth)<<32|uint64(n))) }

// ended notes what a round came to.
func (l *life) ended(t *trial, n int, a activity) error {
	said := t.Said()
	used, err := t.CPU()
	l.cpu += used
	if err != nil {
		return err
	}
	m := powerFails.FindStringSubmatch(said)
	if m == nil {
		if a.restarts && restarted(t) {
			l.whole++
			l.fails(t.lastSent())
			l.during = a.name
			l.say("round %d: %s, and it was through before the power failed", n+1, a.name)
			return nil
		}
		return errors.Join(fmt.Errorf("QEMU ended, and not for a power cut: %s", said), l.keep(t, n, "failed"))
	}
	micros, _ := strconv.ParseInt(m[1], 10, 64)
	l.fails(time.Duration(micros) * time.Microsecond)
	if a.atStart && l.checked {
		a.name = playingOn // it had started before so much was written
	}
	l.during = a.name
	l.tally(a.name).cuts++
	l.say("cut %d: %s, after %.3f s; %d operations of a start, %d then; %.1f s of the processor", n+1, a.name, float64(micros)/1e6, l.starting, l.began, used.Seconds())
	return nil
}

func restarted(t *trial) bool {
	return slices.ContainsFunc(t.Lines(), func(l vm.Line) bool { return restarts.MatchString(l.Text) })
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
	if err := t.talks(); err != nil {
		return err
	}
	if err := l.check(t, n); err != nil {
		return err
	}
	var err error
	if l.starting, err = t.Operations(t.ctx); err != nil || a.name == "" {
		return offOr(t, err)
	}
	if err := t.home(); err != nil {
		return offOr(t, err)
	}
	if a.begin != nil {
		if err := a.begin(l, t); err != nil {
			return offOr(t, err)
		}
	}
	if a.operations > 0 {
		if err := l.within(t, 0, a.operations); err != nil {
			return offOr(t, err)
		}
	}
	if l.began, err = t.Operations(t.ctx); err != nil {
		return offOr(t, err)
	}
	for i, began := 0, t.lastSent(); t.lastSent() < began+roundTime; i++ {
		if a.step != nil {
			if err := a.step(l, t, i); err != nil {
				return offOr(t, err)
			}
		}
		if err := l.note(t, a.every); err != nil {
			return offOr(t, err)
		}
		if err := t.trouble(); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s: in %v the flash was not written to often enough", a.name, roundTime)
}

// within has the power fail in one of so many programs and erases, behind the first
// ones of those that are to come.
func (l *life) within(t *trial, first, operations int) error {
	done, err := t.Operations(t.ctx)
	if err != nil {
		return err
	}
	return t.CutAt(t.ctx, done+first+1+l.rand.IntN(operations), l.after())
}

// offOr is vm.ErrEnded where the board is off, however that was noticed; QEMU may
// be about to end.
func offOr(t *trial, err error) error {
	if err == nil || errors.Is(err, vm.ErrEnded) {
		return err
	}
	ctx, cancel := context.WithTimeout(t.ctx, 20*time.Second)
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
var badFlash = regexp.MustCompile(`(?i)read-only mode|switched to read-only|squashfs error|initd: mount|resume: |settings: |library: |this kernel is bad|is damaged|kernel panic|linnet ended with|linnet did not start`)

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

// loaderChanged is how many bytes of the loader are not what was flashed.
func (l *life) loaderChanged() (int, error) {
	b, err := os.ReadFile(l.chip)
	if err != nil {
		return 0, err
	}
	was, err := partitionOf(l.original, l.images["flash-debug"], "boot")
	if err != nil {
		return 0, err
	}
	is, err := partitionOf(b, l.images["flash-debug"], "boot")
	return differingBytes(was, is), err
}

// concludeCuts notes what came of it all.
func (p *proof) concludeCuts(lives []*life) error {
	sum := &life{tallies: map[string]*tally{}, lost: map[string]int{}}
	changed := 0
	for _, l := range lives {
		n, err := l.loaderChanged()
		if err != nil {
			return err
		}
		changed += n
		sum.add(l)
	}
	for _, a := range activities() {
		n := sum.tally(a.name)
		p.see(fmt.Sprintf("%s while %s", power(n.cuts), a.name), n.String(), "that it starts after each", n.cuts > 0 || p.cuts < len(activities()))
	}
	for _, what := range []string{lostSettings, lostLists, lostSongs, lostPositions} {
		p.see(what, strconv.Itoa(sum.lost[what]), "none", sum.lost[what] == 0)
	}
	p.tell("starts that found something half done, and put it right", strconv.Itoa(sum.mended))
	p.tell("updates that were through before the power failed", strconv.Itoa(sum.whole))
	p.see("bytes of the loader that changed", strconv.Itoa(changed), "none", changed == 0)
	p.tell("what these can be had again by", fmt.Sprintf("SEED=%d CUTS=%d CHIPS=%d", p.seed, p.cuts, len(lives)))
	p.say("%.1f s of the processor for each", sum.cpu.Seconds()/float64(p.cuts))
	return nil
}

// add adds what was counted on another chip.
func (l *life) add(other *life) {
	for activity, t := range other.tallies {
		n := l.tally(activity)
		n.cuts += t.cuts
		n.starts += t.starts
		n.settings += t.settings
		n.lists += t.lists
		n.songs += t.songs
		n.positions += t.positions
	}
	for what, n := range other.lost {
		l.lost[what] += n
	}
	l.mended += other.mended
	l.whole += other.whole
	l.cpu += other.cpu
}

func power(cuts int) string {
	if cuts == 1 {
		return "1 power cut"
	}
	return fmt.Sprintf("%d power cuts", cuts)
}

// String says what was looked at on the starts after the cuts.
func (n tally) String() string {
	return fmt.Sprintf("it started again each time; %d starts were looked at: %d settings, %d playlists, %d songs, %d positions",
		n.starts, n.settings, n.lists, n.songs, n.positions)
}

// before is the chip as it was when the round began.
func (l *life) before() string { return l.chip + ".before" }

// keep keeps the serial log of a round that failed, or in which something was
// lost, and the chip that it began with.
func (l *life) keep(t *trial, n int, why string) error {
	name := filepath.Join(t.dir, fmt.Sprintf("%s-%d", why, n+1))
	return errors.Join(copyFile(name+".log", filepath.Join(t.dir, "serial.log")), copyFile(name+".img", l.before()))
}

// copyFile copies all bytes of a file.
func copyFile(to, from string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o666)
}
