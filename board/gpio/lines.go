package gpio

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"periph.io/x/conn/v3/driver/driverreg"
	"periph.io/x/conn/v3/gpio"
	"periph.io/x/conn/v3/gpio/gpioreg"
	"periph.io/x/host/v3/gpioioctl"

	"linnet/board"
)

// Lines are a board's. The methods may be called on a nil Lines, which has
// none, and by one goroutine at a time.
type Lines struct{ lines map[string]*line }

type line struct {
	board.Line
	pin   gpio.PinOut
	on    bool
	known bool // on is what the line has
}

// Open finds lines and switches them off. Of a board without lines the result
// is nil. An error is about those that are not there or are taken; the others
// are in Lines.
func Open(lines []board.Line) (*Lines, error) {
	if len(lines) == 0 {
		return nil, nil
	}
	if _, err := driverreg.Init(); err != nil {
		return nil, fmt.Errorf("gpio: %w", err)
	}
	return open(lines, find)
}

func open(lines []board.Line, find func(name string) (gpio.PinOut, error)) (*Lines, error) {
	l := &Lines{lines: make(map[string]*line, len(lines))}
	var problems []error
	for _, b := range lines {
		pin, err := find(b.Name)
		if err == nil {
			l.lines[b.Meaning] = &line{Line: b, pin: pin}
			err = l.Set(b.Meaning, false)
		} else {
			err = fmt.Errorf("gpio: %s: %w", b.Meaning, err)
		}
		if err != nil {
			delete(l.lines, b.Meaning)
			problems = append(problems, err)
		}
	}
	return l, errors.Join(problems...)
}

// find takes "CHIP/OFFSET", with the label of a chip, or a name that the
// kernel has for a line.
func find(name string) (gpio.PinOut, error) {
	label, number, isOffset := strings.Cut(name, "/")
	if !isOffset {
		if pin := gpioreg.ByName(name); pin != nil {
			return pin, nil
		}
		return nil, fmt.Errorf("no chip has a line %s", name)
	}
	offset, err := strconv.Atoi(number)
	if err != nil {
		return nil, fmt.Errorf("%s is no line of a chip", name)
	}
	for _, chip := range gpioioctl.Chips {
		if chip.Label() == label && offset >= 0 && offset < chip.LineCount() {
			return chip.ByNumber(offset), nil
		}
	}
	return nil, fmt.Errorf("there is no chip with a line %s", name)
}

// Set switches what a line means on or off. A board that has no such line has
// nothing to switch. A line that is so already is left alone.
func (l *Lines) Set(meaning string, on bool) error {
	if l == nil || l.lines[meaning] == nil {
		return nil
	}
	x := l.lines[meaning]
	if x.known && x.on == on {
		return nil
	}
	if err := x.pin.Out(gpio.Level(on != x.ActiveLow)); err != nil {
		return fmt.Errorf("gpio: set %s (%s): %w", meaning, x.Name, err)
	}
	x.on, x.known = on, true
	return nil
}

// Close lets go of the lines; they keep their levels where the kernel leaves
// them be.
func (l *Lines) Close() error {
	if l == nil {
		return nil
	}
	var problems []error
	for _, x := range l.lines {
		problems = append(problems, x.pin.Halt())
	}
	clear(l.lines)
	return errors.Join(problems...)
}
