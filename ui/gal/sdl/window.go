//go:build sdl && cgo

package sdl

import (
	"errors"
	"fmt"
	"image"
	"image/draw"
	"os"
	"runtime"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/veandco/go-sdl2/sdl"

	"linnet/ui/gal/rgb565"
)

// inUse says that a window is open: SDL has one queue of events.
var inUse atomic.Bool

// window is what the goroutine that calls SDL owns.
type window struct {
	d        *Display
	win      *sdl.Window
	renderer *sdl.Renderer
	texture  *sdl.Texture
	woken    uint32 // type of the event that wakes the goroutine
	start    time.Time
	pointer  bool // the left button went down on the screen
	held     [256]bool
	full     bool // the window fills the desktop
	stale    bool // the window's pixels are lost
	drop     func(paths []string)
	dropped  []string // of a drop that is not yet complete
}

// open starts the goroutine and waits until the window is there.
func (d *Display) open(o Options) error {
	if !inUse.CompareAndSwap(false, true) {
		return errors.New("one is open already")
	}
	opened := make(chan error)
	go func() {
		runtime.LockOSThread() // for good: the thread ends with the goroutine
		defer close(d.done)
		defer inUse.Store(false)
		w := &window{d: d, start: time.Now(), drop: o.Drop}
		defer w.release()
		err := w.create(o)
		opened <- err
		if err == nil {
			w.run()
		}
	}()
	err := <-opened
	if err != nil {
		<-d.done
	}
	return err
}

// create makes the window and what belongs to it; release undoes it, also
// where it stopped half way.
func (w *window) create(o Options) error {
	sdl.SetHint(sdl.HINT_NO_SIGNAL_HANDLERS, "1")
	sdl.SetHint(sdl.HINT_RENDER_SCALE_QUALITY, "nearest")
	sdl.SetHint(sdl.HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0")
	// The click that brings the window forward counts, as in other players.
	sdl.SetHint("SDL_MOUSE_FOCUS_CLICKTHROUGH", "1")
	if err := sdl.InitSubSystem(sdl.INIT_VIDEO); err != nil {
		return explain(err)
	}
	if err := visible(); err != nil {
		return err
	}
	w.woken = sdl.RegisterEvents(1)
	w.d.wake = w.wake
	sdl.EnableScreenSaver()
	if err := w.createWindow(o); err != nil {
		return err
	}
	if err := w.createRenderer(); err != nil {
		return err
	}
	sdl.StopTextInput()
	return w.createTexture()
}

// explain adds what a person can do about a display that is not there.
func explain(err error) error {
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return fmt.Errorf("%w (neither DISPLAY nor WAYLAND_DISPLAY is set)", err)
	}
	return err
}

// visible refuses SDL's drivers that show nothing.
func visible() error {
	driver, err := sdl.GetCurrentVideoDriver()
	if err != nil {
		return err
	}
	if driver == "dummy" || driver == "offscreen" {
		return fmt.Errorf("SDL's video driver %q shows nothing (see SDL_VIDEODRIVER)", driver)
	}
	return nil
}

func (w *window) createWindow(o Options) (err error) {
	scale := o.Scale
	if scale == 0 {
		scale = defaultScale
		if room, err := sdl.GetDisplayUsableBounds(0); err == nil {
			scale = largest(scale, o.Size, image.Pt(int(room.W), int(room.H)))
		}
	}
	w.win, err = sdl.CreateWindow(o.Title, sdl.WINDOWPOS_CENTERED, sdl.WINDOWPOS_CENTERED,
		int32(o.Size.X*scale), int32(o.Size.Y*scale), sdl.WINDOW_RESIZABLE)
	if err != nil {
		return err
	}
	w.win.SetMinimumSize(int32(o.Size.X), int32(o.Size.Y))
	return w.setIcon(o.Icon)
}

func (w *window) setIcon(icon image.Image) error {
	if icon == nil || icon.Bounds().Empty() {
		return nil
	}
	b := icon.Bounds()
	s, err := sdl.CreateRGBSurfaceWithFormat(0, int32(b.Dx()), int32(b.Dy()), 32, uint32(sdl.PIXELFORMAT_RGBA32))
	if err != nil {
		return fmt.Errorf("icon: %w", err)
	}
	defer s.Free()
	// SDL's pixels are not multiplied by alpha, so it is NRGBA that it wants.
	m := &image.NRGBA{Pix: s.Pixels(), Stride: int(s.Pitch), Rect: image.Rectangle{Max: b.Size()}}
	draw.Draw(m, m.Rect, icon, b.Min, draw.Src)
	w.win.SetIcon(s)
	return nil
}

// createRenderer prefers one that waits for the display's refresh.
func (w *window) createRenderer() (err error) {
	w.renderer, err = sdl.CreateRenderer(w.win, -1, sdl.RENDERER_PRESENTVSYNC)
	if err != nil {
		w.renderer, err = sdl.CreateRenderer(w.win, -1, 0)
	}
	return err
}

func (w *window) createTexture() (err error) {
	size := w.d.stage.Rect.Size()
	w.texture, err = w.renderer.CreateTexture(uint32(sdl.PIXELFORMAT_RGB565), sdl.TEXTUREACCESS_STREAMING,
		int32(size.X), int32(size.Y))
	if err == nil {
		w.d.again()
		w.stale = true
	}
	return err
}

func (w *window) release() {
	if w.texture != nil {
		w.texture.Destroy()
	}
	if w.renderer != nil {
		w.renderer.Destroy()
	}
	if w.win != nil {
		w.win.Destroy()
	}
	sdl.QuitSubSystem(sdl.INIT_VIDEO)
}

// wake makes run go round once. SDL allows it from any thread.
func (w *window) wake() {
	if _, err := sdl.PushEvent(&sdl.UserEvent{Type: w.woken}); err != nil {
		w.d.fail(err)
	}
}

// run shows and listens until the display is closed. Whoever closes waits for
// it, so SDL is there as long as wake can be called.
func (w *window) run() {
	for {
		n, closed := w.d.take(w.upload)
		if closed {
			return
		}
		if n > 0 || w.stale {
			w.present()
		}
		// A second is for the case that SDL had no room to be woken.
		for e := sdl.WaitEventTimeout(1000); e != nil; e = sdl.PollEvent() {
			w.handle(e)
		}
	}
}

// upload copies a part of stage to the texture.
func (w *window) upload(r image.Rectangle) error {
	stage := w.d.stage
	first := &stage.Pix[r.Min.Y*stage.Stride+r.Min.X]
	rect := sdl.Rect{X: int32(r.Min.X), Y: int32(r.Min.Y), W: int32(r.Dx()), H: int32(r.Dy())}
	return w.texture.Update(&rect, unsafe.Pointer(first), stage.Stride*int(unsafe.Sizeof(rgb565.Color(0))))
}

// present shows the texture.
func (w *window) present() {
	width, height, err := w.renderer.GetOutputSize()
	if err != nil {
		w.d.fail(err)
		return
	}
	at := fit(w.d.stage.Rect.Size(), image.Pt(int(width), int(height))).at
	rect := sdl.Rect{X: int32(at.Min.X), Y: int32(at.Min.Y), W: int32(at.Dx()), H: int32(at.Dy())}
	err = errors.Join(w.renderer.SetDrawColor(0, 0, 0, 255), w.renderer.Clear(), w.renderer.Copy(w.texture, nil, &rect))
	if err != nil {
		w.d.fail(err)
		return
	}
	w.renderer.Present()
	w.stale = false
}
