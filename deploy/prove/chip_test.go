package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"linnet/board"
	"linnet/deploy/image"
	"linnet/deploy/nand"
)

// TestSetWords changes a command line and nothing else, and changes it back.
func TestSetWords(t *testing.T) {
	dir := t.TempDir()
	s := image.Set{Board: board.SMDK2410(), Kernel: filepath.Join(dir, "zImage"), NAND: filepath.Join(dir, "nand.img")}
	if err := os.WriteFile(s.Kernel, bytes.Repeat([]byte("kernel"), 1000), 0o666); err != nil {
		t.Fatal(err)
	}
	chip := nand.New()
	if err := setWords(chip, s, ""); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.NAND, chip, 0o666); err != nil {
		t.Fatal(err)
	}
	other, err := chipOf(s, "linnet.args=x")
	if err != nil {
		t.Fatal(err)
	}
	if n := differingBytes(chip, other); n < 20 || n > 200 {
		t.Errorf("%d bytes differ", n)
	}
	for _, name := range []string{"kernel_a", "kernel_b"} {
		part, err := partitionOf(other, s, name)
		if err != nil || !bytes.Contains(part[:nand.PageSize], []byte(" linnet.args=x\x00")) {
			t.Errorf("%s: %v, %q", name, err, part[:nand.PageSize])
		}
	}
	if err := setWords(other, s, ""); err != nil || differingBytes(chip, other) != 0 {
		t.Errorf("back: %v, %d bytes differ", err, differingBytes(chip, other))
	}
	if n := differingBytes([]byte("abc"), []byte("axcde")); n != 3 {
		t.Errorf("%d", n)
	}
}

// TestMay: what was told before the last five seconds has to be kept, or
// something later.
func TestMay(t *testing.T) {
	l := &life{cutAt: 20 * time.Second, seen: []vow{{0, 1, 0}, {10 * time.Second, 2, 0}, {15 * time.Second, 3, 0}, {16 * time.Second, 4, 0}}}
	if got := l.may(5 * time.Second); len(got) != 2 || got[0].volume != 3 {
		t.Errorf("%v", got)
	}
	if got := l.may(time.Minute); len(got) != 4 {
		t.Errorf("%v", got)
	}
}

func TestVolumeOf(t *testing.T) {
	chip := nand.New()
	page := bytes.Repeat([]byte{0}, nand.PageSize)
	copy(page, "UBI!\x01\x01\x00\x00\x00\x00\x00\x03")
	chip.Program(7*nand.BlockPages+1, page)
	if a, b := volumeOf(chip, 7), volumeOf(chip, 8); a != 3 || b != -1 {
		t.Errorf("%d, %d", a, b)
	}
}
