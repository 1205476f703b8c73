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

// buildForBoard makes a program for the board, lowered to ARMv4T as it is there.
func buildForBoard(ctx context.Context, out, pkg string) error {
	if err := build(ctx, ".", out, pkg, "GOOS=linux", "GOARCH=arm", "GOARM=5"); err != nil {
		return err
	}
	file, err := os.ReadFile(out)
	if err != nil {
		return err
	}
	lowered, _, err := armv4t.Lower(file)
	if err != nil {
		return err
	}
	return os.WriteFile(out, lowered, 0o755)
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
