package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A row is one thing that was seen.
type row struct {
	what, seen string
	aim        string // what it is to be; empty where it is only told
	ok         bool
}

// A table is all that was seen.
type table []row

func (t table) failed() (n int) {
	for _, r := range t {
		if !r.ok {
			n++
		}
	}
	return n
}

// print writes the table for a terminal.
func (t table) print(w io.Writer) {
	what, seen := 0, 0
	for _, r := range t {
		what, seen = max(what, utf8.RuneCountInString(r.what)), max(seen, utf8.RuneCountInString(r.seen))
	}
	for _, r := range t {
		fmt.Fprintf(w, "%s  %s  %s\n", pad(r.what, what), pad(r.seen, seen), r.verdict())
	}
}

func (r row) verdict() string {
	switch {
	case !r.ok:
		return "FAILED, " + r.aim
	case r.aim != "":
		return "ok, " + r.aim
	}
	return ""
}

func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}

// markdown writes the table for a document.
func (t table) markdown(w io.Writer) {
	fmt.Fprintln(w, "| what | seen | asked for |")
	fmt.Fprintln(w, "| --- | --- | --- |")
	for _, r := range t {
		aim := r.aim
		if !r.ok {
			aim += " **failed**"
		}
		fmt.Fprintf(w, "| %s | %s | %s |\n", cell(r.what), cell(r.seen), cell(aim))
	}
}

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
