package app

import (
	"fmt"
	"strings"
	"time"

	"linnet/ui/theme"
	"linnet/ui/widget"
)

// settingsPage is a page of rows that each hold a setting or lead to more.
type settingsPage struct {
	listPage
	rows items
}

// settingsOf makes a page of settings; fill adds its rows.
func settingsOf(a *App, name string, fill func(p *settingsPage)) *settingsPage {
	p := &settingsPage{}
	p.init(a, name, &p.rows)
	fill(p)
	p.list.Reset(0)
	return p
}

// link is a row that leads to another page.
func (p *settingsPage) link(i theme.Icon, title, sub string, value func() string, to pageID) {
	a := p.app
	p.rows = append(p.rows, item{
		row: func(r *widget.Row) {
			r.Icon, r.Title, r.Sub, r.Chevron = i, title, sub, true
			if value != nil {
				r.Value = value()
			}
		},
		do: func(int) { a.open(to) },
	})
}

// toggle is a row that is on or off.
func (p *settingsPage) toggle(i theme.Icon, title, sub string, on func() bool, set func(on bool)) {
	p.rows = append(p.rows, item{
		row: func(r *widget.Row) {
			r.Icon, r.Title, r.Sub, r.Switch = i, title, sub, widget.SwitchOf(on())
		},
		do: func(row int) {
			set(!on())
			p.list.Changed(row)
		},
	})
}

// choice is a row whose value is chosen from a menu.
func (p *settingsPage) choice(i theme.Icon, title, sub string, names []string, chosen func() int, set func(n int)) {
	a := p.app
	p.rows = append(p.rows, item{
		row: func(r *widget.Row) {
			r.Icon, r.Title, r.Sub, r.Value, r.Chevron = i, title, sub, names[chosen()], true
		},
		do: func(row int) {
			var choices []widget.Choice
			for n, name := range names {
				choices = append(choices, widget.Choice{Icon: i, Text: name, Chosen: n == chosen(), Do: func() {
					set(n)
					p.list.Changed(row)
				}})
			}
			a.menu.Open(p.corner(row), choices, nil)
		},
	})
}

func newSettings(a *App) *settingsPage {
	w := a.words
	return settingsOf(a, w.settings, func(p *settingsPage) {
		p.link(theme.IconVol, w.sound, w.soundSub, nil, pageSound)
		p.link(theme.IconSun, w.display, w.displaySub, func() string { return a.themeName(a.theme) }, pageDisplay)
		p.link(theme.IconGlobe, w.language, "", func() string { return w.ownName }, pageLanguage)
		if a.opt.Touch != nil {
			p.link(theme.IconTouch, w.touch, w.touchSub, nil, pageTouch)
		}
		if a.opt.Time != nil && a.opt.SetTime != nil {
			p.link(theme.IconClock, w.time, w.timeSub, nil, pageTime)
		}
		if a.opt.Network != nil {
			p.link(theme.IconNet, w.network, w.networkSub, nil, pageNetwork)
		}
		if a.opt.Storage != nil {
			p.link(theme.IconUSB, w.storage, w.storageSub, nil, pageStorage)
		}
		if a.opt.Output != nil {
			p.link(theme.IconTrack, w.output, w.outputSub, nil, pageOutput)
		}
		if a.opt.Updates != nil || a.opt.Forget != nil {
			p.link(theme.IconRepeat, w.update, w.updateSub, nil, pageUpdate)
		}
		if a.opt.About != nil {
			p.link(theme.IconInfo, w.about, "Linnet "+a.opt.About().Version, nil, pageAbout)
		}
	})
}

func newSoundPage(a *App) *settingsPage {
	w := a.words
	return settingsOf(a, w.sound, func(p *settingsPage) {
		p.link(theme.IconSettings, w.equaliser, "", func() string { return a.presetName() }, pageEqualiser)
		p.choice(theme.IconTrack, w.replayGain, w.replayGainSub, w.gains[:],
			func() int { return int(a.prefs.ReplayGain) }, func(n int) { a.keep(func(q *Prefs) { q.ReplayGain = ReplayGain(n) }) })
		p.choice(theme.IconShuffle, w.crossfade, w.crossfadeSub, fadeNames(w), func() int { return fadeIndex(a.prefs.Crossfade) },
			func(n int) { a.keep(func(q *Prefs) { q.Crossfade = fades[n] }) })
		p.toggle(theme.IconVol, w.mono, w.monoSub, func() bool { return a.prefs.Mono }, func(on bool) { a.keep(func(q *Prefs) { q.Mono = on }) })
	})
}

// fades are the lengths of a crossfade to choose from.
var fades = []time.Duration{0, 2 * time.Second, 4 * time.Second, 8 * time.Second, 12 * time.Second}

func fadeNames(w *words) []string {
	names := []string{w.off}
	for _, f := range fades[1:] {
		names = append(names, fmt.Sprintf(w.seconds, int(f/time.Second)))
	}
	return names
}

// fadeIndex is the choice that is nearest to a length.
func fadeIndex(d time.Duration) int { return nearest(fades, d) }

func nearest(list []time.Duration, d time.Duration) int {
	best := 0
	for i, f := range list {
		if (f - d).Abs() < (list[best] - d).Abs() {
			best = i
		}
	}
	return best
}

func (a *App) setLang(l Lang) {
	if l == a.prefs.Lang {
		return
	}
	a.keep(func(q *Prefs) { q.Lang = l })
	a.restyle()
}

func newLanguagePage(a *App) *settingsPage {
	return settingsOf(a, a.words.language, func(p *settingsPage) {
		for _, l := range []Lang{Chinese, English} {
			p.rows = append(p.rows, item{
				row: func(r *widget.Row) {
					r.Icon, r.Title, r.Check = theme.IconGlobe, l.words().ownName, l == a.prefs.Lang
				},
				do: func(int) { a.setLang(l) },
			})
		}
	})
}

// storagePage is the media, and how to take one out.
type storagePage struct {
	settingsPage
	all  []Volume
	busy string // the path of the one that is being removed
}

func newStoragePage(a *App) *storagePage {
	p := &storagePage{}
	p.init(a, a.words.storage, &p.rows)
	return p
}

func (p *storagePage) enter() {
	p.list.Focus()
	p.load()
}

func (p *storagePage) load() {
	a := p.app
	var all []Volume
	a.work(func() (err error) {
		all, err = a.opt.Storage.Volumes()
		return err
	}, func(err error) {
		p.all, p.rows = all, nil
		for _, v := range all {
			p.rows = append(p.rows, item{row: func(r *widget.Row) {
				r.Icon, r.Title = theme.IconSD, v.Name
				r.Sub = fmt.Sprintf(a.words.free, sizeText(v.Free), sizeText(v.Total))
				if v.Removable {
					r.Icon, r.Value = theme.IconUSB, a.words.remove
				}
				if v.Path == p.busy {
					r.Value, r.Off = a.words.removing, true
				}
			}, do: func(int) { p.eject(v) }})
		}
		if err != nil {
			a.bands.say(theme.IconWarn, a.words.storage, a.words.reason(err))
		}
		p.list.Reset(0)
	})
}

// eject asks, and makes it safe to pull a medium out.
func (p *storagePage) eject(v Volume) {
	a, w := p.app, p.app.words
	if !v.Removable || p.busy != "" {
		return
	}
	a.dialog.Open(widget.Question{
		Icon: theme.IconUSB, Ask: fmt.Sprintf(w.ejectAsk, v.Name), Tell: w.ejectTell, No: w.cancel, Yes: w.ejectDo,
		Do: func() {
			p.busy = v.Path
			p.list.InvalidateAll()
			a.leaveVolume(v)
			a.work(func() error { return a.opt.Storage.Eject(v) }, func(err error) {
				p.busy = ""
				if err != nil {
					a.bands.say(theme.IconWarn, fmt.Sprintf(w.ejectFailed, v.Name), w.fault(err))
				} else {
					a.bands.say(theme.IconCheck, fmt.Sprintf(w.ejected, v.Name), w.ejectedHint)
				}
				p.load()
			})
		},
	}, nil)
}

// leaveVolume takes what lies on a medium out of the queue.
func (a *App) leaveVolume(v Volume) {
	queue := a.opt.Player.Queue()
	var rest []int
	for i, path := range queue {
		if !strings.HasPrefix(path, strings.TrimSuffix(v.Path, "/")+"/") {
			rest = append(rest, i)
		}
	}
	if len(rest) < len(queue) {
		a.opt.Player.Arrange(rest)
	}
}

// factsPage is a page of facts that change: a name and a value a row.
type factsPage struct {
	listPage
	facts []fact
	make  func() []fact
	every time.Duration
	timer interface {
		Start(time.Duration)
		Stop()
	}
}

type fact struct {
	icon        theme.Icon
	name, value string
}

func newFacts(a *App, name string, every time.Duration, facts func() []fact) *factsPage {
	p := &factsPage{make: facts, every: every}
	p.init(a, name, (*factRows)(p))
	p.timer = a.desk.NewTimer(p.look)
	p.facts = facts()
	return p
}

func (p *factsPage) enter() {
	p.list.Focus()
	p.look()
}

func (p *factsPage) leave() { p.timer.Stop() }

// look reads the facts anew, and draws the rows of those that changed.
func (p *factsPage) look() {
	now := p.make()
	if len(now) != len(p.facts) {
		p.facts = now
		p.list.Reset(0)
	}
	for i := range now {
		if now[i] != p.facts[i] {
			p.facts[i] = now[i]
			p.list.Changed(i)
		}
	}
	p.timer.Start(p.every)
}

// factRows is the facts as rows.
type factRows factsPage

func (f *factRows) Len() int { return len(f.facts) }
func (f *factRows) Open(int) {}
func (f *factRows) Row(i int, r *widget.Row) {
	x := &f.facts[i]
	r.Icon, r.Title, r.Value = x.icon, x.name, x.value
}

func newOutputPage(a *App) *factsPage {
	return newFacts(a, a.words.output, time.Second, func() []fact { return a.outputFacts() })
}

// layout is what so many channels are called.
func (w *words) layout(channels int) string {
	switch channels {
	case 1:
		return w.mono
	case 2:
		return w.stereo
	}
	return fmt.Sprintf(w.channels, channels)
}

// outputFacts is what the sound device does.
func (a *App) outputFacts() []fact {
	o, w := a.opt.Output(), a.words
	ms := func(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }
	format, clock, cost := w.closed, w.unknown, w.unknown
	if o.Open {
		format = fmt.Sprintf("%s kHz · %s", kilo(o.Rate), w.layout(o.Channels))
	}
	if o.Measured > 0 {
		clock = fmt.Sprintf("%+d ppm", o.PPM)
	}
	if o.Decoding >= 0 {
		cost = tenths(int64(o.Decoding)) + " %"
	}
	return []fact{
		{theme.IconVol, w.outFormat, format},
		{theme.IconTrack, w.outBuffer, fmt.Sprintf("%s / %s", ms(o.Buffered), ms(o.Capacity))},
		{theme.IconClock, w.outDelay, ms(o.Delay)},
		{theme.IconWarn, w.outXruns, fmt.Sprint(o.Xruns)},
		{theme.IconWarn, w.outStarved, fmt.Sprint(o.Starved)},
		{theme.IconClock, w.outLate, fmt.Sprintf("%d · %s", o.Late, ms(o.Latest))},
		{theme.IconWarn, w.outLost, fmt.Sprint(o.Lost)},
		{theme.IconSettings, w.outClock, clock},
		{theme.IconInfo, w.outCost, cost},
	}
}

// kilo is a rate in kHz, as people write it.
func kilo(hz int) string {
	s := fmt.Sprintf("%d.%03d", hz/1000, hz%1000)
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s
}

func newAboutPage(a *App) *factsPage {
	return newFacts(a, a.words.about, time.Second, func() []fact {
		w, b := a.words, a.opt.About()
		facts := []fact{{theme.IconNote, "Linnet", b.Version}}
		add := func(i theme.Icon, name, value string) {
			if value != "" {
				facts = append(facts, fact{i, name, value})
			}
		}
		add(theme.IconInfo, w.board, b.Board)
		add(theme.IconSettings, w.system, b.System)
		if b.Memory > 0 {
			add(theme.IconSD, w.memory, fmt.Sprintf("%s / %s", sizeText(b.Memory), sizeText(b.Total)))
		}
		if b.Uptime > 0 {
			add(theme.IconClock, w.uptime, timeText(b.Uptime))
		}
		add(theme.IconGlobe, w.licence, "MIT")
		add(theme.IconList, w.fonts, "Inter, Noto · OFL 1.1")
		return facts
	})
}
