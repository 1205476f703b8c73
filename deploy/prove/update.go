package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"linnet/board"
	"linnet/deploy/boot"
	"linnet/deploy/image"
	"linnet/deploy/nand"
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
	installing   = regexp.MustCompile(`linnet: update: installing `)
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

// stickSize is that of sticks and cards in kB; cards have a power of 2.
const stickSize = 32 << 10

// stick makes a FAT file system in a file, with an update on it.
func (p *proof) stick(name string, content []byte) (string, error) {
	path := filepath.Join(p.dir, "stick-"+name+".img")
	file := filepath.Join(p.dir, name+".update")
	if err := os.WriteFile(file, content, 0o666); err != nil {
		return "", err
	}
	defer os.Remove(file)
	os.Remove(path)
	if err := p.tool("", "mkfs.vfat", "-C", "--invariant", "-n", "STICK", path, fmt.Sprint(stickSize)); err != nil {
		return "", err
	}
	return path, p.tool("", "mcopy", "-i", path, file, "::/"+name+".update")
}

// A spoilt update is one that is not to be installed.
type spoilt struct {
	name    string // of the picture of its refusal, too
	what    string
	content []byte
}

// spoilt are an update that was changed, one cut short and one for another board.
func (u anUpdate) spoilt(key ed25519.PrivateKey) ([]spoilt, error) {
	good, err := u.file(key)
	if err != nil {
		return nil, err
	}
	_, stranger, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	forged, err := u.file(stranger)
	if err != nil {
		return nil, err
	}
	u.header.Board = board.QEMUVersatile().Name
	other, err := u.file(key)
	return []spoilt{
		{"unsigned", "an update that somebody else has signed", forged},
		{"truncated", "one of which the last byte is missing", good[:len(good)-1]},
		{"other-board", "one for another board", other},
	}, err
}

// failing are updates that are as they should be and do not run: one whose player
// falls over, and one whose kernel finds no root.
func (u anUpdate) failing(set image.Set, key ed25519.PrivateKey) ([]spoilt, error) {
	falls, err := u.withWords(set, `linnet.args="--no-such-flag"`)
	if err != nil {
		return nil, err
	}
	fallen, err := falls.file(key)
	if err != nil {
		return nil, err
	}
	u.root = bytes.Repeat([]byte("no squashfs "), 1<<12)
	rootless, err := u.file(key)
	return []spoilt{
		{"falls", "a version whose player falls over at its start", fallen},
		{"rootless", "a version whose kernel finds no root", rootless},
	}, err
}
