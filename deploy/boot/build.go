package boot

import (
	"bytes"
	"context"
	"debug/elf"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed src
var source embed.FS

// Limit is what the chip copies before the first instruction.
const Limit = 4096

// Loader is the two stages as they run.
type Loader struct {
	Stage1 []byte // at most Limit bytes, for the start of block 0
	Stage2 []byte
}

const compiler = "arm-linux-gnueabi-gcc"

// flags make code for the processor alone: no Thumb, no library, nothing at
// addresses that are not known.
var flags = strings.Fields(`-march=armv4t -mtune=arm920t -marm -mfloat-abi=soft -Os -Wall -Wextra -Werror
	-ffreestanding -fno-builtin -nostdlib -static -fno-pic -fno-stack-protector -fno-unwind-tables
	-fno-asynchronous-unwind-tables -ffunction-sections -I. -Wl,--gc-sections -Wl,--build-id=none
	-Wl,-z,noexecstack -Wl,--no-warn-rwx-segments`)

var (
	stage1 = strings.Fields("-Tstage1.ld start.S stage1.c nand.c common.c crc.c")
	stage2 = strings.Fields("-Tstage2.ld start2.S stage2.c kernel.c recovery.c xmodem.c state.c panel.c nand.c common.c crctable.c inflate.c splash.c")
)

// Build compiles the loader. The splash is the panel's picture, row by row, in
// 5:6:5 bits.
func Build(ctx context.Context, splash []uint16) (Loader, error) {
	dir, err := os.MkdirTemp("", "linnet-boot-")
	if err != nil {
		return Loader{}, fmt.Errorf("boot: %w", err)
	}
	defer os.RemoveAll(dir)
	if err := unpack(dir); err != nil {
		return Loader{}, fmt.Errorf("boot: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "splash.c"), picture(splash), 0o644); err != nil {
		return Loader{}, fmt.Errorf("boot: %w", err)
	}
	var l Loader
	if l.Stage1, err = link(ctx, dir, stage1); err != nil {
		return l, err
	}
	if l.Stage2, err = link(ctx, dir, stage2); err != nil {
		return l, err
	}
	if len(l.Stage1) > Limit {
		return l, fmt.Errorf("boot: the first stage has %d bytes, more than the %d that the chip copies", len(l.Stage1), Limit)
	}
	return l, nil
}

func unpack(dir string) error {
	entries, err := fs.ReadDir(source, "src")
	if err != nil {
		return err
	}
	for _, e := range entries {
		b, err := fs.ReadFile(source, "src/"+e.Name())
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, e.Name()), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// link compiles and links a stage and returns what is to be in memory.
func link(ctx context.Context, dir string, what []string) ([]byte, error) {
	out := filepath.Join(dir, "stage.elf")
	cmd := exec.CommandContext(ctx, compiler, append(append([]string{"-o", out}, flags...), what...)...)
	cmd.Dir = dir
	if said, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("boot: %s: %w\n%s", compiler, err, said)
	}
	f, err := elf.Open(out)
	if err != nil {
		return nil, fmt.Errorf("boot: %w", err)
	}
	defer f.Close()
	text := f.Section(".text")
	if text == nil {
		return nil, errors.New("boot: what was linked has no section .text")
	}
	return text.Data()
}

// picture is the splash in C, as runs of pixels of one colour.
func picture(pixels []uint16) []byte {
	var b bytes.Buffer
	b.WriteString("#include \"s3c2410.h\"\nextern const u16 splash[];\nconst u16 splash[] = {\n")
	for at := 0; at < len(pixels); {
		n := 1
		for at+n < len(pixels) && pixels[at+n] == pixels[at] && n < 0xffff {
			n++
		}
		fmt.Fprintf(&b, "%d, 0x%04x,\n", n, pixels[at])
		at += n
	}
	b.WriteString("0, 0 };\n")
	return b.Bytes()
}
