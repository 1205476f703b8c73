package main

import (
	"errors"
	"fmt"
	picture "image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// filmSeconds is how long each film is.
const filmSeconds = 30

// A film is a file with pictures, 320x240 at 25 a second, and sound.
type film struct {
	name string
	args []string // of ffmpeg, for how it is coded
}

// films are those that are tried.
func films() []film {
	return []film{
		{"mpeg1.mpg", []string{"-c:v", "mpeg1video", "-b:v", "800k", "-g", "12", "-bf", "2", "-c:a", "mp2", "-b:a", "192k", "-f", "mpeg"}},
		{"asp.avi", []string{"-c:v", "mpeg4", "-vtag", "XVID", "-b:v", "500k", "-bf", "1", "-g", "100", "-c:a", "libmp3lame", "-b:a", "128k"}},
	}
}

// filmEnded is what the player says of the pictures at the end.
var filmEnded = regexp.MustCompile(`linnet: film: shown (\d+), skipped (\d+), dropped (\d+), jumped (\d+), latest (\S+) at (\S+), late (\d+), idle (\d+) %`)

// filmEnd is that.
type filmEnd struct {
	shown, skipped, dropped, jumped int
	latest                          time.Duration // how late the latest one came
	at                              string        // its time in the film
	late                            int           // how many came later than they may
	idle                            int           // of the processor, in per cent
}

// endOfFilm reads it from a line.
func endOfFilm(line string) (e filmEnd, ok bool) {
	m := filmEnded.FindStringSubmatch(line)
	if m == nil {
		return e, false
	}
	for i, n := range []*int{&e.shown, &e.skipped, &e.dropped, &e.jumped} {
		*n, _ = strconv.Atoi(m[i+1])
	}
	late, err := time.ParseDuration(m[5])
	e.latest, e.at = late, m[6]
	e.late, _ = strconv.Atoi(m[7])
	e.idle, _ = strconv.Atoi(m[8])
	return e, err == nil
}

// takes is how often a photograph is taken.
const takes = 4

// mostLate is how many in a hundred pictures may come more than 20 ms late on a board
// that waits now and then: by its clock, it waits as long as the machine below lets
// it. On one that never waits none may.
const mostLate = 2

// mayBeLate is that for a setup.
func (s setup) mayBeLate() int {
	if s.initrd != "" { // which fills all time
		return 0
	}
	return mostLate
}

// whole says whether every picture was shown.
func (e filmEnd) whole() bool { return e.shown == filmSeconds*25 }

// punctual says whether they were shown at their times, but for so many in a hundred.
func (e filmEnd) punctual(most int) bool { return 100*e.late <= most*e.shown }

func (e filmEnd) String() string {
	return fmt.Sprintf("%d shown, %d not decoded, %d not shown, %d more than 20 ms late, the latest %v, at %s", e.shown, e.skipped+e.jumped, e.dropped, e.late, e.latest, e.at)
}

// filmMusic makes the films, of moving pictures and the recording.
func (p *proof) filmMusic() (string, error) {
	dir := filepath.Join(p.dir, "films")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	for _, f := range films() {
		args := append([]string{"-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25", "-i", filepath.Join(p.music, "pcm.wav"),
			"-t", strconv.Itoa(filmSeconds), "-bitexact"}, f.args...)
		if out, err := exec.CommandContext(p.ctx, "ffmpeg", append(args, filepath.Join(dir, f.name))...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %w: %s", f.name, err, out)
		}
	}
	return dir, nil
}

// filming plays the films, each to its end, and looks and listens.
func (p *proof) filming() error {
	initrd, err := p.loadInitrd()
	if err != nil {
		return err
	}
	for _, f := range films() {
		if err := p.playFilm(f, setup{image: p.images["video"], rate: rate, initrd: initrd}); err != nil {
			return err
		}
	}
	return nil
}

// playFilm plays one that an image holds. What is heard has the rate of the setup.
// With an initrd, which has the program load, the board never waits: then it does
// not depend on what else this machine does whether a picture is late.
func (p *proof) playFilm(f film, s setup) (err error) {
	file := filepath.Join(p.dir, "films", f.name)
	words := ""
	if s.initrd != "" {
		words = "load.fill "
	}
	s.shift, s.append = slowest, words+`linnet.args="--volume=100 /media/music/`+f.name+`"`
	t, err := p.begin(fmt.Sprintf("%s-%s-shift%d", s.image.Board.Name, f.name, slowest), s)
	if err != nil {
		return err
	}
	defer t.end()
	if _, _, err := t.starts(); err != nil {
		return err
	}
	shots := make([][takes]*picture.RGBA, 2)
	for i := range shots {
		if err := t.soundsFor(time.Duration(5+10*i) * time.Second); err != nil {
			return err
		}
		if shots[i], err = t.photographs(fmt.Sprintf("film-%d.png", i+1)); err != nil {
			return err
		}
	}
	sound, err := t.wait(audioEnded)
	if err != nil {
		return err
	}
	ended, err := t.wait(filmEnded)
	if err != nil {
		return err
	}
	said, _ := endOfFilm(ended.Text)
	t.soundsOut()
	if err := t.end(); err != nil {
		return err
	}
	heard, err := p.hear(t, encoding{name: filepath.Join("..", "films", f.name), rate: s.rate})
	if err != nil {
		return err
	}
	xruns := audioEnded.FindStringSubmatch(sound.Text)[1]
	p.see(fmt.Sprintf("pictures of %d s of %s", filmSeconds, f.name), fmt.Sprintf("%v, at %s; %d %% idle", said, mips(slowest), said.idle),
		fmt.Sprintf("all %d, at most %d %% more than 20 ms late", filmSeconds*25, s.mayBeLate()), said.whole() && said.punctual(s.mayBeLate()))
	p.see("its sound", fmt.Sprintf("%v, %s xruns", heard, xruns), "every sample in one piece", heard.Perfect() && xruns == "0")
	return p.matches(f.name, file, s.image.Board.Screen.Rotate, shots)
}

// photographs are of one moment each, one after the other; the last one is kept.
func (t *trial) photographs(name string) (shots [takes]*picture.RGBA, err error) {
	for k := range shots {
		if shots[k], err = t.Still(t.ctx); err != nil {
			return shots, err
		}
		if err := pause(t.ctx, 10*time.Millisecond); err != nil {
			return shots, err
		}
	}
	return shots, t.keepPicture(name, shots[takes-1])
}

// soundsFor waits until so much was heard.
func (t *trial) soundsFor(d time.Duration) error {
	for {
		if info, err := os.Stat(t.sound()); err == nil && info.Size() >= int64(d/time.Millisecond)*rate*4/1000 {
			return nil
		}
		select {
		case <-t.ctx.Done():
			return t.ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// matches looks for what was photographed from the panel among the pictures
// that this machine decodes, and paints as the board does.
//
// A photograph may be taken while the board copies a picture to the panel: of those
// that are taken one after the other, one has to match.
func (p *proof) matches(name, file string, turn int, shots [][takes]*picture.RGBA) error {
	raw, err := p.linnet(p.ctx, "decode", "--format", "rgb565", "--rotate", strconv.Itoa(turn), "-o", "-", file)
	if err != nil {
		return err
	}
	const size = 320 * 240 * 2
	if len(raw) == 0 || len(raw)%size != 0 {
		return errors.New("what is decoded is no whole number of pictures")
	}
	found, last, far := 0, -1, ""
	for i, shot := range shots {
		n, off := nearest(raw, size, shot[:], turn, 1)
		if off > 0 {
			n, off = nearest(raw, size, shot[:], turn, size)
			far += fmt.Sprintf(" Photograph %d differs from the nearest, the %d. of %d, in %d of %d pixels.", i+1, n+1, len(raw)/size, off, size/2)
			continue
		}
		if n > last {
			found++
		}
		last = n
	}
	p.see("photographs of "+name, fmt.Sprintf("%d of %d are one of its pictures, pixel for pixel, the last its %d.%s", found, len(shots), last+1, far), "all, each later than the one before", found == len(shots))
	return nil
}

// nearest is the picture, of size bytes each, that any of the photographs of a moment
// differs least from, and in how many pixels; most, where it is none of less.
func nearest(raw []byte, size int, shot []*picture.RGBA, turn, most int) (at, off int) {
	off = most
	for n := range len(raw) / size {
		for _, m := range shot {
			if d := apart(m, raw[n*size:][:size], turn, off); d < off {
				at, off = n, d
			}
		}
		if off == 0 {
			break
		}
	}
	return at, off
}

// apart is in how many pixels a photograph of the panel, upright, differs from a
// picture of RGB565 that may be turned by 90 degrees. It does not count beyond most.
func apart(shot *picture.RGBA, pix []byte, turn, most int) (off int) {
	b := shot.Bounds()
	width, height := b.Dx(), b.Dy()
	if len(pix) != 2*width*height {
		return most
	}
	for y := range height {
		for x := range width {
			at := y*width + x
			if turn == 90 {
				at = x*height + height - 1 - y
			}
			v := uint16(pix[2*at]) | uint16(pix[2*at+1])<<8
			c := shot.RGBAAt(b.Min.X+x, b.Min.Y+y)
			if c.R>>3 != uint8(v>>11) || c.G>>2 != uint8(v>>5&63) || c.B>>3 != uint8(v&31) {
				if off++; off >= most {
					return most
				}
			}
		}
	}
	return off
}

// slowingFilms finds the slowest board that shows every picture of each film.
func (p *proof) slowingFilms() error {
	initrd, err := p.loadInitrd()
	if err != nil {
		return err
	}
	for _, f := range films() {
		file := filepath.Join(p.dir, "films", f.name)
		s, err := findSlowest(coding{encoding{name: f.name}, true}, func(shift, busy int) (borne, error) {
			r, err := p.whileBusy(p.images["video"], file, rate, initrd, shift, busy)
			if err == nil && r.film == nil {
				err = errors.New("the player told nothing of its pictures")
			}
			if err == nil {
				p.say("%s at %s, of which another takes %d %%: %v, %v, %d xruns, %d %% idle", f.name, mips(shift), busy, r.film, r, r.xruns, r.spare())
			}
			return r, err
		})
		if p.ctx.Err() != nil {
			return err
		}
		what, aim := "the slowest board that shows all of "+f.name, "that there is one"
		if err != nil {
			p.see(what, err.Error(), aim, false)
			continue
		}
		p.slowFilm = append(p.slowFilm, s)
		p.see(what, fmt.Sprintf("%d MIPS", s.mips()), aim, true)
	}
	return nil
}

// filmTable writes them for a document.
func (p *proof) filmTable(w io.Writer) {
	fmt.Fprintf(w, "| film | at %s the processor has left | the largest shift at which all pictures are shown | and, in steps of %d %%, down to |\n", mips(slowest), busyStep)
	fmt.Fprintln(w, "| --- | ---: | --- | ---: |")
	for _, s := range p.slowFilm {
		fmt.Fprintf(w, "| %s | %d %% | %s | %d MIPS |\n", s.name, s.spare, mips(s.shift), s.mips())
	}
}
