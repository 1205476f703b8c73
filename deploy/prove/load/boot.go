//go:build linux

package main

import (
	"fmt"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// boot starts the trial's process and becomes the image's first one.
func boot() error {
	const root = "/root"
	for _, m := range []struct{ source, target, kind string }{
		{"dev", "/dev", "devtmpfs"}, {"/dev/vda", root, "squashfs"}, {"dev", root + "/dev", "devtmpfs"}, {"proc", root + "/proc", "proc"},
	} {
		flags := uintptr(0)
		if m.kind == "squashfs" {
			flags = unix.MS_RDONLY | unix.MS_NODEV
		}
		if err := unix.Mount(m.source, m.target, m.kind, flags, ""); err != nil {
			return fmt.Errorf("mount %s on %s: %w", m.source, m.target, err)
		}
	}
	cmdline, err := os.ReadFile(root + "/proc/cmdline")
	if err != nil {
		return err
	}
	role := "trial"
	if parse(string(cmdline)).fill {
		role = "fill"
	}
	if _, err := start("/proc/self/exe", []string{"load", role}, root); err != nil {
		return err
	}
	if err := os.Chdir(root); err != nil {
		return err
	}
	if err := unix.Mount(".", "/", "", unix.MS_MOVE, ""); err != nil {
		return fmt.Errorf("move the root: %w", err)
	}
	if err := unix.Chroot("."); err != nil {
		return err
	}
	return unix.Exec("/init", []string{"/init"}, os.Environ())
}

// start starts a program in a session of its own, with what it says going to
// the console, and below another root if one is named.
func start(path string, argv []string, root string) (pid int, err error) {
	null, err := os.OpenFile("/dev/null", os.O_RDWR, 0)
	if err != nil {
		return 0, err
	}
	defer null.Close()
	pid, err = syscall.ForkExec(path, argv, &syscall.ProcAttr{
		Dir: "/", Env: []string{"PATH=/bin:/usr/bin", "HOME=/tmp"}, Files: []uintptr{null.Fd(), null.Fd(), null.Fd()},
		Sys: &syscall.SysProcAttr{Setsid: true, Chroot: root},
	})
	if err != nil {
		return 0, fmt.Errorf("start %s: %w", path, err)
	}
	return pid, nil
}
