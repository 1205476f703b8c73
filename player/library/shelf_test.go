package library

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"linnet/player/media"
	"linnet/player/tag"
)

// A shelf is a folder of files whose content says what a reader finds in them:
// "artist|album|title", or trouble.
type shelf struct {
	t     testing.TB
	root  string
	reads []string
	then  func(path string) // called by each read
}

func newShelf(t testing.TB, files map[string]string) *shelf {
	s := &shelf{t: t, root: filepath.Join(t.TempDir(), "music")}
	os.Mkdir(s.root, 0o777)
	for name, content := range files {
		s.put(name, content)
	}
	return s
}

func (s *shelf) put(name, content string) {
	s.t.Helper()
	path := filepath.Join(s.root, name)
	os.MkdirAll(filepath.Dir(path), 0o777)
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shelf) read(path string) (Facts, error) {
	if s.then != nil {
		s.then(path)
	}
	rel, _ := filepath.Rel(s.root, path)
	s.reads = append(s.reads, rel)
	b, err := os.ReadFile(path)
	if err != nil {
		return Facts{}, err
	}
	switch text := string(b); {
	case text == "damaged":
		return Facts{}, media.WithFile(&media.FormatError{Stage: "test", Msg: "no sense in it"}, path)
	case text == "alien":
		return Facts{}, &media.UnsupportedError{Stage: "test", Msg: "a MIDI file"}
	case text == "locked":
		return Facts{}, &fs.PathError{Op: "open", Path: path, Err: fs.ErrPermission}
	case strings.HasPrefix(text, "TAG"):
		f, err := os.Open(path)
		if err != nil {
			return Facts{}, err
		}
		defer f.Close()
		u, err := tag.ReadUndecided(f, int64(len(b)))
		return Facts{Format: "mpa", Duration: time.Second, Undecided: u}, err
	}
	var p [3]string
	copy(p[:], strings.Split(string(b), "|"))
	return Facts{Format: "test", Duration: 3 * time.Second, Audio: media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16},
		Tags: media.Tags{Artist: p[0], Album: p[1], Title: p[2], Track: 1, HasCover: true}}, nil
}

func (s *shelf) open(file string) *Library {
	s.t.Helper()
	l, err := Open(Config{Root: s.root, File: file, Read: s.read, Playable: func(n string) bool { return strings.HasSuffix(n, ".mp3") }})
	if err != nil {
		s.t.Fatal(err)
	}
	return l
}

func (s *shelf) scan(l *Library) Progress {
	s.t.Helper()
	s.reads = nil
	p, err := l.Scan(s.t.Context(), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

func paths(list []*Track) string {
	var names []string
	for _, t := range list {
		names = append(names, t.Path)
	}
	return strings.Join(names, " ")
}

var few = map[string]string{
	"a/1.mp3": "邓丽君|岛国之情歌|月亮代表我的心", "a/2.mp3": "邓丽君|岛国之情歌|甜蜜蜜", "b/x.mp3": "The Beatles|Help!|Yesterday", "b/notes.txt": "not music",
	"top.mp3": "Beck|Odelay|Devil's Haircut", ".hidden.mp3": "no|no|no", "a/.git/3.mp3": "no|no|no",
}

const fewTracks = 4 // of few
