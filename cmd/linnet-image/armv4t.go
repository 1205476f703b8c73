package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"linnet/deploy/armv4t"
)

type armv4tCmd struct {
	Check bool   `help:"Only look: name every instruction of IN that ARMv4T would refuse."`
	In    string `arg:"" help:"Program, as go build makes it with GOARCH=arm GOARM=5 CGO_ENABLED=0."`
	Out   string `arg:"" optional:"" help:"Where to write the lowered program; may be IN."`
}

// Run lowers a program, or checks one.
func (c *armv4tCmd) Run(s *streams) error {
	file, err := os.ReadFile(c.In)
	if err != nil {
		return fmt.Errorf("armv4t: %w", err)
	}
	switch {
	case c.Check && c.Out != "":
		return errors.New("armv4t --check writes nothing: leave OUT away")
	case c.Check:
		return c.check(s.out, file)
	case c.Out == "":
		return errors.New("armv4t: say where to write to, or --check")
	}
	out, sum, err := armv4t.Lower(file)
	if err != nil {
		return fmt.Errorf("%s: %w", c.In, err)
	}
	if err := writeProgram(c.Out, out); err != nil {
		return fmt.Errorf("armv4t: %w", err)
	}
	fmt.Fprintf(s.out, "%s: %s\n", c.Out, describe(sum))
	return nil
}

// describe says in a line what was done.
func describe(s *armv4t.Summary) string {
	if s.Total() == 0 {
		return "nothing to lower"
	}
	var kinds []string
	for _, name := range slices.Sorted(maps.Keys(s.Sites)) {
		kinds = append(kinds, fmt.Sprintf("%d %s", s.Sites[name], name))
	}
	where := "in the padding after the code"
	if s.Segment {
		where = "in a segment of their own"
	}
	if s.Bytes == 0 {
		where = "as nothing but single instructions changed"
	}
	return fmt.Sprintf("%s lowered; %d bytes of thunks, %s", strings.Join(kinds, ", "), s.Bytes, where)
}

// check tells what Verify finds.
func (c *armv4tCmd) check(out io.Writer, file []byte) error {
	r, err := armv4t.Verify(file)
	if err != nil {
		return fmt.Errorf("%s: %w", c.In, err)
	}
	for _, f := range r.Findings {
		fmt.Fprintln(out, f)
	}
	fmt.Fprintf(out, "%s: %d instructions, %d words of data between them, %d findings\n", c.In, r.Instructions, r.Literals, len(r.Findings))
	for _, g := range r.Guarded {
		fmt.Fprintf(out, "behind a check at run time: %d in %s: %s\n", g.Instructions, g.Func, g.Why)
	}
	if len(r.Findings) > 0 {
		return errSaid
	}
	return nil
}

// writeProgram puts a program in the place of what is there, whole or not at all.
func writeProgram(path string, b []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".armv4t-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(b)
	if err == nil {
		err = tmp.Chmod(0o755)
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}
