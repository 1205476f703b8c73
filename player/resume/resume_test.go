package resume

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"linnet/player/internal/durable"
)

var start = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// playing is a state of three files, one of them with a name that is no text.
func playing(at time.Duration) State {
	return State{
		Queue: []string{"/media/a.mp3", "/media/\xff\xfe b.flac", "/media/c \"c\".wav"}, Index: 1, Position: at, Playing: true,
		Volume: 63, Shuffle: true, Repeat: "all",
	}
}

func mustLoad(t *testing.T, memory, flash string) State {
	t.Helper()
	s, ok, problems := New(memory, flash).Load()
	if !ok || len(problems) > 0 {
		t.Fatalf("loaded %v, %v", ok, problems)
	}
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestRoundTrip(t *testing.T) {
	for _, want := range []State{playing(90 * time.Second), {Repeat: "off", Volume: 100}, {Queue: []string{"x"}, Repeat: "one"}} {
		memory, flash := filepath.Join(t.TempDir(), "run", "linnet"), t.TempDir()
		must(t, New(memory, flash).Save(want, start))
		for _, dirs := range [][2]string{{memory, flash}, {memory, ""}, {"", flash}} {
			if got := mustLoad(t, dirs[0], dirs[1]); !reflect.DeepEqual(got, want) {
				t.Errorf("from %q: %+v, want %+v", dirs, got, want)
			}
		}
	}
}

func TestNothingThere(t *testing.T) {
	if _, ok, problems := New("/nowhere/a", "/nowhere/b").Load(); ok || len(problems) > 0 {
		t.Errorf("loaded %v, %v", ok, problems)
	}
	if _, ok, problems := New("", "").Load(); ok || len(problems) > 0 {
		t.Errorf("loaded %v, %v", ok, problems)
	}
	if err := New("", "").Save(playing(0), start); err != nil {
		t.Error(err)
	}
}

// TestTheLatestWins: after the program was killed memory is newer, after the
// power was cut there is only flash, and what is played then is newer again.
func TestTheLatestWins(t *testing.T) {
	memory, flash := t.TempDir(), t.TempDir()
	k := New(memory, flash)
	for i := range 20 {
		must(t, k.Save(playing(time.Duration(i)*time.Second), start.Add(time.Duration(i)*time.Second)))
	}
	if got := mustLoad(t, memory, flash); got.Position != 19*time.Second {
		t.Errorf("killed: %v", got.Position)
	}
	if got := mustLoad(t, "", flash); got.Position != 0 {
		t.Errorf("no power: %v", got.Position)
	}
	fresh := t.TempDir() // the memory of another boot; the clock stands still
	k = New(fresh, flash)
	k.Load()
	must(t, k.Save(playing(3*time.Second), start))
	if got := mustLoad(t, fresh, flash); got.Position != 3*time.Second {
		t.Errorf("after it: %v", got.Position)
	}
	must(t, k.Flush(playing(4*time.Second), start))
	if got := mustLoad(t, memory, flash); got.Position != 4*time.Second && got.Position != 19*time.Second {
		t.Errorf("%v", got.Position)
	}
}

// TestAgain: only memory tells that the program was there before.
func TestAgain(t *testing.T) {
	memory, flash := t.TempDir(), t.TempDir()
	k := New(memory, flash)
	if k.Load(); k.Again() {
		t.Error("again, at the first start of all")
	}
	must(t, k.Flush(playing(time.Second), start))
	for _, c := range []struct {
		memory string
		again  bool
	}{{memory, true}, {t.TempDir(), false}, {"", false}} {
		k := New(c.memory, flash)
		if k.Load(); k.Again() != c.again {
			t.Errorf("from %q: again %v", c.memory, k.Again())
		}
	}
}

// TestDamage: whatever is in the files, the other folder is used, and it is
// said.
func TestDamage(t *testing.T) {
	for name, spoil := range map[string]func(dir string){
		"cut off":       func(dir string) { os.Truncate(filepath.Join(dir, placeName), 30) },
		"empty":         func(dir string) { os.Truncate(filepath.Join(dir, queueName), 0) },
		"zeros":         func(dir string) { os.WriteFile(filepath.Join(dir, placeName), make([]byte, 300), 0o644) },
		"another queue": func(dir string) { os.WriteFile(filepath.Join(dir, queueName), encodeQueue([]string{"z"}), 0o644) },
		"track 9":       func(dir string) { edit(dir, `"index":1`, `"index":9`) },
		"track -1":      func(dir string) { edit(dir, `"index":1`, `"index":-1`) },
		"before it":     func(dir string) { edit(dir, `"position_ms":7000`, `"position_ms":-7`) },
		"very late":     func(dir string) { edit(dir, `"position_ms":7000`, `"position_ms":9223372036854775807`) },
		"too loud":      func(dir string) { edit(dir, `"volume":63`, `"volume":101`) },
		"of the future": func(dir string) { edit(dir, `"version":1`, `"version":2`) },
		"very large":    func(dir string) { os.Truncate(filepath.Join(dir, queueName), maxFile+1) },
		"a folder": func(dir string) {
			os.Remove(filepath.Join(dir, placeName))
			os.Mkdir(filepath.Join(dir, placeName), 0o755)
		},
		"list of future": func(dir string) { os.WriteFile(filepath.Join(dir, queueName), []byte(`{"version":7}`), 0o644) },
	} {
		memory, flash := t.TempDir(), t.TempDir()
		k := New(memory, flash)
		must(t, k.Save(playing(5*time.Second), start))
		must(t, k.Save(playing(7*time.Second), start.Add(2*time.Second)))
		spoil(memory)
		got, ok, problems := New(memory, flash).Load()
		if !ok || got.Position != 5*time.Second || len(problems) != 1 || !strings.Contains(problems[0].Error(), memory) {
			t.Errorf("%s: %v at %v, %v", name, ok, got.Position, problems)
		}
	}
}

func edit(dir, from, to string) {
	path := filepath.Join(dir, placeName)
	data, _ := os.ReadFile(path)
	os.WriteFile(path, bytes.Replace(data, []byte(from), []byte(to), 1), 0o644)
}

// TestPowerCut stops after each step of writing: there is always a state.
func TestPowerCut(t *testing.T) {
	dir := t.TempDir()
	must(t, New(dir, "").Save(playing(5*time.Second), start))
	for _, name := range []string{placeName, queueName} {
		os.WriteFile(filepath.Join(dir, name+".new"), []byte(`{"vers`), 0o644) // it was cut while this was written
	}
	if got := mustLoad(t, dir, ""); got.Position != 5*time.Second {
		t.Errorf("%v", got.Position)
	}
	// The list was replaced and the place was not: memory has no pair, flash has.
	flash := t.TempDir()
	must(t, New("", flash).Save(playing(2*time.Second), start))
	os.WriteFile(filepath.Join(dir, queueName), encodeQueue([]string{"new"}), 0o644)
	if got, ok, problems := New(dir, flash).Load(); !ok || got.Position != 2*time.Second || len(problems) != 1 {
		t.Errorf("%v at %v, %v", ok, got.Position, problems)
	}
	// Without that one the new list is played from its beginning, no louder than before.
	got, ok, problems := New(dir, "").Load()
	want := State{Queue: []string{"new"}, Playing: true, Volume: 63, Shuffle: true, Repeat: "all"}
	if !ok || !reflect.DeepEqual(got, want) || len(problems) != 1 {
		t.Errorf("%v, %+v, %v", ok, got, problems)
	}
	k := New(dir, "")
	k.Load()
	must(t, k.Save(playing(9*time.Second), start))
	if got := mustLoad(t, dir, ""); got.Position != 9*time.Second {
		t.Errorf("%v", got.Position)
	}
}

// TestWear counts what goes to flash in an hour.
func TestWear(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		step     time.Duration
		state    func(i int) State
		low, top int // writings in an hour
	}{
		"an hour of one track": {time.Second, func(i int) State { return playing(time.Duration(i) * time.Second) }, 119, 121},
		"a restless user": {time.Second, func(i int) State {
			s := playing(time.Duration(i) * time.Second)
			s.Playing = i%2 == 0
			return s
		}, 200, 256},
		"volume": {time.Second, func(i int) State {
			s := playing(0)
			s.Volume = i % 100
			return s
		}, 200, 256},
		"nothing happens": {time.Second, func(int) State { return playing(0) }, 1, 1},
	} {
		k := New("", filepath.Join(dir, name))
		writings, bytes := 0, int64(0)
		var last fs.FileInfo
		for i := range 3600 {
			must(t, k.Save(c.state(i), start.Add(time.Duration(i)*c.step)))
			info, err := os.Stat(filepath.Join(dir, name, placeName))
			must(t, err)
			if last == nil || !os.SameFile(info, last) {
				writings, bytes, last = writings+1, bytes+durable.Cost(1), info
			}
		}
		if writings < c.low || writings > c.top || bytes > budget {
			t.Errorf("%s: %d writings", name, writings)
		}
	}
}

// TestVolume: a turn of the volume is on flash soon, however long it takes.
func TestVolume(t *testing.T) {
	flash := t.TempDir()
	k := New("", flash)
	s := playing(0)
	must(t, k.Save(s, start))
	for i := range 20 {
		now := start.Add(time.Duration(i) * time.Second)
		s.Volume = min(10+i, 20)
		must(t, k.Save(s, now))
		if got := mustLoad(t, "", flash); i >= 5 && got.Volume < min(10+i-5, 20) {
			t.Errorf("after %d s the volume on flash is %d", i, got.Volume)
		}
	}
}

// TestLongQueue: a list is written once, not with every place.
func TestLongQueue(t *testing.T) {
	flash := t.TempDir()
	k := New("", flash)
	s := State{Repeat: "off"}
	for i := range 2000 {
		s.Queue = append(s.Queue, fmt.Sprintf("/media/music/a folder with a long name/track %d.mp3", i))
	}
	must(t, k.Save(s, start))
	before, err := os.Stat(filepath.Join(flash, queueName))
	must(t, err)
	for i := range 100 {
		s.Index = i
		must(t, k.Save(s, start.Add(time.Duration(i)*time.Minute)))
	}
	after, _ := os.Stat(filepath.Join(flash, queueName))
	if !os.SameFile(before, after) {
		t.Error("the list was written again")
	}
	if got := mustLoad(t, "", flash); got.Index != 99 || len(got.Queue) != 2000 {
		t.Errorf("track %d of %d", got.Index, len(got.Queue))
	}
}

// TestErrorsAreSaidOnce: a full or missing flash is no reason to fill the log.
func TestErrorsAreSaidOnce(t *testing.T) {
	dir := t.TempDir()
	flash := filepath.Join(dir, "flash")
	os.WriteFile(flash, nil, 0o644) // not a folder
	k := New(t.TempDir(), flash)
	said := 0
	for i := range 100 {
		if err := k.Save(playing(time.Duration(i)*time.Second), start.Add(time.Duration(i)*time.Minute)); err != nil {
			said++
			if !strings.Contains(err.Error(), flash) {
				t.Error(err)
			}
		}
	}
	if said != 1 {
		t.Errorf("said %d times", said)
	}
	os.Remove(flash)
	must(t, k.Save(playing(200*time.Second), start.Add(200*time.Minute)))
	if got := mustLoad(t, "", flash); got.Position != 200*time.Second {
		t.Errorf("%v", got.Position)
	}
}

func FuzzDecode(f *testing.F) {
	s := playing(time.Second)
	f.Add(encodePlace(&s, sum(s.Queue), 5), encodeQueue(s.Queue))
	f.Add([]byte(`{"version":1}`), []byte(`{"version":1,"paths":[""]}`))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		p, err := decodePlace(a)
		if err != nil {
			return
		}
		queue, err := decodeQueue(b)
		if err != nil {
			return
		}
		s, err := p.state(queue)
		if err == nil && (s.Position < 0 || s.Index < 0 || len(queue) > 0 && s.Index >= len(queue)) {
			t.Errorf("%+v", s)
		}
	})
}
