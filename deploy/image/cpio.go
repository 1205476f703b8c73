package image

import (
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"

	"github.com/u-root/u-root/pkg/cpio"

	"linnet/rootfs"
)

// Initramfs writes the entries as the kernel's initial root: a gzip'ed cpio
// archive, compressed at one of package gzip's levels. Folders have to stand
// before what is in them.
func Initramfs(w io.Writer, entries []rootfs.Entry, level int) error {
	z, err := gzip.NewWriterLevel(w, level)
	if err != nil {
		return err
	}
	archive := cpio.Newc.Writer(z)
	for i, e := range entries {
		r, err := record(e)
		if err != nil {
			return err
		}
		// The kernel takes files of one number for one file.
		r.Ino, r.NLink = uint64(i+1), 1
		if err := archive.WriteRecord(r); err != nil {
			return fmt.Errorf("image: initramfs: %w", err)
		}
	}
	if err := cpio.WriteTrailer(archive); err != nil {
		return fmt.Errorf("image: initramfs: %w", err)
	}
	return z.Close()
}

func record(e rootfs.Entry) (cpio.Record, error) {
	perm := uint64(e.Mode.Perm())
	if e.Mode&fs.ModeSticky != 0 {
		perm |= cpio.S_ISVTX
	}
	switch e.Mode.Type() {
	case 0:
		return cpio.StaticRecord(e.Data, cpio.Info{Name: e.Path, Mode: cpio.S_IFREG | perm}), nil
	case fs.ModeDir:
		return cpio.Directory(e.Path, perm), nil
	case fs.ModeSymlink:
		return cpio.Symlink(e.Path, e.Target), nil
	case fs.ModeDevice | fs.ModeCharDevice:
		return cpio.CharDev(e.Path, perm, uint64(e.Major), uint64(e.Minor)), nil
	}
	return cpio.Record{}, fmt.Errorf("image: %s: nothing of mode %v can be in it", e.Path, e.Mode)
}
