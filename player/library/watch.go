package library

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"linnet/player/tag"
)

const (
	// settle is how long a folder must be quiet before it is scanned: files are
	// copied into it for a while.
	settle = 3 * time.Second
	// patrol is how often all is scanned where not everything can be watched:
	// media that others write to, and what mounts later.
	patrol = 10 * time.Minute
	// maxWatches is how many folders are watched.
	maxWatches = 4096
)

// Keep scans at once and then whenever something changes, until ctx ends. tell is
// Scan's; what goes wrong goes to log.
func (l *Library) Keep(ctx context.Context, tell func(Progress), log func(error)) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		log(err)
	} else {
		defer w.Close()
	}
	for {
		changed := watched(w) // when each of the others was changed last, before it was listed
		enter := func(rel string) {
			if dir := filepath.Join(l.cfg.Root, rel); w != nil && changed[dir].IsZero() {
				changed[dir] = changeOf(dir)
			}
		}
		if _, err := l.scan(ctx, tell, enter); err != nil && ctx.Err() == nil {
			log(err)
		}
		again := w != nil && l.watch(w, changed)
		if !l.wait(ctx, w, again) {
			return
		}
	}
}

// always is when a folder was changed that is watched: that comes as an event.
var always = time.Unix(0, 0)

// watched are the folders that are.
func watched(w *fsnotify.Watcher) map[string]time.Time {
	all := map[string]time.Time{}
	if w != nil {
		for _, dir := range w.WatchList() {
			all[dir] = always
		}
	}
	return all
}

// changeOf is when something was put into a folder, or taken out, last.
func changeOf(dir string) time.Time {
	info, err := os.Stat(dir)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// watch watches the root and every folder with tracks, or files that may become some, in
// or below it. It says whether one of those that were not watched so far has changed
// since it was listed, or a file while it was read, which no event need tell.
func (l *Library) watch(w *fsnotify.Watcher, changed map[string]time.Time) (again bool) {
	seen := map[string]bool{} // true: and not watched before
	add := func(rel string) {
		dir := filepath.Join(l.cfg.Root, filepath.FromSlash(rel))
		seen[rel] = w.Add(dir) == nil && changed[dir] != always
		again = again || seen[rel] && !changeOf(dir).Equal(changed[dir])
	}
	unseen := func(rel string) bool { _, ok := seen[rel]; return !ok }
	add(".")
	snap := l.Snapshot()
	for _, t := range slices.Concat(snap.tracks, snap.bad) {
		for dir := t.Folder(); unseen(dir) && len(seen) < maxWatches; dir = path.Dir(dir) {
			add(dir)
		}
		again = again || t.Trouble == Changing && seen[t.Folder()]
	}
	return again
}

// wait returns true when it is time for a scan. That is soon where something is known
// to have changed.
func (l *Library) wait(ctx context.Context, w *fsnotify.Watcher, changed bool) bool {
	var events chan fsnotify.Event
	var errs chan error
	if w != nil {
		events, errs = w.Events, w.Errors
	}
	round := time.NewTimer(patrol)
	defer round.Stop()
	quiet := time.NewTimer(settle)
	if !changed {
		quiet.Stop()
	}
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-round.C:
			return true
		case <-quiet.C:
			return true
		case <-errs: // too many at once: look at all
			quiet.Reset(settle)
		case e, ok := <-events:
			if !ok {
				events = nil
			} else if l.matters(e) {
				quiet.Reset(settle)
			}
		}
	}
}

// matters says whether an event may be about music.
func (l *Library) matters(e fsnotify.Event) bool {
	name := filepath.Base(e.Name)
	switch {
	case e.Op == fsnotify.Chmod, strings.HasPrefix(name, ".") && name != tag.CharsetFile:
		return false
	case name == tag.CharsetFile, l.cfg.Playable(name), e.Has(fsnotify.Remove), e.Has(fsnotify.Rename):
		return true
	}
	info, err := os.Stat(e.Name)
	return err == nil && info.IsDir()
}
