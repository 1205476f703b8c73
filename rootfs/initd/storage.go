//go:build linux

package initd

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"linnet/board"

	"golang.org/x/sys/unix"
)

// storage mounts what is plugged in, read-only, each file system in a folder
// of its own with its label for a name, and takes away what is pulled out.
type storage struct {
	sys   system
	say   func(format string, args ...any)
	block string          // /sys/class/block
	dev   string          // /dev
	media string          // /media
	own   map[string]bool // devices of the board's volumes

	mu      sync.Mutex
	mounted []plugged
	ejected map[string]bool // devices that stay unmounted until they go
}

// plugged is a file system that was plugged in.
type plugged struct {
	device string // "sda1"
	kind   string
	path   string // where it is mounted
}

func newStorage(s system, say func(string, ...any), b board.System) *storage {
	st := &storage{
		sys: s, say: say, block: "/sys/class/block", dev: "/dev", media: mediaDir,
		own: map[string]bool{}, ejected: map[string]bool{},
	}
	for _, v := range []board.Volume{b.Root, b.State, b.Media} {
		st.own[strings.TrimPrefix(v.Device, "/dev/")] = true
	}
	return st
}

// handle does what an event of the subsystem block asks for. Events are
// hints: what counts is what /sys says now.
func (s *storage) handle(e uevent) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.action == "remove" {
		s.remove(e.name)
	} else {
		s.look(e.name)
	}
}

// scan brings everything up to date, at the start and when events were lost.
func (s *storage) scan() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range slices.Clone(s.mounted) {
		s.look(p.device)
	}
	for name := range s.ejected {
		s.look(name)
	}
	entries, _ := os.ReadDir(s.block)
	for _, e := range entries {
		s.look(e.Name())
	}
}

// look mounts a device that is there and unmounts one that is not.
func (s *storage) look(name string) {
	if !s.inserted(name) {
		s.remove(name)
		return
	}
	if s.index(name) < 0 && !s.ejected[name] && s.foreign(name) {
		s.add(name)
	}
}

// inserted says whether the device exists and has a medium in it.
func (s *storage) inserted(name string) bool {
	size, err := os.ReadFile(filepath.Join(s.block, name, "size"))
	return err == nil && strings.TrimSpace(string(size)) != "0"
}

// foreign says whether a device is somebody's medium: it has what was plugged
// in on it, not what the system is made of, and no partitions to look at
// instead.
func (s *storage) foreign(name string) bool {
	for _, kind := range []string{"sd", "mmcblk", "vd", "sr", "nvme"} {
		if strings.HasPrefix(name, kind) {
			parts, _ := filepath.Glob(filepath.Join(s.block, name, name+"*", "partition"))
			return len(parts) == 0 && !s.own[name]
		}
	}
	return false
}

func (s *storage) index(name string) int {
	return slices.IndexFunc(s.mounted, func(p plugged) bool { return p.device == name })
}

func (s *storage) add(name string) {
	f, err := os.Open(filepath.Join(s.dev, name))
	if err != nil {
		s.say("%s: %v", name, err)
		return
	}
	v := probe(f)
	f.Close()
	if v.kind == "" {
		s.say("%s: no file system that is known", name)
		return
	}
	p := plugged{name, v.kind, s.folder(v.label, name)}
	if err := s.mount(p); err != nil {
		os.Remove(p.path)
		s.say("%s: mount %s on %s: %v", name, p.kind, p.path, err)
		return
	}
	s.mounted = append(s.mounted, p)
	s.say("%s (%s) is on %s", name, p.kind, p.path)
}

// folder is where to mount: a name that is free.
func (s *storage) folder(label, device string) string {
	name := label
	if name == "" {
		name = device
	}
	path := filepath.Join(s.media, name)
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path
		}
		path = filepath.Join(s.media, fmt.Sprintf("%s %d", name, n))
	}
}

func (s *storage) mount(p plugged) error {
	if err := os.Mkdir(p.path, 0o755); err != nil {
		return err
	}
	var err error
	for _, data := range options(p.kind) {
		err = s.sys.mount(filepath.Join(s.dev, p.device), p.path, p.kind, noCode|unix.MS_RDONLY|unix.MS_NOATIME, data)
		if err != unix.EINVAL {
			break
		}
	}
	return err
}

// options are what to mount with, the best first: names in UTF-8, or, from a
// kernel without the tables for that, as they come.
func options(kind string) []string {
	switch kind {
	case "vfat", "iso9660":
		return []string{"utf8", ""}
	}
	return []string{""}
}

// remove unmounts a device that is gone. What has files open there gets
// errors from now on, and the folder is away: nothing is left that hangs.
func (s *storage) remove(name string) {
	delete(s.ejected, name)
	if i := s.index(name); i >= 0 {
		s.release(i)
		s.say("%s is gone", name)
	}
}

func (s *storage) release(i int) error {
	p := s.mounted[i]
	s.mounted = slices.Delete(s.mounted, i, i+1)
	err := s.sys.unmount(p.path, unix.MNT_DETACH)
	os.Remove(p.path)
	return err
}

// eject makes a medium safe to pull, by the name of its folder. It comes back
// when it was out.
func (s *storage) eject(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.mounted, func(p plugged) bool { return filepath.Base(p.path) == name })
	if i < 0 {
		return fmt.Errorf("initd: nothing that can be ejected is called %q", name)
	}
	device := s.mounted[i].device
	s.sys.sync()
	if err := s.release(i); err != nil {
		return fmt.Errorf("initd: eject %s: %w", name, err)
	}
	s.ejected[device] = true
	s.say("%s was ejected", device)
	return nil
}

// list is what is mounted.
func (s *storage) list() []plugged {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mounted)
}
