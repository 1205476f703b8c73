package app

import (
	"fmt"
	"image"
	"slices"
	"time"

	"linnet/ui/font"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// FilmState is what FilmControls set.
type FilmState struct {
	Speed int // percent
	// Which of how many tracks of subtitles is shown, from 0, below 0 for none; and
	// its language, "" when not known.
	Subtitle, Subtitles int
	SubtitleLanguage    string
	SubtitleDelay       time.Duration
	Sound, Sounds       int    // which of how many tracks of sound is heard, from 0
	Language            string // of that track, "" when not known
}

// FilmControls are what a film can be told besides what a Player can. The methods
// return at once, on the screens' goroutine.
type FilmControls interface {
	FilmState() FilmState
	Step(n int) // pauses, and shows the next picture or, with -1, the one before
	// SeekKey is Player.Seek to a picture near there that needs no others.
	SeekKey(to time.Duration)
	SetSpeed(percent int)
	SetSubtitles(n int) // below 0: none
	SetSubtitleDelay(d time.Duration)
	SetSoundTrack(n int)
}

// filmSpeeds are those that are offered.
var filmSpeeds = []int{50, 75, 90, 100, 110, 125, 150, 175, 200}

const (
	filmToolHeight   = 36
	subtitleStep     = 100 * time.Millisecond
	mostDelay        = 60 * time.Second
	filmLongStep     = time.Minute // of a seek to a key picture
	toolSpeed        = 0
	toolFrame        = 1
	toolSubtitles    = 2
	toolDelay        = 3
	toolSound        = 4
	filmToolTextWide = 84
)

// filmTools is a band with one thing at a time that a film can be told: its name,
// which a tap makes the next one, and two arrows around its value.
type filmTools struct {
	page  *filmPage
	do    FilmControls // nil where there are none
	panel widget.Panel
	more  widget.Button // in the film's upper band
	name  widget.Pill
	value widget.Label
	less  widget.Button
	plus  widget.Button
	tool  int
	open  bool
	keyed bool // the keys are the band's
	held  bool // the key that has opened it is
}

func (f *filmTools) init(p *filmPage) {
	f.page, f.do = p, p.app.opt.FilmControls
	if f.do == nil {
		return
	}
	a, t := p.app, p.app.theme
	w, bottom := p.Rect().Dx(), p.Rect().Dy()-filmBottom
	top := bottom - filmToolHeight
	f.more = a.headerButton(theme.IconMore, f.toggle)
	p.top.Add(&f.more.Window, image.Rect(w-88, 0, w-44, filmTop), &f.more)
	f.panel = widget.Panel{Paper: t.Background, OnEvent: p.touched}
	p.Add(&f.panel.Window, image.Rect(0, top, w, bottom), &f.panel)
	f.name = widget.Pill{Theme: t, Tone: widget.Quiet, Paper: t.Background, Click: f.another}
	f.panel.Add(&f.name.Window, image.Rect(4, top+1, w-188, bottom-1), &f.name)
	f.less = a.button(theme.IconBack, t.Text, t.Background, t.Surface, func() { f.turn(-1) })
	f.panel.Add(&f.less.Window, image.Rect(w-180, top, w-136, bottom), &f.less)
	f.value = widget.Label{Theme: t, Style: font.Body, Ink: t.Text, Paper: t.Background, Align: widget.Center, Baseline: top + 23}
	f.panel.Add(&f.value.Window, widget.LabelBox(font.Body, w-136, w-136+filmToolTextWide, top+23), &f.value)
	f.plus = a.button(theme.IconChevron, t.Text, t.Background, t.Surface, func() { f.turn(1) })
	f.panel.Add(&f.plus.Window, image.Rect(w-48, top, w-4, bottom), &f.plus)
}

// toggle shows the band or hides it.
func (f *filmTools) toggle() {
	f.open, f.keyed = !f.open, false
	f.page.bands(true)
}

// band shows it with the others.
func (f *filmTools) band(on bool) {
	if f.do != nil {
		f.keyed = f.keyed && on
		f.panel.Show(on && f.open)
		f.show()
	}
}

// another goes to the next thing of those that there are.
func (f *filmTools) another() {
	s := f.do.FilmState()
	for {
		f.tool = (f.tool + 1) % (toolSound + 1)
		if s.has(f.tool) {
			break
		}
	}
	f.page.bands(true)
}

// has says whether there is anything to tell of a thing.
func (s *FilmState) has(tool int) bool {
	switch tool {
	case toolSubtitles:
		return s.Subtitles > 0
	case toolDelay:
		return s.Subtitles > 0 && s.Subtitle >= 0
	case toolSound:
		return s.Sounds > 1
	}
	return true
}

// show brings the words to the film's state.
func (f *filmTools) show() {
	if f.do == nil || !f.panel.Visible() {
		return
	}
	w, s := f.page.app.words, f.do.FilmState()
	name, value := w.speed, fmt.Sprintf("%d.%02d×", s.Speed/100, s.Speed%100)
	switch f.tool {
	case toolFrame:
		name, value = w.frame, "1"
	case toolSubtitles:
		name, value = w.subtitles, w.off
		if s.Subtitle >= 0 {
			value = oneOf(s.Subtitle, s.Subtitles, s.SubtitleLanguage)
		}
	case toolDelay:
		name, value = w.textDelay, delayText(s.SubtitleDelay)
	case toolSound:
		name, value = w.soundTrack, oneOf(s.Sound, s.Sounds, s.Language)
	}
	f.name.SetText(name)
	f.value.SetText(value)
}

// oneOf says which of some tracks it is.
func oneOf(n, of int, language string) string {
	text := fmt.Sprintf("%d / %d", n+1, of)
	if language != "" {
		text += " " + language
	}
	return text
}

func delayText(d time.Duration) string {
	sign := "+"
	if d < 0 {
		sign, d = "−", -d
	}
	tenths := d / (100 * time.Millisecond)
	return fmt.Sprintf("%s%d.%d s", sign, tenths/10, tenths%10)
}

// turn is the arrows.
func (f *filmTools) turn(by int) {
	s := f.do.FilmState()
	switch f.tool {
	case toolSpeed:
		f.do.SetSpeed(speedFrom(s.Speed, by))
	case toolFrame:
		f.do.Step(by)
	case toolSubtitles: // none comes before the first
		f.do.SetSubtitles((max(s.Subtitle, -1)+1+by+s.Subtitles+1)%(s.Subtitles+1) - 1)
	case toolDelay:
		f.do.SetSubtitleDelay(min(max(s.SubtitleDelay+time.Duration(by)*subtitleStep, -mostDelay), mostDelay))
	case toolSound:
		f.do.SetSoundTrack((s.Sound + by + s.Sounds) % max(s.Sounds, 1))
	}
	f.page.bands(true)
}

// speedFrom is the speed offered next to one.
func speedFrom(speed, by int) int {
	i, found := slices.BinarySearch(filmSpeeds, speed)
	if !found && by > 0 {
		i-- // it lies below the i-th
	}
	return filmSpeeds[min(max(i+by, 0), len(filmSpeeds)-1)]
}

// key takes the keys of a keyboard, and shows what they are about.
func (f *filmTools) key(k ial.Key, at time.Duration) bool {
	if f.do == nil {
		return false
	}
	switch k {
	case ial.KeyPageUp:
		f.do.SeekKey(at + filmLongStep)
	case ial.KeyPageDown:
		f.do.SeekKey(max(at-filmLongStep, 0))
	case ial.KeyStep, ial.KeyStepBack:
		f.set(toolFrame, k == ial.KeyStep)
	case ial.KeyFaster, ial.KeySlower:
		f.set(toolSpeed, k == ial.KeyFaster)
	case ial.KeySubtitles:
		if f.do.FilmState().Subtitles > 0 {
			f.set(toolSubtitles, true)
		}
	case ial.KeySubtitlesLater, ial.KeySubtitlesEarlier:
		f.set(toolDelay, k == ial.KeySubtitlesLater)
	case ial.KeySoundTrack:
		if f.do.FilmState().Sounds > 1 {
			f.set(toolSound, true)
		}
	default:
		return false
	}
	return true
}

// hold takes the keys of a board that has four of them: Enter, held, opens the band,
// and then up and down change its value, Enter goes to the next thing, and Back
// closes it.
func (f *filmTools) hold(e ial.Event) bool {
	enter := e.Key == ial.KeyEnter
	if f.do == nil || !enter && !f.keyed {
		return false
	}
	switch {
	case enter && e.Repeat:
		if !f.held && !f.keyed {
			f.page.app.opt.Player.PlayPause() // it was pressed before it was held
			f.keyed, f.open = true, true
			f.page.bands(true)
		}
		f.held = true
		return true
	case enter && !f.keyed:
		f.held = false
		return false
	case enter:
		f.held = false
		f.another()
	case e.Key == ial.KeyUp:
		f.turn(1)
	case e.Key == ial.KeyDown:
		f.turn(-1)
	case e.Key == ial.KeyBack:
		f.toggle()
	default:
		return false
	}
	return true
}

func (f *filmTools) set(tool int, more bool) {
	f.tool, f.open = tool, true
	if more {
		f.turn(1)
	} else {
		f.turn(-1)
	}
}
