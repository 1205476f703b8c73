package mpd

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/library"
	"linnet/player/media"
)

var update = flag.Bool("update", false, "write README.md's table")

// started is a server over files of one line and a device that is not there.
func started(t testing.TB, cfg Config, files ...string) (*Server, string) {
	t.Helper()
	return startedOn(t, cfg, player.Config{
		Open: func(string) (*player.Media, error) { return nil, errors.New("test: there is no sound") },
		Audio: func(media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
			return nil, media.AudioFormat{}, errors.New("test: no device")
		},
	}, files...)
}

// startedOn is started over a player of the test's own.
func startedOn(t testing.TB, cfg Config, on player.Config, files ...string) (*Server, string) {
	t.Helper()
	root := t.TempDir()
	for _, name := range files {
		path := filepath.Join(root, name)
		os.MkdirAll(filepath.Dir(path), 0o777)
		if err := os.WriteFile(path, []byte(name), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	lib, err := library.Open(library.Config{Root: root, Playable: func(n string) bool { return strings.HasSuffix(n, ".mp3") },
		Read: func(path string) (library.Facts, error) {
			return library.Facts{Format: "mpa", Duration: 2 * time.Second, Tags: media.Tags{Title: strings.TrimSuffix(filepath.Base(path), ".mp3"), Artist: "Artist"}}, nil
		}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lib.Scan(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	p := player.New(on)
	cfg.Player, cfg.Library, cfg.Playlists, cfg.Output = p, lib, filepath.Join(root, "lists"), "test"
	s := New(cfg)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	t.Cleanup(func() {
		s.Close()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		p.Close()
		lib.Close()
	})
	return s, l.Addr().String()
}

type peer struct {
	t    testing.TB
	conn net.Conn
	in   *bufio.Reader
}

func connect(t testing.TB, addr string) *peer {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(time.Minute))
	p := &peer{t, conn, bufio.NewReader(conn)}
	if line, err := p.in.ReadString('\n'); err != nil || line != greeting {
		t.Fatalf("%q, %v", line, err)
	}
	return p
}

// say sends lines and returns the answer to its end.
func (p *peer) say(lines string) string {
	p.t.Helper()
	p.conn.SetDeadline(time.Now().Add(time.Minute))
	io.WriteString(p.conn, lines+"\n")
	return p.answer()
}

// answer reads to the end of an answer.
func (p *peer) answer() string {
	var b strings.Builder
	for {
		line, err := p.in.ReadString('\n')
		b.WriteString(line)
		if err != nil {
			return b.String() + err.Error()
		}
		if line == "OK\n" || strings.HasPrefix(line, "ACK ") {
			return b.String()
		}
	}
}

func TestLists(t *testing.T) {
	_, addr := started(t, Config{}, "a.mp3", "b.mp3")
	p := connect(t, addr)
	for in, want := range map[string]string{
		"command_list_begin\nping\nping\ncommand_list_end":                      "OK\n",
		"command_list_ok_begin\nping\nping\ncommand_list_end":                   "list_OK\nlist_OK\nOK\n",
		"command_list_ok_begin\nping\nplay x\nping\ncommand_list_end":           "list_OK\nACK [2@1] {play} Integer expected: x\n",
		"command_list_begin\nidle\ncommand_list_end":                            "ACK [5@0] {idle} idle is not allowed in a command list\n",
		"command_list_begin\nadd a.mp3\nadd b.mp3\nadd c.mp3\ncommand_list_end": "ACK [50@2] {add} No such directory\n",
		`find "title" "a"`: "file: a.mp3\n",
		"":                 "ACK [5@0] {} No command given\n",
		"setvol":           "ACK [2@0] {setvol} wrong number of arguments for \"setvol\"\n",
		"add":              "ACK [2@0] {add} too few arguments for \"add\"\n",
		"kill":             "ACK [5@0] {kill} " + whyKill + "\n",
	} {
		if got := p.say(in); !strings.HasPrefix(got, want) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// What MPD answers at the edges of lists and numbers, and what is there afterwards.
func TestEdges(t *testing.T) {
	_, addr := started(t, Config{}, "a.mp3", "b.mp3", "c.mp3")
	p := connect(t, addr)
	for _, c := range [][2]string{
		{"playlistclear nowhere", "ACK [50@0] {playlistclear} No such playlist\n"},
		{"searchaddpl nowhere title nothing", "OK\n"},
		{"listplaylists", "OK\n"},
		{"playlistadd l a.mp3", "OK\n"},
		{"playlistadd l b.mp3", "OK\n"},
		{"playlistdelete l 2", "ACK [2@0] {playlistdelete} Bad song index\n"},
		{"playlistdelete l 3:", "ACK [2@0] {playlistdelete} Bad song index\n"},
		{"playlistdelete l 2:5", "OK\n"},
		{"playlistdelete l 1:5", "OK\n"},
		{"listplaylist l", "file: a.mp3\nOK\n"},
		{"add \"\"", "OK\n"},
		{"playlistinfo 3", "OK\n"},
		{"playlistinfo 4", "ACK [2@0] {playlistinfo} Bad song index\n"},
		{"plchangesposid -1", "cpos: 0\nId: 1\ncpos: 1\nId: 2\ncpos: 2\nId: 3\nOK\n"},
		{"seek 0 -1", "ACK [2@0] {seek} Negative value not allowed: -1\n"},
		{"find modified-since 2147483648", "OK\n"},
		{"find modified-since x", "ACK [2@0] {find} Failed to parse timestamp\n"},
		{"find \"(artist 'x')\"", "ACK [2@0] {find} Unknown filter type\n"},
	} {
		if got := p.say(c[0]); got != c[1] {
			t.Errorf("%s: %q, want %q", c[0], got, c[1])
		}
	}
}

// TestStrangeNames: files and tags may be called anything. No line of an answer is cut by
// that, and a name can be given back as it came.
func TestStrangeNames(t *testing.T) {
	_, addr := started(t, Config{}, "two\nlines.mp3", "OK\nACK [5@0] {} x.mp3", "bad \xff\xfe.mp3", "in \"quotes\" \\.mp3", "dir\n2/tab\there.mp3", "\r.mp3")
	p := connect(t, addr)
	var names []string
	for line := range strings.Lines(p.say("listallinfo")) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if !ok && line != "OK\n" {
			t.Errorf("a line that is no pair: %q", line)
		}
		if strings.ContainsAny(value, "\r\x00") {
			t.Errorf("what ends a line for some: %q", line)
		}
		if name == "file" {
			names = append(names, value)
		}
	}
	if len(names) != 6 {
		t.Fatalf("%q", names)
	}
	for _, command := range []string{"find artist Artist", "lsinfo", "listall", "search title 2", "list title"} {
		for line := range strings.Lines(p.say(command)) {
			if !strings.Contains(line, ": ") && line != "OK\n" {
				t.Errorf("%s: a line that is no pair: %q", command, line)
			}
		}
	}
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	for i, name := range names {
		if got := p.say(`addid "` + quoted.Replace(name) + `"`); got != fmt.Sprintf("Id: %d\nOK\n", i+1) {
			t.Errorf("%q: %q", name, got)
		}
	}
	if got := strings.Count(p.say("playlistinfo"), "\nTitle: "); got != 6 {
		t.Errorf("%d songs with titles in the queue", got)
	}
}

func TestPermissions(t *testing.T) {
	_, addr := started(t, Config{Passwords: map[string]Permissions{"secret": Read | Control, "all": All}, Default: Read}, "a.mp3")
	p := connect(t, addr)
	for _, c := range [][2]string{
		{"status", "volume: 100\n"}, {"clear", "ACK [4@0] {clear} you don't have permission for \"clear\"\n"}, {"password wrong", "ACK [3@0] {password} incorrect password\n"},
		{"password secret", "OK\n"}, {"clear", "OK\n"}, {"add a.mp3", "ACK [4@0]"}, {"disableoutput 0", "ACK [4@0]"}, {"password all", "OK\n"}, {"add a.mp3", "OK\n"}, {"disableoutput 0", "OK\n"},
		{"play 0", "ACK [52@0] {play} All audio outputs are disabled\n"},
	} {
		if got := p.say(c[0]); !strings.HasPrefix(got, c[1]) {
			t.Errorf("%s: %q, want %q", c[0], got, c[1])
		}
	}
	for in, want := range map[string]Permissions{"read": Read, "read,add,control,admin": All, "": 0} {
		if got, err := ParsePermissions(in); got != want || err != nil {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
	if _, err := ParsePermissions("root"); err == nil {
		t.Error("root is a permission")
	}
}

func TestIdle(t *testing.T) {
	_, addr := started(t, Config{}, "a.mp3")
	p, q := connect(t, addr), connect(t, addr)
	io.WriteString(p.conn, "idle mixer playlist\n")
	q.say("setvol 30")
	if got := p.answer(); got != "changed: mixer\nOK\n" {
		t.Errorf("%q", got)
	}
	// A noidle that comes after the news has no answer of its own.
	if got := p.say("noidle\nping"); got != "OK\n" {
		t.Errorf("%q", got)
	}
	// What happened meanwhile is told at once, and ends it.
	q.say("add a.mp3")
	until(t, func() bool { return p.say("idle playlist") == "changed: playlist\nOK\n" })
	// How it is played is not the list.
	for _, line := range []string{"repeat 1", "random 1", "single 1", "random 0"} {
		io.WriteString(p.conn, "idle playlist options\n")
		q.say(line)
		if got := p.answer(); got != "changed: options\nOK\n" {
			t.Errorf("%s: %q", line, got)
		}
	}
	io.WriteString(p.conn, "idle sticker\nnoidle\n")
	if got := p.say("ping"); got != "OK\n" {
		t.Errorf("%q", got)
	}
}

func until(t *testing.T, ok func() bool) {
	t.Helper()
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("it never came")
}

// A listener that fails a few times before it takes a client.
type failing struct {
	net.Listener
	with []error
}

func (f *failing) Accept() (net.Conn, error) {
	if len(f.with) == 0 {
		return f.Listener.Accept()
	}
	err := f.with[0]
	f.with = f.with[1:]
	return nil, &net.OpError{Op: "accept", Net: "tcp", Err: os.NewSyscallError("accept4", err)}
}

// Files that have run out for a moment don't end the service; a broken listener does.
func TestAcceptAgain(t *testing.T) {
	s, _ := started(t, Config{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(&failing{l, []error{syscall.EMFILE, syscall.ECONNABORTED}}) }()
	if got := connect(t, l.Addr().String()).say("ping"); got != "OK\n" {
		t.Errorf("after a while without files: %q", got)
	}
	if err := s.Serve(&failing{l, []error{syscall.EINVAL}}); !errors.Is(err, syscall.EINVAL) {
		t.Errorf("a broken listener: %v", err)
	}
	s.Close()
	if err := <-ended; err != nil {
		t.Errorf("after Close: %v", err)
	}
}

// Limits: clients, lines, lists of commands; nothing a client names leaves the
// folder of playlists.
func TestLimits(t *testing.T) {
	s, addr := started(t, Config{Clients: 2}, "a.mp3")
	a := connect(t, addr)
	connect(t, addr)
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if n, err := conn.Read(make([]byte, 10)); n != 0 || err == nil {
		t.Errorf("a third client was let in: %d bytes, %v", n, err)
	}
	for _, name := range []string{"../x", "/etc/x", "a/../../x", ".x", "", "a\\\\/b"} {
		if got := a.say(fmt.Sprintf("save %q", name)); !strings.HasPrefix(got, "ACK [2@0] {save} Bad playlist name") {
			t.Errorf("save %q: %s", name, got)
		}
	}
	if _, err := os.Stat(s.cfg.Playlists); err == nil {
		t.Error("something was written")
	}
	for _, name := range []string{"..", "../..", "/etc", "a/../.."} {
		if got := a.say(fmt.Sprintf("listfiles %q", name)); strings.HasSuffix(got, "OK\n") && !strings.HasPrefix(got, "ACK") && name != "/etc" {
			t.Errorf("listfiles %q: %s", name, got)
		}
	}
	if got := a.say("ping " + strings.Repeat("x", maxLine)); strings.HasSuffix(got, "OK\n") {
		t.Errorf("a long line: %q", got)
	}
	until(t, func() bool { s.mu.Lock(); defer s.mu.Unlock(); return len(s.clients) < 2 })
	b := connect(t, addr)
	if got := b.say("command_list_begin\n" + strings.Repeat("ping\n", maxList/5+10) + "command_list_end"); strings.HasSuffix(got, "OK\n") {
		t.Errorf("a long list: %q", got)
	}
}

// A client that asks and never reads is dropped when its time is over, holds up
// nobody, and takes little memory until then, as many as there may be.
func TestClientsThatNeverRead(t *testing.T) {
	var files []string
	for i := range 3000 {
		files = append(files, fmt.Sprintf("album %d/%d.mp3", i/20, i))
	}
	s, addr := started(t, Config{Clients: 5}, files...)
	s.mu.Lock()
	s.patience = 2 * time.Second
	s.mu.Unlock()
	live := func() (uint64, uint64) {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc, m.TotalAlloc
	}
	clients := func() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.clients)
	}
	good := connect(t, addr)
	var mute []net.Conn
	for range 4 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		conn.(*net.TCPConn).SetReadBuffer(4 << 10)
		mute = append(mute, conn)
	}
	// All are in before the time of the first begins.
	until(t, func() bool { return clients() == 5 })
	before, begun := live()
	for _, conn := range mute {
		go func() {
			for range 1000 { // until the server has enough
				if _, err := io.WriteString(conn, "listallinfo\n"); err != nil {
					return
				}
			}
		}()
	}
	// They wait for room when answers were made, and no more are; what is made
	// meanwhile is not held.
	now, made := live()
	for last := uint64(0); clients() == 5 && (made < begun+1<<20 || made > last+64<<10); time.Sleep(100 * time.Millisecond) {
		last = made
		now, made = live()
	}
	if got := good.say("ping"); got != "OK\n" {
		t.Errorf("somebody else hears %q", got)
	}
	if clients() == 5 && now > before+4*perClient {
		t.Errorf("four clients take %d kB", (now-before)>>10)
	}
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		good.say("ping")
		left := clients()
		if left == 1 {
			return
		}
		if time.Since(began) > time.Minute {
			t.Fatalf("%d clients are left", left)
		}
	}
}

// perClient is how much memory a client may take that does not read.
const perClient = 512 << 10

// Messages go to those who listen, and as many as fit.
func TestMessages(t *testing.T) {
	_, addr := started(t, Config{})
	p, q := connect(t, addr), connect(t, addr)
	p.say("subscribe x")
	for range maxMessages + 5 {
		q.say(`sendmessage x "a b"`)
	}
	if got := p.say("readmessages"); strings.Count(got, "message: a b\n") != maxMessages {
		t.Errorf("%d messages", strings.Count(got, "message: a b\n"))
	}
	for i := range maxChannels {
		p.say(fmt.Sprintf("subscribe c%d", i))
	}
	if got := p.say("subscribe more"); !strings.HasPrefix(got, "ACK [56@0]") {
		t.Errorf("%q", got)
	}
}

func TestSplit(t *testing.T) {
	for in, want := range map[string]string{
		`a b  c`: `["a" "b" "c"]`, `a "b c" "d\"e\\f" ""`: `["a" "b c" "d\"e\\f" ""]`, ` x	y `: `["x" "y"]`, ``: `[]`,
	} {
		got, err := split(in)
		if fmt.Sprintf("%q", got) != want || err != nil {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for _, in := range []string{`a "b`, `a "b"c`, `a b"c`} {
		if got, err := split(in); err == nil {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestFilters(t *testing.T) {
	song := &library.Track{Path: "a/b.mp3", Duration: time.Second, ModTime: 1e18, Audio: media.AudioFormat{Rate: 44100, Bits: 16, Channels: 2},
		Tags: media.Tags{Artist: "AC/DC", Title: `it's "x"`, Track: 7}}
	for expr, want := range map[string]bool{
		`(artist == 'AC/DC')`: true, `(artist == "ac/dc")`: false, `(!(artist == 'x'))`: true, `((artist == 'AC/DC') AND (track == '7'))`: true,
		`((artist == 'AC/DC') AND (track == '8'))`: false, `(title == 'it\'s "x"')`: true, `(title starts_with 'it')`: true, `(title !contains 'zz')`: true,
		`(albumartist == 'AC/DC')`: true, `(base 'a')`: true, `(base 'b')`: false, `(file contains 'b.mp')`: true, `(any == '7')`: true,
		`(AudioFormat == '44100:16:2')`: true, `(AudioFormat =~ '*:*:1')`: false, `(modified-since '2001-09-09')`: true, `(modified-since '2002-01-01T00:00:00Z')`: false,
		`(artist =~ '^A.*C$')`: true, `(artist !~ 'D')`: false, `( ( artist == 'AC/DC' ) )`: true,
	} {
		f, err := parseFilter([]string{expr}, false)
		if err != nil {
			t.Errorf("%s: %v", expr, err)
		} else if got := f.match(song); got != want {
			t.Errorf("%s: %v", expr, got)
		}
	}
	for _, expr := range []string{`(artist == 'x'`, `(artist 'x')`, `(artist == x)`, `(artist = 'x')`, `((artist == 'x') OR (artist == 'y'))`, `(zzz == 'x')`,
		`(artist =~ '(')`, `(artist == 'x') more`, strings.Repeat("(!", 100) + `(artist == 'x')` + strings.Repeat(")", 100), `(modified-since 'yesterday')`, `()`} {
		if _, err := parseFilter([]string{expr}, false); err == nil {
			t.Errorf("%s: no error", expr)
		}
	}
}

// table is README.md's: every command and what becomes of it.
func table() string {
	var b strings.Builder
	b.WriteString("| command | | arguments | permission |\n|---|---|---|---|\n")
	all := makeCommands()
	for _, extra := range []string{"command_list_begin", "command_list_ok_begin", "command_list_end", "noidle"} {
		all[extra] = command{do: func(*client, []string) error { return nil }}
	}
	for _, name := range commandNames(all) {
		c := all[name]
		how := "done"
		if c.do == nil && name != "idle" {
			how = "error: " + c.why
		}
		args := fmt.Sprint(c.least)
		if c.most < 0 {
			args += " or more"
		} else if c.most != c.least {
			args += fmt.Sprintf(" to %d", c.most)
		}
		needs := map[Permissions]string{0: "none", Read: "read", Add: "add", Control: "control", Admin: "admin"}[c.needs]
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", name, how, args, needs)
	}
	return b.String()
}

func TestREADME(t *testing.T) {
	const begin, end = "<!-- commands -->\n", "<!-- end -->\n"
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(data), begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("README.md has no place for the table")
	}
	want := head + begin + table() + end + tail
	if *update {
		if err := os.WriteFile("README.md", []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(data) != want {
		t.Error("README.md's table is not that of commands.go; go test -run README -update writes it")
	}
}

// FuzzSession talks to a server over a pipe.
func FuzzSession(f *testing.F) {
	f.Add("status\nlsinfo\n")
	f.Add("add \"\"\nplaylistinfo 0:1\nmove 0 1\nshuffle\nplchanges 0\nstatus\n")
	f.Add("command_list_ok_begin\nfind \"(artist == 'x')\"\nlist album group artist\ncommand_list_end\n")
	f.Add("idle\nnoidle\nsticker set song a.mp3 x y\nprio 3 0:\nsearch any a window 0:1 sort -Title\n")
	_, addr := started(f, Config{Clients: 64, Scan: nil}, "a.mp3", "d/b.mp3")
	f.Fuzz(func(t *testing.T, text string) {
		for _, word := range []string{"update", "rescan", "picture", "readcomments"} {
			if strings.Contains(text, word) {
				return // what the test's server has no part for
			}
		}
		p := connect(t, addr)
		io.WriteString(p.conn, text+"\nclose\n")
		p.conn.(*net.TCPConn).CloseWrite()
		if _, err := io.Copy(io.Discard, p.in); err != nil && !strings.Contains(err.Error(), "reset") {
			t.Error(err)
		}
	})
}

// FuzzFilter parses expressions.
func FuzzFilter(f *testing.F) {
	f.Add(`((artist == 'AC/DC') AND (!(title contains "x")))`)
	f.Add(`(modified-since '2002-01-01T00:00:00Z')`)
	f.Fuzz(func(t *testing.T, expr string) {
		if q, err := parseFilter([]string{expr}, true); err == nil {
			q.match(&library.Track{Path: "x"})
		}
	})
}

// Priorities are told, and kept when something else is done.
func TestPriorities(t *testing.T) {
	_, addr := started(t, Config{}, "a.mp3", "b.mp3", "c.mp3")
	p := connect(t, addr)
	p.say("add \"\"")
	for _, c := range [][2]string{{"prio 10 0", "OK\n"}, {"prio 10 99", "ACK [2@0]"}, {"prioid 5 2", "OK\n"}, {"move 2 0", "OK\n"}} {
		if got := p.say(c[0]); !strings.HasPrefix(got, c[1]) {
			t.Errorf("%s: %q", c[0], got)
		}
	}
	if got := p.say("playlistinfo"); !strings.Contains(got, "Pos: 1\nId: 1\nPrio: 10\n") || !strings.Contains(got, "Pos: 2\nId: 2\nPrio: 5\n") {
		t.Error(got)
	}
}

func TestSeconds(t *testing.T) {
	for in, want := range map[string]string{"0": "0", "1.5": "1.5", "-17": "-17", "+0.25": "0.25", ".5": "0.5", "3.": "3", "1.0000000019": "1.000000001"} {
		if got, err := seconds(in); err != nil || decimal(got) != want {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "x", "1e3", "--1", "+-1", ".", "1.2.3", "12345678901", "nan", "-"} {
		if got, err := seconds(in); err == nil {
			t.Errorf("%q: %v", in, got)
		}
	}
}
