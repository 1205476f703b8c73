package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
)

var (
	md5Line  = regexp.MustCompile(`linnet: ([0-9a-f]{32})`)
	runEnded = regexp.MustCompile(`initd: linnet ended with status (\d+) after ([\d.]+) s`)
)

// onSX1 is the file that is decoded there.
const onSX1 = "128k.mp3"

// decodingOnSX1 decodes a file on a CPU that is no more than an ARMv4T, with
// the same program, and compares with what this machine gives. Without the
// lowering that program must die there.
func (p *proof) decodingOnSX1() error {
	const file = onSX1
	want, err := p.linnet(p.ctx, "decode", "--format", "md5", filepath.Join(p.music, file))
	if err != nil {
		return err
	}
	t, err := p.begin("sx1", setup{image: p.images["sx1"], shift: slowest,
		append: `linnet.run="decode --format md5 /media/music/` + file + `"`})
	if err != nil {
		return err
	}
	defer t.end()
	sum, err := t.wait(md5Line)
	if err != nil {
		return err
	}
	ended, err := t.wait(runEnded)
	if err != nil {
		return err
	}
	got, took := md5Line.FindStringSubmatch(sum.Text)[1], runEnded.FindStringSubmatch(ended.Text)
	p.see("MD5 of "+file+" on an ARM925T (ARMv4T, 32 MB)", fmt.Sprintf("%s, status %s, after %s s", got, took[1], took[2]),
		"what this machine decodes", got == strings.TrimSpace(string(want)) && took[1] == "0")
	return p.notLowered()
}

// notLowered runs the program as the Go toolchain makes it.
func (p *proof) notLowered() error {
	stock := filepath.Join(p.dir, "sx1", "linnet-stock")
	build := exec.CommandContext(p.ctx, "go", "build", "-trimpath", "-buildvcs=false", "-o", stock, "./cmd/linnet")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm", "GOARM=5")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	defer os.Remove(stock)
	signal, err := ends(p.ctx, stock)
	if err != nil {
		return err
	}
	p.see("the same program, not lowered, on that CPU", signal.String(), "illegal instruction", signal == syscall.SIGILL)
	return nil
}

// ends runs a program on an ARM925T without a system and tells the signal that
// it dies of, 0 for none.
func ends(ctx context.Context, program string) (syscall.Signal, error) {
	cmd := exec.CommandContext(ctx, "qemu-arm", "-cpu", "ti925t", program, "--version")
	err := cmd.Run()
	if err == nil {
		return 0, nil
	}
	if state, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && state.Signaled() {
		return state.Signal(), nil
	}
	return 0, err
}
