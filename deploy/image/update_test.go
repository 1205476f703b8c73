package image

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"linnet/board"
	"linnet/rootfs/mtd"
	"linnet/rootfs/mtd/mtdtest"
	"linnet/rootfs/update"
)

// TestUpdate makes an update of an image and installs it: what is in the flash
// then is what the image has there. Made again, it is the same.
func TestUpdate(t *testing.T) {
	t.Parallel()
	needs(t, "mksquashfs", "arm-linux-gnueabi-gcc")
	dir, o, s := flashed(t, album(t, map[string]int{"a.mp3": 100}))
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{5}, ed25519.SeedSize))
	path, err := s.Update(key, "")
	if err != nil {
		t.Fatal(err)
	}
	if path != filepath.Join(dir, "linnet-smdk2410-v1.update") {
		t.Errorf("it is called %s", path)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.Update(key, filepath.Join(dir, "other"))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := os.ReadFile(other); err != nil || !bytes.Equal(again, b) {
		t.Errorf("made again it is another one, %v", err)
	}
	u, err := update.Open(bytes.NewReader(b), int64(len(b)), key.Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	if u.Board != o.Board.Name || u.Version != "v1" || u.Release != 0 {
		t.Errorf("%+v", u.Header)
	}
	power := mtdtest.NewSupply(-1)
	for slot, name := range []string{"kernel_a.bin", "kernel_b.bin"} {
		flash := mtdtest.New(mtd.Geometry{Blocks: 224, BlockSize: geometry.Block, PageSize: geometry.Page}, power)
		root := &mtdtest.Volume{Room: 11 << 20, Power: power}
		nothing := func() error { return nil }
		if err := u.Install(t.Context(), update.Target{Slot: slot, Kernel: flash, Root: root, Keep: nothing, Try: nothing}, nil); err != nil {
			t.Fatal(err)
		}
		want, _ := os.ReadFile(filepath.Join(dir, name))
		got := make([]byte, len(want))
		if _, err := io.ReadFull(mtd.NewReader(flash), got); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is installed as something else, %v", name, err)
		}
		if want, _ := os.ReadFile(s.Root); !bytes.Equal(root.Content, want) {
			t.Errorf("the root of slot %d is another one", slot)
		}
	}
}

func TestUpdateOfNothing(t *testing.T) {
	dir := t.TempDir()
	s := Set{Board: board.SMDK2410(), NAND: filepath.Join(dir, "nand.img")}
	if _, err := s.Update(nil, ""); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing was built, and yet: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, releaseFile), []byte("VARIANT_ID=qemu-sx1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Update(nil, ""); err == nil || !strings.Contains(err.Error(), "qemu-sx1") {
		t.Errorf("of another board: %v", err)
	}
}

func TestKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "x.key")
	if err := NewKey(path); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if err := NewKey(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a key is overwritten: %v", err)
	}
	private, err := PrivateKey(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{path, PublicOf(path)} {
		if k, err := PublicKey(p); err != nil || !k.Equal(private.Public()) {
			t.Errorf("%s: %x, %v", p, k, err)
		}
	}
	if _, err := PrivateKey(PublicOf(path)); err == nil {
		t.Error("the public key is read as a private one")
	}
	if _, err := PublicKey(path + ".none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(other)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"ecdsa": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), "empty": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY"})} {
		p := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(p, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := PublicKey(p); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}

// TestOpenSSL signs a header with OpenSSL and a key of its own: what is signed, and
// how, is no secret of this program.
func TestOpenSSL(t *testing.T) {
	needs(t, "openssl")
	dir := t.TempDir()
	key := filepath.Join(dir, "k.key")
	if out, err := exec.Command("openssl", "genpkey", "-algorithm", "ed25519", "-out", key).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	private, err := PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	h := update.Header{Board: "b", Version: "v", Heads: partOf([]byte("h")), Root: partOf([]byte("r")), Kernel: partOf([]byte("k"))}
	ours, err := h.Sign(private)
	if err != nil {
		t.Fatal(err)
	}
	const signed = update.HeaderSize - ed25519.SignatureSize
	if err := os.WriteFile(filepath.Join(dir, "in"), ours[:signed], 0o666); err != nil {
		t.Fatal(err)
	}
	theirs, err := exec.Command("openssl", "pkeyutl", "-sign", "-inkey", key, "-rawin", "-in", filepath.Join(dir, "in")).Output()
	if err != nil || !bytes.Equal(theirs, ours[signed:]) {
		t.Errorf("OpenSSL's is another signature, %v", err)
	}
}
