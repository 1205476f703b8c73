package meter

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// A Lap is what a program had executed in all when it said a name, which package
// lap tells how to do.
type Lap struct {
	Name                 uint32
	Instructions, Cycles uint64
}

// Laps runs a program and returns its laps, in order.
func (m *Meter) Laps(ctx context.Context, p Program) ([]Lap, error) {
	folder, err := os.MkdirTemp("", "meter-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if _, err := m.run(ctx, p, folder, "laps"); err != nil {
		return nil, err
	}
	f, err := os.Open(filepath.Join(folder, "laps"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return parseLaps(f)
}

// parseLaps reads the lines that the plugin writes.
func parseLaps(r io.Reader) (all []Lap, err error) {
	s := bufio.NewScanner(r)
	for s.Scan() {
		var l Lap
		if n, err := fmt.Sscanf(s.Text(), "%d %d %d", &l.Name, &l.Instructions, &l.Cycles); n != 3 || err != nil {
			return nil, fmt.Errorf("meter: a lap that is none: %q", s.Text())
		}
		all = append(all, l)
	}
	return all, s.Err()
}
