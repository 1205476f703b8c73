//go:build linux

// Command collection works a library for package main of deploy/bench, which
// counts what that costs.
package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"syscall"

	"linnet/deploy/bench/meter/lap"
	"linnet/player/library"
)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "collection:", err)
		os.Exit(1)
	}
}

// boardsGC is how the program for the board has its garbage collected.
const boardsGC = 60

// queries are words that are looked for: such as find nothing, little and all.
var queries = []string{"zzyx", "ththth", "seventeen evenings", "number 77", "evening", "yldbwd", "月亮", "jazz album", "artist 99", "e"}

// page is how many tracks are shown first.
const page = 20

// run opens the library whose database is in a folder and works one scene.
func run(out io.Writer, args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("say a scene, query or memory, and a database")
	}
	debug.SetGCPercent(boardsGC)
	runtime.GC()
	before := live()
	lib, err := library.Open(library.Config{Root: "/", File: args[1]})
	if err != nil {
		return err
	}
	defer lib.Close()
	snap := lib.Snapshot()
	snap.Prepare()
	switch args[0] {
	case "memory":
		runtime.GC()
		runtime.GC()
		fmt.Fprintln(out, "bytes", live()-before)
		runtime.KeepAlive(snap)
	case "query":
		for _, q := range queries {
			call(lap.Begin)
			n := len(snap.Search(q, 0, page))
			call(lap.End)
			fmt.Fprintf(out, "part “%s”, %d found\n", q, n)
		}
	default:
		return fmt.Errorf("%s is no scene", args[0])
	}
	return nil
}

// call says a lap's name.
func call(name uintptr) { syscall.RawSyscall(syscall.SYS_GETSID, lap.Call, name, 0) }

// live is the memory that is in use, in bytes.
func live() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
