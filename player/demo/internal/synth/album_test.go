package synth

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

// The album is what was encoded, sample for sample; it is neither clipped nor
// too quiet nor lopsided; and its second join is in the middle of the music.
func TestAlbum(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the album is not played again, which takes some seconds")
	}
	tracks := Album()
	var sums strings.Builder
	for _, track := range tracks {
		checkLevels(t, track)
		var b bytes.Buffer
		binary.Write(&b, binary.LittleEndian, track.Samples)
		fmt.Fprintf(&sums, "%x  %d  %02d %s.mp3\n", sha256.Sum256(b.Bytes()), len(track.Samples)/2, track.Number, track.Title)
	}
	for _, tail := range [][]int16{tracks[0].Samples, tracks[2].Samples, tracks[3].Samples} {
		if l, r := rms(tail[len(tail)-Rate/5:]); l+r > 20 {
			t.Errorf("a piece ends at a level of %.1f and %.1f, not in silence", l, r)
		}
	}
	end, start := tracks[1].Samples, tracks[2].Samples
	for _, s := range [][]int16{end[len(end)-Rate/50:], start[:Rate/50]} {
		if l, r := rms(s); l < 500 || r < 500 {
			t.Errorf("there is no music at the join: levels %.1f and %.1f", l, r)
		}
	}
	if Fuses() {
		t.Skip("the hashes are not compared: this machine's code fuses multiplications and additions")
	}
	want, err := os.ReadFile("../../pcm.sha256")
	if err != nil {
		t.Fatal(err)
	}
	if sums.String() != string(want) {
		t.Errorf("the pieces are not those that were encoded: go run ./player/demo/gen\n%s\ncommitted:\n%s", sums.String(), want)
	}
}

func checkLevels(t *testing.T, track Track) {
	t.Helper()
	peak := 0
	for _, v := range track.Samples {
		peak = max(peak, int(v), -int(v))
	}
	l, r := rms(track.Samples)
	if peak < 10000 || peak > 24903 {
		t.Errorf("%s: the peak is %d", track.Title, peak)
	}
	if l < 1500 || r < 1500 || l > 5000 || r > 5000 || max(l, r)/min(l, r) > 1.25 {
		t.Errorf("%s: RMS levels of %.0f and %.0f", track.Title, l, r)
	}
	if s := float64(len(track.Samples)) / 2 / Rate; s < 35 || s > 60 {
		t.Errorf("%s: %.1f seconds", track.Title, s)
	}
}

// rms is the level of each channel.
func rms(s []int16) (l, r float64) {
	for i := 0; i < len(s); i += 2 {
		l += float64(s[i]) * float64(s[i])
		r += float64(s[i+1]) * float64(s[i+1])
	}
	n := float64(len(s) / 2)
	return math.Sqrt(l / n), math.Sqrt(r / n)
}
