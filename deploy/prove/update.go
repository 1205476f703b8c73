package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	picture "image"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"linnet/deploy/boot"
	"linnet/deploy/image"
	"linnet/deploy/nand"
	"linnet/deploy/vm"
	"linnet/rootfs/update"
)

// The two versions of the trial; release numbers are in the recipes.
const (
	firstVersion = "first"
	nextVersion  = "next"
)

// What process 1 and the player say of it.
var (
	stickMounted = regexp.MustCompile(`initd: sd\w+ \(vfat\) is on /media/`)
	restarts     = regexp.MustCompile(`initd: restart`)
	confirmed    = regexp.MustCompile(`initd: system (a|b) is confirmed`)
	toBeTried    = regexp.MustCompile(`initd: the other system than (a|b) is to be tried`)
)

// anUpdate is the parts of an update's file, to be spoilt.
type anUpdate struct {
	header              update.Header
	heads, root, kernel []byte
}

// updateIn takes the update of a built image apart.
func updateIn(set image.Set, key ed25519.PrivateKey, to string) (u anUpdate, err error) {
	if to, err = set.Update(key, to); err != nil {
		return u, err
	}
	b, err := os.ReadFile(to)
	if err != nil {
		return u, err
	}
	f, err := update.Open(bytes.NewReader(b), int64(len(b)), key.Public().(ed25519.PublicKey))
	if err != nil {
		return u, err
	}
	u.header, b = f.Header, b[update.HeaderSize:]
	u.heads, b = b[:u.header.Heads.Size], b[u.header.Heads.Size:]
	u.root, u.kernel = b[:u.header.Root.Size], b[u.header.Root.Size:]
	return u, nil
}

// file signs the parts as they are.
func (u anUpdate) file(key ed25519.PrivateKey) ([]byte, error) {
	part := func(b []byte) update.Part { return update.Part{Size: int64(len(b)), Sum: sha256.Sum256(b)} }
	u.header.Heads, u.header.Root, u.header.Kernel = part(u.heads), part(u.root), part(u.kernel)
	head, err := u.header.Sign(key)
	return bytes.Join([][]byte{head, u.heads, u.root, u.kernel}, nil), err
}

// withWords has the kernel be started with more words on its command line.
func (u anUpdate) withWords(set image.Set, words string) (anUpdate, error) {
	zImage, err := os.ReadFile(set.Kernel)
	if err != nil {
		return u, err
	}
	u.heads = nil
	for slot := range 2 {
		k, err := boot.Kernel(zImage, image.CommandLine(set.Board, slot)+" "+words)
		if err != nil {
			return u, err
		}
		u.heads = append(u.heads, k[:nand.PageSize]...)
	}
	return u, nil
}

// stick makes a FAT file system in a file, with an update on it.
func (p *proof) stick(name string, content []byte) (string, error) {
	path := filepath.Join(p.dir, "stick-"+name+".img")
	file := filepath.Join(p.dir, name+".update")
	if err := os.WriteFile(file, content, 0o666); err != nil {
		return "", err
	}
	defer os.Remove(file)
	size := fmt.Sprint((len(content) + 4<<20) / 1024)
	os.Remove(path)
	if err := p.tool("", "mkfs.vfat", "-C", "--invariant", "-n", "STICK", path, size); err != nil {
		return "", err
	}
	return path, p.tool("", "mcopy", "-i", path, file, "::/"+name+".update")
}

// updating installs new versions from a stick: good ones and others.
func (p *proof) updating() error {
	key, err := developmentKey()
	if err != nil {
		return err
	}
	next, err := updateIn(p.images["flash-next"], key, filepath.Join(p.dir, "next.update"))
	if err != nil {
		return err
	}
	l := &updates{proof: p, next: next, key: key}
	for _, step := range []func() error{l.start, l.refused, l.fails, l.succeeds, l.older} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// developmentKey is this user's, with which linnet-image builds by default.
func developmentKey() (ed25519.PrivateKey, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil, err
	}
	return image.PrivateKey(filepath.Join(dir, "linnet", "development.key"))
}

// updates is one chip over the starts of the trial.
type updates struct {
	*proof
	next anUpdate
	key  ed25519.PrivateKey
	chip string
}

// start makes the chip, and has the board ask its first questions and be answered.
func (l *updates) start() error {
	chip, err := chipOf(l.images["flash-update"], "")
	if err != nil {
		return err
	}
	l.chip = filepath.Join(l.dir, "update.img")
	if err := os.WriteFile(l.chip, chip, 0o666); err != nil {
		return err
	}
	t, err := l.on("update-first", "a", firstVersion)
	if err != nil {
		return err
	}
	defer t.end()
	for _, at := range []picture.Point{english, {X: 160, Y: 206}, {X: 160, Y: 148}, {X: 160, Y: 206}} {
		if err := t.tapSlowly(at); err != nil {
			return err
		}
		if err := t.passes(time.Second); err != nil {
			return err
		}
	}
	_, err = t.shoot("home.png")
	return err
}

// on switches the board on and waits for its interface, of a system and version.
func (l *updates) on(name, system, version string) (*trial, error) {
	t, err := l.begin(name, setup{image: l.images["flash-update"], shift: slowest, chip: l.chip})
	if err != nil {
		return nil, err
	}
	for _, re := range []string{`initd: linnet ` + version + ` on `, `initd: system ` + system, firstFrame.String()} {
		if _, err := t.wait(regexp.MustCompile(re)); err != nil {
			return t, errors.Join(err, t.end())
		}
	}
	return t, nil
}

// passes waits for time of the board's to pass.
func (t *trial) passes(d time.Duration) error { return pause(t.ctx, d) }
