package settings

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player"
	"linnet/player/pcm"
)

// rig is a Store and what it complained of.
type rig struct {
	*Store
	t    *testing.T
	mu   sync.Mutex
	told []string
}

func open(t *testing.T, dir string) *rig {
	r := &rig{t: t}
	r.Store = Open(dir, func(err error) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.told = append(r.told, err.Error())
	})
	return r
}

// complained compares what the Store complained of, in parts.
func (r *rig) complained(parts ...string) {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.EqualFunc(r.told, parts, strings.Contains) {
		r.t.Errorf("it complains of %q, want %q", r.told, parts)
	}
}

func (r *rig) close() {
	r.t.Helper()
	if err := r.Close(); err != nil {
		r.t.Error(err)
	}
}

type thing struct {
	A int
	B string
}

func TestOverARestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none", "yet")
	s := open(t, dir)
	v := thing{1, "one"}
	if s.Get("thing", &v) || v != (thing{1, "one"}) {
		t.Errorf("of nothing: %v", v)
	}
	s.Put("thing", thing{2, "two"})
	s.Put("number", 7)
	if !s.Get("thing", &v) || v != (thing{2, "two"}) {
		t.Errorf("at once: %v", v)
	}
	s.close()
	s.complained()
	s = open(t, dir)
	n := 0
	if v = (thing{}); !s.Get("thing", &v) || v != (thing{2, "two"}) || !s.Get("number", &n) || n != 7 {
		t.Errorf("again: %v, %d", v, n)
	}
	s.Put("thing", thing{3, "three"})
	s.close()
	s.Put("thing", thing{4, "four"}) // too late
	s = open(t, dir)
	if !s.Get("number", &n) || n != 7 || !s.Get("thing", &v) || v.A != 3 {
		t.Errorf("the third time: %v, %d", v, n)
	}
	s.complained()
}

// What is not in a section stays as it was.
func TestOlderSection(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	s.Put("thing", map[string]int{"A": 5, "C": 6})
	s.close()
	s = open(t, dir)
	v := thing{1, "default"}
	if !s.Get("thing", &v) || v != (thing{5, "default"}) {
		t.Errorf("%v", v)
	}
}

func TestDamage(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "cut off": `{"version":1,"sections":{"thing":{"A"`, "another thing": `[1,2]`, "the future": `{"version":2,"sections":{}}`,
		"zeros": strings.Repeat("\x00", 4096), "large": `{"version":1,"sections":{"x":"` + strings.Repeat("x", maxFile) + `"}}`,
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, fileName)
		write(t, path, text)
		s := open(t, dir)
		s.complained("settings: " + path)
		v := thing{1, "default"}
		if s.Get("thing", &v) || v != (thing{1, "default"}) {
			t.Errorf("%s: %v", name, v)
		}
		if got := slurp(t, path); got != text {
			t.Errorf("%s: reading has changed it", name)
		}
		s.Put("thing", thing{2, "two"})
		s.close()
		if got := slurp(t, path+".damaged"); got != text {
			t.Errorf("%s: what was there is gone", name)
		}
		s = open(t, dir)
		if !s.Get("thing", &v) || v.A != 2 {
			t.Errorf("%s: then %v", name, v)
		}
		s.complained()
	}
}

// A section that makes no sense takes no other with it, and changes nothing.
func TestDamagedSection(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, fileName), `{"version":1,"sections":{"thing":{"A":9,"B":7},"other":{"A":3},"unknown":[1]}}`)
	s := open(t, dir)
	v, o := thing{1, "default"}, thing{}
	if s.Get("thing", &v) || v != (thing{1, "default"}) || !s.Get("other", &o) || o.A != 3 {
		t.Errorf("%v, %v", v, o)
	}
	s.complained("settings: thing of ")
	s.Put("thing", thing{2, "two"})
	s.close()
	var f file
	if err := json.Unmarshal([]byte(slurp(t, filepath.Join(dir, fileName))), &f); err != nil || string(compact(f.Sections["unknown"])) != "[1]" {
		t.Errorf("what it does not know is %s, %v", f.Sections["unknown"], err)
	}
}

// A slider that is dragged for a minute wears little, and all is there soon.
func TestWear(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		s := open(t, dir)
		writings := 0
		var last os.FileInfo
		look := func() {
			info, err := os.Stat(filepath.Join(dir, fileName))
			if err == nil && (last == nil || !os.SameFile(info, last)) {
				writings, last = writings+1, info
			}
		}
		for i := range 600 {
			s.Put("slider", i)
			time.Sleep(100 * time.Millisecond)
			synctest.Wait()
			look()
		}
		if writings < 12 || writings > 16 {
			t.Errorf("%d writings in a minute", writings)
		}
		time.Sleep(quiet)
		synctest.Wait()
		look()
		n := 0
		if open(t, dir).Get("slider", &n); n != 599 {
			t.Errorf("%d is kept", n)
		}
		before := writings
		for range 100 {
			s.Put("slider", 599)
			time.Sleep(quiet)
			synctest.Wait()
			look()
		}
		if writings != before {
			t.Error("what did not change is written")
		}
		for i := range 3600 { // someone plays with it for two hours
			s.Put("slider", i)
			time.Sleep(quiet)
			synctest.Wait()
			look()
		}
		if got := writings * 4096; got > 2*budget+budget/4 {
			t.Errorf("%d bytes in two hours", got)
		}
		s.Put("slider", -1)
		s.close()
		if open(t, dir).Get("slider", &n); n != -1 {
			t.Errorf("%d is kept at the end", n)
		}
		s.complained()
	})
}

// A medium that takes nothing is told of once, and tried again.
func TestFullMedium(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "state")
		write(t, dir, "a file where the folder should be")
		s := open(t, dir)
		s.told = nil // of what cannot be read
		s.Put("thing", thing{1, "one"})
		time.Sleep(time.Minute)
		synctest.Wait()
		s.complained("settings: write ")
		if err := os.Remove(dir); err != nil {
			t.Fatal(err)
		}
		time.Sleep(again)
		synctest.Wait()
		v := thing{}
		if open(t, dir).Get("thing", &v); v.A != 1 {
			t.Errorf("%v is kept", v)
		}
		s.close()
	})
}

func TestNoFolder(t *testing.T) {
	s := open(t, "")
	s.Put("thing", thing{1, "one"})
	v := thing{}
	if !s.Get("thing", &v) || v.A != 1 {
		t.Errorf("%v", v)
	}
	s.close()
	s.complained()
}

func TestSound(t *testing.T) {
	want := player.Sound{
		Settings:   pcm.Settings{Bands: [pcm.Bands]int{10, -120, 0, 5}, Bass: 25, Treble: -30, Balance: 7, Mono: true},
		ReplayGain: player.ReplayGain{Mode: player.ReplayGainAlbum, Preamp: -150, MayClip: true},
		Crossfade:  player.Crossfade{Length: 1500 * time.Millisecond, WithinAlbums: true},
	}
	dir := t.TempDir()
	s := open(t, dir)
	s.Put(SoundSection, Sound{}.With(want))
	s.close()
	var got Sound
	if s = open(t, dir); !s.Get(SoundSection, &got) || got.Player() != want {
		t.Errorf("%+v, want %+v", got.Player(), want)
	}
	flat := want
	flat.Bands = [pcm.Bands]int{}
	off := got.With(flat)
	if off.Equalizer || off.Bands != want.Bands || off.Player() != flat {
		t.Errorf("the equaliser off: %+v", off)
	}
	if on := off.With(want); on != got {
		t.Errorf("and on again: %+v", on)
	}
	if (Sound{}).Player() != (player.Sound{}) || (Sound{ReplayGain: "loud", CrossfadeMS: 1 << 62}).Player().Crossfade.Length != player.MaxCrossfade {
		t.Error("what was not chosen changes the sound")
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func slurp(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
