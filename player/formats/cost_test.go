package formats

import (
	"runtime"
	"testing"

	"linnet/player"
)

// TestEveryMemory says what a file costs once its first sound is there: what was
// allocated on the way, and what stays. Neither is more than a board has to spare,
// 1 MiB beyond what the Go runtime has for itself.
func TestEveryMemory(t *testing.T) {
	const most = 1 << 20
	for i, b := range everyFile(t) {
		var before, after, held runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		track := openBytes(t, b, false)
		got := firstSound(t, track)
		runtime.ReadMemStats(&after)
		runtime.GC()
		runtime.ReadMemStats(&held)
		all, stays := after.TotalAlloc-before.TotalAlloc, int64(held.HeapAlloc)-int64(before.HeapAlloc)
		t.Logf("%-15s %7d bytes allocated, %7d stay, first sound of %d samples", every[i].name, all, stays, len(got))
		if all > most || stays > most || len(got) == 0 {
			t.Errorf("%s: %d bytes allocated, %d stay, %d samples", every[i].name, all, stays, len(got))
		}
		runtime.KeepAlive(track)
		runtime.KeepAlive(got)
	}
}

// firstSound reads until there is some.
func firstSound(t *testing.T, track *player.Track) (got []int32) {
	t.Helper()
	for len(got) == 0 {
		var err error
		if got, err = track.Read(got); err != nil {
			t.Fatal(err)
		}
	}
	return got
}
