package boot

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"testing"

	"linnet/deploy/nand"
	"linnet/rootfs/bootstate"
	"linnet/rootfs/mtd"
	"linnet/rootfs/mtd/mtdtest"
	"linnet/rootfs/update"
)

// partitionOf is a part of a chip as the running system has it.
func partitionOf(t *testing.T, chip nand.Image, name string, power *mtdtest.Supply) *mtdtest.Flash {
	t.Helper()
	s := span(t, name)
	f := mtdtest.New(mtd.Geometry{Blocks: s.End - s.First, BlockSize: nand.BlockSize, PageSize: nand.PageSize}, power)
	for n := range f.Pages {
		page, _, err := chip.Read(s.First*nand.BlockPages + n)
		if err != nil && !errors.Is(err, nand.ErrUncorrectable) { // such a page is read as it is
			t.Fatal(err)
		}
		f.Pages[n] = page
	}
	return f
}

// putBack has the chip hold what the running system has made of the part.
func putBack(t *testing.T, chip nand.Image, name string, f *mtdtest.Flash) {
	t.Helper()
	s := span(t, name)
	for n, page := range f.Pages {
		chip.Reprogram(s.First*nand.BlockPages+n, page)
	}
}

// newKernel is another kernel than the flashed one: it says so by its command line.
func newKernel(t *testing.T) []byte {
	t.Helper()
	heads, payload := []byte(nil), []byte(nil)
	for _, slot := range []string{"a", "b"} {
		k, err := Slot(toy(t), "kernel=new-"+slot)
		if err != nil {
			t.Fatal(err)
		}
		heads, payload = append(heads, k[:nand.PageSize]...), k[nand.PageSize:]
	}
	return append(heads, payload...)
}

// updateOf packs a kernel with its two pages, and a root.
func updateOf(t *testing.T, kernel, root []byte) *update.File {
	t.Helper()
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	part := func(b []byte) update.Part { return update.Part{Size: int64(len(b)), Sum: sha256.Sum256(b)} }
	heads, payload := kernel[:2*nand.PageSize], kernel[2*nand.PageSize:]
	h := update.Header{Board: "smdk2410", Version: "new", Heads: part(heads), Root: part(root), Kernel: part(payload)}
	head, err := h.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	b := slices.Concat(head, heads, root, payload)
	f, err := update.Open(bytes.NewReader(b), int64(len(b)), key.Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// installs has the running system a install an update into b, on a supply of
// power, and returns the root that it leaves there.
func installs(t *testing.T, chip nand.Image, f *update.File, power *mtdtest.Supply) (*mtdtest.Volume, error) {
	t.Helper()
	params, kernel := partitionOf(t, chip, "params", power), partitionOf(t, chip, "kernel_b", power)
	root := &mtdtest.Volume{Content: []byte("the former root"), Whole: true, Room: 1 << 20, Power: power}
	write := func(r bootstate.Record) func() error {
		return func() error {
			s, err := bootstate.OpenStore(params)
			if err != nil {
				return err
			}
			return s.Write(r)
		}
	}
	err := f.Install(t.Context(), update.Target{
		Slot: 1, Kernel: kernel, Root: root,
		Keep: write(bootstate.Record{Slot: 0, Confirmed: true}), Try: write(bootstate.Record{Slot: 1, Tries: 1}),
	}, nil)
	putBack(t, chip, "params", params)
	putBack(t, chip, "kernel_b", kernel)
	return root, err
}

// TestUpdate installs a system, starts it, has it not confirm that it runs, and
// then confirm it.
func TestUpdate(t *testing.T) { each(t, testUpdate) }

func testUpdate(t *testing.T, run runner) {
	root := bytes.Repeat([]byte("root"), 20000)
	f := updateOf(t, newKernel(t), root)
	chip := flashed(t)
	v, err := installs(t, chip, f, mtdtest.NewSupply(-1))
	if err != nil || !v.Whole || !bytes.Equal(v.Content, root) {
		t.Fatalf("%v, %d bytes of root", err, len(v.Content))
	}
	const failed = "kernel=a linnet.slot=a linnet.fallback=unconfirmed"
	for i, want := range []string{"kernel=new-b linnet.slot=b" + onTrial, failed, failed} {
		if got, said := run(t, chip, faults{}); got != want {
			t.Fatalf("start %d: %q, want %q\n%s", i, got, want, said)
		}
	}
	if _, err := installs(t, chip, f, mtdtest.NewSupply(-1)); err != nil {
		t.Fatal(err)
	}
	if got, said := run(t, chip, faults{}); got != "kernel=new-b linnet.slot=b"+onTrial {
		t.Fatalf("installed again: %q\n%s", got, said)
	}
	params := partitionOf(t, chip, "params", mtdtest.NewSupply(-1))
	s, err := bootstate.OpenStore(params)
	if err != nil {
		t.Fatal(err)
	}
	if r := s.Record(); r.Slot != 1 || r.Confirmed || r.Tries != 0 {
		t.Errorf("the loader has left %+v", r)
	}
	if err := s.Write(bootstate.Record{Slot: 1, Confirmed: true}); err != nil {
		t.Fatal(err)
	}
	putBack(t, chip, "params", params)
	for range 2 {
		if got, said := run(t, chip, faults{}); got != "kernel=new-b linnet.slot=b" {
			t.Fatalf("confirmed: %q\n%s", got, said)
		}
	}
}

// TestUpdateCut has the power fail in operations of an installation, those
// around its steps and some between. Each time the loader starts a whole
// system: the former, or the new one once it is on trial; and where the former
// kernel is damaged, too, only a kernel that has its own root.
func TestUpdateCut(t *testing.T) {
	root := bytes.Repeat([]byte("root"), 20000)
	kernel := newKernel(t)
	f := updateOf(t, kernel, root)
	plain := flashed(t)
	whole := mtdtest.NewSupply(-1)
	if _, err := installs(t, nand.Image(bytes.Clone(plain)), f, whole); err != nil {
		t.Fatal(err)
	}
	cuts := []int{0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 20, 60,
		whole.Done - 100, whole.Done - 5, whole.Done - 4, whole.Done - 3, whole.Done - 2, whole.Done - 1}
	news := 0
	for _, cut := range cuts {
		chip := nand.Image(bytes.Clone(plain))
		v, err := installs(t, chip, f, mtdtest.NewSupply(cut))
		if !errors.Is(err, mtdtest.ErrCut) && cut < whole.Done {
			t.Fatalf("cut %d of %d: %v", cut, whole.Done, err)
		}
		damaged := nand.Image(bytes.Clone(chip))
		damaged.Erase(span(t, "kernel_a").First)
		newRoot := v.Whole && bytes.Equal(v.Content, root)
		oldRoot := v.Whole && !newRoot
		switch got, said := interpreted(t, chip, faults{}); got {
		case "kernel=a linnet.slot=a":
		case "kernel=new-b linnet.slot=b" + onTrial:
			news++
			if !newRoot {
				t.Errorf("cut %d: the new kernel starts without its root", cut)
			}
		default:
			t.Errorf("cut %d of %d: %q\n%s", cut, whole.Done, got, said)
		}
		b := newBoard(t, damaged, faults{})
		_ = b.run() // it need not find anything
		switch got := b.said("toy: "); {
		case got == "":
		case got == "kernel=b linnet.slot=b linnet.fallback=checksum" && oldRoot:
		case newRoot && strings.HasPrefix(got, "kernel=new-b linnet.slot=b"):
		default:
			t.Errorf("cut %d of %d, and kernel a is damaged: %q, with the old root %v, the new one %v", cut, whole.Done, got, oldRoot, newRoot)
		}
	}
	if news == len(cuts) {
		t.Error("the new kernel starts whenever the power fails")
	}
}

// TestWatch has the watchdog run for a system on trial, and for no other.
func TestWatch(t *testing.T) {
	const wtcon, reset, enabled = 0x53000000, 1, 1 << 5
	for _, c := range []struct {
		r    bootstate.Record
		want bool
	}{{bootstate.Record{Number: 3, Slot: 1, Tries: 1}, true}, {bootstate.Record{Number: 3, Slot: 1, Confirmed: true}, false}, {bootstate.Record{Number: 3, Slot: 1}, false}} {
		chip := flashed(t)
		put(chip, t, 0, c.r)
		b := newBoard(t, chip, faults{})
		if err := b.run(); err != nil {
			t.Fatal(err)
		}
		if got := b.regs[wtcon]&(reset|enabled) == reset|enabled; got != c.want {
			t.Errorf("%+v: the watchdog runs: %v", c.r, got)
		}
	}
}
