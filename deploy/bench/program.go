package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"linnet/deploy/armv4t"
)

// build makes a program of this tree, with its symbols, for profiles.
func build(ctx context.Context, folder, out, pkg string, env ...string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-trimpath", "-o", out, pkg)
	cmd.Dir = folder
	cmd.Env = append(append(os.Environ(), "CGO_ENABLED=0"), env...)
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s: %w\n%s", pkg, err, text)
	}
	return nil
}

// buildForBoard makes the board's program, lowered to ARMv4T as it is there.
func (b *bench) buildForBoard(ctx context.Context) error {
	b.arm = filepath.Join(b.work, "linnet-arm")
	if err := build(ctx, ".", b.arm, "./cmd/linnet", "GOOS=linux", "GOARCH=arm", "GOARM=5"); err != nil {
		return err
	}
	file, err := os.ReadFile(b.arm)
	if err != nil {
		return err
	}
	lowered, _, err := armv4t.Lower(file)
	if err != nil {
		return err
	}
	return os.WriteFile(b.arm, lowered, 0o755)
}

// buildForDesktop makes this machine's program, and the one with the others' Go
// decoders.
func (b *bench) buildForDesktop(ctx context.Context) error {
	b.host, b.goDecoders = filepath.Join(b.work, "linnet"), filepath.Join(b.work, "godecoders")
	if err := build(ctx, ".", b.host, "./cmd/linnet"); err != nil {
		return err
	}
	return build(ctx, "deploy/bench/godecoders", b.goDecoders, ".")
}
