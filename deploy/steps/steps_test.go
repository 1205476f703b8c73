package steps

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		s := New(&out)
		s.Say("%d things to do", 2)
		fault := errors.New("no paper")
		if err := s.Run("paint", func(far func(string)) error {
			far("half of it")
			time.Sleep(75 * time.Second)
			return nil
		}); err != nil {
			t.Error(err)
		}
		if err := s.Run("print", func(func(string)) error { return fault }); !errors.Is(err, fault) {
			t.Errorf("the error is %v", err)
		}
		want := "2 things to do\n" +
			"paint\npaint: 30.0 s, half of it\npaint: 1:00 min, half of it\npaint: 1:15 min, done\n" +
			"print\nprint: 0.0 s, failed\n"
		if out.String() != want {
			t.Errorf("it prints\n%swant\n%s", out.String(), want)
		}
	})
}

func TestTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		s := &Steps{out: &out, terminal: true}
		err := s.Run("paint", func(far func(string)) error {
			far(strings.Repeat("x", 100))
			time.Sleep(700 * time.Millisecond)
			return nil
		})
		want := "\rpaint: 0.5 s, " + strings.Repeat("x", 39) + "…\x1b[K\rpaint: 0.7 s, done\x1b[K\n"
		if err != nil || out.String() != want {
			t.Errorf("%v, it prints %q, want %q", err, out.String(), want)
		}
	})
}
