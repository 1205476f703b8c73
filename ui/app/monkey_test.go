package app

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// monkey writes a script of a user who does anything.
func monkey(seed uint64, n int) string {
	rnd := rand.New(rand.NewPCG(seed, 7))
	keys := []string{"up", "down", "left", "right", "enter", "back", "home", "play", "next", "volume-up", "volume-down", "mute", "page-up", "page-down"}
	var b strings.Builder
	for i := range n {
		x, y := rnd.IntN(320), rnd.IntN(240)
		switch rnd.IntN(10) {
		case 0, 1, 2:
			fmt.Fprintf(&b, "tap %d %d\n", x, y)
		case 3, 4, 5, 6:
			fmt.Fprintf(&b, "key %s\n", keys[rnd.IntN(len(keys))])
		case 7:
			fmt.Fprintf(&b, "drag %d %d %d %d %dms\n", x, y, rnd.IntN(320), rnd.IntN(240), rnd.IntN(300))
		case 8:
			fmt.Fprintf(&b, "wheel %d %d %d\n", x, y, rnd.IntN(7)-3)
		case 9:
			fmt.Fprintf(&b, "down %d %d\nmove %d %d\n", x, y, rnd.IntN(320), rnd.IntN(240))
		}
		if rnd.IntN(2) == 0 {
			fmt.Fprintf(&b, "wait %dms\n", rnd.IntN(700))
		}
		if i%4 == 3 {
			b.WriteString("shot =changes\nexpose\nshot =whole\n")
		}
	}
	return b.String()
}

// TestWhatChangedIsAllThatChanged does anything, and looks whether the screen,
// on which only changes were drawn, is the same as when it is drawn as a
// whole.
func TestWhatChangedIsAllThatChanged(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			var before []byte
			n, drawn := 0, int64(0)
			perform(t, monkey(seed, 300), func(s *stage, o *Options) {
				if seed%2 == 1 {
					loudLight(s, o)
				}
				s.player.late = 200 * time.Millisecond
				s.files.slow = time.Duration(seed) * 100 * time.Millisecond
				s.check["changes"] = func() {
					before = s.screen.Snapshot().Pix
					drawn = s.app.Stats().Drawn
					s.player.mu.Lock()
					defer s.player.mu.Unlock()
					s.player.s.Message = &Message{Seq: uint64(n / 3), Problem: Unplayable, Name: "x.mp3"}
				}
				s.check["whole"] = func() {
					n++
					if !bytes.Equal(before, s.screen.Snapshot().Pix) {
						s.Errorf("look %d: something that changed was not drawn", n)
					}
					if s.app.Stats().Drawn-drawn != 320*240 {
						s.Errorf("look %d: a whole picture took %d pixels", n, s.app.Stats().Drawn-drawn)
					}
				}
			})
			if n != 75 {
				t.Errorf("%d looks", n)
			}
		})
	}
}
