package app

import (
	"fmt"
	"image"
	"time"

	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// timeOfDay is the time on the wall, and whether it is known. Where the clock is
// set here, it is so in the zone that was chosen here.
func (a *App) timeOfDay() (time.Time, bool) {
	t, known := a.opt.Time()
	if a.opt.SetTime != nil {
		t = t.In(time.FixedZone("", int(a.prefs.Zone/time.Second)))
	}
	return t, known
}

// newTimePage is the clock and the zone.
func newTimePage(a *App) *settingsPage {
	w := a.words
	return settingsOf(a, w.time, func(p *settingsPage) {
		p.link(theme.IconClock, w.setClock, "", func() string {
			t, known := a.timeOfDay()
			if !known {
				return w.unknown
			}
			return t.Format("2006-01-02 15:04")
		}, pageClock)
		p.link(theme.IconGlobe, w.zone, "", func() string { return zoneName(a.prefs.Zone) }, pageZone)
	})
}

// zoneName is an offset from Coordinated Universal Time.
func zoneName(d time.Duration) string {
	sign, m := "+", int(d/time.Minute)
	if m < 0 {
		sign, m = "\u2212", -m
	}
	switch {
	case m == 0:
		return "UTC"
	case m%60 == 0:
		return fmt.Sprintf("UTC%s%d", sign, m/60)
	}
	return fmt.Sprintf("UTC%s%d:%02d", sign, m/60, m%60)
}

// zones are those to choose from, in minutes, with a city in each.
var zones = []struct {
	minutes int
	cities  [2]string // by Lang
}{
	{-660, [2]string{"Pago Pago", "帕果帕果"}}, {-600, [2]string{"Honolulu", "檀香山"}}, {-570, [2]string{"Marquesas", "马克萨斯"}},
	{-540, [2]string{"Anchorage", "安克雷奇"}}, {-480, [2]string{"Los Angeles", "洛杉矶"}}, {-420, [2]string{"Denver", "丹佛"}},
	{-360, [2]string{"Mexico City", "墨西哥城"}}, {-300, [2]string{"New York", "纽约"}}, {-240, [2]string{"Santiago", "圣地亚哥"}},
	{-210, [2]string{"St. John’s", "圣约翰斯"}}, {-180, [2]string{"São Paulo", "圣保罗"}}, {-120, [2]string{"South Georgia", "南乔治亚"}},
	{-60, [2]string{"Azores", "亚速尔"}}, {0, [2]string{"London, winter", "伦敦（冬）"}}, {60, [2]string{"Berlin, winter", "柏林（冬）"}},
	{120, [2]string{"Berlin, summer", "柏林（夏）"}}, {180, [2]string{"Moscow", "莫斯科"}}, {210, [2]string{"Tehran", "德黑兰"}},
	{240, [2]string{"Dubai", "迪拜"}}, {270, [2]string{"Kabul", "喀布尔"}}, {300, [2]string{"Karachi", "卡拉奇"}},
	{330, [2]string{"Delhi", "德里"}}, {345, [2]string{"Kathmandu", "加德满都"}}, {360, [2]string{"Dhaka", "达卡"}},
	{390, [2]string{"Yangon", "仰光"}}, {420, [2]string{"Bangkok", "曼谷"}}, {480, [2]string{"Beijing, Singapore", "北京、新加坡"}},
	{525, [2]string{"Eucla", "尤克拉"}}, {540, [2]string{"Tokyo, Seoul", "东京、首尔"}}, {570, [2]string{"Adelaide", "阿德莱德"}},
	{600, [2]string{"Sydney", "悉尼"}}, {630, [2]string{"Lord Howe", "豪勋爵岛"}}, {660, [2]string{"Nouméa", "努美阿"}},
	{720, [2]string{"Auckland, winter", "奥克兰（冬）"}}, {765, [2]string{"Chatham", "查塔姆"}}, {780, [2]string{"Apia", "阿皮亚"}}, {840, [2]string{"Kiritimati", "基里蒂马蒂"}},
}

// newZonePage is all zones.
func newZonePage(a *App) *settingsPage {
	chosen := 0
	p := settingsOf(a, a.words.zone, func(p *settingsPage) {
		for i, z := range zones {
			d := time.Duration(z.minutes) * time.Minute
			if d == a.prefs.Zone {
				chosen = i
			}
			p.rows = append(p.rows, item{
				row: func(r *widget.Row) {
					r.Icon, r.Title, r.Sub, r.Check = theme.IconGlobe, zoneName(d), z.cities[a.prefs.Lang], d == a.prefs.Zone
				},
				do: func(int) {
					a.keep(func(q *Prefs) { q.Zone = d })
					p.list.InvalidateAll()
					a.back()
				},
			})
		}
	})
	p.list.Reset(chosen)
	return p
}

// clockPage sets the clock.
type clockPage struct {
	app   *App
	panel widget.Panel
	head  header
	parts [5]widget.Spinner // year, month, day, hour, minute
	set   widget.Pill
}

// Places on the screen.
var (
	clockParts = [5][2]int{{8, 80}, {84, 136}, {140, 192}, {204, 256}, {260, 312}} // from, to
	clockSet   = image.Rect(90, 196, 230, 232)
)

const (
	clockTop  = 68
	clockYear = 2025 // the first that is believed; see timeOfDay of cmd/linnet
	lastYear  = 2037 // the last one whole of 32-bit time, which small boards have
)

func newClockPage(a *App) *clockPage {
	p := &clockPage{app: a}
	p.panel = widget.Panel{Paper: a.theme.Background, OnEvent: a.pageKey, Over: p.paint}
	a.addPage(&p.panel)
	p.head.init(a, &p.panel.Window, a.back)
	p.head.set(a.words.setClock, "")
	for i := range p.parts {
		s := &p.parts[i]
		*s = widget.Spinner{Theme: a.theme, Paper: a.theme.Background, Digits: 2, Change: func(int) { p.fit() }}
		at := clockParts[i]
		p.panel.Add(&s.Window, image.Rect(at[0], clockTop, at[1], clockTop+widget.SpinnerHeight), s)
		s.Init()
	}
	p.parts[0].Limit(clockYear, lastYear)
	p.parts[1].Limit(1, 12)
	p.parts[3].Limit(0, 23)
	p.parts[4].Limit(0, 59)
	p.set = a.pill(a.words.setIt, widget.Loud, p.apply)
	p.panel.Add(&p.set.Window, clockSet.Inset(-widget.RingRoom), &p.set)
	p.set.SetFocusable(true)
	return p
}

func (p *clockPage) base() *widget.Panel { return &p.panel }
func (p *clockPage) show(*State)         {}
func (p *clockPage) leave()              {}

// enter begins with what the clock says.
func (p *clockPage) enter() {
	t, _ := p.app.timeOfDay()
	for i, v := range [5]int{t.Year(), int(t.Month()), 0, t.Hour(), t.Minute()} {
		p.parts[i].Set(v)
	}
	p.fit()
	p.parts[2].Set(t.Day())
	p.parts[3].Focus()
}

// fit gives the month its days.
func (p *clockPage) fit() {
	year, month := p.parts[0].Value(), time.Month(p.parts[1].Value())
	p.parts[2].Limit(1, time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day())
}

// apply sets the clock to what is shown.
func (p *clockPage) apply() {
	a, v := p.app, &p.parts
	zone := time.FixedZone("", int(a.prefs.Zone/time.Second))
	t := time.Date(v[0].Value(), time.Month(v[1].Value()), v[2].Value(), v[3].Value(), v[4].Value(), 0, 0, zone)
	a.work(func() error { return a.opt.SetTime(t) }, func(err error) {
		if err != nil {
			a.bands.say(theme.IconWarn, a.words.clockFailed, a.words.fault(err))
			return
		}
		if a.top() == pageClock {
			a.back()
		}
		a.bands.say(theme.IconCheck, a.words.clockIsSet, t.Format("2006-01-02 15:04"))
	})
}

// paint says what the numbers are.
func (p *clockPage) paint(dst *rgb565.Image) {
	t := p.app.theme
	for i, name := range p.app.words.clockParts {
		x := (clockParts[i][0] + clockParts[i][1] - font.Width(font.Small, name)) / 2
		font.Draw(dst, font.Small, x, clockTop-8, name, t.Text2, t.Curve)
	}
	x := (clockParts[3][1] + clockParts[4][0] - font.Width(font.Large, ":")) / 2
	font.Draw(dst, font.Large, x, clockTop+theme.Header+24, ":", t.Text2, t.Curve)
}
