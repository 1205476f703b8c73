package vm

import (
	"context"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestParseLine(t *testing.T) {
	for text, want := range map[string]Line{
		"[    0.000000] Booting Linux\r\n": {"Booting Linux", 0},
		"[   12.345678]  vda: vda1\n":      {" vda: vda1", 12345678 * time.Microsecond},
		"[12345.000001] x":                 {"x", 12345*time.Second + time.Microsecond},
		"hello\r\n":                        {"hello", -1},
		"[ OK ] started":                   {"[ OK ] started", -1},
		"":                                 {"", -1},
	} {
		if got := parseLine(text); got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
}

func TestSerial(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		s := newSerial()
		go s.read(r)
		go func() {
			for _, text := range []string{"[    0.5", "00000] one\r\n[    1.000000] two\n", "three\n", "[    2.000000] two\n"} {
				time.Sleep(time.Second)
				io.WriteString(w, text)
			}
			time.Sleep(time.Hour)
			io.WriteString(w, "last")
			w.Close()
		}()
		two := regexp.MustCompile("^two$")
		for _, want := range []time.Duration{time.Second, 2 * time.Second} {
			if l, err := s.wait(t.Context(), two); err != nil || l.Time != want {
				t.Errorf("%+v, %v; want it at %v", l, err, want)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := s.wait(ctx, two); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "two") {
			t.Errorf("a line that does not come: %v", err)
		}
		if l, err := s.wait(t.Context(), regexp.MustCompile("last")); err != nil || l.Time != -1 {
			t.Errorf("the last one, without an end: %+v, %v", l, err)
		}
		if _, err := s.wait(t.Context(), two); !errors.Is(err, ErrEnded) {
			t.Errorf("after the end: %v", err)
		}
		if n := len(s.all()); n != 5 {
			t.Errorf("%d lines", n)
		}
	})
}
