package main

import (
	"os"
	"path/filepath"
	"testing"
)

// cutShelf is a folder of music in which an album is one file with a cue sheet, another
// is one with a sheet in it, and a song is a file.
func cutShelf(t *testing.T) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "music")
	if err := os.MkdirAll(filepath.Join(root, "Band"), 0o777); err != nil {
		t.Fatal(err)
	}
	wav := filepath.Join(t.TempDir(), "x.wav")
	writeWAV(t, wav, recording(44100*12))
	sheet := filepath.Join(root, "Band", "disc.cue")
	write(t, sheet, sheetOf("disc.flac"))
	command(t, "flac", "--silent", "-o", filepath.Join(root, "Band", "disc.flac"), wav)
	flacFile(t, filepath.Join(root, "song.flac"), 0)
	write(t, filepath.Join(root, "Band", "cover.png"), "\x89PNG picture")
	return root
}

// cueConversation is what both servers are asked about albums in one file.
const cueConversation = `
stats
lsinfo
lsinfo Band
lsinfo Band/disc.cue
lsinfo Band/disc.cue/track0002
lsinfo Band/disc.cue/track0007
lsinfo Band/disc.flac
listall
listall Band
listall Band/disc.cue
listallinfo Band
listfiles Band
find title "Part 4"
find "(base 'Band/disc.cue')"
find "(file == 'Band/disc.cue/track0001')"
find album "The Disc" sort Track window 1:3
list title album "The Disc"
list album group artist
count album "The Disc"
add Band/disc.cue/track0002
addid Band/disc.cue/track0003
addid Band/disc.cue/track0009
add Band
add Band/disc.cue
playlist
playlistinfo
playlistid 2
playlistfind title "Part 2"
load Band/disc.flac
load song.flac
load Band/nothing.cue
listplaylist Band/disc.cue
listplaylistinfo Band/disc.cue
clear
load Band/disc.cue
load Band/disc.cue 1:3
clear
add song.flac
add Band/disc.cue/track0003
addid Band/disc.flac
save cut
listplaylist cut
listplaylistinfo cut
searchaddpl found title "Part 5"
listplaylist found
playlistinfo
rangeid 23 1:2
rangeid 24 1:2
playlistinfo
rangeid 23 0.5:
rangeid 23 :1.25
playlistid 23
rangeid 23 :
playlistid 23
rangeid 24 :
playlistinfo 1:2
rangeid 24 2:3.5
playlistid 24
rangeid 23 2:1
rangeid 23 1:1
rangeid 23 x
rangeid 23 1
rangeid 23 -1:2
rangeid 23 1:-2
rangeid x 1:2
rangeid 99 1:2
rangeid 23 100:200
rangeid 23 1:100
playlistid 23
rangeid 23 1.23456:2.34567
playlistid 23
rangeid 23 1.5:29
play 0
rangeid 23 1:2
status
currentsong
stop
rangeid 23 1:2
rangeid 24 2:11.5
play 1
seekcur 0.25
status
currentsong
stop
readcomments Band/disc.cue/track0002
albumart Band/disc.cue/track0002 0
sticker set song Band/disc.cue/track0002 rating 5
sticker get song Band/disc.cue/track0002 rating
`

var cueDifferences = map[string]string{
	`stats`: "MPD takes each track of a sheet for as long as its file, in the sum",
	`find album "The Disc" sort Track window 1:3`: "MPD leaves the format out where it sorts",
	`listplaylist Band/disc.cue`:                  "MPD names the tracks by their file, so that a list that is saved has the file once for each",
	`listplaylistinfo Band/disc.cue`:              "the same",
	`playlistinfo 1:2`:                            "without a range of its own a track of a sheet is that track, and not the file",
}

// TestMPDCue compares the answers about cue sheets with those of Debian's mpd.
func TestMPDCue(t *testing.T) {
	tool(t, "mpd", "flac")
	root := cutShelf(t)
	a := dial(t, oursOf(t, root, mpdFlags{}, 7).addr.String())
	compareAnswers(t, a, theirsOf(t, root, 7), cueConversation, cueDifferences)
}
