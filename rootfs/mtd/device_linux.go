package mtd

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Where the kernel lists partitions and volumes, and where their devices are.
const (
	mtdClass = "/sys/class/mtd"
	ubiClass = "/sys/class/ubi"
	devices  = "/dev"
)

// ErrNone is returned where there is no partition or volume of a name.
var ErrNone = errors.New("mtd: there is none of this name")

// Partition is a partition of the flash as the kernel has it. It is a Flash.
type Partition struct {
	file     *os.File
	geometry Geometry
}

// Open opens the partition of a name, for reading and writing.
func Open(name string) (*Partition, error) {
	return open(mtdClass, devices, name)
}

func open(class, dev, name string) (*Partition, error) {
	node, err := named(class, "mtd[0-9]*", name)
	if err != nil {
		return nil, fmt.Errorf("mtd: partition %s: %w", name, err)
	}
	f, err := os.OpenFile(filepath.Join(dev, node), os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("mtd: partition %s: %w", name, err)
	}
	p := &Partition{file: f}
	var info mtdInfo
	if err := p.ioctl(unix.MEMGETINFO, unsafe.Pointer(&info)); err != nil {
		f.Close()
		return nil, fmt.Errorf("mtd: partition %s: %w", name, err)
	}
	p.geometry, err = info.geometry()
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("mtd: partition %s: %w", name, err)
	}
	return p, nil
}

// named finds, among the folders of a class, the one whose file "name" says so.
func named(class, pattern, name string) (string, error) {
	found, err := filepath.Glob(filepath.Join(class, pattern, "name"))
	if err != nil {
		return "", err
	}
	for _, f := range found {
		node := filepath.Base(filepath.Dir(f))
		if text, err := os.ReadFile(f); err == nil && strings.TrimSpace(string(text)) == name && !strings.HasSuffix(node, "ro") {
			return node, nil
		}
	}
	return "", ErrNone
}

func (i *mtdInfo) geometry() (Geometry, error) {
	if i.writeSize == 0 || i.eraseSize == 0 || i.eraseSize%i.writeSize != 0 || i.size%i.eraseSize != 0 {
		return Geometry{}, fmt.Errorf("%d bytes in blocks of %d and pages of %d", i.size, i.eraseSize, i.writeSize)
	}
	return Geometry{Blocks: int(i.size / i.eraseSize), BlockSize: int(i.eraseSize), PageSize: int(i.writeSize)}, nil
}

func (p *Partition) ioctl(request uintptr, arg unsafe.Pointer) error {
	_, err := ioctl(p.file, request, arg)
	return err
}

func ioctl(f *os.File, request uintptr, arg unsafe.Pointer) (int, error) {
	n, _, errno := unix.Syscall(unix.SYS_IOCTL, f.Fd(), request, uintptr(arg))
	if errno != 0 {
		return 0, errno
	}
	return int(n), nil
}

// Close lets go of the device.
func (p *Partition) Close() error { return p.file.Close() }

// Geometry is of Flash.
func (p *Partition) Geometry() Geometry { return p.geometry }

// Bad is of Flash.
func (p *Partition) Bad(block int) (bool, error) {
	at := int64(block) * int64(p.geometry.BlockSize)
	n, err := ioctl(p.file, unix.MEMGETBADBLOCK, unsafe.Pointer(&at))
	if err != nil {
		return false, fmt.Errorf("mtd: whether block %d is bad: %w", block, err)
	}
	return n > 0, nil
}

// MarkBad is of Flash.
func (p *Partition) MarkBad(block int) error {
	at := int64(block) * int64(p.geometry.BlockSize)
	if err := p.ioctl(unix.MEMSETBADBLOCK, unsafe.Pointer(&at)); err != nil {
		return fmt.Errorf("mtd: mark block %d as bad: %w", block, err)
	}
	return nil
}

// Erase is of Flash.
func (p *Partition) Erase(block int) error {
	e := eraseInfo{start: uint32(block * p.geometry.BlockSize), length: uint32(p.geometry.BlockSize)}
	if err := p.ioctl(unix.MEMERASE, unsafe.Pointer(&e)); err != nil {
		return fmt.Errorf("mtd: erase block %d: %w", block, err)
	}
	return nil
}

// ReadPage is of Flash.
func (p *Partition) ReadPage(page int, b []byte) error {
	_, err := p.file.ReadAt(b[:p.geometry.PageSize], int64(page)*int64(p.geometry.PageSize))
	return err
}

// WritePage is of Flash.
func (p *Partition) WritePage(page int, b []byte) error {
	_, err := p.file.WriteAt(b[:p.geometry.PageSize], int64(page)*int64(p.geometry.PageSize))
	return err
}

// UBI is a volume of UBI as the kernel has it. It is a Volume.
type UBI struct {
	path        string
	size, block int64
}

// OpenVolume finds the volume of a name. Nothing of it is held open in between.
func OpenVolume(name string) (*UBI, error) {
	return openVolume(ubiClass, devices, name)
}

func openVolume(class, dev, name string) (*UBI, error) {
	node, err := named(class, "ubi*_*", name)
	if err != nil {
		return nil, fmt.Errorf("mtd: volume %s: %w", name, err)
	}
	u := &UBI{path: filepath.Join(dev, node), size: 1}
	for _, file := range []string{"reserved_ebs", "usable_eb_size"} {
		text, err := os.ReadFile(filepath.Join(class, node, file))
		if err != nil {
			return nil, fmt.Errorf("mtd: volume %s: %w", name, err)
		}
		n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 32)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("mtd: volume %s: %s is %q", name, file, text)
		}
		u.size, u.block = u.size*n, n
	}
	return u, nil
}

// BlockSize is what each of its logical blocks holds.
func (u *UBI) BlockSize() int64 { return u.block }

// Size is of Volume.
func (u *UBI) Size() int64 { return u.size }

// ReadAt is of Volume.
func (u *UBI) ReadAt(p []byte, at int64) (int, error) {
	f, err := os.Open(u.path)
	if err != nil {
		return 0, fmt.Errorf("mtd: %w", err)
	}
	defer f.Close()
	return f.ReadAt(p, at)
}

// Update is of Volume.
func (u *UBI) Update(size int64) (Updating, error) {
	f, err := os.OpenFile(u.path, os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("mtd: %w", err)
	}
	if _, err := ioctl(f, ubiIOCVOLUP, unsafe.Pointer(&size)); err != nil {
		f.Close()
		return nil, fmt.Errorf("mtd: begin to write %s: %w", u.path, err)
	}
	return &updating{f, size}, nil
}

// updating counts what was written: the kernel takes the last byte for the end,
// and what is closed before it stays marked as not whole.
type updating struct {
	*os.File
	left int64
}

func (u *updating) Write(p []byte) (int, error) {
	n, err := u.File.Write(p)
	u.left -= int64(n)
	return n, err
}

func (u *updating) Close() error {
	err := u.File.Close()
	if err == nil && u.left != 0 {
		err = io.ErrShortWrite
	}
	return err
}
