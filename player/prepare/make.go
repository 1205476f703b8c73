package prepare

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"linnet/player/internal/ffmpeg"
	"linnet/player/media"
)

// make makes one file: under another name, until it is whole.
func (r *runner) make(ctx context.Context, j *job, threads int) (err error) {
	to := r.target(j)
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	part := partOf(to)
	defer func() {
		if err != nil {
			os.Remove(part)
			for _, t := range j.texts {
				os.Remove(partOf(r.below(t.to)))
			}
		}
	}()
	if j.info == nil {
		err = r.copy(ctx, j, part)
	} else {
		err = r.transcode(ctx, j, part, threads)
	}
	if err != nil {
		return err
	}
	for _, t := range j.texts { // before the film, by which the next run sees that all is done
		to := r.below(t.to)
		if err := finish(partOf(to), to, j.time); err != nil {
			return err
		}
	}
	return finish(part, to, j.time)
}

// finish has a file that is whole reach the medium, and gives it its name.
func finish(part, to string, at time.Time) error {
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chtimes(part, at, at)
	}
	if err == nil {
		err = os.Rename(part, to)
	}
	return err
}

// copy copies a file, in pieces, so that it can be cancelled.
func (r *runner) copy(ctx context.Context, j *job, part string) error {
	in, err := os.Open(r.source(j))
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(part)
	if err != nil {
		return err
	}
	var written int64
	for err == nil && ctx.Err() == nil {
		var n int64
		n, err = io.CopyN(out, in, 1<<20)
		written += n
		r.advance(j, written/copySpeed)
	}
	if cerr := out.Close(); err == io.EOF {
		err = cerr
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// transcode runs ffmpeg, and looks at what came of it.
func (r *runner) transcode(ctx context.Context, j *job, part string, threads int) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var moved atomic.Int64 // when, in nanoseconds since the run began
	moved.Store(int64(time.Since(r.began)))
	var last time.Duration
	m := &meter{at: func(at time.Duration) {
		if at > last {
			last = at
			moved.Store(int64(time.Since(r.began)))
		}
		r.advance(j, int64(at/time.Millisecond))
	}}
	args := r.Board.command(j.what, j.info, r.source(j), part, threads)
	args = append(args, j.outputs(func(t text) string { return partOf(r.below(t.to)) })...)
	p, err := ffmpeg.Start(ctx, m, r.tools.FFmpeg, args...)
	if err != nil {
		return err
	}
	watch := time.NewTicker(min(r.patience()/4, time.Second))
	defer watch.Stop()
	for running := true; running; {
		select {
		case <-p.Done():
			running = false
		case <-watch.C:
			if time.Since(r.began)-time.Duration(moved.Load()) > r.patience() {
				cancel(fmt.Errorf("ffmpeg stood still at %v, and was ended", last.Round(time.Second)))
			}
		}
	}
	if err := p.Wait(); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		return err
	}
	return r.check(part, j)
}

// check makes sure that the board plays what ffmpeg has made.
func (r *runner) check(part string, j *job) error {
	m, err := r.Open(part)
	if err != nil {
		return fmt.Errorf("what ffmpeg made of it can't be played: %w", err)
	}
	if m.Closer != nil {
		defer m.Close()
	}
	pictures, sounds := false, false
	for _, s := range m.Demuxer.Streams() {
		pictures = pictures || s.Kind == media.Video
		sounds = sounds || s.Kind == media.Audio
	}
	info, err := os.Stat(part)
	switch {
	case err != nil:
		return err
	case pictures != (j.what == toFilm) || sounds != (j.info.First(media.Audio) != nil) || !r.Board.plays(m, info.Size()):
		return errors.New("what ffmpeg made of it is not what the board plays")
	}
	return nil
}

// mostList is how large a playlist may be.
const mostList = 16 << 20

// rewrite writes the playlists, with the names that files have now.
func (r *runner) rewrite(jobs []*job) {
	names := map[string]string{}
	for _, j := range jobs {
		names[j.from] = j.to
	}
	for _, j := range jobs {
		if j.what != rewritten {
			continue
		}
		made := r.made(j)
		if !made {
			j.err = r.writeList(j, names)
		}
		r.finished(j, made)
	}
}

func (r *runner) writeList(j *job, names map[string]string) error {
	if j.size > mostList {
		return fmt.Errorf("a playlist of %d bytes", j.size)
	}
	b, err := os.ReadFile(r.source(j))
	if err != nil {
		return err
	}
	to := r.target(j)
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	part := partOf(to)
	err = os.WriteFile(part, renamed(b, path.Dir(j.from), names), 0o666)
	if err == nil {
		err = finish(part, to, j.time)
	}
	if err != nil {
		os.Remove(part)
	}
	return err
}

// renamed is a playlist that lies in dir, of one name a line, in which names that
// changed are the new ones.
func renamed(list []byte, dir string, names map[string]string) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(list) {
		text := string(line)
		name := strings.TrimRight(text, "\r\n")
		end := text[len(name):]
		head := ""
		if key, value, ok := strings.Cut(name, "="); ok && strings.HasPrefix(strings.ToLower(key), "file") {
			head, name = key+"=", value // as PLS has it
		}
		file := path.Join(dir, strings.ReplaceAll(name, `\`, "/"))
		if to := names[file]; to != "" && to != file {
			name = name[:len(name)-len(path.Base(file))] + path.Base(to)
		}
		out.WriteString(head + name + end)
	}
	return out.Bytes()
}
