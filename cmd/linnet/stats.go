package main

import (
	"fmt"
	"io"
	"runtime"
	"time"

	"linnet/player"
)

// statsLine is what changes, short: it stands in front of the progress.
func statsLine(o *player.Output) string {
	return fmt.Sprintf("xruns %d silence %d late %d rate %s", o.Xruns, o.Silence, o.Late, rateText(o))
}

// rateText is the device's clock against this machine's.
func rateText(o *player.Output) string {
	if o.Measured == 0 {
		return "?"
	}
	return fmt.Sprintf("%+d ppm", o.PPM)
}

// writeStats tells each counter on a line of its own.
func writeStats(w io.Writer, o *player.Output) {
	line := func(name, format string, args ...any) {
		fmt.Fprintf(w, "  %-18s "+format+"\n", append([]any{name}, args...)...)
	}
	line("buffer", "%.2f of %.2f s, at least %.2f s while playing; %.2f s before it plays", o.Buffered.Seconds(), o.Capacity.Seconds(), o.Least.Seconds(), o.Prebuffer.Seconds())
	line("buffer by tenths", "%s", levels(o.Levels))
	line("xruns", "%d, the device ran dry", o.Xruns)
	line("silence", "%d samples inserted", o.Silence)
	line("given again", "%d samples that the device had lost", o.Again)
	line("ring ran dry", "%d times", o.Starved)
	line("device", "opened %d times, lost %d times, %v behind what it is given", o.Opened, o.Lost, o.Delay.Round(time.Millisecond))
	line("late wake-ups", "%d, the longest by %v", o.Late, o.Latest.Round(time.Millisecond))
	line("device rate", "%s, measured for %v", rateText(o), o.Measured.Round(time.Second))
	if share := decodingShare(o); share >= 0 {
		line("decoding", "%d.%d %% of a processor", share/10, share%10)
	}
	gc := collections()
	line("GC", "%d collections, the longest pause %v", gc.count, gc.longest)
}

// decodingShare is what of a processor decoding takes while it keeps up with
// what is heard, in thousandths; -1 where that is not known.
func decodingShare(o *player.Output) int64 {
	if o.Decoded <= 0 {
		return -1
	}
	return int64(o.Decoding * 1000 / o.Decoded)
}

// levels is a histogram in per cent.
func levels(h [10]int64) string {
	var sum int64
	for _, n := range h {
		sum += n
	}
	text := ""
	for _, n := range h {
		text += fmt.Sprintf("%3d%%", n*100/max(sum, 1))
	}
	return text
}

// gcStats is what the collector did.
type gcStats struct {
	count   uint32
	longest time.Duration // of the latest 256 pauses
}

func collections() gcStats {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return gcPauses(&m)
}

func gcPauses(m *runtime.MemStats) gcStats {
	var longest uint64
	for _, p := range m.PauseNs {
		longest = max(longest, p)
	}
	return gcStats{m.NumGC, time.Duration(longest)}
}
