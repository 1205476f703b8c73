//go:build sdl && cgo

package sdl

import (
	"testing"

	"github.com/veandco/go-sdl2/sdl"

	"linnet/ui/ial"
)

// A key that went down with Ctrl is not ours, neither where Ctrl is let go first; and
// one that is held comes again.
func TestKeyWithCtrl(t *testing.T) {
	d, _ := windowless()
	w := &window{d: d}
	key := func(kind uint32, repeat uint8, mod uint16) {
		w.handle(&sdl.KeyboardEvent{Type: kind, Repeat: repeat, Keysym: sdl.Keysym{Sym: sdl.K_n, Mod: mod}})
	}
	key(sdl.KEYDOWN, 0, sdl.KMOD_LCTRL)
	key(sdl.KEYDOWN, 1, sdl.KMOD_LCTRL)
	key(sdl.KEYDOWN, 1, 0)
	key(sdl.KEYUP, 0, 0)
	if len(d.events.events) > 0 {
		t.Errorf("%+v", d.events.events)
	}
	for _, c := range []struct {
		kind   uint32
		repeat uint8
		want   ial.Event
	}{
		{sdl.KEYDOWN, 0, ial.Event{Type: ial.KeyPress, Key: ial.KeyNext}},
		{sdl.KEYDOWN, 1, ial.Event{Type: ial.KeyPress, Key: ial.KeyNext, Repeat: true}},
		{sdl.KEYUP, 0, ial.Event{Type: ial.KeyRelease, Key: ial.KeyNext}},
	} {
		key(c.kind, c.repeat, 0)
		if len(d.events.events) != 1 {
			t.Fatalf("%+v, want %+v alone", d.events.events, c.want)
		}
		got, err := d.Events().ReadEvent()
		if got.When = 0; got != c.want || err != nil {
			t.Errorf("%+v, %v; want %+v", got, err, c.want)
		}
	}
}
