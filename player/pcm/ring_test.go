package pcm

import (
	"errors"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"
)

// count fills p with the numbers from first on.
func count(p []int32, first int32) []int32 {
	for i := range p {
		p[i] = first + int32(i)
	}
	return p
}

func TestRingCarriesEverySampleInOrder(t *testing.T) {
	const samples = 200_000
	r := NewRing(1000, 300, 2)
	go func() {
		rnd := rand.New(rand.NewPCG(1, 2))
		buf := make([]int32, 5000)
		for at := 0; at < samples; {
			n := min(2*(1+rnd.IntN(2000)), samples-at)
			if k, err := r.Write(count(buf[:n], int32(at)), nil); err != nil || 2*k != n {
				t.Errorf("Write: %d frames, %v", k, err)
				return
			}
			at += n
		}
	}()
	rnd := rand.New(rand.NewPCG(3, 4))
	buf := make([]int32, 3000)
	for next := 0; next < samples; {
		r.Wait(nil)
		n := 2 * r.Read(buf[:rnd.IntN(len(buf))])
		for i, v := range buf[:n] {
			if v != int32(next+i) {
				t.Fatalf("sample %d is %d", next+i, v)
			}
		}
		next += n
		if rnd.IntN(4) == 0 {
			next -= 2 * r.Unread(rnd.IntN(400))
		}
		if r.ReadPos() != int64(next/2) {
			t.Fatalf("ReadPos %d, want %d", r.ReadPos(), next/2)
		}
	}
	if r.Written() != samples/2 {
		t.Errorf("Written %d", r.Written())
	}
}

func TestRingUnreadReachesItsHistoryAndNoFurther(t *testing.T) {
	r := NewRing(10, 4, 1)
	if n := r.Unread(3); n != 0 {
		t.Errorf("empty ring: stepped back %d", n)
	}
	buf := make([]int32, 10)
	for i := range 5 { // 50 frames through, so that the ring has wrapped
		r.Write(count(buf, int32(10*i)), nil)
		r.Read(buf)
	}
	r.Write(count(buf, 50), nil)
	if n := r.Unread(3); n != 3 {
		t.Fatalf("stepped back %d, want 3", n)
	}
	if n := r.Unread(3); n != 1 {
		t.Fatalf("then %d, want the 1 left of the history", n)
	}
	if r.Buffered() != 14 || r.Free() != 0 {
		t.Errorf("Buffered %d Free %d, want 14 and 0", r.Buffered(), r.Free())
	}
	out := make([]int32, 20)
	if n := r.Read(out); n != 14 || out[0] != 46 || out[13] != 59 {
		t.Errorf("read %d frames: %v", n, out[:n])
	}
	if n := r.Unread(-5); n != 0 || r.ReadPos() != 60 {
		t.Errorf("negative Unread moved by %d", n)
	}
}

func TestRingBlocksUntilStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := NewRing(10, 0, 1)
		stop := make(chan struct{})
		time.AfterFunc(time.Second, func() { close(stop) })
		start := time.Now()
		n, err := r.Write(make([]int32, 25), stop)
		if n != 10 || !errors.Is(err, ErrStopped) || time.Since(start) != time.Second {
			t.Errorf("Write: %d, %v after %v", n, err, time.Since(start))
		}
		r.Read(make([]int32, 10))
		stop = make(chan struct{})
		time.AfterFunc(time.Second, func() { close(stop) })
		if r.Wait(stop) {
			t.Error("Wait found frames in an empty ring")
		}
		time.AfterFunc(time.Second, func() { r.Write([]int32{7}, nil) })
		start = time.Now()
		if !r.Wait(nil) || time.Since(start) != time.Second {
			t.Errorf("Wait returned after %v", time.Since(start))
		}
	})
}

func TestRingResetFreesABlockedWriter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := NewRing(10, 5, 1)
		done := make(chan error)
		go func() {
			_, err := r.Write(make([]int32, 25), nil)
			done <- err
		}()
		synctest.Wait()
		r.Reset()
		if err := <-done; !errors.Is(err, ErrStopped) {
			t.Errorf("Write returned %v", err)
		}
		if r.Buffered() != 0 || r.Written() != 0 || r.Unread(5) != 0 {
			t.Error("something is left after Reset")
		}
	})
}

func TestRingDoesNotAllocate(t *testing.T) {
	r := NewRing(100, 20, 2)
	in, out := make([]int32, 140), make([]int32, 140)
	if n := testing.AllocsPerRun(100, func() {
		r.Write(in, nil)
		r.Wait(nil)
		r.Read(out)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// What was never read can be taken back, and nothing else, also where the reader
// has stepped back.
func TestUnwrite(t *testing.T) {
	r := NewRing(10, 5, 1)
	r.Write([]int32{1, 2, 3, 4, 5, 6}, nil)
	p := make([]int32, 10)
	r.Read(p[:3])
	r.Unread(2)
	if n := r.Unwrite(100); n != 3 || r.Buffered() != 2 || r.Written() != 3 {
		t.Fatalf("took back %d, %d are left, %d written", n, r.Buffered(), r.Written())
	}
	r.Write([]int32{7, 8}, nil)
	if n := r.Read(p); n != 4 || p[0] != 2 || p[1] != 3 || p[2] != 7 || p[3] != 8 {
		t.Errorf("then %d: %v", n, p)
	}
	if n := r.Unwrite(-1); n != 0 {
		t.Errorf("took back %d", n)
	}
}
