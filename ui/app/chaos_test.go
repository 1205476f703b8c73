package app

import (
	"flag"
	"fmt"
	"image"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"linnet/ui/gal/mem"
	"linnet/ui/ial/random"
)

var monkeyEvents = flag.Int("events", usualEvents, "how much the monkey does on each page")

// TestMonkeyOnEachPage lets a monkey at each page of the interface: nothing
// panics or hangs, and the heap does not grow.
func TestMonkeyOnEachPage(t *testing.T) {
	events := *monkeyEvents
	if testing.Short() {
		events = min(events, 1500)
	}
	// Each event goes from one goroutine to another, and within one thread that
	// takes half as long as between two.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for id := range pageCount {
		t.Run(fmt.Sprint(id), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				chaos(t, id, events, nil, func(s *stage) { s.to(id) })
			})
		})
	}
	for name, scene := range map[string]func(*stage, *Options){"film": scene, "film-lent": lentScene} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { chaosOnFilm(t, events, scene) })
		})
	}
}

// chaosOnFilm shows films one after the other, with captions that come and go, and
// lets the monkey at them.
func chaosOnFilm(t *testing.T, events int, scene func(*stage, *Options)) {
	const (
		picture = 2 * time.Second
		caption = 7   // pictures
		length  = 100 // of a film, the last of which is followed by none for as long as caption
	)
	over := make(chan struct{})
	pictures := 0
	film := func(s *stage) {
		for i := 0; ; i++ {
			switch at := i % length; {
			case at == length-caption:
				s.check["hide"]()
			case at > length-caption:
			case at%(2*caption) == 0:
				s.check["caption"]()
			case at%caption == 0:
				s.check["silence"]()
			default:
				s.check["draw"]()
				pictures++
			}
			select {
			case <-over:
				return
			case <-time.After(picture):
			}
		}
	}
	showing := 0
	chaos(t, pageNow, events, func(s *stage, o *Options) {
		scene(s, o)
		o.FilmControls = &fakeControls{s: FilmState{Speed: 100, Subtitles: 2, Sounds: 3}}
		go film(s)
	}, func(s *stage) {
		s.app.film.left = false
		s.app.film.changed()
		if s.app.film.Visible() {
			showing++
		}
	})
	close(over)
	t.Logf("%d pictures, and on the screen %d times when it was looked at", pictures, showing)
	if least := events / 400; showing < least {
		t.Errorf("the film was on the screen %d times; %d is the least", showing, least)
	}
}

// chaos lets the monkey do so much, and has it brought back by to now and then;
// prepare, which may be nil, adds to what there is.
func chaos(t *testing.T, id pageID, events int, prepare func(*stage, *Options), to func(*stage)) {
	s := &stage{T: t, screen: mem.New(image.Pt(320, 240)), player: harbour(), files: stick(), check: map[string]func(){}}
	o := Options{Screen: s.screen, Root: "/usb", Prefs: DefaultPrefs()}
	o.Prefs.Ready = id != pageWizard
	everything(s, &o)
	loud(s, &o)
	src := random.New(random.Options{Size: image.Pt(320, 240), Seed: uint64(id) + 1, Events: events, Pause: 300 * time.Millisecond})
	o.Source, o.Player, o.Files = src, s.player, s.files
	if prepare != nil {
		prepare(s, &o)
	}
	s.app = New(o)
	to(s)
	var back int
	go func() { // it strays
		for {
			time.Sleep(monkeyStrays)
			if s.app.Settle(func() { back++; to(s) }) != nil {
				return
			}
		}
	}()
	var begun uint64
	half := make(chan struct{})
	go func() {
		defer close(half)
		time.Sleep(time.Duration(events/2) * 150 * time.Millisecond)
		s.app.Settle(func() { begun = heap() })
	}()
	if err := s.app.Run(); err != nil {
		t.Error(err)
	}
	<-half
	time.Sleep(time.Hour) // what still works comes to its end
	grown := (int64(heap()) - int64(begun)) >> 10
	if begun > 0 && grown > 2<<10 { // caches fill for some thousand events
		t.Errorf("the heap grew by %d kB in the second half", grown)
	}
	if least := events / 250; back < least {
		t.Errorf("it was brought back to page %d %d times; %d is the least", id, back, least)
	}
	t.Logf("page %d: %d events, brought back %d times, %d pixels drawn, the heap grew by %d kB in the second half", id, events, back, s.app.Stats().Drawn, grown)
}

// monkeyStrays is how long the monkey may be on other pages: some hundred events.
const monkeyStrays = 15 * time.Second

// to goes to a page, as it is come to.
func (s *stage) to(id pageID) {
	if id == pageKeyboard {
		s.app.ask("Name", "text", func(string) {})
		return
	}
	s.app.open(id)
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
