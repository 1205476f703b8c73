package image

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"linnet/board"
	"linnet/deploy/boot"
	"linnet/deploy/nand"
	"linnet/deploy/steps"
	"linnet/deploy/ubi"
	"linnet/rootfs"
)

// Blocks that each UBI keeps for those that go bad: 2 per cent of the chip, as
// the kernel has it by default.
const spareBlocks = nand.Blocks * 20 / 1024

// A UBI's number, so that blocks of other images are not mixed with it.
const ubiSequence = 0x4c4e4e54

// geometry is that of UBI on the chip.
var geometry = ubi.Geometry{Page: nand.PageSize, Block: nand.BlockSize}

// part is what goes into a partition, or a piece of one.
type part struct {
	name    string
	span    boot.Span
	content []byte   // raw, over bad blocks
	blocks  [][]byte // or of a UBI, each into a good block
}

// writeFlash makes a chip that the board boots from, the parts that it is made
// of as files, and a map of them.
func (s Set) writeFlash(ctx context.Context, o Options, program []byte, say *steps.Steps) error {
	entries := rootfs.Manifest(o.Board, program, o.release())
	if err := say.Run("root", func(func(string)) error { return packedSquashfs(ctx, s.Root, entries) }); err != nil {
		return err
	}
	if err := say.Run("root b", func(func(string)) error { return smallSquashfs(ctx, s.RootB, entries) }); err != nil {
		return err
	}
	if err := say.Run("media", func(func(string)) error { return mediaSquashfs(ctx, s.Data, o.Media) }); err != nil {
		return err
	}
	return say.Run("flash", func(func(string)) error {
		loader, err := boot.Build(ctx, o.Splash)
		if err != nil {
			return err
		}
		parts, err := s.flashParts(o.Board, loader)
		if err != nil {
			return err
		}
		chip := nand.New()
		if err := errors.Join(loader.Write(chip), fill(chip, parts)); err != nil {
			return err
		}
		if err := s.saveFlash(o.Board, chip, loader, parts); err != nil {
			return err
		}
		return os.WriteFile(s.part(releaseFile), o.release().Text(o.Board), 0o644)
	})
}

// flashParts are the partitions that have content: two kernels that differ in
// their command lines, two roots that hold the same, and what the player keeps.
func (s Set) flashParts(b board.Board, loader boot.Loader) ([]part, error) {
	kernel, err := os.ReadFile(s.Kernel)
	if err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	root, err := os.ReadFile(s.Root)
	if err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	rootB, err := os.ReadFile(s.RootB)
	if err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	media, err := os.ReadFile(s.Data)
	if err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	var parts []part
	for i, name := range []string{"kernel_a", "kernel_b"} {
		content, err := boot.Kernel(kernel, CommandLine(b, i))
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{name: name, content: content})
	}
	parts = append(parts, part{name: "root"}, part{name: "data"})
	for i := range parts {
		if parts[i].span, err = boot.Partition(b, parts[i].name); err != nil {
			return nil, err
		}
	}
	parts[2].blocks, err = volumes(parts[2].span, func(free int) []ubi.Volume {
		return []ubi.Volume{{Name: "root_a", Blocks: free / 2, Content: root}, {Name: "root_b", Blocks: free / 2, Content: rootB}}
	})
	if err != nil {
		return nil, err
	}
	needed := (len(media) + geometry.LEB() - 1) / geometry.LEB()
	parts[3].blocks, err = volumes(parts[3].span, func(free int) []ubi.Volume {
		return []ubi.Volume{{Name: "state", Blocks: free - needed}, {Name: "media", Blocks: needed, Content: media}}
	})
	return parts, err
}

// volumes makes the blocks of a UBI that fills a partition.
func volumes(span boot.Span, divide func(free int) []ubi.Volume) ([][]byte, error) {
	count := span.End - span.First
	const reserved = 4 // by UBI itself
	return ubi.Blocks(geometry, divide(count-reserved-spareBlocks), count, spareBlocks, ubiSequence)
}

// fill puts the parts into the chip.
func fill(chip nand.Image, parts []part) error {
	for _, p := range parts {
		if err := chip.WritePart(p.span.First, p.span.End, p.content); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		at := p.span.First
		for _, b := range p.blocks {
			for ; at < p.span.End && chip.Bad(at); at++ {
			}
			if at == p.span.End {
				break // UBI makes do with the blocks that there are
			}
			if err := chip.WritePart(at, at+1, b); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			at++
		}
	}
	return nil
}

// CommandLine is the kernel's, in slot 0 or 1.
func CommandLine(b board.Board, slot int) string {
	var table []string
	for _, p := range b.Flash.Partitions {
		table = append(table, fmt.Sprintf("%dk(%s)", p.Size>>10, p.Name))
	}
	return strings.Join([]string{
		"console=" + b.System.Console + ",115200",
		"mtdparts=NAND:" + strings.Join(table, ","),
		"ubi.mtd=root", "ubi.mtd=data", "ubi.block=0," + []string{"root_a", "root_b"}[slot], "ubi.block=1,media",
		fmt.Sprintf("root=/dev/ubiblock0_%d", slot), "rootfstype=" + b.System.Root.Type, "ro", "init=/init",
		// What the kernel would measure, in 80 ms. A line of its log is 5 ms on
		// the serial line, so until there is an init only the end of it all is
		// shown there.
		"lpj=510000", "loglevel=3", "panic=5", "printk.devkmsg=on", "sysctl.vm.overcommit_memory=1",
	}, " ")
}

// saveFlash writes the chip, and each part as a programmer without knowledge of
// spare bytes takes it.
func (s Set) saveFlash(b board.Board, chip nand.Image, loader boot.Loader, parts []part) error {
	second, err := loader.Second()
	if err != nil {
		return err
	}
	dir := filepath.Dir(s.NAND)
	files := map[string][]byte{filepath.Base(s.NAND): chip, "boot-1.bin": loader.Start(), "boot-2.bin": second}
	for _, p := range parts {
		if p.blocks == nil {
			files[p.name+".bin"] = p.content
		} else {
			files[p.name+".ubi"] = slices.Concat(used(p.blocks)...)
		}
	}
	files["map.txt"] = flashMap(b, files)
	for name, content := range files {
		if err := create(filepath.Join(dir, name), func(w io.Writer) error { _, err := w.Write(content); return err }); err != nil {
			return fmt.Errorf("image: %w", err)
		}
	}
	return nil
}

// used are the blocks of a UBI without the empty ones at its end, which UBI makes
// itself.
func used(blocks [][]byte) [][]byte {
	end := len(blocks)
	for end > 0 && string(blocks[end-1][nand.PageSize:nand.PageSize+4]) != "UBI!" {
		end--
	}
	return blocks[:end]
}

// flashMap tells where everything is, and of each file its size and checksum.
func flashMap(b board.Board, files map[string][]byte) []byte {
	var m strings.Builder
	fmt.Fprintf(&m, "%s: %d MB of NAND, pages of %d and %d bytes, blocks of %d KB\n\n", b.Title, b.Flash.Size>>20, b.Flash.Page, b.Flash.Spare, b.Flash.EraseBlock>>10)
	for _, p := range b.Flash.Partitions {
		fmt.Fprintf(&m, "%08x %08x %s\n", p.Offset, p.Size, p.Name)
	}
	m.WriteString("\n")
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(&m, "%x %9d %s\n", sha256.Sum256(files[name]), len(files[name]), name)
	}
	return []byte(m.String())
}
