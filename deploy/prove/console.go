package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// What a debug image's console answers.
var (
	jsonObject   = regexp.MustCompile(`\{"board".*\}`)
	memTotal     = regexp.MustCompile(`MemTotal: +(\d+) kB`)
	memAvailable = regexp.MustCompile(`MemAvailable: +(\d+) kB`)
)

// status is what of the player's state is looked at.
type status struct {
	State      string `json:"state"`
	Path       string `json:"path"`
	PositionMS int64  `json:"position_ms"`
	Output     struct {
		Xruns     int `json:"xruns"`
		Underruns int `json:"underruns"`
	} `json:"output"`
	UptimeMS int64 `json:"uptime_ms"`
	Screens  *struct {
		Frames    int64 `json:"frames"`
		Answers   int64 `json:"answers"`
		LongestUS int64 `json:"answer_longest_us"`
	} `json:"screens"`
	Memory struct {
		RSS       int64 `json:"rss"`
		GCPauseUS int64 `json:"gc_longest_pause_us"`
	} `json:"memory"`
}

// status asks the player.
func (t *trial) status() (s status, err error) {
	err = t.object("player status", jsonObject, &s)
	return s, err
}

// command types a line on the console.
func (t *trial) command(line string) error {
	_, err := fmt.Fprintf(t, "%s\r", line)
	return err
}

// memory is what the board uses of its memory, and all of it, in kB.
func (t *trial) memory() (used, total int, err error) {
	if err := t.command("free"); err != nil {
		return 0, 0, err
	}
	var kB [2]int
	for i, re := range []*regexp.Regexp{memTotal, memAvailable} {
		line, err := t.wait(re)
		if err != nil {
			return 0, 0, err
		}
		if kB[i], err = strconv.Atoi(re.FindStringSubmatch(line.Text)[1]); err != nil {
			return 0, 0, err
		}
	}
	return kB[0] - kB[1], kB[0], nil
}

func megabytes(kB int) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(kB)/1024), ".0") + " MB"
}
