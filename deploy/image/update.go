package image

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"linnet/deploy/boot"
	"linnet/deploy/nand"
	"linnet/rootfs"
	"linnet/rootfs/update"
)

// releaseFile is, beside the images, what the system says that it is.
const releaseFile = "os-release"

// Update packs what was built into an update, signed with a key, and returns
// where it is: in the file to or, where that is empty, beside the images under a
// name of its own.
func (s Set) Update(key ed25519.PrivateKey, to string) (string, error) {
	text, err := os.ReadFile(s.part(releaseFile))
	if err != nil {
		return "", fmt.Errorf("image: %w", err)
	}
	release, name, err := rootfs.ParseRelease(text)
	if err != nil {
		return "", err
	}
	if name != s.Board.Name {
		return "", fmt.Errorf("image: what was built is for %s", name)
	}
	u, err := s.updateParts()
	if err != nil {
		return "", err
	}
	h := update.Header{
		Board: name, Version: release.Version, Release: release.Number,
		Heads: partOf(u.heads), Root: partOf(u.root), Kernel: partOf(u.kernel),
	}
	head, err := h.Sign(key)
	if err != nil {
		return "", err
	}
	if to == "" {
		to = s.part("linnet-" + name + "-" + strings.ReplaceAll(release.Version, "/", "-") + ".update")
	}
	return to, create(to, func(w io.Writer) error {
		for _, b := range [][]byte{head, u.heads, u.root, u.kernel} {
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
		return nil
	})
}

// updateParts are the parts of an update as they lie in its file.
type updateParts struct{ heads, root, kernel []byte }

func (s Set) updateParts() (u updateParts, err error) {
	zImage, err := os.ReadFile(s.Kernel)
	if err != nil {
		return u, fmt.Errorf("image: %w", err)
	}
	if u.root, err = os.ReadFile(s.Root); err != nil {
		return u, fmt.Errorf("image: %w", err)
	}
	for slot := range 2 {
		kernel, err := boot.Kernel(zImage, CommandLine(s.Board, slot))
		if err != nil {
			return u, err
		}
		u.heads, u.kernel = append(u.heads, kernel[:nand.PageSize]...), kernel[nand.PageSize:]
	}
	return u, nil
}

func partOf(b []byte) update.Part { return update.Part{Size: int64(len(b)), Sum: sha256.Sum256(b)} }

// PublicOf is where the public key to a private one lies.
func PublicOf(path string) string { return strings.TrimSuffix(path, ".key") + ".pub" }

// DevelopmentKey is where this user's own key lies, or will, with which what is
// tried out is built and signed.
func DevelopmentKey() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("image: a place for a key: %w", err)
	}
	return filepath.Join(dir, "linnet", "development.key"), nil
}

// NewKey makes a key to sign updates with: the private one in a file that must
// not be there yet and that its owner alone can read, and the public one beside it.
func NewKey(path string) error {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return fmt.Errorf("image: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return fmt.Errorf("image: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("image: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("image: %w", err)
	}
	err = pem.Encode(f, &pem.Block{Type: "PRIVATE KEY", Bytes: der})
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("image: %w", err)
	}
	return os.WriteFile(PublicOf(path), update.FormatKey(public), 0o644)
}

// PrivateKey reads a private key: PEM, PKCS 8, Ed25519, as NewKey and OpenSSL write it.
func PrivateKey(path string) (ed25519.PrivateKey, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	block, _ := pem.Decode(b)
	if block == nil {
		return nil, fmt.Errorf("image: %s is no key in PEM", path)
	}
	k, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("image: %s: %w", path, err)
	}
	private, ok := k.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("image: %s is a key of another kind than Ed25519", path)
	}
	return private, nil
}

// PublicKey reads a public key, of a private one's file, too.
func PublicKey(path string) (ed25519.PublicKey, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	if bytes.HasPrefix(b, []byte("-----BEGIN")) {
		k, err := PrivateKey(path)
		if err != nil {
			return nil, err
		}
		return k.Public().(ed25519.PublicKey), nil
	}
	return update.ParseKey(b)
}
