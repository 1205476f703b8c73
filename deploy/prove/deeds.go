package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// An activity is what a board does while its power is cut.
type activity struct {
	name       string
	atStart    bool                           // the power fails in any of a start's operations, as many as the one before had
	operations int                            // programs and erases; the power fails in any of so many from when it began
	begin      func(*life, *trial) error      // which may say itself when the power fails
	step       func(*life, *trial, int) error // again and again
	every      time.Duration                  // how often the player is asked for its state
	restarts   bool                           // it ends with a restart, if the power has not failed before
}

// playingOn is what a board does if nobody does anything.
const playingOn = "playing"

// How many programs and erases there are to choose from: what is written once in
// 30 s, what some changes are, what a stick's songs are.
const (
	playOperations   = 4
	changeOperations = 16
	scanOperations   = 3
)

// How often the player is asked while it is left alone, and while much goes on.
const (
	calm  = 5 * time.Second
	brisk = time.Second
)

// activities take turns.
func activities() []activity {
	return []activity{
		{name: "starting", atStart: true, operations: playOperations, every: calm}, // or soon after, where this start has fewer
		{name: "updating", begin: (*life).install, step: (*life).atLast, every: brisk, restarts: true},
		{name: playingOn, operations: playOperations, every: calm},
		{name: "changing settings and playlists", operations: changeOperations, step: (*life).change, every: brisk},
		{name: "scanning", operations: scanOperations, begin: (*life).plugIn, step: (*life).countSongs, every: brisk},
	}
}

// change changes a setting, or keeps a list.
func (l *life) change(t *trial, i int) error {
	pick := func(of ...string) string { return of[l.rand.IntN(len(of))] }
	command := pick("setvol "+fmt.Sprint(l.rand.IntN(101)), "repeat "+pick("0", "1"), "random "+pick("0", "1"),
		"replay_gain_mode "+pick("off", "track", "album"))
	if i%5 == 0 { // at first, so that each round leaves one
		return l.keepList(t, fmt.Sprintf("list-%d-%d", l.tally("changing settings and playlists").cuts, i))
	}
	_, err := t.mpd(command)
	return err
}

// keepList keeps what is in the queue as a playlist. That it was kept is said when
// it was.
func (l *life) keepList(t *trial, name string) error {
	if _, err := t.mpd("save " + name); err != nil {
		return err
	}
	v := l.latest()
	v.at = t.lastSent()
	v.lists = append(slices.Clip(v.lists), name)
	l.seen = append(l.seen, v)
	return nil
}

// stickSongs is how many files are on a stick.
const stickSongs = 48

// plugIn plugs in a stick with music that the library does not know.
func (l *life) plugIn(t *trial) error {
	l.sticks++
	path := filepath.Join(t.dir, "stick.img")
	if err := l.makeStick(path, fmt.Sprintf("STICK%d", l.sticks)); err != nil {
		return err
	}
	_, err := t.Plug(t.ctx, path)
	return err
}

// makeStick makes a FAT file system with a name and small files of music.
func (l *life) makeStick(path, label string) error {
	dir, err := l.stickMusic()
	if err != nil {
		return err
	}
	os.Remove(path)
	const script = `PATH=$PATH:/usr/sbin:/sbin && mkfs.vfat -C -n "$1" "$2" 1024 && MTOOLS_SKIP_CHECK=1 mcopy -i "$2" "$3"/*.mp3 ::/`
	return l.tool("", "sh", "-c", script, "sh", label, path, dir)
}

// stickMusic is a folder with what is on each stick.
func (l *life) stickMusic() (string, error) {
	dir := filepath.Join(l.dir, l.name, "music")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	first := filepath.Join(dir, "00.mp3")
	if err := l.tool("", "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=22050:duration=2",
		"-c:a", "libmp3lame", "-b:a", "8k", "-bitexact", first); err != nil {
		return "", err
	}
	for i := 1; i < stickSongs; i++ {
		if err := copySparse(filepath.Join(dir, fmt.Sprintf("%02d.mp3", i)), first); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// countSongs remembers how many songs the library says that it has.
func (l *life) countSongs(t *trial, _ int) error {
	n, err := t.songs()
	if err != nil {
		return err
	}
	v := l.latest()
	v.at, v.songs = t.lastSent(), n
	l.seen = append(l.seen, v)
	return nil
}
