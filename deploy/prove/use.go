package main

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// The script of real use, and the pictures that it comes to, are those of the
// program's own tests, which do the same in memory and in a window.
const (
	useScript   = "cmd/linnet/testdata/use.txt"
	usePictures = "cmd/linnet/testdata/golden"
)

// usePatience is how long a picture may take to come, on this machine.
const usePatience = 2 * time.Minute

// A deed is a line of the script.
type deed struct {
	verb, name string
	at         image.Point       // to tap
	least      int               // pixels that differ
	masks      []image.Rectangle // that do not count
}

// deeds reads the script; its own text says what is in it.
func deeds(text string) (all []deed, err error) {
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		d := deed{verb: f[0]}
		switch {
		case d.verb == "tap" && len(f) == 3:
			_, err = fmt.Sscan(f[1]+" "+f[2], &d.at.X, &d.at.Y)
		case d.verb == "other" && len(f) == 3:
			d.name = f[1]
			_, err = fmt.Sscan(f[2], &d.least)
		case d.verb == "look" && len(f) >= 2:
			d.name = f[1]
			for _, m := range f[2:] {
				var r image.Rectangle
				if _, err = fmt.Sscanf(m, "%d,%d,%d,%d", &r.Min.X, &r.Min.Y, &r.Max.X, &r.Max.Y); err != nil {
					break
				}
				d.masks = append(d.masks, r)
			}
		default:
			err = fmt.Errorf("it is none of tap, look and other")
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %q: %w", useScript, strings.TrimSpace(line), err)
		}
		all = append(all, d)
	}
	return all, nil
}

// useMusic is the demo album and the demo clip, as the tests have them.
func (p *proof) useMusic() (string, error) {
	dir := filepath.Join(p.dir, "music-use")
	for _, pattern := range []string{album + "/*.mp3", "player/demo/clip/*.mpg"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			return "", fmt.Errorf("there is nothing like %s", pattern)
		}
		for _, f := range files {
			to := filepath.Join(dir, filepath.Base(filepath.Dir(f)), filepath.Base(f))
			if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
				return "", err
			}
			if err := copySparse(to, f); err != nil {
				return "", err
			}
		}
	}
	return dir, nil
}

// using starts a board for the first time and does what the script says, by the
// touch panel. Each picture is waited for.
func (p *proof) using() error {
	text, err := os.ReadFile(useScript)
	if err != nil {
		return err
	}
	all, err := deeds(string(text))
	if err != nil {
		return err
	}
	t, err := p.begin("use", setup{image: p.images["use"], shift: slowest})
	if err != nil {
		return err
	}
	defer t.end()
	if _, err := t.wait(firstFrame); err != nil {
		return err
	}
	pictures, taps, failed := 0, 0, ""
	for _, d := range all {
		if d.verb == "tap" {
			taps++
			if err := t.tapSlowly(d.at); err != nil {
				return err
			}
			continue
		}
		ok, err := t.looks(d)
		if err != nil {
			return err
		}
		if !ok {
			failed = "; what came instead of " + d.name + " is in use/" + d.name + ".png"
			break // what follows would be done elsewhere
		}
		pictures++
	}
	if n := t.said(firstFrame); n != 1 && failed == "" { // it comes back to where it was
		failed = fmt.Sprintf("; the player started %d times", n)
	}
	p.see("real use, from the first start on", fmt.Sprintf("%d taps, %d pictures as they are in memory and in a window, at %s%s", taps, pictures, mips(slowest), failed),
		"an album, a film, the settings, and back", failed == "")
	return nil
}

// said counts the lines that match.
func (t *trial) said(re *regexp.Regexp) (n int) {
	for _, l := range t.Lines() {
		if re.MatchString(l.Text) {
			n++
		}
	}
	return n
}

// tapSlowly taps as a finger does, not both ends at once.
func (t *trial) tapSlowly(at image.Point) error {
	const held = 300 * time.Millisecond
	if err := t.Press(t.ctx, at); err != nil {
		return err
	}
	if err := pause(t.ctx, held); err != nil {
		return err
	}
	if err := t.Release(t.ctx); err != nil {
		return err
	}
	return pause(t.ctx, held)
}

// looks waits for the panel to look as a deed says, and says whether it did.
func (t *trial) looks(d deed) (bool, error) {
	want, err := readPicture(filepath.Join(usePictures, "use-"+d.name+".png"))
	if err != nil {
		return false, err
	}
	for end := time.Now().Add(usePatience); ; {
		shot, err := t.shoot(d.name + ".png")
		if err != nil {
			return false, err
		}
		n := unlike(shot, want, d.masks)
		if d.verb == "look" && n == 0 || d.verb == "other" && n >= d.least {
			return true, nil
		}
		if time.Now().After(end) {
			return false, nil
		}
		if err := pause(t.ctx, 300*time.Millisecond); err != nil {
			return false, err
		}
	}
}

func readPicture(file string) (image.Image, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return png.Decode(f)
}

// unlike counts the pixels that are not the same on a panel of five bits of red,
// six of green and five of blue, outside the masks.
func unlike(a, b image.Image, masks []image.Rectangle) (n int) {
	r := a.Bounds()
	if r != b.Bounds() {
		return r.Dx() * r.Dy()
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
	pixels:
		for x := r.Min.X; x < r.Max.X; x++ {
			for _, m := range masks {
				if (image.Point{X: x, Y: y}).In(m) {
					continue pixels
				}
			}
			ar, ag, ab, _ := a.At(x, y).RGBA()
			br, bg, bb, _ := b.At(x, y).RGBA()
			if ar>>11 != br>>11 || ag>>10 != bg>>10 || ab>>11 != bb>>11 {
				n++
			}
		}
	}
	return n
}
