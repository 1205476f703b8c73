package meter

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

//go:embed plugin
var source embed.FS

// A Meter runs programs and counts.
type Meter struct {
	plugin string
}

// Count is what a program executed.
type Count struct {
	Instructions, Cycles uint64
	Loads, Stores        uint64 // of words, halfwords and bytes
	Muls, Mulls          uint64 // multiplications with results of 32 and of 64 bits
}

// A Program is what is to be run.
type Program struct {
	Args  []string // the path of the program and what it is told
	Root  string   // the folder with its shared libraries; empty for a static one
	Stdin string   // a file; empty for none

	Stdout io.Writer // nil: what it prints is of no interest
}

// New compiles the plugin into a folder, unless it is there.
func New(ctx context.Context, folder string) (*Meter, error) {
	work, err := os.MkdirTemp("", "meter-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	key, err := unpack(work)
	if err != nil {
		return nil, err
	}
	m := &Meter{filepath.Join(folder, "meter-"+key+".so")}
	if _, err := os.Stat(m.plugin); err == nil {
		return m, nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	part := fmt.Sprintf("%s.%d", m.plugin, os.Getpid())
	defer os.Remove(part)
	cmd := exec.CommandContext(ctx, "gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror",
		"-fPIC", "-shared", "-fvisibility=hidden", "-pthread", "-o", part, "arm920t.c", "meter.c")
	cmd.Dir = work
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("meter: gcc: %w\n%s", err, out)
	}
	return m, os.Rename(part, m.plugin)
}

// unpack writes the plugin's source into a folder and returns its hash.
func unpack(folder string) (string, error) {
	entries, err := source.ReadDir("plugin")
	if err != nil {
		return "", err
	}
	all := sha256.New()
	for _, e := range entries {
		b, err := source.ReadFile("plugin/" + e.Name())
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(folder, e.Name()), b, 0o666); err != nil {
			return "", err
		}
		fmt.Fprintf(all, "%s %d %s", e.Name(), len(b), b)
	}
	return hex.EncodeToString(all.Sum(nil)[:6]), nil
}

// Run runs a program to its end and counts.
func (m *Meter) Run(ctx context.Context, p Program) (Count, error) {
	folder, err := os.MkdirTemp("", "meter-")
	if err != nil {
		return Count{}, err
	}
	defer os.RemoveAll(folder)
	return m.run(ctx, p, folder, "")
}

// run leaves the file out in a folder, and one more of the plugin's files if it
// is asked for: profile or laps.
func (m *Meter) run(ctx context.Context, p Program, folder, more string) (Count, error) {
	out := filepath.Join(folder, "out")
	cmd := m.command(ctx, p, out, more)
	var said bytes.Buffer
	cmd.Stderr, cmd.Stdout = &said, p.Stdout
	if p.Stdin != "" {
		f, err := os.Open(p.Stdin)
		if err != nil {
			return Count{}, err
		}
		defer f.Close()
		cmd.Stdin = f
	}
	if err := cmd.Run(); err != nil {
		return Count{}, fmt.Errorf("meter: %s: %w: %s", strings.Join(p.Args, " "), err, tail(said.String()))
	}
	text, err := os.ReadFile(out)
	if err != nil {
		return Count{}, fmt.Errorf("meter: qemu-arm wrote no counts; does it load plugins? %w", err)
	}
	return parseCount(string(text))
}

// command is qemu-arm with the plugin. The CPU is an ARMv5TE without floating
// point, since that is what Debian compiles for. Go programs get one thread at a
// time, as on the board.
func (m *Meter) command(ctx context.Context, p Program, out, more string) *exec.Cmd {
	spec := m.plugin + ",out=" + out
	if more != "" {
		spec += "," + more + "=" + filepath.Join(filepath.Dir(out), more)
	}
	args := []string{"-cpu", "pxa255", "-plugin", spec}
	if p.Root != "" {
		args = append(args, "-L", p.Root)
	}
	cmd := exec.CommandContext(ctx, "qemu-arm", append(args, p.Args...)...)
	cmd.Env = []string{"GOMAXPROCS=1", "HOME=" + filepath.Dir(out), "PATH=" + os.Getenv("PATH")} // MPlayer writes into HOME
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// tail is the last line of what a program said.
func tail(s string) string {
	s = strings.TrimSpace(s)
	return s[strings.LastIndexByte(s, '\n')+1:]
}

// parseCount reads the lines that the plugin writes: a name and a number each.
func parseCount(text string) (Count, error) {
	var c Count
	fields := map[string]*uint64{
		"instructions": &c.Instructions, "cycles": &c.Cycles, "loads": &c.Loads, "stores": &c.Stores, "muls": &c.Muls, "mulls": &c.Mulls,
	}
	for s := bufio.NewScanner(strings.NewReader(text)); s.Scan(); {
		name, number, _ := strings.Cut(s.Text(), " ")
		n, err := strconv.ParseUint(number, 10, 64)
		if fields[name] == nil || err != nil {
			return Count{}, fmt.Errorf("meter: a count that is none: %q", s.Text())
		}
		*fields[name] = n
		delete(fields, name)
	}
	if len(fields) > 0 {
		return Count{}, errors.New("meter: counts are missing")
	}
	return c, nil
}
