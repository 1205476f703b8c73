//go:build sdl && cgo

package sdl

import (
	"image"
	"time"

	"github.com/veandco/go-sdl2/sdl"

	"linnet/ui/ial"
)

// handle translates one event of SDL's.
func (w *window) handle(e sdl.Event) {
	switch e := e.(type) {
	case *sdl.QuitEvent:
		w.put(ial.Event{Type: ial.Quit})
	case *sdl.WindowEvent:
		w.changed(e)
	case *sdl.RenderEvent:
		w.lost(e)
	case *sdl.MouseButtonEvent:
		w.button(e)
	case *sdl.MouseMotionEvent:
		if w.pointer {
			p, _ := w.view().point(image.Pt(int(e.X), int(e.Y)))
			w.put(ial.Event{Type: ial.PointerMove, At: p})
		}
	case *sdl.MouseWheelEvent:
		w.wheel(e)
	case *sdl.KeyboardEvent:
		w.key(e)
	case *sdl.DropEvent:
		w.dragged(e)
	}
}

// maxDropped is how many names of one drop are kept.
const maxDropped = 1 << 14

// dragged collects the names of a drop, which come one by one.
func (w *window) dragged(e *sdl.DropEvent) {
	switch e.Type {
	case sdl.DROPBEGIN:
		w.dropped = nil
	case sdl.DROPFILE:
		if e.File != "" && len(w.dropped) < maxDropped {
			w.dropped = append(w.dropped, e.File)
		}
	case sdl.DROPCOMPLETE:
		if paths := w.dropped; len(paths) > 0 && w.drop != nil {
			w.dropped = nil
			go w.drop(paths)
		}
	}
}

// put queues an event with the time that it has.
func (w *window) put(e ial.Event) {
	e.When = time.Since(w.start)
	w.d.events.put(e)
}

// view is where the screen is, in the coordinates of the pointer.
func (w *window) view() view {
	width, height := w.win.GetSize()
	return fit(w.d.stage.Rect.Size(), image.Pt(int(width), int(height)))
}

// changed handles what happens to the window. The texture still holds the screen,
// so the window is mended at once; whoever draws is told as well.
func (w *window) changed(e *sdl.WindowEvent) {
	switch e.Event {
	case sdl.WINDOWEVENT_EXPOSED, sdl.WINDOWEVENT_SIZE_CHANGED, sdl.WINDOWEVENT_RESTORED, sdl.WINDOWEVENT_SHOWN:
		w.stale = true
		w.put(ial.Event{Type: ial.Expose})
	case sdl.WINDOWEVENT_FOCUS_LOST:
		w.letGo()
	}
}

// lost handles a renderer that forgot its pixels.
func (w *window) lost(e *sdl.RenderEvent) {
	if e.Type != sdl.RENDER_DEVICE_RESET {
		w.d.again()
		return
	}
	w.texture.Destroy()
	if err := w.createTexture(); err != nil {
		w.texture = nil
		w.d.fail(err)
	}
}

// button makes the left button a finger, which counts when it goes down on
// the screen, and then wherever it goes.
func (w *window) button(e *sdl.MouseButtonEvent) {
	if e.Button != sdl.BUTTON_LEFT {
		return
	}
	p, inside := w.view().point(image.Pt(int(e.X), int(e.Y)))
	switch {
	case e.Type == sdl.MOUSEBUTTONDOWN && inside && !w.pointer:
		w.pointer = true
		w.put(ial.Event{Type: ial.PointerDown, At: p})
	case e.Type == sdl.MOUSEBUTTONUP && w.pointer:
		w.pointer = false
		w.put(ial.Event{Type: ial.PointerUp, At: p})
	}
}

// wheel turns SDL's "away from the user" into "up".
func (w *window) wheel(e *sdl.MouseWheelEvent) {
	if e.Y == 0 {
		return
	}
	x, y, _ := sdl.GetMouseState()
	p, _ := w.view().point(image.Pt(int(x), int(y)))
	w.put(ial.Event{Type: ial.Wheel, At: p, Delta: -int(e.Y)})
}

// key translates a key; those held with Ctrl, Alt or the desktop's key are not ours.
func (w *window) key(e *sdl.KeyboardEvent) {
	if e.Type == sdl.KEYDOWN && e.Keysym.Sym == sdl.K_F11 {
		if e.Repeat == 0 {
			w.toggleFull()
		}
		return
	}
	key := keyOf(e.Keysym.Sym)
	switch {
	case key == ial.KeyNone:
	case e.Type == sdl.KEYUP:
		w.release1(key)
	case e.Repeat != 0 && !w.held[key]: // it went down with Ctrl, which has left it since
	case e.Keysym.Mod&(sdl.KMOD_CTRL|sdl.KMOD_ALT|sdl.KMOD_GUI) == 0:
		w.put(ial.Event{Type: ial.KeyPress, Key: key, Repeat: w.held[key]})
		w.held[key] = true
	}
}

// release1 ends a key press, if there was one.
func (w *window) release1(key ial.Key) {
	if w.held[key] {
		w.held[key] = false
		w.put(ial.Event{Type: ial.KeyRelease, Key: key})
	}
}

// letGo ends what is held when the window is no longer told about it.
func (w *window) letGo() {
	for key := range w.held {
		w.release1(ial.Key(key))
	}
	if w.pointer {
		w.pointer = false
		x, y, _ := sdl.GetMouseState()
		p, _ := w.view().point(image.Pt(int(x), int(y)))
		w.put(ial.Event{Type: ial.PointerUp, At: p})
	}
}

func (w *window) toggleFull() {
	var flags uint32
	if !w.full {
		flags = sdl.WINDOW_FULLSCREEN_DESKTOP
	}
	if err := w.win.SetFullscreen(flags); err != nil {
		return // the desktop does not want it: the window stays as it is
	}
	w.full = !w.full
}

// keyOf says what a key of the keyboard means to the player.
func keyOf(k sdl.Keycode) ial.Key {
	switch k {
	case sdl.K_UP:
		return ial.KeyUp
	case sdl.K_DOWN:
		return ial.KeyDown
	case sdl.K_LEFT:
		return ial.KeyLeft
	case sdl.K_RIGHT:
		return ial.KeyRight
	case sdl.K_RETURN, sdl.K_KP_ENTER:
		return ial.KeyEnter
	case sdl.K_ESCAPE, sdl.K_BACKSPACE, sdl.K_AC_BACK:
		return ial.KeyBack
	case sdl.K_HOME, sdl.K_AC_HOME:
		return ial.KeyHome
	case sdl.K_SPACE, sdl.K_AUDIOPLAY:
		return ial.KeyPlayPause
	case sdl.K_n, sdl.K_AUDIONEXT:
		return ial.KeyNext
	case sdl.K_p, sdl.K_AUDIOPREV:
		return ial.KeyPrevious
	case sdl.K_PLUS, sdl.K_EQUALS, sdl.K_KP_PLUS, sdl.K_VOLUMEUP:
		return ial.KeyVolumeUp
	case sdl.K_MINUS, sdl.K_KP_MINUS, sdl.K_VOLUMEDOWN:
		return ial.KeyVolumeDown
	case sdl.K_m, sdl.K_MUTE, sdl.K_AUDIOMUTE:
		return ial.KeyMute
	case sdl.K_PAGEUP:
		return ial.KeyPageUp
	case sdl.K_PAGEDOWN:
		return ial.KeyPageDown
	}
	return filmKeyOf(k)
}

// filmKeyOf has the keys that other players have for films.
func filmKeyOf(k sdl.Keycode) ial.Key {
	switch k {
	case sdl.K_PERIOD:
		return ial.KeyStep
	case sdl.K_COMMA:
		return ial.KeyStepBack
	case sdl.K_LEFTBRACKET:
		return ial.KeySlower
	case sdl.K_RIGHTBRACKET:
		return ial.KeyFaster
	case sdl.K_z:
		return ial.KeySubtitlesEarlier
	case sdl.K_x:
		return ial.KeySubtitlesLater
	case sdl.K_v:
		return ial.KeySubtitles
	case sdl.K_t, sdl.K_HASH:
		return ial.KeySoundTrack
	}
	return ial.KeyNone
}
