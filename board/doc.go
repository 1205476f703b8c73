// Package board says what a board is, as data: its screen, touch panel, keys,
// sound, mixer, backlight and flash. Drivers are written against the kernel's
// interfaces and read what differs between boards from here, so another board
// is another table and no code.
//
// It imports nothing of the module. Front ends hand its numbers on: the
// interface is told the size of a screen, not the name of a board.
//
// What a table leaves at zero is asked of the kernel when the program runs
// (EVIOCGABS for the ranges of a touch panel, SNDRV_PCM_IOCTL_HW_REFINE for
// rates) or is not there at all; each field says which.
package board
