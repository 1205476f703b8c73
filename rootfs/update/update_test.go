package update

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"linnet/rootfs/mtd"
	"linnet/rootfs/mtd/mtdtest"
)

var geometry = mtd.Geometry{Blocks: 8, BlockSize: 4 << 10, PageSize: 512}

func testKey(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

// content is bytes that do not repeat themselves.
func content(n int, seed uint64) []byte {
	b, r := make([]byte, n), rand.New(rand.NewPCG(seed, 1))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// headsOf are the two pages: which slot, and the kernel's sum, by which a loader knows it.
func headsOf(kernel []byte) []byte {
	heads := make([]byte, 2*geometry.PageSize)
	for slot := range 2 {
		p := heads[slot*geometry.PageSize:][:geometry.PageSize]
		p[0] = byte('a' + slot)
		sum := sha256.Sum256(kernel)
		copy(p[8:], sum[:])
		binary.LittleEndian.PutUint32(p[4:], uint32(len(kernel)))
	}
	return heads
}

// system is one version: its parts.
type system struct{ kernel, root []byte }

func newSystem(seed uint64) system { return system{content(13001, seed), content(50003, seed+1)} }

// file signs and returns the bytes of an update.
func (s system) file(t testing.TB, key ed25519.PrivateKey, change func(h *Header)) []byte {
	t.Helper()
	heads := headsOf(s.kernel)
	part := func(b []byte) Part { return Part{int64(len(b)), sha256.Sum256(b)} }
	h := Header{Board: "smdk2410", Version: "v2", Release: 7, Heads: part(heads), Root: part(s.root), Kernel: part(s.kernel)}
	if change != nil {
		change(&h)
	}
	head, err := h.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Join([][]byte{head, heads, s.root, s.kernel}, nil)
}

func open(b []byte, key ed25519.PrivateKey) (*File, error) {
	return Open(bytes.NewReader(b), int64(len(b)), public(key))
}

func TestHeader(t *testing.T) {
	key := testKey(1)
	b := newSystem(1).file(t, key, nil)
	f, err := open(b, key)
	if err != nil {
		t.Fatal(err)
	}
	if f.Board != "smdk2410" || f.Version != "v2" || f.Release != 7 || f.Size() != int64(len(b)) {
		t.Errorf("%+v", f.Header)
	}
	again, err := f.Header.Sign(key)
	if err != nil || !bytes.Equal(again, b[:HeaderSize]) {
		t.Errorf("signed again it is another one, %v", err)
	}
	for bit := range 8 * HeaderSize {
		bad := bytes.Clone(b)
		bad[bit/8] ^= 1 << (bit % 8)
		if _, err := open(bad, key); FaultOf(err) != BadSignature && FaultOf(err) != NotUpdate {
			t.Errorf("with bit %d turned: %v", bit, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	key := testKey(1)
	good := newSystem(1).file(t, key, nil)
	other := newSystem(1).file(t, testKey(2), nil)
	for name, c := range map[string]struct {
		b    []byte
		want Fault
	}{
		"nothing":          {nil, Truncated},
		"half a header":    {good[:HeaderSize/2], Truncated},
		"the header alone": {good[:HeaderSize], Truncated},
		"a byte less":      {good[:len(good)-1], Truncated},
		"a byte more":      {append(bytes.Clone(good), 0), Truncated},
		"another key":      {other, BadSignature},
		"music":            {bytes.Repeat([]byte("ID3"), 1000), NotUpdate},
	} {
		if _, err := open(c.b, key); FaultOf(err) != c.want {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, err := Open(failing{}, int64(len(good)), public(key)); FaultOf(err) != MediumFailed {
		t.Errorf("a medium that fails: %v", err)
	}
	if _, err := Open(bytes.NewReader(good), int64(len(good)), nil); FaultOf(err) != BadSignature {
		t.Errorf("without a key: %v", err)
	}
}

var errMedium = errors.New("it was pulled out")

type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, errMedium }

// TestSignedNonsense signs what nobody should: it is refused all the same.
func TestSignedNonsense(t *testing.T) {
	key := testKey(1)
	good := newSystem(1).file(t, key, nil)[:HeaderSize]
	for name, change := range map[string]func(b []byte){
		"another format":      func(b []byte) { b[atFormat] = 2 },
		"no board":            func(b []byte) { clear(b[atBoard:atVersion]) },
		"a board with more":   func(b []byte) { b[atBoard+20] = 'x' },
		"a blank":             func(b []byte) { b[atVersion] = ' ' },
		"an empty part":       func(b []byte) { clear(b[atParts : atParts+8]) },
		"a part of 2^63":      func(b []byte) { b[atParts+7] = 0x80 },
		"something behind it": func(b []byte) { b[atZero] = 1 },
	} {
		b := bytes.Clone(good)
		change(b)
		copy(b[atSignature:], ed25519.Sign(key, b[:atSignature]))
		if _, err := parse(b, public(key)); FaultOf(err) != NotUpdate {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, change := range map[string]func(h *Header){
		"no version": func(h *Header) { h.Version = "" },
		"too long":   func(h *Header) { h.Board = string(bytes.Repeat([]byte("x"), boardSize+1)) },
		"no kernel":  func(h *Header) { h.Kernel.Size = 0 },
	} {
		h := Header{Board: "b", Version: "v", Heads: Part{Size: 1}, Root: Part{Size: 1}, Kernel: Part{Size: 1}}
		change(&h)
		if _, err := h.Sign(key); err == nil {
			t.Errorf("%s: it is signed", name)
		}
	}
	if _, err := (&Header{}).Sign(nil); err == nil {
		t.Error("signed without a key")
	}
}

func TestCheck(t *testing.T) {
	f := File{Header: Header{Board: "smdk2410", Release: 7}}
	for _, c := range []struct {
		r    Running
		want Fault
	}{{Running{"smdk2410", 6}, 0}, {Running{"smdk2410", 7}, 0}, {Running{"smdk2410", 8}, Older}, {Running{"qemu-versatile", 1}, OtherBoard}} {
		if err := f.Check(c.r); FaultOf(err) != c.want {
			t.Errorf("%+v: %v, want %v", c.r, err, c.want)
		}
	}
}

func TestInstall(t *testing.T) {
	old, fresh := newSystem(1), newSystem(10)
	key := testKey(1)
	f, err := open(fresh.file(t, key, nil), key)
	if err != nil {
		t.Fatal(err)
	}
	for running := range 2 {
		m := newMachine(t, old)
		m.kernel[1-running].Marked[0], m.kernel[1-running].Marked[2] = true, true
		m.kernel[1-running].Worn[3] = true
		var last Progress
		if err := f.Install(t.Context(), m.target(running), func(p Progress) {
			if p.Done <= last.Done || p.Done > p.Total || last.Checking && !p.Checking {
				t.Errorf("after %+v comes %+v", last, p)
			}
			last = p
		}); err != nil {
			t.Fatal(err)
		}
		if last.Done != last.Total || !last.Checking {
			t.Errorf("it ends at %+v", last)
		}
		if slot, r := m.loads(t); slot != 1-running || r.Confirmed || r.Tries != 1 {
			t.Errorf("the record is %+v", r)
		}
		if !m.runs(1-running).is(fresh) || !m.runs(running).is(old) {
			t.Errorf("running %d: the systems are not as they should be", running)
		}
		if !m.kernel[1-running].Marked[3] {
			t.Error("the block that failed is not marked")
		}
	}
}

// TestCut has the power fail in each operation of an installation. Whatever the
// loader does then, a whole system runs: the former, or, once the record says
// so, the new one. Where the former kernel is damaged on top of it, the loader
// takes no kernel that has another root than its own.
func TestCut(t *testing.T) {
	old, fresh := newSystem(1), newSystem(10)
	key := testKey(1)
	f, err := open(fresh.file(t, key, nil), key)
	if err != nil {
		t.Fatal(err)
	}
	cuts, tried := 0, false
	for ; !tried; cuts++ {
		m := newMachine(t, old)
		m.supply(cuts)
		err := f.Install(t.Context(), m.target(0), nil)
		if tried = err == nil; !tried && !errors.Is(err, mtdtest.ErrCut) {
			t.Fatalf("cut %d: %v", cuts, err)
		}
		m.supply(-1)
		slot, r := m.loads(t)
		got, other := m.runs(slot), m.runs(1)
		switch {
		case slot == 0 && !got.is(old):
			t.Fatalf("cut %d: the former system is not whole", cuts)
		case slot == 1 && (!got.is(fresh) || r.Confirmed || r.Tries != 1):
			t.Fatalf("cut %d: the new system is not whole, or is not on trial: %+v", cuts, r)
		case other != nil && !other.is(old) && !other.is(fresh):
			t.Fatalf("cut %d: a kernel with a root that is not its own", cuts)
		}
		if slot == 0 {
			if err := f.Install(t.Context(), m.target(0), nil); err != nil {
				t.Fatalf("cut %d: and again: %v", cuts, err)
			}
			if !m.runs(1).is(fresh) {
				t.Fatalf("cut %d: and again: it is not there", cuts)
			}
		}
	}
	if cuts < 35 {
		t.Errorf("only %d operations", cuts)
	}
}

// TestInstallFails has everything go wrong that can: what runs stays the one
// that starts.
func TestInstallFails(t *testing.T) {
	old, fresh := newSystem(1), newSystem(10)
	key := testKey(1)
	whole := fresh.file(t, key, nil)
	for name, c := range map[string]struct {
		file      []byte
		change    func(m *machine, to *Target)
		want      Fault
		untouched bool
	}{
		"a byte of the pages":  {flipped(whole, HeaderSize), nil, Damaged, true},
		"a byte of the root":   {flipped(whole, HeaderSize+2000), nil, Damaged, false},
		"a byte of the kernel": {flipped(whole, len(whole)-1), nil, Damaged, false},
		"a page too little":    {fresh.file(t, key, func(h *Header) { h.Heads.Size -= 512; h.Root.Size += 512 }), nil, NotUpdate, true},
		"no room for the root": {whole, func(m *machine, _ *Target) { m.root[1].Room = 50000 }, NoSpace, true},
		"no room for the kernel": {whole, func(m *machine, _ *Target) {
			for b := range 5 {
				m.kernel[1].Marked[b] = true
			}
		}, NoSpace, true},
		"too many blocks fail": {whole, func(m *machine, _ *Target) {
			for b := range 6 {
				m.kernel[1].Worn[b] = true
			}
		}, FlashFailed, false},
		"a root that reads otherwise":   {whole, func(_ *machine, to *Target) { to.Root = otherRoot{to.Root} }, FlashFailed, false},
		"a kernel that reads otherwise": {whole, func(_ *machine, to *Target) { to.Kernel = otherKernel{to.Kernel, 9} }, FlashFailed, false},
		"a first page that does":        {whole, func(_ *machine, to *Target) { to.Kernel = otherKernel{to.Kernel, 0} }, FlashFailed, false},
		"no record to begin with":       {whole, func(_ *machine, to *Target) { to.Keep = func() error { return errMedium } }, FlashFailed, true},
		"no record in the end":          {whole, func(_ *machine, to *Target) { to.Try = func() error { return errMedium } }, FlashFailed, false},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, old)
			m.supply(-1)
			to := m.target(0)
			if c.change != nil {
				c.change(m, &to)
			}
			f, err := open(c.file, key)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.Install(t.Context(), to, nil); FaultOf(err) != c.want {
				t.Errorf("%v, want %v", err, c.want)
			}
			if slot, _ := m.loads(t); slot != 0 || !m.runs(0).is(old) {
				t.Error("the former system is not the one that starts")
			}
			if c.untouched && m.power.Done > 0 {
				t.Errorf("%d operations on the flash", m.power.Done)
			}
		})
	}
}

func flipped(b []byte, at int) []byte {
	b = bytes.Clone(b)
	b[at] ^= 1
	return b
}

// otherRoot gives back another byte than was written.
type otherRoot struct{ mtd.Volume }

func (o otherRoot) ReadAt(p []byte, at int64) (int, error) {
	n, err := o.Volume.ReadAt(p, at)
	p[0]++
	return n, err
}

type otherKernel struct {
	mtd.Flash
	page int
}

func (o otherKernel) ReadPage(page int, p []byte) error {
	err := o.Flash.ReadPage(page, p)
	if page == o.page {
		p[3]++
	}
	return err
}

// TestMediumGoes pulls the stick in the middle.
func TestMediumGoes(t *testing.T) {
	old := newSystem(1)
	key := testKey(1)
	b := newSystem(10).file(t, key, nil)
	f, err := Open(pulled{bytes.NewReader(b), 30000}, int64(len(b)), public(key))
	if err != nil {
		t.Fatal(err)
	}
	m := newMachine(t, old)
	if err := f.Install(t.Context(), m.target(0), nil); FaultOf(err) != MediumFailed || !errors.Is(err, errMedium) {
		t.Errorf("%v", err)
	}
	if slot, _ := m.loads(t); slot != 0 || !m.runs(0).is(old) || m.runs(1) != nil {
		t.Error("the former system is not the one that starts, or there is another one")
	}
}

type pulled struct {
	io.ReaderAt
	at int64
}

func (p pulled) ReadAt(b []byte, at int64) (int, error) {
	if at+int64(len(b)) > p.at {
		return 0, errMedium
	}
	return p.ReaderAt.ReadAt(b, at)
}

// TestCancel stops it in each chunk.
func TestCancel(t *testing.T) {
	old := newSystem(1)
	key := testKey(1)
	f, err := open(newSystem(10).file(t, key, nil), key)
	if err != nil {
		t.Fatal(err)
	}
	for chunks := range 10 {
		m := newMachine(t, old)
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		err := f.Install(ctx, m.target(0), func(Progress) {
			if n++; n > chunks {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("after %d chunks: %v", chunks, err)
		}
		if slot, _ := m.loads(t); slot != 0 || !m.runs(0).is(old) {
			t.Fatalf("after %d chunks: the former system is not the one that starts", chunks)
		}
	}
}

// TestLeft tells the time that is left, on a medium that takes a second a chunk.
func TestLeft(t *testing.T) {
	key := testKey(1)
	b := newSystem(10).file(t, key, nil)
	m := newMachine(t, newSystem(1))
	synctest.Test(t, func(t *testing.T) {
		f, err := Open(slow{bytes.NewReader(b)}, int64(len(b)), public(key))
		if err != nil {
			t.Fatal(err)
		}
		var all []Progress
		if err := f.Install(t.Context(), m.target(0), func(p Progress) { all = append(all, p) }); err != nil {
			t.Fatal(err)
		}
		if all[0].Left != 0 {
			t.Errorf("at once it knows %v", all[0].Left)
		}
		if l := all[3].Left; l < 500*time.Millisecond || l > 10*time.Second {
			t.Errorf("after four chunks %v are left", l)
		}
		if l := all[len(all)-1].Left; l != 0 {
			t.Errorf("at the end %v are left", l)
		}
	})
}

type slow struct{ io.ReaderAt }

func (s slow) ReadAt(b []byte, at int64) (int, error) {
	time.Sleep(time.Second)
	return s.ReaderAt.ReadAt(b, at)
}

func TestFaults(t *testing.T) {
	seen := map[string]bool{}
	for f := NotUpdate; f <= FlashFailed; f++ {
		if s := f.String(); seen[s] || s == "fault" {
			t.Errorf("fault %d is %q", f, s)
		} else {
			seen[s] = true
		}
	}
	if FaultOf(errMedium) != 0 || Fault(99).String() != "fault" {
		t.Error("what is no fault is one")
	}
}

func FuzzOpen(f *testing.F) {
	key := testKey(1)
	good := newSystem(1).file(f, key, nil)
	f.Add(good[:HeaderSize], int64(len(good)))
	f.Add([]byte(magic), int64(HeaderSize))
	f.Fuzz(func(t *testing.T, head []byte, size int64) {
		// Signed as it comes, so that what is behind the signature is reached, too.
		if len(head) > HeaderSize {
			head = head[:HeaderSize]
		}
		b := make([]byte, HeaderSize)
		copy(b, head)
		copy(b[atSignature:], ed25519.Sign(key, b[:atSignature]))
		u, err := Open(bytes.NewReader(b), size, public(key))
		switch {
		case err != nil && FaultOf(err) == 0:
			t.Errorf("an error without a fault: %v", err)
		case err == nil:
			again, serr := u.Header.Sign(key)
			if serr != nil || !bytes.Equal(again, b) {
				t.Errorf("%+v is signed as another one, %v", u.Header, serr)
			}
		}
	})
}
