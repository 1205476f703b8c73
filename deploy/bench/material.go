package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"linnet/deploy/bench/signal"
)

// The lengths of the music, in seconds. A desktop takes no time for half a
// minute.
const (
	short       = 10
	long        = 30
	desktopLong = 190
)

// A library holds encoded music in a folder.
type library struct{ folder string }

// file is where a work's music of so many seconds is.
func (l library) file(w work, seconds int) string {
	return filepath.Join(l.folder, fmt.Sprintf("%s.%d.%s", w.key, seconds, w.ext))
}

// add encodes what is not there.
func (l library) add(ctx context.Context, w work, seconds int) error {
	file := l.file(w, seconds)
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	recording, err := l.recording(seconds)
	if err != nil {
		return err
	}
	part := filepath.Join(l.folder, "part."+w.ext) // encoders look at how a name ends
	defer os.Remove(part)
	put := strings.NewReplacer("IN", recording, "OUT", part)
	var args []string
	for _, a := range w.encode {
		args = append(args, put.Replace(a))
	}
	if out, err := exec.CommandContext(ctx, args[0], args[1:]...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, out)
	}
	if err := os.Rename(part, file); err != nil {
		return err
	}
	if w.also != nil {
		return errors.Join(w.also(file))
	}
	return nil
}

// recording is the music as a WAV file.
func (l library) recording(seconds int) (string, error) {
	file := filepath.Join(l.folder, fmt.Sprintf("music.%d.wav", seconds))
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	f, err := os.Create(file + ".part")
	if err != nil {
		return "", err
	}
	if err := errors.Join(signal.Write(f, seconds), f.Close()); err != nil {
		return "", err
	}
	return file, os.Rename(f.Name(), file)
}
