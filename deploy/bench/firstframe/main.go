// Command firstframe opens a file with Linnet's parts, decodes its sound as far
// as the first frame, and throws that away. Without a file it only starts and
// ends: what that costs is what every program of this language costs.
package main

import (
	"errors"
	"fmt"
	"os"

	"linnet/player"
	"linnet/player/formats"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "firstframe:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch len(args) {
	case 0:
		return nil
	case 1:
		return decode(args[0])
	}
	return errors.New("usage: firstframe [FILE]")
}

func decode(file string) error {
	m, err := formats.Open(file)
	if err != nil {
		return err
	}
	t, err := player.NewTrack(m, false)
	if err != nil {
		m.Close()
		return err
	}
	defer t.Close()
	var frames []int32
	for len(frames) == 0 && err == nil { // the first packets may give none
		frames, err = t.Read(frames)
	}
	return err
}
