package main

import (
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"linnet/player"
	"linnet/player/cover"
	"linnet/player/cue"
	"linnet/player/formats"
	"linnet/player/media"
	"linnet/player/spectrum"
	"linnet/player/tag"
	"linnet/ui/app"
	"linnet/ui/widget"
)

// front is the player as the screens want it.
type front struct {
	*player.Player

	media   string                          // below which each medium has a folder while it is there; "" where it is not known
	hush    *hush                           // nil: covers are made without a rest
	refused func(path string, err error)    // told of covers that are not, or not all, shown; may be nil
	left    func(path string) time.Duration // where a file was left; nil where that is not known

	mu      sync.Mutex
	seq     uint64
	message *app.Message
	subs    map[int]func()
	nextSub int
}

var _ app.Player = (*front)(nil)

// newFront follows p's events until p is closed or stop is called.
func newFront(p *player.Player) (f *front, stop func()) {
	f = &front{Player: p, subs: make(map[int]func())}
	events, cancel := p.Subscribe()
	go func() {
		for e := range events {
			f.handle(e)
		}
	}()
	return f, cancel
}

func (f *front) handle(e player.Event) {
	if e.Type == player.Failed {
		f.note(e.Err)
	}
	f.raise()
}

func (f *front) raise() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, changed := range f.subs {
		changed()
	}
}

// note turns an error into a message for the user.
func (f *front) note(err error) {
	m := &app.Message{}
	var hurt *player.DamageError
	var bad *media.FormatError
	var alien *media.UnsupportedError
	var path *os.PathError
	switch {
	case errors.Is(err, player.ErrNoTrack): // Play, with nothing there
		m.Problem = app.Nothing
	case errors.Is(err, player.ErrNoOutput): // whatever file the device is
		m.Problem, m.Detail = app.NoSound, err.Error()
	case errors.As(err, &hurt):
		m.Problem, m.Name, m.At, m.Lost = app.Damaged, baseName(hurt.File), hurt.At, hurt.Lost
	case errors.As(err, &bad):
		m.Problem, m.Name, m.Why, m.Detail = app.Unplayable, baseName(bad.File), app.TroubleDamaged, bad.Msg
	case errors.As(err, &alien):
		m.Problem, m.Name, m.Why, m.Detail = app.Unplayable, baseName(alien.File), app.TroubleUnsupported, alien.Msg
	case errors.As(err, &path):
		m.Problem, m.Name, m.Why, m.Detail = app.Unplayable, baseName(path.Path), app.TroubleUnreadable, path.Err.Error()
		if dir, ok := mediumOf(f.media, path.Path); ok && f.media != "" {
			go f.missed(dir, m)
			return
		}
	default:
		m.Problem, m.Detail = app.NoSound, err.Error()
	}
	f.tell(m)
}

// missed tells the user that a medium was pulled out or, where that is not so, what
// the message says of a file on it.
func (f *front) missed(dir string, m *app.Message) {
	if pulled(dir) {
		m = &app.Message{Problem: app.PulledOut, Name: baseName(dir)}
	}
	f.tell(m)
	f.raise()
}

func (f *front) tell(m *app.Message) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seq++
	m.Seq = f.seq
	f.message = m
}

// goesOn is where a file that the user has chosen is played from: where it was left, if
// that is told, but for one that is being played.
func (f *front) goesOn(path string) time.Duration {
	if s := f.Status(); f.left == nil || s.State != player.Stopped && s.Path == path {
		return 0
	}
	at := f.left(path)
	if at > 0 {
		f.tell(&app.Message{Problem: app.GoesOn, Name: baseName(path), At: at})
	}
	return at
}

// unkept tells the user that nothing can be kept any more.
func (f *front) unkept() {
	f.tell(&app.Message{Problem: app.Unkept})
	f.raise()
}

// Subscribe is of app.Player.
func (f *front) Subscribe(changed func()) (cancel func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	id := f.nextSub
	f.nextSub++
	f.subs[id] = changed
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.subs, id)
	}
}

// State is of app.Player.
func (f *front) State() app.State {
	s := f.Player.Status()
	f.mu.Lock()
	message := f.message
	f.mu.Unlock()
	return app.State{
		Status: app.Status(s.State), Index: max(s.Index, 0), Count: s.Count,
		Track: app.Track{
			Path: s.Path, Title: s.Tags.Title, Artist: s.Tags.Artist, Album: s.Tags.Album,
			Year: year(s.Tags.Date), Format: shortFormat(s.Stream), Via: s.Via,
		},
		Position: s.Position, Duration: s.Duration, Volume: s.Volume,
		Shuffle: s.Shuffle, Repeat: app.Repeat(s.Repeat), Message: message,
	}
}

// spectrumOf makes the screens' source of spectra. It is used by one
// goroutine.
func spectrumOf(p *player.Player) func(dst []uint8) bool {
	const steps = 13
	var a spectrum.Analyser
	var pcm [spectrum.Size]int16
	return func(dst []uint8) bool {
		rate, ok := p.Heard(pcm[:])
		if ok {
			a.Columns(dst, pcm[:], rate, steps)
		}
		return ok
	}
}

// loudnessOf makes the screens' source of what a VU meter shows: the mean of
// the last 2048 frames, some 45 ms. It is used by one goroutine.
func loudnessOf(p *player.Player) func() (left, right int, ok bool) {
	var pcm [2][2048]int16
	return func() (left, right int, ok bool) {
		if _, ok = p.HeardSides(pcm[0][:], pcm[1][:]); ok {
			left, right = spectrum.Level(pcm[0][:], widget.MeterCells), spectrum.Level(pcm[1][:], widget.MeterCells)
		}
		return left, right, ok
	}
}

// year is the year at the start of a tag's date.
func year(date string) string {
	if len(date) > 4 {
		return date[:4]
	}
	return date
}

// shortFormat is codec and rate in a few words: "MP3 · 44.1 kHz".
func shortFormat(s media.Stream) string {
	if s.Codec == "" {
		return ""
	}
	return codecName(s.Codec) + " · " + kilo(s.Audio.Rate) + " kHz"
}

func codecName(c media.Codec) string {
	switch {
	case c == media.ADPCMIMA || c == media.ADPCMMS:
		return "ADPCM"
	case c == media.PCMALaw:
		return "A-law"
	case c == media.PCMMuLaw:
		return "µ-law"
	case strings.HasPrefix(string(c), "pcm_"):
		return "PCM"
	}
	return strings.ToUpper(string(c))
}

// PlayPause, SetRepeat and Open are of app.Player.
func (f *front) PlayPause()             { f.Toggle() }
func (f *front) SetRepeat(r app.Repeat) { f.Player.SetRepeat(player.Repeat(r)) }

// PlayIndex is of app.Player.
func (f *front) PlayIndex(i int) {
	at := time.Duration(0)
	if q := f.Queue(); i >= 0 && i < len(q) {
		at = f.goesOn(q[i])
	}
	f.PlayFrom(i, at)
}

// Open is of app.Player.
func (f *front) Open(paths []string, start int) {
	at := time.Duration(0)
	if start >= 0 && start < len(paths) {
		at = f.goesOn(paths[start])
	}
	f.SetQueueFrom(paths, start, at)
}

// Cover reads the picture in the file's tags or, failing that, the folder's. One that
// is damaged is shown as far as it is there.
func (f *front) Cover(path string, size image.Point) (image.Image, error) {
	defer f.hush.cover()()
	f.hush.rest()
	data, err := coverData(path)
	if err != nil || data == nil {
		return nil, err
	}
	m, err := cover.DecodeInSteps(data, size, f.hush.rest)
	if err != nil && f.refused != nil {
		f.refused(path, err)
	}
	if m != nil {
		return m, nil
	}
	return nil, fmt.Errorf("cover of %s: %w", path, err)
}

// coverData is the coded picture, nil where there is none.
func coverData(path string) ([]byte, error) {
	path = soundFile(path)
	file, size, err := formats.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if data, _, err := tag.Cover(file, size); err == nil && len(data) > 0 {
		return data, nil
	}
	for _, name := range []string{"cover.jpg", "cover.png", "folder.jpg", "folder.png"} {
		beside := filepath.Join(filepath.Dir(path), name)
		if info, err := os.Stat(beside); err == nil && info.Mode().IsRegular() && info.Size() < 8<<20 {
			return os.ReadFile(beside)
		}
	}
	return nil, nil
}

// disk is the file system as the screens want it.
type disk struct{}

var _ app.Files = disk{}

// List is of app.Files: folders first, then what is playable, in the order
// in which a person would count. A cue sheet is as a folder of its tracks.
func (disk) List(dir string) ([]app.Entry, error) {
	if cue.Is(dir) && !isDir(dir) {
		return sheetEntries(dir)
	}
	in, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var folders, files []app.Entry
	for _, d := range in {
		name := d.Name()
		if strings.HasPrefix(name, ".") {
			continue
		}
		path := filepath.Join(dir, name)
		info, err := os.Stat(path) // follows links
		switch {
		case err != nil:
		case info.IsDir():
			folders = append(folders, app.Entry{Name: name, Path: path, Dir: true, Items: -1})
		case info.Mode().IsRegular() && cue.Is(name):
			folders = append(folders, app.Entry{Name: name, Path: path, Dir: true, Items: -1})
		case info.Mode().IsRegular() && playable(name):
			files = append(files, app.Entry{Name: name, Path: path, Size: info.Size()})
		}
	}
	sortEntries(folders)
	sortEntries(files)
	return append(folders, files...), nil
}

// Describe is of app.Files.
func (d disk) Describe(e app.Entry) (app.Entry, error) {
	if e.Dir {
		in, err := d.List(e.Path)
		e.Items = len(in)
		return e, err
	}
	m, err := describing(e.Path)
	if err != nil {
		return e, err
	}
	defer m.Close()
	e.Title, e.Artist = m.Tags.Title, m.Tags.Artist
	for _, s := range m.Demuxer.Streams() {
		if s.Kind != media.Audio {
			continue
		}
		e.Format = codecName(s.Codec)
		if s.BitRate > 0 && !strings.HasPrefix(string(s.Codec), "pcm_") {
			e.Format += fmt.Sprintf(" · %d kbit/s", (s.BitRate+500)/1000)
		} else {
			e.Format += " · " + kilo(s.Audio.Rate) + " kHz"
		}
		e.Duration = max(ranged(m, s.Duration()), 0)
		break
	}
	return e, nil
}
