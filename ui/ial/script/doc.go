// Package script plays a text file as input: what a test or a demonstration
// types and touches. It can also write down what a user did, to be played
// again.
//
// A script has one command a line. A line may begin with a duration, which is
// waited before its command, counted from the end of the line before. What
// follows a # at the start of a line or after a space is a comment.
//
//	wait 2s                        # do nothing
//	0.5s tap 160 210               # press and lift there
//	drag 50 181 200 181 400ms      # press, move in a straight line, lift
//	down 50 181                    # the parts of a drag, to look in between
//	move 90 181
//	up 90 181
//	wheel 160 120 -2               # two lines up, the pointer being there
//	key down                       # press and release
//	keydown right                  # the parts of a key press, and its repeat
//	keyrepeat right
//	keyup right
//	shot now-playing.png           # has the hook take a picture
//	expose                         # the screen must be shown as a whole
//	quit                           # the window is closed
//
// Keys are up, down, left, right, enter, back, home, play, next, previous,
// volume-up, volume-down, mute, page-up and page-down. Durations are Go's:
// 300ms, 1.5s, 2m. The end of the script is the end of the source: io.EOF.
package script
