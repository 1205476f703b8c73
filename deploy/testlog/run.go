package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// event is a line of go test -json; see go doc test2json.
type event struct {
	Action     string
	Package    string
	ImportPath string // instead of Package in the events of a build
	Test       string
	Output     string
	Elapsed    float64 // seconds
}

type name struct{ pkg, test string }

// test is what is known of a test, or, with no name, of a package.
type test struct {
	output          []string
	passed, skipped int // of a package: its tests
	cached, noTests bool
}

// run gathers one run of go test.
type run struct {
	out    *bufio.Writer
	tests  map[name]*test
	builds map[string][]string // what the compiler said, by import path

	packages, passed, skipped, failed int
	failedPackages                    []string
}

func (r *run) ok() bool {
	return len(r.failedPackages) == 0 && r.failed == 0 && r.packages > 0
}

// line takes one line. What is no event is passed on.
func (r *run) line(line []byte) {
	var e event
	if err := json.Unmarshal(line, &e); err != nil || e.Action == "" {
		r.out.Write(line)
		return
	}
	switch e.Action {
	case "build-output":
		r.builds[e.ImportPath] = append(r.builds[e.ImportPath], e.Output)
	case "build-fail":
		r.print("", r.builds[e.ImportPath])
		delete(r.builds, e.ImportPath)
	case "output":
		r.output(&e)
	case "pass", "fail", "skip":
		r.end(&e)
		r.out.Flush()
	}
}

func (r *run) test(n name) *test {
	t := r.tests[n]
	if t == nil {
		t = &test{}
		r.tests[n] = t
	}
	return t
}

// noise is what go test says of its own accord.
var noise = regexp.MustCompile(`^\s*(=== |--- |PASS\s*$|FAIL\s*$|ok  \t|FAIL\t|\?   \t)`)

func (r *run) output(e *event) {
	t := r.test(name{e.Package, e.Test})
	switch {
	case e.Test == "" && strings.HasPrefix(e.Output, "ok  \t"):
		t.cached = strings.Contains(e.Output, "(cached)")
	case e.Test == "" && strings.Contains(e.Output, "[no test files]"):
		t.noTests = true
	case noise.MatchString(e.Output):
	default:
		t.output = append(t.output, e.Output)
	}
}

func (r *run) end(e *event) {
	t := r.test(name{e.Package, e.Test})
	if e.Test == "" {
		r.endPackage(e, t)
		return
	}
	pkg := r.test(name{pkg: e.Package})
	switch e.Action {
	case "pass":
		r.passed++
		pkg.passed++
		r.notes(e, t)
	case "skip":
		r.skipped++
		pkg.skipped++
		fmt.Fprintf(r.out, "skip  %s %s: %s\n", e.Package, e.Test, joined(t.output))
	case "fail":
		r.failed++
		r.print(fmt.Sprintf("FAIL  %s %s\n", e.Package, e.Test), t.output)
	}
	delete(r.tests, name{e.Package, e.Test})
}

func (r *run) endPackage(e *event, t *test) {
	if t.noTests {
		return
	}
	r.packages++
	took := time.Duration(e.Elapsed * float64(time.Second)).Round(10 * time.Millisecond).String()
	if t.cached {
		took = "cached"
	}
	if e.Action == "fail" {
		r.unfinished(e.Package)
		r.failedPackages = append(r.failedPackages, e.Package)
		r.print(fmt.Sprintf("FAIL  %s (%s)\n", e.Package, took), t.output)
		return
	}
	r.notes(e, t)
	fmt.Fprintf(r.out, "ok    %s: %s (%s)\n", e.Package, counts(t.passed, t.skipped), took)
}

// unfinished prints what the tests said that a crash or a time limit ended.
func (r *run) unfinished(pkg string) {
	for n, t := range r.tests {
		if n.pkg == pkg && n.test != "" {
			r.print(fmt.Sprintf("FAIL  %s %s: did not end\n", n.pkg, n.test), t.output)
			delete(r.tests, n)
		}
	}
}

// notes prints the lines of a good test that it wants to be seen.
func (r *run) notes(e *event, t *test) {
	for _, line := range t.output {
		text := withoutPlace(line)
		if strings.HasPrefix(text, "note:") {
			fmt.Fprintf(r.out, "note  %s %s:%s\n", e.Package, e.Test, strings.TrimPrefix(text, "note:"))
		}
	}
}

func (r *run) print(head string, lines []string) {
	r.out.WriteString(head)
	for _, l := range lines {
		r.out.WriteString("      " + l)
	}
}

func (r *run) summary() {
	fmt.Fprintf(r.out, "%d packages, %s", r.packages, counts(r.passed, r.skipped))
	if n := len(r.failedPackages); n > 0 {
		fmt.Fprintf(r.out, ", %d failed in %s", r.failed, strings.Join(r.failedPackages, " "))
	}
	if r.packages == 0 {
		r.out.WriteString(": nothing ran")
	}
	r.out.WriteString("\n")
}

func counts(passed, skipped int) string {
	s := fmt.Sprintf("%d passed", passed)
	if skipped > 0 {
		s += fmt.Sprintf(", %d skipped", skipped)
	}
	return s
}

var place = regexp.MustCompile(`^\s*[\w.-]+\.go:\d+: `)

// withoutPlace strips the file and line that a log line starts with.
func withoutPlace(line string) string {
	return strings.TrimSpace(place.ReplaceAllString(line, ""))
}

// joined is all that a skipped test said, on one line.
func joined(lines []string) string {
	var words []string
	for _, l := range lines {
		words = append(words, withoutPlace(l))
	}
	if len(words) == 0 {
		return "it gives no reason"
	}
	return strings.Join(words, " ")
}
