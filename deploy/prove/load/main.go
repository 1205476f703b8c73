//go:build linux

package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	if err := run(os.Getpid(), os.Args[1:]); err != nil {
		say("failed: %v", err)
		os.Exit(1)
	}
}

func run(pid int, args []string) error {
	role := "init"
	if pid != 1 {
		role = strings.Join(args[:min(len(args), 1)], "")
	}
	switch role {
	case "init":
		return boot()
	case "trial":
		return trial()
	case "fill":
		return fill()
	case "burdens":
		return burdens(args[1:])
	case "burn":
		burn()
	case "busy":
		return busy(args[1:])
	case "read":
		return read(thousandDir)
	case "stall":
		return stall()
	case "plain":
		return play(args[1:])
	}
	return fmt.Errorf("%q: there is no such part", role)
}

// say writes a line into the kernel's log, where it gets a time.
func say(format string, args ...any) {
	f, err := os.OpenFile("/dev/kmsg", os.O_WRONLY, 0)
	if err != nil {
		return
	}
	defer f.Close()
	fmt.Fprintf(f, "load: "+format+"\n", args...)
}

// params are what the command line tells.
type params struct {
	fill   bool
	player string
	music  string
	burden []string
	busy   string
	other  string
}

func parse(cmdline string) params {
	p := params{player: "linnet"}
	for _, word := range strings.Fields(cmdline) {
		key, value, _ := strings.Cut(word, "=")
		switch key {
		case "load.fill":
			p.fill = true
		case "load.player":
			p.player = value
		case "load.music":
			p.music = value
		case "load.busy":
			p.busy = value
		case "load.other":
			p.other = value
		case "load.burden":
			if value != "none" {
				p.burden = strings.Split(value, ",")
			}
		}
	}
	return p
}
