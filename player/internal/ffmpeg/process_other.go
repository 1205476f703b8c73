//go:build !linux

package ffmpeg

import "os/exec"

func separate(*exec.Cmd) {}

func kill(cmd *exec.Cmd) { cmd.Process.Kill() }
