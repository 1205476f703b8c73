package aotest

import (
	"net"
	"path/filepath"
	"slices"
	"testing"
)

// A socket that is there, and listened at, is no server yet.
func TestAnswers(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "native")
	if answers(socket) == nil {
		t.Error("a server where nothing is")
	}
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.Close()
		}
	}()
	if answers(socket) == nil {
		t.Error("a server that says nothing")
	}
	l.Close()
	if answers(socket) == nil {
		t.Error("a server at a socket that nobody listens at")
	}
}

func TestCompareFindsEveryDifference(t *testing.T) {
	want := Signal(1000, 2)
	whole := upper(want)
	if len(whole) != len(want) {
		t.Fatal("the signal has silent samples")
	}
	silence := make([]int16, 300)
	for name, c := range map[string]struct {
		got  []int16
		ok   bool
		late bool
	}{
		"whole":         {got: whole, ok: true},
		"in silence":    {got: slices.Concat(silence, whole, silence), ok: true},
		"silent":        {got: silence},
		"nothing":       {},
		"a gap":         {got: slices.Concat(whole[:500], silence, whole[500:]), late: true},
		"a loss":        {got: slices.Concat(whole[:500], whole[600:])},
		"a loss behind": {got: slices.Concat(whole[:500], silence, whole[501:])},
		"twice":         {got: slices.Concat(whole[:500], whole[400:])},
		"cut off":       {got: whole[:1999]},
		"too much":      {got: slices.Concat(whole, whole[:1])},
		"too soft":      {got: slices.Concat(whole[:700], []int16{whole[700] - 1}, whole[701:])},
		"begins late":   {got: whole[1:]},
	} {
		late, err := Compare(c.got, want)
		if (err == nil) != c.ok || late != c.late {
			t.Errorf("%s: late %v, %v", name, late, err)
		}
	}
}

func TestEnd(t *testing.T) {
	want := Signal(1000, 2)
	whole := upper(want)
	silence := make([]int16, 300)
	for name, c := range map[string]struct {
		got          []int16
		from, silent int
		ok           bool
	}{
		"whole":  {whole, 0, 0, true},
		"half":   {slices.Concat(silence, whole[700:], silence), 700, 0, true},
		"a gap":  {slices.Concat(whole[700:900], silence, whole[900:]), 700, 300, true},
		"a loss": {slices.Concat(whole[700:900], whole[950:]), 0, 0, false},
		"twice":  {slices.Concat(whole, whole), 0, 0, false},
		"none":   {silence, 0, 0, false},
	} {
		from, silent, err := End(c.got, want)
		if from != c.from || silent != c.silent || (err == nil) != c.ok {
			t.Errorf("%s: %d, %d, %v", name, from, silent, err)
		}
	}
}
