package bootstate

import (
	"bytes"
	"errors"
	"testing"

	"linnet/rootfs/mtd"
	"linnet/rootfs/mtd/mtdtest"
)

var small = mtd.Geometry{Blocks: 4, BlockSize: 2 << 10, PageSize: 512} // pages of a block: 4

func opened(t *testing.T, f mtd.Flash) *Store {
	t.Helper()
	s, err := OpenStore(f)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestStore writes records around the partition, over bad blocks and blocks that
// fail, and reads each as another start does.
func TestStore(t *testing.T) {
	f := mtdtest.New(small, mtdtest.NewSupply(-1))
	f.Marked[1] = true
	if r := opened(t, f).Record(); r != Default() {
		t.Errorf("without any record there is %+v", r)
	}
	for n := range 60 {
		if n == 20 {
			f.Worn[2] = true
		}
		want := Record{Slot: n % 2, Tries: uint32(n), Confirmed: n%3 == 0}
		s := opened(t, f)
		if err := s.Write(want); err != nil {
			t.Fatal(err)
		}
		want.Number = uint32(n + 1)
		if got := opened(t, f).Record(); got != want || s.Record() != want {
			t.Fatalf("%+v is read as %+v", want, got)
		}
	}
	if !f.Marked[2] {
		t.Error("the block that failed is not marked")
	}
}

// TestStoreCut has the power fail in each operation of each write: the record
// before or the new one counts, and the next one can be written.
func TestStoreCut(t *testing.T) {
	for n := range 20 {
		for cut := range 3 {
			f := mtdtest.New(small, mtdtest.NewSupply(-1))
			s := opened(t, f)
			for range n {
				if err := s.Write(Record{Slot: 0, Confirmed: true}); err != nil {
					t.Fatal(err)
				}
			}
			before := s.Record()
			f.Power = mtdtest.NewSupply(cut)
			err := s.Write(Record{Slot: 1, Tries: 1})
			if err != nil && !errors.Is(err, mtdtest.ErrCut) && f.Power.Done <= cut {
				t.Fatal(err)
			}
			f.Power = mtdtest.NewSupply(-1)
			again := opened(t, f)
			got := again.Record()
			if fresh := (Record{Number: before.Number + 1, Slot: 1, Tries: 1}); got != before && got != fresh || err == nil && got != fresh {
				t.Fatalf("%d records, cut %d: %+v, %v", n, cut, got, err)
			}
			if err := again.Write(Record{Slot: 1}); err != nil {
				t.Fatal(err)
			}
			if r := opened(t, f).Record(); r.Number != got.Number+1 || r.Slot != 1 {
				t.Fatalf("%d records, cut %d: then %+v", n, cut, r)
			}
		}
	}
}

// TestStoreGarbage goes on behind pages that are no records.
func TestStoreGarbage(t *testing.T) {
	f := mtdtest.New(small, mtdtest.NewSupply(-1))
	s := opened(t, f)
	if err := s.Write(Record{Slot: 1}); err != nil {
		t.Fatal(err)
	}
	copy(f.Pages[1], bytes.Repeat([]byte{0x55}, 512))
	if err := s.Write(Record{Slot: 0}); err != nil {
		t.Fatal(err)
	}
	if r, ok := Parse(f.Pages[2]); !ok || r.Number != 2 || opened(t, f).Record() != r {
		t.Errorf("%+v, %v", r, ok)
	}
}

// TestStoreMarked has the block of the record that counts be marked as bad, or its
// mark turn: it counts all the same, and so do those written next.
func TestStoreMarked(t *testing.T) {
	f := mtdtest.New(small, mtdtest.NewSupply(-1))
	if err := opened(t, f).Write(Record{Slot: 1}); err != nil {
		t.Fatal(err)
	}
	f.Marked[0] = true
	for n := 1; n < 20; n++ {
		s := opened(t, f)
		if got := s.Record(); got.Number != uint32(n) || got.Slot != 1 {
			t.Fatalf("record %d is read as %+v", n, got)
		}
		if err := s.Write(Record{Slot: 1}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestStoreWeak has pages fail, each of the first block in its turn and several,
// some of which don't say so: what is written then is found, and a write that can't
// be says so.
func TestStoreWeak(t *testing.T) {
	for _, weak := range [][]int{{1}, {2}, {3}, {1, 4}, {1, 4, 8}, {1, 4, 8, 12}} {
		testStoreWeak(t, weak, func(f *mtdtest.Flash) map[int]bool { return f.Weak })
		if len(weak) < 4 { // else what was tried in vain is passed over by the next
			testStoreWeak(t, weak, func(f *mtdtest.Flash) map[int]bool { return f.Odd })
		}
	}
}

func testStoreWeak(t *testing.T, weak []int, fault func(f *mtdtest.Flash) map[int]bool) {
	f := mtdtest.New(small, mtdtest.NewSupply(-1))
	if err := opened(t, f).Write(Record{Slot: 1}); err != nil {
		t.Fatal(err)
	}
	for _, page := range weak {
		fault(f)[page] = true
	}
	for n := 2; n < 5; n++ {
		err := opened(t, f).Write(Record{Slot: 1})
		if (err != nil) != (len(weak) == 4) {
			t.Errorf("%v: record %d: %v", weak, n, err)
		}
		want := uint32(n)
		if err != nil {
			want = 1
		}
		if got := opened(t, f).Record(); got.Number != want {
			t.Errorf("%v: record %d was written, and %d counts", weak, want, got.Number)
		}
	}
}

func TestStoreFails(t *testing.T) {
	f := mtdtest.New(small, mtdtest.NewSupply(-1))
	for b := range small.Blocks {
		f.Marked[b] = true
	}
	if err := opened(t, f).Write(Record{}); err == nil {
		t.Error("written into bad blocks")
	}
	if _, err := OpenStore(mtdtest.New(mtd.Geometry{Blocks: 1, BlockSize: 64, PageSize: 16}, f.Power)); err == nil {
		t.Error("pages of 16 bytes hold no record")
	}
	f.Power = mtdtest.NewSupply(0)
	f.Erase(0) // the power fails
	if _, err := OpenStore(f); !errors.Is(err, mtdtest.ErrCut) {
		t.Errorf("without power: %v", err)
	}
	// One good block can't be erased while its record counts.
	one := mtdtest.New(mtd.Geometry{Blocks: 1, BlockSize: 1 << 10, PageSize: 512}, mtdtest.NewSupply(-1))
	s := opened(t, one)
	for range 2 {
		if err := s.Write(Record{Slot: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Write(Record{}); err == nil || opened(t, one).Record().Number != 2 {
		t.Errorf("the only block was erased: %v", err)
	}
}
