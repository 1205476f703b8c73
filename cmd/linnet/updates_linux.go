package main

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"linnet/rootfs"
	"linnet/rootfs/mtd"
	"linnet/rootfs/update"
	"linnet/ui/app"

	"golang.org/x/sys/unix"
)

// updates are new versions on what process 1 has mounted, for a board with two
// systems in its flash.
type updates struct {
	ask  func(line string) ([]string, error)
	say  func(format string, args ...any)
	root string // of the file system with what the running system says of itself
	// target is the part of the flash that a system is written to.
	target func(slot string) (update.Target, func(), error)
}

// updateExtension is what the files are called, and maxUpdates how many of a
// medium are looked at.
const (
	updateExtension = ".update"
	maxUpdates      = 16
)

// flashTarget is the one of a slot, "a" or "b", in the board's flash.
func flashTarget(slot string) (update.Target, func(), error) {
	kernel, err := mtd.Open("kernel_" + slot)
	if err != nil {
		return update.Target{}, nil, err
	}
	root, err := mtd.OpenVolume("root_" + slot)
	if err != nil {
		kernel.Close()
		return update.Target{}, nil, err
	}
	return update.Target{Kernel: kernel, Root: root}, func() { kernel.Close() }, nil
}

// running is the system that runs, and whose updates it takes.
func (u updates) running() (update.Running, ed25519.PublicKey, error) {
	text, err := os.ReadFile(filepath.Join(u.root, rootfs.ReleaseFile))
	if err != nil {
		return update.Running{}, nil, err
	}
	r, board, err := rootfs.ParseRelease(text)
	if err != nil {
		return update.Running{}, nil, err
	}
	text, err = os.ReadFile(filepath.Join(u.root, rootfs.KeyFile))
	if err != nil {
		return update.Running{}, nil, err
	}
	key, err := update.ParseKey(text)
	return update.Running{Board: board, Release: r.Number}, key, err
}

// open opens a file that is an update for the system that runs.
func (u updates) open(path string) (*update.File, *os.File, error) {
	r, key, err := u.running()
	if err != nil {
		return nil, nil, err
	}
	// A stick may hold links that lead elsewhere, and pipes, which nobody writes to.
	file, err := os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, &update.Error{Fault: update.MediumFailed, Err: err}
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no file", path)
	}
	if err != nil {
		file.Close()
		return nil, nil, &update.Error{Fault: update.MediumFailed, Err: err}
	}
	f, err := update.Open(file, info.Size(), key)
	if err == nil {
		err = f.Check(r)
	}
	if err != nil {
		file.Close()
		return f, nil, err
	}
	return f, file, nil
}

// Find is of app.Updates.
func (u updates) Find() ([]app.UpdateFile, error) {
	mounts, err := u.ask("mounts")
	if err != nil {
		return nil, err
	}
	var all []app.UpdateFile
	for _, m := range mounts {
		dir, _, _ := strings.Cut(m, "\t")
		all = append(all, u.on(dir)...)
	}
	return all, nil
}

// on are the updates in a folder, sorted by name.
func (u updates) on(dir string) (all []app.UpdateFile) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // pulled out
	}
	for _, e := range entries {
		name := e.Name()
		if !strings.EqualFold(filepath.Ext(name), updateExtension) || strings.HasPrefix(name, ".") || !e.Type().IsRegular() || len(all) == maxUpdates {
			continue
		}
		found := app.UpdateFile{Path: filepath.Join(dir, name), Volume: filepath.Base(dir)}
		f, file, err := u.open(found.Path)
		if file != nil {
			file.Close()
		}
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		found.Fault = updateFault(err)
		if f != nil {
			found.Version = f.Version
		}
		all = append(all, found)
	}
	slices.SortFunc(all, func(a, b app.UpdateFile) int { return cmp.Compare(a.Path, b.Path) })
	return all
}

// Install is of app.Updates.
func (u updates) Install(ctx context.Context, found app.UpdateFile, tell func(app.UpdateProgress)) error {
	err := u.install(ctx, found.Path, tell)
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return &app.UpdateError{Fault: updateFault(err), Err: err}
}

func (u updates) install(ctx context.Context, path string, tell func(app.UpdateProgress)) error {
	f, file, err := u.open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	slot, err := u.ask("system")
	if err != nil {
		return err
	}
	other := "a"
	if slices.Equal(slot, []string{"a"}) {
		other = "b"
	}
	to, done, err := u.target(other)
	if err != nil {
		return err
	}
	defer done()
	u.say("update: installing %s into %s", f.Version, other)
	to.Slot = strings.Index("ab", other)
	request := func(line string) func() error {
		return func() error { _, err := u.ask(line); return err }
	}
	to.Keep, to.Try = request("confirm"), request("try")
	return f.Install(ctx, to, func(p update.Progress) {
		tell(app.UpdateProgress{Checking: p.Checking, Done: p.Done, Total: p.Total, Left: p.Left})
	})
}

// Restart is of app.Updates.
func (u updates) Restart() error {
	_, err := u.ask("reboot")
	return err
}

// updateFaults are the screens' faults by the update's.
var updateFaults = map[update.Fault]app.UpdateFault{
	update.NotUpdate: app.UpdateNone, update.BadSignature: app.UpdateUnsigned, update.OtherBoard: app.UpdateOtherBoard, update.Older: app.UpdateOlder,
	update.Truncated: app.UpdateTruncated, update.NoSpace: app.UpdateNoSpace, update.Damaged: app.UpdateDamaged,
	update.MediumFailed: app.UpdateMedium, update.FlashFailed: app.UpdateFlash,
}

// updateFault is an error's, for the screens. What has none is the machine's.
func updateFault(err error) app.UpdateFault {
	if err == nil {
		return app.UpdateFine
	}
	if f, ok := updateFaults[update.FaultOf(err)]; ok {
		return f
	}
	return app.UpdateFlash
}
