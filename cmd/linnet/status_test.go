package main

import (
	"encoding/json"
	"image"
	"net"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"linnet/board"
	"linnet/ui/app"
	"linnet/ui/gal/mem"
)

// Screens that are busy for longer than a reader may be cost no answer.
func TestStatusWaitsForTheScreens(t *testing.T) {
	a := &appliance{applianceCmd: &applianceCmd{Socket: filepath.Join(t.TempDir(), "s")}, board: board.SMDK2410(), began: time.Now(), player: silentPlayer(t)}
	front, stop := newFront(a.player)
	defer stop()
	screens := app.New(app.Options{Screen: mem.New(image.Pt(320, 240)), Source: newSilence(), Player: front, Files: disk{}, Prefs: app.DefaultPrefs()})
	a.runs.Store(screens)
	ended := make(chan error)
	go func() { ended <- screens.Run() }()
	defer func() {
		screens.Quit()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	if err := a.serveStatus(); err != nil {
		t.Fatal(err)
	}
	defer a.close()
	busy := make(chan struct{})
	go screens.Call(func() {
		close(busy)
		time.Sleep(statusPatience + 200*time.Millisecond)
	})
	<-busy
	c, err := net.Dial("unix", a.Socket)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var s status
	if err := json.NewDecoder(c).Decode(&s); err != nil || s.Screens == nil {
		t.Errorf("%+v, %v", s, err)
	}
}

// fullOnce is a listener whose system has no room at first.
type fullOnce struct {
	net.Listener
	failed bool
}

func (l *fullOnce) Accept() (net.Conn, error) {
	if !l.failed {
		l.failed = true
		return nil, &net.OpError{Op: "accept", Err: syscall.EMFILE}
	}
	return l.Listener.Accept()
}

// A system without room for a connection ends only that one, and closing ends it all.
func TestStatusGoesOn(t *testing.T) {
	l, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		answerStatus(&fullOnce{Listener: l}, func() status { return status{Volume: 7} })
		close(ended)
	}()
	c, err := net.Dial("unix", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetReadDeadline(time.Now().Add(time.Minute))
	var s status
	if err := json.NewDecoder(c).Decode(&s); err != nil || s.Volume != 7 {
		t.Errorf("%+v, %v", s, err)
	}
	l.Close()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Error("it listens on")
	}
}
