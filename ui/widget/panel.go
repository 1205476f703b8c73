package widget

import (
	"linnet/ui"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
)

// Panel is a plain surface for other controls.
type Panel struct {
	ui.Window
	Paper   rgb565.Color
	OnEvent func(ial.Event) bool // what its children did not use; may be nil
	Over    func(*rgb565.Image)  // draws on the panel; may be nil
}

// Paint fills the panel.
func (p *Panel) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, p.Paper)
	if p.Over != nil {
		p.Over(dst)
	}
}

// Handle asks OnEvent.
func (p *Panel) Handle(e ial.Event) bool { return p.OnEvent != nil && p.OnEvent(e) }
