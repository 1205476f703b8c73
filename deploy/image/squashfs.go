package image

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"linnet/rootfs"
)

// Squashfs makes a squashfs of the entries. They reach mksquashfs as a tar
// archive, in which a device node is a line and no right of root's.
func Squashfs(ctx context.Context, path string, entries []rootfs.Entry) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // mksquashfs would add to it
	}
	r, w := io.Pipe()
	go func() { w.CloseWithError(tarball(w, entries)) }()
	defer r.Close()
	// What to compress with, and in which blocks, is a matter of the time to
	// start: see README.md.
	return tool(ctx, r, "mksquashfs", "-", path, "-tar", "-no-progress", "-noappend", "-all-root", "-no-xattrs",
		"-root-mode", "0755", "-processors", "1", "-exit-on-error",
		"-comp", "lz4", "-Xhc", "-b", "128K")
}

func tarball(w io.Writer, entries []rootfs.Entry) error {
	t := tar.NewWriter(w)
	for _, e := range entries {
		h, err := header(e)
		if err != nil {
			return err
		}
		if err := t.WriteHeader(h); err != nil {
			return fmt.Errorf("image: squashfs: %w", err)
		}
		if _, err := t.Write(e.Data); err != nil {
			return fmt.Errorf("image: squashfs: %w", err)
		}
	}
	return t.Close()
}

func header(e rootfs.Entry) (*tar.Header, error) {
	h := &tar.Header{
		Name: e.Path, Linkname: e.Target, Mode: int64(e.Mode.Perm()), Size: int64(len(e.Data)), ModTime: Epoch,
		Devmajor: int64(e.Major), Devminor: int64(e.Minor),
	}
	if e.Mode&fs.ModeSticky != 0 {
		h.Mode |= 0o1000
	}
	switch e.Mode.Type() {
	case 0:
		h.Typeflag = tar.TypeReg
	case fs.ModeDir:
		h.Typeflag = tar.TypeDir
	case fs.ModeSymlink:
		h.Typeflag = tar.TypeSymlink
	case fs.ModeDevice | fs.ModeCharDevice:
		h.Typeflag = tar.TypeChar
	default:
		return nil, fmt.Errorf("image: %s: nothing of mode %v can be in it", e.Path, e.Mode)
	}
	return h, nil
}
