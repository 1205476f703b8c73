package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/cue"
	"linnet/player/formats"
)

// shelf is a folder of music for MPD's clients: the demo album, and files that are
// made with the tools at hand.
func shelf(t *testing.T) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "music")
	for _, name := range []string{"01 Morning on the Perch.mp3", "02 林间小路.mp3", "03 过溪.mp3", "04 Homeward, Late.mp3"} {
		copyFile(t, filepath.Join(demoAlbum, name), filepath.Join(root, "Linnet", "Hedgerow", name))
	}
	os.MkdirAll(filepath.Join(root, "Others", "Deep \"er\""), 0o777)
	for i, name := range []string{"Others/one.flac", "Others/Deep \"er\"/two.flac", "three.flac"} {
		flacFile(t, filepath.Join(root, name), i)
	}
	write(t, filepath.Join(root, "Others", "cover.png"), strings.Repeat("\x89PNG picture ", 2000))
	return root
}

// flacFile encodes half a minute of tones with tags, which is not over before what is
// asked of it while it plays was answered.
func flacFile(t *testing.T, path string, i int) {
	t.Helper()
	wav := filepath.Join(t.TempDir(), "x.wav")
	writeWAV(t, wav, recording(44100*(30+i)))
	command(t, "flac", "--silent", "-f", "-o", path, "-T", "ARTIST=Artist "+fmt.Sprint(i%2), "-T", "ALBUM=The Album", "-T", fmt.Sprintf("TITLE=Song (%d)", i),
		"-T", fmt.Sprintf("TRACKNUMBER=%d", i+1), "-T", "GENRE=Jazz", "-T", fmt.Sprintf("DATE=%d", 2001+i), "-T", "COMPOSER=Bach", wav)
}

// ours is Linnet's server over a folder of music; it returns its address.
func ours(t *testing.T, root string, flags mpdFlags) *music { return oursOf(t, root, flags, 7) }

// oursOf is ours over so many tracks.
func oursOf(t *testing.T, root string, flags mpdFlags, tracks int) *music {
	t.Helper()
	open, err := (&soundFlags{AO: "null"}).open()
	if err != nil {
		t.Fatal(err)
	}
	p := player.New(player.Config{Open: cue.Behind(formats.Open, playable), Audio: open, Seed: 1})
	t.Cleanup(func() { p.Close() })
	if flags.MPD == "" {
		flags.MPD = "127.0.0.1:0"
	}
	m, err := flags.openMusic(p, nil, nil, root, t.TempDir(), "null", func(err error) { t.Log(err) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.close)
	for began := time.Now(); time.Since(began) < patience; time.Sleep(50 * time.Millisecond) {
		if len(m.lib.Snapshot().Tracks()) == tracks {
			return m
		}
	}
	t.Fatalf("%d tracks were found", len(m.lib.Snapshot().Tracks()))
	return nil
}

// conversation is what both servers are asked. Lines that begin with "~" are compared
// but for the values of what moves.
const conversation = `
ping
nonsense
add
setvol 300
setvol x
status
stats
lsinfo
lsinfo Others
lsinfo Linnet/Hedgerow
lsinfo nowhere
listall
listall Others
listallinfo Linnet
listfiles Others
find artist "Artist 0"
find artist "artist 0"
search artist "artist 0"
search title ONG
search any linnet
find "(artist == 'Artist 0')"
find "(artist == \"Artist 0\")"
find "((artist == 'Artist 0') AND (title == 'Song (2)'))"
find "(!(artist == 'Linnet'))"
find "(artist != 'Linnet')"
find "(title contains 'Song')"
find "(title =~ 'S.*2')"
find "(title !~ 'S.*2')"
search "(title contains 'song')"
find "(base 'Others')"
find base Others
find "(file == 'three.flac')"
find "(any == 'Jazz')"
find "(AudioFormat == '44100:16:2')"
find "(AudioFormat =~ '44100:*:2')"
find "(modified-since '2000-01-01T00:00:00Z')"
find "(modified-since '2100-01-01T00:00:00Z')"
find "(title contains 'Song')" sort Title
find "(title contains 'Song')" sort -Title
find "(title contains 'Song')" sort Track window 1:2
find "(title contains 'Song'
find "title"
find "(nonsense == 'x')"
find nonsense x
find
list artist
list album
list albumartist
list genre
list date
list title artist "Artist 0"
list album "Artist 0"
list album group artist
list title group album group artist
list track "(artist == 'Linnet')"
list nonsense
list file artist "Artist 1"
count artist "Artist 0"
count "(genre == 'Jazz')"
count genre Jazz group artist
count group artist
searchcount artist artist
add Others
playlistinfo
playlistinfo 1
playlistinfo 0:1
playlistinfo 1:
playlistinfo 7
playlist
playlistid 1
playlistid 99
add nowhere
addid nowhere
addid three.flac
addid three.flac 0
addid three.flac 99
add Linnet 1
playlist
move 0 2
move 1:3 0
move 99 0
move 0 99
moveid 3 0
swap 0 1
swap 0 99
swapid 1 2
swapid 1 99
playlistinfo
delete 0
delete 1:3
delete 99
deleteid 99
playlist
plchanges 0
plchangesposid 0
playlistfind artist Linnet
playlistsearch title HOME
prio 10 0
prio 256 0
prio 10 99
prioid 5 4
playlistinfo 0
status
repeat 1
random 1
random 2
single 1
single oneshot
consume 1
crossfade 5
crossfade -1
mixrampdb -17
mixrampdelay 2
replay_gain_mode track
replay_gain_mode nonsense
replay_gain_status
status
repeat 0
random 0
single 0
consume 0
crossfade 0
mixrampdb 0
mixrampdelay nan
replay_gain_mode off
status
setvol 50
getvol
volume -10
getvol
volume 200
outputs
disableoutput 9
clear
playlist
status
currentsong
next
previous
stop
pause
seekcur 5
seek 0 1
play 3
playid 77
add three.flac
add Others
addid "Linnet/Hedgerow/02 林间小路.mp3"
~play
~status
currentsong
~pause 1
~status
seek 0 1.5
~status
seekcur +0.5
~status
seekid 99 1
next
~status
currentsong
previous
currentsong
play 2
currentsong
deleteid 99
stop
status
currentsong
play 99
save first
save first
save "a/b"
save ""
listplaylists
listplaylist first
listplaylistinfo first
listplaylist nowhere
playlistadd first three.flac
playlistadd second Others
playlistadd second nowhere
listplaylist second
playlistmove second 0 1
playlistmove second 0 9
listplaylist second
playlistdelete second 0
playlistdelete second 9
listplaylist second
rename second first
rename second third
rename second third
listplaylists
clear
load third
load nowhere
playlist
load first 0:1
load first 1:3 0
playlist
playlistclear third
listplaylist third
rm third
rm third
searchaddpl found title song
listplaylist found
findadd artist Linnet
searchadd title song
playlist
sticker set song three.flac rating 5
sticker set song nowhere rating 5
sticker get song three.flac rating
sticker get song three.flac nothing
sticker list song three.flac
sticker find song "" rating
sticker find song "" rating > 4
sticker delete song three.flac rating
sticker delete song three.flac rating
sticker nonsense song three.flac
sticker get album three.flac x
albumart Others/one.flac 0
albumart Others/one.flac 8192
albumart Others/one.flac 999999
albumart three.flac 0
albumart nowhere 0
readpicture "Linnet/Hedgerow/02 林间小路.mp3" 0
readpicture "Linnet/Hedgerow/02 林间小路.mp3" 8192
readpicture three.flac 0
binarylimit 100
albumart Others/one.flac 0
binarylimit 1
binarylimit 8192
readcomments three.flac
readcomments nowhere
tagtypes
tagtypes clear
lsinfo three.flac
tagtypes enable Title
lsinfo three.flac
tagtypes enable nonsense
tagtypes all
subscribe here
subscribe here
subscribe "no way"
channels
sendmessage here "hello there"
sendmessage nowhere x
readmessages
unsubscribe here
unsubscribe here
password wrong
partition default
partition nowhere
listpartitions
clear
add Others
add three.flac
play 2
pause 1
shuffle
currentsong
shuffle 0:1
shuffle 1:
currentsong
stop
clear
shuffle 9:10
rangeid 1 5:10
addtagid 1 Title x
addtagid 1 Nonsense x
addtagid 9999 Title x
cleartagid 1
cleartagid 1 Title
cleartagid 9999
cleartagid x
commands
notcommands
urlhandlers
clearerror
idle nonsense
update nowhere
command_list_ok_begin
`

// moving are the values that two servers cannot have in common: times, and the
// number of the queue's version.
var moving = regexp.MustCompile(`^(uptime|playtime|db_update|elapsed|time|bitrate|updating_db|playlist|Last-Modified): [0-9].*`)

// What is said of MP3 differs: MPD's decoder gives 24 bits, and it counts the
// frames that the encoder added, some hundredths of a second.
var (
	bits24   = regexp.MustCompile(`^Format: 44100:24:2$`)
	duration = regexp.MustCompile(`^(duration: [0-9]+\.[0-9])[0-9]+$`)
)

// differences are the commands on which Linnet answers otherwise than MPD 0.23.12,
// and why.
var differences = map[string]string{
	`find "(AudioFormat == '44100:16:2')"`:                 "MPD takes MP3 for sound of 24 bits, its decoder's; Linnet's has 16",
	`find "(title contains 'Song')" sort Title`:            "MPD leaves the format out where it sorts",
	`find "(title contains 'Song')" sort -Title`:           "the same",
	`find "(title contains 'Song')" sort Track window 1:2`: "the same",
	`list title group album group artist`:                  "MPD 0.23.12 answers nothing to more than one group",
	`searchcount artist artist`:                            "of MPD 0.24",
	`commands`:                                             "what Linnet does not do is not listed; player/mpd/README.md has the table",
	`urlhandlers`:                                          "files of the library are played, and nothing from elsewhere",
}

// TestMPDAnswers gives one script of commands to Linnet and to Debian's mpd over
// the same music and compares the answers.
func TestMPDAnswers(t *testing.T) {
	tool(t, "mpd", "flac")
	root := shelf(t)
	a := dial(t, ours(t, root, mpdFlags{}).addr.String())
	compareAnswers(t, a, theirs(t, root), conversation, differences)
}

// mpc runs Debian's client.
func mpc(t *testing.T, m *music, args ...string) string {
	t.Helper()
	host, port, _ := net.SplitHostPort(m.addr.String())
	cmd := exec.Command("mpc", append([]string{"--host", host, "--port", port}, args...)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("mpc %q: %v\n%s", args, err, out)
	}
	return string(out)
}

// until waits for something.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for began := time.Now(); time.Since(began) < patience; time.Sleep(50 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("never: %s", what)
}

// The socket of a program that was killed is taken over, that of one that runs is not.
func TestSocketOfAnother(t *testing.T) {
	addr := filepath.Join(t.TempDir(), "s")
	l, err := listen(addr)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := listen(addr); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("while it runs: %v", err)
		if err == nil {
			second.Close()
		}
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	l.Close()
	if l, err = listen(addr); err != nil {
		t.Fatalf("when it was killed: %v", err)
	}
	l.Close()
}
