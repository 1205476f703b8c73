// Package theme is how Linnet looks, as data: two palettes, the icons, the
// bird, and the measures that its screens share.
//
// Colours are named by role, not by hue. One loud thing stands on a screen:
// Accent marks what plays, what is on, or the one main action, and nothing
// else. Every neutral has R >= G >= B on the panel's scale, so that no grey
// turns green, and every pair of colours that carries words has a contrast
// of at least 4.5 (WCAG 2).
//
// Icons and bird are masks drawn at build time from outlines (internal/gen):
// nothing is scaled or prepared at run time, and nothing here allocates but
// WindowIcon.
package theme
