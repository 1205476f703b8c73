package app

import (
	"image"
	"time"

	"linnet/ui"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

const (
	volumeStep  = 5
	volumeStays = 1500 * time.Millisecond
	toastStays  = 4 * time.Second
	// touchIsTap parts a tap on a message, which ends it, from a finger
	// that holds it to read.
	touchIsTap = 500 * time.Millisecond
)

// bands are what takes the header's place for a while: the volume, and above
// the page but below it, a message.
type bands struct {
	app       *App
	toast     widget.Toast
	volume    widget.Volume
	seq       uint64 // of the message that was shown last
	toastTime *ui.Timer
	volTime   *ui.Timer
	touched   time.Time
	level     int  // shown and wanted; the player may be late
	unmuted   int  // to go back to; 0 when not muted here
	asked     bool // the player has not said that it is at level
}

func (b *bands) init(a *App) {
	b.app = a
	root := a.desk.Root()
	r := image.Rect(0, 0, root.Rect().Dx(), widget.BandHeight)
	b.toast = widget.Toast{Theme: a.theme, Touch: b.touch}
	b.toast.Show(false)
	root.Add(&b.toast.Window, r, &b.toast)
	b.volume = widget.Volume{Theme: a.theme, Change: b.set, Mute: b.mute}
	b.volume.Show(false)
	root.Add(&b.volume.Window, r, &b.volume)
	b.volume.Init()
	b.toastTime = a.desk.NewTimer(func() { b.toast.Show(false) })
	b.volTime = a.desk.NewTimer(b.hideVolume)
	if m := a.state.Message; m != nil {
		b.seq = m.Seq
	}
}

// show brings the bands to the player's state.
func (b *bands) show(s *State) {
	if !b.asked {
		b.level = s.Volume
		b.volume.Set(s.Volume)
	}
	b.asked = b.asked && b.level != s.Volume
	m := s.Message
	if m == nil || m.Seq == b.seq {
		return
	}
	b.seq = m.Seq
	first, second := b.app.words.message(m)
	if m.Problem == GoesOn {
		b.say(theme.IconClock, first, second)
		return
	}
	b.toast.Set(theme.IconWarn, b.app.theme.Danger, first, second)
	b.toast.Raise()
	b.toast.Show(true)
	if b.toastTime.Start(toastStays); m.Problem == Unkept {
		b.toastTime.Stop() // it stays until somebody has seen it
	}
}

// say shows a message of the screens' own.
func (b *bands) say(icon theme.Icon, first, second string) {
	ink := b.app.theme.Accent
	if icon == theme.IconWarn {
		ink = b.app.theme.Danger
	}
	b.toast.Set(icon, ink, first, second)
	b.toast.Raise()
	b.toast.Show(true)
	b.toastTime.Start(toastStays)
}

// touch follows a finger on the message.
func (b *bands) touch(down bool) {
	now := b.app.desk.Now()
	switch {
	case down:
		b.touched = now
		b.toastTime.Stop()
	case now.Sub(b.touched) < touchIsTap:
		b.toast.Show(false)
	default:
		b.toastTime.Start(toastStays)
	}
}

// open shows the volume.
func (b *bands) open() {
	b.volume.Raise()
	b.volume.Show(true)
	b.volTime.Start(volumeStays)
}

func (b *bands) hideVolume() {
	if b.volume.Dragging() {
		b.volTime.Start(volumeStays)
		return
	}
	b.volume.Show(false)
	b.asked = false // what the player says counts again
}

// turn makes it louder, or quieter.
func (b *bands) turn(by int) { b.set(b.level + by) }

// set makes it as loud as the user wants.
func (b *bands) set(percent int) {
	percent = max(0, min(percent, 100))
	b.open()
	if percent > 0 {
		b.unmuted = 0
	}
	if percent != b.level {
		b.level, b.asked = percent, true
		b.volume.Set(percent)
		b.app.opt.Player.SetVolume(percent)
	}
}

// mute makes it silent, or as loud as before.
func (b *bands) mute() {
	if b.level == 0 {
		b.set(b.unmuted)
		return
	}
	b.unmuted = b.level
	b.set(0)
}
