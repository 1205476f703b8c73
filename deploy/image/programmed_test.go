package image

import (
	"bytes"
	"errors"
	"testing"

	"linnet/deploy/boot"
	"linnet/deploy/nand"
)

// TestProgrammed: what is erased behind the last byte of a page is not counted, nor
// what lies in other blocks.
func TestProgrammed(t *testing.T) {
	chip := nand.New()
	content := append(bytes.Repeat([]byte{1}, nand.PageSize+10), 0xff, 0xff)
	if err := chip.WritePart(3, 5, content); err != nil {
		t.Fatal(err)
	}
	if err := chip.WritePart(7, 8, []byte{0xff, 0xff, 0, 0xff}); err != nil {
		t.Fatal(err)
	}
	for span, want := range map[boot.Span]int64{{First: 3, End: 5}: nand.PageSize + 10, {First: 4, End: 7}: 0, {First: 3, End: 8}: nand.PageSize + 10 + 3, {First: 0, End: 3}: 0} {
		if n := programmedIn(chip, span); n != want {
			t.Errorf("%v: %d bytes, want %d", span, n, want)
		}
	}
}

// TestLimit: an image of which more is written than may be is made, and is an error.
func TestLimit(t *testing.T) {
	t.Parallel()
	needs(t, "mksquashfs", "arm-linux-gnueabi-gcc")
	_, o, s := flashed(t, album(t, map[string]int{"a.mp3": 40000}))
	written, err := s.programmed(o.Board)
	if err != nil {
		t.Fatal(err)
	}
	all, sum := written[len(written)-1], int64(0)
	for _, p := range written[:len(written)-1] {
		sum += p.Size
	}
	if all.Name != "written: all" || all.Size != sum || sum < 200_000 {
		t.Errorf("%+v, and the sum is %d", written, sum)
	}
	for limit, want := range map[int64]error{0: nil, sum: nil, sum - 1: ErrTooLarge} {
		if err := within(written, limit); !errors.Is(err, want) {
			t.Errorf("%d of %d bytes: %v", sum, limit, err)
		}
	}
}
