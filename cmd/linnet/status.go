package main

import (
	"encoding/json"
	"errors"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"linnet/player"
	"linnet/player/pcm"
	"linnet/ui/app"
)

// status is what the socket tells. Times are in milliseconds.
type status struct {
	Board    string `json:"board"`
	UptimeMS int64  `json:"uptime_ms"` // of the program

	State      string `json:"state"`
	Path       string `json:"path"`
	Index      int    `json:"index"`
	Count      int    `json:"count"`
	PositionMS int64  `json:"position_ms"`
	DurationMS int64  `json:"duration_ms"` // -1 when not known
	Volume     int    `json:"volume"`
	Shuffle    bool   `json:"shuffle"`
	Repeat     string `json:"repeat"`
	Damaged    int    `json:"damaged"`
	Failed     int    `json:"failed"`
	Error      string `json:"error,omitempty"`

	Sound  statusSound  `json:"sound"`
	Output statusOutput `json:"output"`
	Memory statusMemory `json:"memory"`

	Screens *statusScreens `json:"screens,omitempty"` // where there are any
}

// statusScreens is what the interface did since it began.
type statusScreens struct {
	Frames    int64 `json:"frames"` // flushes to the panel
	Drawn     int64 `json:"drawn_pixels"`
	Flushed   int64 `json:"flushed_pixels"`
	Answers   int64 `json:"answers"`           // keys and touches that changed the picture
	LongestUS int64 `json:"answer_longest_us"` // from the kernel's stamp until it was flushed
}

// statusSound is what is done to the sound.
type statusSound struct {
	Equalizer   [pcm.Bands]int `json:"equalizer"` // tenths of a decibel
	Bass        int            `json:"bass"`
	Treble      int            `json:"treble"`
	Balance     int            `json:"balance"`
	Mono        bool           `json:"mono"`
	ReplayGain  string         `json:"replaygain"`
	CrossfadeMS int64          `json:"crossfade_ms"`
}

// statusOutput is the sound device.
type statusOutput struct {
	Rate       int   `json:"rate"`
	Channels   int   `json:"channels"`
	BufferedMS int64 `json:"buffered_ms"` // decoded, not yet given to the device
	CapacityMS int64 `json:"capacity_ms"`
	DelayMS    int64 `json:"delay_ms"` // in the device
	Xruns      int   `json:"xruns"`
	Underruns  int   `json:"underruns"` // decoding was too slow
	Opened     int   `json:"opened"`
	Lost       int   `json:"lost"`

	LeastMS     int64     `json:"buffered_least_ms"` // while playing
	Levels      [10]int64 `json:"buffered_tenths"`   // how often the buffer was so full
	PrebufferMS int64     `json:"prebuffer_ms"`
	Silence     int64     `json:"silence_samples"` // inserted by xruns
	Again       int64     `json:"given_again_samples"`
	Late        int       `json:"late_wakeups"`
	LatestUS    int64     `json:"late_longest_us"`
	PPM         int       `json:"rate_ppm"`          // the device's clock against the board's
	MeasuredMS  int64     `json:"rate_measured_ms"`  // for how long; 0: not known yet
	Decoding    int64     `json:"decoding_permille"` // of a processor, where sound is decoded as fast as it is heard; -1: not known
}

// statusMemory is in bytes.
type statusMemory struct {
	RSS        int64  `json:"rss"`
	Heap       uint64 `json:"heap"`                // live objects and what is not yet collected
	System     uint64 `json:"system"`              // taken from the kernel by Go's run-time
	GCs        uint32 `json:"gcs"`                 // collections
	GCPauseUS  int64  `json:"gc_longest_pause_us"` // of the latest 256
	Goroutines int    `json:"goroutines"`
}

func (a *appliance) status() status {
	s := a.player.Status()
	ms := func(d time.Duration) int64 {
		if d < 0 {
			return -1
		}
		return d.Milliseconds()
	}
	st := status{
		Board: a.board.Name, UptimeMS: ms(time.Since(a.began)),
		State: s.State.String(), Path: s.Path, Index: s.Index, Count: s.Count, PositionMS: ms(s.Position), DurationMS: ms(s.Duration),
		Volume: s.Volume, Shuffle: s.Shuffle, Repeat: s.Repeat.String(), Damaged: s.Damaged, Failed: s.Failed,
		Sound: soundStatus(&s.Sound), Output: outputStatus(&s.Output), Memory: memoryStatus(),
	}
	if s.Err != nil {
		st.Error = s.Err.Error()
	}
	if p := a.runs.Load(); p != nil {
		st.Screens = screensStatus(p)
	}
	return st
}

func soundStatus(s *player.Sound) statusSound {
	return statusSound{
		Equalizer: s.Bands, Bass: s.Bass, Treble: s.Treble, Balance: s.Balance, Mono: s.Mono,
		ReplayGain: s.ReplayGain.Mode.String(), CrossfadeMS: s.Crossfade.Length.Milliseconds(),
	}
}

func outputStatus(o *player.Output) statusOutput {
	return statusOutput{
		Rate: o.Format.Rate, Channels: o.Format.Channels, BufferedMS: o.Buffered.Milliseconds(), CapacityMS: o.Capacity.Milliseconds(),
		DelayMS: o.Delay.Milliseconds(), Xruns: o.Xruns, Underruns: o.Starved, Opened: o.Opened, Lost: o.Lost,
		LeastMS: o.Least.Milliseconds(), Levels: o.Levels, PrebufferMS: o.Prebuffer.Milliseconds(), Silence: o.Silence, Again: o.Again,
		Late: o.Late, LatestUS: o.Latest.Microseconds(), PPM: o.PPM, MeasuredMS: o.Measured.Milliseconds(), Decoding: decodingShare(o),
	}
}

// screensStatus is nil when the interface has ended.
func screensStatus(p *app.App) (st *statusScreens) {
	p.Call(func() {
		s := p.Stats()
		st = &statusScreens{Frames: s.Turns, Drawn: s.Drawn, Flushed: s.Flushed, Answers: s.Answers, LongestUS: s.Longest.Microseconds()}
	})
	return st
}

func memoryStatus() statusMemory {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return statusMemory{
		RSS: residentSize(), Heap: m.HeapAlloc, System: m.Sys, GCs: m.NumGC, GCPauseUS: gcPauses(&m).longest.Microseconds(), Goroutines: runtime.NumGoroutine(),
	}
}

// residentSize is how much of the machine's memory the program has, 0 where
// /proc does not tell.
func residentSize() int64 {
	data, err := os.ReadFile("/proc/self/statm")
	if f := strings.Fields(string(data)); err == nil && len(f) > 1 {
		pages, _ := strconv.ParseInt(f[1], 10, 64)
		return pages * int64(os.Getpagesize())
	}
	return 0
}

// serveStatus answers each connection to the socket with one document.
func (a *appliance) serveStatus() error {
	if a.Socket == "" {
		return nil
	}
	os.Remove(a.Socket) // of a program that was killed
	l, err := net.Listen("unix", a.Socket)
	if err != nil {
		return err
	}
	a.closers = append(a.closers, func() { l.Close() })
	go answerStatus(l, a.status)
	return nil
}

// answerStatus answers until l is closed. Where the system has no room for a connection
// it waits for some.
func answerStatus(l net.Listener, now func() status) {
	for {
		c, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			time.Sleep(acceptAgain)
			continue
		}
		st := now() // for which screens that draw may have to be waited for
		c.SetWriteDeadline(time.Now().Add(statusPatience))
		json.NewEncoder(c).Encode(st)
		c.Close()
	}
}

// acceptAgain is how long after an error the next connection is looked for.
const acceptAgain = 100 * time.Millisecond

// statusPatience is how long one who asks may take to read the answer.
const statusPatience = 2 * time.Second
