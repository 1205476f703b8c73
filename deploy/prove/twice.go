package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// twice makes the image a second time, from a copy of the source in another
// folder and into another folder.
func (p *proof) twice() error {
	dir, err := os.MkdirTemp("", "linnet-elsewhere-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	copying := exec.CommandContext(p.ctx, "sh", "-c", `git ls-files -z | tar -c --null -T - | tar -x -C "$1"`, "sh", dir)
	if out, err := copying.CombinedOutput(); err != nil {
		return fmt.Errorf("copy the source: %w: %s", err, out)
	}
	music, err := p.flashMusic()
	if err != nil {
		return err
	}
	if music, err = filepath.Abs(music); err != nil {
		return err
	}
	if err := p.tool(dir, "go", "run", "-buildvcs=false", "./cmd/linnet-image", "build", "--board", "smdk2410", "-o", "out", "--media", music, "--limit", "0"); err != nil {
		return err
	}
	a, err := os.ReadFile(p.images["flash"].NAND)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(filepath.Join(dir, "out", "nand.img"))
	if err != nil {
		return err
	}
	n := differingBytes(a, b)
	p.see("the image, made again from another folder into another", fmt.Sprintf("%d of %d bytes differ; SHA-256 %.8x…", n, len(a), sha256.Sum256(b)), "that it is the same", n == 0)
	return nil
}
