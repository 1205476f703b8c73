package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"linnet/deploy/bench/debian"
	"linnet/deploy/heard"
	"linnet/deploy/image"
	"linnet/rootfs"
)

// otherRoot makes a root file system, a squashfs, of madplay and what it needs, of
// Debian's port for ARM without an FPU: a player as they were, one loop that decodes
// by integers and writes. (That port's mpg123 computes with floating point.)
func (p *proof) otherRoot() (string, error) {
	dir, err := filepath.Abs(filepath.Join(p.dir, "madplay"))
	if err != nil {
		return "", err
	}
	root := filepath.Join(dir, "root")
	path := filepath.Join(p.dir, "madplay.squashfs")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	apt, err := debian.Open(p.ctx, dir, "armel", func(string) {})
	if err != nil {
		return "", err
	}
	if _, err := apt.Unpack(p.ctx, root, []string{"madplay"}, nil); err != nil {
		return "", err
	}
	entries, err := tree(root, "usr/share/doc", "usr/share/man", "usr/lib/arm-linux-gnueabi/gconv")
	if err != nil {
		return "", err
	}
	part := path + ".part"
	if err := image.Squashfs(p.ctx, part, entries); err != nil {
		return "", err
	}
	return path, os.Rename(part, path)
}

// tool runs a command in a folder.
func (p *proof) tool(dir, name string, args ...string) error {
	cmd := exec.CommandContext(p.ctx, name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, bytes.TrimSpace(out))
	}
	return nil
}

// tree are the files below a folder, without some, and what a program is to
// find mounted there.
func tree(root string, without ...string) ([]rootfs.Entry, error) {
	entries := []rootfs.Entry{}
	for _, dir := range []string{"dev", "media", "media/music", "proc", "tmp"} {
		entries = append(entries, rootfs.Entry{Path: dir, Mode: fs.ModeDir | 0o755})
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		below, rerr := filepath.Rel(root, path)
		if err := errors.Join(err, rerr); err != nil || below == "." {
			return err
		}
		if slices.Contains(without, below) {
			return fs.SkipDir
		}
		e := rootfs.Entry{Path: filepath.ToSlash(below)}
		info, err := d.Info()
		if err != nil {
			return err
		}
		e.Mode = info.Mode()
		switch e.Mode.Type() {
		case 0:
			e.Data, err = os.ReadFile(path)
		case fs.ModeSymlink:
			e.Target, err = os.Readlink(path)
		}
		entries = append(entries, e)
		return err
	})
	return entries, err
}

// otherDecodes is what madplay gives on this machine, from the same program.
func (p *proof) otherDecodes(files []string) ([]heard.Frame, error) {
	root := filepath.Join(p.dir, "madplay/root")
	raw := filepath.Join(p.dir, "madplay/heard.wav")
	args := append([]string{"-cpu", "arm926", "-L", root, root + madplay, "-q", "--no-dither", "--bit-depth=16", "-o", "wave:" + raw}, files...)
	if err := p.tool("", "qemu-arm", args...); err != nil {
		return nil, err
	}
	b, err := os.ReadFile(raw)
	if err != nil {
		return nil, err
	}
	if len(b) < soundHeader || !strings.HasPrefix(string(b), "RIFF") {
		return nil, fmt.Errorf("madplay wrote no WAV file of %d bytes", len(b))
	}
	return frames(b[soundHeader:]), nil
}
