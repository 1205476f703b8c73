package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// What plays meanwhile: where shares of the processor are compared, something that
// always takes as much of it and is as long as a song, by whose length the bar moves;
// and else something that has to be decoded.
const (
	evenSong    = "even.wav"
	evenRepeats = 7 // of half a minute
	unevenSong  = "128k.mp3"
)

// albumsOnBoard is how many albums with covers the list that is scrolled has.
const albumsOnBoard = 40

// Marks of the interface at 125 MIPS: shares of the processor in per mille, beyond
// what playing takes; frames a second; and how soon a key is on the panel.
const (
	aimRest   = 20
	aimMoves  = 100
	aimFrames = 25
	aimAnswer = 50 * time.Millisecond
)

// watchFor is for how long the processor is looked at, in hundredths of the board's seconds.
const watchFor = 800

// Places that are touched: Home's cover, and of Now playing
// the button that repeats and the corner that moves with the music.
var (
	homeCover    = image.Pt(248, 72)
	repeatButton = image.Pt(292, 212)
	movingCorner = image.Pt(230, 140)
)

// listRow is the middle of a list's row in sight, the first is 0.
func listRow(n int) image.Point { return image.Pt(90, 56+40*n) }

// screensMusic is a recording to be played, and albums to be scrolled through.
func (p *proof) screensMusic() (string, error) {
	dir, err := p.onlyMusic("music-screens", unevenSong)
	if err != nil {
		return "", err
	}
	if err := p.tool("", "ffmpeg", "-v", "error", "-y", "-stream_loop", strconv.Itoa(evenRepeats), "-i", filepath.Join(p.music, "pcm.wav"),
		"-c:a", "adpcm_ima_wav", filepath.Join(dir, evenSong)); err != nil {
		return "", err
	}
	mp3, err := os.ReadFile(filepath.Join(p.music, "128k.mp3"))
	if err != nil {
		return "", err
	}
	const infoFrame, little = 417, 8 << 10 // the first frame tells the whole's length
	if len(mp3) < infoFrame+little {
		return "", fmt.Errorf("128k.mp3 is too short")
	}
	for i := range albumsOnBoard {
		album := fmt.Sprintf("Album %02d", i+1)
		folder := filepath.Join(dir, album)
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return "", err
		}
		track := append(id3(album), mp3[infoFrame:infoFrame+little]...)
		if err := os.WriteFile(filepath.Join(folder, "track.mp3"), track, 0o666); err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(folder, "cover.jpg"), cover(i), 0o666); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// id3 is an ID3v2.3 tag with an album, an artist and a title.
func id3(album string) []byte {
	var frames []byte
	for _, f := range [][2]string{{"TALB", album}, {"TPE1", "Artist"}, {"TIT2", "Track"}} {
		frames = append(frames, f[0]...)
		frames = append(frames, 0, 0, 0, byte(1+len(f[1])), 0, 0, 0)
		frames = append(frames, f[1]...)
	}
	return append([]byte{'I', 'D', '3', 3, 0, 0, 0, 0, byte(len(frames) >> 7), byte(len(frames) & 127)}, frames...)
}

// cover is a picture, another one for each number.
func cover(n int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 128, 128))
	for y := range 128 {
		for x := range 128 {
			m.SetRGBA(x, y, color.RGBA{uint8(x + 31*n), uint8(y + 67*n), uint8(97 * n), 255})
		}
	}
	var b bytes.Buffer
	jpeg.Encode(&b, m, nil) // a buffer takes all
	return b.Bytes()
}

// screening plays, scrolls a list, looks at what Now playing takes of the
// processor, and walks through the pages.
func (p *proof) screening() error {
	t, err := p.begin("screens", setup{image: p.images["screens"], shift: slowest, append: `linnet.args="--mpd=/run/mpd.sock /media/music/` + evenSong + `"`})
	if err != nil {
		return err
	}
	defer t.end()
	if _, err := t.wait(firstSample); err != nil {
		return err
	}
	if err := t.lasts(100); err != nil { // a person's finger is not there while it still starts
		return err
	}
	if err := t.tapAll(repeatButton); err != nil { // it plays for ever
		return err
	}
	if err := t.scanned(); err != nil {
		return err
	}
	if err := p.shares(t); err != nil {
		return err
	}
	if err := t.repeats(unevenSong); err != nil {
		return err
	}
	if err := p.answers(t); err != nil {
		return err
	}
	if err := t.repeats(unevenSong); err != nil { // the walk has left it paused
		return err
	}
	return p.scrollAlbums(t)
}

// repeats has a file of the music played for ever.
func (t *trial) repeats(song string) error {
	for _, command := range []string{"clear", "add music/" + song, "repeat 1", "play"} {
		if _, err := t.mpd(command); err != nil {
			return err
		}
	}
	return t.lasts(100)
}

// tapAll touches one place after the other.
func (t *trial) tapAll(all ...image.Point) error {
	for _, at := range all {
		if err := t.tapSlowly(at); err != nil {
			return err
		}
		if err := t.lasts(20); err != nil { // of the board's time
			return err
		}
	}
	return nil
}

// fromHome goes back as far as that leads, and touches one place after the other.
func (t *trial) fromHome(all ...image.Point) error {
	if err := t.presses("esc", "esc", "esc", "esc", "esc"); err != nil {
		return err
	}
	if err := t.lasts(20); err != nil {
		return err
	}
	return t.tapAll(all...)
}

// presses presses one key after the other.
func (t *trial) presses(names ...string) error {
	for _, n := range names {
		if err := t.Key(t.ctx, n); err != nil {
			return err
		}
		if err := pause(t.ctx, 150*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

// scrollAlbums throws the list of albums up and down, and counts frames and what they
// take beyond what playing does. How long the list moves depends on how fast this
// machine is; what a frame takes does not.
func (p *proof) scrollAlbums(t *trial) error {
	if err := t.fromHome(listRow(0), listRow(1)); err != nil { // Music, Albums
		return err
	}
	if err := t.still(image.Rect(0, 36, 320, 196)); err != nil {
		return err
	}
	still, err := t.watch()
	if err != nil {
		return err
	}
	seen, err := t.during(func() error {
		for i := range 8 {
			from, to := listBottom, listTop
			if i%2 == 1 {
				from, to = to, from
			}
			if err := t.pullSlowly(from, to); err != nil {
				return err
			}
		}
		_, err := t.shoot("albums.png")
		return err
	})
	if err != nil {
		return err
	}
	s, err := t.status()
	if err != nil {
		return err
	}
	took := float64(seen.busy-still.busy) / 1000 / seen.frames // seconds a frame
	p.see("a list of covers, thrown up and down", fmt.Sprintf("a frame takes %.1f ms: %.0f a second are possible, at %s, while it plays; %.0f a second were shown",
		1000*took, 1/took, mips(slowest), seen.frames), fmt.Sprintf("at least %d a second", aimFrames), took > 0 && took < 1./aimFrames && seen.frames > 2)
	p.seeAnswers("a touch meanwhile, as covers are decoded, or before", s, 0)
	return nil
}

// pullSlowly moves a finger, slowly enough for a board on a busy machine to see it
// move, and looks on while the list runs out.
func (t *trial) pullSlowly(from, to image.Point) error {
	const steps = 8
	for i := range steps + 1 {
		if err := t.Press(t.ctx, from.Add(to.Sub(from).Mul(i).Div(steps))); err != nil {
			return err
		}
		if err := pause(t.ctx, 30*time.Millisecond); err != nil {
			return err
		}
	}
	if err := t.Release(t.ctx); err != nil {
		return err
	}
	return pause(t.ctx, 700*time.Millisecond)
}

// shares looks at the processor while one page after the other is seen. The first,
// where nothing moves, is what the others are compared with.
func (p *proof) shares(t *trial) error {
	if err := t.fromHome(listRow(4), listRow(2)); err != nil { // Settings, Language
		return err
	}
	still, err := t.watch()
	if err != nil {
		return err
	}
	p.tell("playing while a page stands still", fmt.Sprintf("takes %s of the processor, at %s", percent(still.busy), mips(slowest)))
	if err := t.fromHome(homeCover); err != nil {
		return err
	}
	for i, page := range []struct {
		name string
		most int
	}{{"the spectrum", aimMoves}, {"the VU meter", aimMoves}, {"the time and the bar only", aimRest}} {
		if i > 0 {
			if err := t.tapAll(movingCorner); err != nil {
				return err
			}
		}
		seen, err := t.watch()
		if err != nil {
			return err
		}
		if _, err := t.shoot(fmt.Sprintf("now-%d.png", i+1)); err != nil {
			return err
		}
		more := seen.busy - still.busy
		if more < -10 { // it was not still
			return fmt.Errorf("less is to do with %s than while nothing moves", page.name)
		}
		more = max(0, more)
		p.see("Now playing with "+page.name, fmt.Sprintf("%s of the processor, %s more than that, %.1f frames a second", percent(seen.busy), percent(more), seen.frames),
			"below "+percent(page.most)+" more", more < page.most && seen.frames > 0.5)
	}
	return nil
}

func percent(mille int) string { return fmt.Sprintf("%d.%d %%", mille/10, mille%10) }

// answers walks by keys through the pages, and asks how long the longest answer took,
// of all that was done in the trial.
func (p *proof) answers(t *trial) error {
	walk := []string{"esc", "esc", "down", "down", "up", "up", "up", "ret", "down", "down", "ret", "down", "down", "ret", "right", "esc", "esc", "esc",
		"down", "ret", "esc", "down", "ret", "down", "down", "up", "esc", "down", "ret", "down", "ret", "esc", "esc", "down", "ret",
		"down", "down", "down", "ret", "esc", "esc"}
	if err := t.presses(walk...); err != nil {
		return err
	}
	s, err := t.status()
	if err != nil {
		return err
	}
	p.seeAnswers("a key or a touch, until the panel shows it", s, int64(len(walk))/2)
	return nil
}

// seeAnswers looks at how long the longest answer took until now, of so many at least.
func (p *proof) seeAnswers(what string, s status, least int64) {
	longest := time.Duration(s.Screens.LongestUS) * time.Microsecond
	p.see(what, fmt.Sprintf("%.0f ms at most, of %d, while it plays", longest.Seconds()*1000, s.Screens.Answers),
		fmt.Sprintf("within %d ms", aimAnswer.Milliseconds()), longest <= aimAnswer && s.Screens.Answers >= least)
}

// seen is what was seen of a stretch of time.
type seen struct {
	busy   int     // of the processor, per mille
	frames float64 // a second
}

// watch looks on for a while, when what was just done is over.
func (t *trial) watch() (seen, error) {
	if err := t.lasts(100); err != nil {
		return seen{}, err
	}
	return t.during(func() error { return t.lasts(watchFor) })
}

// lasts waits for so many hundredths of the board's seconds.
func (t *trial) lasts(n int) error {
	from, _, err := t.uptime()
	for up := from; err == nil && up < from+n; up, _, err = t.uptime() {
		if err := pause(t.ctx, min(2*time.Second, time.Duration(n)*10*time.Millisecond)); err != nil {
			return err
		}
	}
	return err
}

// uptime is the kernel's: how long it runs and how long it had nothing to do.
var uptime = regexp.MustCompile(`^(\d+)\.(\d\d) (\d+)\.(\d\d)$`)

// during looks at the processor and the panel before and after.
func (t *trial) during(do func() error) (seen, error) {
	var up, idle [2]int // hundredths of a second
	var frames [2]int64
	for i := range 2 {
		s, err := t.status()
		if err != nil {
			return seen{}, err
		}
		switch {
		case s.Screens == nil:
			return seen{}, fmt.Errorf("the player says nothing of its screens")
		case s.State != "playing":
			return seen{}, fmt.Errorf("the player is %s while it is looked at", s.State)
		}
		frames[i] = s.Screens.Frames
		if up[i], idle[i], err = t.uptime(); err != nil {
			return seen{}, err
		}
		if i > 0 {
			break
		}
		if err := do(); err != nil {
			return seen{}, err
		}
	}
	all := up[1] - up[0]
	if all <= 0 {
		return seen{}, fmt.Errorf("no time went by")
	}
	return seen{busy: 1000 * max(0, all-(idle[1]-idle[0])) / all, frames: 100 * float64(frames[1]-frames[0]) / float64(all)}, nil
}

func (t *trial) uptime() (up, idle int, err error) {
	if err := t.command("cat /proc/uptime"); err != nil {
		return 0, 0, err
	}
	line, err := t.wait(uptime)
	if err != nil {
		return 0, 0, err
	}
	var n [4]int
	for i, s := range uptime.FindStringSubmatch(line.Text)[1:] {
		n[i], _ = strconv.Atoi(s)
	}
	return 100*n[0] + n[1], 100*n[2] + n[3], nil
}

// scanned waits until the library has found all there is, and has kept it.
func (t *trial) scanned() error {
	for {
		n, err := t.songs()
		if err != nil {
			return err
		}
		if n > albumsOnBoard+1 {
			return t.lasts(300)
		}
		if err := t.lasts(100); err != nil {
			return err
		}
	}
}

// still waits until a part of the panel stays as it is.
func (t *trial) still(part image.Rectangle) error {
	var last *image.RGBA
	for {
		m, err := t.Screen(t.ctx)
		if err != nil {
			return err
		}
		if last != nil && differing(m, last, part) == 0 {
			return nil
		}
		last = m
		if err := pause(t.ctx, 500*time.Millisecond); err != nil {
			return err
		}
	}
}
