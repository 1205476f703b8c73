package library

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"linnet/player/media"
	"linnet/player/tag"
)

// The database's buckets: tracks and stats by path, stickers by path, a zero and
// the name.
var (
	bucketTracks   = []byte("tracks")
	bucketStats    = []byte("stats")
	bucketStickers = []byte("stickers")
)

// Facts is what reading a file gives.
type Facts struct {
	Format   string
	Duration time.Duration // -1 when not known
	Audio    media.AudioFormat
	Tags     media.Tags
	// Remark is what of the file could not be read, though it is played; "" for nothing.
	Remark string
	// Undecided is the tags where they have texts whose charset is not known,
	// else nil.
	Undecided *tag.Undecided
	// Parts are the tracks of the cue sheet that the file is, or has; nil where there is
	// none. With an error they are those that are there all the same.
	Parts []Part
}

// A Part is a track within a file.
type Part struct {
	Name     string // behind the sheet's
	File     string // the path of the file that has its sound
	From, To time.Duration
	Duration time.Duration // -1 when not known
	Audio    media.AudioFormat
	Tags     media.Tags
}

// Config is what a Library needs of the world.
type Config struct {
	Root string // the folder with the music
	File string // the database; "" keeps all in memory alone
	// Read reads a file; its errors say by their type what is wrong. It is called
	// by one goroutine.
	Read func(path string) (Facts, error)
	// Playable says by its name whether a file is worth reading, as music or as a sheet.
	Playable func(name string) bool
	Now      func() time.Time // nil is time.Now
	// Rest, which may be nil, is called by a scan every few milliseconds with how long
	// it has worked since. Who needs the processor for something else sleeps there.
	Rest func(worked time.Duration)
}

// A Library is open until Close. Its methods may be called from any goroutine.
type Library struct {
	cfg Config
	db  *bbolt.DB // nil without a file

	snapshot atomic.Pointer[Snapshot]
	scanning sync.Mutex // one scan at a time

	mu       sync.Mutex
	known    map[string]*Track // also those that are in trouble
	covered  map[string]int    // files that are played as parts, by their sheets' parts
	texts    interner
	stats    map[string]Stats
	stickers map[string]map[string]string // of a library without a file
	changed  map[chan struct{}]struct{}
	updated  time.Time
}

// ErrInUse says that another program has the database open.
var ErrInUse = errors.New("library: another program has it open")

// Open opens or makes a library. A database that is damaged is set aside under
// another name and made anew: it holds nothing that a scan does not find again,
// but for the counts.
func Open(cfg Config) (*Library, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	l := &Library{cfg: cfg, known: map[string]*Track{}, covered: map[string]int{}, texts: interner{}, stats: map[string]Stats{},
		stickers: map[string]map[string]string{}, changed: map[chan struct{}]struct{}{}}
	if cfg.File != "" {
		if err := l.openFile(); err != nil {
			return nil, err
		}
	}
	l.publish(slices.Collect(maps.Values(l.known)))
	return l, nil
}

func (l *Library) openFile() error {
	if err := os.MkdirAll(filepath.Dir(l.cfg.File), 0o755); err != nil {
		return fmt.Errorf("library: %w", err)
	}
	for try := 0; ; try++ {
		err := l.tryFile()
		if err == nil {
			return nil
		}
		if l.db != nil {
			l.db.Close()
			l.db = nil
		}
		if errors.Is(err, berrors.ErrTimeout) {
			return fmt.Errorf("%w: %s", ErrInUse, l.cfg.File)
		}
		if try > 0 || errors.Is(err, os.ErrPermission) {
			return fmt.Errorf("library: open %s: %w", l.cfg.File, err)
		}
		if err := os.Rename(l.cfg.File, l.cfg.File+".damaged"); err != nil {
			return fmt.Errorf("library: %w", err)
		}
	}
}

// tryFile opens the database and reads all of it, which also finds out whether
// it is whole.
func (l *Library) tryFile() (err error) {
	defer func() {
		if e := recover(); e != nil { // of pages that cannot be
			err = fmt.Errorf("damaged: %v", e)
		}
	}()
	l.db, err = bbolt.Open(l.cfg.File, 0o644, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return err
	}
	err = l.db.Update(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketTracks, bucketStats, bucketStickers} {
			if tx.Bucket(name) == nil {
				if _, err := tx.CreateBucket(name); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return l.db.View(func(tx *bbolt.Tx) error {
		err := tx.Bucket(bucketTracks).ForEach(func(k, v []byte) error {
			t := &Track{Path: string(k)}
			if t.decode(v, l.texts.intern) == nil {
				l.known[t.Path] = t
				l.cover(t, 1)
			}
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Bucket(bucketStats).ForEach(func(k, v []byte) error {
			var s Stats
			if s.decode(v) == nil {
				l.stats[string(k)] = s
			}
			return nil
		})
	})
}

// Close ends the library.
func (l *Library) Close() error {
	if l.db == nil {
		return nil
	}
	return l.db.Close()
}

// Root is the folder with the music.
func (l *Library) Root() string { return l.cfg.Root }

// Path is the name of a track's file.
func (l *Library) Path(t *Track) string { return filepath.Join(l.cfg.Root, filepath.FromSlash(t.Path)) }

// Rel is what a file is called below the root; ok is false for one elsewhere.
func (l *Library) Rel(path string) (rel string, ok bool) {
	rel, err := filepath.Rel(l.cfg.Root, path)
	rel = filepath.ToSlash(rel)
	if err != nil || rel == ".." || strings.HasPrefix(rel, "../") {
		return "", false
	}
	return rel, true
}

// Snapshot is the tracks as they are now.
func (l *Library) Snapshot() *Snapshot { return l.snapshot.Load() }

// Updated is when the snapshot last changed.
func (l *Library) Updated() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.updated
}

func byPath(a, b *Track) int { return comparePaths(a.Path, b.Path) }

// publish makes a snapshot of the one before and of the tracks that are new.
func (l *Library) publish(news []*Track) {
	l.mu.Lock()
	defer l.mu.Unlock()
	news = slices.Clone(news)
	slices.SortStableFunc(news, byPath)
	old := l.snapshot.Load()
	if old == nil {
		old = &Snapshot{}
	}
	s := &Snapshot{tracks: make([]*Track, 0, len(old.tracks)+len(news))}
	s.tracks = l.merge(s.tracks, old.tracks, news, l.shown)
	s.behind = l.merge(nil, old.behind, news, l.behind)
	s.bad = l.merge(nil, old.bad, news, func(t *Track) bool { return t.Trouble != "" })
	l.snapshot.Store(s)
	l.updated = l.cfg.Now()
	for c := range l.changed {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// merge appends to dst the tracks of two sorted lists that are of a kind and are
// what is known of their path.
func (l *Library) merge(dst, a, b []*Track, kind func(*Track) bool) []*Track {
	add := func(t *Track) {
		if kind(t) && l.known[t.Path] == t && (len(dst) == 0 || dst[len(dst)-1] != t) {
			dst = append(dst, t)
		}
	}
	for len(a) > 0 && len(b) > 0 {
		if byPath(a[0], b[0]) <= 0 {
			add(a[0])
			a = a[1:]
		} else {
			add(b[0])
			b = b[1:]
		}
	}
	for _, t := range a {
		add(t)
	}
	for _, t := range b {
		add(t)
	}
	return dst
}

// Changes returns a channel that gets a value when the snapshot is another one,
// and a function that ends it.
func (l *Library) Changes() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.changed[c] = struct{}{}
	return c, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.changed, c)
	}
}

// A batch is what is to be committed at once.
type batch struct {
	put    []*Track
	remove []string
}

func (b *batch) size() int { return len(b.put) + len(b.remove) }

// commit writes a batch and takes it over.
func (l *Library) commit(b *batch) error {
	if b.size() == 0 {
		return nil
	}
	if l.db != nil {
		if err := l.db.Update(b.write); err != nil {
			return fmt.Errorf("library: %w", err)
		}
	}
	l.mu.Lock()
	bare := false
	for _, t := range b.put {
		l.texts.shared(t)
		bare = l.cover(l.known[t.Path], -1) || bare
		l.known[t.Path] = t
		l.cover(t, 1)
	}
	for _, path := range b.remove {
		bare = l.cover(l.known[path], -1) || bare
		delete(l.known, path)
	}
	news := b.put
	if bare { // what was not shown is to be again
		news = slices.Collect(maps.Values(l.known))
	}
	l.mu.Unlock()
	*b = batch{}
	l.publish(news)
	return nil
}

func (b *batch) write(tx *bbolt.Tx) error {
	bucket := tx.Bucket(bucketTracks)
	for _, t := range b.put {
		if err := bucket.Put([]byte(t.Path), t.encode(nil)); err != nil {
			return err
		}
	}
	for _, path := range b.remove {
		if err := bucket.Delete([]byte(path)); err != nil {
			return err
		}
	}
	return nil
}
