package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestMPC has Debian's mpc do what it can.
func TestMPC(t *testing.T) {
	tool(t, "mpc", "flac")
	m := ours(t, shelf(t), mpdFlags{})
	const song = "Linnet/Hedgerow/02 林间小路.mp3"
	idle := make(chan string, 1)
	go func() {
		host, port, _ := net.SplitHostPort(m.addr.String())
		out, _ := exec.Command("mpc", "--host", host, "--port", port, "idle", "playlist").CombinedOutput()
		idle <- string(out)
	}()
	for _, c := range []struct {
		args []string
		want string // in what it says
	}{
		{[]string{"listall"}, "three.flac\nLinnet/Hedgerow/01 Morning"},
		{[]string{"ls", "Linnet"}, "Linnet/Hedgerow"},
		{[]string{"add", "Linnet"}, ""},
		{[]string{"insert", "three.flac"}, ""},
		{[]string{"playlist"}, "Linnet - 过溪"},
		{[]string{"play", "2"}, "[playing] #2/5"},
		{[]string{"pause"}, "[paused]  #2/5"},
		{[]string{"toggle"}, "[playing] #2/5"},
		{[]string{"next"}, "[playing] #3/5"},
		{[]string{"prev"}, "[playing] #2/5"},
		{[]string{"seek", "50%"}, "[playing] #2/5"},
		{[]string{"seekthrough", "-5"}, "[playing]"},
		{[]string{"current"}, "Linnet - "},
		{[]string{"volume", "40"}, "volume: 40%"},
		{[]string{"volume", "+5"}, "volume: 45%"},
		{[]string{"repeat", "on"}, "repeat: on"},
		{[]string{"random", "on"}, "random: on"},
		{[]string{"single", "once"}, "single: once"},
		{[]string{"consume", "on"}, "consume: on"},
		{[]string{"consume", "off"}, "consume: off"},
		{[]string{"single", "off"}, "single: off"},
		{[]string{"random", "off"}, "random: off"},
		{[]string{"crossfade", "3"}, ""},
		{[]string{"crossfade"}, "crossfade: 3"},
		{[]string{"mixrampdb", "-17"}, ""},
		{[]string{"replaygain", "album"}, ""},
		{[]string{"replaygain"}, "replay_gain_mode: album"},
		{[]string{"search", "title", "homeward"}, "04 Homeward, Late.mp3"},
		{[]string{"find", "artist", "Artist 1"}, "Others/Deep \"er\"/two.flac"},
		{[]string{"search", "(title contains 'song')"}, "three.flac"},
		{[]string{"list", "album"}, "Hedgerow 树篱\nThe Album\n"},
		{[]string{"list", "album", "group", "artist"}, "Artist 0"},
		{[]string{"findadd", "artist", "Artist 1"}, ""},
		{[]string{"searchplay", "title", "Song"}, "[playing]"},
		{[]string{"move", "1", "3"}, ""},
		{[]string{"del", "1"}, ""},
		{[]string{"shuffle"}, ""},
		{[]string{"prio", "7", "1"}, ""},
		{[]string{"crop"}, ""},
		{[]string{"clear"}, ""},
		{[]string{"add", "Others"}, ""},
		{[]string{"save", "mine"}, ""},
		{[]string{"lsplaylists"}, "mine\n"},
		{[]string{"playlist", "mine"}, "Song (0)"},
		{[]string{"load", "mine"}, ""},
		{[]string{"playlist"}, "Song (1)"},
		{[]string{"rm", "mine"}, ""},
		{[]string{"sticker", song, "set", "rating", "8"}, ""},
		{[]string{"sticker", song, "get", "rating"}, "rating=8"},
		{[]string{"sticker", song, "list"}, "rating=8"},
		{[]string{"sticker", "", "find", "rating"}, song + ": rating=8"},
		{[]string{"outputs"}, "Output 1 (null) is enabled"},
		{[]string{"disable", "1"}, "Output 1 (null) is disabled"},
		{[]string{"enable", "1"}, "Output 1 (null) is enabled"},
		{[]string{"stats"}, "Songs:        7"},
		{[]string{"readpicture", song}, "\x89PNG\r\n"},
		{[]string{"albumart", "Others/one.flac"}, "\x89PNG picture"},
		{[]string{"channels"}, ""},
		{[]string{"update"}, "volume: 45%"}, // by then it may be over
		{[]string{"update", "--wait"}, ""},
		{[]string{"stop"}, ""},
		{[]string{"version"}, "0.23.5"},
	} {
		if got := mpc(t, m, c.args...); !strings.Contains(got, c.want) {
			t.Errorf("mpc %q says %q, without %q", c.args, got, c.want)
		}
	}
	if got := m.lib.Stats(song).Rating; got != 8 {
		t.Errorf("the rating is %d", got)
	}
	for began := time.Now(); time.Since(began) < patience; {
		select {
		case got := <-idle:
			if !strings.Contains(got, "playlist") {
				t.Errorf("idle says %q", got)
			}
			return
		case <-time.After(time.Second):
			mpc(t, m, "add", "three.flac") // it came behind all that
		}
	}
	t.Error("idle never woke")
}

// lockedText is what a program prints, read while it does.
type lockedText struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// TestNCMPCPP has a person press keys in Debian's ncmpcpp, on a terminal.
func TestNCMPCPP(t *testing.T) {
	tool(t, "ncmpcpp", "script", "flac")
	m := ours(t, shelf(t), mpdFlags{})
	c := dial(t, m.addr.String())
	c.say("add Linnet")
	host, port, _ := net.SplitHostPort(m.addr.String())
	home := t.TempDir()
	os.MkdirAll(filepath.Join(home, ".config", "ncmpcpp"), 0o777)
	write(t, filepath.Join(home, ".config", "ncmpcpp", "config"), "ncmpcpp_directory = "+home+"\nlyrics_directory = "+home+"\n")
	cmd := exec.Command("script", "-q", "-c", "stty rows 30 cols 100; exec ncmpcpp --host "+host+" --port "+port, "/dev/null")
	cmd.Env = append(os.Environ(), "HOME="+home, "TERM=xterm", "LANG=C.UTF-8", "LC_ALL=C.UTF-8")
	keys, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	screen := &lockedText{}
	cmd.Stdout, cmd.Stderr = screen, screen
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer cmd.Process.Kill()
	status := func(want string) func() bool {
		return func() bool { return strings.Contains("\n"+strings.Join(c.say("status"), "\n")+"\n", "\n"+want+"\n") }
	}
	// What is typed before the songs are there is for none of them.
	until(t, "the songs on the screen", func() bool { return strings.Contains(screen.String(), "Morning on the Perch") })
	for _, step := range []struct{ keys, want string }{
		{"\r", "state: play"}, // the song that is marked
		{">", "song: 1"},
		{"p", "state: pause"},
		{"p", "state: play"},
		{"r", "repeat: 1"},
		{"z", "random: 1"},
		{"s", "state: stop"},
		{"2\x1b[F ", "playlistlength: 5"}, // the browser: the last entry, added
	} {
		io.WriteString(keys, step.keys)
		until(t, fmt.Sprintf("%q, then %s", step.keys, step.want), status(step.want))
	}
	io.WriteString(keys, "q")
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("ncmpcpp: %v", err)
		}
	case <-time.After(patience):
		t.Error("ncmpcpp did not end")
	}
	if !strings.Contains(screen.String(), "Morning on the Perch") || !strings.Contains(screen.String(), "林间小路") {
		t.Errorf("the songs were not shown:\n%q", screen.String())
	}
}
