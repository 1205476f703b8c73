// Command testlog makes the output of go test -json readable: a line a
// package, all that a failed test said, and, which plain go test hides, the
// reason of every test that was skipped and every line that starts with
// "note:".
//
//	go test -json ./... | go run ./deploy/testlog
//
// It exits with status 1 when anything failed, and when nothing ran.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
)

func main() {
	ok, err := report(os.Stdin, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testlog:", err)
	}
	if !ok || err != nil {
		os.Exit(1)
	}
}

// report reads the events of one run and says whether all is well.
func report(in io.Reader, out io.Writer) (ok bool, err error) {
	w := bufio.NewWriter(out)
	r := &run{out: w, tests: map[name]*test{}, builds: map[string][]string{}}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			r.line(line)
		}
		if err != nil {
			r.summary()
			if err == io.EOF {
				err = nil
			}
			if e := w.Flush(); err == nil {
				err = e
			}
			return r.ok(), err
		}
	}
}
