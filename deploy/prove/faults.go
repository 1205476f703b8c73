package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	picture "image"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"linnet/deploy/boot"
	"linnet/deploy/image"
	"linnet/deploy/nand"
)

// playFlash has the music begin at the start.
const playFlash = `linnet.args="--volume=100 /media/music/` + flashFile + `"`

// faulting starts the board from flash that has faults, and plays.
func (p *proof) faulting() error {
	set := p.images["flash"]
	a, err := boot.Partition(set.Board, "kernel_a")
	if err != nil {
		return err
	}
	first, last := fmt.Sprint("flip-first=", a.First), fmt.Sprint("flip-last=", a.End-1)
	if err := p.startsWith("a wrong bit in each page of the loader's second stage and of the kernels", setup{faults: []string{"flips=1", "flip-last=479"}}, `bits corrected`, "system a"); err != nil {
		return err
	}
	if err := p.startsWith("a wrong bit in each page but block 0's", setup{faults: []string{"flips=1"}}, `bits corrected`, "system a"); err != nil {
		return err
	}
	if err := p.startsWith("two wrong bits in each page of kernel a", setup{faults: []string{"flips=2", first, last}},
		`this kernel is bad: a`, "system a is damaged: this is the other one"); err != nil {
		return err
	}
	bad, err := someBad(set)
	if err != nil {
		return err
	}
	chip, err := set.Around(bad)
	if err != nil {
		return err
	}
	if err := p.startsOn(chip, fmt.Sprintf("%d blocks, some of each part, that the factory has marked", len(bad)), nil, `kernel a`, "system a"); err != nil {
		return err
	}
	if err := p.making(); err != nil {
		return err
	}
	if err := p.rootLost(); err != nil {
		return err
	}
	if err := p.wearing(); err != nil {
		return err
	}
	return p.dying()
}

// startsWith starts a new chip with faults.
func (p *proof) startsWith(what string, s setup, loader, init string) error {
	s.image, s.shift, s.append = p.images["flash"], slowest, playFlash
	return p.starting(what, s, loader, init, nil)
}

// startsOn starts a chip, and has a look at what has become of it.
func (p *proof) startsOn(chip nand.Image, what string, faults []string, loader, init string) error {
	path := filepath.Join(p.dir, "faults.img")
	if err := setWords(chip, p.images["flash"], playFlash); err != nil {
		return err
	}
	if err := os.WriteFile(path, chip, 0o666); err != nil {
		return err
	}
	defer os.Remove(path)
	return p.starting(what, setup{image: p.images["flash"], shift: slowest, chip: path, faults: faults}, loader, init, chip)
}

// starting waits for the loader's and the init's words, and for music. Chip gets
// what the flash then holds.
func (p *proof) starting(what string, s setup, loader, init string, chip nand.Image) error {
	t, err := p.begin("flash-faults", s)
	if err != nil {
		return err
	}
	defer t.end()
	for _, re := range []*regexp.Regexp{regexp.MustCompile(loader), regexp.MustCompile("initd: " + init), firstSample} {
		if _, err := t.wait(re); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	if err := t.end(); err != nil {
		return err
	}
	for _, l := range t.Lines() {
		if lostState.MatchString(l.Text) {
			return fmt.Errorf("%s: %s", what, l.Text)
		}
	}
	p.see(what, "it starts and plays; the loader says “"+loader+"”, the init “"+init+"”", "that it starts and plays", true)
	if chip != nil {
		b, err := os.ReadFile(s.chip)
		copy(chip, b)
		return err
	}
	return nil
}

// lostState is said when what is remembered cannot be kept.
var lostState = regexp.MustCompile(`(?i)initd: mount|read-only mode`)

// someBad are blocks of each part.
func someBad(s image.Set) ([]int, error) {
	bad := []int{1, 9}
	for _, name := range []string{"params", "kernel_a", "kernel_b", "root", "data"} {
		span, err := boot.Partition(s.Board, name)
		if err != nil {
			return nil, err
		}
		bad = append(bad, span.First, span.First+1, span.First+5)
	}
	return bad, nil
}

// lifeBlocks is how many blocks of a K9F1208 may be bad at the end of its life: the
// data sheet has 4026 of 4096 that are good.
const lifeBlocks = 70

// wearing has as many blocks fail as a chip may lose in its life: on a chip that
// is started for the first time, one in three of those that another chip's first
// start writes to, and others of the free ones; and on that other chip, of which the
// state has been written, those that hold it.
func (p *proof) wearing() error {
	fresh, err := chipOf(p.images["flash"], "")
	if err != nil {
		return err
	}
	used := nand.Image(bytes.Clone(fresh))
	if err := p.startsOn(used, "a new chip", nil, `kernel a`, "system a"); err != nil {
		return err
	}
	span, err := boot.Partition(p.images["flash"].Board, "data")
	if err != nil {
		return err
	}
	worn, err := wornBlocks(fresh, used, span)
	if err != nil {
		return err
	}
	if err := p.wears(fresh, worn, fmt.Sprintf("%d blocks that fail when they are first written to", len(worn))); err != nil {
		return err
	}
	kept, err := stateBlocks(fresh, used, span)
	if err != nil {
		return err
	}
	return p.wears(used, kept, fmt.Sprintf("%d blocks that hold what is kept, and fail when more is written to them", len(kept)))
}

// wears starts a chip of which some blocks fail from now on.
func (p *proof) wears(chip nand.Image, worn []int, what string) error {
	if err := p.startsOn(chip, what, []string{wornFault(worn)}, `kernel a`, "system a"); err != nil {
		return err
	}
	marked := 0
	for _, b := range worn {
		if chip.Bad(b) {
			marked++
		}
	}
	p.see("of these, what it came to write to and marked as bad", strconv.Itoa(marked), "any", marked > 0)
	return nil
}

// wornFault is the property of the emulated chip.
func wornFault(blocks []int) string {
	list := make([]string, len(blocks))
	for i, b := range blocks {
		list[i] = strconv.Itoa(b)
	}
	return "worn-blocks=" + strings.Join(list, ":")
}

// Where the band is in which the player tells of trouble, and a picture with the
// message that is meant.
var messageBand = picture.Rect(0, 0, 320, 34)

const unkeptPicture = "ui/app/testdata/golden/message-unkept.png"

// nothingKept is said with it.
var nothingKept = regexp.MustCompile(`linnet: .*: nothing is kept`)

// dying starts a chip of which no more block can be written: the player has to
// say so, and to play.
func (p *proof) dying() error {
	chip, err := chipOf(p.images["flash"], playFlash)
	if err != nil {
		return err
	}
	span, err := boot.Partition(p.images["flash"].Board, "data")
	if err != nil {
		return err
	}
	var worn []int
	for b := span.First; b < span.End; b++ {
		if volumeOf(chip, b) < 0 {
			worn = append(worn, b)
		}
	}
	path := filepath.Join(p.dir, "faults.img")
	if err := os.WriteFile(path, chip, 0o666); err != nil {
		return err
	}
	defer os.Remove(path)
	t, err := p.begin("flash-dead", setup{image: p.images["flash"], shift: slowest, chip: path, faults: []string{wornFault(worn)}, mute: true})
	if err != nil {
		return err
	}
	defer t.end()
	// It is said before there is a sound, but that is not promised.
	at, err := t.waitAll(nothingKept, firstSample)
	if err != nil {
		return fmt.Errorf("a chip that cannot be written: %w", err)
	}
	p.see("a chip that cannot be written", "it starts and plays; it says that nothing is kept, "+seconds3(at[0])+" after power-on, and plays after "+seconds3(at[1]),
		"that it starts and plays, and says so", true)
	// The message stays until somebody touches it.
	if err := t.comesTo(unkeptPicture, messageBand); err != nil {
		return err
	}
	return p.golden(t, "the band of a message, where no block can be written any more", unkeptPicture, messageBand)
}

// comesTo waits until a part of the panel is that of a golden picture, if that comes.
func (t *trial) comesTo(golden string, part picture.Rectangle) error {
	want, err := readPicture(golden)
	if err != nil {
		return err
	}
	for range looks {
		got, err := t.Screen(t.ctx)
		if err != nil || unlike(got.SubImage(part), want.(subImager).SubImage(part), nil) == 0 {
			return err
		}
		if err := t.rests(lookEvery); err != nil {
			return err
		}
	}
	return nil
}

// waitAll waits for lines in any order, and says when each was sent.
func (t *trial) waitAll(lines ...*regexp.Regexp) ([]time.Duration, error) {
	at := make([]time.Duration, len(lines))
	for left := len(lines); left > 0; {
		l, err := t.wait(anyLine)
		if err != nil {
			return nil, err
		}
		for i, re := range lines {
			if at[i] == 0 && re.MatchString(l.Text) {
				if at[i], err = t.since(l); err != nil {
					return nil, err
				}
				left--
			}
		}
	}
	return at, nil
}

// wornBlocks chooses lifeBlocks of a partition. None of them holds anything on the
// fresh chip. UBI takes up to four blocks for one that fails, and is then at its
// end: so many in a row are not those that wear, but a chip that has died.
func wornBlocks(fresh, used nand.Image, span boot.Span) ([]int, error) {
	var worn, others []int
	written := 0
	for b := span.First; b < span.End; b++ {
		switch {
		case volumeOf(fresh, b) >= 0:
		case volumeOf(used, b) < 0:
			others = append(others, b)
		default:
			if written%3 == 0 && len(worn) < lifeBlocks {
				worn = append(worn, b)
			}
			written++
		}
	}
	if written == 0 {
		return nil, errors.New("the first start wrote to no block")
	}
	more := lifeBlocks - len(worn)
	if len(others) < more {
		return nil, fmt.Errorf("only %d blocks are free", len(others))
	}
	for i := range more {
		worn = append(worn, others[i*len(others)/more])
	}
	return worn, nil
}

// stateBlocks are lifeBlocks, or fewer, of those that the first start wrote to a
// volume that exists, and so to that with the state: as many as hold it.
func stateBlocks(fresh, used nand.Image, span boot.Span) (kept []int, err error) {
	for b := span.First; b < span.End && len(kept) < lifeBlocks; b++ {
		if volumeOf(fresh, b) < 0 && volumeOf(used, b) >= 0 {
			kept = append(kept, b)
		}
	}
	if len(kept) == 0 {
		return nil, errors.New("the first start wrote to no block")
	}
	return kept, nil
}

// volumeOf is the UBI volume that a block belongs to, -1: none.
func volumeOf(chip nand.Image, block int) int {
	head, _, err := chip.Read(block*nand.BlockPages + 1)
	if err != nil || string(head[:4]) != "UBI!" {
		return -1
	}
	return int(binary.BigEndian.Uint32(head[8:]) & 0x7fffffff)
}
