package widget

import (
	"image"
	"strings"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/pinyin"
	"linnet/ui/theme"
)

// KeyboardHeight is how high the keyboard is, with its bar of candidates.
const KeyboardHeight = 134

// Keyboard types into an Edit: Latin letters, digits and signs, and with
// Chinese on, pinyin, of which a bar above the keys offers hanzi. By keys the
// focus walks over the grid and, above it, along the candidates.
type Keyboard struct {
	ui.Window
	Theme       *theme.Theme
	Edit        *Edit
	Space, Done string // what these keys say
	Enter       func()
	Chinese     bool

	signs, upper bool
	spelling     string // letters typed and not yet chosen from
	found        []rune // candidates for its first syllable
	shown        int    // the first of them that is shown
	fit          int    // how many are shown
	focus        kbKey
	held         kbKey
	holding      bool
}

// kbKey is a key by its row and place; row -1 is the candidates.
type kbKey struct{ row, col int }

// What keys do.
const (
	kbShift = "shift"
	kbBack  = "back"
	kbMode  = "mode"
	kbSigns = "signs"
	kbSpace = "space"
	kbDone  = "done"
)

// kbLetters and kbSignKeys are the rows of keys.
var (
	kbLetters = [4][]string{
		strings.Split("q w e r t y u i o p", " "),
		strings.Split("a s d f g h j k l", " "),
		{kbShift, "z", "x", "c", "v", "b", "n", "m", kbBack},
		{kbSigns, kbMode, kbSpace, kbDone},
	}
	kbSignKeys = [4][]string{
		strings.Split("1 2 3 4 5 6 7 8 9 0", " "),
		strings.Split("- / : ; ( ) & @ \" '", " "),
		{kbShift, ".", ",", "?", "!", "+", "_", "#", kbBack},
		{kbSigns, kbMode, kbSpace, kbDone},
	}
)

// Measures within the keyboard.
const (
	kbBar    = 28 // height of the candidates
	kbTop    = 30 // where the keys begin
	kbPitchX = 32
	kbPitchY = 26
	kbHigh   = 24
	kbMost   = 120 // candidates that are looked for
)

// Init makes the keyboard ready.
func (k *Keyboard) Init() {
	k.SetFocusable(true)
	k.found = make([]rune, 0, kbMost)
	k.focus = kbKey{1, 4}
}

// Reset forgets what was begun.
func (k *Keyboard) Reset() {
	k.signs, k.upper = false, false
	k.spell("")
	k.InvalidateAll()
}

func (k *Keyboard) keys() *[4][]string {
	if k.signs {
		return &kbSignKeys
	}
	return &kbLetters
}

// key is where a key is drawn.
func (k *Keyboard) key(at kbKey) image.Rectangle {
	r := k.Rect()
	y := r.Min.Y + kbTop + at.row*kbPitchY
	if at.row == 3 {
		x := [...]int{2, 50, 98, 226, 318}
		return image.Rect(r.Min.X+x[at.col], y, r.Min.X+x[at.col+1]-4, y+kbHigh)
	}
	n := len(k.keys()[at.row])
	x, w := r.Min.X+(r.Dx()-n*kbPitchX)/2, kbPitchX
	if at.row == 2 { // shift and backspace are wider
		switch at.col {
		case 0:
			return image.Rect(r.Min.X+2, y, x+w-2, y+kbHigh)
		case n - 1:
			return image.Rect(x+(n-1)*w+2, y, r.Max.X-2, y+kbHigh)
		}
	}
	return image.Rect(x+at.col*w+2, y, x+(at.col+1)*w-2, y+kbHigh)
}

// Paint draws the keyboard.
func (k *Keyboard) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, k.Theme.Surface)
	k.paintBar(dst)
	for row, keys := range k.keys() {
		for col := range keys {
			if at := (kbKey{row, col}); k.key(at).Inset(-RingRoom).Overlaps(dst.Rect) {
				k.paintKey(dst, at)
			}
		}
	}
}

func (k *Keyboard) paintKey(dst *rgb565.Image, at kbKey) {
	t, r, name := k.Theme, k.key(at), k.keys()[at.row][at.col]
	fill, ink := t.Raised, t.Text
	switch {
	case name == kbDone:
		fill, ink = t.Accent, t.OnAccent
	case name == kbShift && k.upper, name == kbMode && k.Chinese, name == kbSigns && k.signs:
		ink = t.Accent
	}
	if k.holding && k.held == at {
		fill = t.Line
		if ink == t.Accent {
			ink = t.Text
		}
	}
	dst.RoundRect(r, t.RadiusSmall, fill)
	if k.FocusShown() && k.focus == at {
		dst.RoundRing(r.Inset(-1), t.RadiusSmall+1, t.FocusRing, t.Focus)
	}
	switch name {
	case kbShift:
		drawIcon(dst, t, r, theme.IconShift, 16, ink)
	case kbBack:
		drawIcon(dst, t, r, theme.IconBackspace, 16, ink)
	default:
		k.paintName(dst, r, name, ink)
	}
}

func (k *Keyboard) paintName(dst *rgb565.Image, r image.Rectangle, name string, ink rgb565.Color) {
	style := font.Body
	switch name {
	case kbMode:
		name = "EN"
		if k.Chinese {
			name = "中"
		}
	case kbSigns:
		name, style = "123", font.Small
		if k.signs {
			name = "abc"
		}
	case kbSpace:
		name, style = k.Space, font.Small
	case kbDone:
		name = k.Done
	default:
		if k.upper {
			name = strings.ToUpper(name)
		}
	}
	x := r.Min.X + (r.Dx()-font.Width(style, name))/2
	y := r.Min.Y + 17
	if style == font.Small {
		y--
	}
	font.Draw(dst, style, x, y, name, ink, k.Theme.Curve)
}

// Handle follows the pointer and the keys.
func (k *Keyboard) Handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		k.hold(k.at(e.At))
	case ial.PointerMove:
		if k.holding {
			k.hold(k.at(e.At))
		}
	case ial.PointerUp:
		if at, on := k.held, k.holding; on {
			k.hold(at, false)
			k.press(at)
		}
	case ui.Cancel:
		k.hold(k.held, false)
	case ial.KeyPress:
		return k.walk(e)
	default:
		return false
	}
	return true
}

// at is the key nearest to a point: between two keys there is nothing that is
// neither.
func (k *Keyboard) at(p image.Point) (kbKey, bool) {
	r := k.Rect()
	if !p.In(r) {
		return kbKey{}, false
	}
	if p.Y < r.Min.Y+kbTop-1 {
		return k.candidateAt(p)
	}
	row := min((p.Y-r.Min.Y-kbTop+1)/kbPitchY, 3)
	for col := range k.keys()[row] {
		c := k.key(kbKey{row, col})
		if p.X >= c.Min.X-2 && p.X < c.Max.X+2 {
			return kbKey{row, col}, true
		}
	}
	return kbKey{}, false
}

// hold shows a key as pressed, or none.
func (k *Keyboard) hold(at kbKey, on bool) {
	if at == k.held && on == k.holding {
		return
	}
	k.touch(k.held)
	k.held, k.holding = at, on
	k.touch(at)
}

// touch draws a key anew.
func (k *Keyboard) touch(at kbKey) {
	if at.row < 0 {
		k.Invalidate(k.bar())
	} else if at.row < 4 && at.col < len(k.keys()[at.row]) {
		k.Invalidate(k.key(at).Inset(-RingRoom))
	}
}

// press is what a key does.
func (k *Keyboard) press(at kbKey) {
	if at.row < 0 {
		k.take(at.col)
		return
	}
	switch name := k.keys()[at.row][at.col]; name {
	case kbShift:
		k.upper = !k.upper
		k.InvalidateAll()
	case kbBack:
		if k.spelling != "" {
			k.spell(k.spelling[:len(k.spelling)-1])
		} else {
			k.Edit.Backspace()
		}
	case kbMode:
		k.Chinese = !k.Chinese
		k.spell("")
		k.InvalidateAll()
	case kbSigns:
		k.signs = !k.signs
		k.InvalidateAll()
	case kbSpace:
		k.space()
	case kbDone:
		if k.spelling != "" {
			k.Edit.Insert(k.spelling)
			k.spell("")
		}
		k.Enter()
	default:
		k.letter(name)
	}
}

func (k *Keyboard) space() {
	if k.spelling != "" {
		k.take(0)
	} else {
		k.Edit.Insert(" ")
	}
}

func (k *Keyboard) letter(name string) {
	switch {
	case k.upper:
		k.Edit.Insert(strings.ToUpper(name))
		k.upper = false
		k.InvalidateAll()
	case k.Chinese && (!k.signs || name == "'" && k.spelling != ""):
		if len(k.spelling) < 24 {
			k.spell(k.spelling + name)
		}
	case k.Chinese:
		k.Edit.Insert(wideSign(name))
	default:
		k.Edit.Insert(name)
	}
}

// wideSign is the form of a sign that Chinese has of its own.
func wideSign(s string) string {
	if i := strings.Index(",.?!:;()", s); i >= 0 {
		return string([]rune("，。？！：；（）")[i])
	}
	return s
}

// spell looks for candidates for other letters.
func (k *Keyboard) spell(letters string) {
	k.spelling, k.shown, k.found = letters, 0, k.found[:0]
	if letters == "" {
		k.Edit.SetTyping("")
	} else {
		parts := pinyin.Split(letters)
		k.Edit.SetTyping(strings.Join(parts, "’"))
		if len(parts) > 0 {
			k.found = pinyin.Find(k.found, parts[0], kbMost)
		}
	}
	if k.focus.row < 0 {
		k.focus = kbKey{0, 0}
		k.InvalidateAll()
	}
	k.Invalidate(k.bar())
}

// walk moves the focus and presses what has it.
func (k *Keyboard) walk(e ial.Event) bool {
	to := k.focus
	switch e.Key {
	case ial.KeyEnter:
		k.press(k.focus)
		return true
	case ial.KeyLeft:
		to.col--
	case ial.KeyRight:
		to.col++
	case ial.KeyUp:
		to = k.above(-1)
	case ial.KeyDown:
		to = k.above(1)
	default:
		return false
	}
	switch {
	case to.row < 0:
		return k.walkBar(e.Key, to.col)
	case to.row > 3:
		return true
	}
	if to.col < 0 || to.col >= len(k.keys()[to.row]) {
		return true
	}
	k.setFocus(to)
	return true
}

// above is the key in the next row, up (-1) or down (1), that is nearest.
func (k *Keyboard) above(way int) kbKey {
	row := k.focus.row + way
	if row > 3 {
		return kbKey{4, 0}
	}
	if row < 0 {
		if row < -1 || len(k.found) == 0 {
			return k.focus
		}
		return kbKey{-1, 0}
	}
	if k.focus.row < 0 {
		return kbKey{0, min(k.focus.col, 9)}
	}
	mid := center(k.key(k.focus)).X
	best, least := kbKey{row, 0}, 1000
	for col := range k.keys()[row] {
		d := center(k.key(kbKey{row, col})).X - mid
		if d = max(d, -d); d < least {
			best, least = kbKey{row, col}, d
		}
	}
	return best
}

func (k *Keyboard) setFocus(to kbKey) {
	k.touch(k.focus)
	k.focus = to
	k.touch(to)
}

func center(r image.Rectangle) image.Point { return r.Min.Add(r.Max).Div(2) }
