// Package fbdev is the screen of a board: the kernel's frame buffer device,
// mapped into memory.
//
// The interface draws on a surface in ordinary, cached memory. Flush copies
// the parts that changed into the frame buffer, turned by a quarter where the
// panel stands upright below a picture that lies: the frame buffer is memory
// without a cache, so it is only ever written, in its own order, and nothing
// that did not change is touched. Pixels are RGB565 and nothing else; where
// the device is set to another format it is asked to change, and where it
// does not, Open says so with a ModeError.
//
// # One buffer or two
//
// Since drawing happens elsewhere, a single buffer never shows a picture half
// drawn. What it can show is one frame of the panel in which the upper part is
// old and the lower new, and that is visible only where much moves: a list that
// scrolls. Panning to a second buffer avoids it, but waits for the panel's next
// frame (up to 17 ms at 60 Hz) and copies what the second buffer missed. So both
// are used: where the driver pans and its memory has room for two, a flush of a
// quarter of the screen or more that is one of many goes to the hidden buffer and
// is then panned to. A smaller one, as of a clock or a spectrum, and a single large
// one, as of another page, which somebody who touched the screen waits for, goes
// straight to the buffer that is seen: a frame of two pages that have nothing in
// common is no motion that is torn. What the other buffer lacks is
// kept as a short list of rectangles, and it catches up when it is next used.
// The S3C2410's driver does not pan; there everything goes to the one buffer.
//
// # Console
//
// The kernel draws its text console into the same memory. Open puts it into
// graphics mode, where it leaves the screen alone, and Close puts it back.
//
// Files by stage: layout.go has the kernel's structures, kernel.go the calls,
// mode.go the negotiation, screen.go the showing, lend.go the lending,
// console.go the console.
package fbdev
