package update

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"testing"

	"linnet/rootfs/bootstate"
	"linnet/rootfs/mtd"
	"linnet/rootfs/mtd/mtdtest"
)

// machine is a board's flash: two systems and the record, on one supply.
type machine struct {
	power  *mtdtest.Supply
	params *mtdtest.Flash
	kernel [2]*mtdtest.Flash
	root   [2]*mtdtest.Volume
}

// newMachine has a system in both slots, and the record that a runs.
func newMachine(t *testing.T, old system) *machine {
	t.Helper()
	m := &machine{power: mtdtest.NewSupply(-1)}
	m.params = mtdtest.New(mtd.Geometry{Blocks: 3, BlockSize: 2 << 10, PageSize: 512}, m.power)
	for slot := range 2 {
		m.kernel[slot] = mtdtest.New(geometry, m.power)
		w := mtd.NewWriter(m.kernel[slot])
		for _, b := range [][]byte{headsOf(old.kernel)[slot*geometry.PageSize:][:geometry.PageSize], old.kernel} {
			if _, err := w.Write(b); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		m.root[slot] = &mtdtest.Volume{Content: old.root, Whole: true, Room: 64 << 10, Power: m.power}
	}
	return m
}

// supply replaces the power by one that fails in operation n.
func (m *machine) supply(n int) {
	m.power = mtdtest.NewSupply(n)
	m.params.Power = m.power
	for slot := range 2 {
		m.kernel[slot].Power, m.root[slot].Power = m.power, m.power
	}
}

// target is the slot that does not run, as process 1 sees it.
func (m *machine) target(running int) Target {
	write := func(r bootstate.Record) error {
		s, err := bootstate.OpenStore(m.params)
		if err != nil {
			return err
		}
		return s.Write(r)
	}
	other := 1 - running
	return Target{
		Slot: other, Kernel: m.kernel[other], Root: m.root[other],
		Keep: func() error { return write(bootstate.Record{Slot: running, Confirmed: true}) },
		Try:  func() error { return write(bootstate.Record{Slot: other, Tries: 1}) },
	}
}

// kernelOf is what a loader finds in a slot, nil: nothing that it would start.
func (m *machine) kernelOf(slot int) []byte {
	r := mtd.NewReader(m.kernel[slot])
	head := make([]byte, geometry.PageSize)
	if _, err := io.ReadFull(r, head); err != nil || head[0] != byte('a'+slot) {
		return nil
	}
	size := binary.LittleEndian.Uint32(head[4:])
	if size > 64<<10 {
		return nil
	}
	kernel := make([]byte, size)
	if _, err := io.ReadFull(r, kernel); err != nil {
		return nil
	}
	if sha256.Sum256(kernel) != [32]byte(head[8:40]) {
		return nil
	}
	return kernel
}

// runs is what would run from a slot: nil where it does not start.
func (m *machine) runs(slot int) *system {
	kernel := m.kernelOf(slot)
	if kernel == nil {
		return nil
	}
	if !m.root[slot].Whole {
		return &system{kernel, nil}
	}
	return &system{kernel, m.root[slot].Content}
}

func (s *system) is(other system) bool {
	return s != nil && bytes.Equal(s.kernel, other.kernel) && bytes.Equal(s.root, other.root)
}

// loads is what the loader makes of the record: the slot that it starts.
func (m *machine) loads(t *testing.T) (slot int, r bootstate.Record) {
	t.Helper()
	s, err := bootstate.OpenStore(m.params)
	if err != nil {
		t.Fatal(err)
	}
	return s.Record().Slot, s.Record()
}
