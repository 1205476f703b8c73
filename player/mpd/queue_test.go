package mpd

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"linnet/player"
)

// A queue that somebody else empties between the moment in which a client names a song
// and that in which the song is to be changed costs an answer, and no more.
func TestQueueGoesAway(t *testing.T) {
	s, addr := started(t, Config{}, "a.mp3", "b.mp3", "c.mp3")
	p := connect(t, addr)
	for i, command := range []string{"deleteid %d", "moveid %d 0", "swapid %d %[1]d", "move 2 0", "swap 2 1", "delete 2", "prioid 3 %d", "rangeid %d 0:1", "playlistid %d"} {
		p.say("clear")
		p.say("add \"\"")
		last := 3 * (i + 1)
		if got := p.say(fmt.Sprintf("playlistid %d", last)); !strings.Contains(got, "Pos: 2\n") {
			t.Fatalf("song %d: %q", last, got)
		}
		answer, held, free := make(chan string, 1), make(chan struct{}), make(chan struct{})
		go s.cfg.Player.Edit(func([]player.Entry) []player.Entry {
			close(held)
			<-free // the client's command comes meanwhile
			return nil
		})
		<-held
		line := command
		if strings.Contains(command, "%") {
			line = fmt.Sprintf(command, last)
		}
		go func() { answer <- p.say(line) }()
		time.Sleep(50 * time.Millisecond)
		close(free)
		if got := <-answer; !strings.HasPrefix(got, "ACK [") && command != "playlistid %d" {
			t.Errorf("%s: %q", line, got)
		}
	}
}

// A list of commands that does not come to its end ends the connection, as silence
// does.
func TestListWithoutEnd(t *testing.T) {
	s, addr := started(t, Config{})
	s.mu.Lock()
	s.silence = 100 * time.Millisecond
	s.mu.Unlock()
	for _, line := range []string{"", "command_list_begin\nping\n"} {
		p := connect(t, addr)
		p.conn.Write([]byte(line))
		// What comes when the silence was too long already is not read any more.
		if got, err := p.in.ReadString('\n'); got != "" || err != io.EOF && !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("%q: %q, %v", line, got, err)
		}
	}
}

// A list that is there but cannot be read is not taken for an empty one.
func TestListUnreadable(t *testing.T) {
	s, addr := started(t, Config{}, "a.mp3")
	p := connect(t, addr)
	file := filepath.Join(s.cfg.Playlists, "x.m3u")
	if err := os.MkdirAll(filepath.Join(file, "inside"), 0o777); err != nil {
		t.Fatal(err)
	}
	if got := p.say("playlistadd x a.mp3"); !strings.HasPrefix(got, "ACK [52@0] {playlistadd}") {
		t.Errorf("%q", got)
	}
	if got := p.say("playlistadd y a.mp3") + p.say("listplaylist y"); got != "OK\nfile: a.mp3\nOK\n" {
		t.Errorf("%q", got)
	}
}

// A part is "from:to"; an end of 0 is the file's.
func TestRanges(t *testing.T) {
	_, addr := started(t, Config{}, "a.mp3")
	p := connect(t, addr)
	p.say("add a.mp3")
	for _, c := range [][3]string{
		{"0.5:1.25", "OK\n", "Range: 0.500-1.250\n"}, {"1:", "OK\n", "Range: 1.000-\n"}, {":1", "OK\n", "Range: 0.000-1.000\n"},
		{"1:0", "OK\n", "Range: 1.000-\n"}, {"0.5:99", "OK\n", "Range: 0.500-\n"}, {":", "OK\n", ""}, {"0:0", "OK\n", ""},
		{"1:1", "ACK [2@0] {rangeid} Bad range\n", ""}, {"1:0.5", "ACK [2@0] {rangeid} Bad range\n", ""}, {"-1:2", "ACK [2@0] {rangeid} Bad range\n", ""},
		{"1", "ACK [2@0] {rangeid} Bad range\n", ""}, {"x:", "ACK [2@0] {rangeid} Bad range\n", ""}, {"3:", "ACK [2@0] {rangeid} Invalid start offset\n", ""},
	} {
		p.say("rangeid 1 :")
		if got := p.say("rangeid 1 " + c[0]); got != c[1] {
			t.Errorf("%s: %q", c[0], got)
		}
		got := p.say("playlistinfo")
		if _, rest, ok := strings.Cut(got, "Range: "); ok != (c[2] != "") || ok && !strings.HasPrefix("Range: "+rest, c[2]) {
			t.Errorf("%s: %q", c[0], got)
		}
	}
}

// As long as the player has not opened what it will play, a part is as long as the
// queue says, and not as its file.
func TestDurationBeforeOpening(t *testing.T) {
	s, addr := started(t, Config{}, "a.mp3")
	p := connect(t, addr)
	p.say("add a.mp3")
	path := s.cfg.Player.Entries()[0].Path
	for _, c := range [][2]string{{":", "2.000"}, {"0.5:1.25", "0.750"}, {"1.5:", "0.500"}} {
		if got := p.say("rangeid 1 " + c[0]); got != "OK\n" {
			t.Fatalf("%q", got)
		}
		var b strings.Builder
		out := bufio.NewWriter(&b)
		(&client{s: s, out: out}).playing(&player.Status{ID: 1, Path: path, Duration: -1})
		out.Flush()
		if !strings.Contains(b.String(), "duration: "+c[1]+"\n") {
			t.Errorf("%s: %q", c[0], b.String())
		}
	}
}
