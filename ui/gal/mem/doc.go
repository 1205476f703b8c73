// Package mem is a screen in memory: for tests, for golden pictures, and for
// machines without a display.
//
// It keeps what was drawn apart from what was flushed, so a forgotten
// rectangle shows in its pictures as it would on a panel.
package mem
