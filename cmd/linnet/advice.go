package main

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"syscall"

	"linnet/player"
	"linnet/player/media"
)

// advise is an error's text with what to do about it, where the text does
// not say that itself.
func advise(err error) string {
	var bad *media.FormatError
	var alien *media.UnsupportedError
	isAlien := errors.As(err, &alien)
	var path *fs.PathError
	advice := ""
	switch {
	case errors.Is(err, fs.ErrNotExist) && (errors.As(err, &path) || !errors.Is(err, player.ErrNoOutput)): // a device is no path to check
		advice = "check the path"
	case errors.Is(err, syscall.EADDRINUSE):
		advice = "another program listens there: end it, or name another place"
	case errors.Is(err, fs.ErrPermission):
		advice = "give yourself the right to it, or name another file"
	case errors.Is(err, syscall.ENOSPC):
		advice = "make room, or write elsewhere"
	case isAlien && slices.Contains([]string{"formats", "player", "poster"}, alien.Stage): // which say what is played, or missing
	case isAlien && strings.HasPrefix(alien.Stage, "vd/"):
		advice = "have another program convert it, as ffmpeg -i FILE -c:v mpeg4 OUT.mp4"
	case isAlien:
		advice = "have another program convert it, as ffmpeg -i FILE OUT.wav"
	case errors.As(err, &bad) && bad.Stage == "cue":
		advice = "mend the cue sheet, which is text, or play the files that it names"
	case errors.As(err, &bad):
		advice = "the file is damaged: get it anew from where it came from"
	}
	if advice == "" {
		return err.Error()
	}
	return err.Error() + "; " + advice
}
