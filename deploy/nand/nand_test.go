package nand

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"
)

func random(seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 0))
	page := make([]byte, PageSize)
	for i := range page {
		page[i] = byte(r.Uint32())
	}
	return page
}

// slowSum is the definition: the parity of the bits whose number has a bit set,
// or not.
func slowSum(page []byte) ECC {
	var code ECC
	for i := range code {
		code[i] = 0xff
	}
	for pair := range 12 {
		// Pairs in order: byte bits 0 to 8, then bits within the byte.
		var parity [2]int
		for n := range 8 * PageSize {
			if page[n/8]>>(n%8)&1 == 0 {
				continue
			}
			bit := (n / 8) >> pair & 1
			if pair >= 9 {
				bit = n % 8 >> (pair - 9) & 1
			}
			parity[bit] ^= 1
		}
		for bit, p := range parity {
			at := 2*pair + bit
			code[at/8] ^= byte(p << (at % 8))
		}
	}
	return code
}

func TestSum(t *testing.T) {
	for seed := range uint64(10) {
		page := random(seed)
		if got, want := Sum(page), slowSum(page); got != want {
			t.Fatalf("page %d: %x, by definition %x", seed, got, want)
		}
	}
	if got := Sum(bytes.Repeat([]byte{0xff}, PageSize)); got != (ECC{0xff, 0xff, 0xff}) {
		t.Errorf("an erased page has the code %x", got)
	}
}

// TestCorrect turns every single bit, of the page and of the code.
func TestCorrect(t *testing.T) {
	good := random(1)
	code := Sum(good)
	for n := range 8 * PageSize {
		page := bytes.Clone(good)
		page[n/8] ^= 1 << (n % 8)
		if fixed, err := Correct(page, code); fixed != 1 || err != nil || !bytes.Equal(page, good) {
			t.Fatalf("bit %d: %d, %v", n, fixed, err)
		}
	}
	for n := range 24 {
		page, bad := bytes.Clone(good), code
		bad[n/8] ^= 1 << (n % 8)
		if fixed, err := Correct(page, bad); fixed != 1 || err != nil || !bytes.Equal(page, good) {
			t.Fatalf("bit %d of the code: %d, %v", n, fixed, err)
		}
	}
	r := rand.New(rand.NewPCG(2, 0))
	for range 2000 {
		page, a, b := bytes.Clone(good), r.IntN(8*PageSize), r.IntN(8*PageSize)
		page[a/8] ^= 1 << (a % 8)
		page[b/8] ^= 1 << (b % 8)
		if _, err := Correct(page, code); a != b && !errors.Is(err, ErrUncorrectable) {
			t.Fatalf("bits %d and %d: %v", a, b, err)
		}
	}
}

func TestImage(t *testing.T) {
	m := New()
	m.MarkBad(2)
	for _, page := range []int{3*BlockPages + 1} {
		m.page(page)[mark] = 0
	}
	content := append(random(3), bytes.Repeat(random(4), BlockPages)...) // a block and a page
	if err := m.WritePart(1, 5, content); err != nil {
		t.Fatal(err)
	}
	if !m.Bad(2) || !m.Bad(3) || m.Bad(1) || m.Bad(4) {
		t.Error("the marks of bad blocks are not as they were")
	}
	first, _, err := m.Read(BlockPages)
	if err != nil || !bytes.Equal(first, content[:PageSize]) {
		t.Errorf("the first page: %v", err)
	}
	last, _, err := m.Read(4 * BlockPages)
	if err != nil || !bytes.Equal(last, content[BlockSize:]) {
		t.Errorf("the last page, behind the bad blocks: %v", err)
	}
	m.page(BlockPages)[100] ^= 4
	if page, fixed, err := m.Read(BlockPages); err != nil || fixed != 1 || !bytes.Equal(page, content[:PageSize]) {
		t.Errorf("a bit of it is wrong: %d, %v", fixed, err)
	}
	m.page(BlockPages)[101] ^= 4
	if _, _, err := m.Read(BlockPages); !errors.Is(err, ErrUncorrectable) {
		t.Errorf("two bits of it are wrong: %v", err)
	}
	if err := m.WritePart(1, 4, content); err == nil {
		t.Error("two blocks of content fit into one good one")
	}
	if page, fixed, err := m.Read(5 * BlockPages); err != nil || fixed != 0 || !erased(page) {
		t.Errorf("an erased page: %d, %v", fixed, err)
	}
}

func TestFrom(t *testing.T) {
	if _, err := From(make([]byte, Size-1)); err == nil {
		t.Error("a chip that is too short")
	}
	if m, err := From(New()); err != nil || len(m) != 69_206_016 {
		t.Errorf("%d bytes, %v", len(m), err)
	}
}
