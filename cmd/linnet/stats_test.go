package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"linnet/player"
)

// Each counter is told apart.
func TestStats(t *testing.T) {
	o := player.Output{
		Xruns: 11, Silence: 22, Again: 33, Starved: 44, Late: 55, Latest: 66 * time.Millisecond, PPM: -77, Measured: 88 * time.Second,
		Lost: 99, Opened: 111, Least: 1500 * time.Millisecond, Levels: [10]int64{0, 1, 0, 0, 0, 0, 0, 0, 0, 3},
		Decoded: 10 * time.Second, Decoding: 1234 * time.Millisecond,
	}
	var b bytes.Buffer
	writeStats(&b, &o)
	for _, want := range []string{"xruns              11,", "22 samples inserted", "33 samples that", "44 times", "55, the longest by 66ms", "-77 ppm, measured for 1m28s",
		"opened 111 times, lost 99 times", "at least 1.50 s", "  0% 25%  0%", " 75%\n", "12.3 % of a processor", "collections"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if line := statsLine(&o); line != "xruns 11 silence 22 late 55 rate -77 ppm" {
		t.Error(line)
	}
	data, err := json.Marshal(outputStatus(&o))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"xruns":11`, `"silence_samples":22`, `"given_again_samples":33`, `"underruns":44`, `"late_wakeups":55`, `"late_longest_us":66000`,
		`"rate_ppm":-77`, `"rate_measured_ms":88000`, `"decoding_permille":123`, `"buffered_least_ms":1500`, `"buffered_tenths":[0,1,0,0,0,0,0,0,0,3]`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %s in %s", want, data)
		}
	}
}

func TestPlayStats(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.wav")
	writeWAV(t, path, recording(44100*2))
	out := mustLinnet(t, "play", "--stats", "--ao=null", path)
	for _, want := range []string{"xruns              0,", "0 samples inserted", " ppm, measured for", "late wake-ups"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestOutputsAreListed(t *testing.T) {
	for _, args := range [][]string{{"play", "--ao=help"}, {"--ao", "help"}} {
		out := mustLinnet(t, args...)
		for _, want := range []string{"malgo", "oss", "/dev/dsp", "pipe:COMMAND", "available"} {
			if !strings.Contains(out, want) {
				t.Errorf("%v: no %q in\n%s", args, want, out)
			}
		}
	}
	if asksForOutputs([]string{"play", "--", "--ao=help"}) {
		t.Error("a file's name is taken for a flag")
	}
}
