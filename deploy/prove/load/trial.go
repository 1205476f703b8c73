//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Where the image has its music, and the files that are read through.
const (
	musicDir    = "/media/music"
	thousandDir = musicDir + "/thousand"
	socket      = "/run/linnet.sock"
)

// trial is the process that is left behind.
func trial() error {
	cmdline, err := os.ReadFile("/proc/cmdline")
	if err != nil {
		return err
	}
	p := parse(string(cmdline))
	for !exists(musicDir) || !exists("/sys/block/vdb") {
		nap(50 * time.Millisecond)
	}
	e, err := newEar()
	if err != nil {
		return err
	}
	// Starting programs takes the ear off the card for longer than a stand: it
	// has somebody else do it.
	burdens, err := start("/proc/self/exe", append([]string{"load", "burdens"}, p.burdens()...), "")
	if err != nil {
		return err
	}
	if err := p.begin(); err != nil {
		return err
	}
	if err := realtime(60); err != nil {
		return err
	}
	if err := e.wait(false); err != nil {
		return err
	}
	say("the sound begins")
	if err := unix.Kill(burdens, begin); err != nil {
		return fmt.Errorf("begin the load: %w", err)
	}
	if err := e.wait(true); err != nil {
		return err
	}
	say("%s", e.report())
	unix.Kill(burdens, finish)
	for _, b := range p.burden {
		if text, err := os.ReadFile(noteOf(b)); err == nil {
			say("%s", text)
		}
	}
	say("idle %d ms of %d ms", (e.rests[1].idle - e.rests[0].idle).Milliseconds(), e.rests[1].at.Sub(e.rests[0].at).Milliseconds())
	tellStatus()
	say("end")
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// begin starts the player that is not the image's.
func (p *params) begin() error {
	switch p.player {
	case "linnet":
		return nil
	case "plain":
		for !exists(p.music) {
			nap(50 * time.Millisecond)
		}
		_, err := start("/proc/self/exe", []string{"load", "plain", p.music}, "")
		return err
	}
	root, err := p.enter()
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(p.music, "*"))
	if err != nil {
		return err
	}
	_, err = start(p.player, append([]string{p.player, "-q", "--no-dither", "--bit-depth=16"}, files...), root)
	return err
}

// enter mounts the other root and what its player needs of this one.
func (p *params) enter() (string, error) {
	const root = "/media/other"
	if err := os.MkdirAll(root, 0o755); err != nil {
		return "", err
	}
	if err := unix.Mount(p.other, root, "squashfs", unix.MS_RDONLY, ""); err != nil {
		return "", fmt.Errorf("mount %s: %w", p.other, err)
	}
	for _, dir := range []string{"/dev", "/proc", musicDir} {
		if err := unix.Mount(dir, root+dir, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
			return "", fmt.Errorf("mount %s: %w", dir, err)
		}
	}
	return root, nil
}

// burdens are what runs beside the player, each as it is told to another
// process.
func (p *params) burdens() []string {
	all := slices.Clone(p.burden)
	if p.busy != "" {
		all = append(all, "busy="+p.busy)
	}
	return all
}

// tellStatus says what the image's player tells of its output and its memory.
func tellStatus() {
	c, err := net.Dial("unix", socket)
	if err != nil {
		say("no status: %v", err)
		return
	}
	defer c.Close()
	var s map[string]json.RawMessage
	if err := json.NewDecoder(c).Decode(&s); err != nil {
		say("no status: %v", err)
		return
	}
	for _, part := range []string{"output", "memory"} {
		say("%s %s", part, strings.TrimSpace(string(s[part])))
	}
}
