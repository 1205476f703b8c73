package library

import (
	"bytes"
	"fmt"
	"time"

	"go.etcd.io/bbolt"
)

// maxRating is the best that a track can get.
const maxRating = 10

// Stats is what listening left of a file.
func (l *Library) Stats(path string) Stats {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stats[path]
}

// Played counts that a track was heard, and forgets where it was left.
func (l *Library) Played(path string) error {
	return l.changeStats(path, func(s *Stats) { s.Plays, s.Last, s.Resume = s.Plays+1, l.cfg.Now(), 0 })
}

// Rate sets a track's rating, 0 to 10.
func (l *Library) Rate(path string, rating int) error {
	return l.changeStats(path, func(s *Stats) { s.Rating = min(max(rating, 0), maxRating) })
}

// Leave notes where in a track its listener stopped.
func (l *Library) Leave(path string, at time.Duration) error {
	return l.changeStats(path, func(s *Stats) { s.Resume = max(at, 0).Truncate(time.Millisecond) })
}

// changeStats writes only what is new: the medium may be flash.
func (l *Library) changeStats(path string, change func(*Stats)) error {
	l.mu.Lock()
	s := l.stats[path]
	was := s
	change(&s)
	l.stats[path] = s
	l.mu.Unlock()
	if s == was || l.db == nil {
		return nil
	}
	return l.update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketStats).Put([]byte(path), s.encode()) })
}

func (l *Library) update(f func(*bbolt.Tx) error) error {
	if err := l.db.Update(f); err != nil {
		return fmt.Errorf("library: %w", err)
	}
	return nil
}

// Limits of stickers, so that clients cannot fill the medium.
const (
	maxStickerName  = 256
	maxStickerValue = 4 << 10
	maxStickers     = 64 // of one file
)

// ErrSticker says that one has no name, or that it or they are too large.
var ErrSticker = fmt.Errorf("library: a sticker has a name of up to %d bytes and a value of up to %d, and a file up to %d of them",
	maxStickerName, maxStickerValue, maxStickers)

// Stickers are the notes that clients put on a file, by name.
func (l *Library) Stickers(path string) map[string]string {
	out := map[string]string{}
	if l.db == nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		for k, v := range l.stickers[path] {
			out[k] = v
		}
		return out
	}
	prefix := append([]byte(path), 0)
	l.db.View(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketStickers).Cursor()
		for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
			out[string(k[len(prefix):])] = string(v)
		}
		return nil
	})
	return out
}

// Stick puts a note on a file.
func (l *Library) Stick(path, name, value string) error {
	have := l.Stickers(path)
	_, old := have[name]
	if name == "" || len(name) > maxStickerName || len(value) > maxStickerValue || !old && len(have) >= maxStickers || bytes.IndexByte([]byte(name), 0) >= 0 {
		return ErrSticker
	}
	if l.db == nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.stickers[path] == nil {
			l.stickers[path] = map[string]string{}
		}
		l.stickers[path][name] = value
		return nil
	}
	return l.update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketStickers).Put(stickerKey(path, name), []byte(value)) })
}

// Peel takes a note off; with name "" all of the file's. It says whether there
// was one.
func (l *Library) Peel(path, name string) (bool, error) {
	have := l.Stickers(path)
	if _, ok := have[name]; !ok && name != "" || len(have) == 0 {
		return false, nil
	}
	if l.db == nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		if name == "" {
			delete(l.stickers, path)
		} else {
			delete(l.stickers[path], name)
		}
		return true, nil
	}
	return true, l.update(func(tx *bbolt.Tx) error {
		for k := range have {
			if name == "" || k == name {
				if err := tx.Bucket(bucketStickers).Delete(stickerKey(path, k)); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func stickerKey(path, name string) []byte { return append(append([]byte(path), 0), name...) }

// EachSticker visits the notes of one name of all files, in the order of paths.
func (l *Library) EachSticker(name string, visit func(path, value string)) {
	if l.db == nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		for path, notes := range l.stickers {
			if v, ok := notes[name]; ok {
				visit(path, v)
			}
		}
		return
	}
	l.db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketStickers).ForEach(func(k, v []byte) error {
			if path, n, ok := bytes.Cut(k, []byte{0}); ok && string(n) == name {
				visit(string(path), string(v))
			}
			return nil
		})
	})
}
