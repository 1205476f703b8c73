package main

import (
	"bufio"
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/formats"
)

// asked is an MPD client: a line, and what is answered up to OK.
func asked(t *testing.T, addr net.Addr) func(line string) string {
	t.Helper()
	c, err := net.Dial(addr.Network(), addr.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(patience))
	in := bufio.NewReader(c)
	if _, err := in.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	return func(line string) string {
		fmt.Fprintln(c, line)
		var all strings.Builder
		for {
			said, err := in.ReadString('\n')
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			if said == "OK\n" || strings.HasPrefix(said, "ACK ") {
				return all.String() + strings.TrimSuffix(said, "OK\n")
			}
			all.WriteString(said)
		}
	}
}

// TestListsOfBoth: the screens and MPD's clients have the same playlists.
func TestListsOfBoth(t *testing.T) {
	root, state := t.TempDir(), t.TempDir()
	for i := range 2 {
		writeWAV(t, filepath.Join(root, fmt.Sprintf("%d.wav", i)), recording(4410))
	}
	open, err := (&soundFlags{AO: "null"}).open()
	if err != nil {
		t.Fatal(err)
	}
	p := player.New(player.Config{Open: formats.Open, Audio: open})
	defer p.Close()
	lists := playlistsIn(state, root)
	m, err := (&mpdFlags{MPD: "127.0.0.1:0", Clients: 4}).openMusic(p, newShelves(lists, func(err error) { t.Error(err) }), nil, root, state, "null", func(err error) { t.Log(err) })
	if err != nil {
		t.Fatal(err)
	}
	defer m.close()
	for began := time.Now(); len(m.lib.Snapshot().Tracks()) < 2; time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > patience {
			t.Fatal("the music is not found")
		}
	}
	say := asked(t, m.addr)
	if got := say("playlistadd theirs 1.wav"); got != "" {
		t.Fatal(got)
	}
	want := []string{filepath.Join(root, "1.wav")}
	if got, err := lists.Load("theirs"); err != nil || !slices.Equal(got, want) {
		t.Errorf("the screens have %q, %v", got, err)
	}

	told := make(chan string, 1)
	waits := asked(t, m.addr)
	go func() { told <- waits("idle stored_playlist") }()
	all := []string{filepath.Join(root, "0.wav"), filepath.Join(root, "1.wav"), "/elsewhere/x.wav"}
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) { // until the client waits
		if err := lists.Save("ours", all); err != nil {
			t.Fatal(err)
		}
		select {
		case got := <-told:
			if got != "changed: stored_playlist\n" {
				t.Errorf("who waits is told %q", got)
			}
		default:
			if time.Since(began) > patience {
				t.Fatal("nobody is told of a list that the screens have saved")
			}
			continue
		}
		break
	}
	if got := say("listplaylist ours"); got != "file: 0.wav\nfile: 1.wav\nfile: /elsewhere/x.wav\n" {
		t.Errorf("a client sees %q", got)
	}
	if got := say("load ours") + say("status"); !strings.Contains(got, "playlistlength: 2\n") {
		t.Errorf("a client that loads it has %q", got)
	}
	if got := say("listplaylists"); !strings.Contains(got, "playlist: ours\n") || !strings.Contains(got, "playlist: theirs\n") {
		t.Errorf("the lists are %q", got)
	}
	if err := lists.Delete("theirs"); err != nil {
		t.Fatal(err)
	}
	if got := say("listplaylist theirs"); !strings.Contains(got, "No such playlist") {
		t.Errorf("a list that the screens have deleted is %q", got)
	}
}
