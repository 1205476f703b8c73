//go:build linux

package initd

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"linnet/board"

	"golang.org/x/sys/unix"
)

// bus is a machine's storage in a folder: what /sys and /dev would show.
type bus struct {
	t   *testing.T
	sys *record
	*storage
}

func newBus(t *testing.T) *bus {
	b := &bus{t: t, sys: &record{}}
	dir := t.TempDir()
	b.storage = newStorage(b.sys, t.Logf, board.System{Root: board.Volume{Device: "/dev/vda", Type: "squashfs"}})
	b.block, b.dev, b.media = dir+"/block", dir+"/dev", dir+"/media"
	for _, d := range []string{b.block, b.dev, b.media} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// plug makes a device with a file system of that label on it, or none.
func (b *bus) plug(name, label string) {
	b.t.Helper()
	image := make([]byte, 4096)
	if label != "" {
		image = fat()
		copy(image[43:54], label+"           ")
	}
	b.write(filepath.Join(b.block, name, "size"), "8\n")
	b.write(filepath.Join(b.dev, name), string(image))
}

func (b *bus) write(path, text string) {
	b.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bus) pull(name string) {
	os.RemoveAll(filepath.Join(b.block, name))
	os.Remove(filepath.Join(b.dev, name))
}

// done returns what was done since the last time, without the folder.
func (b *bus) done() []string {
	var all []string
	for _, l := range b.sys.lines {
		all = append(all, strings.ReplaceAll(l, filepath.Dir(b.dev), ""))
	}
	b.sys.lines = nil
	return all
}

// folders are what is in /media.
func (b *bus) folders() (names []string) {
	entries, _ := os.ReadDir(b.media)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func (b *bus) want(what string, done []string, folders ...string) {
	b.t.Helper()
	if got := b.done(); !slices.Equal(got, done) {
		b.t.Errorf("%s: done %q, want %q", what, got, done)
	}
	if got := b.folders(); !slices.Equal(got, folders) {
		b.t.Errorf("%s: /media has %q, want %q", what, got, folders)
	}
}

func TestStorage(t *testing.T) {
	b := newBus(t)
	b.plug("sda", "")
	b.plug("sda1", "STICK")
	b.write(filepath.Join(b.block, "sda", "sda1", "partition"), "1\n")
	b.handle(uevent{action: "add", name: "sda"})
	b.want("a disk with partitions", nil)
	b.handle(uevent{action: "add", name: "sda1"})
	b.want("its partition", []string{"mount /media/STICK vfat /dev/sda1 ro utf8"}, "STICK")
	b.handle(uevent{action: "change", name: "sda1"})
	b.scan()
	b.want("more events", nil, "STICK")

	b.plug("sdb", "STICK")
	b.handle(uevent{action: "add", name: "sdb"})
	b.want("another of that name", []string{"mount /media/STICK 2 vfat /dev/sdb ro utf8"}, "STICK", "STICK 2")

	b.pull("sda1")
	b.handle(uevent{action: "remove", name: "sda1"})
	b.want("pulled", []string{"detach /media/STICK"}, "STICK 2")
	if l := b.list(); len(l) != 1 || l[0].device != "sdb" {
		t.Errorf("list %+v", l)
	}
}

// TestStorageReader has cards come and go in a reader, which stays.
func TestStorageReader(t *testing.T) {
	b := newBus(t)
	b.plug("sdc", "CARD")
	b.scan()
	b.want("a card", []string{"mount /media/CARD vfat /dev/sdc ro utf8"}, "CARD")
	b.write(filepath.Join(b.block, "sdc", "size"), "0\n")
	b.handle(uevent{action: "change", name: "sdc"})
	b.want("no card", []string{"detach /media/CARD"})
	b.plug("sdc", "OTHER")
	b.handle(uevent{action: "change", name: "sdc"})
	b.want("another", []string{"mount /media/OTHER vfat /dev/sdc ro utf8"}, "OTHER")
}

// TestStorageLost has events get lost: a scan finds out.
func TestStorageLost(t *testing.T) {
	b := newBus(t)
	b.plug("mmcblk0p1", "CARD")
	b.scan()
	b.done()
	b.pull("mmcblk0p1")
	b.plug("sda", "STICK")
	b.scan()
	b.want("scan", []string{"detach /media/CARD", "mount /media/STICK vfat /dev/sda ro utf8"}, "STICK")
}

func TestStorageNotMounted(t *testing.T) {
	b := newBus(t)
	for _, name := range []string{"vda", "loop0", "ram0", "mtdblock2", "zram0"} {
		b.plug(name, "SYSTEM")
	}
	b.plug("sda", "") // nothing on it
	b.scan()
	b.want("what is not somebody's medium", nil)

	b.plug("sdb", "BROKEN")
	b.sys.fail = map[string]error{"mount": unix.EIO}
	b.handle(uevent{action: "add", name: "sdb"})
	b.want("one that fails", []string{"mount /media/BROKEN vfat /dev/sdb ro utf8"})

	b.sys.fail = map[string]error{"mount " + b.media + "/BROKEN vfat " + b.dev + "/sdb ro utf8": unix.EINVAL}
	b.handle(uevent{action: "change", name: "sdb"})
	b.want("a kernel without tables", []string{"mount /media/BROKEN vfat /dev/sdb ro utf8", "mount /media/BROKEN vfat /dev/sdb ro "}, "BROKEN")
}

func TestEject(t *testing.T) {
	b := newBus(t)
	b.plug("sda", "STICK")
	b.scan()
	b.done()
	if err := b.eject("OTHER"); err == nil || !strings.Contains(err.Error(), "OTHER") {
		t.Errorf("what is not there: %v", err)
	}
	if err := b.eject("STICK"); err != nil {
		t.Error(err)
	}
	b.want("eject", []string{"sync", "detach /media/STICK"})
	b.handle(uevent{action: "change", name: "sda"})
	b.scan()
	b.want("it stays out", nil)
	b.handle(uevent{action: "remove", name: "sda"})
	b.handle(uevent{action: "add", name: "sda"})
	b.want("until it was pulled", []string{"mount /media/STICK vfat /dev/sda ro utf8"}, "STICK")
}
