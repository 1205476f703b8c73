package app

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"
)

// maxCalls is how many calls are noted that nobody asks for.
const maxCalls = 1000

// fakePlayer plays by the clock, without sound. Every method notes its call.
type fakePlayer struct {
	mu      sync.Mutex
	s       State
	since   time.Time // when s.Position was right, while playing
	calls   []string
	late    time.Duration // how long Seek takes
	changed func()
	queue   []string
	covers  map[string]image.Image
	slow    time.Duration // how long Cover takes
}

func (p *fakePlayer) State() State {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.s
	s.Position = p.position()
	return s
}

func (p *fakePlayer) position() time.Duration {
	pos := p.s.Position
	if p.s.Status == Playing {
		pos += time.Since(p.since)
	}
	if p.s.Duration > 0 {
		pos = min(pos, p.s.Duration)
	}
	return pos
}

// change notes a call, changes the state and tells of it.
func (p *fakePlayer) change(call string, f func(s *State)) {
	p.mu.Lock()
	p.s.Position, p.since = p.position(), time.Now()
	if call != "" && len(p.calls) < maxCalls {
		p.calls = append(p.calls, call)
	}
	f(&p.s)
	changed := p.changed
	p.mu.Unlock()
	if changed != nil {
		changed()
	}
}

// took returns the calls since it was called last.
func (p *fakePlayer) took() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := strings.Join(p.calls, ", ")
	p.calls = nil
	return s
}

func (p *fakePlayer) PlayPause() {
	p.change("play/pause", func(s *State) {
		if s.Status == Playing {
			s.Status = Paused
		} else {
			s.Status = Playing
		}
	})
}

func (p *fakePlayer) Next()     { p.change("next", func(s *State) { s.Index++ }) }
func (p *fakePlayer) Previous() { p.change("previous", func(s *State) { s.Index-- }) }

func (p *fakePlayer) Seek(to time.Duration) {
	set := func(s *State) { s.Position = to }
	call := fmt.Sprint("seek ", to.Round(time.Second))
	if p.late == 0 {
		p.change(call, set)
		return
	}
	p.change(call, func(*State) {})
	time.AfterFunc(p.late, func() { p.change("", set) })
}

func (p *fakePlayer) SetVolume(v int) {
	p.change(fmt.Sprint("volume ", v), func(s *State) { s.Volume = v })
}

func (p *fakePlayer) SetShuffle(on bool) {
	p.change(fmt.Sprint("shuffle ", on), func(s *State) { s.Shuffle = on })
}

func (p *fakePlayer) SetRepeat(r Repeat) {
	p.change(fmt.Sprint("repeat ", r), func(s *State) { s.Repeat = r })
}

func (p *fakePlayer) Open(paths []string, start int) {
	p.change(fmt.Sprintf("open %s %d", strings.Join(paths, " "), start), func(s *State) {
		s.Status, s.Index, s.Count, p.queue = Playing, start, len(paths), slices.Clone(paths)
		s.Track = Track{Path: paths[start], Title: "Opened", Artist: "From Files"}
		s.Position = 0
	})
}

func (p *fakePlayer) Append(paths ...string) {
	p.change("append "+strings.Join(paths, " "), func(s *State) {
		p.queue = append(p.queue, paths...)
		s.Count = len(p.queue)
	})
}

func (p *fakePlayer) Queue() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.queue)
}

func (p *fakePlayer) PlayIndex(i int) {
	p.change(fmt.Sprint("play ", i), func(s *State) {
		if i >= len(p.queue) {
			return
		}
		s.Status, s.Index, s.Position = Playing, i, 0
		s.Track = Track{Path: p.queue[i], Title: "Number " + fmt.Sprint(i), Artist: "From the queue"}
	})
}

func (p *fakePlayer) Move(from, to int) {
	p.change(fmt.Sprintf("move %d %d", from, to), func(s *State) {
		if max(from, to) >= len(p.queue) {
			return
		}
		path := p.queue[from]
		p.queue = slices.Insert(slices.Delete(p.queue, from, from+1), to, path)
		s.Index = max(0, slices.Index(p.queue, s.Track.Path))
	})
}

func (p *fakePlayer) Remove(i int) {
	p.change(fmt.Sprint("remove ", i), func(s *State) {
		if i >= len(p.queue) {
			return
		}
		p.queue = slices.Delete(p.queue, i, i+1)
		s.Count = len(p.queue)
		s.Index = max(0, slices.Index(p.queue, s.Track.Path))
	})
}

func (p *fakePlayer) Arrange(order []int) {
	p.change(fmt.Sprint("arrange ", order), func(s *State) {
		if len(order) == 0 {
			p.queue, *s = nil, State{Volume: s.Volume}
		}
	})
}

func (p *fakePlayer) Cover(path string, _ image.Point) (image.Image, error) {
	time.Sleep(p.slow)
	if img, ok := p.covers[path]; ok {
		return img, nil
	}
	return nil, nil
}

func (p *fakePlayer) Subscribe(changed func()) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.changed = changed
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.changed = nil
	}
}

// harbour is the track that most pictures show, at 1:42 of 4:28.
func harbour() *fakePlayer {
	return &fakePlayer{
		s: State{
			Status: Playing, Index: 2, Count: 11, Volume: 62, Repeat: RepeatAll,
			Track: Track{Path: "/usb/harbour.mp3", Title: "Harbour Lights", Artist: "Marlow & Finch",
				Album: "Tidewater", Year: "2022", Format: "MP3 · 44.1 kHz · 192 kbit/s"},
			Position: 102 * time.Second, Duration: 268 * time.Second,
		},
		since:  time.Now(),
		queue:  album("/usb/Tidewater/", "/usb/harbour.mp3"),
		covers: map[string]image.Image{"/usb/harbour.mp3": sunset()},
	}
}

// album is a queue of eleven files, the third of which is given.
func album(folder, third string) (queue []string) {
	for i := range 11 {
		queue = append(queue, fmt.Sprintf("%s%02d.flac", folder, i+1))
	}
	queue[2] = third
	return queue
}

// mountain is the same in Chinese.
func mountain() *fakePlayer {
	p := harbour()
	p.s.Track = Track{Path: "/usb/远山.flac", Title: "远山的回声", Artist: "白鹭与风", Album: "山谷来信", Year: "2024", Format: "FLAC · 48 kHz"}
	p.covers = map[string]image.Image{"/usb/远山.flac": sunset()}
	p.queue = album("/usb/山谷来信/", "/usb/远山.flac")
	return p
}

// sunset is a picture to be a cover: larger than it is shown, not square.
func sunset() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for y := range 300 {
		for x := range 400 {
			dx, dy := x-200, y-150
			c := color.RGBA{16, uint8(64 - y/8), uint8(88 - y/8), 255}
			switch {
			case y < 150 && dx*dx+dy*dy < 80*80:
				c = color.RGBA{248, 216, 160, 255}
			case y > 160 && y%30 < 14 && dx*dx < (130-y/3)*(130-y/3):
				c = color.RGBA{uint8(255 - y/3), 96, 72, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

// fakeFiles is a disk.
type fakeFiles struct {
	mu        sync.Mutex
	dirs      map[string][]Entry
	slow      time.Duration // how long List takes
	described []string
	names     map[string][2]string // titles and artists
}

func (f *fakeFiles) List(dir string) ([]Entry, error) {
	time.Sleep(f.slow)
	es, ok := f.dirs[dir]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: errors.New("input/output error")}
	}
	return slices.Clone(es), nil
}

func (f *fakeFiles) Describe(e Entry) (Entry, error) {
	f.mu.Lock()
	if len(f.described) < maxCalls {
		f.described = append(f.described, e.Name)
	}
	f.mu.Unlock()
	if e.Dir {
		es, err := f.List(e.Path)
		e.Items = len(es)
		return e, err
	}
	if n, ok := f.names[e.Path]; ok {
		e.Title, e.Artist, e.Duration = n[0], n[1], 231*time.Second
		return e, nil
	}
	e.Format = strings.ToUpper(e.Name[strings.LastIndexByte(e.Name, '.')+1:]) + " · 48 kHz"
	e.Duration = time.Duration(e.Size/40000) * time.Second
	return e, nil
}

func dir(path string) Entry {
	return Entry{Name: path[strings.LastIndexByte(path, '/')+1:], Path: path, Dir: true, Items: -1}
}

func file(path string, size int64) Entry {
	return Entry{Name: path[strings.LastIndexByte(path, '/')+1:], Path: path, Size: size}
}

// stick is a USB stick with music.
func stick() *fakeFiles {
	f := &fakeFiles{dirs: map[string][]Entry{
		"/usb": {
			dir("/usb/2026 spring"), dir("/usb/2026 summer"), dir("/usb/broken"), dir("/usb/empty"), dir("/usb/山谷来信"),
			file("/usb/dawn-chorus-0512.flac", 212e6),
			file("/usb/harbour.mp3", 6.4e6),
			file("/usb/rain on tin roof, the long evening version.mp3", 6.1e6),
			file("/usb/zero.wav", 900),
		},
		"/usb/empty":       {},
		"/usb/2026 summer": {file("/usb/2026 summer/one.mp3", 3e6)},
		"/usb/山谷来信": {
			file("/usb/山谷来信/01 远山的回声.flac", 31e6), file("/usb/山谷来信/02 旧码头.flac", 28e6),
			file("/usb/山谷来信/03 夜航 (Live 2024).flac", 1.2e9),
		},
	}}
	f.names = map[string][2]string{"/usb/harbour.mp3": {"Harbour Lights", "Marlow & Finch"}, "/usb/远山.flac": {"远山的回声", "白鹭与风"}}
	for i, n := range [][2]string{{"Low Water", "Marlow & Finch"}, {"The Pilot’s Daughter", "Marlow & Finch"}, {}, {"Paper Boats", "Marlow & Finch"}, {"Night Ferry", "Ines Kale"}, {"Salt and Thread", "Marlow & Finch feat. The Long Evening Choir"}} {
		if n[0] != "" {
			f.names[fmt.Sprintf("/usb/Tidewater/%02d.flac", i+1)] = n
		}
	}
	for i, n := range [][2]string{{"晨雾", "白鹭与风"}, {"山路十八弯", "白鹭与风"}, {}, {"旧码头", "北岸乐队"}, {"夜航", "北岸乐队"}, {"慢船", "林默"}} {
		if n[0] != "" {
			f.names[fmt.Sprintf("/usb/山谷来信/%02d.flac", i+1)] = n
		}
	}
	for i := range 14 {
		name := fmt.Sprintf("/usb/2026 spring/take %02d.mp3", i+1)
		f.dirs["/usb/2026 spring"] = append(f.dirs["/usb/2026 spring"], file(name, int64(i+1)*1e6))
	}
	return f
}
