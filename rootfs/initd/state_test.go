//go:build linux

package initd

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"linnet/board"
	"linnet/rootfs/mtd"
	"linnet/rootfs/mtd/mtdtest"

	"golang.org/x/sys/unix"
)

// blockSize is what a logical block of the board's volumes holds.
const blockSize = 31 * 512

// volumeWith is a volume of flash with nodes of UBIFS at the start of blocks.
func volumeWith(nodes map[int][]byte) *testVolume {
	v := &testVolume{mtdtest.Volume{Content: bytes.Repeat([]byte{0xff}, 20*blockSize), Whole: true, Room: 100 * blockSize, Power: mtdtest.NewSupply(-1)}}
	for block, n := range nodes {
		copy(v.Content[block*blockSize:], n)
	}
	return v
}

type testVolume struct{ mtdtest.Volume }

func (*testVolume) BlockSize() int64 { return blockSize }

// node is one of a kind with a commit's number.
func node(kind byte, size, offset int, commit uint64) []byte {
	n := make([]byte, size)
	le := binary.LittleEndian
	le.PutUint32(n, ubifsMagic)
	le.PutUint32(n[16:], uint32(size))
	n[20] = kind
	le.PutUint64(n[offset:], commit)
	le.PutUint32(n[4:], ^crc32.ChecksumIEEE(n[8:]))
	return n
}

func master(commit uint64) []byte      { return node(ubifsMaster, 512, 32, commit) }
func commitStart(commit uint64) []byte { return node(ubifsCommit, 32, 24, commit) }

func torn(n []byte) []byte { n[8] ^= 1; return n }

func TestNeverWhole(t *testing.T) {
	for name, c := range map[string]struct {
		nodes map[int][]byte
		want  bool
	}{
		"nothing":                    {nil, true},
		"no master":                  {map[int][]byte{0: node(6, 512, 24, 0)}, true},
		"a torn master":              {map[int][]byte{1: torn(master(0))}, true},
		"one master":                 {map[int][]byte{1: master(0)}, true},
		"no commit's start":          {map[int][]byte{1: master(0), 2: master(0)}, true},
		"a torn one":                 {map[int][]byte{1: master(0), 2: master(0), 3: torn(commitStart(0))}, true},
		"it is whole":                {map[int][]byte{1: master(0), 2: master(0), 3: commitStart(0)}, false},
		"before the first commit":    {map[int][]byte{1: torn(master(0)), 2: master(0), 3: commitStart(0)}, false},
		"later, without this block":  {map[int][]byte{1: master(5), 2: master(5)}, false},
		"later, without any master":  {map[int][]byte{1: torn(master(5)), 9: commitStart(5)}, false},
		"and with one master only":   {map[int][]byte{1: torn(master(5)), 2: master(5)}, false},
		"later, all else is damaged": {map[int][]byte{2: append(bytes.Repeat([]byte{0xff}, 512), master(7)...)}, false},
	} {
		if got := neverWhole(volumeWith(c.nodes)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	v := volumeWith(map[int][]byte{1: master(5), 3: commitStart(5)})
	if v.Whole = false; !neverWhole(v) {
		t.Error("emptying it was not done")
	}
	// Pages that are lost are none; a device that does not answer says nothing.
	for _, c := range []struct {
		err  error
		want bool
	}{{unix.EBADMSG, true}, {io.EOF, true}, {unix.EIO, false}, {unix.ENOMEM, false}} {
		if got := neverWhole(unread{c.err}); got != c.want {
			t.Errorf("%v: %v", c.err, got)
		}
	}
}

// unread is a volume of which nothing can be read.
type unread struct{ err error }

func (u unread) ReadAt([]byte, int64) (int, error)  { return 0, u.err }
func (unread) BlockSize() int64                     { return blockSize }
func (u unread) Update(int64) (mtd.Updating, error) { return nil, u.err }

// TestNeverWholeReference takes what mkfs.ubifs makes.
func TestNeverWholeReference(t *testing.T) {
	mkfs, err := exec.LookPath("mkfs.ubifs")
	if err != nil {
		if mkfs, err = exec.LookPath("/usr/sbin/mkfs.ubifs"); err != nil {
			t.Skip("there is no mkfs.ubifs (mtd-utils)")
		}
	}
	out := filepath.Join(t.TempDir(), "ubifs")
	if said, err := exec.Command(mkfs, "-m", "512", "-e", "15872", "-c", "100", "-o", out).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	v := volumeWith(nil)
	if v.Content, err = os.ReadFile(out); err != nil {
		t.Fatal(err)
	}
	if neverWhole(v) {
		t.Error("a file system is taken for none")
	}
	copy(v.Content[3*blockSize:], bytes.Repeat([]byte{0xff}, 512)) // the last that is written
	if !neverWhole(v) {
		t.Error("one whose making was not ended is taken for one")
	}
}

// flashBoard is a board whose state lies in a volume of flash, as long as that holds
// nothing or is whole.
func flashBoard(t *testing.T, v *testVolume) (*machine, *record, *said) {
	t.Helper()
	r, log := &record{}, &said{}
	m := newMachine(Config{}, mountsVolume{r, v})
	m.board = board.SMDK2410()
	m.journal, m.stateAt = testJournal(t, log), filepath.Join(t.TempDir(), "state")
	m.openVolume = func(name string) (flashVolume, error) {
		if name != "state" {
			t.Errorf("the volume %s is looked for", name)
		}
		return v, nil
	}
	return m, r, log
}

// mountsVolume mounts UBIFS as the kernel does: it makes one in an empty volume.
type mountsVolume struct {
	*record
	v *testVolume
}

func (s mountsVolume) mount(source, target, kind string, flags uintptr, data string) error {
	err := s.record.mount(source, "/"+filepath.Base(target), kind, flags, data)
	if kind == ubifs && len(s.v.Content) > 0 && neverWhole(s.v) || kind == ubifs && !s.v.Whole {
		return unix.EINVAL
	}
	return err
}

func (s mountsVolume) unmount(target string, flags int) error {
	return s.record.unmount("/"+filepath.Base(target), flags)
}

const (
	mountsUBIFS  = "mount /state ubifs ubi1:state rw "
	mountsMemory = "mount /state tmpfs state rw mode=0755,size=4m"
)

// TestStateNeverWhole has the power fail while the file system is made.
func TestStateNeverWhole(t *testing.T) {
	v := volumeWith(map[int][]byte{1: master(0), 2: master(0)})
	m, r, log := flashBoard(t, v)
	if err := m.mountState(); err != nil || !slices.Equal(r.lines, []string{mountsUBIFS, mountsUBIFS}) || len(v.Content) > 0 || !v.Whole {
		t.Errorf("%v, done %q, the volume has %d bytes", err, r.lines, len(v.Content))
	}
	if !strings.Contains(log.text(), "ubi1:state was never whole: it is to be made anew (invalid argument)") {
		t.Errorf("it says %q", log.text())
	}
}

// TestStateOfADeadChip has nothing be written: memory takes the place, after one try.
func TestStateOfADeadChip(t *testing.T) {
	v := volumeWith(nil)
	m, r, _ := flashBoard(t, v)
	v.Power = mtdtest.NewSupply(0)
	if err := m.mountState(); !errors.Is(err, unix.EINVAL) || !errors.Is(err, mtdtest.ErrCut) || !slices.Equal(r.lines, []string{mountsUBIFS, mountsMemory}) {
		t.Errorf("%v, done %q", err, r.lines)
	}
}

// TestStateDamaged leaves a file system alone that was one once, until somebody has
// it emptied.
func TestStateDamaged(t *testing.T) {
	v := volumeWith(map[int][]byte{1: master(5)})
	m, r, _ := flashBoard(t, v)
	damaged := unix.EUCLEAN
	r.fail = map[string]error{mountsUBIFS: damaged}
	if err := m.mountState(); !errors.Is(err, damaged) || !slices.Equal(r.lines, []string{mountsUBIFS, mountsMemory}) || len(v.Content) == 0 {
		t.Fatalf("%v, done %q, the volume has %d bytes", err, r.lines, len(v.Content))
	}
	m.inMemory = func(path string) bool { return path == m.stateAt }
	r.lines, r.fail = nil, nil
	if err := m.forgetHeld(); err != nil || !slices.Equal(r.lines, []string{"unmount /state", mountsUBIFS}) || len(v.Content) > 0 || !v.Whole {
		t.Errorf("%v, done %q, the volume has %d bytes", err, r.lines, len(v.Content))
	}
}

// TestForgetDamaged has files that can't be deleted: the folder is none.
func TestForgetDamaged(t *testing.T) {
	v := volumeWith(map[int][]byte{1: master(5), 3: commitStart(5)})
	m, r, log := flashBoard(t, v)
	away, err := m.forgetState()
	if err != nil || !away || !slices.Equal(r.lines, []string{"unmount /state"}) || len(v.Content) > 0 || !v.Whole {
		t.Errorf("%v, %v, done %q, the volume has %d bytes", away, err, r.lines, len(v.Content))
	}
	if !strings.Contains(log.text(), "ubi1:state is damaged: all of it is emptied") {
		t.Errorf("it says %q", log.text())
	}
	// Files that can be, are.
	v = volumeWith(map[int][]byte{1: master(5), 3: commitStart(5)})
	m, r, _ = flashBoard(t, v)
	m.stateAt = kept(t)
	if away, err := m.forgetState(); err != nil || away || len(r.lines) > 0 || len(v.Content) == 0 || left(t, m.stateAt) > 0 {
		t.Errorf("%v, %v, done %q, %d are left", away, err, r.lines, left(t, m.stateAt))
	}
	// Of another kind of board nothing else is emptied.
	m.board, m.stateAt = board.QEMUVersatile(), filepath.Join(t.TempDir(), "none")
	if away, err := m.forgetState(); err == nil || away {
		t.Errorf("%v, %v", away, err)
	}
}
