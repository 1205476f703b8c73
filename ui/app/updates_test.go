package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// fakeUpdates is a stick with updates. An installation takes ten seconds.
type fakeUpdates struct {
	mu        sync.Mutex
	found     []UpdateFile
	fails     error
	installed []string
	restarted int
	noRestart error
}

func (f *fakeUpdates) Find() ([]UpdateFile, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.found), nil
}

func (f *fakeUpdates) put(found ...UpdateFile) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.found = found
}

func (f *fakeUpdates) Install(ctx context.Context, u UpdateFile, tell func(UpdateProgress)) error {
	f.mu.Lock()
	fails := f.fails
	f.installed = append(f.installed, u.Path)
	f.mu.Unlock()
	for n := range int64(10) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
		p := UpdateProgress{Checking: n >= 7, Done: (n + 1) * 1300000, Total: 13000000}
		if n > 1 {
			p.Left = time.Duration(9-n) * time.Second
		}
		tell(p)
		if n == 4 && fails != nil {
			return fails
		}
	}
	return nil
}

func (f *fakeUpdates) Restart() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.restarted++
	return f.noRestart
}

var goodUpdate = UpdateFile{Path: "/media/STICK/a.update", Volume: "STICK", Version: "1.1"}

// withUpdates has everything, and a stick with an update that is good and one of
// each fault.
func withUpdates(found ...UpdateFile) (*fakeUpdates, func(s *stage, o *Options)) {
	f := &fakeUpdates{found: found}
	return f, func(s *stage, o *Options) {
		everything(s, o)
		o.Updates = f
		o.Forget = func() error { s.player.change("forget", func(*State) {}); return nil }
	}
}

// updatesAt opens the page: the row before the last of Settings.
const updatesAt = "key home\ntap 60 216\nwait 0.1s\nwheel 100 100 9\nwait 1s\ntap 100 176\nwait 0.5s\n"

// TestUpdatePictures takes pictures in both languages and both themes.
func TestUpdatePictures(t *testing.T) {
	for name, set := range map[string]func(*stage, *Options){
		"en-dark": func(*stage, *Options) {}, "en-light": light, "zh-dark": inChinese, "zh-light": chineseLight,
	} {
		t.Run(name, func(t *testing.T) {
			f, with := withUpdates(goodUpdate,
				UpdateFile{Path: "/media/STICK/b.update", Volume: "STICK", Fault: UpdateUnsigned},
				UpdateFile{Path: "/media/STICK/c.update", Volume: "STICK", Version: "0.9", Fault: UpdateOlder})
			text := "wait 0.1s\n" + updatesAt + "shot update-*\n" +
				"tap 100 56\nwait 0.1s\nshot update-ask-*\ntap 220 164\nwait 0.5s\nshot update-begins-*\nwait 4s\nshot update-goes-*\nwait 4s\nshot update-checks-*\nwait 3s\nshot update-restarts-*"
			perform(t, strings.ReplaceAll(text, "*", name), func(s *stage, o *Options) {
				set(s, o)
				with(s, o)
			})
			if f.restarted != 1 || !slices.Equal(f.installed, []string{goodUpdate.Path}) {
				t.Errorf("installed %q, restarted %d times", f.installed, f.restarted)
			}
			_, without := withUpdates()
			text = "wait 0.1s\nshot update-failed-*\ntap 160 164\n" + updatesAt + "shot update-none-*\ntap 100 96\nwait 0.1s\nshot update-forget-*"
			perform(t, strings.ReplaceAll(text, "*", name), func(s *stage, o *Options) {
				set(s, o)
				without(s, o)
				o.FellBack = NewFailed
				s.player.slow = time.Second // the cover comes when the message is there
			})
		})
	}
}

// TestUpdateRefused takes a picture of why each fault's update is not installed.
func TestUpdateRefused(t *testing.T) {
	for fault, name := range map[UpdateFault]string{
		UpdateUnsigned: "unsigned", UpdateOtherBoard: "other-board", UpdateOlder: "older", UpdateTruncated: "truncated", UpdateMedium: "medium",
	} {
		for lang, set := range map[string]func(*stage, *Options){"en-dark": func(*stage, *Options) {}, "zh-light": chineseLight} {
			t.Run(name+"-"+lang, func(t *testing.T) {
				f, with := withUpdates(UpdateFile{Path: "/media/STICK/a.update", Volume: "STICK", Version: "1.1", Fault: fault})
				perform(t, "wait 0.1s\n"+updatesAt+"tap 100 56\nwait 0.1s\nshot update-"+name+"-"+lang, func(s *stage, o *Options) {
					set(s, o)
					with(s, o)
				})
				if f.installed != nil {
					t.Errorf("%q is installed", f.installed)
				}
			})
		}
	}
}

// TestUpdateCancelled stops an installation, and begins again.
func TestUpdateCancelled(t *testing.T) {
	f, with := withUpdates(goodUpdate)
	act(t, with,
		step{updatesAt + "tap 100 56\nwait 0.1s\ntap 220 164\nwait 3s", func(s *stage) {
			if !s.app.installing.active || s.app.installing.get().Done == 0 {
				s.Error("nothing is installed")
			}
		}},
		step{"tap 160 200\nwait 0.5s", func(s *stage) {
			if s.app.installing.active || !s.app.bands.toast.Visible() || f.restarted > 0 {
				s.Error("it goes on, or nothing is told")
			}
		}},
		step{"tap 100 56\nwait 0.1s\ntap 220 164\nwait 15s", func(s *stage) {
			if f.restarted != 1 || len(f.installed) != 2 || !s.app.installing.sealed {
				s.Errorf("restarted %d times", f.restarted)
			}
		}})
}

// TestUpdateKeys walks to the header with the keys while an installation goes on:
// they stay there, whatever it tells. (The first key only shows where they are.)
func TestUpdateKeys(t *testing.T) {
	f, with := withUpdates(goodUpdate)
	head := func(s *stage) *header { return &s.app.page(pageUpdate).(*updatePage).head }
	act(t, with,
		step{updatesAt + "tap 100 56\nwait 0.1s\ntap 220 164\nwait 0.5s", func(s *stage) {
			if p := s.app.page(pageUpdate).(*updatePage); !p.stop.Focused() {
				s.Error("the keys are not at what can be done")
			}
		}},
		step{"key up\nkey up\nwait 3s", func(s *stage) {
			if !head(s).back.Focused() {
				s.Error("the keys have left the header")
			}
		}},
		step{"key enter\nwait 0.1s", func(s *stage) {
			if s.app.top() == pageUpdate || !s.app.installing.active {
				s.Error("the page is not left, or the installation ends")
			}
		}},
		step{updatesAt, func(s *stage) {
			if p := s.app.page(pageUpdate).(*updatePage); !p.stop.Focused() {
				s.Error("on coming back, the keys are not at what can be done")
			}
		}},
		step{"wait 12s", func(s *stage) {
			if f.restarted != 1 {
				s.Errorf("restarted %d times", f.restarted)
			}
		}})
}

// TestUpdateFails says for each fault what it is and what to do.
func TestUpdateFails(t *testing.T) {
	for fault := UpdateNone; fault < updateFaults; fault++ {
		f, with := withUpdates(goodUpdate)
		f.fails = &UpdateError{Fault: fault, Err: errors.New("in full")}
		text := updatesAt + "tap 100 56\nwait 0.1s\ntap 220 164\nwait 12s"
		if fault == UpdateMedium {
			text += "\nshot update-pulled-en-dark"
		}
		act(t, with,
			step{text, func(s *stage) {
				if s.app.installing.active || !s.app.dialog.Shown() || f.restarted > 0 {
					s.Errorf("fault %d: it goes on, or nothing is told", fault)
				}
			}})
	}
	f, with := withUpdates(goodUpdate)
	f.noRestart = errors.New("nobody there")
	act(t, with, step{updatesAt + "tap 100 56\nwait 0.1s\ntap 220 164\nwait 12s", func(s *stage) {
		if s.app.installing.active || !s.app.bands.toast.Visible() {
			s.Error("it waits for a restart that does not come")
		}
	}})
}

// TestUpdateElsewhere leaves the page while an installation goes on, changes the
// language, and comes back.
func TestUpdateElsewhere(t *testing.T) {
	f, with := withUpdates(goodUpdate)
	act(t, with,
		step{updatesAt + "tap 100 56\nwait 0.1s\ntap 220 164\nwait 1s\nkey home\ntap 60 216\nwait 0.1s\nwheel 100 100 -9\nwait 1s\ntap 100 136\nwait 0.1s\ntap 100 56\nwait 0.3s", func(s *stage) {
			if s.app.prefs.Lang != Chinese || !s.app.installing.active {
				s.Error("the language is not changed, or it has ended")
			}
		}},
		step{updatesAt, func(s *stage) {
			if p := s.app.page(pageUpdate).(*updatePage); !p.line.Visible() || p.list.Visible() {
				s.Error("the page does not show it")
			}
		}},
		step{"wait 12s", func(s *stage) {
			if f.restarted != 1 {
				s.Errorf("restarted %d times", f.restarted)
			}
		}})
}

// TestUpdateComes has a stick come and go while the page is open, and none be
// looked at when it is not.
func TestUpdateComes(t *testing.T) {
	f, with := withUpdates()
	rows := func(want int) func(s *stage) {
		return func(s *stage) {
			if got := len(s.app.page(pageUpdate).(*updatePage).rows); got != want {
				s.Errorf("%d rows, want %d", got, want)
			}
		}
	}
	act(t, with,
		step{updatesAt, func(s *stage) { rows(2)(s); f.put(goodUpdate, goodUpdate) }},
		step{"wait 3s", func(s *stage) { rows(3)(s); f.put() }},
		step{"wait 3s", rows(2)},
		step{"key back\nwait 5s", func(s *stage) {
			if s.app.page(pageUpdate).(*updatePage).timer.Running() {
				s.Error("sticks are looked at although the page is gone")
			}
		}})
}

// TestForgetAll asks first.
func TestForgetAll(t *testing.T) {
	_, with := withUpdates()
	act(t, with,
		step{updatesAt + "tap 100 96\nwait 0.1s\ntap 100 164\nwait 0.1s", expect("")},
		step{"tap 100 96\nwait 0.1s\ntap 220 164\nwait 0.1s", expect("forget")})
}

// TestFellBack tells it once.
func TestFellBack(t *testing.T) {
	for why, want := range map[FellBack]string{NewFailed: english.newFailedTell, OtherBroken: english.otherBrokenTell, NotFallen: ""} {
		act(t, func(s *stage, o *Options) { o.FellBack = why },
			step{"wait 0.1s", func(s *stage) {
				if s.app.dialog.Shown() != (want != "") {
					s.Errorf("%d: the dialog is shown: %v", why, s.app.dialog.Shown())
				}
			}},
			step{"key enter\nkey enter\nwait 0.1s", func(s *stage) {
				if s.app.dialog.Shown() {
					s.Errorf("%d: it stays", why)
				}
			}})
	}
}
