package main

import (
	"fmt"
	picture "image"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// What is said of a stick: by process 1 when it is mounted, ejected, or gone, and by
// the kernel when it has left the bus.
var (
	fieldMounted = regexp.MustCompile(`initd: (\w+) \(vfat\) is on /media/` + fieldLabel)
	fieldEjected = regexp.MustCompile(`initd: \w+ was ejected`)
	fieldGone    = regexp.MustCompile(`initd: \w+ is gone`)
	fieldLeft    = regexp.MustCompile(`usb \S+: USB disconnect`)
)

// The stick's name, as that on the golden pictures, and the files of music on it, so
// long that no part of the system can hold all of one.
const (
	fieldLabel = "FIELD"
	fieldSongs = 2
	fieldSong  = 600 // seconds
)

// sticking takes a stick out, once as one should and once as one should not, while
// music plays from it.
func (p *proof) sticking() error {
	stick, err := p.fieldStick()
	if err != nil {
		return err
	}
	t, err := p.begin("stick", setup{image: p.images["debug"], shift: slowest,
		append: `linnet.args="--mpd=/run/mpd.sock /media/music/` + encodings()[0].name + `"`})
	if err != nil {
		return err
	}
	defer t.end()
	if _, err := t.wait(firstSample); err != nil {
		return err
	}
	if err := p.removeSafely(t, stick); err != nil {
		return err
	}
	again := filepath.Join(t.dir, "stick.img") // QEMU has the first one open until it ends
	if err := copySparse(again, stick); err != nil {
		return err
	}
	defer os.Remove(again)
	return p.pullWhilePlaying(t, again)
}

// fieldStick makes the stick.
func (p *proof) fieldStick() (string, error) {
	path := filepath.Join(p.dir, "stick.img")
	os.Remove(path)
	if err := p.tool("", "mkfs.vfat", "-C", "--invariant", "-n", fieldLabel, path, fmt.Sprint(32<<10)); err != nil {
		return "", err
	}
	for i := range fieldSongs {
		song := filepath.Join(p.dir, fmt.Sprintf("song%d.mp3", i+1))
		if err := p.tool("", "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", fmt.Sprintf("sine=frequency=%d:sample_rate=44100:duration=%d", 330*(i+1), fieldSong),
			"-c:a", "libmp3lame", "-b:a", "128k", "-bitexact", song); err != nil {
			return "", err
		}
		if err := p.tool("", "mcopy", "-i", path, song, "::/"); err != nil {
			return "", err
		}
	}
	return path, nil
}

// plays plugs the stick in, and plays what is on it and then what is in flash.
func (t *trial) plays(path string) (stick string, err error) {
	if stick, err = t.Plug(t.ctx, path); err != nil {
		return "", err
	}
	if _, err := t.wait(fieldMounted); err != nil {
		return "", err
	}
	if err := t.enqueues("song1.mp3", "song2.mp3"); err != nil {
		return "", err
	}
	if _, err := t.playsIn("/media/" + fieldLabel); err != nil {
		return "", err
	}
	return stick, t.lasts(300)
}

// playsIn waits until something plays that is in a folder.
func (t *trial) playsIn(dir string) (status, error) {
	for end := time.Now().Add(usePatience); ; {
		s, err := t.status()
		if err != nil || s.State == "playing" && filepath.Dir(s.Path) == dir {
			return s, err
		}
		if time.Now().After(end) {
			return s, fmt.Errorf("the player is %s, with %s", s.State, s.Path)
		}
		if err := t.lasts(20); err != nil {
			return s, err
		}
	}
}

// enqueues makes files of the stick the queue, with one of the flash behind them, and
// has them played. The library finds what is new on a stick when it looks.
func (t *trial) enqueues(songs ...string) error {
	if _, err := t.mpd("clear"); err != nil {
		return err
	}
	for end := time.Now().Add(usePatience); ; {
		_, err := t.mpd("add " + fieldLabel + "/" + songs[0])
		if err == nil {
			break
		}
		if time.Now().After(end) {
			return err
		}
		if err := pause(t.ctx, time.Second); err != nil {
			return err
		}
	}
	for _, song := range songs[1:] {
		if _, err := t.mpd("add " + fieldLabel + "/" + song); err != nil {
			return err
		}
	}
	for _, command := range []string{"add music/" + encodings()[0].name, "play"} {
		if _, err := t.mpd(command); err != nil {
			return err
		}
	}
	return nil
}

// removeSafely does what the Storage page offers, and then pulls the stick out.
func (p *proof) removeSafely(t *trial, path string) error {
	stick, err := t.plays(path)
	if err != nil {
		return err
	}
	if err := t.fromHome(listRow(4)); err != nil { // Settings
		return err
	}
	if err := t.presses("down", "down", "down", "down", "down", "down", "ret"); err != nil { // Storage
		return err
	}
	if err := t.lasts(50); err != nil {
		return err
	}
	if err := t.tapAll(listRow(1)); err != nil {
		return err
	}
	asked, err := t.shows("storage-ask")
	if err != nil {
		return err
	}
	if err := t.tapSlowly(picture.Pt(220, 160)); err != nil { // Remove
		return err
	}
	if _, err := t.wait(fieldEjected); err != nil {
		return err
	}
	told, err := t.showsIn("storage-done", messageBand, usePatience)
	if err != nil {
		return err
	}
	s, err := t.status()
	if err != nil {
		return err
	}
	if err := t.Unplug(t.ctx, stick); err != nil {
		return err
	}
	if _, err := t.wait(fieldLeft); err != nil {
		return err
	}
	p.see("a stick that plays, removed as the Storage page offers", fmt.Sprintf("the page asks: %s; it says that it can be pulled out: %s; the file system is unmounted; then %s is %s",
		yes(asked), yes(told), filepath.Base(s.Path), s.State), "that nothing of it is in use before it is pulled", asked && told && !inField(s.Path))
	return nil
}

// pullWhilePlaying pulls the stick while music plays from it.
func (p *proof) pullWhilePlaying(t *trial, path string) error {
	stick, err := t.plays(path)
	if err != nil {
		return err
	}
	if err := t.Unplug(t.ctx, stick); err != nil {
		return err
	}
	if _, err := t.wait(fieldGone); err != nil {
		return err
	}
	told, err := t.showsIn("message-pulled", messageBand, usePatience)
	if err != nil {
		return err
	}
	before, err := t.playsIn("/media/music")
	if err != nil {
		return err
	}
	if err := t.lasts(200); err != nil {
		return err
	}
	s, err := t.status()
	if err != nil {
		return err
	}
	p.see("a stick that plays, pulled without a warning", fmt.Sprintf("the screen says so: %s; then %s is %s, %.1f s of it in 2 s; %d xruns", yes(told),
		filepath.Base(s.Path), s.State, float64(s.PositionMS-before.PositionMS)/1000, s.Output.Xruns),
		"the screen says it, and what is next in the queue plays", told && s.State == "playing" && !inField(s.Path) && s.PositionMS-before.PositionMS > 1500 && s.Output.Xruns == 0)
	return nil
}

// inField says whether a file is on the stick.
func inField(path string) bool { return filepath.Dir(path) == "/media/"+fieldLabel }

func yes(ok bool) string {
	if ok {
		return "yes"
	}
	return "no"
}
