// A program that needs all of its table of functions but the lines: stacks that
// grow, garbage to collect on deep stacks, deferred calls, a panic that is
// recovered and one that is not.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

type tree struct{ left, right *tree }

func grow(n int) *tree {
	if n == 0 {
		return new(tree)
	}
	var pad [64]int
	pad[n%64] = n
	t := &tree{grow(n - 1), nil}
	if n%7 == 0 {
		runtime.GC()
	}
	if pad[n%64] != n {
		panic("the stack was not copied")
	}
	return t
}

func depth(t *tree) (n int) {
	for ; t != nil; t = t.left {
		n++
	}
	return n
}

func recovered() (what any) {
	defer func() { what = recover() }()
	var m map[string]int
	m[strings.Repeat("x", 2)] = 1
	return nil
}

//go:noinline
func deepest() { panic("on purpose") }

// inlined is in no trace of a stripped program: only main, which it is part of.
func inlined() { deepest() }

func main() {
	done := make(chan int)
	go func() { done <- depth(grow(100)) }()
	fmt.Println(<-done, recovered())
	_, file, line, _ := runtime.Caller(0)
	fmt.Println(file, line)
	inlined()
}
