package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"linnet/board"
	"linnet/deploy/image"
)

// prepare makes what the trials need: this machine's program, the music and
// the images.
func (p *proof) prepare() error {
	if err := os.MkdirAll(p.dir, 0o777); err != nil {
		return err
	}
	p.music, p.host = filepath.Join(p.dir, "music"), filepath.Join(p.dir, "linnet")
	if err := p.steps.Run("this machine's program", func(func(string)) error {
		return p.goCommand("build", "-buildvcs=false", "-o", p.host, "./cmd/linnet")
	}); err != nil {
		return err
	}
	if err := p.steps.Run("music", func(func(string)) error { return p.makeMusic(p.ctx, p.music) }); err != nil {
		return err
	}
	return p.images()
}

// images builds them with the command that users have.
func (p *proof) images() (err error) {
	tool := filepath.Join(p.dir, "linnet-image")
	if err := p.goCommand("build", "-buildvcs=false", "-o", tool, "./cmd/linnet-image"); err != nil {
		return err
	}
	for _, i := range []struct {
		to    *image.Set
		board string
		dir   string
		args  []string
	}{
		{&p.release, "qemu-versatile", "release", nil},
		{&p.debug, "qemu-versatile", "debug", []string{"--debug"}},
		{&p.sx1, "qemu-sx1", "sx1-image", nil},
	} {
		dir := filepath.Join(p.dir, "images", i.dir)
		cmd := exec.CommandContext(p.ctx, tool, append([]string{"build", "--board", i.board, "-o", dir, "--media", p.music}, i.args...)...)
		cmd.Stdout, cmd.Stderr = p.out, p.out
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("linnet-image build --board %s: %w", i.board, err)
		}
		b, err := board.Find(i.board)
		if err != nil {
			return err
		}
		if *i.to, err = image.Layout(b, dir, false); err != nil {
			return err
		}
	}
	return nil
}

// goCommand runs the go command.
func (p *proof) goCommand(args ...string) error {
	cmd := exec.CommandContext(p.ctx, "go", args...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w: %s", args[0], err, bytes.TrimSpace(out))
	}
	return nil
}
