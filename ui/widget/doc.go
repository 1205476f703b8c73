// Package widget has the controls that Linnet's screens are made of, one file
// each. A control embeds its ui.Window; whoever uses it fills in the exported
// fields, adds the window to another and then changes it by its methods,
// which invalidate no more than what looks different.
//
// Controls draw on a plain colour (Paper) and are opaque. Anything that can
// be pressed shows that it is pressed at once, acts when the finger is lifted
// inside, and acts on enter when it has the focus. The focus is a ring two
// pixels wide, two pixels outside of what it belongs to, or in a list a bar;
// each control's rectangle must leave room for it.
//
// Nothing here allocates when it is painted, but to shorten a text that does
// not fit.
package widget
