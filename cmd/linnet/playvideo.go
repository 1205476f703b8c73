package main

import (
	"image"
	"io"
	"path/filepath"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/vo"
	"linnet/ui/gal/rgb565"
	"linnet/ui/gal/sdl"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// pane is the window that play opens for a film.
type pane interface {
	Back() *rgb565.Image
	Flush(dirty []image.Rectangle) error
	Events() ial.Source
	io.Closer
}

// openPane opens a real one.
func openPane(title string, size image.Point) (pane, error) {
	d, err := sdl.Open(sdl.Options{Title: title, Size: size, Scale: 1, Icon: theme.WindowIcon()})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// paneBounds are how large films are shown at most: what is larger is made smaller.
var paneBounds = image.Pt(1280, 720)

// panes shows films in windows of their size. Keys pressed there are as those of the
// terminal.
type panes struct {
	open func(title string, size image.Point) (pane, error)
	keys chan<- key
	tell func(error) // once, when there can be no window
	told bool
}

// film is a player.OpenVideo.
func (p *panes) film(name string, f media.VideoFormat) (player.VideoSink, error) {
	w, err := p.open(filepath.Base(name)+" - Linnet", paneSize(f))
	if err != nil {
		if !p.told {
			p.told = true
			p.tell(err)
		}
		return nil, err
	}
	go p.listen(w.Events())
	return &paneSink{pane: w, layout: vo.Layout{Aspect: f.Aspect}}, nil
}

// listen passes on what is pressed, until the window is closed.
func (p *panes) listen(events ial.Source) {
	for {
		e, err := events.ReadEvent()
		if err != nil {
			return
		}
		k := keyNone
		switch e.Type {
		case ial.Quit:
			k = keyQuit
		case ial.KeyPress:
			k = paneKeys[e.Key]
		}
		if k == keyNone {
			continue
		}
		select {
		case p.keys <- k:
		default: // nobody has taken the last ones: it ends
		}
	}
}

var paneKeys = map[ial.Key]key{
	ial.KeyUp: keyLouder, ial.KeyDown: keySofter, ial.KeyLeft: keyBack, ial.KeyRight: keyForward, ial.KeyEnter: keyPause, ial.KeyPlayPause: keyPause,
	ial.KeyNext: keyNext, ial.KeyPrevious: keyPrevious, ial.KeyVolumeUp: keyLouder, ial.KeyVolumeDown: keySofter, ial.KeyBack: keyQuit,
	ial.KeySlower: keySlower, ial.KeyFaster: keyFaster, ial.KeyStep: keyStep, ial.KeyStepBack: keyStepBack, ial.KeyPageUp: keyFarForward, ial.KeyPageDown: keyFarBack,
}

// paneSize is the size of a window for pictures, whose pixels are square.
func paneSize(f media.VideoFormat) image.Point {
	w, h := int64(max(f.Width, 16)), int64(max(f.Height, 16))
	if f.Aspect.Known() {
		w = max(w*int64(f.Aspect.Num)/int64(f.Aspect.Den), 16)
	}
	most := paneBounds
	if w > int64(most.X) {
		w, h = int64(most.X), max(h*int64(most.X)/w, 16)
	}
	if h > int64(most.Y) {
		w, h = max(w*int64(most.Y)/h, 16), int64(most.Y)
	}
	return image.Pt(int(w), int(h))
}

// paneSink is a player.VideoSink.
type paneSink struct {
	pane
	painter vo.Painter
	layout  vo.Layout
}

func (s *paneSink) Draw(p *media.Picture) error {
	m := s.Back()
	s.painter.Paint(vo.On(m.Pix, m.Stride, m.Rect.Dx(), m.Rect.Dy()), p, s.layout)
	return nil
}

func (s *paneSink) Flip() error { return s.Flush([]image.Rectangle{s.Back().Rect}) }
