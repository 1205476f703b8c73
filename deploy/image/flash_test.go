package image

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/board"
	"linnet/deploy/boot"
	"linnet/deploy/nand"
	"linnet/deploy/steps"
)

// flashed makes an image of a program and a kernel that are none, in a new
// folder, and returns the folder.
func flashed(t *testing.T, media string) (string, Options, Set) {
	t.Helper()
	dir := t.TempDir()
	b := board.SMDK2410()
	o := Options{Board: b, Dir: dir, Media: media, Version: "v1", Splash: make([]uint16, b.Screen.Width*b.Screen.Height)}
	s := Set{Board: b, Kernel: filepath.Join(dir, "zImage"), Root: filepath.Join(dir, "root.squashfs"), RootB: filepath.Join(dir, "root-b.squashfs"), Data: filepath.Join(dir, "media.squashfs"), NAND: filepath.Join(dir, "nand.img")}
	if err := os.WriteFile(s.Kernel, bytes.Repeat([]byte("kernel! "), 10000), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := s.write(t.Context(), o, bytes.Repeat([]byte("program "), 30000), steps.New(io.Discard)); err != nil {
		t.Fatal(err)
	}
	return dir, o, s
}

func TestFlash(t *testing.T) {
	t.Parallel()
	needs(t, "mksquashfs", "arm-linux-gnueabi-gcc")
	media := album(t, map[string]int{"a.mp3": 40000, "b.mp3": 100})
	dir, o, s := flashed(t, media)
	file, err := os.ReadFile(s.NAND)
	if err != nil {
		t.Fatal(err)
	}
	chip, err := nand.From(file)
	if err != nil {
		t.Fatal(err)
	}
	for n := range nand.Blocks * nand.BlockPages {
		if _, corrected, err := chip.Read(n); err != nil || corrected != 0 {
			t.Fatalf("page %d: %d bits, %v", n, corrected, err)
		}
	}
	for i, name := range []string{"kernel_a", "kernel_b"} {
		span, err := boot.Partition(o.Board, name)
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := chip.Read(span.First * nand.BlockPages)
		text, _, _ := strings.Cut(string(head[16:]), "\x00")
		if binary.LittleEndian.Uint32(head[4:]) != 80000 || text != CommandLine(o.Board, i) {
			t.Errorf("%s: % x, %q", name, head[:16], text)
		}
		if p, _, _ := chip.Read(span.First*nand.BlockPages + 1); string(p[:8]) != "kernel! " {
			t.Errorf("%s begins with %q", name, p[:8])
		}
	}
	for volume, want := range map[int]string{0: s.Root, 1: s.RootB} {
		checkVolume(t, chip, o.Board, "root", volume, want)
	}
	checkVolume(t, chip, o.Board, "data", 1, s.Data)
	checkMap(t, dir)

	checkAround(t, s, o.Board)

	other, _, _ := flashed(t, media)
	for _, f := range []string{"nand.img", "map.txt", "root.ubi"} {
		a, errA := os.ReadFile(filepath.Join(dir, f))
		b, errB := os.ReadFile(filepath.Join(other, f))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s is another one the second time (%v, %v)", f, errA, errB)
		}
	}
}

// checkVolume gathers a volume's blocks, wherever they lie, and compares them
// with a file.
func checkVolume(t *testing.T, chip nand.Image, b board.Board, partition string, volume int, file string) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	span, err := boot.Partition(b, partition)
	if err != nil {
		t.Fatal(err)
	}
	found := map[uint32][]byte{}
	for block := span.First; block < span.End; block++ {
		at := block * nand.BlockPages
		if head, _, _ := chip.Read(at); string(head[:4]) != "UBI#" {
			t.Fatalf("block %d is not UBI's", block)
		}
		if head, _, _ := chip.Read(at + 1); string(head[:4]) == "UBI!" && binary.BigEndian.Uint32(head[8:]) == uint32(volume) {
			var data []byte
			for p := at + 2; p < at+nand.BlockPages; p++ {
				page, _, _ := chip.Read(p)
				data = append(data, page...)
			}
			found[binary.BigEndian.Uint32(head[12:])] = data
		}
	}
	var got []byte
	for n := range len(found) {
		got = append(got, found[uint32(n)]...)
	}
	if !bytes.HasPrefix(got, want) || len(got)-len(want) >= geometry.LEB() {
		t.Errorf("volume %d of %s is not %s: %d and %d bytes", volume, partition, filepath.Base(file), len(got), len(want))
	}
}

// checkAround writes the parts around bad blocks: nothing is lost, nothing lies in
// one.
func checkAround(t *testing.T, s Set, b board.Board) {
	t.Helper()
	root, err := boot.Partition(b, "root")
	if err != nil {
		t.Fatal(err)
	}
	bad := []int{1, root.First, root.First + 3, root.End - 1}
	chip, err := s.Around(bad)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range bad {
		if page, _, _ := chip.Read(block*nand.BlockPages + 2); !chip.Bad(block) || !bytes.Equal(page, bytes.Repeat([]byte{0xff}, nand.PageSize)) {
			t.Errorf("block %d is used", block)
		}
	}
	plain, err := s.Around(nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 * nand.BlockPages { // what would begin in a bad block begins in the next
		want, _, _ := plain.Read(root.First*nand.BlockPages + n)
		at := root.First + 1 + n/nand.BlockPages
		if at >= root.First+3 {
			at++
		}
		if got, _, _ := chip.Read(at*nand.BlockPages + n%nand.BlockPages); !bytes.Equal(got, want) {
			t.Fatalf("page %d of the root is not in block %d", n, at)
		}
	}
	for _, block := range []int{0, -1, nand.Blocks} {
		if _, err := s.Around([]int{block}); err == nil {
			t.Errorf("block %d may be bad", block)
		}
	}
}

// checkMap compares the sizes and sums of the map with the files.
func checkMap(t *testing.T, dir string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "map.txt"))
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for line := range strings.Lines(string(text)) {
		w := strings.Fields(line)
		if len(w) != 3 || len(w[0]) != 64 {
			continue
		}
		files++
		b, err := os.ReadFile(filepath.Join(dir, w[2]))
		if sum := sha256.Sum256(b); err != nil || hex.EncodeToString(sum[:]) != w[0] {
			t.Errorf("%s: %v, %x", line, err, sum)
		}
	}
	if files != 7 || !strings.Contains(string(text), "00080000 00380000 kernel_a\n") {
		t.Errorf("the map:\n%s", text)
	}
}

// TestFlashTooLong: what does not fit is told.
func TestFlashTooLong(t *testing.T) {
	b := board.SMDK2410()
	dir := t.TempDir()
	s := Set{Board: b, Kernel: filepath.Join(dir, "k"), Root: filepath.Join(dir, "r"), Data: filepath.Join(dir, "d"), NAND: filepath.Join(dir, "n")}
	for _, c := range []struct{ kernel, root int }{{4 << 20, 1}, {1, 11 << 20}} {
		for file, size := range map[string]int{s.Kernel: c.kernel, s.Root: c.root, s.RootB: c.root, s.Data: 1} {
			if err := os.WriteFile(file, make([]byte, size), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		parts, err := s.flashParts(b, boot.Loader{})
		if err == nil {
			err = fill(nand.New(), parts)
		}
		if err == nil {
			t.Errorf("a kernel of %d and a root of %d bytes fit", c.kernel, c.root)
		}
	}
}

// TestCommandLine has room in the header of a kernel, and names what the board
// has.
func TestCommandLine(t *testing.T) {
	b := board.SMDK2410()
	for slot, want := range []string{" root=/dev/ubiblock0_0 ", " root=/dev/ubiblock0_1 "} {
		line := CommandLine(b, slot)
		if !strings.Contains(line, want) || !strings.Contains(line, "mtdparts=NAND:256k(boot),256k(params),3584k(kernel_a),3584k(kernel_b),23040k(root),34816k(data) ") {
			t.Error(line)
		}
		if _, err := boot.Slot(nil, line); err != nil {
			t.Error(err)
		}
	}
}
