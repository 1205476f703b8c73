package image

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// On an ARM older than v7 Go's run-time takes a lock for each atomic operation on 64
// bits: one that whoever waits for it asks for again and again. With a single core
// that is for nothing, until the kernel takes the core away from who waits: a
// thread that is preferred to others, or a whole slice of time later. Films had
// pictures that were 30 to 60 ms late by it, and the sound's thread lost its budget.
//
// The kernel has an operation on 64 bits that needs no lock, beside that on 32 bits
// which Go uses (Documentation/arm/kernel_user_helpers.rst, since Linux 3.1). So
// programs for boards are compiled with another text of these functions, by an
// overlay: it changes no file of Go's.

// atomics is the package that has them, and atomicsFile the file.
const (
	atomics     = "src/internal/runtime/atomic"
	atomicsFile = "atomic_arm.go"
	helperFile  = "kuser64_arm.s"
)

// helper calls the kernel's. As Go's own call of that for 32 bits does, it touches the
// value first, so that a fault is not the helper's.
const helper = `#include "textflag.h"

TEXT cas64<>(SB),NOSPLIT,$0
	MOVW	$0xffff0f60, R15 // the program counter

// func kuserCas64(addr *uint64, old, new uint64) bool
TEXT ·kuserCas64(SB),NOSPLIT,$0-21
	MOVW	addr+0(FP), R2
	MOVW	(R2), R0
	MOVW	$old_lo+4(FP), R0
	MOVW	$new_lo+12(FP), R1
	BL	cas64<>(SB)
	MOVW	$0, R0
	MOVW.CS	$1, R0
	MOVB	R0, ret+20(FP)
	RET
`

// bodies are those of the functions, each behind its head.
var bodies = map[string]string{
	"func goCas64(addr *uint64, old, new uint64) bool": "\treturn kuserCas64(addr, old, new)\n",
	"func goXadd64(addr *uint64, delta int64) uint64":  "\tfor {\n\t\tv := *addr\n\t\tif kuserCas64(addr, v, v+uint64(delta)) {\n\t\t\treturn v + uint64(delta)\n\t\t}\n\t}\n",
	"func goXchg64(addr *uint64, v uint64) uint64":     "\tfor {\n\t\told := *addr\n\t\tif kuserCas64(addr, old, v) {\n\t\t\treturn old\n\t\t}\n\t}\n",
	// A value that changed between its halves is not there.
	"func goLoad64(addr *uint64) uint64":     "\tfor {\n\t\tv := *addr\n\t\tif kuserCas64(addr, v, v) {\n\t\t\treturn v\n\t\t}\n\t}\n",
	"func goStore64(addr *uint64, v uint64)": "\tgoXchg64(addr, v)\n",
}

const aligned = "\tif uintptr(unsafe.Pointer(addr))&7 != 0 {\n\t\t*(*int)(nil) = 0 // crash on unaligned uint64\n\t}\n"

// withoutLocks is the file's text with other bodies.
func withoutLocks(text string) (string, error) {
	for head, body := range bodies {
		old := regexp.MustCompile(`(?s)` + regexp.QuoteMeta(head) + ` \{\n.*?\n}\n`)
		if len(old.FindAllString(text, 2)) != 1 {
			return "", fmt.Errorf("image: this Go's %s/%s has no %s", atomics, atomicsFile, head)
		}
		text = old.ReplaceAllLiteralString(text, head+" {\n"+aligned+body+"}\n")
	}
	return text + "\n//go:noescape\nfunc kuserCas64(addr *uint64, old, new uint64) bool\n", nil
}

// overlay writes the files into a folder, for the Go that lies in root, and returns
// that for -overlay.
func overlay(dir, root string) (string, error) {
	name := filepath.Join(root, atomics, atomicsFile)
	b, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("image: %w", err)
	}
	text, err := withoutLocks(string(b))
	if err != nil {
		return "", err
	}
	replace := map[string]string{}
	for of, text := range map[string]string{atomicsFile: text, helperFile: helper} {
		to := filepath.Join(dir, of+".txt")
		if err := os.WriteFile(to, []byte(text), 0o600); err != nil {
			return "", fmt.Errorf("image: %w", err)
		}
		replace[filepath.Join(root, atomics, of)] = to
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, list, 0o600); err != nil {
		return "", fmt.Errorf("image: %w", err)
	}
	return file, nil
}
