package main

import (
	"errors"
	"image"
	"slices"
	"sync"

	"linnet/player"
	"linnet/player/cue"
	"linnet/player/external"
	"linnet/player/formats"
	"linnet/player/media"
)

// opener opens files for playing: by the decoders here, and what they do not take
// through ffmpeg where it is installed, with pictures of at most a size; the zero
// size bounds them not. Tracks of cue sheets are opened as what they are of a file.
func opener(size image.Point) player.OpenMedia {
	return cue.Behind(external.Behind(formats.Open, external.Options{Width: size.X, Height: size.Y}), playable)
}

// describing opens a file for what it says of itself.
func describing(name string) (*player.Media, error) {
	m, err := cue.Behind(formats.Open, playable)(name)
	var alien *media.UnsupportedError
	if errors.As(err, &alien) {
		return opener(image.Point{})(name)
	}
	return m, err
}

// extensions are the endings of the names of all files that opener takes.
var extensions = sync.OnceValue(func() []string {
	all := formats.Extensions()
	if external.Available() {
		for _, e := range external.Extensions() {
			if !slices.Contains(all, e) {
				all = append(all, e)
			}
		}
	}
	return all
})
