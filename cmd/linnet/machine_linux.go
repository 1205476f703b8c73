package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"linnet/rootfs/initd"
	"linnet/ui/app"
)

// addMachine adds to o what the machine can do, where process 1 is Linnet's and
// does it for the screens.
func (s *screens) addMachine(o *app.Options) {
	if _, err := os.Stat(initd.Socket); err != nil {
		return
	}
	o.SetTime = setTime
	o.Forget = func() error { _, err := initd.Request("forget"); return err }
	if s.board.Flash.Size > 0 {
		o.Updates = updates{ask: initd.Request, say: s.say, root: "/", target: flashTarget}
	}
	o.Storage = mountedMedia{ask: initd.Request, state: s.state, open: openBelow}
	if links, err := ethernets(); err == nil && len(links) > 0 {
		o.Network = network{initd.Request}
	}
}

// askInit asks process 1 for something.
func askInit(line string) ([]string, error) { return initd.Request(line) }

// setTime sets the kernel's clock, and the one that runs on a battery where there
// is one.
func setTime(t time.Time) error {
	v := unix.NsecToTimeval(t.UnixNano())
	if err := unix.Settimeofday(&v); err != nil {
		return fmt.Errorf("set the clock: %w", err)
	}
	f, err := os.Open("/dev/rtc0")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if err := unix.IoctlSetRTCTime(int(f.Fd()), rtcTime(t)); err != nil {
		return fmt.Errorf("set the hardware clock: %w", err)
	}
	return nil
}

// rtcTime is a time as the hardware clock has it, in UTC.
func rtcTime(t time.Time) *unix.RTCTime {
	t = t.UTC()
	return &unix.RTCTime{
		Sec: int32(t.Second()), Min: int32(t.Minute()), Hour: int32(t.Hour()),
		Mday: int32(t.Day()), Mon: int32(t.Month()) - 1, Year: int32(t.Year()) - 1900,
	}
}

// mountedMedia is the file systems that process 1 has mounted, and the one for what is
// kept.
type mountedMedia struct {
	ask   func(line string) ([]string, error)
	state string
	open  func(dir string) bool // whether this program has a file open there
}

// Volumes is of app.Storage.
func (m mountedMedia) Volumes() ([]app.Volume, error) {
	var all []app.Volume
	if v, err := volumeAt(m.state); err == nil && m.state != "" {
		v.Name = "Linnet"
		all = append(all, v)
	}
	lines, err := m.ask("mounts")
	for _, l := range lines {
		path, _, _ := strings.Cut(l, "\t")
		v, err := volumeAt(path)
		if err != nil {
			continue // pulled out in between
		}
		v.Removable = true
		all = append(all, v)
	}
	return all, err
}

// volumeAt is the file system at a path.
func volumeAt(path string) (app.Volume, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return app.Volume{}, &os.PathError{Op: "statfs", Path: path, Err: err}
	}
	size := int64(s.Bsize)
	return app.Volume{Name: filepath.Base(path), Path: path, Free: int64(s.Bavail) * size, Total: int64(s.Blocks) * size}, nil
}

// How long a player may take to let go of a medium.
const (
	releaseTime = 3 * time.Second
	releaseStep = 50 * time.Millisecond
)

// Eject is of app.Storage. It waits for the player to have closed its files, so
// that nothing reads any more when the user pulls.
func (m mountedMedia) Eject(v app.Volume) error {
	for end := time.Now().Add(releaseTime); m.open(v.Path); time.Sleep(releaseStep) {
		if time.Now().After(end) {
			return app.ErrInUse
		}
	}
	_, err := m.ask("eject " + v.Name)
	return err
}

// openBelow says whether this program has a file open below a folder.
func openBelow(dir string) bool {
	const fds = "/proc/self/fd"
	entries, err := os.ReadDir(fds)
	if err != nil {
		return false
	}
	for _, e := range entries {
		if path, err := os.Readlink(filepath.Join(fds, e.Name())); err == nil && strings.HasPrefix(path, dir+"/") {
			return true
		}
	}
	return false
}

// network is the machine's links; process 1 switches them.
type network struct {
	ask func(line string) ([]string, error)
}

// Links is of app.Network.
func (network) Links() ([]app.Link, error) { return ethernets() }

// Turn is of app.Network.
func (n network) Turn(name string, on bool) error {
	to := "off"
	if on {
		to = "on"
	}
	_, err := n.ask("network " + name + " " + to)
	return err
}

// ethernets are the interfaces that DHCP is spoken on.
func ethernets() (all []app.Link, err error) {
	list, err := net.Interfaces()
	for _, i := range list {
		if i.Flags&net.FlagLoopback != 0 || len(i.HardwareAddr) != 6 {
			continue
		}
		l := app.Link{Name: i.Name, On: i.Flags&net.FlagUp != 0, Carrier: i.Flags&net.FlagRunning != 0}
		addrs, _ := i.Addrs()
		for _, a := range addrs {
			if p, ok := a.(*net.IPNet); ok && p.IP.To4() != nil {
				l.Address = p.IP.String()
			}
		}
		all = append(all, l)
	}
	return all, err
}
