package main

import (
	"fmt"
	"io"
)

// A bearing is a row of the table of who bore the load how.
type bearing struct {
	sound, player string
	shift         int
	borne
	counts bool // the player counts its xruns
}

// bear adds one.
func (p *proof) bear(c burdened, player string, r borne) {
	p.bearings = append(p.bearings, bearing{c.set.titles, player, c.shift, r, c.player == linnet})
	p.say("%s, %s, at %s: %v", c.set.titles, player, mips(c.shift), r)
}

// bearingTable writes them for a document.
func (p *proof) bearingTable(w io.Writer) {
	fmt.Fprintf(w, "| %d min of | at | played by | xruns it counts | places where it broke | silence | repeated | lost |\n", p.minutes)
	fmt.Fprintln(w, "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |")
	for _, b := range p.bearings {
		xruns := "-"
		if b.counts {
			xruns = fmt.Sprint(b.xruns)
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s | %d | %d | %d | %d |\n", b.sound, mips(b.shift), b.player, xruns,
			b.broke(), b.silence(), b.heard.Repeated, b.heard.Lost)
	}
}

// broke is at how many places the sound was not one piece, or stood still. A
// place where it did both counts once, as the recording has little of the time
// in which the device does not run.
func (b borne) broke() int { return max(b.heard.Breaks, b.stood) }

// silence is how many samples of it were put in: what the recording has, and
// what the device stood still.
func (b borne) silence() int {
	return b.heard.Silence + int(b.stoodFor.Seconds()*rate)
}
