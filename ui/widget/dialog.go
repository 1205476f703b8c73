package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Question is what a dialog asks.
type Question struct {
	Icon    theme.Icon
	Ask     string // one line
	Tell    string // what will happen; up to three lines
	No, Yes string // what the buttons say; without No there is one button
	Harmful bool   // Yes loses something
	Do      func() // Yes
}

// Dialog asks a question on a shade: a box in the middle, the harmless answer
// left, the action right. Back, and a touch beside the box, are the harmless
// answer.
type Dialog struct {
	Theme *theme.Theme

	shade   Shade
	box     dialogBox
	no, yes Pill
	q       Question
	closed  func()
}

// dialogBox is the box with the words.
type dialogBox struct {
	ui.Window
	of    *Dialog
	lines []string
}

const (
	dialogWidth  = 272
	dialogPad    = 16
	dialogLines  = 3
	dialogPill   = 40
	dialogPillTo = 12 // from the buttons to the box's edge
)

// Init adds the dialog to a page's desktop, hidden.
func (d *Dialog) Init(root *ui.Window) {
	d.shade.Away = d.Close
	d.shade.Show(false)
	root.Add(&d.shade.Window, root.Rect(), &d.shade)
	d.box.of = d
	d.shade.Add(&d.box.Window, image.Rectangle{}, &d.box)
	d.no = Pill{Theme: d.Theme, Tone: Soft, Paper: d.Theme.Raised, Click: d.Close}
	d.yes = Pill{Theme: d.Theme, Paper: d.Theme.Raised, Click: d.do}
	for _, p := range []*Pill{&d.no, &d.yes} {
		d.box.Add(&p.Window, image.Rectangle{}, p)
		p.SetFocusable(true)
	}
}

// Open asks. closed is called when the answer was given, whatever it was,
// before it is acted on; it may be nil.
func (d *Dialog) Open(q Question, closed func()) {
	d.q, d.closed = q, closed
	d.box.lines = font.WrapEven(font.Small, q.Tell, dialogWidth-2*dialogPad, dialogLines)
	height := 44 + 16*len(d.box.lines) + 10 + dialogPill + dialogPillTo
	d.box.SetRect(centered(d.shade.Rect(), image.Pt(dialogWidth, height)))
	d.yes.Text, d.yes.Tone = q.Yes, Loud
	if q.Harmful {
		d.yes.Tone = Harmful
	}
	d.no.Text = q.No
	d.no.Show(q.No != "")
	d.place()
	d.shade.Open()
	if q.No != "" {
		d.no.Focus()
	} else {
		d.yes.Focus()
	}
}

// place puts the buttons into the box.
func (d *Dialog) place() {
	r := d.box.Rect()
	row := image.Rect(r.Min.X+dialogPad-4, r.Max.Y-dialogPillTo-dialogPill, r.Max.X-dialogPad+4, r.Max.Y-dialogPillTo)
	if d.q.No == "" {
		d.yes.SetRect(centered(row, image.Pt(120, dialogPill)).Inset(-RingRoom))
		return
	}
	cells := ui.Row(row, 10, ui.Stretch(1), ui.Stretch(1))
	d.no.SetRect(cells[0].Inset(-RingRoom))
	d.yes.SetRect(cells[1].Inset(-RingRoom))
}

// Shown says whether the dialog asks.
func (d *Dialog) Shown() bool { return d.shade.Shown() }

// Close is the harmless answer.
func (d *Dialog) Close() {
	d.shade.Close()
	if f := d.closed; f != nil {
		d.closed = nil
		f()
	}
}

func (d *Dialog) do() {
	d.Close()
	if d.q.Do != nil {
		d.q.Do()
	}
}

// Paint draws the box.
func (b *dialogBox) Paint(dst *rgb565.Image) {
	t := b.of.Theme
	b.of.shade.Paint(dst) // behind the round corners
	r := b.Rect()
	dst.RoundRect(r, t.RadiusDialog, t.Raised)
	ink := t.Accent
	if b.of.q.Harmful {
		ink = t.Danger
	}
	dst.DrawMask(r.Min.Add(image.Pt(dialogPad, 12)), t.Mask(b.of.q.Icon, 24), ink)
	x := r.Min.X + dialogPad + 32
	ask := font.Ellipsis(font.BodyBold, b.of.q.Ask, r.Max.X-dialogPad-x)
	font.Draw(dst, font.BodyBold, x, r.Min.Y+29, ask, t.Text, t.Curve)
	for i, l := range b.lines {
		font.Draw(dst, font.Small, r.Min.X+dialogPad, r.Min.Y+56+16*i, l, t.Text, t.Curve)
	}
}

// Handle takes what touches the box.
func (b *dialogBox) Handle(e ial.Event) bool { return e.Type == ial.PointerDown }
