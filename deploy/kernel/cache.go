package kernel

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"linnet/deploy/cache"
)

// recipe is another one when the steps of a build change what comes out.
const recipe = "1"

// folder is where the cache holds this kernel, or will.
func (k Kernel) folder() (string, error) {
	dir, err := cache.Folder("kernel")
	if err != nil {
		return "", err
	}
	version, err := exec.Command(k.compiler+"gcc", "--version").Output()
	if err != nil {
		return "", fmt.Errorf("%sgcc: %w", k.compiler, err)
	}
	src, err := os.Open(k.source)
	if err != nil {
		return "", err
	}
	defer src.Close()
	key, err := k.key(src, version)
	if err != nil {
		return "", fmt.Errorf("%s: %w", k.source, err)
	}
	return filepath.Join(dir, k.Name+"-"+key), nil
}

// key is the hash of all that the kernel is made of.
func (k Kernel) key(source io.Reader, compiler []byte) (string, error) {
	all, inner := sha256.New(), sha256.New()
	if _, err := io.Copy(inner, source); err != nil {
		return "", err
	}
	part(all, []byte(recipe))
	part(all, inner.Sum(nil))
	part(all, compiler)
	for _, name := range slices.Concat(k.fragments, k.patches) {
		b, err := fs.ReadFile(k.data, name)
		if err != nil {
			return "", err
		}
		part(all, b)
	}
	part(all, []byte(k.dtb))
	return hex.EncodeToString(all.Sum(nil)[:8]), nil
}

// part writes a part and where it ends.
func part(h hash.Hash, b []byte) { fmt.Fprintf(h, "%d %s", len(b), b) }
