package mtd_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"linnet/rootfs/mtd"
	"linnet/rootfs/mtd/mtdtest"
)

var small = mtd.Geometry{Blocks: 6, BlockSize: 2 << 10, PageSize: 512}

func bytesOf(n int) []byte {
	b, r := make([]byte, n), rand.New(rand.NewPCG(uint64(n), 3))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// lastWritten is the last page behind block 0 that is not empty, and not of what was
// there before.
func lastWritten(f *mtdtest.Flash) (last []byte) {
	for _, p := range f.Pages[4:] {
		if empty := bytes.Count(p, []byte{0xff}) == len(p); !empty && p[0]|p[1]|p[2]|p[3] != 0 {
			last = p
		}
	}
	return last
}

// TestStream writes content of many lengths in pieces around bad blocks and
// blocks that fail, and reads it again.
func TestStream(t *testing.T) {
	for _, n := range []int{1, 511, 512, 513, 2048, 2049, 5000, 8192} {
		f := mtdtest.New(small, mtdtest.NewSupply(-1))
		f.Marked[0], f.Worn[2] = true, true
		copy(f.Pages[4], make([]byte, 512)) // what was there before
		want := bytesOf(n)
		w := mtd.NewWriter(f)
		for rest := want; len(rest) > 0; {
			m := min(len(rest), 300)
			if got, err := w.Write(rest[:m]); got != m || err != nil {
				t.Fatalf("%d bytes: %d of %d, %v", n, got, m, err)
			}
			rest = rest[m:]
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		got := make([]byte, n)
		if last := lastWritten(f); n%512 != 0 && !bytes.Equal(last[n%512:], bytes.Repeat([]byte{0xff}, 512-n%512)) {
			t.Errorf("%d bytes: the rest of their last page is not left as it was", n)
		}
		if _, err := io.ReadFull(mtd.NewReader(f), got); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: they read otherwise, %v", n, err)
		}
		if f.Marked[2] != (n > 2048) {
			t.Errorf("%d bytes: block 2 is marked: %v", n, f.Marked[2])
		}
	}
}

func TestFull(t *testing.T) {
	f := mtdtest.New(small, mtdtest.NewSupply(-1))
	f.Marked[5] = true
	if room, err := mtd.Room(f); room != 5*2048 || err != nil {
		t.Errorf("room for %d, %v", room, err)
	}
	w := mtd.NewWriter(f)
	if _, err := w.Write(bytesOf(5*2048 + 1)); err != nil {
		t.Error(err)
	}
	if err := w.Close(); !errors.Is(err, mtd.ErrFull) {
		t.Errorf("a byte too many: %v", err)
	}
	if n, err := io.Copy(io.Discard, mtd.NewReader(f)); n != 5*2048 || !errors.Is(err, mtd.ErrFull) {
		t.Errorf("%d bytes are read, %v", n, err)
	}
}

// TestEraseFirst erases one block, the first that is good and can be.
func TestEraseFirst(t *testing.T) {
	f := mtdtest.New(small, mtdtest.NewSupply(-1))
	f.Marked[0], f.Worn[1] = true, true
	for _, p := range f.Pages {
		clear(p)
	}
	if err := mtd.EraseFirst(f); err != nil {
		t.Fatal(err)
	}
	for i, p := range f.Pages {
		if erased := p[0] == 0xff && p[511] == 0xff; erased != (i/4 == 2) {
			t.Errorf("page %d is erased: %v", i, erased)
		}
	}
	if !f.Marked[1] {
		t.Error("the block that failed is not marked")
	}
	for b := range small.Blocks {
		f.Marked[b] = true
	}
	if err := mtd.EraseFirst(f); !errors.Is(err, mtd.ErrFull) {
		t.Errorf("without a good block: %v", err)
	}
}

// TestNoPower has everything fail.
func TestNoPower(t *testing.T) {
	f := mtdtest.New(small, mtdtest.NewSupply(0))
	if err := mtd.EraseFirst(f); !errors.Is(err, mtdtest.ErrCut) {
		t.Errorf("erase: %v", err)
	}
	if _, err := mtd.Room(f); !errors.Is(err, mtdtest.ErrCut) {
		t.Errorf("room: %v", err)
	}
	if _, err := mtd.NewWriter(f).Write(bytesOf(4096)); !errors.Is(err, mtdtest.ErrCut) {
		t.Errorf("write: %v", err)
	}
	if _, err := mtd.NewReader(f).Read(make([]byte, 1)); !errors.Is(err, mtdtest.ErrCut) {
		t.Errorf("read: %v", err)
	}
}
