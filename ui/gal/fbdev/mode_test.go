//go:build linux

package fbdev

import (
	"errors"
	"image"
	"io/fs"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestMode(t *testing.T) {
	for name, c := range map[string]struct {
		d     *fake
		pages int
		puts  int
	}{
		"right as it is":         {panel(240, 320, 1), 1, 0},
		"two pages":              {panel(240, 320, 2), 2, 0},
		"is changed":             {trueColour(320, 240), 1, 1},
		"room for a second page": {change(panel(240, 320, 2), func(d *fake) { d.v.yresVirtual = 320 }), 2, 1},
		"refuses a second page":  {change(panel(240, 320, 2), func(d *fake) { d.v.yresVirtual = 320; d.fixed = true }), 1, 1},
		"ignores a second page":  {change(panel(240, 320, 2), func(d *fake) { d.v.yresVirtual = 320; d.ignores = true }), 1, 1},
		"does not pan":           {change(panel(240, 320, 2), func(d *fake) { d.f.ypanstep = 0 }), 1, 0},
		"pans by other steps":    {change(panel(240, 320, 2), func(d *fake) { d.f.ypanstep = 7 }), 1, 1},
	} {
		m, err := negotiate(c.d, "/dev/fb9")
		if err != nil || m.pages != c.pages || c.d.puts != c.puts || !m.rgb565() {
			t.Errorf("%s: %d pages after %d changes, %v", name, m.pages, c.d.puts, err)
		}
	}
}

func change(d *fake, f func(*fake)) *fake {
	f(d)
	return d
}

func TestModeError(t *testing.T) {
	for name, c := range map[string]struct {
		d    *fake
		says string
		err  error
	}{
		"refuses":  {change(trueColour(320, 240), func(d *fake) { d.fixed = true }), "320x240 at 32 bits a pixel (red 8, green 8, blue 8), where 16", unix.EINVAL},
		"ignores":  {change(trueColour(320, 240), func(d *fake) { d.ignores = true }), "at 32 bits", nil},
		"shrinks":  {change(trueColour(320, 240), func(d *fake) { d.shrinks = true }), "changed its size to 160x240", unix.EINVAL},
		"BGR":      {change(panel(320, 240, 1), func(d *fake) { d.v.red.offset, d.v.blue.offset = 0, 11; d.fixed = true }), "at 16 bits", unix.EINVAL},
		"palette":  {change(panel(320, 240, 1), func(d *fake) { d.f.visual = 3; d.fixed = true }), "by a palette", unix.EINVAL},
		"planes":   {change(panel(320, 240, 1), func(d *fake) { d.f.typ = 1; d.fixed = true }), "in planes", unix.EINVAL},
		"fourteen": {change(panel(320, 240, 1), func(d *fake) { d.v.green.length = 5; d.ignores = true }), "(red 5, green 5, blue 5)", nil},
	} {
		_, err := start(c.d, "/dev/fb9", Options{Size: image.Pt(320, 240)})
		var m *ModeError
		if !errors.As(err, &m) || !strings.Contains(err.Error(), c.says) || c.err != nil && !errors.Is(err, c.err) {
			t.Errorf("%s: %v", name, err)
		}
		if !c.d.closed {
			t.Errorf("%s: the device is left open", name)
		}
	}
}

func TestDevicesThatMakeNoSense(t *testing.T) {
	for name, f := range map[string]func(*fake){
		"no lines":      func(d *fake) { d.v.yres = 0 },
		"too large":     func(d *fake) { d.v.xres = 1 << 31 },
		"no memory":     func(d *fake) { d.f.smemLen = 100 },
		"short lines":   func(d *fake) { d.f.lineLength = 100 },
		"odd lines":     func(d *fake) { d.f.lineLength++ },
		"seen outside":  func(d *fake) { d.v.yoffset = 400 },
		"far outside":   func(d *fake) { d.v.yoffset = 1<<32 - 300 },
		"beyond a line": func(d *fake) { d.v.xoffset = 4 },
		"no mmap":       func(d *fake) { d.noMap = unix.ENODEV },
	} {
		d := change(panel(240, 320, 1), f)
		if _, err := start(d, "/dev/fb9", Options{}); err == nil || !strings.Contains(err.Error(), "/dev/fb9") || !d.closed {
			t.Errorf("%s: %v, closed %v", name, err, d.closed)
		}
	}
}

func TestSizesThatDoNotFit(t *testing.T) {
	for _, o := range []Options{
		{Size: image.Pt(320, 240)}, {Size: image.Pt(240, 320), Rotate: 90}, {Rotate: 45}, {Size: image.Pt(-1, 5)}, {Size: image.Pt(0, 5)},
	} {
		d := panel(240, 320, 1)
		if _, err := start(d, "/dev/fb9", o); err == nil || !d.closed {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestOpen(t *testing.T) {
	if _, err := Open(Options{Device: "/nowhere/fb0"}); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "driver") {
		t.Errorf("no device: %v", err)
	}
	if _, err := Open(Options{Device: "/dev/null"}); !errors.Is(err, unix.ENOTTY) || !strings.Contains(err.Error(), "/dev/null") {
		t.Errorf("no frame buffer: %v", err)
	}
}

func TestSize(t *testing.T) {
	if got, err := sizeOf(panel(240, 320, 2), "/dev/fb9"); got != image.Pt(240, 320) || err != nil {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := Size("/nowhere/fb0"); err == nil || !strings.Contains(err.Error(), "/nowhere/fb0") {
		t.Errorf("without a device: %v", err)
	}
}
