package image

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"linnet/board"
)

// GoProgram compiles a command of the module that the working folder is in,
// for any ARM that Go knows: static, without an FPU, without names of folders,
// stripped.
func GoProgram(ctx context.Context, command string, o Options) ([]byte, error) {
	dir, err := os.MkdirTemp("", "linnet-program-")
	if err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	defer os.RemoveAll(dir)
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("image: go env: %w", err)
	}
	other, err := overlay(dir, strings.TrimSpace(string(root)))
	if err != nil {
		return nil, err
	}
	out := filepath.Join(dir, "program")
	args := []string{"build", "-trimpath", "-buildvcs=false", "-overlay", other, "-ldflags", "-s -w -buildid= -X main.version=" + o.Version, "-o", out}
	if tags := o.tags(); len(tags) > 0 {
		args = append(args, "-tags", strings.Join(tags, ","))
	}
	cmd := exec.CommandContext(ctx, "go", append(args, command)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm", "GOARM=5", "GOFLAGS=")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("image: go build %s: %w\n%s", command, err, said.Bytes())
	}
	return os.ReadFile(out)
}

// tags are those to build the program with. Where the initramfs is the root, all
// of the program lies in memory, as what was unpacked does beside it for a
// while, and flash holds it twice: there the rarest characters stay at home, and
// in flash all that the appliance does not use.
func (o Options) tags() (tags []string) {
	if o.Debug {
		tags = append(tags, "debug")
	}
	if o.Board.System.Root == (board.Volume{}) || o.Board.Flash.Size > 0 {
		tags = append(tags, "commonhan")
	}
	if o.Board.Flash.Size > 0 {
		tags = append(tags, "appliance")
	}
	return tags
}
