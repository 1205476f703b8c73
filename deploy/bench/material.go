package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"linnet/deploy/bench/signal"
)

// The lengths of the music, in seconds. For a quarter of a minute a desktop takes
// no time that one could measure.
const (
	short       = 5
	long        = 15
	desktopLong = 65
)

// A library holds encoded music in a folder.
type library struct{ folder string }

// openLibrary returns that of this music: other music has another one.
func openLibrary(cache string) (library, error) {
	var second bytes.Buffer
	if err := signal.Write(&second, 1); err != nil {
		return library{}, err
	}
	l := library{filepath.Join(cache, "music-"+hashOf(second.Bytes()))}
	return l, os.MkdirAll(l.folder, 0o755)
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:4])
}

// file is where a work's music of so many seconds is, as its command makes it.
func (l library) file(w work, seconds int) string {
	how := hashOf([]byte(strings.Join(w.encode, " ")))
	return filepath.Join(l.folder, fmt.Sprintf("%s-%s.%d.%s", w.key, how, seconds, w.ext))
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
	work, err := os.MkdirTemp(l.folder, "new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	part := filepath.Join(work, "part."+w.ext) // encoders look at how a name ends
	put := strings.NewReplacer("IN", recording, "OUT", part, "SECONDS", fmt.Sprint(seconds))
	var args []string
	for _, a := range w.encode {
		args = append(args, put.Replace(a))
	}
	if out, err := exec.CommandContext(ctx, args[0], args[1:]...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, out)
	}
	if w.also != nil {
		if err := w.also(part); err != nil {
			return err
		}
		if err := os.Rename(part+packets, file+packets); err != nil {
			return err
		}
	}
	return os.Rename(part, file)
}

// recording is the music as a WAV file.
func (l library) recording(seconds int) (string, error) {
	file := filepath.Join(l.folder, fmt.Sprintf("music.%d.wav", seconds))
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	f, err := os.CreateTemp(l.folder, "new-")
	if err != nil {
		return "", err
	}
	defer os.Remove(f.Name())
	if err := errors.Join(signal.Write(f, seconds), f.Close()); err != nil {
		return "", err
	}
	return file, os.Rename(f.Name(), file)
}
