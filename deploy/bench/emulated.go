package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"linnet/deploy/kernel"
)

// emulatedBoard is the board that QEMU has, and emulatedTrial the trial of deploy/prove
// that looks at its interface.
const (
	emulatedBoard = "qemu-versatile"
	emulatedTrial = "screens"
)

// emulated is what the trial saw.
type emulated struct {
	rows []sighting
	why  string // there are none
}

// A sighting is a row of the trial's table.
type sighting struct {
	what, seen, aim string
	failed          bool
}

// emulatedHalf runs the trial, where this machine has what it needs: a kernel is not
// compiled for it.
func (b *bench) emulatedHalf(ctx context.Context) (emulated, error) {
	if err := canEmulate(); err != nil {
		return emulated{why: err.Error()}, nil
	}
	var e emulated
	err := b.steps.Run("the interface on an emulated board", func(func(string)) error {
		dir := filepath.Join(b.work, "prove")
		out, err := exec.CommandContext(ctx, "go", "run", "./deploy/prove", "-o", dir, emulatedTrial).CombinedOutput()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		table, bad := os.ReadFile(filepath.Join(dir, "table-"+emulatedTrial+".md"))
		if bad != nil { // it came to no table
			return fmt.Errorf("%w: %s", errors.Join(err, bad), lastLines(out))
		}
		e.rows, err = sightings(string(table))
		return err
	})
	return e, err
}

// canEmulate says what is missing.
func canEmulate() error {
	if _, err := exec.LookPath("qemu-system-arm"); err != nil {
		return errors.New("there is no qemu-system-arm")
	}
	k, err := kernel.Of(emulatedBoard)
	if err == nil {
		_, err = k.Find()
	}
	if errors.Is(err, kernel.ErrNotBuilt) {
		return fmt.Errorf("the kernel is not there, which `make image BOARD=%s` compiles", emulatedBoard)
	}
	return err
}

// lastLines is the end of what a program has printed.
func lastLines(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return strings.Join(lines[max(0, len(lines)-5):], "; ")
}

// failedMark is what the trial's table has behind what was asked for and is not so.
const failedMark = " **failed**"

// sightings reads the trial's table, in Markdown.
func sightings(table string) (all []sighting, err error) {
	for i, line := range strings.Split(strings.TrimSpace(table), "\n") {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		if len(cells) != 3 {
			return nil, fmt.Errorf("the table of the trial %s has the line %q", emulatedTrial, line)
		}
		if i < 2 {
			continue // its head
		}
		s := sighting{what: strings.TrimSpace(cells[0]), seen: strings.TrimSpace(cells[1]), aim: strings.TrimSpace(cells[2])}
		s.aim, s.failed = strings.CutSuffix(" "+s.aim, failedMark)
		s.aim = strings.TrimSpace(s.aim)
		all = append(all, s)
	}
	return all, nil
}

// print writes them, or why there are none.
func (e emulated) print(w io.Writer) {
	if e.why != "" {
		fmt.Fprintf(w, "not measured: %s\n", e.why)
		return
	}
	names := 0
	for _, s := range e.rows {
		names = max(names, utf8.RuneCountInString(s.what))
	}
	for _, s := range e.rows {
		fmt.Fprintf(w, "%s%s  %s", s.what, strings.Repeat(" ", names-utf8.RuneCountInString(s.what)), s.seen)
		if s.aim != "" {
			fmt.Fprintf(w, " (%s: %s)", map[bool]string{false: "the mark", true: "FAILED, the mark"}[s.failed], s.aim)
		}
		fmt.Fprintln(w)
	}
}

// failed counts the marks that were missed.
func (e emulated) failed() (n int) {
	for _, s := range e.rows {
		if s.failed {
			n++
		}
	}
	return n
}

// parts is how many rows there are in the report.
func (e emulated) parts() int {
	if e.why != "" {
		return 1
	}
	return len(e.rows)
}
