package app

import (
	"time"

	"linnet/ui"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// A Link is an interface to a network.
type Link struct {
	Name    string // as the system has it: eth0
	On      bool   // it is not switched off
	Carrier bool   // there is a cable, and somebody at its other end
	Address string // empty: none yet
}

// Network is what the machine is connected by. Its methods may be slow and are
// called on other goroutines.
type Network interface {
	Links() ([]Link, error)
	// Turn switches a link on or off.
	Turn(name string, on bool) error
}

// networkPage is the links, as they are at the moment.
type networkPage struct {
	settingsPage
	links []Link
	timer *ui.Timer
	busy  bool
}

// networkEvery is how often they are looked at.
const networkEvery = 2 * time.Second

func newNetworkPage(a *App) *networkPage {
	p := &networkPage{}
	p.init(a, a.words.network, &p.rows)
	p.timer = a.desk.NewTimer(func() { p.load(nil) })
	return p
}

func (p *networkPage) enter() {
	p.list.Focus()
	p.load(nil)
}

func (p *networkPage) leave() { p.timer.Stop() }

// load does something first, and then shows how things are.
func (p *networkPage) load(first func() error) {
	a := p.app
	if p.busy {
		return
	}
	p.busy = true
	var links []Link
	a.work(func() (err error) {
		if first != nil {
			if err := first(); err != nil {
				return err
			}
		}
		links, err = a.opt.Network.Links()
		return err
	}, func(err error) {
		p.busy = false
		if err != nil {
			a.bands.say(theme.IconWarn, a.words.network, a.words.fault(err))
		} else {
			p.put(links)
		}
		if a.top() == pageNetwork {
			p.timer.Start(networkEvery)
		}
	})
}

// put shows the links, and draws what is different.
func (p *networkPage) put(links []Link) {
	a, old := p.app, p.links
	p.links = links
	if len(links) != len(old) {
		p.rows = nil
		for i := range links {
			p.rows = append(p.rows, item{row: func(r *widget.Row) {
				l := &p.links[i]
				r.Icon, r.Title, r.Sub, r.Switch = theme.IconNet, l.Name, a.words.linkState(l), widget.SwitchOf(l.On)
			}, do: p.toggle})
		}
		p.list.Reset(0)
		return
	}
	for i := range links {
		if links[i] != old[i] {
			p.list.Changed(i)
		}
	}
}

func (p *networkPage) toggle(i int) {
	l := p.links[i]
	p.load(func() error { return p.app.opt.Network.Turn(l.Name, !l.On) })
}

// linkState is a link in a few words.
func (w *words) linkState(l *Link) string {
	switch {
	case !l.On:
		return w.off
	case l.Address != "":
		return l.Address
	case !l.Carrier:
		return w.noCable
	}
	return w.noAddress
}
