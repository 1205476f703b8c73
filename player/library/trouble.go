package library

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"linnet/player/media"
)

// maxDetail is how long the reason for a trouble may be, in bytes.
const maxDetail = 200

// fail notes what is wrong with a file.
func (t *Track) fail(err error) {
	var bad *media.FormatError
	var alien *media.UnsupportedError
	switch {
	case errors.As(err, &bad):
		t.Trouble, t.Detail = Damaged, bad.Msg
	case errors.As(err, &alien):
		t.Trouble, t.Detail = Unsupported, alien.Msg
	default:
		t.Trouble, t.Detail = Unreadable, err.Error()
		var path *fs.PathError
		if errors.As(err, &path) {
			t.Detail = path.Err.Error()
		}
	}
	t.Detail = shortDetail(t.Detail)
}

func shortDetail(s string) string {
	return strings.ToValidUTF8(s[:min(len(s), maxDetail)], "")
}

// What is wrong with folders.
var (
	errLoop = errors.New("the link leads back to a folder that it is in")
	errDeep = fmt.Errorf("more than %d folders in each other", maxDepth)
)

// badFolder notes what is wrong with a folder, where that is new.
func (s *scan) badFolder(rel, volume string, err error) {
	if rel == "" {
		return
	}
	t := &Track{Path: rel, Volume: volume, Added: s.cfg.Now().Unix()}
	t.fail(err)
	s.seen[rel] = struct{}{}
	if was := s.known[rel]; was == nil || was.Trouble != t.Trouble || was.Detail != t.Detail || was.Volume != volume || was.Absent {
		s.add(t)
	}
}

// pulled says whether a volume, of which something could not be read, is away. It was
// there when the scan began.
func (s *scan) pulled(volume string) bool {
	if s.volumes[volume] && !s.here(volume) {
		s.volumes[volume] = false
	}
	return !s.volumes[volume]
}

// here looks whether a volume is there.
func (s *scan) here(volume string) bool {
	if volume != "" {
		return mounted(filepath.Join(s.cfg.Root, volume))
	}
	f, err := os.Open(s.cfg.Root)
	if err != nil {
		return false
	}
	defer f.Close()
	names, _ := f.Readdirnames(1)
	return len(names) > 0
}

// gone says whether a file is no longer there, or its volume isn't: it is not what is
// wrong with the file.
func (s *scan) gone(path, volume string) bool {
	if s.pulled(volume) {
		return true
	}
	_, err := os.Lstat(filepath.Join(s.cfg.Root, path))
	return errors.Is(err, fs.ErrNotExist)
}

// Remark notes of a track what could not be read of it though it is played, such as its
// cover. It is kept until the file changes. While there is a scan nothing is noted.
func (l *Library) Remark(path, what string) error {
	if !l.scanning.TryLock() {
		return nil
	}
	defer l.scanning.Unlock()
	l.mu.Lock()
	was := l.known[path]
	l.mu.Unlock()
	what = shortDetail(what)
	if was == nil || was.Trouble != "" || was.Detail == what {
		return nil
	}
	t := *was
	t.Detail = what
	return l.commit(&batch{put: []*Track{&t}})
}
