package peers

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestRecipesHaveScripts(t *testing.T) {
	names := map[string]bool{}
	for _, r := range recipes() {
		names[r.name+".sh"] = true
		if len(r.sources) == 0 {
			t.Errorf("%s is built of nothing", r.name)
		}
	}
	entries, err := scripts.ReadDir("build")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !names[e.Name()] {
			t.Errorf("build/%s belongs to no recipe", e.Name())
		}
		delete(names, e.Name())
	}
	for n := range names {
		t.Errorf("build/%s is not there", n)
	}
}

// TestKept makes a folder whole, once, and not at all where that fails.
func TestKept(t *testing.T) {
	cache := t.TempDir()
	times := 0
	fill := func(work string) error {
		times++
		return os.WriteFile(filepath.Join(work, "program"), nil, 0o755)
	}
	for range 2 {
		dir, err := kept(cache, "x", "key", fill)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(dir, "program")); err != nil {
			t.Error(err)
		}
	}
	if times != 1 {
		t.Errorf("it was made %d times", times)
	}
	bad := errors.New("no room")
	if _, err := kept(cache, "x", "other", func(string) error { return bad }); !errors.Is(err, bad) {
		t.Errorf("%v", err)
	}
	if left, err := filepath.Glob(filepath.Join(cache, "x-*")); err != nil || len(left) != 1 {
		t.Errorf("%q is left, %v", left, err)
	}
}

// TestBuildKeepsTheLog: what a recipe that fails has said is kept.
func TestBuildKeepsTheLog(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	err := recipe{name: "tremor"}.build(t.Context(), dir, dir, log) // there are no sources
	if err == nil {
		t.Fatal("it was built of nothing")
	}
	if b, err := os.ReadFile(log); err != nil || len(b) == 0 {
		t.Errorf("the log is %q, %v", b, err)
	}
	if err := (recipe{name: "none"}).build(t.Context(), dir, dir, log); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no script: %v", err)
	}
}

func TestHashOf(t *testing.T) {
	if hashOf([]byte("ab"), []byte("c")) == hashOf([]byte("a"), []byte("bc")) {
		t.Error("where a part ends makes no difference")
	}
}
