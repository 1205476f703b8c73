package initd

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestRing writes pieces of all lengths and compares with a slice that keeps
// everything.
func TestRing(t *testing.T) {
	const size = 16
	r, all := newRing(size), []byte{}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		p := make([]byte, rnd.IntN(2*size+1))
		for i := range p {
			p[i] = byte(rnd.Uint32())
		}
		if n, err := r.Write(p); n != len(p) || err != nil {
			t.Fatalf("wrote %d, %v", n, err)
		}
		all = append(all, p...)
		if want := all[max(0, len(all)-size):]; !bytes.Equal(r.bytes(), want) {
			t.Fatalf("kept %x, want %x", r.bytes(), want)
		}
		from, dst := rnd.IntN(len(all)+1), make([]byte, rnd.IntN(size+4))
		n, lost, _ := r.read(int64(from), dst)
		if lost != int64(max(0, len(all)-size-from)) {
			t.Fatalf("from %d of %d: %d lost", from, len(all), lost)
		}
		want := all[from+int(lost):]
		if want = want[:min(len(want), len(dst))]; !bytes.Equal(dst[:n], want) {
			t.Fatalf("from %d: %x, want %x", from, dst[:n], want)
		}
	}
}

func TestRingMore(t *testing.T) {
	r := newRing(4)
	_, _, more := r.read(0, nil)
	r.Write(nil)
	select {
	case <-more:
		t.Error("nothing was written, and there is more")
	default:
	}
	r.Write([]byte("a"))
	select {
	case <-more:
	default:
		t.Error("a reader was not told")
	}
}

func TestRingAllocates(t *testing.T) {
	r, p := newRing(1<<10), make([]byte, 300)
	if n := testing.AllocsPerRun(100, func() { r.Write(p) }); n > 1 { // the channel
		t.Errorf("a write allocates %v times", n)
	}
}
