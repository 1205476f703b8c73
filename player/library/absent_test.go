package library

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Where the root is not there, or is an empty folder to mount on, everything is
// away, and comes back without being read again.
func TestAbsentRoot(t *testing.T) {
	s := newShelf(t, few)
	l := s.open(filepath.Join(t.TempDir(), "library.db"))
	defer l.Close()
	s.scan(l)
	l.Played("top.mp3")
	for _, empty := range []bool{false, true} {
		away := s.root + ".away"
		if err := os.Rename(s.root, away); err != nil {
			t.Fatal(err)
		}
		if empty {
			os.Mkdir(s.root, 0o777)
		}
		if p := s.scan(l); p.Absent != 4 || p.Tracks != 4 || p.Removed != 0 {
			t.Errorf("away: %+v", p)
		}
		os.Remove(s.root)
		if err := os.Rename(away, s.root); err != nil {
			t.Fatal(err)
		}
		if p := s.scan(l); p.Absent != 0 || p.Read != 0 || p.Tracks != 4 {
			t.Errorf("back: %+v", p)
		}
	}
	if got := l.Stats("top.mp3").Plays; got != 1 {
		t.Errorf("%d plays", got)
	}
}

// A stick below the root that is pulled out is away; the rest is not.
func TestAbsentStick(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("mounting needs root")
	}
	s := newShelf(t, few)
	stick := filepath.Join(s.root, "usb")
	os.Mkdir(stick, 0o777)
	if out, err := exec.Command("mount", "-t", "tmpfs", "none", stick).CombinedOutput(); err != nil {
		t.Skipf("mounting is not possible here: %s", out)
	}
	in := true
	pull := func() {
		if in {
			exec.Command("umount", stick).Run()
		}
		in = false
	}
	t.Cleanup(pull)
	s.put("usb/s/1.mp3", "x|y|z")
	l := s.open("")
	if p := s.scan(l); p.Tracks != 5 || l.Snapshot().Track("usb/s/1.mp3").Volume != "usb" {
		t.Fatalf("%+v", p)
	}
	pull()
	if p := s.scan(l); p.Absent != 1 || p.Tracks != 5 || p.Removed != 0 {
		t.Errorf("pulled: %+v", p)
	}
	if err := l.Forget("usb"); err != nil || len(l.Snapshot().Tracks()) != 4 {
		t.Errorf("%v, %d tracks", err, len(l.Snapshot().Tracks()))
	}
}

// A volume that goes away while it is scanned is away, not in trouble; files that are
// deleted meanwhile are forgotten.
func TestPulledDuringScan(t *testing.T) {
	s := newShelf(t, few)
	l := s.open("")
	s.scan(l)
	for name := range few {
		s.put(name, few[name]+" once more")
	}
	s.put("new.mp3", "a|b|c")
	n := 0
	s.then = func(string) {
		if n++; n == 2 {
			os.Rename(s.root, s.root+".away")
			os.Mkdir(s.root, 0o777)
		}
	}
	if p := s.scan(l); p.Absent != fewTracks || p.Tracks != fewTracks+1 || len(p.Problems) != 0 || p.Removed != 0 {
		t.Errorf("pulled: %+v", p)
	}
	s.then = nil
	os.Remove(s.root)
	os.Rename(s.root+".away", s.root)
	if p := s.scan(l); p.Absent != 0 || p.Tracks != fewTracks+1 || len(p.Problems) != 0 {
		t.Errorf("back: %+v", p)
	}
	s.put("x.mp3", "p|q|r")
	s.put("y.mp3", "p|q|s")
	s.then = func(path string) { os.Remove(filepath.Join(s.root, "y.mp3")) }
	if p := s.scan(l); p.Tracks != fewTracks+2 || len(p.Problems) != 0 {
		t.Errorf("deleted: %+v", p)
	}
}
