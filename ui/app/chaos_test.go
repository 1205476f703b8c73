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
			synctest.Test(t, func(t *testing.T) { chaos(t, id, events) })
		})
	}
}

func chaos(t *testing.T, id pageID, events int) {
	s := &stage{T: t, screen: mem.New(image.Pt(320, 240)), player: harbour(), files: stick(), check: map[string]func(){}}
	o := Options{Screen: s.screen, Root: "/usb", Prefs: DefaultPrefs()}
	o.Prefs.Ready = id != pageWizard
	everything(s, &o)
	loud(s, &o)
	src := random.New(random.Options{Size: image.Pt(320, 240), Seed: uint64(id) + 1, Events: events, Pause: 300 * time.Millisecond})
	o.Source, o.Player, o.Files = src, s.player, s.files
	s.app = New(o)
	s.to(id)
	var back int
	go func() { // it strays
		for {
			time.Sleep(monkeyStrays)
			if s.app.Settle(func() { back++; s.to(id) }) != nil {
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
