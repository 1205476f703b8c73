package ao

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player/ao/aotest"
	"linnet/player/ao/null"
	"linnet/player/media"
)

var cd = media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}

func TestSpecs(t *testing.T) {
	for _, spec := range []string{"wav:" + filepath.Join(t.TempDir(), "a.wav"), "null", "null:fast"} {
		synctest.Test(t, func(t *testing.T) {
			open, err := Open(spec)
			if err != nil {
				t.Fatal(err)
			}
			aotest.Contract(t, func(want media.AudioFormat) (aotest.Sink, media.AudioFormat, error) {
				return open(want)
			})
		})
	}
}

func TestBadSpecsSayWhatToDo(t *testing.T) {
	for spec, says := range map[string]string{
		"":          "malgo",
		"pulse":     "alsa",
		"wav":       "wav:out.wav",
		"wav:":      "wav:out.wav",
		"null:slow": "fast",
		"auto:x":    "no sound output",
		"pipe":      "pipe:",
	} {
		if _, err := Open(spec); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", spec, err)
		}
	}
}

func TestFailedOpenGivesNoSink(t *testing.T) {
	open, err := Open("wav:" + filepath.Join(t.TempDir(), "no", "a.wav"))
	if err != nil {
		t.Fatal(err)
	}
	if s, _, err := open(cd); s != nil || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v, %v", s, err)
	}
}

func TestListIsTheTable(t *testing.T) {
	for _, i := range List() {
		if i.Help == "" || i.Compiled == (i.Missing != "") {
			t.Errorf("%+v", i)
		}
		if _, err := Open(i.Name); !i.Compiled && (err == nil || !strings.Contains(err.Error(), i.Missing)) {
			t.Errorf("%s is not compiled in, but Open says %v", i.Name, err)
		}
	}
}

// Auto takes the first sink that opens, in the table's order, and no other
// from then on.
func TestAutoKeepsToItsChoice(t *testing.T) {
	saved := table
	defer func() { table = saved }()
	opened := map[string]int{}
	row := func(name string, err error) sinkType {
		return sinkType{name: name, auto: true, open: func(string) (OpenFunc, error) {
			return func(want media.AudioFormat) (Sink, media.AudioFormat, error) {
				opened[name]++
				if err != nil {
					return nil, want, err
				}
				return adapt(func(want media.AudioFormat) (*null.Sink, media.AudioFormat, error) {
					return null.Open(want, null.Options{Fast: true})
				})(want)
			}, nil
		}}
	}
	first, second := errors.New("no server"), errors.New("no card")
	table = []sinkType{row("a", first), {name: "missing", auto: true}, row("b", nil), row("c", nil)}
	open, err := Open("auto")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s, got, err := open(cd)
		if err != nil || got != cd {
			t.Fatalf("%v, %v", got, err)
		}
		s.Close()
	}
	if opened["a"] != 1 || opened["b"] != 2 || opened["c"] != 0 {
		t.Errorf("opened %v", opened)
	}
	// When it is no more, the next one of the table has its turn.
	table[2] = row("b", second)
	gone := false
	open2 := row("b", nil).open
	table[2].open = func(arg string) (OpenFunc, error) {
		good, _ := open2(arg)
		return func(want media.AudioFormat) (Sink, media.AudioFormat, error) {
			if gone {
				return nil, want, second
			}
			return good(want)
		}, nil
	}
	synctest.Test(t, func(t *testing.T) {
		open, _ := Open("auto")
		for i, want := range []error{nil, second, nil} {
			s, _, err := open(cd)
			if err != want {
				t.Fatalf("opening %d: %v", i, err)
			}
			if err == nil {
				s.Close()
			}
			gone = true
			if i > 0 {
				time.Sleep(loyalty)
			}
		}
	})
	if opened["c"] != 1 {
		t.Errorf("opened %v", opened)
	}
	table = []sinkType{row("a", first), row("b", second)}
	if found := Probe(); found["a"] != first || found["b"] != second {
		t.Errorf("probed: %v", found)
	}
	open, _ = Open("auto")
	if _, _, err := open(cd); !errors.Is(err, first) || !errors.Is(err, second) || !strings.Contains(err.Error(), "wav:FILE") {
		t.Errorf("with nothing to choose: %v", err)
	}
}
