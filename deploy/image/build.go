package image

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"linnet/board"
	"linnet/deploy/kernel"
	"linnet/deploy/steps"
	"linnet/rootfs"
	"linnet/rootfs/update"
)

// Options say what to build.
type Options struct {
	Board   board.Board
	Dir     string // for the result; made if it is not there
	Media   string // a folder with music
	Version string
	Release uint32            // its number: no system with a lower one replaces it
	Key     ed25519.PublicKey // whose updates it takes, on a board with flash; nil: nobody's
	Debug   bool              // with a console on the serial line
	Memory  bool              // everything in memory, even on a board that has disks
	Limit   int64             // how many bytes of flash may be written; 0: as many as there are

	Splash []uint16 // what the boot loader of a board with flash shows: the panel's picture, 5:6:5 bits

	// Program makes the program for the board.
	Program func(ctx context.Context, o Options) ([]byte, error)
}

// release is what the system says that it is.
func (o Options) release() rootfs.Release {
	r := rootfs.Release{Version: o.Version, Number: o.Release}
	if o.Key != nil && o.Board.Flash.Size > 0 {
		r.Key = update.FormatKey(o.Key)
	}
	return r
}

// Set is the files that a board boots from.
type Set struct {
	Board  board.Board
	Kernel string
	DTB    string // empty, as the next ones, where the board has none
	Initrd string
	Root   string // of the read-only file system
	RootB  string // of the one that a damaged Root falls back on, packed closer; with flash alone
	Data   string // of the disk with state and music; with flash, of the music alone
	NAND   string // of the flash that all of it lies in, with its spare bytes
}

// Part is a part of an image and its size in bytes.
type Part struct {
	Name string
	Size int64
}

// Layout names the files of a board's image in a folder. An image in memory
// needs no disks; whatever is written to it is gone when it ends.
func Layout(b board.Board, dir string, memory bool) (Set, error) {
	k, err := kernel.Of(b.Name)
	if err != nil {
		return Set{}, err
	}
	s := Set{Board: b, Kernel: filepath.Join(dir, "zImage")}
	if k.HasDTB() {
		s.DTB = filepath.Join(dir, "board.dtb")
	}
	if memory || b.System.Root == (board.Volume{}) {
		s.Initrd = filepath.Join(dir, "initramfs.cpio.gz")
		return s, nil
	}
	s.Root, s.Data = filepath.Join(dir, "root.squashfs"), filepath.Join(dir, "data.img")
	if b.Flash.Size > 0 {
		s.RootB, s.Data, s.NAND = filepath.Join(dir, "root-b.squashfs"), filepath.Join(dir, "media.squashfs"), filepath.Join(dir, "nand.img")
	}
	return s, nil
}

// Built says why the files are not all there, or nil.
func (s Set) Built() error {
	for _, f := range []string{s.Kernel, s.DTB, s.Initrd, s.Root, s.RootB, s.Data, s.NAND} {
		if f == "" {
			continue
		}
		if _, err := os.Stat(f); err != nil {
			return fmt.Errorf("image: %s is not built: %w", s.Board.Name, err)
		}
	}
	return nil
}

// Build makes everything that the board boots from and tells the sizes of its
// parts, with an ErrTooLarge, too.
func Build(ctx context.Context, o Options, say *steps.Steps) (Set, []Part, error) {
	s, err := Layout(o.Board, o.Dir, o.Memory)
	if err != nil {
		return s, nil, err
	}
	if err := os.MkdirAll(o.Dir, 0o755); err != nil {
		return s, nil, fmt.Errorf("image: %w", err)
	}
	k, err := kernel.Of(o.Board.Name)
	if err != nil {
		return s, nil, err
	}
	files, err := k.Build(ctx, say)
	if err != nil {
		return s, nil, err
	}
	if err := errors.Join(copyFile(s.Kernel, files.Image), copyFile(s.DTB, files.DTB)); err != nil {
		return s, nil, fmt.Errorf("image: %w", err)
	}
	var program []byte
	if err := say.Run("program", func(func(string)) (err error) {
		program, err = o.Program(ctx, o)
		return err
	}); err != nil {
		return s, nil, err
	}
	if err := s.write(ctx, o, program, say); err != nil {
		return s, nil, err
	}
	parts, err := s.parts(int64(len(program)))
	if err != nil {
		return s, nil, err
	}
	written, err := s.programmed(o.Board)
	if err != nil {
		return s, parts, err
	}
	return s, append(parts, written...), within(written, o.Limit)
}

// write makes the file systems.
func (s Set) write(ctx context.Context, o Options, program []byte, say *steps.Steps) error {
	entries := rootfs.Manifest(o.Board, program, o.release())
	if s.Initrd != "" {
		return say.Run("initramfs", func(func(string)) error {
			music, err := mediaEntries(o.Media)
			if err != nil {
				return err
			}
			return create(s.Initrd, func(w io.Writer) error { return Initramfs(w, append(entries, music...), level(o)) })
		})
	}
	if s.NAND != "" {
		return s.writeFlash(ctx, o, program, say)
	}
	if err := say.Run("root", func(func(string)) error { return Squashfs(ctx, s.Root, entries) }); err != nil {
		return err
	}
	return say.Run("data", func(far func(string)) error {
		return s.writeData(ctx, o.Media, far)
	})
}

// level is how far to compress an initramfs. A board that has disks has memory
// to spare, too, and starts faster when there is nothing to unpack.
func level(o Options) int {
	if o.Memory {
		return gzip.NoCompression
	}
	return gzip.BestCompression
}

// writeData makes the disk, unless the one that is there came from the same
// files: then that stays, with the settings that the player has put there.
func (s Set) writeData(ctx context.Context, media string, far func(string)) error {
	fresh := s.Data + ".new"
	defer os.Remove(fresh)
	if err := Disk(ctx, fresh, media); err != nil {
		return err
	}
	sum, err := sumOf(fresh)
	if err != nil {
		return fmt.Errorf("image: %w", err)
	}
	note := s.Data + ".sha256"
	last, _ := os.ReadFile(note)
	if _, err := os.Stat(s.Data); err == nil && string(last) == sum {
		far("as before, with its settings")
		return nil
	}
	if err := os.Rename(fresh, s.Data); err != nil {
		return fmt.Errorf("image: %w", err)
	}
	return os.WriteFile(note, []byte(sum), 0o644)
}

func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)) + "\n", err
}

// mediaEntries are the files of a folder as entries of the root file system,
// for boards without a disk.
func mediaEntries(media string) ([]rootfs.Entry, error) {
	files, err := scan(media)
	if err != nil {
		return nil, err
	}
	all := []rootfs.Entry{{Path: "media/music", Mode: fs.ModeDir | 0o755}}
	for _, f := range files {
		e := rootfs.Entry{Path: "media/music/" + f.path, Mode: fs.ModeDir | 0o755}
		if !f.folder {
			e.Mode = 0o644
			if e.Data, err = os.ReadFile(filepath.Join(media, filepath.FromSlash(f.path))); err != nil {
				return nil, fmt.Errorf("image: media: %w", err)
			}
		}
		all = append(all, e)
	}
	return all, nil
}

// parts lists the sizes of what was built.
func (s Set) parts(program int64) ([]Part, error) {
	parts := []Part{{"program", program}}
	for _, p := range []struct{ name, path string }{
		{"kernel", s.Kernel}, {"device tree", s.DTB}, {"initramfs", s.Initrd}, {"root", s.Root}, {"root b", s.RootB}, {"data", s.Data}, {"flash", s.NAND},
	} {
		if p.path == "" {
			continue
		}
		info, err := os.Stat(p.path)
		if err != nil {
			return nil, fmt.Errorf("image: %w", err)
		}
		parts = append(parts, Part{p.name, info.Size()})
	}
	return parts, nil
}

// copyFile copies a file; with no source there is nothing to do.
func copyFile(dst, src string) error {
	if src == "" {
		return nil
	}
	b, err := os.ReadFile(src)
	if err != nil {
		return err
	}
	return create(dst, func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(b))
		return err
	})
}

// create writes a file that is there whole or not at all.
func create(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = errors.Join(write(f), f.Chmod(0o644), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
