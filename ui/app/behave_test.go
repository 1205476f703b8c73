package app

import (
	"fmt"
	"image"
	"strings"
	"testing"
	"time"
)

// expect makes a check that the player was called so since the last check.
func expect(calls string) func(*stage) {
	return func(s *stage) {
		if got := s.player.took(); got != calls {
			s.Errorf("the player was called: %s; want: %s", got, calls)
		}
	}
}

// onNow makes a check that Now playing is shown, or not.
func onNow(want bool) func(*stage) {
	return func(s *stage) {
		if got := s.app.top() == pageNow; got != want {
			s.Errorf("Now playing is shown: %t", got)
		}
	}
}

// in makes a check that Files shows a folder.
func in(path string) func(*stage) {
	return func(s *stage) {
		w := s.app.files.way
		if len(w) == 0 || w[len(w)-1].path != path {
			s.Errorf("Files is in %v, want %s", w, path)
		}
	}
}

// at makes a check that the list's focus is on row n.
func at(n int) func(*stage) {
	return func(s *stage) {
		if got := s.app.files.list.Current(); got != n {
			s.Errorf("the focus is on row %d, want %d", got, n)
		}
	}
}

// step is a piece of script and what must be true behind it.
type step struct {
	text  string
	check func(*stage)
}

// act performs steps.
func act(t *testing.T, set func(*stage, *Options), steps ...step) {
	t.Helper()
	var b strings.Builder
	b.WriteString("wait 0.1s\n")
	for i, st := range steps {
		fmt.Fprintf(&b, "%s\nwait 60ms\nshot =%d\n", st.text, i)
	}
	perform(t, b.String(), func(s *stage, o *Options) {
		if set != nil {
			set(s, o)
		}
		for i, st := range steps {
			s.check[fmt.Sprint(i)] = func() {
				s.Logf("after %s", strings.ReplaceAll(st.text, "\n", "; "))
				st.check(s)
			}
		}
	})
}

func TestNowByPointer(t *testing.T) {
	act(t, nil,
		step{"tap 160 212", expect("play/pause")},
		step{"tap 92 212", expect("previous")},
		step{"tap 228 212", expect("next")},
		step{"tap 28 212", expect("shuffle true")},
		step{"tap 28 212", expect("shuffle false")},
		step{"tap 292 212", expect("repeat 2")},
		step{"tap 292 212", expect("repeat 0")},
		step{"tap 292 212", expect("repeat 1")},
		step{"tap 160 176", expect("seek 2m14s")},
		step{"drag 160 176 270 176 200ms", expect("seek 4m28s")},
		step{"drag 160 176 20 20 200ms", expect("seek 0s")},
		step{"drag 160 212 10 10 200ms", expect("")}, // let go outside: not meant
		step{"wheel 100 100 -2", expect("volume 72")},
		step{"wait 2s\ntap 254 18\ndown 156 18\nmove 200 18\nup 262 18", expect("volume 50, volume 71, volume 100")},
		step{"tap 22 18", expect("volume 0")},
		step{"tap 22 18", expect("volume 100")},
		step{"wait 2s\ntap 22 18", onNow(false)},
		step{"tap 100 220", onNow(true)},
	)
}

func TestNowByKeys(t *testing.T) {
	act(t, nil,
		step{"key enter", expect("play/pause")},
		step{"key enter", expect("play/pause")},
		step{"key right\nkey enter", expect("next")},
		step{"key right\nkey enter", expect("repeat 2")},
		step{"key right\nkey left\nkey right\nkey right", expect("seek 1m37s, seek 1m42s, seek 1m47s")},
		step{"key enter\nkey enter", expect("play/pause")}, // leaves the seek bar, then acts
		step{"key left\nkey enter", expect("previous")},
		step{"key left\nkey enter", expect("shuffle true")},
		step{"key left\nkey left\nkey left", expect("seek 1m43s")}, // round to the seek bar
		step{"key back", onNow(true)},                              // leaves the seek bar
		step{"key up\nkey up\nkey down", expect("volume 67, volume 72, volume 67")},
		step{"key volume-down\nkey mute\nkey mute", expect("volume 62, volume 0, volume 62")},
		step{"key play\nkey next\nkey previous", expect("play/pause, next, previous")},
		step{"key back", onNow(false)},
		step{"key back\nkey home", onNow(false)},
	)
}

// TestHiddenFocus touches and then uses keys: what had the finger last must
// not act unseen.
func TestHiddenFocus(t *testing.T) {
	act(t, nil,
		step{"tap 28 212", expect("shuffle true")},
		step{"key enter", expect("play/pause")},
		step{"tap 228 212\nkey right\nkey enter", expect("next, next")}, // right only shows where it is
		step{"tap 28 212\nkey volume-up\nkey left", expect("shuffle false, volume 67")},
		step{"wait 2s\ntap 22 18\nkey enter", in("/usb")}, // the first enter shows the row
		step{"key enter", in("/usb/2026 spring")},
		step{"tap 246 220\nkey enter", onNow(false)},
		step{"key home", func(s *stage) {
			if s.app.top() != pageHome {
				s.Errorf("home leads to page %d", s.app.top())
			}
		}},
		step{"tap 60 56", in("/usb/2026 spring")},
		step{"wheel 298 18 1\ntap 298 18\nwheel 298 18 -1", expect("play/pause, volume 62, volume 67")},
	)
}

func TestFilesByKeys(t *testing.T) {
	act(t, nil,
		step{"key back\nkey down", at(1)}, // back was a key: the focus is seen already
		step{"key up\nkey up", at(0)},
		step{"key left\nkey down\nkey enter", in("/usb/2026 spring")},
		step{"key page-down\nkey down", at(4)},
		step{"key back", in("/usb")},
		step{"key down", at(1)}, // the focus came back to where it left
		step{"key enter\nkey enter", expect("open /usb/2026 summer/one.mp3 0")},
		step{"wait 1s", onNow(true)},
		step{"key back", in("/usb/2026 summer")},
		step{"key down\nkey enter", onNow(true)},                               // the mini player
		step{"key back\nkey down\nkey right\nkey enter", expect("play/pause")}, // its buttons
		step{"key right\nkey enter", expect("next")},
		step{"key left\nkey left\nkey up\nkey up\nkey enter", in("/usb")}, // the header's back
		step{"key up\nkey up\nkey enter\nwait 0.1s\nkey volume-up", expect("volume 67")},
		step{"key home\nkey enter", in("/usb")},
	)
}

func TestFilesByPointer(t *testing.T) {
	act(t, nil,
		step{"tap 22 18\ntap 100 100", in("/usb/2026 summer")},
		step{"tap 22 18", in("/usb")},
		step{"drag 100 180 100 60 400ms\nwait 2s\ndrag 100 180 100 60 400ms\nwait 2s\ntap 100 140", expect(
			"open /usb/dawn-chorus-0512.flac /usb/harbour.mp3 /usb/rain on tin roof, the long evening version.mp3 /usb/zero.wav 2")},
		step{"wait 1s", onNow(true)},
		step{"tap 22 18\ntap 246 220", expect("play/pause")},
		step{"tap 292 220", expect("next")},
		step{"tap 100 220", onNow(true)},
	)
}

// TestPlayingRowIsNotBegunAgain taps the file that plays.
func TestPlayingRowIsNotBegunAgain(t *testing.T) {
	act(t, nil,
		step{"key back\nwheel 100 100 9\nwait 1s\ntap 100 95", func(s *stage) { onNow(true)(s); expect("")(s) }},
	)
}

func TestThrowAndStop(t *testing.T) {
	var off [4]int
	note := func(i int) func(*stage) {
		return func(s *stage) { off[i], _ = s.app.files.list.Seen() }
	}
	act(t, func(s *stage, o *Options) {
		o.Root = "/many"
		for i := range 2000 {
			s.files.dirs["/many"] = append(s.files.dirs["/many"], file(fmt.Sprintf("/many/%04d.mp3", i), 1e6))
		}
	},
		step{"tap 22 18\nwait 0.5s", note(0)},
		step{"drag 100 180 100 60 100ms", note(1)},
		step{"wait 3s", note(2)},
		step{"drag 100 180 100 60 100ms\nwait 50ms\ntap 100 100\nwait 1s", func(s *stage) {
			note(3)(s)
			onNow(false)(s) // the tap only stopped the list
			if n := len(s.files.described); n > 200 {
				s.Errorf("%d of 2000 files were described", n)
			}
		}},
	)
	if off[0] != 0 || off[1] < 3 || off[2] < off[1]+5 || off[3] < off[2]+2 || off[3] > off[2]+12 {
		t.Errorf("first rows in sight: %v", off)
	}
}

func TestSeekHoldsUntilThePlayerIsThere(t *testing.T) {
	knob := func(want int64) func(*stage) {
		return func(s *stage) {
			if v, _ := s.app.now.seek.Dragging(); v/1000 != want {
				s.Errorf("the knob is at %d s, want %d", v/1000, want)
			}
		}
	}
	act(t, func(s *stage, o *Options) { s.player.late = 400 * time.Millisecond },
		step{"tap 270 176", knob(268)},
		step{"wait 150ms\nkey mute", knob(268)}, // a state from before the seek
		step{"wait 1s", knob(268)},
	)
	// A player that does not seek at all.
	act(t, func(s *stage, o *Options) { s.player.late = time.Hour },
		step{"tap 50 176", knob(0)},
		step{"wait 2s", knob(104)},
	)
}

// TestTickDrawsLittle lets an hour and then single seconds pass.
func TestTickDrawsLittle(t *testing.T) {
	var before, after int64
	var turns int64
	act(t, nil,
		step{"wait 1s", func(s *stage) {
			s.player.change("", func(st *State) { st.Position, st.Duration = 0, 400*time.Second })
		}},
		step{"wait 2s", func(s *stage) { before, turns = s.app.Stats().Drawn, s.app.Stats().Turns }},
		step{"wait 59940ms", func(s *stage) {
			after, turns = s.app.Stats().Drawn, s.app.Stats().Turns-turns
			t.Logf("60 seconds of Now playing: %d pixels in %d turns", after-before, turns)
			if n := (after - before) / 60; n < 448 || n > 650 || turns != 60 {
				s.Errorf("a second draws %d pixels, in %d turns a minute", n, turns)
			}
		}},
		step{"key back\nwait 2s", func(s *stage) { before, turns = s.app.Stats().Drawn, s.app.Stats().Turns }},
		step{"wait 59940ms", func(s *stage) {
			after = s.app.Stats().Drawn
			t.Logf("60 seconds of the mini player: %d pixels", after-before)
			if n := (after - before) / 60; n < 1 || n > 10 {
				s.Errorf("a second of the mini player draws %d pixels", n)
			}
		}},
	)
}

func TestTickAllocatesNothing(t *testing.T) {
	act(t, nil, step{"wait 1s", func(s *stage) {
		s.player.mu.Lock()
		s.player.s.Status = Paused // the position is what this test says
		s.player.mu.Unlock()
		n := testing.AllocsPerRun(50, func() {
			s.player.mu.Lock()
			s.player.s.Position += time.Second
			s.player.mu.Unlock()
			s.app.refresh()
		})
		if n != 0 {
			s.Errorf("a second allocates %.1f times", n)
		}
	}})
}

func TestReadingFolders(t *testing.T) {
	count := func(want string) func(*stage) {
		return func(s *stage) {
			if !strings.Contains(fmt.Sprintf("%+v", s.app.files.head.count), want) {
				s.Errorf("the header does not say %q", want)
			}
		}
	}
	act(t, func(s *stage, o *Options) { s.files.slow = 2 * time.Second },
		step{"key back\nwait 3s", in("/usb")},
		step{"tap 100 60\nwait 1s", count("Reading…")},
		step{"key back\nwait 3s", func(s *stage) { in("/usb")(s); count("9 items")(s) }}, // given up
		step{"tap 100 60\nwait 1s\ntap 100 100\nwait 3s", in("/usb/2026 summer")},        // the last tap counts
		step{"key back\nwait 3s", in("/usb")},
		step{"quit", func(s *stage) {}},
	)
}

func TestMessages(t *testing.T) {
	seen := func(want bool) func(*stage) {
		return func(s *stage) {
			if got := s.app.bands.toast.Visible(); got != want {
				s.Errorf("the message is shown: %t", got)
			}
		}
	}
	of := func(problem Problem, seq uint64) func(*stage) {
		return func(s *stage) {
			s.player.change("", func(st *State) { st.Message = &Message{Seq: seq, Problem: problem, Name: "x.mp3"} })
		}
	}
	tell := func(seq uint64) func(*stage) { return of(Damaged, seq) }
	act(t, func(s *stage, o *Options) { s.player.s.Message = &Message{Seq: 1, Problem: NoSound} },
		step{"wait 1s", seen(false)}, // it is from before
		step{"wait 1s", tell(2)},
		step{"wait 3.5s", seen(true)},
		step{"wait 1s", seen(false)},
		step{"wait 1s", tell(2)},
		step{"wait 1s", seen(false)}, // the same is not told twice
		step{"wait 1s", tell(3)},
		step{"tap 100 10", seen(false)},
		step{"wait 1s", tell(4)},
		step{"down 100 10\nwait 10s", seen(true)},
		step{"up 100 10\nwait 3.5s", seen(true)},
		step{"wait 1s", seen(false)},
		step{"wait 1s", of(Unkept, 5)},
		step{"wait 1m", seen(true)}, // until somebody has seen it
		step{"tap 100 10", seen(false)},
	)
}

func TestCoversComeLate(t *testing.T) {
	act(t, func(s *stage, o *Options) {
		s.player.slow = time.Second
		s.player.covers["/usb/third.mp3"] = image.NewGray(image.Rect(0, 0, 9, 9))
	},
		step{"wait 500ms", func(s *stage) {
			s.player.change("", func(st *State) { st.Track.Path = "/usb/other.mp3" })
			s.player.change("", func(st *State) { st.Track.Path = "/usb/third.mp3" })
		}},
		step{"wait 1s", func(s *stage) {
			if s.app.covers.have == "/usb/third.mp3" {
				s.Error("two pictures were decoded at once")
			}
		}},
		step{"wait 1s", func(s *stage) {
			if s.app.covers.have != "/usb/third.mp3" || s.screen.Back().At(70, 100) != 0 {
				s.Errorf("the picture shown is %s", s.app.covers.have)
			}
		}},
	)
}

func TestVolumeBandLeaves(t *testing.T) {
	seen := func(want bool) func(*stage) {
		return func(s *stage) {
			if got := s.app.bands.volume.Visible(); got != want {
				s.Errorf("the volume is shown: %t", got)
			}
		}
	}
	act(t, nil,
		step{"tap 254 18\nwait 1.3s", seen(true)},
		step{"wait 300ms", seen(false)},
		step{"key up\ndown 100 15\nwait 5s", seen(true)}, // a finger is on it
		step{"up 100 15\nwait 2s", seen(false)},
	)
}

// TestOpening begins before the player has anything to show.
func TestOpening(t *testing.T) {
	title := func(want string) func(*stage) {
		return func(s *stage) {
			onNow(true)(s)
			if !strings.Contains(fmt.Sprintf("%+v", s.app.now.title), want) {
				s.Errorf("the title is not %q", want)
			}
		}
	}
	act(t, func(s *stage, o *Options) {
		s.player, o.Opening = &fakePlayer{}, true
	},
		step{"wait 1s", title("Reading…")},
		step{"wait 1s", func(s *stage) { s.player.Open([]string{"/usb/harbour.mp3"}, 0) }},
		step{"wait 1s", title("Opened")},
		step{"wait 1s", func(s *stage) { s.player.change("", func(st *State) { *st = State{} }) }},
		step{"wait 1s", title("Nothing is playing")},
	)
}

// TestCoarsePlayer has a player whose position moves in steps: just short of
// a second the screens must not ask again and again.
func TestCoarsePlayer(t *testing.T) {
	act(t, nil, step{"wait 1s", func(s *stage) {
		s.player.mu.Lock()
		s.player.s.Status, s.player.s.Position = Paused, 5*time.Second-time.Nanosecond
		s.player.mu.Unlock()
		s.app.refresh()
		if d := s.app.tickIn(); d < 10*time.Millisecond || d > 100*time.Millisecond {
			s.Errorf("the next look is in %s", d)
		}
	}})
}

// TestNextTrackForgetsTheSeek seeks at the end of a track.
func TestNextTrackForgetsTheSeek(t *testing.T) {
	act(t, func(s *stage, o *Options) { s.player.late = time.Hour },
		step{"tap 268 176", func(s *stage) {
			s.player.change("", func(st *State) { st.Index, st.Track.Path, st.Position = 3, "/usb/zero.wav", 0 })
		}},
		step{"wait 10ms", func(s *stage) {
			if v, _ := s.app.now.seek.Dragging(); v > 1000 {
				s.Errorf("the next track begins at %d ms", v)
			}
		}},
	)
}

// TestQueueAndListsAreTabs goes from one to the other, by touch and by keys, and
// back from there.
func TestQueueAndListsAreTabs(t *testing.T) {
	on := func(id pageID, keys bool) func(*stage) {
		return func(s *stage) {
			if s.app.top() != id || len(s.app.stack) != 2 {
				s.Errorf("the way is %v, want page %d behind Home", s.app.stack, id)
				return
			}
			p := s.app.page(id)
			var tabs bool
			switch p := p.(type) {
			case *queuePage:
				tabs = p.head.tabs.FocusShown() && p.head.tabs.Chosen() == 0
			case *listsPage:
				tabs = p.head.tabs.FocusShown() && p.head.tabs.Chosen() == 1
			}
			if tabs != keys {
				s.Errorf("the keys are on the tabs: %t", tabs)
			}
		}
	}
	act(t, func(s *stage, o *Options) {
		everything(s, o)
		o.Prefs.Ready = true
	},
		step{"key home\ntap 60 136\nwait 0.2s", on(pageQueue, false)},
		step{"tap 150 18\nwait 0.2s", on(pageLists, false)},
		step{"tap 70 18\nwait 0.2s", on(pageQueue, false)},
		step{"key up\nkey up\nkey up\nkey up", on(pageQueue, true)},
		step{"key right\nwait 0.5s", on(pageLists, true)},
		step{"key left\nwait 0.5s", on(pageQueue, true)},
		step{"key right\nwait 0.5s\nkey down\nwait 0.2s", on(pageLists, false)},
		step{"key back", func(s *stage) {
			if s.app.top() != pageHome {
				s.Errorf("back leads to page %d", s.app.top())
			}
		}},
	)
}

// TestShows: a tap on what moves with the music, or the menu, shows the next, which
// is kept.
func TestShows(t *testing.T) {
	var kept Prefs
	shows := func(want Shows) func(*stage) {
		return func(s *stage) {
			l := &s.app.now.levels
			if l.meter.Visible() != (want == ShowMeter) || l.spectrum.Visible() != (want == ShowSpectrum) || l.format.Visible() != (want == ShowFormat) || kept.Shows != want {
				s.Errorf("the spectrum is seen: %t, the meter: %t, the format: %t, kept is %d; want %d",
					l.spectrum.Visible(), l.meter.Visible(), l.format.Visible(), kept.Shows, want)
			}
		}
	}
	act(t, func(s *stage, o *Options) {
		loud(s, o)
		o.Keep = func(p Prefs) { kept = p }
	},
		step{"wait 1s", shows(ShowSpectrum)},
		step{"tap 230 140\nwait 1s", shows(ShowMeter)},
		step{"tap 230 140\nwait 1s", shows(ShowFormat)},
		step{"down 230 140\nmove 230 60\nup 230 60", shows(ShowFormat)},
		step{"tap 230 140\nwait 1s", shows(ShowSpectrum)},
		step{"tap 298 18\nwait 0.1s\nkey up\nkey down\nkey down\nkey down\nkey enter\nwait 1s", shows(ShowMeter)}, // in the menu
	)
	act(t, nil, step{"tap 230 140\nwait 1s", func(s *stage) {
		if !s.app.now.levels.format.Visible() || s.app.prefs.Shows != ShowSpectrum {
			s.Error("without levels there is something else than the format")
		}
	}})
}
