// Package ui is a small window system for one screen and one user: windows in
// a tree, messages in a fixed order, and drawing of nothing but what changed.
// Its ideas and words are MiniGUI's; its code is its own.
//
// # Windows
//
// A [Desktop] owns a screen and a tree of [Window]s. A window's rectangle is
// in screen coordinates, is clipped by its parents, and is opaque: its
// [Control] paints every pixel of it, so what lies below never shows through.
// Among the children of one window a later one is above an earlier one. A
// window that shows text on a page therefore knows the page's colour; in
// return nothing is ever drawn twice.
//
// # Messages
//
// Everything happens on the goroutine that called [Desktop.Run], in turns. In
// a turn messages come in this order:
//
//	quit    the loop paints what is due and ends
//	sync    Call: another goroutine waits for it
//	notify  Notice: something changed; raised twice, told once
//	posted  input events and Post, in the order in which they came
//	paint   the invalid regions of all windows, then one flush
//	timer   what is due on the clock
//
// Between any two posted messages the loop looks for those of higher rank.
// Paint is below input, so ten pointer moves cost one drawing; it is not
// starved, because a turn takes only those posted messages that were there
// when it began. Pointer moves that wait behind one another are one.
//
// # Invalid regions
//
// A control that changes calls [Window.Invalidate] with the part that did. Each
// window gathers a bounded list of disjoint rectangles; when they are painted
// they are clipped by the parents, by every window above and by the window's
// own children. Counters tell what that cost: see [Desktop.Stats].
//
// # Input
//
// A press goes to the topmost window under it, then to its parents until one
// takes it; that one has the pointer until it is lifted. A key goes to the
// window with the focus, then to its parents; an arrow key that nobody wants
// moves the focus to the nearest window in that direction. The focus is shown
// only while the user works with keys, from the first arrow, enter, back, home
// or page key to the next touch. While it is hidden an arrow or enter is not
// given to the window that has it, but only to its parents, and shows it.
package ui
