package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Equaliser is a row of columns with a knob each, from +Most to -Most. The
// finger may be put anywhere in a column and swept across others to draw a
// curve; keys left and right choose a column, up and down move its knob.
type Equaliser struct {
	ui.Window
	Theme  *theme.Theme
	Paper  rgb565.Color
	Names  []string // of the columns
	Most   int      // the largest value
	Step   int      // of a key
	Off    bool     // it has no effect: no accent
	Change func(column, value int)

	values []int
	cur    int
	drag   bool
}

// Places within the control.
const (
	eqTop    = 14  // where +Most is
	eqHeight = 116 // from there to -Most
	eqLabel  = 22  // from the lower end to the names' baseline
	eqTrack  = 4
)

// eqKnob is how large a knob is.
var eqKnob = image.Pt(20, 10)

// EqualiserHeight is how high the control must be.
const EqualiserHeight = eqTop + eqHeight + eqLabel + 6

// Init makes the control ready.
func (q *Equaliser) Init() {
	q.values = make([]int, len(q.Names))
	q.SetFocusable(true)
}

// Set shows other values, without telling Change.
func (q *Equaliser) Set(values []int) {
	for i := range q.values {
		q.move(i, values[i])
	}
}

// SetOff says whether the values have an effect.
func (q *Equaliser) SetOff(off bool) {
	if off != q.Off {
		q.Off = off
		q.InvalidateAll()
	}
}

// Current is the column with the focus, and its value.
func (q *Equaliser) Current() (column, value int) { return q.cur, q.values[q.cur] }

// column is the part of the window that belongs to a column.
func (q *Equaliser) column(i int) image.Rectangle {
	r, n := q.Rect(), len(q.Names)
	return image.Rect(r.Min.X+r.Dx()*i/n, r.Min.Y, r.Min.X+r.Dx()*(i+1)/n, r.Max.Y)
}

// y is where a value stands.
func (q *Equaliser) y(value int) int {
	return q.Rect().Min.Y + eqTop + (q.Most-value)*eqHeight/(2*q.Most)
}

func (q *Equaliser) move(i, value int) {
	value = max(-q.Most, min(value, q.Most))
	if value != q.values[i] {
		q.values[i] = value
		q.Invalidate(q.column(i))
	}
}

// Paint draws the columns that lie in dst.
func (q *Equaliser) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, q.Paper)
	r := q.Rect()
	dst.Fill(image.Rect(r.Min.X, q.y(0), r.Max.X, q.y(0)+1), q.Theme.Line)
	for i := range q.values {
		if q.column(i).Overlaps(dst.Rect) {
			q.paintColumn(dst, i)
		}
	}
}

func (q *Equaliser) paintColumn(dst *rgb565.Image, i int) {
	t, r := q.Theme, q.column(i)
	x := (r.Min.X + r.Max.X) / 2
	dst.RoundRect(image.Rect(x-eqTrack/2, q.y(q.Most), x+eqTrack/2, q.y(-q.Most)), eqTrack/2, t.Line)
	ink, fill := t.Text, t.Accent
	if q.Off {
		ink, fill = t.Text2, t.Text2
	}
	y := q.y(q.values[i])
	dst.Fill(image.Rect(x-eqTrack/2, min(y, q.y(0)), x+eqTrack/2, max(y, q.y(0))), fill)
	knob := image.Rectangle{Min: image.Pt(x, y).Sub(eqKnob.Div(2))}
	knob.Max = knob.Min.Add(eqKnob)
	dst.RoundRect(knob, eqKnob.Y/2, ink)
	if q.FocusShown() && i == q.cur {
		dst.RoundRing(knob.Inset(-RingRoom), eqKnob.Y/2+RingRoom, t.FocusRing, t.Focus)
	}
	name := q.Names[i]
	font.Draw(dst, font.Small, x-font.Width(font.Small, name)/2, q.y(-q.Most)+eqLabel, name, t.Text2, t.Curve)
}

// Handle follows the pointer and the keys.
func (q *Equaliser) Handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		q.drag = true
		q.follow(e.At)
	case ial.PointerMove:
		q.follow(e.At)
	case ial.PointerUp, ui.Cancel:
		q.drag = false
	case ial.KeyPress:
		return q.key(e.Key)
	default:
		return false
	}
	return true
}

// follow brings the knob of the column under the finger to it.
func (q *Equaliser) follow(p image.Point) {
	if !q.drag {
		return
	}
	n := len(q.Names)
	i := max(0, min((p.X-q.Rect().Min.X)*n/q.Rect().Dx(), n-1))
	value := q.Most - (p.Y-q.Rect().Min.Y-eqTop)*2*q.Most/eqHeight
	value = (value + q.Most + q.Step/2) / q.Step * q.Step
	if value -= q.Most; value > -q.Step && value < q.Step {
		value = 0 // the middle is easily hit
	}
	q.choose(i)
	q.tell(i, value)
}

func (q *Equaliser) key(k ial.Key) bool {
	switch {
	case k == ial.KeyLeft && q.cur > 0:
		q.choose(q.cur - 1)
	case k == ial.KeyRight && q.cur < len(q.values)-1:
		q.choose(q.cur + 1)
	case k == ial.KeyUp && q.values[q.cur] < q.Most:
		q.tell(q.cur, q.values[q.cur]+q.Step)
	case k == ial.KeyDown && q.values[q.cur] > -q.Most:
		q.tell(q.cur, q.values[q.cur]-q.Step)
	default:
		return false
	}
	return true
}

func (q *Equaliser) choose(i int) {
	if i == q.cur {
		return
	}
	q.Invalidate(q.column(q.cur))
	q.cur = i
	q.Invalidate(q.column(i))
	q.tell(i, q.values[i])
}

func (q *Equaliser) tell(i, value int) {
	q.move(i, value)
	if q.Change != nil {
		q.Change(i, q.values[i])
	}
}
