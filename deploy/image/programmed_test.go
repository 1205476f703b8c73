package image

import (
	"bytes"
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
