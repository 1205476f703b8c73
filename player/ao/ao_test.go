package ao

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"linnet/player/ao/aotest"
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
