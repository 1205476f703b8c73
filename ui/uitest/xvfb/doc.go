// Package xvfb runs an X server without glass for a test, looks at its screen
// and works its mouse and keyboard.
//
// The screen is read from the file in which Xvfb keeps its frame buffer, so a
// screenshot starts no program. Input goes through xdotool, which
// asks the server's XTEST extension; what is dragged onto a window comes from a
// client in the test itself, which speaks XDND. Both programs are Debian packages, xvfb and
// xdotool; a test that needs one that is missing is skipped and says so.
package xvfb
