package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"linnet/board"
	"linnet/rootfs"
	"linnet/rootfs/mtd"
	"linnet/rootfs/mtd/mtdtest"
	"linnet/rootfs/update"
	"linnet/ui/app"

	"golang.org/x/sys/unix"
)

var updateKey = ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))

// updateOf is the file of an update, changed before it is signed.
func updateOf(t *testing.T, change func(h *update.Header)) []byte {
	t.Helper()
	heads, root, kernel := slices.Concat(bytes.Repeat([]byte("head a, "), 64), bytes.Repeat([]byte("head b, "), 64)), bytes.Repeat([]byte("root"), 9000), bytes.Repeat([]byte("kernel"), 3000)
	part := func(b []byte) update.Part { return update.Part{Size: int64(len(b)), Sum: sha256.Sum256(b)} }
	h := update.Header{Board: "smdk2410", Version: "2.0", Release: 5, Heads: part(heads), Root: part(root), Kernel: part(kernel)}
	if change != nil {
		change(&h)
	}
	head, err := h.Sign(updateKey)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(head, heads, root, kernel)
}

// aBoard is a running system, a stick and the flash of the other system.
type aBoard struct {
	updates
	stick  string
	kernel *mtdtest.Flash
	volume *mtdtest.Volume
	asked  []string
	slot   string
}

func newABoard(t *testing.T, files map[string][]byte) *aBoard {
	t.Helper()
	root, stick := t.TempDir(), filepath.Join(t.TempDir(), "STICK")
	write := func(path string, b []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(root, rootfs.ReleaseFile), rootfs.Release{Version: "1.0", Number: 4}.Text(board.SMDK2410()))
	write(filepath.Join(root, rootfs.KeyFile), update.FormatKey(updateKey.Public().(ed25519.PublicKey)))
	os.Mkdir(stick, 0o777)
	for name, b := range files {
		write(filepath.Join(stick, name), b)
	}
	power := mtdtest.NewSupply(-1)
	b := &aBoard{stick: stick, slot: "a"}
	b.kernel = mtdtest.New(mtd.Geometry{Blocks: 8, BlockSize: 4 << 10, PageSize: 512}, power)
	b.volume = &mtdtest.Volume{Room: 64 << 10, Power: power}
	b.updates = updates{root: root, ask: b.answer, say: func(string, ...any) {}, target: func(slot string) (update.Target, func(), error) {
		b.asked = append(b.asked, "target "+slot)
		return update.Target{Kernel: b.kernel, Root: b.volume}, func() { b.asked = append(b.asked, "closed") }, nil
	}}
	return b
}

// answer is process 1.
func (b *aBoard) answer(line string) ([]string, error) {
	switch line {
	case "mounts":
		return []string{b.stick + "\tvfat\tsda1", b.stick + "-gone\tvfat\tsdb1"}, nil
	case "system":
		return []string{b.slot}, nil
	}
	b.asked = append(b.asked, line)
	return nil, nil
}

// TestFindUpdates finds those on a stick, each with what is wrong with it.
func TestFindUpdates(t *testing.T) {
	good := updateOf(t, nil)
	b := newABoard(t, map[string][]byte{
		"a.update": good, "B.UPDATE": updateOf(t, func(h *update.Header) { h.Release = 3 }), "c.update": updateOf(t, func(h *update.Header) { h.Board = "desktop" }),
		"d.update": good[:len(good)-1], "e.update": []byte("none"), "f.update": slices.Concat(good[:300], []byte{1}, good[301:]),
		".hidden.update": good, "song.mp3": good, "folder.update/x": nil,
	})
	// Neither a pipe nor a link is one, and nobody waits for what comes through.
	pipe, link := filepath.Join(b.stick, "pipe.update"), filepath.Join(b.stick, "link.update")
	if err := errors.Join(unix.Mkfifo(pipe, 0o666), os.Symlink("a.update", link)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, link} {
		if _, _, err := b.open(path); update.FaultOf(err) != update.MediumFailed {
			t.Errorf("%s: %v", path, err)
		}
	}
	all, err := b.Find()
	if err != nil {
		t.Fatal(err)
	}
	want := []app.UpdateFile{
		{Path: "B.UPDATE", Version: "2.0", Fault: app.UpdateOlder}, {Path: "a.update", Version: "2.0"},
		{Path: "c.update", Version: "2.0", Fault: app.UpdateOtherBoard}, {Path: "d.update", Fault: app.UpdateTruncated},
		{Path: "e.update", Fault: app.UpdateTruncated}, {Path: "f.update", Fault: app.UpdateUnsigned},
	}
	for i := range want {
		want[i].Path, want[i].Volume = filepath.Join(b.stick, want[i].Path), "STICK"
	}
	if !slices.Equal(all, want) {
		t.Errorf("found\n%+v, want\n%+v", all, want)
	}
	b.ask = func(string) ([]string, error) { return nil, errors.New("nobody there") }
	if _, err := b.Find(); err == nil {
		t.Error("nobody answers, and nothing is told")
	}
}

// TestInstallUpdate writes one into the system that does not run.
func TestInstallUpdate(t *testing.T) {
	for running, want := range map[string]string{"a": "b", "b": "a"} {
		b := newABoard(t, map[string][]byte{"a.update": updateOf(t, nil)})
		b.slot = running
		told := app.UpdateProgress{}
		if err := b.Install(t.Context(), app.UpdateFile{Path: filepath.Join(b.stick, "a.update")}, func(p app.UpdateProgress) { told = p }); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(b.asked, []string{"target " + want, "confirm", "try", "closed"}) {
			t.Errorf("asked %q", b.asked)
		}
		if told.Done != told.Total || !told.Checking || !bytes.HasPrefix(b.volume.Content, []byte("rootroot")) || !bytes.HasPrefix(b.kernel.Pages[1], []byte("kernelk")) {
			t.Errorf("told %+v; %.10q, %.10q", told, b.volume.Content, b.kernel.Pages[1])
		}
		if !bytes.HasPrefix(b.kernel.Pages[0], []byte("head "+want)) {
			t.Errorf("into %s: %.10q", want, b.kernel.Pages[0])
		}
		if err := b.Restart(); err != nil || b.asked[len(b.asked)-1] != "reboot" {
			t.Errorf("%q, %v", b.asked, err)
		}
	}
}

// TestInstallFails has the screens told what they have words for.
func TestInstallFails(t *testing.T) {
	good := updateOf(t, nil)
	b := newABoard(t, map[string][]byte{"a.update": good, "b.update": good[:1000]})
	install := func(ctx context.Context, name string) error {
		return b.Install(ctx, app.UpdateFile{Path: filepath.Join(b.stick, name)}, func(app.UpdateProgress) {})
	}
	fault := func(err error) app.UpdateFault {
		var e *app.UpdateError
		if !errors.As(err, &e) || e.Error() == "" || errors.Unwrap(err) == nil {
			t.Errorf("%v has no fault", err)
			return 0
		}
		return e.Fault
	}
	if f := fault(install(t.Context(), "b.update")); f != app.UpdateTruncated {
		t.Errorf("a short one: %v", f)
	}
	if f := fault(install(t.Context(), "gone.update")); f != app.UpdateMedium {
		t.Errorf("one that is gone: %v", f)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := install(ended, "a.update"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	b.target = func(string) (update.Target, func(), error) { return update.Target{}, nil, mtd.ErrNone }
	if f := fault(install(t.Context(), "a.update")); f != app.UpdateFlash {
		t.Errorf("without flash: %v", f)
	}
	os.Remove(filepath.Join(b.root, rootfs.KeyFile))
	if f := fault(install(t.Context(), "a.update")); f != app.UpdateFlash {
		t.Errorf("without a key: %v", f)
	}
	if _, _, err := flashTarget("a"); err == nil {
		t.Error("this machine has a flash with two systems")
	} else if !strings.Contains(err.Error(), "kernel_a") {
		t.Error(err)
	}
	for f := update.NotUpdate; f <= update.FlashFailed; f++ {
		if _, ok := updateFaults[f]; !ok {
			t.Errorf("the screens have no words for %v", f)
		}
	}
}
