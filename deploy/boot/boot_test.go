package boot

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"hash/crc32"
	"io/fs"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"linnet/board"
	"linnet/deploy/nand"
)

// stripes is a picture that shows what is in it.
func stripes() []uint16 {
	p := make([]uint16, 240*320)
	for i := range p {
		p[i] = uint16(i / 240 / 8 * 0x0841)
	}
	return p
}

// built is the loader, compiled once.
var built = sync.OnceValues(func() (Loader, error) { return Build(context.Background(), stripes()) })

func loader(t *testing.T) Loader {
	t.Helper()
	if _, err := exec.LookPath(compiler); err != nil {
		t.Skipf("the loader can't be compiled: %v", err)
	}
	l, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestBuild: twice the same, and what the chip runs first are ARM instructions
// of ARMv4T that start with a branch.
func TestBuild(t *testing.T) {
	a := loader(t)
	b, err := Build(t.Context(), stripes())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Stage1, b.Stage1) || !bytes.Equal(a.Stage2, b.Stage2) {
		t.Error("the second time another loader is made")
	}
	if len(a.Stage1) > Limit || a.Stage1[3] != 0xea {
		t.Errorf("the first stage: %d bytes, % x", len(a.Stage1), a.Stage1[:4])
	}
	if max := (secondA.End - secondA.First - 1) * nand.BlockSize; len(a.Stage2) > max {
		t.Errorf("the second stage: %d bytes, more than %d with a bad block", len(a.Stage2), max)
	}
	t.Logf("%d and %d bytes", len(a.Stage1), len(a.Stage2))
}

func TestSlot(t *testing.T) {
	s, err := Slot([]byte("the kernel"), "console=x")
	if err != nil || len(s) != nand.PageSize+10 {
		t.Fatal(len(s), err)
	}
	le := binary.LittleEndian
	if le.Uint32(s[4:]) != 10 || le.Uint32(s[8:]) != crc32.ChecksumIEEE(s[nand.PageSize:]) || string(s[16:26]) != "console=x\x00" {
		t.Errorf("% x", s[:40])
	}
	if le.Uint32(s[508:]) != crc32.ChecksumIEEE(s[:508]) {
		t.Error("the header's own checksum")
	}
	if _, err := Slot(nil, strings.Repeat("x", slotText)); err == nil {
		t.Error("a text without an end")
	}
}

// TestGzipOf: the kernel is found behind what only looks like one, and nothing
// where the file is damaged.
func TestGzipOf(t *testing.T) {
	want := []byte(strings.Repeat("the kernel, unpacked", 1000))
	var file bytes.Buffer
	z := gzip.NewWriter(&file)
	z.Write(want)
	z.Close()
	before := "code \x1f\x8b\x08\x00 and \x1f\x8b\x08\xff\xff\xff more of it"
	zImage := append([]byte(before), file.Bytes()...)
	zImage = append(zImage, "\x00\x00\x00 and its tables"...)
	if got, ok := gzipOf(zImage); !ok || !bytes.Equal(got, want) {
		t.Errorf("%v, %d bytes", ok, len(got))
	}
	zImage[len(before)+20] ^= 1
	if got, ok := gzipOf(zImage); ok {
		t.Errorf("what is damaged is taken: %d bytes", len(got))
	}
	if _, ok := gzipOf([]byte("\x1f\x8b\x08")); ok {
		t.Error("a magic number alone is a kernel")
	}
}

// TestLayout compares what the C code says with the board's table.
func TestLayout(t *testing.T) {
	text, err := fs.ReadFile(source, "src/layout.h")
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]int{}
	for _, m := range regexp.MustCompile(`#define (\w+) (\d+)`).FindAllStringSubmatch(string(text), -1) {
		in[m[1]], _ = strconv.Atoi(m[2])
	}
	b := board.SMDK2410()
	for name, want := range map[string]Span{
		"params":   {in["PARAMS"], in["PARAMS_END"]},
		"kernel_a": {in["KERNEL_A"], in["KERNEL_B"]},
		"kernel_b": {in["KERNEL_B"], in["KERNEL_END"]},
	} {
		if got, err := Partition(b, name); err != nil || got != want {
			t.Errorf("%s: the board has %v (%v), the loader %v", name, got, err, want)
		}
	}
	if secondA != (Span{in["STAGE2_A"], in["STAGE2_B"]}) || secondB != (Span{in["STAGE2_B"], in["STAGE2_END"]}) {
		t.Errorf("the second stage: %v and %v, the loader has %v", secondA, secondB, in)
	}
	if p, err := Partition(b, "boot"); err != nil || p != (Span{first.First, secondB.End}) {
		t.Errorf("boot: %v, %v", p, err)
	}
}

func TestWrite(t *testing.T) {
	l := Loader{Stage1: bytes.Repeat([]byte{1}, 4096), Stage2: bytes.Repeat([]byte{2}, 20000)}
	chip := nand.New()
	if err := l.Write(chip); err != nil {
		t.Fatal(err)
	}
	for page, want := range map[int]byte{0: 1, 7: 1, 33: 2, 8*32 + 1: 2} {
		if p, _, err := chip.Read(page); err != nil || p[0] != want {
			t.Errorf("page %d starts with %d, %v", page, p[0], err)
		}
	}
	if err := (Loader{Stage1: l.Stage1, Stage2: make([]byte, 8*nand.BlockSize)}).Write(chip); err == nil {
		t.Error("a second stage that is too long")
	}
}
