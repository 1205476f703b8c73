package app

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// settingsAt opens Settings and turns its list to the end.
const settingsAt = "key home\ntap 60 216\nwait 0.1s\nwheel 100 100 9\nwait 1s\n"

// TestEject: what plays from a medium leaves the queue, the rest stays; while
// it is let go of its row says so, and a second tap asks nothing.
func TestEject(t *testing.T) {
	slow := &slowStorage{}
	act(t, func(s *stage, o *Options) {
		everything(s, o)
		slow.until = make(chan struct{}) // of the bubble
		o.Storage = slow
		s.player.queue = []string{"/media/usb/a.mp3", "/usb/harbour.mp3", "/media/usb 2/b.mp3", "/media/usb/c/d.mp3"}
	},
		step{settingsAt + "tap 100 140\nwait 0.5s\ntap 100 96\nwait 0.1s\ntap 220 160\nwait 0.5s", func(s *stage) {
			expect("arrange [1 2]")(s)
			p := s.app.page(pageStorage).(*storagePage)
			if p.busy != "/media/usb" {
				s.Errorf("busy with %q", p.busy)
			}
		}},
		step{"tap 100 96\nwait 0.1s", func(s *stage) {
			if s.app.dialog.Shown() {
				s.Error("it asks again")
			}
			close(slow.until)
		}},
		step{"wait 0.5s", func(s *stage) {
			p := s.app.page(pageStorage).(*storagePage)
			if p.busy != "" || len(p.all) != 1 {
				s.Errorf("busy with %q, %d media", p.busy, len(p.all))
			}
		}})
}

// slowStorage takes its time to let go.
type slowStorage struct {
	fakeStorage
	until chan struct{}
}

func (f *slowStorage) Eject(v Volume) error {
	<-f.until
	return f.fakeStorage.Eject(v)
}

// TestSetClock turns the clock to the end of a short month and sets it, in its
// zone.
func TestSetClock(t *testing.T) {
	var set time.Time
	var failed error
	act(t, func(s *stage, o *Options) {
		everything(s, o)
		o.Time = func() (time.Time, bool) { return time.Date(2027, 3, 31, 20, 58, 7, 0, time.UTC), true } // 04:58 on the 1st of April there
		o.Prefs.Zone = 8 * time.Hour
		o.SetTime = func(t time.Time) error { set = t; return failed }
	},
		step{"key home\ntap 60 216\nwait 0.1s\ntap 100 216\nwait 0.1s\ntap 100 56\nwait 0.1s", func(s *stage) {
			p := s.app.page(pageClock).(*clockPage)
			for i, want := range []int{2027, 4, 1, 4, 58} {
				if got := p.parts[i].Value(); got != want {
					s.Errorf("part %d is %d, want %d", i, got, want)
				}
			}
			p.parts[2].Set(31)
			if p.parts[2].Value() != 30 {
				s.Errorf("April has %d days", p.parts[2].Value())
			}
			p.parts[1].Set(2)
			p.fit()
		}},
		step{"tap 160 214\nwait 0.1s", func(s *stage) {
			if want := time.Date(2027, 2, 27, 20, 58, 0, 0, time.UTC); !set.Equal(want) {
				s.Errorf("set to %v, want %v", set, want)
			}
			if s.app.top() != pageTime {
				s.Error("it stays")
			}
			failed = errors.New("no battery")
		}},
		step{"tap 100 56\nwait 0.1s\ntap 160 214\nwait 0.1s", func(s *stage) {
			if s.app.top() != pageClock {
				s.Error("it goes although the clock was not set")
			}
		}})
}

// TestZone chooses one, which Home's clock follows.
func TestZone(t *testing.T) {
	var kept Prefs
	act(t, func(s *stage, o *Options) {
		everything(s, o)
		o.Keep = func(p Prefs) { kept = p }
	}, step{"key home\ntap 60 216\nwait 0.1s\ntap 100 216\nwait 0.1s\ntap 100 96\nwait 0.1s\ntap 100 216\nwait 0.1s\nkey home", func(s *stage) {
		now, _ := s.app.timeOfDay()
		if kept.Zone != 9*time.Hour || now.Format("15:04") != "22:46" {
			s.Errorf("zone %v, %v", kept.Zone, now)
		}
	}})
	last := -24 * 60
	for _, z := range zones {
		if z.minutes <= last || z.minutes%15 != 0 || z.cities[English] == "" || z.cities[Chinese] == "" {
			t.Errorf("%+v", z)
		}
		last = z.minutes
	}
	for d, want := range map[time.Duration]string{0: "UTC", 8 * time.Hour: "UTC+8", -210 * time.Minute: "UTC−3:30", 345 * time.Minute: "UTC+5:45"} {
		if got := zoneName(d); got != want {
			t.Errorf("%v is %s, want %s", d, got, want)
		}
	}
}

// TestNetwork switches a link, and tells where it cannot.
func TestNetwork(t *testing.T) {
	f := &fakeNetwork{links: []Link{{Name: "eth0", On: true, Carrier: true, Address: "192.168.1.23"}}}
	act(t, func(s *stage, o *Options) {
		everything(s, o)
		o.Network = f
	},
		step{settingsAt + "tap 100 100\nwait 0.2s\ntap 100 56\nwait 0.2s", func(s *stage) {
			if f.links[0].On {
				s.Error("it is still on")
			}
			f.mu.Lock()
			defer f.mu.Unlock()
			f.links[0].Address, f.fails = "", errors.New("no such device")
		}},
		step{"wait 3s\ntap 100 56\nwait 0.2s", func(s *stage) {
			if !s.app.bands.toast.Visible() {
				s.Error("nothing is told")
			}
		}},
		step{"key back\nwait 5s", func(s *stage) {
			if s.app.page(pageNetwork).(*networkPage).timer.Running() {
				s.Error("links are looked at although the page is gone")
			}
		}})
	for l, want := range map[Link]string{{Name: "a"}: "Off", {On: true}: "The cable is out", {On: true, Carrier: true}: "Waiting for an address", {On: true, Address: "10.0.0.2"}: "10.0.0.2"} {
		if got := english.linkState(&l); got != want {
			t.Errorf("%+v: %s", l, got)
		}
	}
}

// TestWithoutMachine: where the machine cannot, Settings has no such rows.
func TestWithoutMachine(t *testing.T) {
	act(t, func(s *stage, o *Options) {
		everything(s, o)
		o.SetTime, o.Network, o.Storage, o.Touch = nil, nil, nil, nil
	}, step{"key home\ntap 60 216\nwait 0.1s", func(s *stage) {
		if n := len(s.app.page(pageSettings).(*settingsPage).rows); n != 5 {
			s.Errorf("%d rows", n)
		}
	}})
}

// TestStillsAreBounded scrolls through many videos: no more pictures are kept
// than may be, and those in sight are there.
func TestStillsAreBounded(t *testing.T) {
	act(t, func(s *stage, o *Options) {
		everything(s, o)
		o.Videos = func() (all []Entry, err error) {
			for i := range 300 {
				path := fmt.Sprintf("/usb/video/%03d.avi", i)
				s.player.covers[path] = sunset()
				all = append(all, file(path, 61e6))
			}
			return all, nil
		}
	}, step{"key home\ntap 60 96\nwait 1s\n" + strings.Repeat("wheel 100 100 9\nwait 100ms\n", 40) + "wait 5s", func(s *stage) {
		p := s.app.page(pageVideo).(*videoPage)
		n := 0
		for _, m := range p.stills {
			if m != nil {
				n++
			}
		}
		if n > maxStills || n != len(p.kept) || len(p.asked) > 0 || p.busy {
			s.Errorf("%d pictures are kept, %d known of, %d are asked for", n, len(p.kept), len(p.asked))
		}
		from, to := p.grid.Seen()
		for i := from; i < to; i++ {
			if p.stills[p.all[i].Path] == nil {
				s.Errorf("video %d is in sight without its picture", i)
			}
		}
	}})
}

// TestFirstStartEnds answers all questions: then Home is there, or Files, and
// nobody is asked again.
func TestFirstStartEnds(t *testing.T) {
	for y, want := range map[string]pageID{"206": pageHome, "148": pageFiles} {
		var kept Prefs
		act(t, func(s *stage, o *Options) {
			s.player = &fakePlayer{s: State{Volume: 62}}
			o.Prefs.Ready = false
			o.Keep = func(p Prefs) { kept = p }
		}, step{"key home\ntap 160 206\nwait 0.1s\ntap 160 148\nwait 0.1s\nkey home\ntap 160 " + y + "\nwait 0.2s", func(s *stage) {
			if s.app.top() != want || !kept.Ready {
				s.Errorf("page %d is shown, want %d; ready: %t", s.app.top(), want, kept.Ready)
			}
		}})
	}
}
