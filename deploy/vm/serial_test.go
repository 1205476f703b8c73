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
		"[    0.000000] Booting Linux\r\n": {"Booting Linux", 0, -1},
		"[   12.345678]  vda: vda1\n":      {" vda: vda1", 12345678 * time.Microsecond, -1},
		"[12345.000001] x":                 {"x", 12345*time.Second + time.Microsecond, -1},
		"hello\r\n":                        {"hello", -1, -1},
		"[ OK ] started":                   {"[ OK ] started", -1, -1},
		"":                                 {"", -1, -1},
		"@308123 [    0.000000] x\r\n":     {"x", 0, 308123 * time.Microsecond},
		"@17 boot: 0 ms: x\r\n":            {"boot: 0 ms: x", -1, 17 * time.Microsecond},
		"@ 17":                             {"@ 17", -1, -1},
	} {
		if got := parseLine(text); got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
}

// TestPowerOn has a kernel whose lines are sent late.
func TestPowerOn(t *testing.T) {
	var lines []Line
	for _, text := range []string{"@9 boot", "@700000 [    0.000000] a", "@820000 [    0.200000] b", "@990000 [    0.300000] c", "@10 [x"} {
		lines = append(lines, parseLine(text))
	}
	if at, ok := PowerOn(lines); !ok || at != 620*time.Millisecond {
		t.Errorf("it began at %v, %v", at, ok)
	}
	if at, ok := PowerOn(lines[:1]); ok {
		t.Errorf("without a kernel it began at %v", at)
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
