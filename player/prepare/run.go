package prepare

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"linnet/player"
	"linnet/player/internal/ffmpeg"
)

// Config says what to prepare, for what, and how.
type Config struct {
	Open       player.OpenMedia // as the board does
	Extensions []string         // of the names of what it opens
	From, To   string           // the library, and the folder for what is made of it
	Board      Board
	Jobs       int           // how many files at a time; 0: as many as there are processors
	Again      bool          // make what was made before, too
	Patience   time.Duration // how long ffmpeg may stand still; 0: a minute
}

// Progress is how far a run is.
type Progress struct {
	Looking bool // it is only being found out what there is to do
	Files   int  // done
	Total   int
	Made    int // files transcoded
	Copied  int
	Skipped int // as they were there
	Failed  int
	Done    int // thousandths of the work
	Elapsed time.Duration
	Left    time.Duration // -1 when not known
}

// A Failure is a file that could not be prepared.
type Failure struct {
	Path string // below the library
	Err  error
}

// runner is one run.
type runner struct {
	Config
	tools ffmpeg.Tools
	began time.Time
	tell  func(Progress)

	mu       sync.Mutex
	progress Progress
	failures []Failure
	all      int64 // weights
	done     int64
	working  time.Time // since when
	told     time.Time
}

// Run prepares a library and tells, some times a second, how far it is; tell may be
// nil, and is not called by two goroutines at a time. A file that fails does not
// keep the others: what failed is in the list. The error is that of the whole, as
// that FFmpeg is missing or that ctx was cancelled; no file is left half done, and
// another run goes on there.
func Run(ctx context.Context, c Config, tell func(Progress)) (Progress, []Failure, error) {
	r := &runner{Config: c, began: time.Now(), tell: tell}
	err := r.run(ctx)
	if err != nil {
		err = fmt.Errorf("prepare: %w", err)
	}
	r.progress.Elapsed = time.Since(r.began)
	return r.progress, r.failures, err
}

func (r *runner) run(ctx context.Context) (err error) {
	if r.tools, err = ffmpeg.Find(); err != nil {
		return err
	}
	if err := r.apart(); err != nil {
		return err
	}
	if r.Jobs <= 0 {
		r.Jobs = runtime.NumCPU()
	}
	jobs, err := r.find()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(r.To, 0o777); err != nil {
		return err
	}
	removeParts(r.To)
	jobs = r.plan(ctx, jobs)
	if ctx.Err() == nil {
		r.work(ctx, jobs)
	}
	if ctx.Err() == nil {
		r.rewrite(jobs)
	}
	return ctx.Err()
}

// apart makes sure that nothing of the library is written over.
func (r *runner) apart() error {
	from, err := os.Stat(r.From)
	if err != nil {
		return err
	}
	if !from.IsDir() {
		return fmt.Errorf("%s is not a folder", r.From)
	}
	to, err := os.Stat(r.To)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case os.SameFile(from, to):
		return fmt.Errorf("%s is the library itself; name another folder for what is made of it", r.To)
	case !to.IsDir():
		return fmt.Errorf("%s is not a folder", r.To)
	}
	return nil
}

// each has so many goroutines work on the jobs.
func (r *runner) each(ctx context.Context, jobs []*job, f func(*job)) {
	var wg sync.WaitGroup
	next := make(chan *job)
	for range min(r.Jobs, len(jobs)) {
		wg.Go(func() {
			for j := range next {
				f(j)
			}
		})
	}
	for _, j := range jobs {
		select {
		case next <- j:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(next)
	wg.Wait()
}

// plan finds out what is to be done, and returns the files that can be.
func (r *runner) plan(ctx context.Context, jobs []*job) (good []*job) {
	r.progress = Progress{Looking: true, Total: len(jobs) + len(r.failures), Failed: len(r.failures), Left: -1}
	r.each(ctx, jobs, func(j *job) {
		j.err = r.look(ctx, j)
		r.update(func() { r.progress.Files++ })
	})
	for _, j := range jobs {
		switch {
		case ctx.Err() != nil:
		case j.err != nil:
			r.failed(j)
		default:
			good = append(good, j)
			r.all += j.weight
		}
	}
	name(good)
	r.progress.Looking, r.progress.Files = false, r.progress.Failed
	r.working = time.Now()
	return good
}

// work makes the files.
func (r *runner) work(ctx context.Context, jobs []*job) {
	films := 0
	for _, j := range jobs {
		if j.info != nil {
			films++
		}
	}
	threads := max(runtime.NumCPU()/max(min(r.Jobs, films), 1), 1)
	r.each(ctx, jobs, func(j *job) {
		if j.what == rewritten {
			return // when all names are known to be there
		}
		made := r.made(j)
		if !made {
			j.err = r.make(ctx, j, threads)
		}
		if ctx.Err() == nil {
			r.finished(j, made)
		}
	})
}

func (r *runner) failed(j *job) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures = append(r.failures, Failure{j.from, j.err})
	r.progress.Failed++
}

func (r *runner) finished(j *job, made bool) {
	if j.err != nil {
		r.failed(j)
	}
	r.advance(j, j.weight)
	r.update(func() {
		r.progress.Files++
		switch {
		case j.err != nil:
		case made:
			r.progress.Skipped++
			r.working = r.working.Add(time.Since(r.working) / 100) // tells nothing of how long the others take
		case j.info != nil:
			r.progress.Made++
		default:
			r.progress.Copied++
		}
	})
}

// advance notes that so much of a job is done.
func (r *runner) advance(j *job, done int64) {
	r.update(func() {
		done = min(max(done, j.done), j.weight)
		r.done += done - j.done
		j.done = done
	})
}

// tellEvery is how often progress is told.
const tellEvery = 100 * time.Millisecond

// update changes the progress and tells of it, if that was not done just now.
func (r *runner) update(change func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change()
	now := time.Now()
	p := &r.progress
	last := p.Files == p.Total
	if r.tell == nil || now.Sub(r.told) < tellEvery && !last {
		return
	}
	r.told = now
	p.Elapsed, p.Left = now.Sub(r.began), -1
	if !p.Looking && r.all > 0 {
		p.Done = int(r.done * 1000 / r.all)
		if spent := now.Sub(r.working); r.done > 0 && spent > time.Second {
			p.Left = time.Duration(int64(spent/time.Millisecond)*(r.all-r.done)/r.done) * time.Millisecond
		}
	}
	r.tell(*p)
}

// patience is how long ffmpeg may stand still.
func (r *runner) patience() time.Duration {
	if r.Patience > 0 {
		return r.Patience
	}
	return time.Minute
}

// partEnding is that of files that are being written. They begin with a dot, so
// that no player takes them for music.
const partEnding = ".linnet-part"

func partOf(file string) string {
	dir, base := filepath.Split(file)
	return filepath.Join(dir, "."+base+partEnding)
}

// removeParts removes what a run left that was ended by force.
func removeParts(dir string) {
	filepath.WalkDir(dir, func(file string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.HasPrefix(d.Name(), ".") && strings.HasSuffix(d.Name(), partEnding) {
			os.Remove(file)
		}
		return nil
	})
}
