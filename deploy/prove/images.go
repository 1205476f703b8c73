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

// recipes say how each image is made.
var recipes = map[string]struct {
	board string
	music func(p *proof) (string, error) // makes the folder that is put in
	args  []string
}{
	"release":      {board: "qemu-versatile", music: (*proof).allMusic},
	"debug":        {board: "qemu-versatile", music: (*proof).allMusic, args: []string{"--debug"}},
	"video":        {board: "qemu-versatile", music: (*proof).filmMusic},
	"use":          {board: "qemu-versatile", music: (*proof).useMusic},
	"screens":      {board: "qemu-versatile", music: (*proof).screensMusic, args: []string{"--debug"}},
	"load":         {board: "qemu-versatile", music: (*proof).loadMusic},
	"mips":         {board: "qemu-versatile", music: (*proof).mipsMusic},
	"sx1":          {board: "qemu-sx1", music: (*proof).sx1Music},
	"flash-debug":  {board: "smdk2410", music: (*proof).cutMusic, args: []string{"--debug", "--limit", "0"}},
	"flash-update": {board: "smdk2410", music: (*proof).updateMusic, args: []string{"--version-name", firstVersion, "--release", "1"}},
	"flash-next":   {board: "smdk2410", music: (*proof).updateMusic, args: []string{"--version-name", nextVersion, "--release", "2"}},
	"flash":        {board: "smdk2410", music: (*proof).flashMusic, args: []string{"--limit", "0"}},
}

// prepare makes what the trials need: this machine's program, the music and
// the images.
func (p *proof) prepare(chosen []kind) error {
	if err := os.MkdirAll(p.dir, 0o777); err != nil {
		return err
	}
	p.music, p.host = filepath.Join(p.dir, "music"), filepath.Join(p.dir, "linnet")
	if err := p.steps.Run("this machine's program", func(func(string)) error {
		return p.goCommand("build", "-buildvcs=false", "-o", p.host, "./cmd/linnet")
	}); err != nil {
		return err
	}
	if err := p.steps.Run("music", func(func(string)) error { return p.makeMusic(p.music, encodings()) }); err != nil {
		return err
	}
	p.images = map[string]image.Set{}
	for _, k := range chosen {
		for _, name := range k.images {
			if _, made := p.images[name]; made {
				continue
			}
			if err := p.makeImage(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// makeImage makes one with the command that users have.
func (p *proof) makeImage(name string) error {
	tool := filepath.Join(p.dir, "linnet-image")
	if err := p.goCommand("build", "-buildvcs=false", "-o", tool, "./cmd/linnet-image"); err != nil {
		return err
	}
	r, dir := recipes[name], filepath.Join(p.dir, "images", name)
	music, err := r.music(p)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(p.ctx, tool, append([]string{"build", "--board", r.board, "-o", dir, "--media", music}, r.args...)...)
	cmd.Stdout, cmd.Stderr = p.out, p.out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("linnet-image build --board %s: %w", r.board, err)
	}
	b, err := board.Find(r.board)
	if err != nil {
		return err
	}
	p.images[name], err = image.Layout(b, dir, false)
	return err
}

// allMusic is a file of each encoding.
func (p *proof) allMusic() (string, error) { return p.music, nil }

// sx1Music is one file: that board has 32 MB for everything.
func (p *proof) sx1Music() (string, error) { return p.onlyMusic("music-sx1", onSX1) }

// onlyMusic is a folder with some of the files.
func (p *proof) onlyMusic(folder string, files ...string) (string, error) {
	dir := filepath.Join(p.dir, folder)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	for _, f := range files {
		if err := copySparse(filepath.Join(dir, f), filepath.Join(p.music, f)); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// goCommand runs the go command.
func (p *proof) goCommand(args ...string) error {
	cmd := exec.CommandContext(p.ctx, "go", args...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w: %s", args[0], err, bytes.TrimSpace(out))
	}
	return nil
}
