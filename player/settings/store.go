package settings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"time"

	"linnet/player/internal/durable"
)

const (
	fileName = "settings.json"
	version  = 1

	// maxFile is more than all sections ever have.
	maxFile = 1 << 20
	// budget is how many bytes an hour may be written.
	budget = 256 << 10

	// quiet is how long nothing must change before it is written, and patience
	// how long a change waits at most: what was set five seconds ago outlives the
	// power.
	quiet    = 2 * time.Second
	patience = 4 * time.Second
	// again is the time between attempts where the budget or the medium refuses.
	again = 30 * time.Second
)

// file is settings.json.
type file struct {
	Version  int                        `json:"version"`
	Sections map[string]json.RawMessage `json:"sections"`
}

// A Store is the settings of one folder. Its methods may be called from any
// goroutine.
type Store struct {
	path    string // empty: nothing is kept
	problem func(error)

	mu       sync.Mutex
	sections map[string]json.RawMessage
	damaged  bool // what is at path is not what sections came from
	dirty    bool
	since    time.Time // of the first change that is not written
	timer    *time.Timer
	budget   durable.Budget
	said     string // the latest error of writing
	closed   bool
}

// Open reads the settings in a folder, which need not be there yet; with an empty
// name nothing is kept. Problem is told what cannot be read, and later, on another
// goroutine, what cannot be written, each once; it must not call the Store.
func Open(dir string, problem func(error)) *Store {
	s := &Store{problem: problem, sections: map[string]json.RawMessage{}, budget: durable.Budget{Limit: budget}}
	if dir == "" {
		return s
	}
	s.path = filepath.Join(dir, fileName)
	found, err := read(s.path)
	switch {
	case err == nil:
		s.sections = found
	case !errors.Is(err, fs.ErrNotExist):
		s.damaged = true
		problem(fmt.Errorf("settings: %s: %w", s.path, err))
	}
	return s
}

func read(path string) (map[string]json.RawMessage, error) {
	data, err := durable.Read(path, maxFile)
	if err != nil {
		return nil, err
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, err
	}
	if f.Version != version {
		return nil, fmt.Errorf("version %d is not known", f.Version)
	}
	if f.Sections == nil {
		f.Sections = map[string]json.RawMessage{}
	}
	return f.Sections, nil
}

// Get reads a section into what v points to, and says whether there was one. What
// is not in it stays as it is in v; so does all of v where the section makes no
// sense, which the Store's problem is told.
func (s *Store) Get(section string, v any) bool {
	s.mu.Lock()
	data, ok := s.sections[section]
	s.mu.Unlock()
	if !ok {
		return false
	}
	if err := decode(data, v); err != nil {
		s.problem(fmt.Errorf("settings: %s of %s: %w", section, s.path, err))
		return false
	}
	return true
}

// decode is json.Unmarshal that changes v not at all where it fails.
func decode(data []byte, v any) error {
	into := reflect.ValueOf(v).Elem()
	found := reflect.New(into.Type())
	found.Elem().Set(into)
	if err := json.Unmarshal(data, found.Interface()); err != nil {
		return err
	}
	into.Set(found.Elem())
	return nil
}

// Put notes a section, which encoding/json must take, and writes it soon, unless
// it is as it was.
func (s *Store) Put(section string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		s.problem(fmt.Errorf("settings: %s: %w", section, err))
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || bytes.Equal(compact(s.sections[section]), data) {
		return
	}
	s.sections[section] = data
	if s.path == "" {
		return
	}
	if !s.dirty {
		s.dirty, s.since = true, time.Now()
	}
	s.in(min(quiet, time.Until(s.since.Add(patience))))
}

// compact is JSON without the space that makes a file pleasant to read.
func compact(data json.RawMessage) []byte {
	var b bytes.Buffer
	if json.Compact(&b, data) != nil {
		return nil
	}
	return b.Bytes()
}

// in has what is dirty be written after some time.
func (s *Store) in(d time.Duration) {
	if s.timer != nil {
		s.timer.Stop()
	}
	s.timer = time.AfterFunc(max(d, 0), func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.closed || !s.dirty {
			return
		}
		if err := s.write(false); err != nil && s.said != err.Error() {
			s.said = err.Error()
			s.problem(err)
		}
		if s.dirty {
			s.in(again)
		}
	})
}

// write replaces the file, if there is something to be written and, unless it is
// the last time, the budget lets it.
func (s *Store) write(last bool) error {
	if !s.dirty {
		return nil
	}
	data, err := json.MarshalIndent(file{version, s.sections}, "", "  ")
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("%d bytes are too many", len(data))
	}
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	if !s.budget.Allows(durable.Cost(len(data)), time.Now()) && !last {
		return nil
	}
	if s.damaged {
		os.Rename(s.path, s.path+".damaged") // someone may mend it
	}
	if err := durable.Write(s.path, append(data, '\n')); err != nil {
		return fmt.Errorf("settings: write %s: %w", s.path, err)
	}
	s.dirty, s.damaged, s.said = false, false, ""
	return nil
}

// Close writes what waits. The Store takes nothing more.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	if s.timer != nil {
		s.timer.Stop()
	}
	return s.write(true)
}
