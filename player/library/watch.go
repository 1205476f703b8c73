package library

import (
	"context"
	"os"
	"path"
	"path/filepath"
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
		if _, err := l.Scan(ctx, tell); err != nil && ctx.Err() == nil {
			log(err)
		}
		if w != nil {
			l.watch(w)
		}
		if !l.wait(ctx, w) {
			return
		}
	}
}

// watch watches the root and every folder with tracks in or below it.
func (l *Library) watch(w *fsnotify.Watcher) {
	seen := map[string]bool{".": true}
	w.Add(l.cfg.Root)
	for _, t := range l.Snapshot().tracks {
		for dir := t.Folder(); !seen[dir] && len(seen) < maxWatches; dir = path.Dir(dir) {
			seen[dir] = true
			w.Add(filepath.Join(l.cfg.Root, filepath.FromSlash(dir)))
		}
	}
}

// wait returns true when it is time for a scan.
func (l *Library) wait(ctx context.Context, w *fsnotify.Watcher) bool {
	var events chan fsnotify.Event
	var errs chan error
	if w != nil {
		events, errs = w.Events, w.Errors
	}
	round := time.NewTimer(patrol)
	defer round.Stop()
	quiet := time.NewTimer(settle)
	quiet.Stop()
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
