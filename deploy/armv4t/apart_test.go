package armv4t

import (
	"slices"
	"testing"
)

// toLower parses a program and finds what is to be replaced in it.
func toLower(t *testing.T, file []byte) (*image, []site) {
	t.Helper()
	m, err := parse(slices.Clone(file))
	if err != nil {
		t.Fatal(err)
	}
	v, err := newVerifier(m)
	if err != nil {
		t.Fatal(err)
	}
	sites, err := v.sites()
	if err != nil {
		t.Fatal(err)
	}
	return m, sites
}

// lowerApart lowers with hops in the padding and thunks far away, as a program
// is whose .bss is longer than a branch reaches; nil where the padding is too
// small even for hops.
func lowerApart(t *testing.T, file []byte) ([]byte, *Summary) {
	t.Helper()
	m, sites := toLower(t, file)
	parts, r, err := m.apart(sites)
	if err != nil {
		t.Fatal(err)
	}
	if parts == nil {
		return nil, nil
	}
	m.patch(r)
	sum := &Summary{Sites: map[string]int{}}
	for _, s := range sites {
		sum.Sites[s.name]++
	}
	return m.insert(parts), sum
}

// TestApart runs a program whose thunks are out of a branch's reach.
func TestApart(t *testing.T) {
	needs(t, "qemu-arm")
	// How much padding a program has is chance: larger pages have more.
	for _, flags := range []string{"-ldflags=-s -w", "-ldflags=-s -w -R=0x20000", "-ldflags=-s -w -R=0x40000"} {
		file := gobuild(t, "demands", flags)
		low, sum := lowerApart(t, file)
		if low == nil {
			continue
		}
		onlySitesChanged(t, file, low, sum)
		r, err := Verify(low)
		if err != nil || len(r.Findings) > 0 {
			t.Fatalf("%v, %v", err, r.Findings)
		}
		if again, none, err := Lower(low); err != nil || string(again) != string(low) || none.Total() != 0 {
			t.Errorf("lowering it again changes it: %v", err)
		}
		for _, demand := range append([]string{"bits"}, briefly...) {
			t.Run(demand, func(t *testing.T) { same(t, file, low, demand, false) })
		}
		return
	}
	t.Fatal("no way to link leaves room for hops")
}

// TestFar has programs with so much .bss that nothing behind it can be reached,
// and a page of code that has room for hops to thunks, or not even for these.
func TestFar(t *testing.T) {
	for n, ok := range map[int]bool{200: true, 400: false} {
		code := append([]uint32{blx}, slices.Repeat([]uint32{clz}, n)...)
		file := program{code: append(code, ret), data: []byte{1}, bss: 2 * reach, close: true}.build()
		out, sum, err := Lower(file)
		if (err == nil) != ok {
			t.Fatalf("%d: %v", n, err)
		}
		if !ok {
			continue
		}
		if !sum.Segment || sum.Sites["CLZ"] != n {
			t.Errorf("%+v", sum)
		}
		if r, err := Verify(out); err != nil || len(r.Findings) > 0 {
			t.Errorf("%v, %v", err, r.Findings)
		}
	}
}

// A literal stands behind the jump, which may be of two words.
func TestFarLiteral(t *testing.T) {
	const ldrd = 0xe1cf20d8 // LDRD R2, [PC, #8]
	for _, far := range []bool{false, true} {
		s := &sequence{addr: 0x1000, far: far}
		if err := s.thunk(ldrd, 0x8000, 0); err != nil {
			t.Fatal(err)
		}
		at := pcOffset(s.words[0], s.addr, s.words[0]&0xfff)
		if i := (at - s.addr) / 4; int(i) != len(s.words)-1 || s.words[i] != 0x8000+8+8 {
			t.Errorf("far %v: it loads word %d of %x", far, i, s.words)
		}
	}
}

// TestBehindData runs a program whose thunks stand in the padding after data that is
// not written, which becomes code.
func TestBehindData(t *testing.T) {
	needs(t, "qemu-arm")
	for _, flags := range []string{"-ldflags=-s -w", "-ldflags=-s -w -R=0x20000", "-ldflags=-s -w -R=0x40000"} {
		file := gobuild(t, "demands", flags)
		m, sites := toLower(t, file)
		all := m.places()
		last := all[len(all)-1]
		r, err := buildRegion(last.addr, 0, sites)
		if err != nil {
			t.Fatal(err)
		}
		if last.segment || last.room < r.code.size() || !r.reaches(sites) {
			continue
		}
		m.patch(r)
		low := m.insert([]part{{last, regionName, r.code.bytes()}})
		if r, err := Verify(low); err != nil || len(r.Findings) > 0 {
			t.Fatalf("%v, %v", err, r.Findings)
		}
		for _, demand := range briefly {
			t.Run(demand, func(t *testing.T) { same(t, file, low, demand, false) })
		}
		return
	}
	t.Fatal("no way to link leaves room behind the data")
}
