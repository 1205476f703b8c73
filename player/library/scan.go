package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"linnet/player/tag"
)

// Progress is how far a scan is.
type Progress struct {
	Files    int // that were looked at
	Total    int // that there are, so far while they are being counted
	Counting bool
	Read     int // of them, because they are new or changed
	Removed  int
	Tracks   int // in the library
	Problems map[Kind]int
	Absent   int // tracks whose volume is away
	Elapsed  time.Duration
	Left     time.Duration // about; -1 when not known yet
}

const (
	// batchFiles and batchTime are what is lost at most when a scan is killed.
	batchFiles = 256
	batchTime  = 4 * time.Second
	// restEvery is how long a scan works at once.
	restEvery = 4 * time.Millisecond
	// progressEvery is how often a scan tells.
	progressEvery = 100 * time.Millisecond
	// maxDepth is how deep folders are followed.
	maxDepth = 64
)

// scan is one run.
type scan struct {
	*Library
	ctx   context.Context
	tell  func(Progress)
	p     Progress
	begun time.Time
	told  time.Time

	batch  batch
	since  time.Time // of the batch
	rested time.Time

	volumes map[string]bool // that are known, and whether they are there
	seen    map[string]struct{}
	parts   map[string][]*Track // that are known, by their sheets
	failed  []string            // folders that could not be read, below which all is kept
	visited map[fileID]struct{}
	enter   func(rel string) // called before a folder is listed
}

// folder is one that is to be scanned.
type folder struct {
	rel    string
	volume string
	files  []string
}

// Scan brings the library up to date. tell, which may be nil, is called now and
// then by the scan itself. The error is the library's, or ctx's: what is wrong
// with files is in Problems.
func (l *Library) Scan(ctx context.Context, tell func(Progress)) (Progress, error) {
	return l.scan(ctx, tell, func(string) {})
}

// scan is Scan, which calls enter before it lists a folder.
func (l *Library) scan(ctx context.Context, tell func(Progress), enter func(rel string)) (Progress, error) {
	l.scanning.Lock()
	defer l.scanning.Unlock()
	if tell == nil {
		tell = func(Progress) {}
	}
	now := l.cfg.Now()
	s := &scan{Library: l, ctx: ctx, tell: tell, begun: now, since: now, rested: now, volumes: map[string]bool{}, seen: map[string]struct{}{}, visited: map[fileID]struct{}{}, enter: enter}
	err := s.run()
	if err == nil {
		s.Snapshot().Prepare() // here, where nobody waits for it
	}
	s.count()
	s.p.Elapsed, s.p.Left = l.cfg.Now().Sub(s.begun), 0
	tell(s.p)
	return s.p, err
}

func (s *scan) run() error {
	if err := s.findVolumes(); err != nil {
		return err
	}
	s.findParts()
	s.p.Counting = true
	folders := s.list()
	s.p.Counting = false
	if err := s.ctx.Err(); err != nil {
		return err // and nothing is known of what was not seen
	}
	for _, f := range folders {
		if err := s.folder(f); err != nil {
			return errors.Join(err, s.commit(&s.batch))
		}
	}
	s.forget()
	return s.commit(&s.batch)
}

// findVolumes looks which of the volumes that tracks are on are there. A root
// that is no folder, or one that is empty while tracks of its own file system are
// known, is a medium that is not in.
func (s *scan) findVolumes() error {
	entries, err := os.ReadDir(s.cfg.Root)
	here := err == nil && len(entries) > 0
	if err != nil && len(s.known) == 0 {
		return fmt.Errorf("library: %w", err)
	}
	s.volumes[""] = here || len(s.known) == 0
	for _, t := range s.known {
		if _, ok := s.volumes[t.Volume]; !ok {
			s.volumes[t.Volume] = here && mounted(filepath.Join(s.cfg.Root, t.Volume))
		}
	}
	return nil
}

// list finds the folders and the names of files in them, without looking at the
// files.
func (s *scan) list() []folder {
	var all []folder
	var above []fileID // the folders that the one is in
	var walk func(rel, volume string)
	walk = func(rel, volume string) {
		dir := filepath.Join(s.cfg.Root, rel)
		id, err := identify(dir)
		if err == nil && rel != "" && isMount(dir, id) {
			volume = rel
			s.volumes[volume] = true
		}
		_, again := s.visited[id]
		switch {
		case s.ctx.Err() != nil:
			return
		case err == nil && slices.Contains(above, id):
			s.badFolder(rel, volume, errLoop)
			return
		case err == nil && again:
			return
		case len(above) > maxDepth:
			s.badFolder(rel, volume, errDeep)
			return
		}
		s.visited[id] = struct{}{}
		s.enter(rel)
		entries, err := os.ReadDir(dir)
		if err != nil {
			s.failed = append(s.failed, rel)
			if !s.gone(rel, volume) {
				s.badFolder(rel, volume, err)
			}
			return
		}
		above = append(above, id)
		defer func() { above = above[:len(above)-1] }()
		f := folder{rel: rel, volume: volume}
		var below []string
		for _, e := range entries {
			name := e.Name()
			if strings.HasPrefix(name, ".") {
				continue
			}
			switch kind := e.Type(); {
			case kind.IsDir():
				below = append(below, name)
			case s.cfg.Playable(name):
				f.files = append(f.files, name)
			case kind&fs.ModeSymlink != 0:
				if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.IsDir() {
					below = append(below, name)
				}
			}
		}
		if len(f.files) > 0 {
			all = append(all, f)
			s.p.Total += len(f.files)
		}
		s.progress()
		s.rest()
		for _, name := range below {
			walk(join(rel, name), volume)
		}
	}
	if s.volumes[""] {
		walk("", "")
	}
	return all
}

func join(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}

// folder scans the files of one: all are read before the charset of any is
// decided.
func (s *scan) folder(f folder) error {
	var read []*Track
	var facts []Facts
	for _, name := range f.files {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		path := join(f.rel, name)
		s.seen[path] = struct{}{}
		s.p.Files++
		t, changed := s.look(path, f.volume)
		if changed {
			what := s.read(t)
			if (t.Trouble == Unreadable || t.Trouble == Changing) && s.gone(path, f.volume) {
				delete(s.seen, path)
				continue
			}
			s.addParts(t, what.Parts)
			s.p.Read++
			read, facts = append(read, t), append(facts, what)
			if what.Undecided == nil {
				s.add(t)
			}
		}
		s.progress()
		s.rest()
		if err := s.commitSome(); err != nil {
			return err
		}
	}
	s.decide(f, read, facts)
	return nil
}

// rest lets others have the processor.
func (s *scan) rest() {
	if s.cfg.Rest == nil {
		return
	}
	if worked := s.cfg.Now().Sub(s.rested); worked >= restEvery {
		s.cfg.Rest(worked)
		s.rested = s.cfg.Now()
	}
}

// look compares a file with what is known of it. Where that changed it returns
// a new track that is to be read.
func (s *scan) look(path, volume string) (t *Track, changed bool) {
	was := s.known[path]
	info, err := os.Stat(filepath.Join(s.cfg.Root, path))
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "read", Path: path, Err: errors.New("it is not a regular file")}
	}
	t = &Track{Path: path, Volume: volume, Added: s.cfg.Now().Unix()}
	if was != nil {
		t.Added = was.Added
	}
	if err != nil {
		if s.gone(path, volume) {
			delete(s.seen, path)
		} else if was == nil || was.Trouble == "" {
			t.fail(err)
			s.add(t)
		}
		return t, false
	}
	t.Size, t.ModTime = info.Size(), info.ModTime().UnixNano()
	if was == nil || was.Size != t.Size || was.ModTime != t.ModTime || was.Trouble == Changing || was.Trouble == Unreadable || s.moved(path) {
		return t, true
	}
	s.keepParts(path, volume)
	if was.Absent || was.Volume != volume {
		back := *was
		back.Absent, back.Volume = false, volume
		s.add(&back)
	}
	return t, false
}

// read reads a file, and looks whether it stood still meanwhile.
func (s *scan) read(t *Track) Facts {
	path := filepath.Join(s.cfg.Root, t.Path)
	f, err := s.cfg.Read(path)
	t.Format = f.Format
	if err == nil {
		t.Duration, t.Audio, t.Tags, t.Detail = f.Duration, f.Audio, f.Tags, shortDetail(f.Remark)
	} else {
		t.fail(err)
		f = Facts{Parts: f.Parts}
	}
	info, gone := os.Stat(path)
	if gone != nil && err == nil || gone == nil && (info.Size() != t.Size || info.ModTime().UnixNano() != t.ModTime) {
		t.Trouble, t.Detail = Changing, "it changed while it was read"
	}
	return f
}

// decide finds the charset of a folder's texts that do not say theirs, and
// decodes them.
func (s *scan) decide(f folder, read []*Track, facts []Facts) {
	if !slices.ContainsFunc(facts, func(f Facts) bool { return f.Undecided != nil }) {
		return
	}
	var evidence [][]byte
	for _, what := range facts {
		if what.Undecided != nil {
			evidence = append(evidence, what.Undecided.Texts()...)
		}
	}
	c, forced := s.stated(f.rel)
	if !forced {
		c = tag.GuessCharset(evidence).Charset
	}
	for i, what := range facts {
		if what.Undecided != nil {
			read[i].Tags, read[i].Charset = what.Undecided.Decide(c), string(c)
			s.add(read[i])
		}
	}
}

// stated is the charset that a folder, or one above it, says in a file.
func (s *scan) stated(rel string) (tag.Charset, bool) {
	return tag.FolderCharset(filepath.Join(s.cfg.Root, rel), s.cfg.Root)
}

func (s *scan) add(t *Track) { s.batch.put = append(s.batch.put, t) }

// commitSome commits a batch that is large or old enough.
func (s *scan) commitSome() error {
	now := s.cfg.Now()
	if n := s.batch.size(); n < batchFiles && (n == 0 || now.Sub(s.since) < batchTime) {
		if n == 0 {
			s.since = now
		}
		return nil
	}
	s.since = now
	return s.commit(&s.batch)
}

// forget takes out what is gone, and marks what is on volumes that are away.
func (s *scan) forget() {
	for path, t := range s.known {
		if _, there := s.seen[path]; there {
			continue
		}
		switch {
		case !s.volumes[t.Volume]:
			if !t.Absent {
				away := *t
				away.Absent = true
				s.add(&away)
			}
		case !slices.ContainsFunc(s.failed, func(dir string) bool { return dir == "" || strings.HasPrefix(path, dir+"/") }):
			s.batch.remove = append(s.batch.remove, path)
			s.p.Removed++
		}
	}
}

// progress tells how far it is, now and then.
func (s *scan) progress() {
	now := s.cfg.Now()
	if now.Sub(s.told) < progressEvery {
		return
	}
	s.told = now
	s.count()
	p := &s.p
	p.Elapsed, p.Left = now.Sub(s.begun), -1
	if p.Files > 0 && p.Elapsed > time.Second {
		p.Left = time.Duration(int64(p.Elapsed) / int64(p.Files) * int64(p.Total-p.Files))
	}
	s.tell(*p)
}

// count counts what is in the library.
func (s *scan) count() {
	s.p.Problems, s.p.Absent = map[Kind]int{}, 0
	snap := s.Snapshot()
	for _, t := range snap.bad {
		s.p.Problems[t.Trouble]++
	}
	for _, t := range snap.tracks {
		if t.Absent {
			s.p.Absent++
		}
	}
	s.p.Tracks = len(snap.tracks)
}

// Forget drops the tracks of a volume that is away.
func (l *Library) Forget(volume string) error {
	l.scanning.Lock()
	defer l.scanning.Unlock()
	var b batch
	for path, t := range l.known {
		if t.Absent && t.Volume == volume {
			b.remove = append(b.remove, path)
		}
	}
	return l.commit(&b)
}
