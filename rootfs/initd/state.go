//go:build linux

package initd

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"

	"linnet/board"
	"linnet/rootfs/mtd"

	"golang.org/x/sys/unix"
)

// A flashVolume is the volume of flash that the state lies in.
type flashVolume interface {
	io.ReaderAt
	BlockSize() int64 // of a logical block
	Update(size int64) (mtd.Updating, error)
}

// openVolume finds the volume of a name.
func openVolume(name string) (flashVolume, error) { return mtd.OpenVolume(name) }

const ubifs = "ubifs"

// stateVolume is the one of a board whose state lies in flash ("ubi1:state").
func stateVolume(v board.Volume, open func(string) (flashVolume, error)) (flashVolume, error) {
	_, name, ok := strings.Cut(v.Device, ":")
	if v.Type != ubifs || !ok {
		return nil, fmt.Errorf("initd: %s is no volume of flash", v.Device)
	}
	return open(name)
}

// mountState mounts a board's state, or memory in its place. The kernel makes a
// file system in an empty volume of flash, at the first start; where the power
// failed in the middle of that, it takes the volume for a damaged one for ever, and
// has to be told that it is empty.
func (m *machine) mountState() error {
	v := m.board.System.State
	var err error
	if v != (board.Volume{}) {
		mounted := func() error { return mountVolume(m.sys, v, m.stateAt, noCode|unix.MS_NOATIME) }
		if err = mounted(); err == nil {
			return nil
		}
		if flash, ferr := stateVolume(v, m.openVolume); ferr == nil && neverWhole(flash) {
			m.journal.say("%s was never whole: it is to be made anew (%v)", v.Device, errors.Unwrap(err))
			if ferr = empty(flash); ferr == nil {
				ferr = mounted()
			}
			if ferr == nil {
				return nil
			}
			err = errors.Join(err, ferr) // nothing can be written at all
		}
	}
	return errors.Join(err, mount{"state", m.stateAt, "tmpfs", noCode, "mode=0755,size=4m"}.do(m.sys))
}

// forgetState empties the state. One that can't be mounted, or written to, would
// stay as it is: its volume is emptied, and then there is no state until it is
// mounted again.
func (m *machine) forgetState() (away bool, err error) {
	v := m.board.System.State
	lost := v.Type == ubifs && m.inMemory(m.stateAt)
	if !lost {
		if err = forget(m.stateAt); err == nil || v.Type != ubifs {
			return false, err
		}
	}
	flash, ferr := stateVolume(v, m.openVolume)
	if ferr != nil {
		return false, errors.Join(err, fmt.Errorf("initd: forget what was kept: %w", ferr))
	}
	m.journal.check(err)
	m.journal.say("%s is damaged: all of it is emptied", v.Device)
	return true, errors.Join(m.sys.unmount(m.stateAt, 0), empty(flash))
}

// forgetHeld does so before the player starts: the kernel makes a file system in
// the empty volume.
func (m *machine) forgetHeld() error {
	away, err := m.forgetState()
	if away {
		err = errors.Join(err, m.mountState())
	}
	return err
}

// empty has a volume hold nothing.
func empty(v flashVolume) error {
	u, err := v.Update(0)
	if err == nil {
		err = u.Close()
	}
	if err != nil {
		return fmt.Errorf("initd: empty the state's volume: %w", err)
	}
	return nil
}

// What UBIFS has in its flash (fs/ubifs/ubifs-media.h): the first logical block is
// the superblock's, then there are two with the master nodes, which are written at
// each commit, and those of the log, one of which begins with a commit's start at
// any time.
const (
	ubifsPage   = 512 // of the flash: nodes of these kinds begin at one
	ubifsMagic  = 0x06101831
	ubifsHeader = 24
	ubifsMaster = 7
	ubifsCommit = 10

	firstMaster, firstLog = 1, 3 // logical blocks
	logBlocks             = 64   // more than any log of a volume in this flash has
)

// neverWhole says whether a file system was begun to be made in the volume and is
// none: the last that is written then is the start of the first commit, number 0. So
// where there is no commit's start, and no master node of a later one, nothing has
// ever been kept. Where a page can't be read for a reason that is none of these nothing
// is known, and nothing is to be emptied.
func neverWhole(v flashVolume) bool {
	page := make([]byte, ubifsPage)
	for at := firstMaster * v.BlockSize(); at < firstLog*v.BlockSize(); at += ubifsPage {
		if n, ok, err := commitOf(v, page, at, ubifsMaster, 32); err != nil || ok && n > 0 {
			return false
		}
	}
	for block := range int64(logBlocks) {
		if _, ok, err := commitOf(v, page, (firstLog+block)*v.BlockSize(), ubifsCommit, 24); err != nil || ok {
			return false
		}
	}
	return true
}

// commitOf is the number of a commit that a node of a kind has at an offset.
func commitOf(v io.ReaderAt, page []byte, at int64, kind byte, offset int) (n uint64, ok bool, err error) {
	if _, err := v.ReadAt(page, at); isNoNode(err) {
		return 0, false, nil
	} else if err != nil {
		return 0, false, err
	}
	le := binary.LittleEndian
	size := le.Uint32(page[16:])
	if le.Uint32(page) != ubifsMagic || page[20] != kind || size < ubifsHeader+8 || size > ubifsPage ||
		le.Uint32(page[4:]) != ^crc32.ChecksumIEEE(page[8:size]) {
		return 0, false, nil
	}
	return le.Uint64(page[offset:]), true, nil
}

// isNoNode says whether an error means that there is no node: the page has more wrong
// bits than its code corrects, the volume ends before it, or was to be emptied and that
// was not done, when UBI lets nobody read it.
func isNoNode(err error) bool {
	return errors.Is(err, unix.EBADMSG) || errors.Is(err, unix.EBADF) || errors.Is(err, io.EOF)
}
