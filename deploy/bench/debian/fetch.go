package debian

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Fetched is what came.
type Fetched struct {
	Versions []string // "mplayer 1.5", of what was asked for
	Bytes    int64    // of all files
}

// Programs is Unpack for programs that run here, under qemu-arm: their libraries are
// put where these find them, and what is for people to read is left out.
func (a *Apt) Programs(ctx context.Context, root string, packages, unwanted []string) (Fetched, error) {
	got, err := a.Unpack(ctx, root, packages, unwanted)
	if err != nil {
		return got, err
	}
	return got, flatten(root)
}

// Unpack fetches packages with all that they depend on, except what is named as
// unwanted and what only that needs, and unpacks them into a folder that becomes
// the root of their file system.
func (a *Apt) Unpack(ctx context.Context, root string, packages, unwanted []string) (Fetched, error) {
	var got Fetched
	if err := a.pretend(unwanted); err != nil {
		return got, err
	}
	if err := a.get(ctx, a.folder, slices.Concat([]string{"--download-only", "install"}, packages)...); err != nil {
		return got, err
	}
	files, err := filepath.Glob(filepath.Join(a.folder, "archives", "*.deb"))
	if err != nil {
		return got, err
	}
	for i, f := range files {
		a.far(fmt.Sprintf("unpacking %d of %d", i+1, len(files)))
		info, err := os.Stat(f)
		if err != nil {
			return got, err
		}
		got.Bytes += info.Size()
		if name, version := nameAndVersion(filepath.Base(f)); slices.Contains(packages, name) {
			got.Versions = append(got.Versions, name+" "+version)
		}
		if err := quietly(exec.CommandContext(ctx, "dpkg-deb", "-x", f, root)); err != nil {
			return got, err
		}
	}
	return got, nil
}

// quietly runs a command of which only a failure is of interest.
func quietly(cmd *exec.Cmd) error {
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("debian: %s: %w: %s", strings.Join(cmd.Args, " "), err, out)
	}
	return nil
}

// nameAndVersion reads a file name: "mplayer_2%3a1.5-1_armel.deb". The epoch is
// left out, as in the names of upstream's releases.
func nameAndVersion(file string) (name, version string) {
	name, rest, _ := strings.Cut(file, "_")
	version, _, _ = strings.Cut(rest, "_")
	if _, after, ok := strings.Cut(version, "%3a"); ok {
		version = after
	}
	return name, version
}

// flatten puts all libraries into usr/lib/TRIPLET. The dynamic linker, as it runs
// under qemu-arm, asks this machine whether a folder exists, and searches only
// those; so none may matter but the one in which it finds something first.
func flatten(root string) error {
	libs, err := filepath.Glob(filepath.Join(root, "usr/lib/*-linux-gnu*"))
	if err != nil || len(libs) != 1 {
		return fmt.Errorf("debian: %d folders of libraries were unpacked, not one", len(libs))
	}
	if err := merge(filepath.Join(root, "lib"), filepath.Join(root, "usr/lib")); err != nil {
		return err
	}
	for _, sub := range []string{"blas", "lapack", "pulseaudio"} {
		if err := merge(filepath.Join(libs[0], sub), libs[0]); err != nil {
			return err
		}
	}
	return os.RemoveAll(filepath.Join(root, "usr/share"))
}

// merge moves what is in one folder into another, and leaves a link in its place.
func merge(from, to string) error {
	if info, err := os.Lstat(from); errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil
	}
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		return os.Rename(path, filepath.Join(to, rel))
	})
	if err != nil {
		return err
	}
	if err := os.RemoveAll(from); err != nil {
		return err
	}
	target, err := filepath.Rel(filepath.Dir(from), to)
	if err != nil {
		return err
	}
	return os.Symlink(target, from)
}

// Source fetches the source of a package as its authors released it, without
// Debian's changes, and unpacks it into a folder.
func (a *Apt) Source(ctx context.Context, name, folder string) (Fetched, error) {
	work, err := os.MkdirTemp(a.folder, "source-")
	if err != nil {
		return Fetched{}, err
	}
	defer os.RemoveAll(work)
	if err := a.get(ctx, work, "--download-only", "--tar-only", "source", name); err != nil {
		return Fetched{}, err
	}
	tarballs, err := filepath.Glob(filepath.Join(work, "*.orig.tar.*"))
	if err != nil || len(tarballs) != 1 {
		return Fetched{}, fmt.Errorf("debian: the source of %s is %d files, not one", name, len(tarballs))
	}
	info, err := os.Stat(tarballs[0])
	if err != nil {
		return Fetched{}, err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return Fetched{}, err
	}
	_, version := nameAndVersion(strings.Replace(filepath.Base(tarballs[0]), ".orig.tar.", "_", 1))
	return Fetched{[]string{name + " " + version}, info.Size()},
		quietly(exec.CommandContext(ctx, "tar", "-xf", tarballs[0], "-C", folder, "--strip-components=1"))
}
