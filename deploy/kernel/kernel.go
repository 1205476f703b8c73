package kernel

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// data are the fragments and patches.
//
//go:embed *.config patches/*.patch
var data embed.FS

// Kernel is a kernel that can be built.
type Kernel struct {
	Name string // "versatile"

	fragments []string // later ones win
	patches   []string
	dtb       string // in the source's folder of device trees, or empty

	data     fs.FS  // with the fragments and patches
	source   string // a tar file
	compiler string // what stands before gcc
}

// Of returns the kernel of a board by the board's name.
func Of(board string) (Kernel, error) {
	k := Kernel{data: data, source: "/usr/src/linux-source-6.1.tar.xz", compiler: "arm-linux-gnueabi-"}
	switch board {
	case "qemu-versatile":
		k.Name = "versatile"
		k.fragments = []string{"common.config", "storage.config", "versatile.config"}
		k.patches = []string{"patches/versatile-armv4t.patch", "patches/versatile-aaci-fifo.patch"}
		k.dtb = "versatile-pb.dtb"
	case "qemu-sx1":
		k.Name = "sx1"
		k.fragments = []string{"common.config", "sx1.config"}
	case "smdk2410":
		k.Name = "s3c2410"
		k.fragments = []string{"common.config", "s3c2410.config"}
		k.patches = []string{
			"patches/smdk2410-board.patch", "patches/s3c24xx-dma-status.patch", "patches/s3c24xx-dma-reload.patch",
			"patches/s3c2410fb-takeover.patch", "patches/s3cmci-lines.patch", "patches/samsung-uart-irq.patch", "patches/squashfs-readahead.patch",
			"patches/cs89x0-async.patch", "patches/arm-dead-code.patch", "patches/unpack-fast.patch",
			"patches/squashfs-inflate.patch", "patches/s3c-rtc-board.patch",
		}
	default:
		return Kernel{}, fmt.Errorf("kernel: there is none for the board %q", board)
	}
	return k, nil
}

// HasDTB says whether a device tree goes with the kernel.
func (k Kernel) HasDTB() bool { return k.dtb != "" }

// Files are what a build leaves in the cache.
type Files struct {
	Image  string // the zImage
	DTB    string // the device tree, empty where the board needs none
	Config string // the whole configuration
}

// ErrNotBuilt means that the cache does not hold the kernel.
var ErrNotBuilt = errors.New("the kernel is not built")

// Find returns the kernel from the cache, or ErrNotBuilt.
func (k Kernel) Find() (Files, error) {
	dir, err := k.folder()
	if err != nil {
		return Files{}, fmt.Errorf("kernel: %w (%w)", ErrNotBuilt, err)
	}
	f := k.files(dir)
	if _, err := os.Stat(f.Image); errors.Is(err, fs.ErrNotExist) {
		return Files{}, fmt.Errorf("kernel: %w: %s", ErrNotBuilt, k.Name)
	} else if err != nil {
		return Files{}, fmt.Errorf("kernel: %w", err)
	}
	return f, nil
}

// files names the files in a folder of the cache.
func (k Kernel) files(dir string) Files {
	f := Files{Image: filepath.Join(dir, "zImage"), Config: filepath.Join(dir, "config")}
	if k.dtb != "" {
		f.DTB = filepath.Join(dir, k.dtb)
	}
	return f
}

// text returns the fragments, one behind the other.
func (k Kernel) text() ([]byte, error) {
	var all []byte
	for _, name := range k.fragments {
		b, err := fs.ReadFile(k.data, name)
		if err != nil {
			return nil, err
		}
		all = append(all, b...)
	}
	return all, nil
}
