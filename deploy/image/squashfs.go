package image

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"linnet/rootfs"
)

// Squashfs makes a squashfs of the entries. They reach mksquashfs as a tar
// archive, in which a device node is a line and no right of root's.
func Squashfs(ctx context.Context, path string, entries []rootfs.Entry) error {
	// Nothing but the tables is compressed. At 125 MIPS, starting a program of
	// 9 MB and letting it say its version takes 0.11 s so; with lz4 it takes
	// 0.81 s, with gzip 1.07 s and with zstd 1.84 s, for 5.4, 4.6 and 4.3 MB.
	return squashfs(ctx, path, entries, "-comp", "gzip", "-noD", "-noF", "-b", "128K")
}

// packedSquashfs makes one for flash, where a byte that is not there need not be
// read, and two of the file system have to fit. It is what a board starts, from
// the factory and after an update.
func packedSquashfs(ctx context.Context, path string, entries []rootfs.Entry) error {
	return squashfs(ctx, path, entries, "-comp", "gzip", "-b", "16K")
}

// smallSquashfs makes one for flash that is started only where the other one is
// damaged, and then may take its time.
func smallSquashfs(ctx context.Context, path string, entries []rootfs.Entry) error {
	return squashfs(ctx, path, entries, "-comp", "xz", "-Xbcj", "arm", "-b", "128K")
}

// mediaSquashfs makes one of a folder with music, which is compressed already.
func mediaSquashfs(ctx context.Context, path, media string) error {
	entries, err := mediaEntries(media)
	if err != nil {
		return err
	}
	var all []rootfs.Entry
	for _, e := range entries {
		if name, ok := strings.CutPrefix(e.Path, "media/music/"); ok {
			e.Path = name
			all = append(all, e)
		}
	}
	return squashfs(ctx, path, all, "-comp", "gzip", "-noD", "-noF", "-b", "64K")
}

func squashfs(ctx context.Context, path string, entries []rootfs.Entry, options ...string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // mksquashfs would add to it
	}
	r, w := io.Pipe()
	go func() { w.CloseWithError(tarball(w, entries)) }()
	defer r.Close()
	return tool(ctx, r, "mksquashfs", append([]string{"-", path, "-tar", "-no-progress", "-noappend", "-all-root", "-no-xattrs",
		"-root-mode", "0755", "-processors", "1", "-exit-on-error"}, options...)...)
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
