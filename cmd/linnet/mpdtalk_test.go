package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A talk is a connection to a server.
type talk struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
}

// patience is for how long at most a test waits for what comes soon, but on a busy
// machine.
const patience = 2 * time.Minute

func dial(t *testing.T, addr string) *talk {
	t.Helper()
	var conn net.Conn
	var err error
	for began := time.Now(); time.Since(began) < patience; time.Sleep(100 * time.Millisecond) {
		if conn, err = net.Dial("tcp", addr); err == nil {
			break
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	c := &talk{t, conn, bufio.NewReader(conn)}
	conn.SetDeadline(time.Now().Add(patience))
	if hello, err := c.in.ReadString('\n'); err != nil || !strings.HasPrefix(hello, "OK MPD 0.23") {
		t.Fatalf("%q, %v", hello, err)
	}
	return c
}

// say sends a command and returns the lines of the answer, the last included.
func (c *talk) say(command string) []string {
	c.t.Helper()
	c.conn.SetDeadline(time.Now().Add(patience))
	if _, err := io.WriteString(c.conn, command+"\n"); err != nil {
		c.t.Fatal(err)
	}
	var lines []string
	for {
		line, err := c.in.ReadString('\n')
		if err != nil {
			c.t.Fatalf("%s: %v, behind %q", command, err, lines)
		}
		line = strings.TrimSuffix(line, "\n")
		lines = append(lines, line)
		if n, ok := strings.CutPrefix(line, "binary: "); ok {
			size, _ := strconv.Atoi(n)
			b := make([]byte, size+1)
			if _, err := io.ReadFull(c.in, b); err != nil {
				c.t.Fatal(err)
			}
			lines = append(lines, fmt.Sprintf("%x", b[:min(16, size)]))
		}
		if line == "OK" || strings.HasPrefix(line, "ACK ") {
			return lines
		}
	}
}

// theirs starts Debian's mpd over the same music.
func theirs(t *testing.T, root string) *talk { return theirsOf(t, root, 7) }

// theirsOf is theirs over so many songs.
func theirsOf(t *testing.T, root string, songs int) *talk {
	t.Helper()
	dir := t.TempDir()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	os.Mkdir(filepath.Join(dir, "playlists"), 0o777)
	conf := filepath.Join(dir, "mpd.conf")
	write(t, conf, fmt.Sprintf(`
music_directory "%s"
playlist_directory "%s/playlists"
db_file "%s/db"
sticker_file "%s/sticker.sql"
bind_to_address "127.0.0.1"
port "%s"
zeroconf_enabled "no"
audio_output {
	type "null"
	name "null"
	mixer_type "software"
}
metadata_to_use "artist,album,albumartist,title,track,genre,date,composer,comment,disc"
`, root, dir, dir, dir, port))
	cmd := exec.Command("mpd", "--no-daemon", "--stderr", conf)
	out, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		if t.Failed() {
			b, _ := os.ReadFile(out.Name())
			t.Logf("mpd said:\n%s", b)
		}
	})
	c := dial(t, "127.0.0.1:"+port)
	for began := time.Now(); time.Since(began) < patience; time.Sleep(100 * time.Millisecond) {
		if lines := strings.Join(c.say("stats"), "\n"); strings.Contains(lines, fmt.Sprintf("\nsongs: %d\n", songs)) && !strings.Contains(strings.Join(c.say("status"), "\n"), "updating_db") {
			return c
		}
	}
	t.Fatal("mpd did not find the music")
	return nil
}

// tidy makes answers comparable: the order of a song's tags is free, and some
// values are times.
func tidy(lines []string, song bool) []string {
	var out, tags []string
	flush := func() {
		slices.Sort(tags)
		out = append(out, tags...)
		tags = nil
	}
	for _, l := range lines {
		if strings.HasPrefix(l, "audio: ") {
			continue // not there before something was decoded
		}
		l = moving.ReplaceAllString(l, "$1: ~")
		l = duration.ReplaceAllString(bits24.ReplaceAllString(l, "Format: 44100:16:2"), "$1")
		name, _, _ := strings.Cut(l, ": ")
		if slices.Contains([]string{"Artist", "Album", "AlbumArtist", "Title", "Track", "Genre", "Date", "Composer", "Comment", "Disc"}, name) && song {
			tags = append(tags, l)
			continue
		}
		flush()
		out = append(out, l)
	}
	flush()
	return out
}

// compareAnswers has two servers talk, and lists where their answers differ.
func compareAnswers(t *testing.T, a, b *talk, conversation string, differences map[string]string) {
	t.Helper()
	equal, listed := 0, 0
	for line := range strings.SplitSeq(strings.TrimSpace(conversation), "\n") {
		if strings.HasPrefix(line, "command_list") {
			break
		}
		line, _ := strings.CutPrefix(line, "~")
		list := strings.HasPrefix(line, "list ") || strings.HasPrefix(line, "count ")
		got, want := tidy(a.say(line), !list), tidy(b.say(line), !list)
		if strings.HasPrefix(line, "listfiles") { // MPD's are in the file system's order
			slices.Sort(got)
			slices.Sort(want)
		}
		if slices.Equal(got, want) {
			equal++
			if why, ok := differences[line]; ok {
				t.Errorf("%s: the answers are equal, but listed as different: %s", line, why)
			}
			continue
		}
		if _, ok := differences[line]; ok {
			listed++
			continue
		}
		t.Errorf("%s:\n   linnet %s\n   mpd    %s", line, brief(got, want), brief(want, got))
	}
	t.Logf("%d answers are equal, %d differ for a listed reason", equal, listed)
}

// brief is the lines of a that are not in b, and where all are, all.
func brief(a, b []string) string {
	var only []string
	for _, l := range a {
		if !slices.Contains(b, l) {
			only = append(only, l)
		}
	}
	if only == nil {
		only = a
	}
	if len(only) > 12 {
		only = append(slices.Clone(only[:12]), "...")
	}
	return strings.Join(only, " | ")
}
