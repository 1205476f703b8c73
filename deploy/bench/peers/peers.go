package peers

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"linnet/deploy/bench/debian"
	"linnet/deploy/steps"
)

// The packages of programs, and those that they depend on and never need here:
// drivers of graphics chips and the compiler behind them, fonts, file types.
var (
	programs = []string{"ffmpeg", "flac", "madplay", "mplayer"}
	unwanted = []string{"fontconfig-config", "fonts-dejavu-core", "libgl1-mesa-dri", "libllvm15", "shared-mime-info", "xkb-data"}
)

const (
	architecture = "armel"
	compiler     = "arm-linux-gnueabi-gcc"
	flags        = "-O3 -fomit-frame-pointer -marm -march=armv4t"
)

// A recipe is a program that is built from source packages.
type recipe struct {
	name    string // of its script and of the program
	sources []string
}

func recipes() []recipe {
	return []recipe{
		{"opus", []string{"opus"}},
		{"mpg123", []string{"mpg123"}},
		{"tremor", []string{"libogg", "libvorbisidec"}},
		{"faad", []string{"faad2"}},
	}
}

//go:embed build
var scripts embed.FS

// Set is where the programs are.
type Set struct {
	Root     string   // of Debian's builds: a file system's root, with their libraries
	Built    string   // a folder of static programs: faad, mpg123, opus_demo, tremor
	Versions []string // "mplayer 1.5"
}

// Get returns the programs from the folder, which is a cache, and fetches and
// builds first what is not there.
func Get(ctx context.Context, folder string, say *steps.Steps) (Set, error) {
	root, err := kept(folder, "debian", programsKey(), func(work string) error {
		return fetchPrograms(ctx, work, say)
	})
	if err != nil {
		return Set{}, err
	}
	key, err := recipesKey(ctx)
	if err != nil {
		return Set{}, err
	}
	built, err := kept(folder, "built", key, func(work string) error {
		return buildAll(ctx, work, folder, say)
	})
	if err != nil {
		return Set{}, err
	}
	s := Set{Root: filepath.Join(root, "root"), Built: built}
	for _, f := range []string{root, built} {
		b, err := os.ReadFile(filepath.Join(f, "versions"))
		if err != nil {
			return Set{}, err
		}
		s.Versions = append(s.Versions, strings.Split(strings.TrimSpace(string(b)), "\n")...)
	}
	return s, nil
}

// kept is the folder NAME-KEY, which is made as a whole or not at all.
func kept(folder, name, key string, fill func(work string) error) (string, error) {
	dir := filepath.Join(folder, name+"-"+key)
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	work, err := os.MkdirTemp(folder, name+"-new-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	if err := os.Chmod(work, 0o755); err != nil {
		return "", err
	}
	if err := fill(work); err != nil {
		return "", err
	}
	if err := os.Rename(work, dir); err != nil {
		if _, already := os.Stat(dir); already != nil {
			return "", err
		}
	}
	return dir, nil
}

func hashOf(parts ...[]byte) string {
	all := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(all, "%d %s", len(p), p)
	}
	return hex.EncodeToString(all.Sum(nil)[:6])
}

func programsKey() string {
	return hashOf([]byte(fmt.Sprint(architecture, programs, unwanted)))
}

func recipesKey(ctx context.Context) (string, error) {
	version, err := exec.CommandContext(ctx, compiler, "--version").Output()
	if err != nil {
		return "", fmt.Errorf("peers: %s: %w", compiler, err)
	}
	parts := [][]byte{version, []byte(flags), []byte(fmt.Sprint(recipes()))}
	for _, r := range recipes() {
		b, err := scripts.ReadFile("build/" + r.name + ".sh")
		if err != nil {
			return "", err
		}
		parts = append(parts, b)
	}
	return hashOf(parts...), nil
}

func fetchPrograms(ctx context.Context, work string, say *steps.Steps) error {
	var got debian.Fetched
	err := say.Run("fetch "+strings.Join(programs, ", ")+" for "+architecture, func(far func(string)) error {
		lists := filepath.Join(work, "apt")
		defer os.RemoveAll(lists)
		apt, err := debian.Open(ctx, lists, architecture, far)
		if err != nil {
			return err
		}
		got, err = apt.Programs(ctx, filepath.Join(work, "root"), programs, unwanted)
		return err
	})
	if err != nil {
		return err
	}
	say.Say("  %.0f MB", float64(got.Bytes)/1e6)
	return writeVersions(work, got.Versions)
}

func writeVersions(folder string, versions []string) error {
	slices.Sort(versions)
	return os.WriteFile(filepath.Join(folder, "versions"), []byte(strings.Join(versions, "\n")+"\n"), 0o644)
}

// buildAll builds every recipe into a folder. Logs stay in the cache.
func buildAll(ctx context.Context, work, logs string, say *steps.Steps) error {
	src := filepath.Join(work, "src")
	defer os.RemoveAll(src)
	if err := os.Mkdir(src, 0o755); err != nil {
		return err
	}
	var versions []string
	err := say.Run("fetch the sources of the others", func(far func(string)) error {
		lists := filepath.Join(src, "apt")
		apt, err := debian.Open(ctx, lists, architecture, far)
		if err != nil {
			return err
		}
		for _, r := range recipes() {
			for _, name := range r.sources {
				got, err := apt.Source(ctx, name, filepath.Join(src, r.name, name))
				if err != nil {
					return err
				}
				versions = append(versions, got.Versions...)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, r := range recipes() {
		err := say.Run("compile "+r.name, func(func(string)) error {
			return r.build(ctx, filepath.Join(src, r.name), work, filepath.Join(logs, r.name+".log"))
		})
		if err != nil {
			return err
		}
	}
	return writeVersions(work, versions)
}

// build runs a recipe's script among its sources.
func (r recipe) build(ctx context.Context, src, out, log string) error {
	script, err := scripts.ReadFile("build/" + r.name + ".sh")
	if err != nil {
		return err
	}
	f, err := os.Create(log)
	if err != nil {
		return err
	}
	defer f.Close()
	cmd := exec.CommandContext(ctx, "nice", "sh", "-eu", "-s")
	cmd.Dir = src
	cmd.Stdin = bytes.NewReader(script)
	cmd.Stdout, cmd.Stderr = f, f
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "MAKEFLAGS=", "CC="+compiler, "CFLAGS="+flags, "OUT="+out, fmt.Sprint("JOBS=", runtime.NumCPU()))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Run(); err != nil {
		_, _ = io.WriteString(f, err.Error()+"\n")
		return fmt.Errorf("peers: %s could not be built: %w; the log is %s", r.name, err, log)
	}
	return nil
}
