//go:build linux

package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"syscall"

	"linnet/deploy/bench/meter/lap"
)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "screens:", err)
		os.Exit(1)
	}
}

// scenes are what can be worked.
var scenes = map[string]func(*worker) error{
	"list": scroll, "throw": thrown, "rest": rest, "spectrum": dance, "meter": sway, "keys": keys, "memory": memory,
}

// boardsGC is how the program for the board has its garbage collected.
const boardsGC = 60

func run(out io.Writer, args []string) error {
	if len(args) != 1 || scenes[args[0]] == nil {
		return fmt.Errorf("say one of list, throw, rest, spectrum, meter, keys and memory")
	}
	debug.SetGCPercent(boardsGC)
	w := &worker{out: out}
	if err := scenes[args[0]](w); err != nil {
		return err
	}
	for _, l := range w.labels {
		fmt.Fprintln(out, "part", l)
	}
	return nil
}

// worker counts.
type worker struct {
	out    io.Writer
	labels []string // of the parts that were counted
}

// part counts what f does.
func (w *worker) part(label string, f func()) {
	w.begin()
	f()
	w.end(label)
}

func (w *worker) begin() { call(lap.Begin) }

func (w *worker) end(label string) {
	call(lap.End)
	w.labels = append(w.labels, label)
}

// call says a lap's name.
func call(name uintptr) { syscall.RawSyscall(syscall.SYS_GETSID, lap.Call, name, 0) }

// tell prints a number.
func (w *worker) tell(name string, n int64) { fmt.Fprintln(w.out, name, n) }

// allocated is how many objects were allocated so far.
func allocated() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Mallocs)
}

// taken is the memory that the program has from the system, in bytes.
func taken() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys - m.HeapReleased)
}
