package pull

import (
	"encoding/binary"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player/media"
)

// One frame a millisecond, a period of 10, a device of 60, a Feed of 80.
var mono = media.AudioFormat{Rate: 1000, Channels: 1, Bits: 16}

func newFeed() *Feed { return New(mono, 10, 60) }

// pulled is the next n frames that a library gets.
func pulled(f *Feed, n int) []int {
	b := make([]byte, 2*n)
	for i := range b {
		b[i] = 0x55
	}
	f.Pull(b)
	out := make([]int, n)
	for i := range out {
		out[i] = int(int16(binary.LittleEndian.Uint16(b[2*i:])))
	}
	return out
}

// count is frames that hold the numbers from first.
func count(first, n int) []int32 {
	p := make([]int32, n)
	for i := range p {
		p[i] = int32(first+i) << 16
	}
	return p
}

func write(t *testing.T, f *Feed, first, n int) {
	t.Helper()
	if k, err := f.Write(count(first, n)); k != n || err != nil {
		t.Fatalf("Write: %d of %d, %v", k, n, err)
	}
}

func isSilence(p []int) bool {
	for _, v := range p {
		if v != 0 {
			return false
		}
	}
	return true
}

func counts(t *testing.T, p []int, first int) {
	t.Helper()
	for i, v := range p {
		if v != first+i {
			t.Fatalf("frame %d is %d, want %d: %v", i, v, first+i, p)
		}
	}
}

func TestMusicIsContinuous(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFeed()
		if !isSilence(pulled(f, 25)) {
			t.Error("music before Start")
		}
		write(t, f, 1, 69)
		if f.Ready() {
			t.Error("ready with 69 frames")
		}
		write(t, f, 70, 1)
		if !f.Ready() {
			t.Error("not ready with 70 frames")
		}
		f.Start(0)
		counts(t, pulled(f, 40), 1)
		next := 41
		for at := 71; at < 1000; {
			time.Sleep(7 * time.Millisecond)
			counts(t, pulled(f, 7), next)
			next += 7
			k, err := f.Write(count(at, 12))
			if err != nil {
				t.Fatal(err)
			}
			at += k
		}
	})
}

func TestFirstPullTooLargeLeavesNoGap(t *testing.T) {
	f := newFeed()
	write(t, f, 1, 80)
	f.Start(0)
	got := pulled(f, 100)
	if !isSilence(got[:20]) {
		t.Error("no silence in front")
	}
	counts(t, got[20:], 1)
	write(t, f, 81, 50)
	counts(t, pulled(f, 50), 81)
	if n, err := f.Write(nil); n != 0 || err != nil {
		t.Errorf("xrun told: %v", err)
	}
}

func TestRunningDryIsOneGap(t *testing.T) {
	f := newFeed()
	write(t, f, 1, 70)
	f.Start(0)
	got := pulled(f, 90)
	counts(t, got[20:], 1)
	if !isSilence(pulled(f, 10)) {
		t.Error("frames out of nothing")
	}
	if n, err := f.Write(count(71, 20)); n != 20 || !errors.Is(err, media.ErrXrun) {
		t.Errorf("%d, %v, want an xrun", n, err)
	}
	if !isSilence(pulled(f, 10)) {
		t.Error("music went on before there was enough")
	}
	write(t, f, 91, 50) // no second xrun
	counts(t, pulled(f, 70), 71)
}

func TestWriteWaitsOnePeriodAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFeed()
		if n, _ := f.Write(count(0, 200)); n != 80 {
			t.Errorf("took %d frames", n)
		}
		start := time.Now()
		n, err := f.Write(count(0, 200))
		if d := time.Since(start); n != 0 || err != nil || d != 10*time.Millisecond {
			t.Errorf("full: %d, %v after %v", n, err, d)
		}
		f.Start(0)
		time.AfterFunc(5*time.Millisecond, func() { pulled(f, 30) })
		if n, _ := f.Write(count(0, 200)); n != 30 {
			t.Errorf("took %d frames after a pull of 30", n)
		}
	})
}

func TestDelayCountsFeedAndDevice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const ms = time.Millisecond
		f := newFeed()
		write(t, f, 1, 80)
		delay := func(want time.Duration) {
			t.Helper()
			if d := f.Delay(); d != want {
				t.Errorf("Delay is %v, want %v", d, want)
			}
		}
		delay(80 * ms)
		f.Start(0)
		delay(80 * ms)
		pulled(f, 60)
		delay(80 * ms)
		time.Sleep(15 * ms)
		delay(65 * ms)
		pulled(f, 15)
		delay(65 * ms)
		time.Sleep(3 * ms)
		delay(62 * ms)
		if d := f.Stalled(); d != 3*ms {
			t.Errorf("Stalled is %v", d)
		}
		f.Stop()
		delay(0)
		write(t, f, 1, 80)
		f.Start(20) // the device has silence
		pulled(f, 30)
		delay(100 * ms)
	})
}

func TestFinishPlaysTheTail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFeed()
		write(t, f, 1, 33)
		f.Start(0)
		go func() {
			pulled(f, 20)
			time.Sleep(20 * time.Millisecond)
			pulled(f, 20)
		}()
		start := time.Now()
		if err := f.Finish(func() error { return nil }); err != nil {
			t.Fatal(err)
		}
		if d := time.Since(start); d < 33*time.Millisecond || d > 70*time.Millisecond {
			t.Errorf("33 ms of sound took %v", d)
		}
		if _, err := f.Write(nil); err != nil {
			t.Errorf("xrun after the end: %v", err)
		}
	})
}

func TestFinishGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFeed()
		write(t, f, 1, 33)
		gone := errors.New("gone")
		if err := f.Finish(func() error { return gone }); err != gone {
			t.Errorf("%v", err)
		}
		if err := f.Finish(func() error { return nil }); err != errStuck {
			t.Errorf("%v", err)
		}
	})
}

func TestPullOf32BitsAndNoAllocation(t *testing.T) {
	f := New(media.AudioFormat{Rate: 1000, Channels: 2, Bits: 24}, 10, 60)
	in := []int32{0x1234_5678, -2}
	f.Write(in)
	f.Start(0)
	b := make([]byte, 8)
	f.Pull(b)
	if string(b) != "\x78\x56\x34\x12\xfe\xff\xff\xff" {
		t.Errorf("% x", b)
	}
	if n := testing.AllocsPerRun(100, func() { f.Write(in); f.Pull(b); f.Delay() }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	f.Pull(nil)
}

// The library keeps what it may call for next; the rest is taken back, and what
// is written then comes without a gap.
func TestRewind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFeed()
		write(t, f, 1, 70)
		f.Start(0)
		counts(t, pulled(f, 25), 1)
		if n := f.Rewind(); n != 20 || f.Queued() != 25 {
			t.Fatalf("took back %d, %d are left", n, f.Queued())
		}
		write(t, f, 101, 5)
		counts(t, pulled(f, 25), 26)
		counts(t, pulled(f, 5), 101)
	})
}
