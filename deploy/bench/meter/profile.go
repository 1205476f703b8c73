package meter

import (
	"bufio"
	"cmp"
	"context"
	"debug/elf"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
)

// Function is what a function cost, without those that it called.
type Function struct {
	Name                 string
	Instructions, Cycles uint64
}

// Profile runs a program and tells what each of its functions cost, the dearest
// in cycles first. Names come from the program's symbol table: what is not in it
// (shared libraries, stripped programs) is summed up as unnamed.
func (m *Meter) Profile(ctx context.Context, p Program) ([]Function, error) {
	folder, err := os.MkdirTemp("", "meter-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if _, err := m.run(ctx, p, folder, "profile"); err != nil {
		return nil, err
	}
	f, err := os.Open(filepath.Join(folder, "profile"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names, err := readSymbols(p.Args[0])
	if err != nil {
		return nil, err
	}
	return attribute(f, names)
}

const unnamed = "(unnamed)"

// attribute sums the lines that the plugin writes, a block each: address,
// instructions, cycles.
func attribute(profile io.Reader, names symbols) ([]Function, error) {
	sums := map[string]*Function{}
	s := bufio.NewScanner(profile)
	for s.Scan() {
		var at, instructions, cycles uint64
		if n, err := fmt.Sscanf(s.Text(), "0x%x %d %d", &at, &instructions, &cycles); n != 3 || err != nil {
			return nil, fmt.Errorf("meter: a line of a profile that is none: %q", s.Text())
		}
		name := names.at(at)
		if sums[name] == nil {
			sums[name] = &Function{Name: name}
		}
		sums[name].Instructions += instructions
		sums[name].Cycles += cycles
	}
	if err := s.Err(); err != nil {
		return nil, err
	}
	all := make([]Function, 0, len(sums))
	for _, f := range sums {
		all = append(all, *f)
	}
	slices.SortFunc(all, func(a, b Function) int {
		return cmp.Or(cmp.Compare(b.Cycles, a.Cycles), cmp.Compare(a.Name, b.Name))
	})
	return all, nil
}

// symbols are functions by address, in order.
type symbols []elf.Symbol

func readSymbols(program string) (symbols, error) {
	f, err := elf.Open(program)
	if err != nil {
		return nil, fmt.Errorf("meter: %w", err)
	}
	defer f.Close()
	all, err := f.Symbols()
	if errors.Is(err, elf.ErrNoSymbols) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("meter: %s: %w", program, err)
	}
	all = slices.DeleteFunc(all, func(s elf.Symbol) bool {
		return elf.ST_TYPE(s.Info) != elf.STT_FUNC
	})
	slices.SortStableFunc(all, func(a, b elf.Symbol) int { return cmp.Compare(a.Value, b.Value) })
	return all, nil
}

// at is the function at an address. One without a size, as assembly leaves
// them, reaches to the next.
func (s symbols) at(address uint64) string {
	i := sort.Search(len(s), func(i int) bool { return s[i].Value > address }) - 1
	if i < 0 || s[i].Size > 0 && address >= s[i].Value+s[i].Size {
		return unnamed
	}
	return s[i].Name
}
