package kernel

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

const (
	source   = "/usr/src/linux-source-6.1.tar.xz" // of Debian's package
	compiler = "arm-linux-gnueabi-"
	recipe   = "1" // another one when the build's steps change what comes out
)

// cache is the folder with all kernels.
func cache() (string, error) {
	dir := os.Getenv("LINNET_CACHE")
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(user, "linnet")
	}
	return filepath.Join(dir, "kernel"), nil
}

// folder is where the cache holds this kernel, or will.
func (k Kernel) folder() (string, error) {
	dir, err := cache()
	if err != nil {
		return "", err
	}
	version, err := exec.Command(compiler+"gcc", "--version").Output()
	if err != nil {
		return "", fmt.Errorf("%sgcc: %w", compiler, err)
	}
	src, err := os.Open(source)
	if err != nil {
		return "", err
	}
	defer src.Close()
	key, err := k.key(src, version)
	if err != nil {
		return "", fmt.Errorf("%s: %w", source, err)
	}
	return filepath.Join(dir, k.Name+"-"+key), nil
}

// key is the hash of all that the kernel is made of.
func (k Kernel) key(source io.Reader, compiler []byte) (string, error) {
	all := sha256.New()
	inner := sha256.New()
	if _, err := io.Copy(inner, source); err != nil {
		return "", err
	}
	part(all, []byte(recipe))
	part(all, inner.Sum(nil))
	part(all, compiler)
	part(all, k.text())
	for _, p := range k.patches {
		part(all, embedded(p))
	}
	part(all, []byte(k.dtb))
	return hex.EncodeToString(all.Sum(nil)[:8]), nil
}

// part writes a part and where it ends.
func part(h hash.Hash, b []byte) { fmt.Fprintf(h, "%d %s", len(b), b) }
