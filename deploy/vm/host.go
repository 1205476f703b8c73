package vm

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Host is what a machine has to show a board with.
type Host struct {
	Display string // for Config; empty: there is none
	Audio   string // for Config; empty: there is none
	Missing []string
}

// ThisHost looks for a display and a sound card, and for QEMU's drivers for
// them.
func ThisHost() Host {
	return look(os.Getenv, func(path string) bool { _, err := os.Stat(path); return err == nil }, drivers)
}

// look finds what there is by the environment, by files and by what QEMU lists.
func look(env func(string) string, exists func(string) bool, drivers func(option string) []string) Host {
	var h Host
	has := func(option, name string) bool {
		for _, d := range drivers(option) {
			if d == name {
				return true
			}
		}
		return false
	}
	if env("DISPLAY") == "" && env("WAYLAND_DISPLAY") == "" {
		h.Missing = append(h.Missing, "there is no display")
	} else if has("-display", "gtk") {
		h.Display = "gtk,zoom-to-fit=off"
	} else if has("-display", "sdl") {
		h.Display = "sdl"
	} else {
		h.Missing = append(h.Missing, "QEMU has no window: install qemu-system-gui")
	}
	pulse := env("PULSE_SERVER") != "" || env("XDG_RUNTIME_DIR") != "" && exists(filepath.Join(env("XDG_RUNTIME_DIR"), "pulse/native"))
	switch {
	case pulse && has("-audiodev", "pa"):
		h.Audio = "pa"
	case exists("/dev/snd/timer") && has("-audiodev", "alsa"):
		h.Audio = "alsa"
	default:
		h.Missing = append(h.Missing, "there is no sound card")
	}
	return h
}

// drivers asks QEMU what it has for an option. Those in modules that are not
// installed are not in its list.
func drivers(option string) []string {
	out, _ := exec.Command("qemu-system-arm", option, "help").Output()
	return strings.Fields(string(out))
}
