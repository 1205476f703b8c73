package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"linnet/deploy/heard"
	"linnet/deploy/image"
	"linnet/deploy/vm"
	"linnet/rootfs"
)

// loading plays while the interface scrolls, another process computes, a
// thousand files are read through and the music's disk stalls. With Linnet all
// of it has to be heard in one piece; how others do is told beside it.
func (p *proof) loading() error {
	initrd, err := p.loadInitrd()
	if err != nil {
		return err
	}
	other := ""
	if !p.alone {
		if other, err = p.otherRoot(); err != nil {
			p.say("no player of Debian's is tried: %v", err)
		}
	}
	for _, s := range sets() {
		c := burdened{set: s, player: linnet, initrd: initrd, burden: allBurdens, shift: slowest}
		r, err := p.underLoad(c)
		if err == nil && s.dear && !r.played() {
			p.say("%s at %s: %v, %d xruns", s.titles, mips(c.shift), r, r.xruns)
			if c.shift, err = p.holds(c); err == nil && c.shift != slowest {
				r, err = p.underLoad(c)
			}
		}
		if err != nil {
			return err
		}
		p.see(fmt.Sprintf("%d min of %s under load", p.minutes, s.titles), fmt.Sprintf("%v, %d xruns, at %s", r, r.xruns, mips(c.shift)),
			"every sample in one piece, without a pause", r.played())
		p.see("the load on "+s.titles, r.burden(), "each part of it, all of the time", r.burdened(p.minutes))
		p.tell("Linnet meanwhile", r.output.String()+", "+megabytes(int(r.resident/1024))+" resident")
		p.bear(c, "Linnet", r)
		if p.alone {
			continue
		}
		if err := p.others(c, other); err != nil {
			return err
		}
	}
	return nil
}

// others play what Linnet played.
func (p *proof) others(c burdened, root string) error {
	c.player = plainLoop
	r, err := p.underLoad(c)
	if err != nil {
		return err
	}
	p.bear(c, "a loop that decodes and writes", r)
	if root == "" || c.set.name != "mp3" {
		return nil
	}
	c.player, c.root = madplay, root
	if r, err = p.underLoad(c); err != nil {
		return err
	}
	p.bear(c, "madplay, of Debian", r)
	return nil
}

// holds finds the largest shift at which Linnet plays a set without any load.
func (p *proof) holds(c burdened) (int, error) {
	c.burden = "none"
	for c.shift = slowest; c.shift > 1; c.shift-- {
		r, err := p.underLoad(c)
		if err != nil {
			return 0, err
		}
		if r.played() {
			break
		}
		p.say("%s at %s without load: %v, %d xruns", c.set.titles, mips(c.shift), r, r.xruns)
	}
	return c.shift, nil
}

// Who plays.
const (
	linnet    = "linnet"
	plainLoop = "plain"
	madplay   = "/usr/bin/madplay"
)

const allBurdens = "burn,read,stall"

// burdened is a run under load.
type burdened struct {
	set    set
	player string
	burden string // "none", or of burn, read and stall
	shift  int
	initrd string
	root   string // of another player
}

func (c burdened) name() string {
	return fmt.Sprintf("load-%s-%s-%s-shift%d", filepath.Base(c.player), c.set.name, strings.ReplaceAll(c.burden, ",", "-"), c.shift)
}

// borne is what came of it.
type borne struct {
	heard heard.Report
	xruns int // that Linnet counted

	// By the sound card's interrupts: how often and for how long the sound
	// stood still.
	stood    int
	stoodFor time.Duration

	stalls       int // of the disk, and in how many of them somebody waited for it
	stallsWaited int
	files        int           // that were read through
	looks, moved int           // pictures of the panel, and how many differed from the one before
	watched      time.Duration // for how long the processor was looked at while it sounded
	idle         time.Duration // and had nothing to do
	output       loadOutput
	resident     int64    // bytes of Linnet's
	film         *filmEnd // nil where there are no pictures
}

// loadOutput is what of the player's own status is looked at.
type loadOutput struct {
	Late     int   `json:"late_wakeups"`
	LatestUS int64 `json:"late_longest_us"`
	LeastMS  int64 `json:"buffered_least_ms"`
	Decoding int   `json:"decoding_permille"`
}

// whole says whether the sound was what it should be, when it should.
func (b borne) whole() bool { return b.heard.Perfect() && b.stood == 0 }

func (b borne) String() string {
	if b.stood == 0 {
		return b.heard.String()
	}
	return fmt.Sprintf("%v; it stood still %d times, %d ms in all", b.heard, b.stood, b.stoodFor.Milliseconds())
}

func (b borne) burden() string {
	return fmt.Sprintf("the disk stalled %d times for 1.5 s, %d times with somebody waiting for it; %d files read; the picture changed in %d of %d looks",
		b.stalls, b.stallsWaited, b.files, b.moved, b.looks)
}

// burdened says whether all of the load was there while the minutes were played:
// the disk stalls six times in each.
func (b borne) burdened(minutes int) bool {
	return b.stalls >= 5*minutes && b.stallsWaited > 0 && b.files > 0 && b.looks > 0 && 2*b.moved > b.looks
}

func (o loadOutput) String() string {
	return fmt.Sprintf("%d late wake-ups, by %.1f ms at most, %d ms decoded ahead at least", o.Late, float64(o.LatestUS)/1000, o.LeastMS)
}

// underLoad boots and plays, and listens.
func (p *proof) underLoad(c burdened) (borne, error) {
	const music = "/media/music/"
	words := fmt.Sprintf("load.player=%s load.music=%s%s load.burden=%s load.other=/dev/vdc ", c.player, music, c.set.name, c.burden)
	if c.player == linnet {
		words += fmt.Sprintf(`linnet.args="%s%s"`, music, c.set.name)
	} else {
		words += `linnet.args="--ao null"` // the interface is there all the same
	}
	s := setup{image: p.images["load"], shift: c.shift, append: words, initrd: c.initrd, extra: time.Duration(p.minutes) * 6 * time.Minute}
	if c.root != "" {
		s.drives = append(s.drives, vm.Drive{Path: c.root, ReadOnly: true})
	}
	t, r, err := p.withLoad(c.name(), s, c.burden != "none")
	if err == nil {
		r.heard, err = p.hearSet(t, c)
	}
	return r, err
}

// withLoad boots what has the trial's program in it, and returns when that is
// through.
func (p *proof) withLoad(name string, s setup, scrolls bool) (*trial, borne, error) {
	var r borne
	t, err := p.begin(name, s)
	if err != nil {
		return nil, r, err
	}
	defer t.end()
	first, err := t.wait(loadBegins)
	if err := errors.Join(err, failure(loadBegins.FindStringSubmatch(first.Text))); err != nil {
		return t, r, err
	}
	ctx, stop := context.WithCancel(t.ctx)
	defer stop()
	scrolled := make(chan error, 1)
	go func() {
		if !scrolls {
			scrolled <- nil
			return
		}
		scrolled <- t.scroll(ctx, &r)
	}()
	last, err := t.wait(loadEnds)
	stop()
	if err := errors.Join(<-scrolled, err, failure(loadEnds.FindStringSubmatch(last.Text))); err != nil {
		return t, r, err
	}
	t.soundsOut()
	if err := t.end(); err != nil {
		return t, r, err
	}
	return t, r, r.read(t.Lines())
}

// What the program of the trial says.
var (
	loadBegins  = regexp.MustCompile(`load: the sound begins|load: failed: (.*)`)
	loadEnds    = regexp.MustCompile(`load: end$|load: failed: (.*)`)
	loadStood   = regexp.MustCompile(`load: sound for \d+ ms, stood (\d+) times, (\d+) ms in all`)
	loadRead    = regexp.MustCompile(`load: read (\d+) files`)
	loadStalled = regexp.MustCompile(`load: the disk stalled (\d+) times, .*, (\d+) times with`)
	loadOutputs = regexp.MustCompile(`load: output (\{.*\})`)
	loadIdle    = regexp.MustCompile(`load: idle (\d+) ms of (\d+) ms`)
	loadMemory  = regexp.MustCompile(`load: memory \{"rss":(\d+)`)
)

// failure is what the trial's program says went wrong, if it did.
func failure(match []string) error {
	if len(match) > 1 && match[1] != "" {
		return errors.New(match[1])
	}
	return nil
}

// read takes what was said on the serial line.
func (r *borne) read(lines []vm.Line) (err error) {
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	for _, l := range lines {
		if m := loadStood.FindStringSubmatch(l.Text); m != nil {
			r.stood = number(m[1])
			r.stoodFor = time.Duration(number(m[2])) * time.Millisecond
		} else if m := loadIdle.FindStringSubmatch(l.Text); m != nil {
			r.idle, r.watched = time.Duration(number(m[1]))*time.Millisecond, time.Duration(number(m[2]))*time.Millisecond
		} else if m := loadRead.FindStringSubmatch(l.Text); m != nil {
			r.files = number(m[1])
		} else if m := loadStalled.FindStringSubmatch(l.Text); m != nil {
			r.stalls, r.stallsWaited = number(m[1]), number(m[2])
		} else if m := loadOutputs.FindStringSubmatch(l.Text); m != nil {
			err = errors.Join(err, json.Unmarshal([]byte(m[1]), &r.output))
		} else if m := loadMemory.FindStringSubmatch(l.Text); m != nil {
			r.resident = int64(number(m[1]))
		} else if m := audioEnded.FindStringSubmatch(l.Text); m != nil {
			r.xruns += number(m[1])
		} else if e, ok := endOfFilm(l.Text); ok {
			r.film = &e
		}
	}
	return err
}

// hearSet compares what was heard with the set's tracks, as the player's own
// decoder gives them.
func (p *proof) hearSet(t *trial, c burdened) (heard.Report, error) {
	got, err := readSound(t.sound(), rate)
	if err != nil {
		return heard.Report{}, err
	}
	files, err := filepath.Glob(filepath.Join(p.loadDir(), c.set.name, "*"))
	if err != nil {
		return heard.Report{}, err
	}
	if c.root != "" {
		want, err := p.otherDecodes(files)
		return heard.Compare(got, want), err
	}
	var want []byte
	for _, f := range files {
		pcm, err := p.decode(p.ctx, f)
		if err != nil {
			return heard.Report{}, err
		}
		want = append(want, pcm...)
	}
	return heard.Compare(got, frames(want)), nil
}

// loadInitrd makes what starts before the image.
func (p *proof) loadInitrd() (string, error) {
	program := filepath.Join(p.dir, "load-init")
	build := exec.CommandContext(p.ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", program, "./deploy/prove/load")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm", "GOARM=5")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	init, err := os.ReadFile(program)
	if err != nil {
		return "", err
	}
	folder := func(name string) rootfs.Entry { return rootfs.Entry{Path: name, Mode: fs.ModeDir | 0o755} }
	path := filepath.Join(p.dir, "load.cpio.gz")
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	err = image.Initramfs(f, []rootfs.Entry{
		folder("dev"), {Path: "dev/console", Mode: fs.ModeDevice | fs.ModeCharDevice | 0o600, Major: 5, Minor: 1},
		{Path: "init", Mode: 0o755, Data: init}, folder("proc"), folder("root"),
	}, gzip.BestSpeed)
	return path, errors.Join(err, f.Close())
}
