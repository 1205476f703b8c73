package library

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// A scan tells how long it worked, every few milliseconds, and what it rests is not
// its work.
func TestRest(t *testing.T) {
	files := map[string]string{}
	for i := range 20 {
		files[fmt.Sprintf("%02d.mp3", i)] = fmt.Sprintf("artist|album|%d", i)
	}
	s := newShelf(t, files)
	now := time.Unix(1e9, 0)
	const each = 3 * time.Millisecond
	var worked []time.Duration
	l, err := Open(Config{
		Root: s.root, Playable: func(n string) bool { return strings.HasSuffix(n, ".mp3") },
		Read: func(path string) (Facts, error) {
			now = now.Add(each)
			return s.read(path)
		},
		Now:  func() time.Time { return now },
		Rest: func(d time.Duration) { worked, now = append(worked, d), now.Add(time.Hour) },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if p, err := l.Scan(context.Background(), nil); err != nil || p.Tracks != len(files) {
		t.Fatalf("%+v, %v", p, err)
	}
	if len(worked) != len(files)/2 {
		t.Errorf("it rests %d times: %v", len(worked), worked)
	}
	for _, d := range worked {
		if d != 2*each {
			t.Errorf("it says that it worked for %v", d)
		}
	}
}
