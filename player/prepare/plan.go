package prepare

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"linnet/player/internal/ffmpeg"
	"linnet/player/media"
)

// A job is one file.
type job struct {
	from string // its path below the library, with slashes
	to   string // that of what is made, below the target
	size int64
	time time.Time

	what   action
	info   *ffmpeg.Info // of what is to be transcoded
	texts  []text       // the subtitles that become files beside it
	weight int64        // how long it takes, about: milliseconds of media
	done   int64        // of these
	err    error
}

// beside are endings of files that go along.
var beside = strings.Fields(".lrc .srt .ass .ssa .sub .jpg .jpeg .png")

// lists are endings of playlists.
var lists = strings.Fields(".m3u .m3u8 .pls")

// find lists what there is to do with the library, in its order.
func (r *runner) find() (jobs []*job, err error) {
	into, _ := os.Stat(r.To)
	root := r.From + string(filepath.Separator) // with which a folder named by a link is walked, too
	err = filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			if file == root {
				return err
			}
			rel, _ := filepath.Rel(r.From, file)
			r.failed(&job{from: filepath.ToSlash(rel), err: err})
			return nil
		}
		hidden := strings.HasPrefix(d.Name(), ".") && file != root
		if d.IsDir() {
			if info, err := os.Stat(file); hidden || err == nil && into != nil && os.SameFile(info, into) {
				return fs.SkipDir
			}
			return nil
		}
		if hidden {
			return nil
		}
		if j := r.job(file); j != nil {
			jobs = append(jobs, j)
		}
		return nil
	})
	return jobs, err
}

// job is what is known of a file by its name; nil where it is none of ours.
func (r *runner) job(file string) *job {
	ext := strings.ToLower(filepath.Ext(file))
	j := &job{}
	switch {
	case slices.Contains(lists, ext):
		j.what = rewritten
	case slices.Contains(beside, ext):
		j.what = copied
	case !slices.Contains(r.Extensions, ext) && !slices.Contains(ffmpeg.Extensions(), ext):
		return nil
	}
	rel, err := filepath.Rel(r.From, file)
	if err != nil {
		return nil
	}
	j.from = filepath.ToSlash(rel)
	j.to = j.from
	info, err := os.Stat(file) // of what a link leads to
	if err != nil {
		j.err = err
	} else if !info.Mode().IsRegular() {
		return nil
	} else {
		j.size, j.time = info.Size(), info.ModTime()
		j.weight = j.size/copySpeed + 1
	}
	return j
}

// copySpeed is how many bytes are copied in the time in which a millisecond of
// media is transcoded.
const copySpeed = 1 << 10

// look finds out what is to be done with a file.
func (r *runner) look(ctx context.Context, j *job) error {
	if j.err != nil || j.what != 0 {
		return j.err
	}
	name := r.source(j)
	m, err := r.Open(name)
	if err == nil {
		good := r.Board.plays(m, j.size)
		if m.Closer != nil {
			m.Close()
		}
		if good {
			j.what = copied
			return nil
		}
	}
	var broken *media.FormatError
	if errors.Is(err, fs.ErrPermission) {
		return err
	}
	limit, cancel := context.WithTimeout(ctx, r.patience())
	defer cancel()
	info, perr := r.tools.Probe(limit, name)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case perr != nil && errors.As(err, &broken):
		return err // which tells more
	case perr != nil:
		return perr
	}
	if j.what = choose(info); j.what == 0 {
		return errors.New("there is no sound and no picture in it")
	}
	j.info = info
	j.weight = max(int64(info.Duration/time.Millisecond), j.size/copySpeed, 1)
	return nil
}

// name gives what is made its names. Where two files would have the same, as
// on a medium that does not tell upper from lower case, the one that changes has
// the other's whole name in its own.
func name(jobs []*job) {
	taken := map[string]bool{}
	for _, j := range jobs {
		if j.what.ending() == "" {
			taken[strings.ToLower(j.to)] = true
		}
	}
	for _, j := range jobs {
		ending := j.what.ending()
		if ending == "" {
			continue
		}
		j.to = strings.TrimSuffix(j.from, path.Ext(j.from)) + ending
		for n := 1; taken[strings.ToLower(j.to)]; n++ {
			j.to = j.from + ending
			if n > 1 {
				j.to = fmt.Sprintf("%s %d%s", j.from, n, ending)
			}
		}
		taken[strings.ToLower(j.to)] = true
	}
	for _, j := range jobs {
		if j.what == toFilm {
			j.nameTexts(taken)
		}
	}
}

func (r *runner) source(j *job) string { return filepath.Join(r.From, filepath.FromSlash(j.from)) }
func (r *runner) target(j *job) string { return r.below(j.to) }

// below is a path below the target.
func (r *runner) below(name string) string { return filepath.Join(r.To, filepath.FromSlash(name)) }

// sameTime is how far times may be apart on a medium that keeps them coarsely.
const sameTime = 2 * time.Second

// made says whether an earlier run has made it.
func (r *runner) made(j *job) bool {
	info, err := os.Stat(r.target(j))
	if err != nil || !info.Mode().IsRegular() || r.Again {
		return false
	}
	if j.what == copied && info.Size() != j.size {
		return false
	}
	return info.ModTime().Sub(j.time).Abs() <= sameTime
}
