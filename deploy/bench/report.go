package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A report is what a run found.
type report struct {
	board, desktop []result
	first          []first
	screens        []screened
	emulated       emulated
	library        []screened
	took           time.Duration
}

// print writes the tables for a terminal.
func (r report) print(w io.Writer) {
	for _, half := range r.halves() {
		fmt.Fprintf(w, "\n%s\n\n", half.title)
		half.print(w)
	}
	fmt.Fprintf(w, "\nAll of it took %s.\n", minutes(r.took))
}

func minutes(d time.Duration) string {
	s := int(d.Round(time.Second).Seconds())
	return fmt.Sprintf("%d:%02d min", s/60, s%60)
}

// A half is one table with what is to be said of it.
type half struct {
	title, text string
	rows        int
	print       func(io.Writer)
}

func (r report) halves() []half {
	all := []half{
		{
			"On the board's processor",
			fmt.Sprintf(`For a second of music or video: millions of instructions, counted under qemu-arm, and of cycles of an ARM920T by a model (no cache misses;
deploy/bench/meter has it). The board has 203 million cycles a second. Start-up falls out: a cost is the difference between %d s and %d s of the same. The bar is for the cycles, the mark in it is the best of the others. Linnet is the program as it is on the board, in Go and assembly for ARMv4T; MPlayer,
FFmpeg, madplay and flac are Debian's builds for ARMv5TE, the others are built here in fixed point for ARMv4T, with gcc -O3. Decoders that emulate
floating point are left out. Linnet's samples have 32 bits, those of the others 16 (FFmpeg's of AAC 32).`, short, long),
			len(r.board), func(w io.Writer) { boardLayout.print(w, r.board) },
		},
		{
			"To the first frame",
			fmt.Sprintf(`What it costs on the board to open a file and to decode its first frame: the difference to a program that starts and ends, in millions. The file lies in memory.
The bars reach to %d million instructions, which is the most that is allowed: 40 ms at 125 MIPS.`, firstMost),
			len(r.first), func(w io.Writer) { printFirst(w, r.first) },
		},
		{
			"The interface",
			fmt.Sprintf(`The screens of 320x240 pixels in Chinese, as they are on the board, turned by a quarter for its panel; the player is made up. Counted are a step of a list of 100,000
covers (8 pixels of a finger, 100 of a throw), a second of Now playing, and each of the keys in a walk through the pages; a key is done when what it changes is flushed. In millions, with %d million
instructions a second; the bars reach to the marks: 25 frames a second, 2 and 10 %% of the processor, 50 ms and 4 MB. Memory is what the program has from the system,
less what it had before the interface was made.`, boardsMIPS),
			len(r.screens), func(w io.Writer) { printScreens(w, r.screens) },
		},
		{
			"The interface on an emulated board",
			`The same on a board in QEMU at 125 MIPS (-icount shift=3: an instruction takes 8 ns), with its kernel, its drivers and a library, while it plays: what
the processor has to do by the kernel's own idle time, and how long a key or a touch took from the kernel's stamp until what it changes was flushed. It is
the trial of ` + "`make qemu-test TRIALS=screens`" + `, which leaves its pictures.`,
			r.emulated.parts(), r.emulated.print,
		},
		{
			"The library",
			fmt.Sprintf(`%d files (of ten, six MP3, two FLAC, one Vorbis, one AAC in MP4; a thousand albums, a third of the titles in Chinese), scanned by %slinnet scan --state%s on the
board, all of them and again unchanged; words that are looked for, of which some are nowhere, up to the first %d tracks. In millions, with %d million instructions a second; what the
kernel does for it is not counted. The bars reach to the marks: 120 s, 10 s, 50 ms and 6 MB. Memory is what is live with the library open and its index made.`,
				collectionFiles, "`", "`", 20, boardsMIPS),
			len(r.library), func(w io.Writer) { printScreens(w, r.library) },
		},
		{
			"On this machine",
			fmt.Sprintf(`For a minute of music or video: milliseconds of CPU time in user mode, the median of %d rounds in which all take turns; start-up falls out, as above. The factors are medians of
those within a round. FFmpeg uses floating point and the vector instructions of this machine; the others are Go.`, rounds),
			len(r.desktop), func(w io.Writer) { desktopLayout.print(w, r.desktop) },
		},
	}
	var there []half
	for _, h := range all {
		if h.rows > 0 {
			there = append(there, h)
		}
	}
	return there
}

// failure tells of rows that could not be measured.
func (r report) failure() error {
	n := 0
	for _, result := range slices.Concat(r.board, r.desktop) {
		for _, row := range result.rows {
			if row.err != nil {
				n++
			}
		}
	}
	for _, f := range r.first {
		if f.err != nil {
			n++
		}
	}
	for _, s := range slices.Concat(r.screens, r.library) {
		if s.err != nil {
			n++
		}
	}
	if n += r.emulated.failed(); n > 0 {
		return fmt.Errorf("%d could not be measured, or cost too much", n)
	}
	return nil
}

// write makes the document.
func (r report) write(ctx context.Context, file string, b *bench) error {
	var doc bytes.Buffer
	fmt.Fprintf(&doc, "# Benchmarks\n\nWritten by `make bench`, with Linnet %s, on %s, in %s. Not to be edited: it is written anew each time.\n",
		b.version, time.Now().UTC().Format(time.DateOnly), minutes(r.took))
	for _, half := range r.halves() {
		fmt.Fprintf(&doc, "\n## %s\n\n%s\n\n```text\n", half.title, half.text)
		half.print(&doc)
		doc.WriteString("```\n")
	}
	fmt.Fprintf(&doc, "\n## What was measured\n\n")
	for _, v := range append(b.peers.Versions, versions(ctx)...) {
		fmt.Fprintf(&doc, "- %s\n", v)
	}
	return os.WriteFile(file, doc.Bytes(), 0o644)
}

// versions are those of the tools that have a part in the figures.
func versions(ctx context.Context) []string {
	all := []string{
		say(ctx, "go", "version"),
		say(ctx, "qemu-arm", "--version"),
		say(ctx, "arm-linux-gnueabi-gcc", "--version"),
		say(ctx, "ffmpeg", "-version") + " (this machine's, also an encoder)",
		say(ctx, "lame", "--version"),
	}
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if m := regexp.MustCompile(`model name\s*: (.*)`).FindSubmatch(b); m != nil {
			all = append(all, "this machine's processor: "+string(m[1]))
		}
	}
	return all
}

// say is the first line that a command prints.
func say(ctx context.Context, name string, args ...string) string {
	out, err := exec.CommandContext(ctx, name, args...).Output()
	if err != nil {
		return name + " (unknown version)"
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	line, _, _ = strings.Cut(line, " Copyright")
	return line
}
