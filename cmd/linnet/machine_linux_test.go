package main

import (
	"errors"
	"image"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"linnet/player/settings"
	"linnet/ui/app"
	"linnet/ui/ial"
	"linnet/ui/ial/evdev"
)

// TestMountedMedia asks a process 1 that is made up, and has a file open on the
// stick for a while.
func TestMountedMedia(t *testing.T) {
	stick, state := t.TempDir(), t.TempDir()
	var asked []string
	m := mountedMedia{state: state, ask: func(line string) ([]string, error) {
		asked = append(asked, line)
		if line == "mounts" {
			return []string{stick + "\tvfat\tsda1", "/nowhere/gone\tvfat\tsdb1"}, nil
		}
		return nil, nil
	}}
	all, err := m.Volumes()
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	if all[0].Name != "Linnet" || all[0].Removable || all[1].Path != stick || !all[1].Removable || all[1].Total <= 0 || all[1].Free > all[1].Total {
		t.Errorf("%+v", all)
	}
	f, err := os.Create(filepath.Join(stick, "song.mp3"))
	if err != nil {
		t.Fatal(err)
	}
	looks := 0
	m.open = func(dir string) bool {
		open := openBelow(dir)
		if looks++; looks == 3 {
			f.Close()
		}
		return open
	}
	if err := m.Eject(all[1]); err != nil || looks != 4 {
		t.Errorf("it was ejected after %d looks: %v", looks, err)
	}
	if !slices.Equal(asked, []string{"mounts", "eject " + filepath.Base(stick)}) {
		t.Errorf("process 1 was asked %q", asked)
	}
	m.open = func(string) bool { return true }
	if err := m.Eject(all[1]); !errors.Is(err, app.ErrInUse) || len(asked) != 2 {
		t.Errorf("in use: %v, %q", err, asked)
	}
}

func TestNetworkTurns(t *testing.T) {
	var asked []string
	n := network{func(line string) ([]string, error) { asked = append(asked, line); return nil, nil }}
	n.Turn("eth0", true)
	n.Turn("eth0", false)
	if !slices.Equal(asked, []string{"network eth0 on", "network eth0 off"}) {
		t.Errorf("process 1 was asked %q", asked)
	}
	links, err := n.Links()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range links {
		if l.Name == "" || l.Name == "lo" {
			t.Errorf("%+v", l)
		}
	}
}

func TestRTCTime(t *testing.T) {
	r := rtcTime(time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 8*3600)))
	if r.Year != 126 || r.Mon != 0 || r.Mday != 1 || r.Hour != 19 || r.Min != 4 || r.Sec != 5 {
		t.Errorf("%+v", r)
	}
}

// pad is a touch panel that says what it is told to.
type pad struct {
	silence
	there bool
	off   bool
	err   error
}

func (p *pad) Panel() bool          { return p.there }
func (p *pad) Uncalibrated(on bool) { p.off = on }
func (p *pad) Calibrate(shown, touched []image.Point) (evdev.Calibration, error) {
	return evdev.Calibration{int64(shown[0].X), 0, int64(touched[0].Y), 0, 1, 0}, p.err
}

// TestToucher: what was calibrated holds after a restart.
func TestToucher(t *testing.T) {
	dir := t.TempDir()
	problem := func(err error) { t.Error(err) }
	store := settings.Open(dir, problem)
	if calibrationOf(store) != nil {
		t.Error("calibrated before it was")
	}
	if toucherOf(newSilence(), store) != nil || toucherOf(&pad{}, store) != nil {
		t.Error("where there is no panel, one is calibrated")
	}
	p := &pad{there: true}
	touch := toucherOf(p, store)
	touch.Uncalibrated(true)
	p.err = io.ErrUnexpectedEOF
	if err := touch.Calibrate([]app.Point{{X: 7, Y: 8}}, []app.Point{{X: 1, Y: 2}}); err == nil || calibrationOf(store) != nil || !p.off {
		t.Errorf("missed: %v", err)
	}
	p.err = nil
	if err := touch.Calibrate([]app.Point{{X: 7, Y: 8}}, []app.Point{{X: 1, Y: 2}}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	again := settings.Open(dir, problem)
	defer again.Close()
	if c := calibrationOf(again); c == nil || *c != (evdev.Calibration{7, 0, 2, 0, 1, 0}) {
		t.Errorf("after a restart: %v", c)
	}
	var _ ial.Source = p
	var _ touchPanel = (*evdev.Source)(nil)
}
